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
  package static func string(_ bytes: [UInt8]) -> String {
    String(decoding: encode(bytes), as: UTF8.self)
  }

  package static func string(_ bytes: ArraySlice<UInt8>) -> String { string(Array(bytes)) }

  package static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] { encode(Array(bytes)) }

  /// Lower-case digits as bytes, two a byte. Not generic: an unspecialised call costs a small hook more
  /// than all its digits.
  package static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }

  /// The bytes that an even number of digits spells, or `nil`.
  package static func decode(_ text: [UInt8]) -> [UInt8]? { decode(text[...]) }

  package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
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
}
