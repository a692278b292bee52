import Report
import TestSupport
import Testing

@Suite("FileContent and ReadableLines")
struct FileContentTests {
  private func content(_ bytes: [UInt8], wasText: Bool = false) -> FileContent {
    bytes.withUnsafeBytes { FileContent($0, wasText: wasText) }
  }

  private func shown(_ bytes: [UInt8], as content: FileContent? = nil) -> [[UInt8]] {
    let readable = bytes.withUnsafeBytes { ReadableLines($0, as: content ?? self.content(bytes)) }
    return readable.bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
      .map { ReadableLines.legible($0) }
  }

  private func text(_ bytes: [UInt8]) -> [String] {
    shown(bytes).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("a picture is no text, and a text that begins like a picture is one")
  func pictures() {
    var dice = Dice(seed: 1)
    let noise = (0..<4000).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
    #expect(content([0x89, 0x50, 0x4e, 0x47] + noise) == .other("a PNG image"))
    #expect(content(noise) == .other(nil))
    #expect(content(noise, wasText: true) == .other(nil))
    let half = Array("run()\n".utf8) + (0..<400).flatMap { _ in [0x61, 0x01, 0x62] as [UInt8] }
    #expect(content(half) == .other(nil))
    #expect(content(half, wasText: true) == .plain)
    #expect(content(Array("#!/bin/sh\n".utf8) + noise) == .plain)
    #expect(content(Array("GIF89a=1; run()\n".utf8)) == .plain)
    #expect(content([]) == .plain)
  }

  @Test("an odd byte behind UTF-16 makes it bytes again, of which none is lost")
  func oddEnd() {
    #expect(text([0xff, 0xfe, 0x0a]) == ["<\\xff><\\xfe>", ""])
    #expect(text([0xff, 0xfe, 0x61, 0, 0x0a, 0]) == ["<U+FEFF>a", ""])
    #expect(text([0xfe, 0xff, 0, 0x61, 0xd8, 0]).first?.hasPrefix("<\\xef>") == true)
  }

  @Test("two letters in one unit are shown as letters, too")
  func hiddenWords() {
    let script = Array("a\u{0}b\u{0}\n\u{0}rm \u{0}-\u{0}r\u{0}f\u{0}\n\u{0}".utf8)
    #expect(content(script) == .wide(unit: 2, isLittle: true, mayBePlain: true))
    #expect(
      content(Array("a\u{0}b\u{0}\n\u{0}".utf8))
        == .wide(unit: 2, isLittle: true, mayBePlain: false))
  }

  @Test("different bytes never give the same lines", arguments: 0..<40)
  func injective(_ seed: UInt64) {
    var dice = Dice(seed: seed)
    // Bytes that the breaks are made of, and letters of several bytes.
    let alphabet: [UInt8] = [0x01, 0x02, 0x0a, 0x0d, 0x3b, 0x20, 0xc3, 0xa9, 0x61]
    var known: [[UInt8]: [UInt8]] = [:]
    for _ in 0..<400 {
      let long = dice.once(in: 20) ? 1200 : 0
      let bytes =
        [UInt8](repeating: 0x62, count: long)
        + (0..<dice.roll(6)).map { _ in dice.pick(alphabet) }
      let lines = bytes.withUnsafeBytes { ReadableLines($0, as: .plain).bytes }
      #expect(known[lines] == nil || known[lines] == bytes)
      known[lines] = bytes
    }
  }

  @Test("a long line is broken behind statements and says that it goes on")
  func longLines() {
    let line = (0..<200).map { "call(\($0));" }.joined()
    let lines = text(Array(line.utf8))
    #expect(lines.count == 200)
    #expect(lines[7] == "call(7);<...>")
    #expect(lines.last == "call(199);")
    let letters = [UInt8](repeating: 0x80, count: 3000)
    #expect(shown(letters).allSatisfy { $0.count < 3000 })
  }

  @Test("lines that end in a lone carriage return are lines")
  func returns() {
    #expect(text(Array("a\rb\r\nc\r".utf8)) == ["a<CR><...>", "b<CR>", "c<CR>"])
  }

  @Test("what is no text gives its readable lines")
  func readable() {
    let bytes = [UInt8](repeating: 1, count: 300) + Array("\nrm -rf ~\n".utf8) + [2, 3, 4]
    #expect(FileContent.readableLines(of: bytes).map(Array.init) == [Array("rm -rf ~".utf8)])
  }
}
