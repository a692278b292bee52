internal import Git
internal import Policy
internal import Primitives

/// HK502: a protected reference would be deleted.
enum Deletion {
  static let code = Code(502)

  static let page = RulePage(
    code: code, name: "Deletion", title: "no deletion of a protected reference",
    endedBy: .maintainer,
    why: "A protected reference stays, unless its rule says `delete = true`.",
    ends: "Nothing need be done. A maintainer may change the rule.",
    examples: [
      Example("a protected branch is not deleted", .refuse, .push(nil, by: .dana)),
      Example(
        "it is where the rule allows it", .allow, rule: ["delete = true"],
        .push(nil, by: .dana)),
    ])

  static let rule = Rule(code) { (subject: ProtectedUpdate) throws(GitError) -> [Finding] in
    subject.rules.contains { !$0.allowsDelete } ? [finding(subject.update)] : []
  }

  static func finding(_ update: RefUpdate) -> Finding {
    Finding(
      code, headline: "\(update.name) may not be deleted", reason: "may not be deleted",
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
