import Documents
import TestSupport
import Testing

@Suite("TOML")
struct TOMLSyntaxTests {
  private func read(_ text: String) throws -> Document {
    try Syntax.toml.read(Array(text.utf8), limits: ReadingLimits())
  }

  @Test(
    "a file is one tree, with scalars as they are written",
    arguments: [
      ("", "{}"),
      ("# only a comment", "{}"),
      ("a = 1\nb.c = 'x'\nb.d = true", "{a: 1, b: {c: \"x\", d: true}}"),
      ("[a.b]\nx = 010_0\n".replacing("010_0", with: "1_000"), "{a: {b: {x: 1_000}}}"),
      ("[[p]]\nn = 1\n[p.s]\nt = 2\n[[p]]\nn = 3", "{p: [{n: 1, s: {t: 2}}, {n: 3}]}"),
      ("[a.b]\n[c]\nx = 1\n[a]\ny = 2", "{a: {b: {}, y: 2}, c: {x: 1}}"),
      ("[f]\na.b = 1\n[f.a.c]\nd = 2", "{f: {a: {b: 1, c: {d: 2}}}}"),
      ("\"a.b\".'c d' = 1", "{a.b: {c d: 1}}"),
      ("x = [1, [2, 'a'],\n # c\n {y = 1, z.w = 2},]", "{x: [1, [2, \"a\"], {y: 1, z: {w: 2}}]}"),
      ("s = \"\\u00e9\\t\\\"\\\\\"", "{s: \"é\t\"\\\"}"),
      ("s = \"\"\"\na\\\n   b\"\"\"\"\"\nt = '''\n'x''''", "{s: \"ab\"\"\", t: \"'x'\"}"),
      (
        "d = 1979-05-27 07:32:00.5-07:00\nt = 07:32:00",
        "{d: 1979-05-27 07:32:00.5-07:00, t: 07:32:00}"
      ),
      (
        "f = [6.626e-34, -inf, +nan, 0xDEAD_beef, 0o7, 0b1]",
        "{f: [6.626e-34, -inf, +nan, 0xDEAD_beef, 0o7, 0b1]}"
      ),
      ("a = 1\r\n[b]\r\nc = 2\r\n", "{a: 1, b: {c: 2}}"),
      // TOML 1.1
      ("a = {b = 1,}", "{a: {b: 1}}"), ("a = {\n}", "{a: {}}"), ("a = { # c\n}", "{a: {}}"),
      (
        "x = {\n  y = '1', # c\n  z.w = {\r\n    v = [2,\n3],\n  },\n}\nq = 4",
        "{x: {y: \"1\", z: {w: {v: [2, 3]}}}, q: 4}"
      ),
      ("s = \"\\x41\\xe9\\e\"", "{s: \"A\u{e9}\u{1b}\"}"),
      (
        "t = [07:32, 1979-05-27T07:32Z, 1979-05-27 07:32-07:00]",
        "{t: [07:32, 1979-05-27T07:32Z, 1979-05-27 07:32-07:00]}"
      ),
    ])
  func oneTree(text: String, expected: String) throws {
    #expect(try tree(.toml, text) == expected)
  }

