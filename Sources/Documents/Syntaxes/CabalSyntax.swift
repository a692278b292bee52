/// Reads the fields of a Cabal project file (Cabal user guide, "Field syntax"), as `cabal freeze` writes
/// them: an object of arrays, with one string for each item between commas.
///
/// A field goes on in the lines that are indented. Lines that begin with `--` are comments.
enum CabalSyntax {
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    let root = try builder.add(.object, to: nil, start: 0)
    var lines = LineReader(bytes)
    var field: NodeID?
    while let raw = lines.nextRaw() {
      let line = bytes.trimmed(raw)
      if line.isEmpty || bytes.has("--", at: line.lowerBound) { continue }
      var items = line
      if line.lowerBound == raw.lowerBound {
        guard let colon = bytes.firstIndex(of: 0x3a, in: line), colon > line.lowerBound,
          !bytes[line.lowerBound..<colon].contains(where: { isSpace($0) || $0 == 0x2c })
        else { throw Unread(.unsupported, at: line.lowerBound) }
        // Cabal compares names without case.
        let name = bytes[line.lowerBound..<colon]
        let isLower = !name.contains { (0x41...0x5a).contains($0) }
        let key =
          isLower
          ? Text(line.lowerBound..<colon)
          : try builder.keep(name.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 })
        field = try builder.add(.array, to: root, key: key, start: line.lowerBound)
        items = bytes.trimmed(colon + 1..<line.upperBound)
      }
      guard let field else { throw Unread(.unexpected, at: line.lowerBound) }
      try addItems(bytes, items, to: field, &builder)
      builder.setEnd(field, line.upperBound)
    }
    try builder.requireUniqueKeys(of: root)
    builder.setEnd(root, bytes.count)
    return builder.document
  }

  private static func addItems(
    _ bytes: [UInt8], _ line: Range<Int>, to field: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    var start = line.lowerBound
    while start < line.upperBound {
      let end = bytes.firstIndex(of: 0x2c, in: start..<line.upperBound) ?? line.upperBound
      let item = bytes.trimmed(start..<end)
      if !item.isEmpty {
        try builder.addScalar(
          .string, Text(item), to: field, start: item.lowerBound, end: item.upperBound)
      }
      start = end + 1
    }
  }
}
