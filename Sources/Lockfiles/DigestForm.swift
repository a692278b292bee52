internal import Primitives

/// How a digest is written that the tool of a lock checks. What is written in any other way protects
/// nothing: some tools refuse it, others pass over it and install whatever they get (npm 10.8.2 does so for
/// `SHA512-...`, for `sha512:...` and for an empty text).
package struct DigestForm: Sendable {
  let word: StaticString
  let digits: Digits
  /// Bytes of the digest itself.
  let count: Int

  enum Digits: Sendable {
    case hexadecimal
    /// With padding (RFC 4648, 4).
    case base64
    /// Behind a name and a version, in the letters for URLs (ziglang/zig, `src/Package.zig`).
    case zig
  }

  package static func hexadecimal(_ word: StaticString, _ count: Int) -> DigestForm {
    DigestForm(word: word, digits: .hexadecimal, count: count)
  }

  package static func base64(_ word: StaticString, _ count: Int) -> DigestForm {
    DigestForm(word: word, digits: .base64, count: count)
  }

  /// Whether it is that of an archive which the tool packs by itself, in a form that the key of its cache
  /// names before the digest.
  package var isOfCache: Bool { word.utf8CodeUnitCount == 1 }

  /// Whether a digest is written in this form.
  package func matches(_ text: ArraySlice<UInt8>) -> Bool {
    var digest: ArraySlice<UInt8>
    if isOfCache {
      // Whatever key of a cache stands before it, or none.
      let mark = text.firstIndex(of: word.utf8Start[0]).map { $0 + 1 } ?? text.startIndex
      digest = text[mark...]
    } else {
      guard word.withUTF8Buffer({ text.starts(with: $0) }) else { return false }
      digest = text.dropFirst(word.utf8CodeUnitCount)
    }
    switch digits {
    case .hexadecimal:
      return digest.count == count * 2 && digest.allSatisfy { Hex.value(of: $0) != nil }
    case .zig:
      let letters = count / 3 * 4
      return digest.count > letters + 1
        && digest.dropLast(letters).last == UInt8(ascii: "-")
        && digest.suffix(letters).allSatisfy { Self.isBase64($0) || "-_".utf8.contains($0) }
    case .base64:
      // Options of Subresource Integrity, which say nothing of the digest.
      digest = digest.prefix { $0 != UInt8(ascii: "?") }
      let padding = (3 - count % 3) % 3
      return digest.count == (count + 2) / 3 * 4
        && digest.suffix(padding).allSatisfy { $0 == UInt8(ascii: "=") }
        && digest.dropLast(padding).allSatisfy(Self.isBase64)
    }
  }
}

extension DigestForm {
  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}

/// What several tools take.
extension DigestForm {
  /// Subresource Integrity as JavaScript's package managers write it, the last of its algorithms for
  /// packages from before 2017.
  static let integrity = [
    base64("sha512-", 64), base64("sha384-", 48), base64("sha256-", 32), base64("sha1-", 20),
  ]
  static let md5 = [hexadecimal("md5:", 16)]
  static let sha1 = [hexadecimal("sha1:", 20)]
  static let sha256 = [hexadecimal("sha256:", 32)]
  /// What pip takes behind `--hash`, and its successors in their locks.
  static let python = sha256 + [hexadecimal("sha384:", 48), hexadecimal("sha512:", 64)]
  /// What makers of programs publish beside them.
  static let archives = sha256 + sha1 + md5 + [hexadecimal("sha512:", 64)]
  /// Of a key in OpenPGP.
  static let fingerprints = [
    hexadecimal("pgp:", 20), hexadecimal("pgp:", 32), hexadecimal("pgp:", 8),
  ]
}
