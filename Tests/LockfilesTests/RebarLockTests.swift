import Documents
import Lockfiles
import Testing

@Suite("rebar.lock")
struct RebarLockTests {
  @Test("a package has the digests that stand behind the list")
  func entries() throws {
    let file = try ReadFile(
      "rebar-lock",
      """
      {"1.2.0",
      [{<<"a">>,{pkg,<<"a">>,<<"1.0">>},0},
       {<<"b">>,{pkg,<<"b_real">>,<<"2.0">>},1},
       {<<"c">>,{git,"https://git.example/c.git",{ref,"0123"}},0}]}.
      [
      {pkg_hash,[
       {<<"a">>, <<"00">>},
       {<<"b">>, <<"11">>}]},
      {pkg_hash_ext,[
       {<<"a">>, <<"22">>}]}
      ].
      """)
    #expect(
      file.entries == [
        #"a: a 1.0 registry ["sha256:00", "sha256:22"] direct"#,
        #"b: b_real 2.0 registry ["sha256:11"] as b"#,
        "c: c  git https://git.example/c.git #0123 direct",
      ])
    #expect(file.string(file.inventory.formatVersion) == "1.2.0")
    #expect(try ReadFile("rebar-lock", "[].\n").entries.isEmpty)
  }

  @Test(
    "another version or shape is refused",
    arguments: [
      ("{\"2.0.0\",[]}.", Unread.Reason.unknownVersion), ("a.", .wrongShape),
      ("{\"1.2.0\"}.", .wrongShape),
      ("[{<<\"a\">>,{hg,\"u\",{ref,\"r\"}},0}].", .unsupported),
      ("[{<<\"a\">>,{pkg,<<\"a\">>},0}].", .wrongShape),
      ("[].\n[{pkg_hash,[{<<\"a\">>,<<\"0\">>},{<<\"a\">>,<<\"1\">>}]}].", .duplicateKey),
      ("[].\n[{other,[]}].", .unsupported), ("[].[].[].", .unexpected),
      ("[]. []. [].", .wrongShape),
      (
        "[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1\">>},0},{<<\"a\">>,{pkg,<<\"b\">>,<<\"1\">>},0}].",
        .duplicateEntry
      ),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    #expect(try refusal(format: "rebar-lock", text) == reason)
  }
}
