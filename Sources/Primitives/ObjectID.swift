/// A SHA-1 object name: 20 bytes, compared and hashed as bytes.
///
/// Source: gitformat-pack(5), "object name". SHA-256 repositories are refused before an `ObjectID`
/// is ever made (DESIGN 8), so there is one width.
package struct ObjectID: Hashable, Comparable, Sendable {
  /// Three words hold the 20 bytes, so that an `ObjectID` is a plain value with no allocation.
  private var first: UInt64
  private var second: UInt64
  private var third: UInt32

  package static let byteCount = 20
  package static let hexCount = 40

  /// The all-zero name that git writes for "no object".
  package static let zero = ObjectID(first: 0, second: 0, third: 0)

  private init(first: UInt64, second: UInt64, third: UInt32) {
    self.first = first
    self.second = second
    self.third = third
  }

  /// Reads the 20 raw bytes at the start of `raw`; `nil` when there are fewer.
  package init?(raw: UnsafeRawBufferPointer) {
    guard raw.count >= ObjectID.byteCount else { return nil }
    first = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    second = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    third = UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
  }

  /// Reads exactly 20 raw bytes; `nil` for any other count.
  package init?(raw bytes: some Collection<UInt8>) {
    guard bytes.count == ObjectID.byteCount else { return nil }
    let copy = Array(bytes)
    guard let id = copy.withUnsafeBytes({ ObjectID(raw: $0) }) else { return nil }
    self = id
  }

  /// Reads exactly 40 hexadecimal digits, as git does in either case; `nil` for anything else.
  package init?(hex: some Collection<UInt8>) {
    guard hex.count == ObjectID.hexCount else { return nil }
    let digits = Array(hex)
    self.init(hex: digits.span)
  }

  /// The same from borrowed bytes, without an allocation.
  package init?(hex: Span<UInt8>) {
    guard hex.count == ObjectID.hexCount else { return nil }
    guard let word0 = Hex.word(hex, at: 0), let word1 = Hex.word(hex, at: 8),
      let word2 = Hex.word(hex, at: 16), let word3 = Hex.word(hex, at: 24),
      let word4 = Hex.word(hex, at: 32)
    else { return nil }
    self.init(
      first: UInt64(word0) << 32 | UInt64(word1), second: UInt64(word2) << 32 | UInt64(word3),
      third: word4)
  }

  /// Reads 40 hexadecimal digits of our own text (tests, tables).
  package init?(_ text: String) {
    self.init(hex: Array(text.utf8))
  }

  package var isZero: Bool { first == 0 && second == 0 && third == 0 }

  /// The 20 raw bytes.
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(ObjectID.byteCount)
    withUnsafeBytes(of: first.bigEndian) { result.append(contentsOf: $0) }
    withUnsafeBytes(of: second.bigEndian) { result.append(contentsOf: $0) }
    withUnsafeBytes(of: third.bigEndian) { result.append(contentsOf: $0) }
    return result
  }

  /// The 40 lower-case hexadecimal digits.
  package var hex: String { Hex.string(bytes) }

  /// The first digits, as people quote them.
  package var short: String { String(hex.prefix(7)) }

  package static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.first, left.second, left.third) < (right.first, right.second, right.third)
  }
}

extension ObjectID: CustomStringConvertible {
  package var description: String { hex }
}
