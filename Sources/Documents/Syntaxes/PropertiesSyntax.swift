internal import Primitives

/// Reads Java properties (java.util.Properties, "load"): an object of strings.
struct PropertiesSyntax {
  /// Reads a whole file.
  static func read(
    _ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
  ) throws(Unread) -> Document {
    var builder = try DocumentBuilder(bytes, limits: limits)
    try SourceCheck.requirePlainText(bytes, line: limits.line)
    var reader = PropertiesSyntax(bytes: bytes)
    let root = try builder.add(.object, to: nil, start: 0)
    while try reader.member(of: root, &builder) {}
    try builder.requireUniqueKeys(of: root)
    builder.setEnd(root, bytes.count)
    return builder.document
  }

  private let bytes: [UInt8]
  private var position = 0

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the next name and value; whether there was one.
  private mutating func member(
    of root: NodeID, _ builder: inout DocumentBuilder
  ) throws(Unread) -> Bool {
    while position < bytes.count {
      if isSpace(bytes[position]) {
        position += 1
      } else if bytes[position] == 0x23 || bytes[position] == 0x21 {
        position = bytes.endOfLine(from: position)
      } else {
        break
      }
    }
    guard position < bytes.count else { return false }
    let start = position
    let key = try text(isKey: true, &builder)
    skipBlanks()
    if position < bytes.count, bytes[position] == 0x3d || bytes[position] == 0x3a {
      position += 1
      skipBlanks()
    }
    let value = try text(isKey: false, &builder)
    try builder.addScalar(.string, value, to: root, key: key, start: start, end: position)
    return true
  }

  /// Spaces and tabs, and line ends that a backslash stands before.
  private mutating func skipBlanks() {
    while position < bytes.count {
      if bytes[position] == 0x20 || bytes[position] == 0x09 {
        position += 1
      } else if bytes.has("\\\n", at: position) {
        position += 2
      } else if bytes.has("\\\r\n", at: position) {
        position += 3
      } else {
        return
      }
    }
  }

  /// A name, up to white space, `=` or `:`, or a value, up to the end of the line.
  private mutating func text(
    isKey: Bool, _ builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    let start = position
    var decoded: [UInt8] = []
    var isPlain = true
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x0a || byte == 0x0d { break }
      if isKey, byte == 0x20 || byte == 0x09 || byte == 0x3d || byte == 0x3a { break }
      if byte == 0x5c {
        if isPlain { decoded = Array(bytes[start..<position]) }
        isPlain = false
        try escape(into: &decoded)
      } else {
        if !isPlain { decoded.append(byte) }
        position += 1
      }
    }
    return isPlain ? Text(start..<position) : try builder.keep(decoded)
  }

  private mutating func escape(into text: inout [UInt8]) throws(Unread) {
    position += 1
    // At the end of the file Java drops the backslash.
    guard position < bytes.count else { return }
    let byte = bytes[position]
    position += 1
    switch byte {
    case 0x0d, 0x0a:
      if byte == 0x0d { position += 1 }
      while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
        position += 1
      }
    case 0x74: text.append(0x09)
    case 0x6e: text.append(0x0a)
    case 0x72: text.append(0x0d)
    case 0x66: text.append(0x0c)
    case 0x75:
      var code: UInt32 = 0
      for _ in 0..<4 {
        guard position < bytes.count, let digit = Hex.value(of: bytes[position]) else {
          throw Unread(.unexpected, at: position)
        }
        code = code << 4 | UInt32(digit)
        position += 1
      }
      // Half of a surrogate pair has no place here.
      guard let scalar = Unicode.Scalar(code) else { throw Unread(.unsupported, at: position) }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: text.append(byte)
    }
  }
}
