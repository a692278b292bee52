/// The text of a file in lines that a person can read and compare.
///
/// Very long lines are broken, behind signs that end a statement or an entry, and text whose lines end in a
/// lone carriage return at each of these, so that a change of one word in a file of one line is one line.
/// The break is `0x01 0x0a`; every other 0x01 is doubled into `0x01 0x02`, so that different bytes stay
/// different.
package struct ReadableLines: Sendable {
  package let bytes: [UInt8]

  /// A line that is longer than this is broken, at the latest behind so many bytes.
  private static let longest = 1000
  private static let mostOfPiece = 400
  private static let mark: UInt8 = 0x01

  package init(_ raw: UnsafeRawBufferPointer, as content: FileContent) {
    switch content {
    case .wide(let unit, let isLittle, _):
      let text = WideText(raw, unit: unit, isLittle: isLittle).utf8
      bytes = text.withUnsafeBytes { Self.broken($0) }
    case .plain, .other: bytes = Self.broken(raw)
    }
  }

  /// The single bytes of wide text.
  package init(singleBytesOf raw: UnsafeRawBufferPointer) {
    bytes = Self.broken(raw)
  }

  private static func broken(_ raw: UnsafeRawBufferPointer) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(raw.count)
    // What is copied as it is, many lines at once, begins here.
    var plain = 0
    var start = 0
    while start < raw.count {
      var end = start
      var hasMarks = false
      while end < raw.count, raw[end] != 0x0a {
        let isReturn = raw[end] == 0x0d && end &+ 1 < raw.count && raw[end &+ 1] != 0x0a
        hasMarks = hasMarks || raw[end] == mark || isReturn
        end &+= 1
      }
      let isLong = end - start > longest
      let next = min(end + 1, raw.count)
      if hasMarks || isLong {
        output += raw[plain..<start]
        append(UnsafeRawBufferPointer(rebasing: raw[start..<next]), isLong: isLong, to: &output)
        plain = next
      }
      start = next
    }
    output += raw[plain...]
    return output
  }

  private static func append(
    _ line: UnsafeRawBufferPointer, isLong: Bool, to output: inout [UInt8]
  ) {
    var count = 0
    for (index, byte) in line.enumerated() {
      output.append(byte)
      count += 1
      if byte == mark { output.append(0x02) }
      guard index + 1 < line.count, line[index + 1] != 0x0a else { continue }
      // By what stands there and not by how far it is, so that the pieces behind a change stay the same.
      let isEnd = ";{}".utf8.contains(byte) || (", >".utf8.contains(byte) && isChosen(line, index))
      // Never inside of a letter.
      let isLetterEnd = line[index + 1] & 0xc0 != 0x80
      if byte == 0x0d
        || (isLong && (isLetterEnd || count >= mostOfPiece + 4) && (count >= mostOfPiece || isEnd))
      {
        output += [mark, 0x0a]
        count = 0
      }
    }
  }

  /// One place of eight, by the two bytes before it.
  private static func isChosen(_ line: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    index >= 2 && (line[index - 1] &* 31 &+ line[index - 2]) & 7 == 0
  }

  /// One line of `bytes`, without its line feed, as it is shown.
  package static func legible(_ line: ArraySlice<UInt8>) -> [UInt8] {
    guard line.contains(mark) else { return Legible.line(line) }
    var plain: [UInt8] = []
    var index = line.startIndex
    while index < line.endIndex {
      plain.append(line[index])
      // Behind the last mark stands the line feed that a break has put there.
      if line[index] == mark {
        if index + 1 == line.endIndex {
          plain.removeLast()
          return Legible.line(plain[...]) + Array("<...>".utf8)
        }
        index += 1
      }
      index += 1
    }
    return Legible.line(plain[...])
  }
}
