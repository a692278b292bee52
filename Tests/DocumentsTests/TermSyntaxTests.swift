import Documents
import TestSupport
import Testing

@Suite("Terms, HCL, go.mod")
struct TermSyntaxTests {
  @Test("Elixir's maps and keyword lists are objects, tuples and lists arrays")
  func elixir() throws {
    #expect(
      try tree(
        .elixir,
        """
        %{
          # c
          "a": {:hex, :a, "1.0", "00", [:mix], [{:b, "~> 1.0", [hex: :b, repo: "hexpm", optional: false]}], "hexpm"},
          b: {:git, "https://git.example/b.git", "0123", [tag: "v1"]},
          "c" => [],
        }
        """)
        == #"{a: [:hex, :a, "1.0", "00", [:mix], [[:b, "~> 1.0", {hex: :b, repo: "hexpm", optional: false}]], "hexpm"], b: [:git, "https://git.example/b.git", "0123", {tag: "v1"}], c: []}"#
    )
  }

  @Test("Erlang's terms end with a full stop each")
  func erlang() throws {
    #expect(
      try tree(
        .erlang,
        "{\"1.2.0\",\n[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1.0\">>},0}]}.\n% c\n[\n{pkg_hash,[{<<\"a\"/utf8>>, <<\"AB\">>}]}].\n"
      )
        == #"[["1.2.0", [["a", [pkg, "a", "1.0"], 0]]], [[pkg_hash, [["a", "AB"]]]]]"#)
  }

  @Test(
    "what would have to be evaluated is refused",
    arguments: [
      (Syntax.elixir, "%{a: \"#{System.cmd(\"id\", [])}\"}", Unread.Reason.unsupported),
      (.elixir, "%{a: System.cmd(\"id\", [])}", .unexpected),
      (.elixir, "%{a: 1, a: 2}", .duplicateKey),
      (.elixir, "%{\"a\": 1, a: 2}", .duplicateKey), (.elixir, "%{a: ~s(x)}", .unsupported),
      (.elixir, "%{a: [1, b: 2]}", .unsupported), (.elixir, "%{a: \"\\x41\"}", .unsupported),
      (.elixir, "%{} ; x", .unexpected), (.elixir, "%{", .truncated), (.elixir, "", .truncated),
      (.elixir, "{1,}", .unexpected), (.elixir, "%A{}", .unsupported),
      (.elixir, String(repeating: "{", count: 200), .tooDeep), (.erlang, "[].x", .unexpected),
      (.erlang, "[]", .truncated), (.erlang, "fun() -> ok end.", .unexpected),
      (.erlang, "<<1,2>>.", .unsupported), (.erlang, "#{a => 1}.", .unsupported),
      (.erlang, "\"a\\x41\".", .unsupported), (.erlang, "a b.", .unexpected),
      (.erlang, String(repeating: "[", count: 200), .tooDeep),
    ])
  func refused(syntax: Syntax, text: String, reason: Unread.Reason) {
    #expect(refusal(syntax, text) == reason)
  }

  @Test("a block stands at its type and labels")
  func hcl() throws {
    #expect(
      try tree(
        .hcl,
        """
        # c
        provider "r.example/a/b" {
          version = "1.0" // c
          hashes = [
            "h1:x=",
            "zh:00", /* c */
          ]
        }
        provider "c" { flag = true }
        direct {
        }
        o = { "a b" = -1.5, c : null
          d = "\\"\\u0041" }
        """)
        == #"{provider: {r.example/a/b: {version: "1.0", hashes: ["h1:x=", "zh:00"]}, c: {flag: true}}, direct: {}, o: {a b: -1.5, c: null, d: ""A"}}"#
    )
  }

  @Test(
    "HCL that computes, or says a thing twice, is refused",
    arguments: [
      ("a = \"${b}\"", Unread.Reason.unsupported), ("a = \"%{if b}\"", .unsupported),
      ("a = b", .unsupported), ("a = 1 + 2", .unexpected), ("a = <<E\nx\nE\n", .unexpected),
      ("a = f(1)", .unsupported), ("a = 1\na = 2", .duplicateKey),
      ("p \"a\" {}\np \"a\" {}", .duplicateKey),
      ("p {}\np \"a\" {}", .duplicateKey), ("a {", .truncated), ("a", .truncated),
      ("a = [1 2]", .unexpected),
      ("a = 1 b = 2", .unexpected), ("}", .unexpected), ("a = \"\\q\"", .unexpected),
      ("/* a", .truncated),
      (String(repeating: "a {\n", count: 200), .tooDeep),
      ("a = " + String(repeating: "[", count: 200), .tooDeep),
    ])
  func hclRefused(text: String, reason: Unread.Reason) {
    #expect(refusal(.hcl, text) == reason)
  }

  @Test("go.mod's directives are objects, in blocks or alone")
  func goMod() throws {
    #expect(
      try tree(
        .goMod,
        """
        module mod.example/a // c

        go 1.24
        require mod.example/b v1.0.0 // indirect
        require (
        \t"mod.example/c"  v1.2.3
        )
        replace mod.example/b => ../b
        replace (
          mod.example/c v1.2.3 => mod.example/d v1.0.0
        )
        retract [v1.0.0, v1.1.0]
        """)
        == #"{module: {mod.example/a: ""}, go: {1.24: ""}, require: {mod.example/b: "v1.0.0", mod.example/c: "v1.2.3"}, replace: {mod.example/b: "../b", mod.example/c v1.2.3: "mod.example/d v1.0.0"}, retract: {[v1.0.0, v1.1.0]: ""}}"#
    )
    #expect(
      try tree(.goMod, "require a v1\nrequire a v2\n") == #"{require: {a: "v1", a v2: "v2"}}"#)
    #expect(refusal(.goMod, "require a v1\nrequire a v2\nrequire a v2\n") == .duplicateKey)
    #expect(refusal(.goMod, "replace a => b\nreplace a => c\n") == .duplicateKey)
    #expect(refusal(.goMod, "require (\na v1\n") == .truncated)
    #expect(refusal(.goMod, "require a\n") == .unexpected)
    #expect(refusal(.goMod, "replace => b\n") == .unexpected)
    #expect(refusal(.goMod, "module \"a//b\"\n") == .unsupported)
    #expect(refusal(.goMod, "module \"a\n") == .unsupported)
  }
}
