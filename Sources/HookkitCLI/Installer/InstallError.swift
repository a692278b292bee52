internal import Platform

/// A command that mends something, and what it is good for.
package struct Mend: Hashable, Sendable {
  package let label: String
  package let arguments: [String]

  package init(_ label: String, _ arguments: String...) {
    self.label = label
    self.arguments = arguments
  }
}

/// Why an installation, its removal or its inspection cannot go on.
package struct InstallError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The arguments contradict each other or the repository.
    case usage
    /// Something stands in the way that hookkit does not move; nothing was changed.
    case declined
    /// The repository or a file of it cannot be read, or cannot be protected.
    case undecided
  }

  package let kind: Kind
  /// One line, safe for a terminal.
  package let words: String
  /// At most two.
  package let mends: [Mend]

  package init(_ kind: Kind, _ words: String, mends: [Mend] = []) {
    self.kind = kind
    self.words = words
    self.mends = mends
  }

  init(_ error: SystemError) {
    self.init(.undecided, "cannot \(error.action) \(shown(error.path)): \(error.words)")
  }
}

/// Does something to files; what goes wrong there becomes an `InstallError`.
func onFiles<Result>(_ body: () throws(SystemError) -> Result) throws(InstallError) -> Result {
  do throws(SystemError) { return try body() } catch { throw InstallError(error) }
}