  @Test(
    "what the specification calls invalid is refused",
    arguments: [
      ("a = 1\na = 2", Unread.Reason.duplicateKey), ("a = 1\n\"\\u0061\" = 2", .duplicateKey),
      ("[a]\n[a]", .duplicateKey), ("[a]\n[[a]]", .duplicateKey), ("[[a]]\n[a]", .duplicateKey),
      ("a = []\n[[a]]", .duplicateKey), ("a = {}\n[a.b]", .duplicateKey),
      ("a = {}\na.b = 1", .duplicateKey), ("[a]\nb.c = 1\n[a.b]", .duplicateKey),
      ("[a.b.c]\n[a]\nb.c.d = 1", .duplicateKey), ("a = 1\n[a.b]", .duplicateKey),
      ("[[a.b]]\n[a]\nb.c = 1", .duplicateKey), ("x = {a = 1, a = 2}", .duplicateKey),
      ("a = 1 b = 2", .unexpected), ("a", .truncated), ("a =", .truncated), ("= 1", .unexpected),
      ("a = 01", .unexpected), ("a = 1__0", .unexpected), ("a = .5", .unexpected),
      ("a = 5.", .unexpected), ("a = +0x1", .unexpected), ("a = 2021-02-29", .unexpected),
      ("a = 24:00:00", .unexpected), ("a = yes", .unexpected), ("a = {,}", .unexpected),
      ("a = {b = 1,,}", .unexpected), ("a = {\nb = 1\nc = 2}", .unexpected),
      ("a = {b = 1\n", .truncated), ("a = {\nb = 1,\nb = 2\n}", .duplicateKey),
      ("a = {\nb.c = 1,\nb.c.d = 2\n}", .duplicateKey), ("a = {\n[b]\n}", .unexpected),
      ("a = 07:3", .unexpected), ("a = 07:60", .unexpected), ("a = 07:32:", .unexpected),
      ("a = 07:32.5", .unexpected), ("a = \"\\x4\"", .unexpected), ("a = \"\\xg0\"", .unexpected),
      ("a = \"x\ny\"", .unexpected), ("a = \"\\x\"", .unexpected), ("a = \"\\E\"", .unexpected),
      ("a = \"\\ud800\"", .notUTF8), ("a = [1 2]", .unexpected), ("[a", .truncated),
      ("[a]]", .unexpected), ("[ [a]]", .unexpected), ("[]", .unexpected), ("[a.]", .unexpected),
      ("\u{feff}a = 1", .byteOrderMark), ("a = 1\r", .controlCharacter),
      ("a = \"\"\"x", .truncated), ("<<<<<<< HEAD\na = 1", .conflictMarker),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    let error = #expect(throws: Unread.self) { try read(text) }
    #expect(error?.reason == reason || error?.reason == .truncated, "\(String(describing: error))")
  }

  @Test("a table's bytes go on through its own parts and end at another table")
  func ranges() throws {
    let text = "[[p]]\nn = 1\n[p.s]\nt = 2 # c\n\n[[p]]\nn = 3\n[q]\nx = 1\n[p.s]\nu = 4\n"
    let document = try read(text)
    func part(_ node: NodeID?) -> String {
      guard let node else { return "none" }
      return String(decoding: document.pool[document.range(node)], as: UTF8.self)
    }
    let packages = try #require(document.child("p", of: .root))
    #expect(part(packages) == "[[p]]\nn = 1\n[p.s]\nt = 2 # c\n\n[[p]]\nn = 3")
    let tables = Array(document.children(packages))
    #expect(part(tables.first) == "[[p]]\nn = 1\n[p.s]\nt = 2")
    #expect(part(tables.last) == "[[p]]\nn = 3")
    let later = try #require(tables.last.flatMap { document.child("s", of: $0) })
    #expect(part(later) == "[p.s]\nu = 4")
    #expect(part(document.child("q", of: .root)) == "[q]\nx = 1")
  }

  @Test("nesting is refused beyond the limit, however it is written")
  func depth() throws {
    let many = 200
    for text in [
      "a = " + String(repeating: "[", count: many) + String(repeating: "]", count: many),
      "a = " + String(repeating: "{a = ", count: many) + "1" + String(repeating: "}", count: many),
      "[" + Array(repeating: "a", count: many).joined(separator: ".") + "]",
      "[[" + Array(repeating: "a", count: many).joined(separator: ".") + "]]",
      Array(repeating: "a", count: many).joined(separator: ".") + " = 1",
      String(repeating: "a = [", count: 5_000),
    ] {
      let error = #expect(throws: Unread.self) { try read(text) }
      #expect(error?.reason == .tooDeep || error?.reason == .unexpected)
    }
  }

  @Test("a table of many keys finds each of them, and each that comes twice")
  func manyKeys() throws {
    let keys = (0..<20_000).map { "[t\($0)]\nx\($0).y = 1\n" }.joined()
    #expect(try read(keys).childCount(.root) == 20_000)
    let error = #expect(throws: Unread.self) { try read(keys + "[t777]\n") }
    #expect(error?.reason == .duplicateKey)
    let reopened = (0..<20_000).map { "[a.k\($0).b]\n" }.joined()
    #expect(try read(reopened + "[a]\n[a.k3]\n").childCount(.root) == 1)
  }
}
