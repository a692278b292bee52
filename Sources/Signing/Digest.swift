internal import Crypto

/// SHA-256, for every module that must name bytes by what they are.
package enum Digest {
  /// How many bytes a digest has.
  package static let byteCount = SHA256.byteCount

  /// The 32 bytes of the SHA-256 digest of `bytes` (FIPS 180-4).
  package static func sha256(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var hasher = Sha256Hasher()
    hasher.update(bytes)
    return hasher.finish()
  }

  /// The same, over bytes that arrive in pieces.
  package struct Sha256Hasher: Sendable {
    private var state = SHA256()

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
      state.update(bufferPointer: bytes)
    }

    package mutating func update(_ bytes: some Sequence<UInt8>) {
      state.update(sequence: bytes)
    }

    /// The 32 bytes; the hasher stays as it is, so that more may follow.
    package func finish() -> [UInt8] {
      Array(state.finalize())
    }
  }
}

extension HashFunction {
  /// Hashes any bytes, without copying those that already lie in one piece.
  mutating func update(sequence bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if done == nil { Array(bytes).withUnsafeBytes { update(bufferPointer: $0) } }
  }

  /// The digest of any bytes.
  static func digest(of bytes: some Sequence<UInt8>) -> Digest {
    var state = Self()
    state.update(sequence: bytes)
    return state.finalize()
  }
}
