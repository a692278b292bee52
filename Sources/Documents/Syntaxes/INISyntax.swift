/// Reads INI files: sections of names and values. Two dialects, because two programs decide.
///
/// The root is an object: each section an object under its title, names outside of any section
/// directly below the root. A value of several lines is an array of them.
struct INISyntax {
  enum Dialect {
    /// Python's `configparser` (pip, setuptools, twine): `=` or `:`, names without case, values that go
    /// on in indented lines, no names outside of a section.
    case configParser
    /// npm's: `=`, names with case, `NAME[] =` adds a value, a name alone is true.
    case npm
  }

  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], dialect: Dialect, limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = INISyntax(bytes: bytes, dialect: dialect)
    try reader.read(into: &builder)
    return builder.document
  }

  /// A name whose value may go on.
  private struct Member {
    let indentation: Int
    let start: Int
    let key: Text
    var lines: [Range<Int>]
  }

  private let bytes: [UInt8]
  private let dialect: Dialect
  private var section: NodeID?
  private var open: Member?
  private var end = 0

  private init(bytes: [UInt8], dialect: Dialect) {
    self.bytes = bytes
    self.dialect = dialect
  }

  private mutating func read(into builder: inout DocumentBuilder) throws(Unread) {
    let root = try builder.add(.object, to: nil, start: 0)
    var lines = LineReader(bytes)
    while let raw = lines.nextRaw() {
      let line = bytes.trimmed(raw)
      guard let first = line.first, bytes[first] != 0x23, bytes[first] != 0x3b else { continue }
      let indentation = line.lowerBound - raw.lowerBound
      if dialect == .configParser, let member = open, indentation > member.indentation {
        open?.lines.append(line)
      } else {
        try closeMember(root, &builder)
        if bytes[first] == 0x5b, try title(line, root, &builder) { continue }
        try addMember(line, indentation, &builder)
        if dialect == .npm { try closeMember(root, &builder) }
      }
      end = line.upperBound
    }
    try closeMember(root, &builder)
    try closeSection(&builder)
    try builder.requireUniqueKeys(of: root)
    builder.setEnd(root, bytes.count)
  }

  /// `[TITLE]`; a line with anything else is no title.
  private mutating func title(
    _ line: Range<Int>, _ root: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) -> Bool {
    guard let close = bytes.firstIndex(of: 0x5d, in: line), close > line.lowerBound + 1,
      close == line.upperBound - 1
    else { throw Unread(.unexpected, at: line.lowerBound) }
    try closeSection(&builder)
    section = try builder.add(
      .object, to: root, key: Text(line.lowerBound + 1..<close), start: line.lowerBound)
    end = line.upperBound
    return true
  }

  private func closeSection(_ builder: inout DocumentBuilder) throws(Unread) {
    guard let section else { return }
    try builder.requireUniqueKeys(of: section)
    builder.setEnd(section, end)
  }

  private mutating func addMember(
    _ line: Range<Int>, _ indentation: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    var delimiter = bytes.firstIndex(of: 0x3d, in: line)
    if dialect == .configParser, let colon = bytes.firstIndex(of: 0x3a, in: line) {
      delimiter = min(delimiter ?? colon, colon)
    }
    if dialect == .configParser {
      guard delimiter != nil, section != nil else { throw Unread(.unexpected, at: line.lowerBound) }
    }
    let name = bytes.trimmed(line.lowerBound..<(delimiter ?? line.upperBound))
    guard !name.isEmpty else { throw Unread(.unexpected, at: line.lowerBound) }
    var value: [Range<Int>] = []
    if let delimiter {
      let first = bytes.trimmed(delimiter + 1..<line.upperBound)
      if !first.isEmpty || dialect == .npm { value = [first] }
    }
    open = Member(
      indentation: indentation, start: line.lowerBound, key: try key(name, &builder), lines: value)
  }

  private func key(
    _ name: Range<Int>, _ builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    switch dialect {
    case .configParser:
      guard bytes[name].contains(where: { (0x41...0x5a).contains($0) }) else { return Text(name) }
      return try builder.keep(bytes[name].map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 })
    case .npm:
      // npm takes quotes, backslashes and what looks like a comment out of names.
      for index in name where [0x22, 0x27, 0x5c, 0x3b, 0x23].contains(bytes[index]) {
        throw Unread(.unsupported, at: index)
      }
      return Text(name)
    }
  }

  /// Adds the value that ended with the line before.
  private mutating func closeMember(
    _ root: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard let member = open else { return }
    open = nil
    let parent = section ?? root
    let end = max(member.lines.last?.upperBound ?? 0, member.start + Int(member.key.count))
    if dialect == .npm, builder.document.ends(member.key, with: "[]") {
      return try addElement(member, to: parent, end, &builder)
    }
    if member.lines.count > 1 {
      let array = try builder.add(.array, to: parent, key: member.key, start: member.start)
      for line in member.lines {
        try builder.addScalar(
          .string, Text(line), to: array, start: line.lowerBound, end: line.upperBound)
      }
      builder.setEnd(array, end)
    } else if dialect == .npm, member.lines.isEmpty {
      try builder.addScalar(
        .bare, try builder.keep("true".utf8), to: parent, key: member.key, start: member.start,
        end: end)
    } else {
      try builder.addScalar(
        .string, member.lines.first.map { Text($0) } ?? .empty, to: parent, key: member.key,
        start: member.start, end: end)
    }
  }

  /// `NAME[] = VALUE`: lines of one name that follow each other are one array.
  private func addElement(
    _ member: Member, to parent: NodeID, _ end: Int, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let array: NodeID
    if let last = builder.lastChild(of: parent), builder.document.isArray(last),
      builder.document.equal(builder.document.key(last), member.key)
    {
      array = last
    } else {
      array = try builder.add(.array, to: parent, key: member.key, start: member.start)
    }
    try builder.addScalar(
      .string, member.lines.first.map { Text($0) } ?? .empty, to: array, start: member.start,
      end: end)
    builder.setEnd(array, end)
  }
}
