package import Primitives

/// How an object first came to a repository, as the server has recorded it.
package struct Arrival: Hashable, Sendable {
  package let source: Source
  /// Smaller for what was recorded earlier, whatever the clock said; zero for what was here before
  /// hookkit.
  package let number: UInt32

  package enum Source: Hashable, Sendable {
    /// Somebody pushed it: the account as the host gave it (`nil` when it named none), to which
    /// reference, and the server's clock in seconds since 1970.
    case pushed(by: [UInt8]?, to: RefName, at: Int64)
    /// It lay in the store, and no push that is on record had brought it.
    case nobody
    /// It was here before hookkit was.
    case baseline
  }

  package init(_ source: Source, number: UInt32 = 0) {
    self.source = source
    self.number = number
  }

  /// The account that brought it; `nil` when nobody's is known.
  package var account: [UInt8]? {
    if case .pushed(let account, _, _) = source { account } else { nil }
  }

  /// The reference that it was first pushed to.
  package var ref: RefName? {
    if case .pushed(_, let ref, _) = source { ref } else { nil }
  }
}
