import Gate
import Git
import Ledger
import Platform
import Policy
import Primitives
import TestSupport
import Testing

@Suite("The summary of what is guarded")
struct GuardSummaryTests {
  private static let policyText = """
    version = 1
    serial = 1
    repository = "git.example.org/app"

    [agents.codex]
    accounts = ["svc-codex"]
    may-push = ["refs/heads/agent/codex/**"]

    [services.ci]
    kind = "ci"
    accounts = ["svc-ci"]
    may-push = ["refs/heads/ci/**"]

    [[protect]]
    refs = ["refs/heads/main", "refs/heads/release/**", "refs/tags/v*"]
    """

  private static let places = [
    "refs/heads/", "refs/tags/", "refs/notes/", "refs/hookkit/", "refs/quarantine/",
    "refs/replace/", "refs/changes/", "refs/", "refs/remotes/", "refs/Heads/", "refs/Hookkit/",
    "refs/heads/agent/codex/", "refs/heads/release/",
  ]
  private static let names = [
    "main", "MAIN", "Main", "mainline", "v1", "V1", "release", "release/1", "RELEASE/x", "ledger",
    "topic", "x/y", "agent/codex/z", "ci/1", "Q7F3", "v", "a..b", "trailing.lock", "HEAD",
    "x/objects/a", "x/Refs/heads/a", "commondir", "heads/main", "refs/heads/main", "tags/v1",
    "origin/main", "remotes/x/main", "hookkit/x", "Quarantine/Q1", "head", "FETCH_HEAD", "origin",
    "0123456789012345678901234567890123456789", "ma\u{131}n", "@", "users/main",
  ]
  private static let accounts = [nil, "dana", "svc-codex", "svc-ci", "stranger"]

  @Test("what the summary frees, the judge lets through as unguarded")
  func summaryNeverFreesWhatTheJudgeGuards() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.bareRepository("server.git")
    try sandbox.write(Self.policyText, to: "server.git/hookkit/policy.toml")
    let server = ServerRepository(
      gitDirectory: sandbox.path("server.git"), quarantine: nil, environment: Environment([:]))
    let surroundings = try server.surroundings()
    let inForce = try PolicyInForce(in: surroundings)
    let summary = GuardSummary(inForce)
    let tip = try #require(ObjectID("0123456789012345678901234567890123456789"))
    var freed = 0
    for place in Self.places {
      for name in Self.names {
        for account in Self.accounts {
          let update = RefUpdate(old: .zero, new: tip, name: RefName(place + name))
          let pusher = Pusher(account: account.map { Array($0.utf8) })
          guard summary.isFree(update, by: pusher) else { continue }
          freed += 1
          let decision = judge(
            Push(updates: [update], pusher: pusher, time: 1_800_000_000), under: inForce,
            in: surroundings)
          #expect(decision.verdict == .allow, "\(update.name) by \(account ?? "nobody")")
          #expect(decision.judgements.allSatisfy { !$0.isGuarded }, "\(update.name)")
        }
      }
    }
    // A summary that never says "free" would pass all of the above.
    #expect(freed > 100)
    _ = repository
  }

  /// A server whose repository layer can be replaced, and what a hook reads there.
  private struct Scene {
    let sandbox: Sandbox
    let repository: TestRepository
    let server: ServerRepository
    let file: String

    init() throws {
      sandbox = try Sandbox()
      repository = try sandbox.bareRepository("server.git")
      file = "server.git/hookkit/policy.toml"
      try sandbox.write(GuardSummaryTests.policyText, to: file)
      server = ServerRepository(
        gitDirectory: sandbox.path("server.git"), quarantine: nil, environment: Environment([:]))
    }

    func inForce() throws -> PolicyInForce { try PolicyInForce(in: server.surroundings()) }

    func summary() throws -> GuardSummary? {
      GuardSummary(server.state, basis: try OpenServer(server).summaryBasis() ?? [])
    }
  }

  @Test(
    "a summary of another policy, of another HEAD, tip or record, or one cut short, is not believed"
  )
  func summaryIsBoundToItsBasis() throws {
    let scene = try Scene()
    GuardSummary(try scene.inForce()).keep(in: scene.server.state)
    #expect(try scene.summary() != nil)

    try scene.sandbox.write(Self.policyText + "\n", to: scene.file)
    #expect(try scene.summary() == nil)
    try scene.sandbox.write(Self.policyText, to: scene.file)
    #expect(try scene.summary() != nil)
    try scene.repository.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    #expect(try scene.summary() == nil)
    try scene.repository.git("symbolic-ref", "HEAD", "refs/heads/main")
    let commit = try scene.repository.commit("Start")
    #expect(try scene.summary() == nil)
    GuardSummary(try scene.inForce()).keep(in: scene.server.state)
    #expect(try scene.summary() != nil)
    try scene.repository.setReferences([("refs/hookkit/policy", commit)])
    #expect(try scene.summary() == nil)
    try scene.repository.git("update-ref", "-d", "refs/hookkit/policy")

    let state = scene.server.state
    let basis = try OpenServer(scene.server).summaryBasis() ?? []
    let whole = try FileBytes.read(state.summaryPath, limit: 1 << 20)
    for count in stride(from: 0, to: whole.count, by: 7) {
      try FileBytes.replace(state.summaryPath, with: Array(whole.prefix(count)))
      #expect(GuardSummary(state, basis: basis) == nil, "\(count) bytes")
    }
  }

  @Test(
    "bypass 57: a policy that is replaced twice during a push leaves no summary of itself behind")
  func replacedTwice() throws {
    let scene = try Scene()
    // The hook has looked for a summary of the one, then reads the other as the policy in force.
    #expect(try scene.summary() == nil)
    try scene.sandbox.write(
      Self.policyText.replacing("\"refs/heads/main\", ", with: ""), to: scene.file)
    // HEAD's branch is guarded whatever a rule says, so that another one is needed to tell the two apart.
    try scene.repository.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    GuardSummary(try scene.inForce()).keep(in: scene.server.state)
    try scene.sandbox.write(Self.policyText, to: scene.file)
    let tip = try #require(ObjectID("0123456789012345678901234567890123456789"))
    let main = RefUpdate(old: .zero, new: tip, name: RefName("refs/heads/main"))
    #expect(try scene.summary()?.isFree(main, by: .unknown) != true)
  }

  @Test("the branch that HEAD names is never free: it may hold the policy")
  func headsBranch() throws {
    let scene = try Scene()
    try scene.repository.git("symbolic-ref", "HEAD", "refs/heads/master")
    let summary = GuardSummary(try scene.inForce())
    let tip = try #require(ObjectID("0123456789012345678901234567890123456789"))
    func isFree(_ name: String) -> Bool {
      summary.isFree(RefUpdate(old: .zero, new: tip, name: RefName(name)), by: .unknown)
    }
    #expect(!isFree("refs/heads/master") && !isFree("refs/heads/MASTER"))
    #expect(isFree("refs/heads/topic"))
  }
}
