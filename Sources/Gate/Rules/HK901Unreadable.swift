package import Git
package import Primitives

/// HK901: something in the repository cannot be read, so nothing can be said about it.
package enum Unreadable {
  static let code = Code(901)

  static let page = RulePage(
    code: code, name: "Unreadable", title: "the repository cannot be read",
    endedBy: .administrator,
    why: """
      An object, a reference or the store itself cannot be read, or the repository is of a kind that
      hookkit does not support: SHA-256 objects, references in reftable format. What cannot be read
      cannot be judged, and the gate stays shut.
      """,
    ends: "The administrator runs `hookkit doctor --server` and `git fsck` in the repository.",
    examples: [
      Example(
        "a commit whose tree cannot be read does not land", .undecided,
        .commit("work", by: .dana, signed: true), .lost("work"), .push("work", by: .dana))
    ])

  /// The finding for a git error, under the code of its kind: HK901, HK902 or HK903.
  ///
  /// - Parameter reference: what was being judged, if it was one reference.
  package static func find(_ error: GitError, judging reference: RefName? = nil) -> Finding {
    if case .promised(_, let remote, _) = error {
      return Finding(
        code, .doubt, headline: "this partial clone lacks what would be judged",
        details: [error.words], hints: [.reaching(remote)])
    }
    return Malformed.find(error, judging: reference) ?? OverLimit.find(error)
      ?? finding(error.words)
  }

  /// The finding for anything else that cannot be read.
  package static func finding(_ why: String) -> Finding {
    Finding(
      code, .doubt, headline: "the repository could not be read", details: [why],
      hints: [.init("the administrator runs", "hookkit", "doctor", "--server")])
  }
}
