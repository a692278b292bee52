import Documents
import Primitives

/// What a vendor builds into its credentials, so that a text can be told from one.
package enum StructureCheck: Sendable {
  /// Nothing can be proven.
  case none
  /// A digit and a letter stand in it: neither a word nor a number.
  case digitsAndLetters
  /// A digit, a small letter and a capital stand in it.
  case mixedCase
  /// The last six characters are the CRC-32 in base62 of what stands between them and the first
  /// underscore: GitHub (github.blog, 2021-04-05) and npm.
  case crc32Base62
  /// The last seven characters are the CRC-32 in base36 of all before them: GitLab's
  /// `lib/authn/token_field/generator/routable_token.rb`.
  case crc32Base36
  /// The eight hexadecimal digits behind the last underscore are the CRC-32, lowest byte first, of all
  /// before it: Grafana's `pkg/components/satokengen`.
  case crc32Hex
  /// It is Bech32 (BIP 173) with its checksum.
  case bech32
  /// It is base64 of so many bytes.
  case base64(bytes: Int)
  /// What follows the first `dropping` characters is base64 of a JSON object.
  case base64JSON(dropping: Int)
  /// It is base64 of `user:password`.
  case base64Login
  /// It is a JSON Web Token, in whose claims each text stands, as compact JSON writes it.
  case jwt(claiming: [String] = [])
  /// A PEM block of a private key in DER, with or without a passphrase.
  case privateKey(encrypted: Bool)
  /// A PEM block of OpenSSH's own form (its PROTOCOL.key), with or without a passphrase.
  case openSSHKey(encrypted: Bool)
  /// An armored block of an OpenPGP secret key (RFC 9580).
  case pgpSecretKey

  /// Whether `secret` can be what it looks like. What stands in for a secret never is one.
  package func holds(_ secret: ArraySlice<UInt8>) -> Bool {
    !Placeholder.stands(in: secret) && proves(secret)
  }

  private func proves(_ secret: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .none: true
    case .digitsAndLetters: secret.contains(where: isDigit) && secret.contains(where: isLetter)
    case .mixedCase:
      secret.contains(where: isDigit) && secret.contains { (0x61...0x7a).contains($0) }
        && secret.contains { (0x41...0x5a).contains($0) }
    case .crc32Base62:
      secret.firstIndex(of: 0x5f).map { underscore in
        Self.hasChecksum(secret[(underscore + 1)...], of: Self.base62, digits: 6)
      } ?? false
    case .crc32Base36: Self.hasChecksum(secret, of: Self.base36, digits: 7)
    case .crc32Hex:
      secret.suffix(8).elementsEqual(Self.hex(CRC32.of(secret.dropLast(9)).byteSwapped))
    case .bech32: Bech32.isValid(secret)
    case .base64(let count): Self.decode(secret)?.count == count
    case .base64JSON(let prefix): Self.decode(secret.dropFirst(prefix)).flatMap(Self.object) != nil
    case .base64Login: Self.decode(secret).map(Self.isLogin) ?? false
    case .jwt(let texts): Self.isToken(secret, claiming: texts)
    case .privateKey(let isEncrypted):
      PEMBlock(secret)?.isPrivateKey(encrypted: isEncrypted) ?? false
    case .openSSHKey(let isEncrypted): PEMBlock(secret)?.isOpenSSH(encrypted: isEncrypted) ?? false
    case .pgpSecretKey: PEMBlock(secret)?.isPGPSecretKey ?? false
    }
  }

  // MARK: Checksums

  private static let base36 = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
  private static let base62 =
    Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  private static func hasChecksum(
    _ text: ArraySlice<UInt8>, of alphabet: [UInt8], digits: Int
  ) -> Bool {
    text.count > digits
      && text.suffix(digits).elementsEqual(
        spelled(CRC32.of(text.dropLast(digits)), alphabet, digits: digits))
  }

  private static func spelled(_ number: UInt32, _ alphabet: [UInt8], digits: Int) -> [UInt8] {
    var rest = Int(number)
    var text: [UInt8] = []
    for _ in 0..<digits {
      text.append(alphabet[rest % alphabet.count])
      rest /= alphabet.count
    }
    return text.reversed()
  }

  private static func hex(_ number: UInt32) -> [UInt8] {
    (0..<8).map { base36[Int(number >> UInt32(28 - $0 * 4) & 15)] }
  }

  // MARK: Tokens that carry data

  /// The bytes of base64 in either alphabet, padded or not.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var padded = text.map { $0 == 0x2d ? 0x2b : $0 == 0x5f ? 0x2f : $0 }
    while padded.last == 0x3d { padded.removeLast() }
    padded += repeatElement(0x3d, count: (4 - padded.count % 4) % 4)
    return Base64.decode(padded)
  }

  private static func object(_ json: [UInt8]) -> Document? {
    guard let document = try? Syntax.json.read(json), document.isObject(.root) else { return nil }
    return document
  }

  private static func isLogin(_ text: [UInt8]) -> Bool {
    guard let colon = text.firstIndex(of: 0x3a), colon > 0, text.count - colon > 4 else {
      return false
    }
    return text.allSatisfy { (0x20...0x7e).contains($0) }
      && !Placeholder.stands(in: text[(colon + 1)...])
  }

  private static func claims(of token: ArraySlice<UInt8>) -> (text: [UInt8], json: Document)? {
    let parts = token.split(separator: 0x2e, omittingEmptySubsequences: false)
    guard parts.count == 3, let header = decode(parts[0]), object(header) != nil,
      let text = decode(parts[1]), let json = object(text)
    else { return nil }
    return (text, json)
  }

  private static func isToken(_ token: ArraySlice<UInt8>, claiming texts: [String]) -> Bool {
    guard let claims = claims(of: token), !Placeholder.stands(in: claims.text[...]) else {
      return false
    }
    return texts.allSatisfy { claims.text.contains(Array($0.utf8)) }
  }

  /// When a JSON Web Token ends, in seconds since 1970; `nil` where it is none or never does.
  package static func expiry(of token: ArraySlice<UInt8>) -> Int64? {
    guard let json = claims(of: token)?.json, let text = json.text("exp", of: .root) else {
      return nil
    }
    return Int64(String(decoding: json.bytes(text), as: UTF8.self))
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

/// CRC-32 as IEEE 802.3 and zlib compute it.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1
    }
  }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { value, byte in
      value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)]
    }
  }
}

/// Bech32 (BIP 173) in capitals, of any length, as age writes its keys.
enum Bech32 {
  static let alphabet = Array("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".utf8)

  static func isValid(_ text: ArraySlice<UInt8>) -> Bool {
    guard let separator = text.lastIndex(of: 0x31) else { return false }
    let data = text[(separator + 1)...].map { alphabet.firstIndex(of: $0) ?? -1 }
    return data.count >= 6 && !data.contains(-1)
      && checksum(prefix: text[..<separator].map { Int($0 | 0x20) }, data: data) == 1
  }

  static func checksum(prefix: [Int], data: [Int]) -> Int {
    let generators = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
    return (prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 } + data).reduce(1) {
      value, digit in
      generators.enumerated().reduce((value & 0x1ff_ffff) << 5 ^ digit) { sum, generator in
        value >> (25 + generator.offset) & 1 == 1 ? sum ^ generator.element : sum
      }
    }
  }
}
