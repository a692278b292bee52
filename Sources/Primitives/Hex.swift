/// Hexadecimal digits.
package enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  /// The value of every byte as a digit; 0xff where it is none.
  static let table: [UInt8] = (0...255).map { (byte: UInt8) in
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    case 0x41...0x46: byte - 0x41 + 10
    default: 0xff
    }
  }

  /// The value of one digit in either case, or `nil`.
  package static func value(of digit: UInt8) -> UInt8? {
    let value = table[Int(digit)]
    return value == 0xff ? nil : value
  }

  /// Lower-case digits, two a byte.
  package static func string(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: encode(bytes), as: UTF8.self)
  }

  /// Lower-case digits as bytes, two a byte.
  package static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.underestimatedCount * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }

  /// The bytes that an even number of digits spells, or `nil`.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 2)
    var high: UInt8?
    for digit in text {
      guard let value = value(of: digit) else { return nil }
      if let known = high {
        result.append(known << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return result
  }

  /// The 32 bits that the eight digits at `offset` spell, or `nil`: the fast path of object names.
  ///
  /// All eight bytes are tested and converted at once in one 64-bit word, lane by lane.
  ///
  /// - Parameter offset: at most `text.count - 8`, or the read traps.
  package static func word(_ text: Span<UInt8>, at offset: Int) -> UInt32? {
    let lanes: UInt64 = 0x0101_0101_0101_0101
    let top = lanes << 7
    let raw = text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    let digits = UInt64(bigEndian: raw)
    // Without the top bits no lane can carry into the next, so adding `0x80 - n` sets a lane's top
    // bit exactly when its byte is at least n.
    guard digits & top == 0 else { return nil }
    let lower = digits | lanes << 5
    let isDecimal = (digits + lanes * (0x80 - 0x30)) & ~(digits + lanes * (0x80 - 0x3a))
    let isLetter = (lower + lanes * (0x80 - 0x61)) & ~(lower + lanes * (0x80 - 0x67))
    guard (isDecimal | isLetter) & top == top else { return nil }
    var value = (digits & (lanes * 0x0f)) + (digits >> 6 & lanes) * 9
    value = (value | value >> 4) & 0x00ff_00ff_00ff_00ff
    value = (value | value >> 8) & 0x0000_ffff_0000_ffff
    return UInt32(truncatingIfNeeded: value | value >> 16)
  }
}
