/// Reads git's configuration syntax (git-config(1), "Syntax"): `.gitmodules` and `.lfsconfig`.
///
/// The root holds an object for each section name, and that an object for each subsection. Names of
/// sections and variables are in lower case, as git compares them. Git takes the last of several
/// values; a file that gives two is refused.
struct GitConfigSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = GitConfigSyntax(bytes: bytes)
    try reader.read(into: &builder)
    return builder.document
  }

  private let bytes: [UInt8]
  private var position = 0
  private var sections: [NodeID] = []

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read(into builder: inout DocumentBuilder) throws(Unread) {
    let root = try builder.add(.object, to: nil, start: 0)
    var current: NodeID?
    var subsections: [NodeID] = []
    skipBlank()
    while position < bytes.count {
      if bytes[position] == 0x5b {
        let node = try section(of: root, &builder)
        current = node
        subsections.append(node)
      } else if let current {
        try variable(of: current, &builder)
      } else {
        throw Unread(.unexpected, at: position)
      }
      skipBlank()
    }
    for node in subsections where !sections.contains(node) {
      try builder.requireUniqueKeys(of: node)
    }
    for section in sections {
      try builder.requireUniqueKeys(of: section)
    }
    builder.setEnd(root, bytes.count)
  }

  /// Goes over white space, line ends and comments.
  private mutating func skipBlank() {
    while position < bytes.count {
      if isSpace(bytes[position]) {
        position += 1
      } else if bytes[position] == 0x23 || bytes[position] == 0x3b {
        position = bytes.endOfLine(from: position)
      } else {
        return
      }
    }
  }

  // MARK: Sections

  /// `[name]` or `[name "subsection"]`.
  private mutating func section(
    of root: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) -> NodeID {
    let start = position
    position += 1
    let name = try name(&builder)
    let section = try section(named: name, at: start, of: root, &builder)
    let hadSpace = position < bytes.count && (bytes[position] == 0x20 || bytes[position] == 0x09)
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
      position += 1
    }
    guard position < bytes.count else { throw Unread(.truncated, at: position) }
    if bytes[position] == 0x5d, !hadSpace {
      position += 1
      builder.setEnd(section, max(builder.end(of: section), position))
      return section
    }
    guard bytes[position] == 0x22, hadSpace else { throw Unread(.unexpected, at: position) }
    position += 1
    let title = try subsectionName(&builder)
    guard position < bytes.count, bytes[position] == 0x5d else {
      throw Unread(.unexpected, at: position)
    }
    position += 1
    let node = try builder.add(.object, to: section, key: title, start: start)
    builder.setEnd(node, position)
    return node
  }

  private mutating func section(
    named name: Text, at start: Int, of root: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) -> NodeID {
    for section in sections
    where builder.document.equal(builder.document.key(section), name) { return section }
    guard sections.count < 64 else { throw Unread(.tooMany, at: start) }
    let section = try builder.add(.object, to: root, key: name, start: start)
    builder.setEnd(section, start)
    sections.append(section)
    return section
  }

  /// Any bytes between quotes; a backslash stands before one that is meant as it is.
  private mutating func subsectionName(
    _ builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    var name: [UInt8] = []
    while position < bytes.count, bytes[position] != 0x0a {
      if bytes[position] == 0x22 {
        position += 1
        return try builder.keep(name)
      }
      if bytes[position] == 0x5c {
        position += 1
        guard position < bytes.count, bytes[position] != 0x0a else { break }
      }
      name.append(bytes[position])
      position += 1
    }
    throw Unread(.unexpected, at: position)
  }

  /// Letters, digits and dashes, in lower case.
  private mutating func name(_ builder: inout DocumentBuilder) throws(Unread) -> Text {
    let start = position
    var isLower = true
    scan: while position < bytes.count {
      switch bytes[position] {
      case 0x41...0x5a: isLower = false
      case 0x61...0x7a, 0x30...0x39, 0x2d: break
      // `[name.subsection]`, which git calls deprecated.
      case 0x2e: throw Unread(.unsupported, at: position)
      default: break scan
      }
      position += 1
    }
    guard position > start else { throw Unread(.unexpected, at: start) }
    if isLower { return Text(start..<position) }
    return try builder.keep(
      bytes[start..<position].map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 })
  }

  // MARK: Variables

  /// `name = value` or `name`, which means true.
  private mutating func variable(
    of section: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) {
    let start = position
    guard (0x41...0x5a).contains(bytes[start]) || (0x61...0x7a).contains(bytes[start]) else {
      throw Unread(.unexpected, at: start)
    }
    let key = try name(&builder)
    let nameEnd = position
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
      position += 1
    }
    if position < bytes.count, bytes[position] == 0x3d {
      position += 1
      let value = try value(&builder)
      try builder.addScalar(
        .string, value, to: section, key: key, start: start, end: position)
    } else {
      // A comment may not follow a name alone.
      let isEnd =
        position == bytes.count || bytes[position] == 0x0a || bytes[position] == 0x0d
      guard isEnd else { throw Unread(.unexpected, at: position) }
      try builder.addScalar(
        .bare, try builder.keep("true".utf8), to: section, key: key, start: start, end: nameEnd)
    }
    builder.setEnd(section, max(builder.end(of: section), position))
  }

  /// The rest of the line: quotes taken away, escapes resolved, comments and white space at both ends
  /// left out, a backslash at the end going on in the next line.
  private mutating func value(_ builder: inout DocumentBuilder) throws(Unread) -> Text {
    var value: [UInt8] = []
    var isQuoted = false
    // How much of the value is there for sure; white space behind it may be the last.
    var solid = 0
    while position < bytes.count, bytes[position] != 0x0a {
      let byte = bytes[position]
      switch byte {
      case 0x0d where bytes.has("\r\n", at: position): break
      case 0x20 where !isQuoted, 0x09 where !isQuoted:
        if !value.isEmpty { value.append(byte) }
      case 0x23 where !isQuoted, 0x3b where !isQuoted:
        position = bytes.endOfLine(from: position)
        continue
      case 0x22: isQuoted.toggle()
      case 0x5c:
        position += 1
        if bytes.has("\r\n", at: position) { position += 1 }
        guard position < bytes.count else { throw Unread(.truncated, at: position) }
        switch bytes[position] {
        case 0x0a: break
        case 0x22, 0x5c: value.append(bytes[position])
        case 0x6e: value.append(0x0a)
        case 0x74: value.append(0x09)
        case 0x62: value.append(0x08)
        default: throw Unread(.unexpected, at: position)
        }
        if bytes[position] != 0x0a { solid = value.count }
      default:
        value.append(byte)
        solid = value.count
      }
      if isQuoted { solid = value.count }
      position += 1
    }
    guard !isQuoted else { throw Unread(.unexpected, at: position) }
    return try builder.keep(value[..<solid])
  }
}
