import Primitives
import TestSupport
import Testing

@Suite("path rules")
struct PathTests {
  private static let owned = Roster.team.replacing(
    "presence = \"none\"", with: "presence = \"none\", owners = true")

  /// Pushes codex' change, reviewed by dana, who owns nothing, and expects that an owner is missing.
  private func asksOwner(
    _ server: GuardedServer, _ changes: [String: TreeChange], naming shown: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let work = try server.agentWork(changes)
    try server.approve(work, by: .dana)
    let outcome = try server.refuses(
      as: .codex, "\(work):main", with: "HK103", sourceLocation: sourceLocation)
    #expect(outcome.errors.contains(shown), "\(outcome)", sourceLocation: sourceLocation)
  }

  @Test("bypass 27: a file renamed away is still a change at its old name")
  func renamedAway() throws {
    let content: TreeChange = "a long enough file\nto be taken as renamed\n"
    let server = try GuardedServer(
      policy: { $0.policy(rules: Self.owned) },
      files: ["CODEOWNERS": "/deps/ @frank\n", "deps/lock": content])
    let change: [String: TreeChange] = ["deps/lock": .delete, "moved": content]
    let work = try server.agentWork(change)
    let shown = try server.work.git("diff", "-M", "--name-only", server.base.hex, work.hex)
    #expect(shown.value == "moved", "git prints the new name alone")
    try asksOwner(server, change, naming: "deps/lock")
  }

  @Test("bypass 28: names that git would quote are compared as bytes and printed escaped")
  func quotedNames() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Self.owned) }, files: ["CODEOWNERS": "*.lock @frank\n/ü/ @frank\n"]
    )
    for (path, shown) in [
      ("\u{e9}\u{4e2d}.lock", "\\xc3\\xa9\\xe4\\xb8\\xad.lock"), ("a\nb.lock", "a\\x0ab.lock"),
      ("a\"b.lock", "b.lock"), ("a\\b.lock", "b.lock"), (" lead.lock", " lead.lock"),
      ("-x.lock", "-x.lock"), ("\u{fc}/x", "/x"),
    ] {
      try asksOwner(server, [path: "1"], naming: shown)
    }
  }

  @Test(
    "bypass 29: a name that only looks like an owned one is another name, and the owned one stays")
  func lookAlikePaths() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Self.owned) },
      files: ["CODEOWNERS": "/Package.swift @frank\n", "Package.swift": "1"])
    try asksOwner(server, ["Package.swift": "2"], naming: "Package.swift")
    // On a file system that folds case this one is checked out in its place.
    try asksOwner(server, ["package.swift": "evil"], naming: "package.swift")
    // No agent brings such names without a review, in whatever way they were spelled.
    for path in ["PACKAGE.SWIFT", "Package\u{200d}.swift", "Packa\u{30c}ge.swift", ".gıt/config"] {
      let work = try server.agentWork([path: "evil"])
      try server.refuses(as: .codex, "\(work):main", with: "HK101")
    }
    // Names that no `git add` makes, stored as raw trees.
    let blob = try server.work.blob(Array("evil".utf8))
    for name in [".GIT", "git~1", ".git\u{200c}", ".g\u{2060}it"] {
      let folder = try server.work.rawTree([("100644", "config", blob)])
      let tree = try server.work.rawTree([("40000", name, folder)])
      let work = try server.work.commit(
        "Work", tree: tree, parents: [server.base], author: server.roster[.codex])
      try server.refuses(as: .codex, "\(work):main", with: "HK101")
    }
  }

  @Test("bypass 31: rules that overlap are all to be met; one review does not choose among them")
  func overlappingRules() throws {
    let rules = """
      \(Roster.team)

      [[protect]]
      refs = ["refs/heads/**"]
      review = { of = "anyone", approvals = 1, role = "maintainer" }
      """
    let server = try GuardedServer(policy: { $0.policy(rules: rules) })
    let work = try server.commit(by: .stranger)
    try server.approve(work, by: .frank)
    try server.refuses(as: .stranger, "\(work):main", with: "HK101")
    // A person's own commit is enough for the first rule and not for the second.
    let own = try server.commit("Mine", ["mine": "1"], by: .frank, signed: true)
    try server.refuses(as: .frank, "\(own):main", with: "HK101")
    try server.approve(own, by: .dana)
    try server.lands(own, as: .frank)
  }
}
