internal import Primitives

/// A syntax that is read byte by byte, and in whose strings a backslash begins an escape.
protocol QuotedSyntax {
  var bytes: [UInt8] { get }
  var position: Int { get set }

  /// Reads what stands behind a backslash, and appends what it means.
  ///
  /// - Parameter start: the place of the backslash.
  mutating func escape(_ byte: UInt8, at start: Int, into text: inout [UInt8]) throws(Unread)
}

extension QuotedSyntax {
  func current() throws(Unread) -> UInt8 {
    guard position < bytes.count else { throw Unread(.truncated, at: position) }
    return bytes[position]
  }

  /// A string, from its opening quote to behind the closing one, which is the same byte.
  ///
  /// - Parameter lineEnds: bytes that may not stand in it as they are.
  mutating func string(
    without lineEnds: StaticString, _ builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    let quote = bytes[position]
    position += 1
    let start = position
    var decoded: [UInt8]?
    while true {
      let byte = try current()
      if byte == quote {
        position += 1
        guard let decoded else { return Text(start: start, count: position - 1 - start) }
        return try builder.keep(decoded)
      }
      if byte == UInt8(ascii: "\\") {
        // Taken, so that it is appended to in place: a copy for each escape would be quadratic.
        var text = decoded.take() ?? Array(bytes[start..<position])
        let start = position
        position += 1
        let escaped = try current()
        position += 1
        try escape(escaped, at: start, into: &text)
        decoded = text
      } else if lineEnds.withUTF8Buffer({ $0.contains(byte) }) {
        throw Unread(.unexpected, at: position)
      } else {
        decoded?.append(byte)
        position += 1
      }
    }
  }

  /// A number of hexadecimal digits.
  mutating func hexadecimal(_ count: Int) throws(Unread) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = Hex.value(of: try current()) else {
        throw Unread(.unexpected, at: position)
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// What stands behind `\u`: four digits, or the two halves of a surrogate pair (RFC 8259, 7).
  mutating func escapedUnits(at start: Int, into text: inout [UInt8]) throws(Unread) {
    var code = try hexadecimal(4)
    if (0xd800..<0xdc00).contains(code) {
      guard bytes.has("\\u", at: position) else { throw Unread(.notUTF8, at: start) }
      position += 2
      let low = try hexadecimal(4)
      guard (0xdc00..<0xe000).contains(low) else { throw Unread(.notUTF8, at: start) }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    try append(code, at: start, to: &text)
  }

  func append(_ code: UInt32, at start: Int, to text: inout [UInt8]) throws(Unread) {
    guard let scalar = Unicode.Scalar(code), let encoded = UTF8.encode(scalar) else {
      throw Unread(.notUTF8, at: start)
    }
    text.append(contentsOf: encoded)
  }
}
