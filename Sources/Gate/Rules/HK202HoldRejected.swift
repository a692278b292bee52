internal import Git
internal import Policy
internal import Primitives
internal import Signing

/// HK202: a person has rejected exactly this change.
enum HoldRejected {
  static let code = Code(202)

  static let page = RulePage(
    code: code, name: "HoldRejected", title: "rejected by a person",
    endedBy: .pusher,
    why: """
      An enrolled person has looked at the dependency files of this commit, for this reference, and has
      signed that it must not land. Pushing the same commit again changes nothing.
      """,
    ends: "Another commit, without what was rejected.",
    examples: [
      Example(
        "what a person has rejected does not land", .refuse, quarantine: true,
        .commit("work", by: .codex, files: ["package-lock.json": #"{"lockfileVersion": 3}"#]),
        .reject("work", by: .dana, of: "refs/heads/agent/codex/deps"),
        .push("work", to: "refs/heads/agent/codex/deps", by: .codex)),
      Example(
        "what a person has released does", .allow, quarantine: true,
        .commit("work", by: .codex, files: ["package-lock.json": #"{"lockfileVersion": 3}"#]),
        .release("work", by: .dana, of: "refs/heads/agent/codex/deps"),
        .push("work", to: "refs/heads/agent/codex/deps", by: .codex)),
    ])

  static let rule = Rule(code) { (reader: ReleaseReader) throws(GitError) -> [Finding] in
    let found = try reader.bench.signatories().rejection(of: reader.new, for: reader.update.name)
    guard let found else { return [] }
    let words = Escaped.text(found.statement.comment, limit: 120)
    return [
      finding(reader.update, "\(found.by.name) rejects it\(words.isEmpty ? "" : ": \(words)")")
    ]
  }

  static func finding(_ update: RefUpdate, _ words: String) -> Finding {
    Finding(
      code, headline: "\(update.name): a person has rejected this change",
      reason: "rejected by a person", details: [words],
      hints: [.init("why", "hookkit", "explain", "\(code)")], commit: update.new)
  }
}
