/// What a signature is made for; a signature for one purpose is never taken for another.
package enum SignatureNamespace: String, Hashable, Sendable, CaseIterable {
  case review = "review@hookkit"
  case withdrawal = "withdrawal@hookkit"
  case release = "release@hookkit"
  case landing = "landing@hookkit"
  case policy = "policy@hookkit"
  /// Commits, tags and push certificates.
  case git = "git"
}

/// The kinds of signature that a commit, tag or push certificate may carry.
package enum SignatureFormat: Hashable, Sendable {
  case ssh
  case openPGP
  case x509
  case unknown

  /// Tells the kind by the first line, as git does (gpg-interface.c).
  package static func sniff(_ bytes: some Collection<UInt8>) -> SignatureFormat {
    func begins(_ label: String) -> Bool { bytes.starts(with: "-----BEGIN \(label)-----".utf8) }
    if begins("SSH SIGNATURE") { return .ssh }
    if begins("PGP SIGNATURE") || begins("PGP MESSAGE") { return .openPGP }
    if begins("SIGNED MESSAGE") { return .x509 }
    return .unknown
  }
}
