import Primitives
import Testing

@Suite struct JSONWriterTests {
  private static let sample: JSON = [
    "schema": "hookkit.check/1", "none": nil, "yes": true, "count": -7,
    "list": [1, [], [:], ["a": "b"]],
  ]

  @Test("the one-line form has no white space")
  func compact() {
    #expect(
      String(decoding: Self.sample.compact, as: UTF8.self)
        == #"{"schema":"hookkit.check/1","none":null,"yes":true,"count":-7,"#
        + #""list":[1,[],{},{"a":"b"}]}"#)
  }

  @Test("the form for people is indented by two")
  func pretty() {
    let expected = """
      {
        "schema": "hookkit.check/1",
        "none": null,
        "yes": true,
        "count": -7,
        "list": [
          1,
          [],
          {},
          {
            "a": "b"
          }
        ]
      }

      """
    #expect(String(decoding: Self.sample.pretty, as: UTF8.self) == expected)
  }

  @Test("strings are written in ASCII and without control characters")
  func strings() {
    let text = JSON.text("\"\\\n\t\u{7f}\u{1b}\u{e9}\u{202e}\u{1f600}")
    #expect(
      String(decoding: text.compact, as: UTF8.self)
        == #""\"\\\n\u0009\u007f\u001b\u00e9\u202e\ud83d\ude00""#)
  }

  @Test("bytes that are no text become the replacement character")
  func invalidText() {
    #expect(String(decoding: JSON.string([0x61, 0xff]).compact, as: UTF8.self) == #""a\ufffd""#)
  }

  @Test("what is written reads as what it was, in both forms")
  func roundTrip() throws {
    #expect(try JSON(reading: Self.sample.compact) == Self.sample)
    #expect(try JSON(reading: Self.sample.pretty) == Self.sample)
    for scalar in [
      0x00, 0x1f, 0x20, 0x22, 0x5c, 0x7f, 0x80, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff,
    ] {
      let text = JSON.string(Array(String(Character(try #require(Unicode.Scalar(scalar)))).utf8))
      #expect(text.compact.allSatisfy { (0x20...0x7e).contains($0) })
      #expect(try JSON(reading: text.compact) == text)
    }
  }
}
