internal import Primitives
internal import Signing

// The values of a policy that have a form of their own.
extension PolicyTable {
  /// E-mail addresses, ASCII letters in lower case.
  func emails() throws(PolicyError) -> [(value: [UInt8], position: SourcePosition)] {
    var emails: [(value: [UInt8], position: SourcePosition)] = []
    for (bytes, position) in try strings("emails") ?? [] {
      let at = bytes.lastIndex(of: 0x40)
      guard bytes.count <= 320, let at, at > 0, at + 1 < bytes.count,
        bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != 0x3c && $0 != 0x3e })
      else { throw invalid("emails", bytes, "is not an e-mail address", at: position) }
      emails.append((asciiLowercased(bytes), position))
    }
    return emails
  }

  /// Names of accounts on the server.
  func accounts() throws(PolicyError) -> [(value: [UInt8], position: SourcePosition)] {
    var accounts: [(value: [UInt8], position: SourcePosition)] = []
    for (bytes, position) in try strings("accounts") ?? [] {
      guard !bytes.isEmpty, bytes.count <= 255, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
        throw invalid(
          "accounts", bytes, "is not an account name of 1 to 255 bytes without blanks",
          at: position)
      }
      accounts.append((bytes, position))
    }
    return accounts
  }

  /// Public keys as `authorized_keys` lines.
  func keys() throws(PolicyError) -> [(value: PublicKey, position: SourcePosition)] {
    var keys: [(value: PublicKey, position: SourcePosition)] = []
    for (bytes, position) in try strings("keys") ?? [] {
      do throws(KeyError) {
        keys.append((try PublicKey(authorizedKey: bytes), position))
      } catch {
        throw invalid("keys", bytes, "is \(error)", at: position)
      }
    }
    return keys
  }

  /// OpenPGP fingerprints in lower case.
  func openPGP() throws(PolicyError) -> [(value: String, position: SourcePosition)] {
    var fingerprints: [(value: String, position: SourcePosition)] = []
    for (bytes, position) in try strings("openpgp") ?? [] {
      guard let fingerprint = PolicyTable.openPGPFingerprint(bytes) else {
        throw invalid(
          "openpgp", bytes, "is not a fingerprint of 40 or 64 hexadecimal digits", at: position)
      }
      fingerprints.append((fingerprint, position))
    }
    return fingerprints
  }

  private static func openPGPFingerprint(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 40 || bytes.count == 64 else { return nil }
    return Hex.decode(bytes).map { Hex.string($0) }
  }

  /// The fingerprints of `revoked-keys`, each given as a key line, as `SHA256:...` or, for OpenPGP,
  /// as hexadecimal digits.
  func revokedKeys() throws(PolicyError) -> [String] {
    var fingerprints: [String] = []
    for (bytes, position) in try strings("revoked-keys") ?? [] {
      if let fingerprint = PolicyTable.openPGPFingerprint(bytes) {
        fingerprints.append(fingerprint)
      } else if bytes.starts(with: "SHA256:".utf8) {
        // ssh-keygen prints fingerprints without their padding.
        guard let digest = Base64.decode(bytes.dropFirst(7) + [0x3d]), digest.count == 32 else {
          throw invalid("revoked-keys", bytes, "is not a SHA256 fingerprint", at: position)
        }
        fingerprints.append(String(decoding: bytes, as: UTF8.self))
      } else {
        do throws(KeyError) {
          fingerprints.append(try PublicKey(authorizedKey: bytes).fingerprint)
        } catch {
          throw invalid(
            "revoked-keys", bytes, "is neither a fingerprint nor a key: \(error)", at: position)
        }
      }
    }
    return fingerprints
  }

  /// Patterns over full ref names; each could match a name that git accepts.
  ///
  /// - Parameter head: whether `HEAD` may stand for the branch that the server's HEAD names.
  func refPatterns(_ key: String, head: Bool = false) throws(PolicyError) -> [Pattern]? {
    guard let strings = try strings(key) else { return nil }
    var patterns: [Pattern] = []
    for (bytes, position) in strings {
      if head, Pattern.head.bytes == bytes {
        patterns.append(.head)
        continue
      }
      guard bytes.starts(with: "refs/".utf8) else {
        throw invalid(key, bytes, "does not begin with refs/", at: position)
      }
      guard bytes.count <= 1024,
        RefName(bytes.map { $0 == 0x2a || $0 == 0x3f ? 0x78 : $0 }).isWellFormed
      else { throw invalid(key, bytes, "matches no name that git accepts", at: position) }
      patterns.append(Pattern(bytes))
    }
    return patterns
  }

  /// Patterns over the places of repositories under a server's root, such as `team/*`.
  func repositoryPatterns(_ key: String) throws(PolicyError) -> [Pattern]? {
    guard let strings = try strings(key) else { return nil }
    var patterns: [Pattern] = []
    for (bytes, position) in strings {
      let parts = bytes.split(separator: 0x2f, omittingEmptySubsequences: false)
      guard (1...1024).contains(bytes.count),
        parts.allSatisfy({ !$0.isEmpty && $0[$0.startIndex] != 0x2e })
      else {
        throw invalid(
          key, bytes, "is not a path below the root, such as team/* or **/docs", at: position)
      }
      patterns.append(Pattern(bytes))
    }
    return patterns
  }

  /// A list of `"FIRST SECOND"`, two words parted by one space.
  func pairs(
    _ key: String
  ) throws(PolicyError) -> [(first: [UInt8], second: [UInt8], position: SourcePosition)] {
    var pairs: [(first: [UInt8], second: [UInt8], position: SourcePosition)] = []
    for (bytes, position) in try strings(key) ?? [] {
      let words = bytes.split(separator: 0x20, omittingEmptySubsequences: false)
      guard words.count == 2, words.allSatisfy({ (1...1024).contains($0.count) }) else {
        throw invalid(key, bytes, "is not two words", at: position)
      }
      pairs.append((asciiLowercased(words[0]), asciiLowercased(words[1]), position))
    }
    return pairs
  }

  /// The refs of a rule, of which there must be one at least.
  func ruleRefs() throws(PolicyError) -> [Pattern] {
    guard let refs = try refPatterns("refs", head: true), !refs.isEmpty else {
      throw error(.missing(key: "refs", in: name), at: "refs")
    }
    return refs
  }

  /// The second at which something ends, as an RFC 3339 string.
  func expiry() throws(PolicyError) -> Int64? {
    guard let (bytes, position) = try string("expires") else { return nil }
    guard let time = RFC3339.seconds(bytes) else {
      throw invalid(
        "expires", bytes, "is not a date such as 2027-01-31 or 2027-01-31T12:00:00Z", at: position)
    }
    return time
  }

  /// A span such as `14d` or `12h`, in seconds; at most 366 days.
  func duration(_ key: String) throws(PolicyError) -> Int64? {
    guard let (bytes, position) = try string(key) else { return nil }
    let units: [UInt8: Int64] = [0x6d: 60, 0x68: 3600, 0x64: 86_400, 0x77: 604_800]
    let digits = bytes.dropLast()
    guard let unit = bytes.last.flatMap({ units[$0] }), (1...6).contains(digits.count),
      digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int64(String(decoding: digits, as: UTF8.self)),
      (1...366 * 86_400).contains(count * unit)
    else {
      throw invalid(
        key, bytes, "is not a span such as 12h, 14d or 2w, at most 366d", at: position)
    }
    return count * unit
  }

  /// An absolute path on the server.
  func path(_ key: String) throws(PolicyError) -> [UInt8]? {
    guard let (bytes, position) = try string(key) else { return nil }
    guard bytes.first == 0x2f, bytes.count <= 4096, !bytes.contains(0) else {
      throw invalid(key, bytes, "is not an absolute path", at: position)
    }
    return bytes
  }
}

/// ASCII letters in lower case, all other bytes as they are.
package func asciiLowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  bytes.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
}
