internal import Documents
internal import Lockfiles
internal import Primitives

/// How a digest is written that the tool of a lock checks. What is written in any other way protects
/// nothing: some tools refuse it, others pass over it and install whatever they get (npm 10.8.2 does so for
/// `SHA512-...`, for `sha512:...` and for an empty text).
struct DigestForm: Sendable {
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

  /// Subresource Integrity as JavaScript's package managers write it, the last of its algorithms for
  /// packages from before 2017.
  static let integrity = [
    DigestForm(word: "sha512-", digits: .base64, count: 64),
    DigestForm(word: "sha384-", digits: .base64, count: 48),
    DigestForm(word: "sha256-", digits: .base64, count: 32),
    DigestForm(word: "sha1-", digits: .base64, count: 20),
  ]
  static let sha1 = [hexadecimal("sha1:", 20)]
  static let sha256 = [hexadecimal("sha256:", 32)]
  /// What pip takes behind `--hash`, and its successors in their locks.
  static let python = [
    hexadecimal("sha256:", 32), hexadecimal("sha384:", 48), hexadecimal("sha512:", 64),
  ]

  private static func hexadecimal(_ word: StaticString, _ count: Int) -> DigestForm {
    DigestForm(word: word, digits: .hexadecimal, count: count)
  }

  /// The forms of each format that records digests.
  static func forms(of format: String) -> [DigestForm] {
    switch format {
    case "npm-lock", "pnpm-lock", "bun-lock", "bazel-module-lock", "devcontainer-lock":
      integrity + sha256
    // The SHA-1 behind the URL of an archive; bare SHA-256 of modules and of JSR's manifests.
    case "yarn-classic-lock": integrity + sha1
    case "deno-lock": integrity + sha256
    // Behind the cache key (yarnpkg/berry, `Cache.ts`).
    case "yarn-berry-lock": [hexadecimal("/", 64)]
    case "cargo-lock", "gleam-manifest", "pubspec-lock", "gradle-wrapper", "maven-wrapper": sha256
    case "gemfile-lock": sha256 + [hexadecimal("sha512:", 64), hexadecimal("sha384:", 48)]
    case "composer-lock", "podfile-lock", "julia-manifest": sha1
    case "conan-lock": sha1 + [hexadecimal("md5:", 16)]
    case "renv-lock": [hexadecimal("md5:", 16)]
    case "conda-lock", "pixi-lock": sha256 + [hexadecimal("md5:", 16)]
    case "uv-lock", "poetry-lock", "pdm-lock", "pipfile-lock", "requirements-txt", "pylock": python
    case "go-sum": [DigestForm(word: "h1:", digits: .base64, count: 32)]
    case "terraform-lock":
      [DigestForm(word: "h1:", digits: .base64, count: 32), hexadecimal("zh:", 32)]
    case "mix-lock": [hexadecimal("inner-sha256:", 32)] + sha256
    case "mise-lock":
      sha256 + sha1 + [
        hexadecimal("sha512:", 64), hexadecimal("blake3:", 32), hexadecimal("md5:", 16),
      ]
    case "aqua-checksums":
      sha256 + sha1 + [hexadecimal("sha512:", 64), hexadecimal("md5:", 16)]
    case "nimble-lock": sha1
    case "zig-manifest": sha256 + [DigestForm(word: "zig:", digits: .zig, count: 33)]
    case "rebar-lock": sha256
    case "stack-lock": sha256 + [hexadecimal("tree-sha256:", 32)]
    case "nuget-lock": [DigestForm(word: "sha512-", digits: .base64, count: 64)]
    case "flake-lock":
      [
        DigestForm(word: "sha256-", digits: .base64, count: 32),
        DigestForm(word: "sha512-", digits: .base64, count: 64),
      ]
    case "gradle-verification":
      sha256 + sha1 + [hexadecimal("sha512:", 64), hexadecimal("md5:", 16)]
        // A key's fingerprint.
        + [hexadecimal("pgp:", 20), hexadecimal("pgp:", 32), hexadecimal("pgp:", 8)]
    default: []
    }
  }

  /// Whether a digest is written in this form.
  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    var digest: ArraySlice<UInt8>
    if word.utf8CodeUnitCount == 1 {
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

extension EntryView {
  /// The digests that the tool of the format checks.
  func checkedDigests(_ format: Format?) -> [ArraySlice<UInt8>] {
    guard entry.digestCount > 0 else { return [] }
    let forms = DigestForm.forms(of: format?.name ?? "")
    return integrity.filter { digest in forms.contains { $0.matches(digest) } }
  }

  /// How many of its files have no digest that the tool checks, of how many. An entry that does not tell its
  /// files apart is one.
  func bareFiles(_ format: Format?) -> (bare: Int, all: Int) {
    let forms = DigestForm.forms(of: format?.name ?? "")
    let files = inventory.integrityByFile(of: entry)
    let bare = files.count { digests in
      !digests.contains { digest in forms.contains { $0.matches(digest[...]) } }
    }
    return (bare, files.count)
  }
}

/// The digests of an entry by their words, of which only those with the same one can be compared. The bytes
/// count, not how they are written: yarn 1 has one SHA-1 in Base64 and, behind the URL, in hexadecimal.
struct DigestSet {
  private(set) var kinds: [ByteKey: Set<ByteKey>] = [:]
  private(set) var all: Set<ByteKey> = []

  init(_ view: EntryView) {
    for digest in view.integrity {
      let value = IntegrityValue(digest)
      let kind = value.map { Array($0.kind) } ?? []
      let key = ByteKey(value?.hex.map { kind + [UInt8(ascii: ":")] + $0 } ?? Array(digest))
      kinds[ByteKey(kind), default: []].insert(key)
      all.insert(key)
    }
  }
}
