internal import Documents

/// Where the lines of a text begin.
struct LineStarts {
  private var starts: [Int] = [0]

  init(_ bytes: [UInt8]) {
    var end = bytes.endOfLine(from: 0)
    while end < bytes.count {
      starts.append(end + 1)
      end = bytes.endOfLine(from: end + 1)
    }
  }

  func position(_ offset: Int) -> SourcePosition {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(line: low + 1, column: offset - starts[low] + 1)
  }
}

/// The values of a TOML document, each with the place of its key and its own, which a document has not:
/// it knows where a pair begins and where the texts are.
struct PlacedTOML {
  private let document: Document
  private let lines: LineStarts

  init(_ document: Document, _ lines: LineStarts) {
    self.document = document
    self.lines = lines
  }

  /// A table with all that stands in it.
  func table(_ node: NodeID, depth: Int) throws(TOMLError) -> TOMLTable {
    var entries: [TOMLTable.Entry] = []
    entries.reserveCapacity(document.childCount(node))
    var next = document.firstChild(of: node)
    while let child = next {
      let place = Place(child, in: document)
      entries.append(
        TOMLTable.Entry(
          key: Array(document.bytes(document.key(child))), position: lines.position(place.key),
          value: try value(child, at: place.value, depth: depth + 1)))
      next = document.sibling(after: child)
    }
    return TOMLTable(entries: entries)
  }

  private func value(_ node: NodeID, at start: Int, depth: Int) throws(TOMLError) -> TOMLValue {
    let position = lines.position(start)
    guard depth <= TOML.depthLimit else { throw TOMLError(.tooDeep, at: position) }
    switch document.kind(node) {
    case .object: return TOMLValue(.table(try table(node, depth: depth)), at: position)
    case .string: return TOMLValue(.string(string(node)), at: position)
    case .bare:
      do throws(TOMLNumber.Unused) {
        return TOMLValue(try TOMLNumber.kind(document.bytes(document.text(node))), at: position)
      } catch {
        throw TOMLError(error.problem, at: position)
      }
    case .array:
      var elements: [TOMLValue] = []
      elements.reserveCapacity(document.childCount(node))
      var next = document.firstChild(of: node)
      while let element = next {
        elements.append(
          try value(element, at: document.range(element).lowerBound, depth: depth + 1))
        next = document.sibling(after: element)
      }
      return TOMLValue(.array(elements), at: position)
    }
  }

  /// Line ends of a string over several lines are line feeds, however the file has them.
  private func string(_ node: NodeID) -> [UInt8] {
    let text = document.text(node)
    let bytes = Array(document.bytes(text))
    guard document.firstIndex(of: UInt8(ascii: "\r"), in: text) != nil,
      document.pool[document.range(node)].contains(UInt8(ascii: "\r"))
    else { return bytes }
    return bytes.indices.filter {
      bytes[$0] != UInt8(ascii: "\r") || $0 + 1 == bytes.count
        || bytes[$0 + 1] != UInt8(ascii: "\n")
    }.map { bytes[$0] }
  }

  /// Where the key of a table's value begins, and the value itself.
  private struct Place {
    let key: Int
    let value: Int

    init(_ node: NodeID, in document: Document) {
      let (start, text) = (document.range(node).lowerBound, document.key(node))
      let mark = document.nodes[node.index].mark
      let isPair = document.isScalar(node) || mark == TOMLSyntax.Mark.closed
      var end = text.range.upperBound
      if text.range.lowerBound < document.fileCount {
        let before = text.range.lowerBound - 1
        let isQuoted = before >= start && isQuote(document.pool[before])
        key = isQuoted ? before : text.range.lowerBound
        if isQuoted { end += 1 }
      } else {
        // Its escapes were resolved elsewhere. For the middle of a key its beginning is near enough.
        let isLast = isPair || mark == TOMLSyntax.Mark.explicit || mark == TOMLSyntax.Mark.tables
        (key, end) = isLast ? lastPart(of: start, in: document) : (start, start)
      }
      switch mark {
      case _ where isPair:
        end = endOfBlanks(from: end, in: document)
        value = endOfBlanks(from: end + 1, in: document)
      case TOMLSyntax.Mark.dotted, TOMLSyntax.Mark.tables: value = key
      default: value = start
      }
    }
  }
}

private func isQuote(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
}

private func endOfBlanks(from start: Int, in document: Document) -> Int {
  var index = start
  while document.pool[index] == UInt8(ascii: " ") || document.pool[index] == UInt8(ascii: "\t") {
    index += 1
  }
  return index
}

/// The last part of a dotted key that was read, and where it ends.
private func lastPart(of start: Int, in document: Document) -> (start: Int, end: Int) {
  var index = start
  while document.pool[index] == UInt8(ascii: "[") { index += 1 }
  index = endOfBlanks(from: index, in: document)
  var part = index
  while true {
    let first = document.pool[index]
    if isQuote(first) {
      index += 1
      while document.pool[index] != first {
        index += first == UInt8(ascii: "\"") && document.pool[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      index += 1
    } else {
      while TOMLSyntax.isBareKey(document.pool[index]) { index += 1 }
    }
    let end = index
    index = endOfBlanks(from: index, in: document)
    guard document.pool[index] == UInt8(ascii: ".") else { return (part, end) }
    part = endOfBlanks(from: index + 1, in: document)
    index = part
  }
}

/// What stands without quotes in TOML that was read: booleans and integers, and what hookkit does not use.
enum TOMLNumber {
  struct Unused: Error {
    let problem: TOMLError.Problem
  }

  static func kind(_ word: ArraySlice<UInt8>) throws(Unused) -> TOMLValue.Kind {
    if word.elementsEqual("true".utf8) { return .bool(true) }
    if word.elementsEqual("false".utf8) { return .bool(false) }
    let sign = word.first.flatMap { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") ? $0 : nil }
    let body = sign == nil ? word : word.dropFirst()
    let rest = body.dropFirst(2)
    switch body.first == UInt8(ascii: "0") ? body.dropFirst().first : nil {
    case UInt8(ascii: "x"): return .integer(try integer(rest, 16, false))
    case UInt8(ascii: "o"): return .integer(try integer(rest, 8, false))
    case UInt8(ascii: "b"): return .integer(try integer(rest, 2, false))
    default: break
    }
    guard let other = body.first(where: { $0 &- 0x30 > 9 && $0 != UInt8(ascii: "_") }) else {
      return .integer(try integer(body, 10, sign == UInt8(ascii: "-")))
    }
    let isDate = other == UInt8(ascii: "-") || other == UInt8(ascii: ":")
    throw Unused(problem: .unused(isDate ? "a date" : "a float"))
  }

  private static func integer(
    _ text: ArraySlice<UInt8>, _ radix: Int64, _ isNegative: Bool
  ) throws(Unused) -> Int64 {
    var value: Int64 = 0
    for byte in text where byte != UInt8(ascii: "_") {
      let digit = Int64(byte > 0x39 ? (byte | 0x20) - 0x57 : byte - 0x30)
      let shifted = value.multipliedReportingOverflow(by: radix)
      let sum =
        isNegative
        ? shifted.partialValue.subtractingReportingOverflow(digit)
        : shifted.partialValue.addingReportingOverflow(digit)
      guard !shifted.overflow, !sum.overflow else { throw Unused(problem: .integerOutOfRange) }
      value = sum.partialValue
    }
    return value
  }
}
