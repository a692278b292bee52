/// The trailers of a commit message exactly as git finds them: `git interpret-trailers --parse
/// --no-divider` with git's default configuration (git-interpret-trailers(1)).
///
/// A NUL ends the message, as it does for git. Bytes are never changed; ranges count from the start
/// of the message that was given.
package struct Trailers: Hashable, Sendable {
  package struct Trailer: Hashable, Sendable {
    /// Without the spaces around it.
    package let key: Range<Int>
    /// Without the white space around it; holds line feeds where the trailer is folded.
    package let value: Range<Int>
  }

  /// The lines in which the trailers stand; empty where there are none.
  package let block: Range<Int>
  package let trailers: [Trailer]

  package init(of message: Span<UInt8>) {
    let text = MessageText(message)
    let end = text.endOfTrailers
    let start = text.startOfTrailers(before: end)
    block = start..<end
    trailers = start < end ? text.trailers(start..<end) : []
  }

  package init(of message: [UInt8]) {
    self.init(of: message.span)
  }

  /// A value on one line, as `--unfold` writes it: each line feed with the white space behind it
  /// becomes one space.
  package static func unfolded(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = value.startIndex
    while index < value.endIndex {
      let byte = value[index]
      index += 1
      guard byte == 0x0a else {
        result.append(byte)
        continue
      }
      while index < value.endIndex, MessageText.isSpace(value[index]) { index += 1 }
      result.append(0x20)
    }
    while let last = result.last, MessageText.isSpace(last) { result.removeLast() }
    return Array(result.drop(while: MessageText.isSpace))
  }
}

/// A message as git's trailer code reads it: up to a NUL.
private struct MessageText {
  private let bytes: [UInt8]

  private static let comment: UInt8 = 0x23
  private static let scissors = Array(
    "# ------------------------ >8 ------------------------\n".utf8)
  private static let conflicts = Array("Conflicts:\n".utf8)
  /// What git writes itself; a block that has one of them may hold other text as well.
  private static let recognized = [
    Array("Signed-off-by: ".utf8), Array("(cherry picked from commit ".utf8),
  ]

  init(_ message: Span<UInt8>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(message.count)
    for index in 0..<message.count {
      guard message[index] != 0 else { break }
      bytes.append(message[index])
    }
    self.bytes = bytes
  }

  /// White space as git's own `isspace` has it, whatever the locale.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }

  private func lineEnd(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != 0x0a { end += 1 }
    return Swift.min(end + 1, bytes.count)
  }

  private func starts(with text: [UInt8], at start: Int) -> Bool {
    bytes.count - start >= text.count && bytes[start..<start + text.count].elementsEqual(text)
  }

  private func isBlank(_ start: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index] != 0x0a {
      guard Self.isSpace(bytes[index]) else { return false }
      index += 1
    }
    return true
  }

  /// Where the separator of the line at `start` stands: behind letters, digits and `-`, perhaps
  /// with spaces or tabs between them and it.
  private func separator(_ start: Int) -> Int? {
    var index = start
    var sawSpace = false
    while index < bytes.count {
      switch bytes[index] {
      case 0x3a: return index
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d:
        if sawSpace { return nil }
      case 0x20, 0x09:
        if index == start { return nil }
        sawSpace = true
      default: return nil
      }
      index += 1
    }
    return nil
  }

  /// Where what follows the trailers begins: `git commit`'s scissors line, trailing comments and
  /// empty lines, and the list of conflicts that old gits wrote.
  var endOfTrailers: Int {
    let cutoff = startOfScissors
    var lineStart = 0
    var tail: Int?
    var inConflicts = false
    while lineStart < cutoff {
      if bytes[lineStart] == Self.comment || bytes[lineStart] == 0x0a {
        if tail == nil { tail = lineStart }
      } else if starts(with: Self.conflicts, at: lineStart) {
        inConflicts = true
        if tail == nil { tail = lineStart }
      } else if inConflicts, bytes[lineStart] == 0x09 {
        // The path of a conflict.
      } else if tail != nil {
        tail = nil
        inConflicts = false
      }
      lineStart = lineEnd(lineStart)
    }
    return tail ?? cutoff
  }

  private var startOfScissors: Int {
    var lineStart = 0
    while lineStart < bytes.count {
      if bytes[lineStart] == Self.comment, starts(with: Self.scissors, at: lineStart) {
        return lineStart
      }
      lineStart = lineEnd(lineStart)
    }
    return bytes.count
  }

  /// Where the trailers begin that end at `end`; `end` itself where there are none.
  ///
  /// They are the last paragraph, never the first, when it is nothing but trailers, or when at
  /// least a quarter of it is and one of them is git's own.
  func startOfTrailers(before end: Int) -> Int {
    let endOfTitle = endOfTitle(end)
    var trailerCount = 0
    var otherCount = 0
    // Indented lines: part of a trailer or not, as the line above them turns out to be.
    var indentedCount = 0
    var sawRecognized = false
    var sawText = false
    var lineEnd = end
    while let line = lastLine(before: lineEnd), line >= endOfTitle {
      lineEnd = line
      if bytes[line] == Self.comment {
        otherCount += indentedCount
        indentedCount = 0
        continue
      }
      if isBlank(line) {
        if !sawText { continue }
        otherCount += indentedCount
        let isBlock =
          sawRecognized && trailerCount * 3 >= otherCount || trailerCount > 0 && otherCount == 0
        return isBlock ? self.lineEnd(line) : end
      }
      sawText = true
      if Self.recognized.contains(where: { starts(with: $0, at: line) }) {
        sawRecognized = true
        trailerCount += 1
        indentedCount = 0
      } else if Self.isSpace(bytes[line]) {
        indentedCount += 1
      } else if let separator = separator(line), separator > line {
        trailerCount += 1
        indentedCount = 0
      } else {
        otherCount += 1 + indentedCount
        indentedCount = 0
      }
    }
    return end
  }

  /// The title is the first paragraph; comments do not end it.
  private func endOfTitle(_ end: Int) -> Int {
    var lineStart = 0
    while lineStart < end {
      if bytes[lineStart] != Self.comment, isBlank(lineStart) { break }
      lineStart = lineEnd(lineStart)
    }
    return lineStart
  }

  private func lastLine(before end: Int) -> Int? {
    guard end > 0 else { return nil }
    var start = end - 1
    while start > 0, bytes[start - 1] != 0x0a { start -= 1 }
    return start
  }

  /// The trailers of a block, a folded one taken together.
  func trailers(_ block: Range<Int>) -> [Trailers.Trailer] {
    var result: [Trailers.Trailer] = []
    var lineStart = block.lowerBound
    while lineStart < block.upperBound {
      var end = Swift.min(lineEnd(lineStart), block.upperBound)
      guard let separator = separator(lineStart), separator > lineStart else {
        lineStart = end
        continue
      }
      while end < block.upperBound, Self.isSpace(bytes[end]) {
        end = Swift.min(lineEnd(end), block.upperBound)
      }
      result.append(
        Trailers.Trailer(key: trimmed(lineStart..<separator), value: trimmed(separator + 1..<end)))
      lineStart = end
    }
    return result
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, Self.isSpace(bytes[lower]) { lower += 1 }
    while upper > lower, Self.isSpace(bytes[upper - 1]) { upper -= 1 }
    return lower..<upper
  }
}
