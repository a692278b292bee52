package import Primitives

/// What a push asks for, and who asks: everything that `judge` is told about it.
package struct Push: Sendable {
  package let updates: [RefUpdate]
  package let pusher: Pusher
  package let certificate: CertificateState
  /// The server's clock, seconds since 1970. Keys, reviews and people are valid or not at this time.
  package let time: Int64
  /// The name of the hold that would land. Who may push what was asked when it was pushed, and is not
  /// asked again.
  package let heldAs: String?
  /// Whether nobody pushes: somebody with the repository's files moves a reference with git.
  package let isMadeOnServer: Bool
  /// What stands in the objects that it brings; `nil` where another hook of the push has looked.
  package let contents: ContentScan?

  package init(
    updates: [RefUpdate], pusher: Pusher, certificate: CertificateState = .none, time: Int64,
    heldAs: String? = nil, isMadeOnServer: Bool = false, contents: ContentScan? = nil
  ) {
    self.updates = updates
    self.pusher = pusher
    self.certificate = certificate
    self.time = time
    self.heldAs = heldAs
    self.isMadeOnServer = isMadeOnServer
    self.contents = contents
  }
}

/// The principal behind the connection, as the host adapter says.
package struct Pusher: Hashable, Sendable {
  /// The account name; `nil` when the host names none. An unknown pusher has nobody's rights.
  package let account: [UInt8]?

  package init(account: [UInt8]?) {
    self.account = account
  }

  package static let unknown = Pusher(account: nil)
}

/// What hookkit's own reading of a push certificate gave (git-push(1), `--signed`).
package enum CertificateState: Hashable, Sendable {
  case none
  /// Signed over exactly these updates with a fresh nonce, by an enrolled principal of this name.
  case valid(signer: String)
  case invalid(reason: String)
}
