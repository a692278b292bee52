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
    let summary = GuardSummary(inForce.policy, basis: [])
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

  @Test("a summary of another policy, or one cut short, is not believed")
  func summaryIsBoundToItsBasis() throws {
    let sandbox = try Sandbox()
    let layer = PolicyLayer(.repository, name: "policy", bytes: Array(Self.policyText.utf8))
    let policy = try Policy(layers: [layer])
    let state = ServerState(gitDirectory: sandbox.path("server.git"))
    let basis = [layer.bytes, Array("refs/heads/main".utf8)]
    GuardSummary(policy, basis: basis).keep(in: state)
    #expect(GuardSummary(state, basis: basis) != nil)
    #expect(GuardSummary(state, basis: [layer.bytes + [0x0a], basis[1]]) == nil)
    #expect(GuardSummary(state, basis: [layer.bytes]) == nil)

    let whole = try FileBytes.read(state.summaryPath, limit: 1 << 20)
    for count in stride(from: 0, to: whole.count, by: 7) {
      try FileBytes.replace(state.summaryPath, with: Array(whole.prefix(count)))
      #expect(GuardSummary(state, basis: basis) == nil, "\(count) bytes")
    }
  }
}
