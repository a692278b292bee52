internal import Git
package import Primitives

/// The first thing in a server's records that does not hold.
package struct ReplayFlaw: Error, Sendable {
  /// A flaw, or something that could not be read and so could not be checked.
  package enum Kind: String, Sendable {
    case broken
    case undecided
  }

  package let kind: Kind
  /// Which landing it is, counted from 1, the oldest first; `nil` when it is not about one.
  package let number: Int?
  /// The commit of the landing, policy or ledger that does not hold.
  package let commit: ObjectID?
  package let ref: RefName?
  /// One sentence, safe for any terminal.
  package let headline: String
  package let details: [String]
  /// The rule that says no, when a landing was judged.
  package let code: Code?

  package init(
    _ kind: Kind = .broken, landing number: Int? = nil, commit: ObjectID? = nil,
    ref: RefName? = nil, code: Code? = nil, _ headline: String, details: [String] = []
  ) {
    self.kind = kind
    self.number = number
    self.commit = commit
    self.ref = ref
    self.code = code
    self.headline = headline
    self.details = details
  }

  /// What reading one of the server's records gave instead of the record. What is missing may be
  /// elsewhere; what is there and has another form was not written by hookkit.
  init(_ error: GitError, reading what: String, landing number: Int? = nil, commit: ObjectID? = nil)
  {
    let kind: Kind =
      switch error {
      case .malformed, .wrongKind: .broken
      case .missing, .promised, .overLimit, .unsupported, .reference, .file, .library: .undecided
      }
    self.init(
      kind, landing: number, commit: commit, "\(what) cannot be read", details: [error.words])
  }
}
