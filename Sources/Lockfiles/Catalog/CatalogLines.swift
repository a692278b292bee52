/// The lines of the catalog's table: `CLASSES PATTERN ... | SOURCE`.
struct CatalogLines: Sequence, IteratorProtocol {
  struct Line {
    let classes: FileClasses
    /// Patterns with a space behind each.
    let patterns: Range<Int>
    let source: Range<Int>
  }

  private let table: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ table: UnsafeBufferPointer<UInt8>) { self.table = table }

  mutating func next() -> Line? {
    guard position < table.count else { return nil }
    var classes: FileClasses = []
    while table[position] != UInt8(ascii: " ") {
      classes.formUnion(Self.fileClass(table[position]))
      position += 1
    }
    let patterns = position + 1..<end(of: UInt8(ascii: "|"))
    let source = Swift.min(position + 2, table.count)..<end(of: UInt8(ascii: "\n"))
    position += 1
    return Line(classes: classes, patterns: patterns, source: source)
  }

  private mutating func end(of mark: UInt8) -> Int {
    while position < table.count, table[position] != mark { position += 1 }
    return position
  }

  private static func fileClass(_ letter: UInt8) -> FileClasses {
    switch letter {
    case UInt8(ascii: "L"): .locks
    case UInt8(ascii: "M"): .manifests
    case UInt8(ascii: "O"): .origins
    case UInt8(ascii: "X"): .runsCode
    case UInt8(ascii: "A"): .agentConfig
    case UInt8(ascii: "V"): .vendored
    case UInt8(ascii: "P"): .visibility
    default: []
    }
  }

  /// The patterns of a line.
  struct Words: Sequence, IteratorProtocol {
    private let table: UnsafeBufferPointer<UInt8>
    private var rest: Range<Int>

    init(_ table: UnsafeBufferPointer<UInt8>, _ patterns: Range<Int>) {
      self.table = table
      rest = patterns
    }

    mutating func next() -> Range<Int>? {
      guard !rest.isEmpty else { return nil }
      let start = rest.lowerBound
      var end = start
      while end < rest.upperBound, table[end] != UInt8(ascii: " ") { end += 1 }
      rest = Swift.min(end + 1, rest.upperBound)..<rest.upperBound
      return start..<end
    }
  }
}

extension Catalog {
  /// A row of the table, for people.
  package struct Row: Sendable {
    package let pattern: String
    package let classes: FileClasses
    /// The tool, its document and section.
    package let source: String
    /// The day on which that was looked up; `nil` when it was not.
    package let lookedUp: String?
  }

  /// Every row, in the order of the tables.
  package static var rows: [Row] { rows(locks) + rows(table) }

  private static func rows(_ table: StaticString) -> [Row] {
    table.withUTF8Buffer { table in
      func string(_ range: Range<Int>) -> String { String(decoding: table[range], as: UTF8.self) }
      return CatalogLines(table).flatMap { line -> [Row] in
        let source = string(line.source)
        let day = source.suffix(10)
        let isDated = day.count == 10 && day.allSatisfy { $0.isNumber || $0 == "-" }
        return CatalogLines.Words(table, line.patterns).map { word in
          Row(
            pattern: string(word), classes: line.classes,
            source: isDated ? String(source.dropLast(11)) : source,
            lookedUp: isDated ? String(day) : nil)
        }
      }
    }
  }
}
