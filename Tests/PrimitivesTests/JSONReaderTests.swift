import Primitives
import Testing

@Suite struct JSONReaderTests {
  private func read(_ text: String) throws(JSONError) -> JSON {
    try JSON(reading: Array(text.utf8))
  }

  @Test("each kind of value is read")
  func values() throws {
    #expect(try read(" null ") == .null)
    #expect(try read("true") == .bool(true))
    #expect(try read("\t\r\nfalse") == .bool(false))
    #expect(try read("-12") == .integer(-12))
    #expect(try read("9223372036854775807") == .integer(.max))
    #expect(try read("-9223372036854775808") == .integer(.min))
    #expect(try read("[]") == .array([]))
    #expect(try read("{ }") == .object([]))
    #expect(try read("[1, [2], {\"a\": \"b\"}]") == [1, [2], ["a": "b"]])
  }

  @Test("escapes become the bytes that they stand for")
  func escapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\ude00""#
    #expect(try read(text).bytes == Array("\"\\/\u{8}\u{c}\n\r\tA\u{e9}\u{20ac}\u{1f600}".utf8))
    #expect(try read(#""\u0000""#).bytes == [0])
  }

  @Test("members keep their order and are found by key")
  func members() throws {
    let object = try read(#"{"b":1,"a":{"c":[true]},"":null}"#)
    #expect(object.members?.map { String(decoding: $0.key, as: UTF8.self) } == ["b", "a", ""])
    #expect(object["a"]?["c"]?.array?.first?.bool == true)
    #expect(object["b"]?.integer == 1)
    #expect(object["d"] == nil)
    #expect(object[""] == .null)
    #expect(JSON.null["a"] == nil)
  }

  @Test(
    "what is not JSON, and at which byte",
    arguments: [
      ("", JSONError.Reason.truncated, 0), ("   ", .truncated, 3), ("nul", .truncated, 3),
      ("nulL", .unexpectedByte, 3), ("tru", .truncated, 3), ("[", .truncated, 1),
      ("[1", .truncated, 2), ("[1,", .truncated, 3), ("[1,]", .unexpectedByte, 3),
      ("[,1]", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3), ("{", .truncated, 1),
      ("{\"a\"", .truncated, 4), ("{\"a\":", .truncated, 5), ("{\"a\":1,}", .unexpectedByte, 7),
      ("{a:1}", .unexpectedByte, 1), ("{\"a\" 1}", .unexpectedByte, 5), ("\"a", .truncated, 2),
      ("\"\\", .truncated, 2), ("\"\\x\"", .unexpectedByte, 2), ("\"\\u12", .truncated, 5),
      ("\"\\u12g4\"", .unexpectedByte, 5), ("\"a\nb\"", .unexpectedByte, 2),
      ("\"\t\"", .unexpectedByte, 1), ("1 2", .trailingBytes, 2), ("{}x", .trailingBytes, 2),
      ("-", .unexpectedByte, 0), ("01", .unexpectedByte, 0), ("-01", .unexpectedByte, 0),
      ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0),
      ("1.0", .numberOutOfRange, 0), ("1e3", .numberOutOfRange, 0), ("1E3", .numberOutOfRange, 0),
      ("9223372036854775808", .numberOutOfRange, 0), ("-9223372036854775809", .numberOutOfRange, 0),
      ("\u{feff}1", .unexpectedByte, 0), ("'a'", .unexpectedByte, 0), ("/**/1", .unexpectedByte, 0),
      ("\"\\ud800\"", .invalidText, 3), ("\"\\udc00\"", .invalidText, 3),
      ("\"\\ud800\\u0041\"", .invalidText, 3), ("\"\\ud800x\"", .invalidText, 3),
    ])
  func refused(_ text: String, _ reason: JSONError.Reason, _ offset: Int) {
    #expect(throws: JSONError(reason, at: offset)) { try read(text) }
  }

  @Test("a key that is written in two ways is the same key")
  func duplicateKeys() {
    #expect(throws: JSONError(.duplicateKey, at: 7)) { try read(#"{"a":1,"a":2}"#) }
    #expect(throws: JSONError(.duplicateKey, at: 7)) { try read(#"{"a":1,"\u0061":2}"#) }
    #expect(throws: Never.self) { try read("{\"caf\u{e9}\":1,\"cafe\u{301}\":2}") }
  }

  @Test(
    "a string that is not UTF-8 is refused",
    arguments: [
      [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80],
    ] as [[UInt8]])
  func invalidText(_ bytes: [UInt8]) {
    #expect(throws: JSONError(.invalidText, at: 0)) { try JSON(reading: [0x22] + bytes + [0x22]) }
  }

  @Test("nesting is read to its limit and refused behind it")
  func depth() throws {
    let deepest = String(repeating: "[", count: 64) + "1" + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try read(deepest) }
    #expect(throws: JSONError(.tooDeep, at: 65)) { try read("[" + deepest + "]") }
    #expect(throws: JSONError(.tooDeep, at: 65)) {
      try read(String(repeating: "[", count: 1_000_000))
    }
    #expect(throws: JSONError.self) { try read(String(repeating: "{\"a\":", count: 1_000_000)) }
  }

  @Test("a text over the limit is not looked at")
  func size() {
    #expect(throws: JSONError(.tooLarge, at: 3)) {
      try JSON(reading: Array("true".utf8), maximumCount: 3)
    }
  }
}
