internal import DependencyChecks
internal import Primitives

/// HK201: dependency files change, and no person has released that change.
package enum DependencyHeld {
  package static let code = Code(201)

  static let page = RulePage(
    code: code, name: "DependencyHeld", title: "dependency files changed",
    endedBy: .reviewer,
    why: """
      The update changes which code the repository pulls in, from where, or what runs by itself: lock
      files, manifests, registry settings, install scripts, CI, the configuration of agents. Such a
      change is held until a person who had no part in it has released exactly these bytes for exactly
      this reference. Nothing is lost: the server keeps the commits and lands them itself once they are
      released and everything else that the policy asks is there.
      """,
    ends: """
      A reviewer runs `hookkit quarantine show HOLD`, then `hookkit quarantine release HOLD`. Where the
      server cannot hold (it says so), the reviewer releases the commit and the push is made again.
      """,
    examples: [
      Example(
        "an agent's change of a lock file is held", .hold, quarantine: true,
        .commit("work", by: .codex, files: ["package-lock.json": #"{"lockfileVersion": 3}"#]),
        .push("work", to: "refs/heads/agent/codex/deps", by: .codex)),
      Example(
        "an agent's change of anything else is not", .allow, quarantine: true,
        .commit("work", by: .codex, files: ["notes.txt": "text"]),
        .push("work", to: "refs/heads/agent/codex/notes", by: .codex)),
      Example(
        "a person's own change is not held where the rule is about agents", .allow,
        quarantine: true,
        .commit("work", by: .dana, files: ["package-lock.json": "{}"], signed: true),
        .push("work", to: "refs/heads/deps", by: .dana)),
    ])

  static func finding(
    _ update: RefUpdate, _ change: DependencyChange, _ discounted: [String]
  ) -> Finding {
    let commit = update.new
    let cut =
      change.named.isCut
      ? ["guarded files name more others than are followed: any path may be named"] : []
    return Finding(
      code, .hold, headline: "\(update.name) waits: dependency files changed",
      reason: "dependency files changed; a person must release \(commit.short)",
      details: cut + discounted.prefix(2).map { "not counted: \($0)" },
      hints: [.init("why", "hookkit", "explain", "\(code)")], commit: commit)
  }

  /// A change that installs the same, and passes.
  static func note(_ update: RefUpdate, _ diff: DependencyDiff) -> Finding {
    let files = diff.files.prefix(3).map { Escaped.text($0.path, limit: 60) }
    let more = diff.files.count > 3 ? " and \(diff.files.count - 3) more" : ""
    return Finding(
      code, .note, headline: "\(files.joined(separator: ", "))\(more): proven to install the same")
  }

  /// The finding of a push that this server cannot hold, with the way out.
  static func unheld(_ finding: Finding, _ hold: PendingHold, why: String) -> Finding {
    Finding(
      code, .refusal, headline: "dependency files changed, and a person must release them",
      reason: "not held: \(why)",
      details: finding.details + [
        "not held: \(why)",
        "push the commits to a branch that no quarantine rule names,",
        "let a person release them, and push here again",
      ],
      hints: finding.hints
        + [
          .init(
            "a reviewer runs",
            ["hookkit", "quarantine", "release", hold.new.hex] + hold.refArgument)
        ], commit: finding.commit)
  }
}
