/// Bytes as the key of a dictionary, hashed in one piece.
///
/// An array hashes its elements one by one, and the first dictionary of arrays in a process has Swift's
/// runtime look twice for what they conform to among all that the program has: as much work as a small
/// push.
package struct ByteKey: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
