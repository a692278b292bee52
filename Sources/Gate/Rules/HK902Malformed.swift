internal import Git
internal import Primitives

/// HK902: an object that two readers could read differently.
enum Malformed {
  static let code = Code(902)

  static let page = RulePage(
    code: code, name: "Malformed", title: "an object is malformed",
    endedBy: .pusher,
    why: """
      A commit or tree is not in git's form: two author lines, a NUL byte, entries out of order, a name
      twice. Different programs read such an object differently, so a review of it would not be of one
      content. The same is said of a file that hookkit itself reads, such as a statement of the ledger or
      CODEOWNERS, when it is not in its form. The refusal names the object and where it was met.
      """,
    ends: "Make the commit again with git. `git fsck --strict` names what is wrong.",
    examples: [
      Example(
        "a commit with two authors is not judged", .undecided,
        .malformed("work"), .push("work", by: .dana, force: true))
    ])

  static func find(_ error: GitError, judging reference: RefName?) -> Finding? {
    guard case .malformed(let id, let why) = error else { return nil }
    return finding(id, why, judging: reference)
  }

  /// - Parameters:
  ///   - why: what is wrong with the object, and where it was met if that is known.
  ///   - reference: what was being judged.
  static func finding(_ id: ObjectID, _ why: String, judging reference: RefName?) -> Finding {
    Finding(
      code, .doubt, headline: "object \(id.short) is malformed",
      details: ["its name is \(id.hex)", why]
        + (reference.map { ["met while judging \($0)"] } ?? []),
      hints: [.init("look for it", "git", "fsck", "--strict")])
  }
}
