internal import Git
internal import Policy
internal import Primitives

/// HK506: a push to references that the server keeps for itself.
enum ReservedNamespace {
  static let code = Code(506)

  static let page = RulePage(
    code: code, name: "ReservedNamespace", title: "kept by the server",
    endedBy: .nobody,
    why: """
      `refs/hookkit/` and `refs/quarantine/` hold what the server records: landings, policies that
      were in force, held pushes. Only the ledger, `refs/hookkit/ledger`, is written by people.
      """,
    ends: "Nothing need be done: the server writes these references itself.",
    examples: [
      Example(
        "a person may not push to the landings", .refuse,
        .push("main", to: "refs/hookkit/landings", by: .dana)),
      Example(
        "nobody may push to a hold", .refuse,
        .push("main", to: "refs/quarantine/Q7F3D", by: .codex)),
      Example(
        "nor to what a disk that folds case takes for one", .refuse,
        .push("main", to: "refs/Hookkit/landings", by: .dana)),
      Example(
        "a branch whose name only looks like it is free", .allow,
        .push("main", to: "refs/heads/hookkit", by: .dana)),
    ])

  static let rule = Rule(code) { (named: NamedUpdate) throws(GitError) -> [Finding] in
    guard holds(named.name), try !named.isOwnDeletion() else { return [] }
    return [finding(named.name)]
  }

  /// Whether the name is below one of these, in capital letters or small ones: some disks fold them.
  static func holds(_ name: RefName) -> Bool {
    guard name != .ledger else { return false }
    let folded = asciiLowercased(name.bytes.prefix("refs/quarantine/".utf8.count))
    return folded.starts(with: "refs/hookkit/".utf8) || folded.starts(with: "refs/quarantine/".utf8)
  }

  /// The same, written as the server writes them.
  static func isOurs(_ name: RefName) -> Bool {
    name.hasPrefix("refs/hookkit/") || name.hasPrefix("refs/quarantine/")
  }

  static func finding(_ name: RefName) -> Finding {
    Finding(
      code, headline: "\(name) is kept by the server", reason: "kept by the server",
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
