/// A SHA-1 object name: 20 bytes, compared and hashed as bytes.
///
/// Source: gitformat-pack(5), "object name". SHA-256 repositories are refused before an `ObjectID`
/// is ever made, so there is one width.
package struct ObjectID: Hashable, Comparable, Sendable {
  /// Three words hold the 20 bytes, so that an `ObjectID` is a plain value with no allocation.
  private var first: UInt64
  private var second: UInt64
  private var third: UInt32

  package static var byteCount: Int { 20 }
  package static var hexCount: Int { 40 }

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
  package init?(hex digits: UnsafeRawBufferPointer) {
    guard digits.count == ObjectID.hexCount else { return nil }
    var wrong: UInt8 = 0
    func word(_ start: Int, _ count: Int) -> UInt64 {
      var value: UInt64 = 0
      for index in start..<(start + count) {
        let digit = Hex.table[Int(digits[index])]
        wrong |= digit
        value = value << 4 | UInt64(digit & 15)
      }
      return value
    }
    first = word(0, 16)
    second = word(16, 16)
    third = UInt32(truncatingIfNeeded: word(32, 8))
    guard wrong & 0xf0 == 0 else { return nil }
  }

  /// The same for borrowed bytes.
  package init?(hex digits: Span<UInt8>) {
    guard let id = digits.withUnsafeBytes({ ObjectID(hex: $0) }) else { return nil }
    self = id
  }

  /// The same for bytes of our own.
  package init?(hex digits: ArraySlice<UInt8>) {
    guard let id = digits.withUnsafeBytes({ ObjectID(hex: $0) }) else { return nil }
    self = id
  }

  package init?(hex digits: [UInt8]) {
    self.init(hex: digits[...])
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

  /// Writes the 20 raw bytes to the start of a buffer that has room for them.
  package func write(to buffer: UnsafeMutableRawBufferPointer) {
    buffer.storeBytes(of: first.bigEndian, toByteOffset: 0, as: UInt64.self)
    buffer.storeBytes(of: second.bigEndian, toByteOffset: 8, as: UInt64.self)
    buffer.storeBytes(of: third.bigEndian, toByteOffset: 16, as: UInt32.self)
  }

  /// The 40 lower-case hexadecimal digits.
  package var hex: String { Hex.string(bytes) }

  /// The first eight of the 20 bytes as a number, in the order of the names.
  package var prefix: UInt64 { first }

  /// The first of the 20 bytes, by which files and folders are spread.
  package var firstByte: UInt8 { UInt8(first >> 56) }

  /// The first digits, as people quote them.
  package var short: String { String(hex.prefix(7)) }

  package static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.first, left.second, left.third) < (right.first, right.second, right.third)
  }
}

extension ObjectID: CustomStringConvertible {
  package var description: String { hex }
}
