internal import Git
internal import Policy
internal import Primitives

/// HK803: a change of the policy that brings other changes along.
enum PolicyChangeMixed {
  static let code = Code(803)

  static let page = RulePage(
    code: code, name: "PolicyChangeMixed", title: "a policy change must stand alone",
    endedBy: .pusher,
    why: """
      A push to the branch that the server's HEAD names, from which the policy is read, may change
      nothing else when it changes `.hookkit/`, so that a change of the rules is seen for what it is and
      never judges the work that comes with it. What has landed on another protected branch is not asked
      again where the policy stays as it is.
      """,
    ends: """
      Push the other changes first, or the policy change first, each by itself. A whole history that
      has policy commits in it is brought in by the administrator: `hookkit help policy`.
      """,
    examples: [
      Example(
        "a policy change with other work is refused", .refuse,
        .commit("work", by: .dana, files: [".hookkit/notes": "1", "a": "2"], signed: true),
        .push("work", by: .dana)),
      Example(
        "a policy change by itself lands with a maintainer's review", .allow,
        .commit("work", by: .erin, files: [".hookkit/notes": "1"], signed: true),
        .review("work", by: .dana), .push("work", by: .erin)),
    ])

  static let rule = Rule(code) { (subject: ProtectedRange) throws(GitError) -> [Finding] in
    guard subject.change.exists else { return [] }
    return try subject.change.otherChange(subject.range).map {
      [finding(subject.update, path: $0.path, $0.commit)]
    } ?? []
  }

  static func finding(_ update: RefUpdate, path: [UInt8], _ commit: ObjectID) -> Finding {
    Finding(
      code, headline: "\(update.name): a policy change must stand alone",
      reason: "a policy change must stand alone",
      details: ["\(commit.short) also changes \(Escaped.text(path, limit: 120))"],
      hints: [.init("why", "hookkit", "explain", "\(code)")], commit: commit)
  }
}
