import Documents
import TestSupport
import Testing

@Suite("JSON5")
struct JSON5SyntaxTests {
  @Test(
    "what JSON has not is read as the specification says",
    arguments: [
      ("{a: 1, 'b': 'x', \"c\": [1, 2,],}", "{a: 1, b: \"x\", c: [1, 2]}"),
      ("// c\n{ /* d */ $_a1: null }", "{$_a1: null}"),
      (
        "[+1, -.5, 5., 0x1F, 1e+3, Infinity, -NaN, true]",
        "[+1, -.5, 5., 0x1F, 1e+3, Infinity, -NaN, true]"
      ),
      ("'a\\\nb\\x41\\v\\'\\q\\u00e9'", "\"abA\u{b}'q\u{e9}\""), ("\"it's\"", "\"it's\""),
      ("\u{a0}{\u{2028}a:\u{3000}1}", "{a: 1}"), ("'\u{2028}'", "\"\u{2028}\""),
      ("// c\u{2028}[1]", "[1]"), ("'a\\\r\nb'", "\"ab\""), ("{}", "{}"), ("[]", "[]"),
    ])
  func trees(text: String, expected: String) throws {
    #expect(try tree(.json5, text) == expected)
  }

  @Test(
    "anything else is refused",
    arguments: [
      ("", Unread.Reason.truncated), ("{a 1}", .unexpected), ("{a: 1 b: 2}", .unexpected),
      ("{a: 1, 'a': 2}", .duplicateKey), ("{1a: 1}", .unexpected), ("[,]", .unexpected),
      ("[1,,]", .unexpected), ("01", .unexpected), ("0x", .unexpected), (".", .unexpected),
      ("+true", .unexpected), ("1e", .unexpected), ("'a\nb'", .unexpected), ("'a", .truncated),
      ("'\\1'", .unexpected), ("'\\xg0'", .unexpected), ("/* c", .truncated), ("1 2", .unexpected),
      ("{\u{e9}: 1}", .unsupported), ("{\\u0061: 1}", .unsupported), ("undefined", .unexpected),
      ("'\\ud800'", .notUTF8), (String(repeating: "[", count: 200), .tooDeep),
      ("\u{feff}{}", .byteOrderMark),
    ])
  func refused(text: String, reason: Unread.Reason) {
    #expect(refusal(.json5, text) == reason)
  }

  @Test("every JSON is JSON5, with the same values")
  func json() throws {
    for text in ["{\"a\": [1, -2.5e3, \"\\u00e9\\n\", {}], \"b\": null}", " [ true , false ] \n"] {
      #expect(try tree(.json5, text) == tree(.json, text))
    }
  }
}
