/// Reads the SSH wire types of RFC 4251 section 5 from bytes that nobody has checked.
///
/// Every method answers `nil`, and never traps, where the bytes do not hold what is asked for; after
/// that the reader's position means nothing and the caller gives up.
package struct WireReader: Sendable {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  package init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// Whether every byte has been read: what a strict reader asks last.
  package var isAtEnd: Bool { rest.isEmpty }

  /// The next `count` bytes as they stand.
  package mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  package mutating func byte() -> UInt8? {
    rest.popFirst()
  }

  /// A `uint32`, most significant byte first.
  package mutating func uint32() -> UInt32? {
    bytes(4)?.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// A `string`: its length as `uint32`, then so many bytes.
  package mutating func string() -> ArraySlice<UInt8>? {
    guard let count = uint32(), let count = Int(exactly: count) else { return nil }
    return bytes(count)
  }

  /// A `string` that must be this very text.
  package mutating func expect(_ text: String) -> Bool {
    string()?.elementsEqual(text.utf8) ?? false
  }

  /// The magnitude of a positive `mpint`, without the leading zero byte of its wire form.
  ///
  /// Zero, negative numbers and needless leading zeros are refused: a number has one spelling.
  ///
  /// - Parameter limit: how many bytes the magnitude may have.
  package mutating func positiveInteger(limit: Int) -> ArraySlice<UInt8>? {
    guard var magnitude = string(), let first = magnitude.first, first < 0x80 else { return nil }
    if first == 0 {
      magnitude = magnitude.dropFirst()
      guard let second = magnitude.first, second >= 0x80 else { return nil }
    }
    return magnitude.count <= limit ? magnitude : nil
  }
}

/// Writes the SSH wire types of RFC 4251 section 5.
package struct WireWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func raw(_ bytes: some Sequence<UInt8>) {
    self.bytes.append(contentsOf: bytes)
  }

  package mutating func byte(_ byte: UInt8) {
    bytes.append(byte)
  }

  package mutating func uint32(_ value: UInt32) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func string(_ content: some Collection<UInt8>) {
    uint32(UInt32(truncatingIfNeeded: content.count))
    raw(content)
  }

  package mutating func string(_ content: String) {
    string(content.utf8)
  }

  /// A positive `mpint` from its magnitude, most significant byte first.
  package mutating func positiveInteger(_ magnitude: some Collection<UInt8>) {
    let significant = Array(magnitude.drop { $0 == 0 })
    string((significant.first ?? 0) < 0x80 ? significant : [0] + significant)
  }
}
