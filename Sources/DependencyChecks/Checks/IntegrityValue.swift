internal import Primitives

/// One integrity value in its parts: `sha512-...` (Subresource Integrity), `sha256:...`, `h1:...`,
/// `zh:...`, `inner-sha256:...`.
package struct IntegrityValue {
  let algorithm: Algorithm
  /// The digest as it is written, in Base64 or hexadecimal; SRI options are cut off.
  let digest: ArraySlice<UInt8>
  private let isBase64: Bool
  private let isOverArchive: Bool

  /// In the order of their strength.
  enum Algorithm: Int, Comparable {
    /// Not known: neither weaker nor stronger than another.
    case unknown
    case md5, sha1, sha224, sha256, sha384, sha512

    static func < (left: Algorithm, right: Algorithm) -> Bool { left.rawValue < right.rawValue }
  }

  package init?(_ text: ArraySlice<UInt8>) {
    // What a digest is over, where that is not the archive.
    let part = ["inner-", "tree-"].first { text.starts(with: $0.utf8) }?.utf8.count ?? 0
    let own = text.dropFirst(part)
    guard
      let mark = own.firstIndex(where: { $0 == 0x2d || $0 == 0x3a || $0 == 0x3d || $0 == 0x2f }),
      mark > own.startIndex
    else { return nil }
    isOverArchive = part == 0
    let word = String(decoding: own[..<mark], as: UTF8.self).lowercased()
    algorithm =
      switch word {
      case "md5": .md5
      case "sha1": .sha1
      case "sha224": .sha224
      // Go's h1 and Terraform's h1 and zh are SHA-256 over lists of files and over an archive.
      case "sha256", "h1", "zh": .sha256
      case "sha384": .sha384
      case "sha512": .sha512
      default: .unknown
      }
    digest = text[(mark + 1)...].prefix { $0 != 0x3f }
    isBase64 = text[mark] == 0x2d
    kind = text[..<mark]
  }

  /// The word in front: only values with the same word can be compared.
  let kind: ArraySlice<UInt8>

  /// The name of the algorithm in CycloneDX; `nil` where the digest is not one over the archive.
  package var cycloneName: String? {
    guard isOverArchive, !kind.elementsEqual("h1".utf8) else { return nil }
    return switch algorithm {
    case .unknown, .sha224: nil
    case .md5: "MD5"
    case .sha1: "SHA-1"
    case .sha256: "SHA-256"
    case .sha384: "SHA-384"
    case .sha512: "SHA-512"
    }
  }

  /// The digest in hexadecimal; `nil` when it is none.
  package var hex: [UInt8]? {
    guard isBase64 else {
      return digest.allSatisfy { Hex.value(of: $0) != nil } ? Array(digest) : nil
    }
    return Base64.decode(digest).map { Hex.encode($0) }
  }
}
