internal import Git
internal import Primitives

/// HK905: what git told the hook cannot be read.
package enum InputMalformed {
  static let code = Code(905)

  static let page = RulePage(
    code: code, name: "InputMalformed", title: "the hook's input cannot be read",
    endedBy: .administrator,
    why: """
      git hands a hook lines of a fixed form. These are cut off, too many, of another object format or
      otherwise not what git writes.
      """,
    ends: "Push again. If it stays, the administrator runs `hookkit doctor --server`.",
    examples: [
      Example(
        "a reference whose name git itself would refuse is not judged", .undecided,
        .push("main", to: "refs/heads/a..b", by: .dana))
    ])

  static let rule = Rule(code) { (named: NamedUpdate) throws(GitError) -> [Finding] in
    named.name.isWellFormed ? [] : [finding("the name \(named.name)")]
  }

  package static func finding(_ why: String) -> Finding {
    Finding(
      code, .doubt, headline: "the hook's input could not be read", details: [why],
      hints: [.init("the administrator runs", "hookkit", "doctor", "--server")])
  }
}
