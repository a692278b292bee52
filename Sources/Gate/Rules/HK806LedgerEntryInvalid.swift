/// HK806: a push to the ledger that is not an addition of valid statements.
enum LedgerEntryInvalid {
  static let code = Code(806)

  static let page = RulePage(
    code: code, name: "LedgerEntryInvalid", title: "not a valid addition to the ledger",
    endedBy: .pusher,
    why: """
      The ledger only grows: every push to `refs/hookkit/ledger` fast-forwards it, adds files and
      changes none, and each file is a statement signed by an enrolled person, at the path that its
      content gives it.
      """,
    ends: """
      Let hookkit write it: `hookkit review approve` and `hookkit review withdraw` fetch the ledger,
      add to its end and push.
      """,
    examples: [
      Example(
        "the ledger is not replaced by another history", .refuse,
        .push("main", to: "refs/hookkit/ledger", by: .dana))
    ])

  static func finding(_ why: String) -> Finding {
    Finding(
      code, headline: "not a valid addition to the review ledger",
      reason: "not a valid addition to the ledger", details: [why],
      hints: [.init("let hookkit write it", "hookkit", "review", "approve", "COMMIT")])
  }
}
