import HookWire
import Testing

@Suite struct PktLineTests {
  private func bytes(_ lines: [PktLine]) throws -> [UInt8] {
    var output: [UInt8] = []
    for line in lines { try line.write(to: &output) }
    return output
  }

  @Test("the examples of gitprotocol-common hold")
  func examples() throws {
    #expect(try bytes([.text("a\n")]) == Array("0006a\n".utf8))
    #expect(try bytes([.text("a")]) == Array("0005a".utf8))
    #expect(try bytes([.text("foobar\n")]) == Array("000bfoobar\n".utf8))
    #expect(try bytes([.text("")]) == Array("0004".utf8))
    #expect(
      try bytes([.flush, .delimiter, .responseEnd]) == Array("000000010002".utf8))
  }

  private static let sample: [PktLine] = [
    .text("version=1\n"), .flush, .data([]), .data([0, 0xff, 0x0a]), .delimiter, .responseEnd,
    .data([UInt8](repeating: 7, count: PktLine.maximumPayloadCount)), .flush,
  ]

  @Test("what is written is read, whole and byte by byte")
  func roundTrip() throws {
    let stream = try bytes(Self.sample)
    #expect(try PktLineDecoder.all(in: stream) == Self.sample)
    var decoder = PktLineDecoder()
    var lines: [PktLine] = []
    for byte in stream {
      decoder.feed([byte])
      while let line = try decoder.next() { lines.append(line) }
    }
    try decoder.finish()
    #expect(lines == Self.sample)
    #expect(decoder.pendingCount == 0)
  }

  @Test("the length digits may be of either case, as git reads them")
  func digitCase() throws {
    #expect(try PktLineDecoder.all(in: Array("000A123456".utf8)) == [.text("123456")])
  }

  @Test("a payload over the limit is not written")
  func tooLongToWrite() {
    var output: [UInt8] = [1]
    let payload = [UInt8](repeating: 0, count: PktLine.maximumPayloadCount + 1)
    #expect(throws: PktLineError.tooLong(65_517)) {
      try PktLine.data(payload).write(to: &output)
    }
    #expect(output == [1])
  }

  @Test(
    "lengths that mean nothing are refused",
    arguments: [
      ("0003", PktLineError.reservedLength), ("fff1", .tooLong(65_521)), ("ffff", .tooLong(65_535)),
      ("00g0", .malformedLength(Array("00g0".utf8))),
      ("-001", .malformedLength(Array("-001".utf8))),
      ("0x01", .malformedLength(Array("0x01".utf8))),
      ("    ", .malformedLength(Array("    ".utf8))),
    ])
  func badLengths(_ text: String, _ error: PktLineError) {
    var decoder = PktLineDecoder()
    decoder.feed(Array("0005a\(text)0000".utf8))
    #expect(throws: Never.self) { try decoder.next() }
    #expect(throws: error) { try decoder.next() }
    #expect(throws: error, "the stream has no more frames") { try decoder.next() }
    #expect(throws: error) { try decoder.finish() }
  }

  @Test(
    "a stream that ends within a frame is truncated", arguments: ["0", "000", "0005", "0009abcd"])
  func truncated(_ text: String) {
    #expect(throws: PktLineError.truncated) { try PktLineDecoder.all(in: Array(text.utf8)) }
  }

  @Test("a line loses one line feed and no more")
  func line() {
    #expect(PktLine.text("a\n\n").line.map { Array($0) } == Array("a\n".utf8))
    #expect(PktLine.text("a").line.map { Array($0) } == Array("a".utf8))
    #expect(PktLine.data([]).line.map { Array($0) } == [])
    #expect(PktLine.flush.line == nil)
  }
}
