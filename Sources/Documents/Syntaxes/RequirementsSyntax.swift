/// Reads pip's requirements files (pip documentation, "Requirements File Format").
///
/// The root is an object: `requirement` holds the lines that ask for something, and each option an array
/// of its values, under its long name: `--index-url`. Comments begin at the start of a line or behind
/// white space; a backslash at the end of a line joins it with the next one.
struct RequirementsSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line, allowsLineSeparators: false)
    var reader = RequirementsSyntax(bytes: bytes, limit: limits.line)
    try reader.requireOneEncoding()
    try reader.read(into: &builder)
    return builder.document
  }

  private let bytes: [UInt8]
  private let limit: Int
  /// The arrays of the root.
  private var arrays: [NodeID] = []
  private var requirementKey = Text.empty

  private init(bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  /// pip decodes a file as a comment on its first two lines says (PEP 263).
  private func requireOneEncoding() throws(Unread) {
    var lines = LineReader(bytes)
    for _ in 0..<2 {
      guard let line = lines.next(), !line.isEmpty else { continue }
      guard bytes[line.lowerBound] == 0x23 else { continue }
      for index in line where bytes.has("coding", at: index) {
        let sign = index + 6
        guard bytes.has(":", at: sign) || bytes.has("=", at: sign) else { continue }
        let name = bytes.trimmed(sign + 1..<line.upperBound)
        let isKnown = ["utf-8", "UTF-8", "utf8", "ascii", "us-ascii"].contains { known in
          bytes[name].starts(with: known.utf8)
        }
        guard isKnown else { throw Unread(.unsupported, at: index) }
      }
    }
  }

  /// Joins first and takes comments away then, in pip's order: a comment line ends a joined line.
  private mutating func read(into builder: inout DocumentBuilder) throws(Unread) {
    requirementKey = try builder.keep("requirement".utf8)
    let root = try builder.add(.object, to: nil, start: 0)
    var lines = LineReader(bytes)
    var joined: [UInt8] = []
    var start: Int?
    while let raw = lines.nextRaw() {
      var line = raw
      if !line.isEmpty, bytes[line.upperBound - 1] == 0x0d { line = line.dropLast() }
      let words = bytes.trimmed(line)
      let isComment = !words.isEmpty && bytes[words.lowerBound] == 0x23
      if !isComment, !line.isEmpty, bytes[line.upperBound - 1] == 0x5c {
        if start == nil { start = words.lowerBound }
        joined += bytes[line.dropLast()]
        if joined.count > limit { throw Unread(.lineTooLong, at: line.lowerBound) }
      } else if let first = start {
        if !isComment { joined += bytes[line] }
        if joined.count > limit { throw Unread(.lineTooLong, at: line.lowerBound) }
        try addJoined(joined, at: first..<max(first, line.upperBound), to: root, &builder)
        joined.removeAll(keepingCapacity: true)
        start = nil
      } else if !isComment {
        let text = bytes.trimmed(line.lowerBound..<startOfComment(bytes, line))
        if !text.isEmpty { try add(Text(text), at: text, to: root, &builder) }
      }
    }
    if let start { try addJoined(joined, at: start..<bytes.count, to: root, &builder) }
    builder.setEnd(root, bytes.count)
  }

  private mutating func addJoined(
    _ joined: [UInt8], at place: Range<Int>, to root: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let text = joined.trimmed(0..<startOfComment(joined, 0..<joined.count))
    guard !text.isEmpty else { return }
    try add(try builder.keep(joined[text]), at: place, to: root, &builder)
  }

  /// The first `#` of a line that white space or nothing stands before, or the line's end.
  private func startOfComment(_ bytes: [UInt8], _ line: Range<Int>) -> Int {
    var index = line.lowerBound
    while let mark = bytes.firstIndex(of: 0x23, in: index..<line.upperBound) {
      if mark == line.lowerBound || isSpace(bytes[mark - 1]) { return mark }
      index = mark + 1
    }
    return line.upperBound
  }

  // MARK: Lines

  private mutating func add(
    _ line: Text, at place: Range<Int>, to root: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    guard builder.document.byte(0, of: line) == 0x2d else {
      return try add(line, under: requirementKey, at: place, to: root, &builder)
    }
    if builder.document.starts(line, with: "--") {
      return try addLong(line, at: place, to: root, &builder)
    }
    for (letter, name) in Self.shortOptions where builder.document.starts(line, with: letter) {
      let value = builder.document.trimmed(builder.document.dropFirst(2, of: line))
      let key = try self.key(name, &builder)
      return try add(value, under: key, at: place, to: root, &builder)
    }
    throw Unread(.unsupported, at: place.lowerBound)
  }

  /// An option in full or as the beginning of one name only, which pip takes as well. Behind one that
  /// has no value another may follow.
  private mutating func addLong(
    _ line: Text, at place: Range<Int>, to root: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    var line = line
    while true {
      var option = Self.longOption(line, builder.document)
      if let name = Self.completion(of: option.name, builder.document) {
        option.name = try key(name, &builder)
      }
      let hasValue = !Self.flags.contains { builder.document.equals(option.name, $0) }
      guard !hasValue, builder.document.starts(option.value, with: "-") else {
        return try add(option.value, under: option.name, at: place, to: root, &builder)
      }
      try add(.empty, under: option.name, at: place, to: root, &builder)
      line = option.value
      guard builder.document.starts(line, with: "--") else {
        return try add(line, at: place, to: root, &builder)
      }
    }
  }

  /// The one name that a shorter one stands for.
  private static func completion(of name: Text, _ document: Document) -> StaticString? {
    let written = document.bytes(name)
    let known = longOptions.filter { option in
      option.withUTF8Buffer { $0.starts(with: written) }
    }
    guard known.count == 1, let option = known.first, !document.equals(name, option) else {
      return nil
    }
    return option
  }

  /// A name that the file need not have in full.
  private func key(_ name: StaticString, _ builder: inout DocumentBuilder) throws(Unread) -> Text {
    if let known = arrays.first(where: { builder.document.equals(builder.document.key($0), name) })
    {
      return builder.document.key(known)
    }
    return try builder.keep(
      UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  /// pip's `SUPPORTED_OPTIONS` and `SUPPORTED_OPTIONS_REQ`, by which it completes a name.
  private static let longOptions: [StaticString] = [
    "--index-url", "--extra-index-url", "--no-index", "--constraint", "--requirement",
    "--editable", "--find-links", "--no-binary", "--only-binary", "--prefer-binary",
    "--require-hashes", "--pre", "--trusted-host", "--use-feature", "--global-option", "--hash",
    "--config-settings",
  ]
  /// Those that have no value.
  private static let flags: [StaticString] = [
    "--no-index", "--pre", "--prefer-binary", "--require-hashes",
  ]

  private static let shortOptions: [(StaticString, StaticString)] = [
    ("-i", "--index-url"), ("-e", "--editable"), ("-r", "--requirement"), ("-c", "--constraint"),
    ("-f", "--find-links"),
  ]

  /// `--name=value` or `--name value`.
  private static func longOption(
    _ line: Text, _ document: Document
  ) -> (name: Text, value: Text) {
    var end = 0
    while let byte = document.byte(end, of: line), !isSpace(byte), byte != 0x3d { end += 1 }
    let value = document.trimmed(document.dropFirst(end + 1, of: line))
    return (document.prefix(end, of: line), value)
  }

  private mutating func add(
    _ value: Text, under name: Text, at place: Range<Int>, to root: NodeID,
    _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let known = arrays.first { builder.document.equal(builder.document.key($0), name) }
    let array: NodeID
    if let known {
      array = known
    } else {
      guard arrays.count < 64 else { throw Unread(.tooMany, at: place.lowerBound) }
      array = try builder.add(.array, to: root, key: name, start: place.lowerBound)
      builder.setEnd(array, place.lowerBound)
      arrays.append(array)
    }
    try builder.addScalar(
      .string, value, to: array, start: place.lowerBound, end: place.upperBound)
  }
}
