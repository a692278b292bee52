import Documents
import TestSupport
import Testing

@Suite("EDN")
struct EDNSyntaxTests {
  @Test(
    "a file is one tree, in which no kind of bracket passes for another",
    arguments: [
      ("{}", "{}"), ("{:a 1, :b/c [x \"y\"]}", "{:a: 1, :b/c: [x, \"y\"]}"),
      ("; c\n(1 2) ; d", "[(, 1, 2]"), ("#{1 2}", "[#{, 1, 2]"), ("[1 2]", "[1, 2]"),
      ("#inst \"2020\"", "[#inst, \"2020\"]"), ("[#a/b {:c d}]", "[[#a/b, {:c: d}]]"),
      ("#:git{:url \"u\" :sha \"s\"}", "{:git/url: \"u\", :git/sha: \"s\"}"),
      ("#:a{:_/b 1 c 2 :d/e 3 \"f\" 4 5 6}", "{:b: 1, a/c: 2, :d/e: 3, f: 4, 5: 6}"),
      ("[1 #_2 #_ #_ 3 4 5]", "[1, 5]"), ("{:a #_{:x [\"}\" \\}]} 1}", "{:a: 1}"),
      ("#_:x {:a nil}", "{:a: nil}"),
      ("[\\a \\newline \\( \\{ \\é]", "[\\a, \\newline, \\(, \\{, \\é]"),
      ("\"a\\n\\\"\\u00e9\\101\"", "\"a\n\"\u{e9}A\""), ("\"a\nb\"", "\"a\nb\""),
      ("[+1 -2.5e3M 7N 0x1F 1/2 a.b/c$d ->> <=]", "[+1, -2.5e3M, 7N, 0x1F, 1/2, a.b/c$d, ->>, <=]"),
    ])
  func trees(text: String, expected: String) throws {
    #expect(try tree(.edn, text) == expected)
  }

  @Test(
    "anything else is refused",
    arguments: [
      ("", Unread.Reason.truncated), ("{", .truncated), ("{:a}", .unexpected), ("}", .unexpected),
      ("[1)", .unexpected), ("{:a 1 :a 2}", .duplicateKey), ("1 2", .unexpected),
      ("#:a{:b 1 :a/b 2}", .duplicateKey), ("{[1] 2}", .unsupported), ("{#{} 2}", .unsupported),
      ("#=(+ 1 2)", .unsupported), ("#\"x\"", .unsupported), ("@a", .unexpected),
      ("^{:a 1} b", .unexpected), ("`a", .unexpected), ("\"a", .truncated),
      ("\"\\q\"", .unexpected),
      ("\"\\ud800\"", .notUTF8), ("::a", .unexpected), (":", .unexpected), ("#:a [1]", .unexpected),
      ("#::a{:b 1}", .unexpected), ("[1 #_]", .unexpected), ("#_1", .truncated),
      ("\u{feff}{}", .byteOrderMark), (String(repeating: "[", count: 200), .tooDeep),
      (String(repeating: "#_", count: 200), .tooDeep),
      (String(repeating: "{:a ", count: 200), .tooDeep),
      ("#_" + String(repeating: "[", count: 200), .tooDeep),
      (String(repeating: "#a ", count: 200), .tooDeep),
    ])
  func refused(text: String, reason: Unread.Reason) {
    #expect(refusal(.edn, text) == reason)
  }

  @Test("discarding costs no more than reading")
  func discarded() throws {
    let text = "[" + String(repeating: "#_\"\\n\" ", count: 100_000) + "1]"
    #expect(try tree(.edn, text) == "[1]")
  }
}
