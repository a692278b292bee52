import Primitives
import Testing

@Suite struct EscapedTests {
  @Test("printable ASCII stands as it is, all else as numbers")
  func everyByte() {
    for byte in UInt8.min...UInt8.max {
      let shown = Escaped.text([byte])
      switch byte {
      case 0x5c: #expect(shown == "\\\\")
      case 0x20...0x7e: #expect(Array(shown.utf8) == [byte])
      default: #expect(shown == "\\x" + Hex.string([byte]))
      }
    }
  }

  @Test("a terminal's commands, bidirectional marks and look-alikes are taken apart")
  func hostileText() {
    #expect(Escaped.text(Array("\u{1b}[2J\r\n".utf8)) == "\\x1b[2J\\x0d\\x0a")
    #expect(Escaped.text(Array("a\u{202e}b".utf8)) == "a\\xe2\\x80\\xaeb")
    #expect(Escaped.text(Array("\\x1b".utf8)) == "\\\\x1b", "not the escape it looks like")
  }

  @Test("a text is cut at the limit and never within an escape", arguments: 0...12)
  func limit(_ limit: Int) {
    let bytes: [UInt8] = [0x61, 0x00, 0x5c, 0x62, 0xff, 0x63]
    let whole = Escaped.text(bytes)
    let shown = Escaped.text(bytes, limit: limit)
    #expect(whole == "a\\x00\\\\b\\xffc")
    #expect(shown.hasSuffix("..."))
    let kept = shown.dropLast(3)
    #expect(kept.utf8.count <= limit)
    #expect(["", "a", "a\\x00", "a\\x00\\\\", "a\\x00\\\\b", "a\\x00\\\\b\\xff"].contains(kept))
  }

  @Test("a text that fits exactly is not marked as cut")
  func exactFit() {
    #expect(Escaped.text(Array("abc".utf8), limit: 3) == "abc")
    #expect(Escaped.text([0], limit: 4) == "\\x00")
    #expect(Escaped.text([], limit: 0) == "")
  }

  @Test("within quotes no byte can end them")
  func quotes() {
    #expect(Escaped.quoted(Array("a\"b\\".utf8)) == "\"a\\\"b\\\\\"")
    #expect(Escaped.quoted(Array("\"".utf8)) == "\"\\\"\"")
    #expect(Escaped.quoted([]) == "\"\"")
  }
}
