/// HK902: an object that two readers could read differently.
enum Malformed {
  static let code = Code(902)

  static let page = RulePage(
    code: code, name: "Malformed", title: "an object is malformed",
    why: """
      A commit or tree is not in git's form: two author lines, a NUL byte, entries out of order, a name
      twice. Different programs read such an object differently, so a review of it would not be of one
      content.
      """,
    ends: "Make the commit again with git. `git fsck --strict` names what is wrong.",
    examples: [
      Example(
        "a commit with two authors is not judged", .undecided,
        .malformed("work"), .push("work", by: .dana, force: true))
    ])

  static func finding(_ why: String) -> Finding {
    Finding(
      code, .doubt, headline: "an object of the push is malformed",
      reason: "an object is malformed", details: [why],
      hints: [.init("look for it", "git", "fsck", "--strict")])
  }
}
