internal import Git
internal import Primitives

/// HK508: a protected reference would point at something that is no commit.
enum NotACommit {
  static let code = Code(508)

  static let page = RulePage(
    code: code, name: "NotACommit", title: "not a commit",
    endedBy: .pusher,
    why: """
      A protected branch points at a commit, and a protected tag at a commit or an annotated tag of
      one. A tree or a blob has no author and no history that could be reviewed.
      """,
    ends: "Push a commit.",
    examples: [
      Example(
        "a commit is accepted", .allow, .commit("work", by: .dana, signed: true),
        .push("work", by: .dana)),
      Example(
        "a tree is not, not even as a tag", .refuse,
        .push("main^{tree}", to: "refs/tags/v1", by: .dana)),
    ])

  static let rule = Rule(code) { (subject: PeeledUpdate) throws(GitError) -> [Finding] in
    guard subject.kind == .commit, subject.mayBeTag || subject.target == subject.update.new else {
      return [finding(subject.update, subject.kind)]
    }
    return []
  }

  static func finding(_ update: RefUpdate, _ kind: ObjectKind) -> Finding {
    Finding(
      code, headline: "\(update.name) would not point at a commit", reason: "not a commit",
      details: ["\(update.new.short) leads to a \(kind)"],
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}

/// What an update leads to, tags taken away.
struct PeeledUpdate: Judged {
  let bench: Bench
  let update: RefUpdate
  let target: ObjectID
  let kind: ObjectKind
  /// Whether a tag object may stand before the commit.
  let mayBeTag: Bool

  init(_ update: RefUpdate, on bench: Bench, mayBeTag: Bool) throws(GitError) {
    self.bench = bench
    self.update = update
    (target, kind) = try bench.surroundings.objects.peel(update.new)
    self.mayBeTag = mayBeTag
  }
}
