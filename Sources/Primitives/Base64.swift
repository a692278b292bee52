/// Base64 as RFC 4648 section 4 writes it: padded, no white space, no stray bits.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 0xff, count: 256)
    for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
    return table
  }()

  /// The padded text of `bytes`.
  package static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    bytes.withContiguousStorageIfAvailable { encode($0) } ?? encode(Array(bytes))
  }

  /// The same over plain memory: other modules' calls of the generic form are not specialised, which
  /// makes each byte a call.
  private static func encode(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    let alphabet = alphabet
    var group: UInt32 = 0
    var held = 0
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      held += 1
      if held == 3 {
        text.append(alphabet[Int(group >> 18 & 63)])
        text.append(alphabet[Int(group >> 12 & 63)])
        text.append(alphabet[Int(group >> 6 & 63)])
        text.append(alphabet[Int(group & 63)])
        group = 0
        held = 0
      }
    }
    if held == 1 {
      text += [alphabet[Int(group >> 2 & 63)], alphabet[Int(group << 4 & 63)], 0x3d, 0x3d]
    } else if held == 2 {
      text += [
        alphabet[Int(group >> 10 & 63)], alphabet[Int(group >> 4 & 63)],
        alphabet[Int(group << 2 & 63)], 0x3d,
      ]
    }
    return text
  }

  /// The bytes that `text` spells, or `nil` unless it is the one canonical spelling of them.
  ///
  /// Two spellings of the same bytes would let one signed envelope stand under two names, so missing
  /// padding, white space and non-zero trailing bits are refused.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    text.withContiguousStorageIfAvailable { decode($0) } ?? decode(Array(text))
  }

  private static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 4 * 3)
    let values = values
    var group: UInt32 = 0
    var held = 0
    var padding = 0
    for character in text {
      if character == 0x3d {
        padding += 1
        group <<= 6
      } else {
        let value = values[Int(character)]
        guard padding == 0, value != 0xff else { return nil }
        group = group << 6 | UInt32(value)
      }
      held += 1
      guard held == 4 else { continue }
      switch padding {
      case 0:
        result.append(UInt8(group >> 16 & 255))
        result.append(UInt8(group >> 8 & 255))
        result.append(UInt8(group & 255))
      case 1:
        guard group & 255 == 0 else { return nil }
        result += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255)]
      case 2:
        guard group & 0xffff == 0 else { return nil }
        result.append(UInt8(group >> 16 & 255))
      default: return nil
      }
      group = 0
      held = 0
    }
    return result
  }
}
