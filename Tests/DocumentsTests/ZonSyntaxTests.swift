import Documents
import TestSupport
import Testing

@Suite("ZON")
struct ZonSyntaxTests {
  @Test(
    "a file is one tree, with bare values as they are written",
    arguments: [
      (".{}", "{}"), (".{ .a = 1, .b = .{} }", "{a: 1, b: {}}"),
      ("// c\n.{ 1, 2, }\n// d", "[1, 2]"), (".{ .@\"a b\" = \"x\" }", "{a b: \"x\"}"),
      (".{ .a = .b, .c = .@\"d e\" }", "{a: .b, c: .@\"d e\"}"),
      (".{ .a = .{ .{ .b = 1 }, .{ .b = 2 } } }", "{a: [{b: 1}, {b: 2}]}"),
      ("\"a\\n\\\"\\\\\\x41\\u{e9}\"", "\"a\n\"\\A\u{e9}\""),
      (".{ .a =\n \\\\one\n \\\\ two\n, }", "{a: \"one\n two\"}"),
      (
        ".{ -1, 0xdead_beef, 1.5e-3, 0b1, true, null, 'x', '\\'' }",
        "[-1, 0xdead_beef, 1.5e-3, 0b1, true, null, 'x', '\\'']"
      ),
      (".{ .a = 0x4abcc12db819e61c, // why\n}", "{a: 0x4abcc12db819e61c}"),
      (".{.a=1,.b=2}", "{a: 1, b: 2}"), (".{ .a, .b }", "[.a, .b]"),
    ])
  func trees(text: String, expected: String) throws {
    #expect(try tree(.zon, text) == expected)
  }

  @Test(
    "anything else is refused",
    arguments: [
      ("", Unread.Reason.truncated), (".{", .truncated), (".{ .a = 1 .b = 2 }", .unexpected),
      (".{ .a = 1, .a = 2 }", .duplicateKey), (".{ .a = 1, .@\"a\" = 2 }", .duplicateKey),
      (".{ .a = 1, 2 }", .unexpected), (".{ 1, .a = 2 }", .unexpected), ("{}", .unexpected),
      (".{} .{}", .unexpected), (".{ .a = foo }", .unsupported), (".{ .a == 1 }", .unexpected),
      ("\"a", .truncated), ("\"a\n\"", .unexpected), ("\"\\xff\"", .notUTF8),
      ("\"\\u{d800}\"", .notUTF8), ("\"\\q\"", .unexpected), ("\"\\u{}\"", .unexpected),
      (".{ , }", .unexpected), (".{ .a = 1,, }", .unexpected), (".1", .unexpected),
      ("@import(\"x\")", .unexpected), (".{ .a = \\x }", .unexpected), ("''", .unexpected),
      ("\u{feff}.{}", .byteOrderMark), ("/* c */ .{}", .unexpected),
      (String(repeating: ".{", count: 200), .tooDeep),
      (String(repeating: ".{.a=", count: 200), .tooDeep),
    ])
  func refused(text: String, reason: Unread.Reason) {
    #expect(refusal(.zon, text) == reason)
  }
}
