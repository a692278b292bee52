internal import Git
internal import Policy
internal import Primitives

/// HK805: a policy that may not follow the one in force.
enum PolicySuccessor {
  static let code = Code(805)

  static let page = RulePage(
    code: code, name: "PolicySuccessor", title: "this policy may not follow the one in force",
    endedBy: .pusher,
    why: """
      The new `.hookkit/policy.toml` is not valid, is gone, does not have a higher `serial`, names
      another repository, or says what only a higher layer may; or the branch that HEAD names, which
      holds it, would be deleted. What it is compared with is the newest policy that was in force here,
      wherever HEAD points now: one that was once replaced cannot come back, because with a lower serial
      it would be a way to undo a rule.
      """,
    ends: """
      Mend the line that is named, raise `serial`, and push again. A branch that holds the policy is
      deleted after the administrator has let HEAD name another one.
      """,
    examples: [
      Example(
        "a policy that cannot be read does not land", .refuse,
        .commit("work", by: .dana, files: [".hookkit/policy.toml": "version = 99\n"], signed: true),
        .push("work", by: .dana)),
      Example(
        "the branch that holds the policy is not deleted, also where the rule lets it be", .refuse,
        rule: ["delete = true"],
        .commit("work", by: .erin, files: [".hookkit/notes": "1"], signed: true),
        .review("work", by: .dana), .push("work", by: .erin), .push(nil, by: .dana)),
    ])

  static let rule = Rule(code) { (subject: ProtectedRange) throws(GitError) -> [Finding] in
    guard subject.change.exists, let why = subject.change.successorProblem else { return [] }
    return [finding(subject.update, why)]
  }

  /// The branch that holds the policy is not deleted.
  static let deletionRule = Rule(code) { (subject: ProtectedUpdate) throws(GitError) -> [Finding] in
    try PolicyChange.holdsPolicy(subject.update, subject.bench) ? [deletion(subject.update)] : []
  }

  static func finding(_ update: RefUpdate, _ why: String) -> Finding {
    Finding(
      code, headline: "\(update.name): the new policy may not follow the one in force",
      reason: "the new policy is not a valid successor", details: [why],
      hints: [.init("check it", "hookkit", "policy", "validate")])
  }

  static func deletion(_ update: RefUpdate) -> Finding {
    Finding(
      code, headline: "\(update.name) holds the policy and may not be deleted",
      reason: "holds the policy and may not be deleted",
      details: ["the server's HEAD names it, and its tree has .hookkit/"],
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
