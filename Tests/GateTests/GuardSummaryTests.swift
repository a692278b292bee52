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

  /// Rules by names, and rules for whole kinds of references.
  private static let policies = [
    policyText, policyText.replacing("\"refs/tags/v*\"", with: "\"refs/tags/**\""),
    policyText.replacing("\"refs/tags/v*\"", with: "\"refs/**/v*\", \"refs/x/*\""),
  ]

  @Test("what the summary frees, the judge lets through as unguarded", arguments: policies)
  func summaryNeverFreesWhatTheJudgeGuards(_ policy: String) throws {
    let scene = try Scene()
    try scene.sandbox.write(policy, to: scene.file)
    let commit = try scene.repository.commit("Start")
    // Some of the names are there, each as another kind of reference.
    let present = ["refs/tags/topic", "refs/heads/v1", "refs/tags/mainline", "refs/x/y"]
    try scene.repository.setReferences(present.map { ($0, commit) })
    let surroundings = try scene.server.surroundings()
    let inForce = try scene.inForce()
    let summary = GuardSummary(inForce)
    let tip = try #require(ObjectID("0123456789012345678901234567890123456789"))
    var freed = 0
    for name in Self.places.flatMap({ place in Self.names.map { RefName(place + $0) } }) {
      for (account, old) in Self.accounts.map({ ($0, ObjectID.zero) }) + [("dana", commit)] {
        let update = RefUpdate(old: old, new: tip, name: name)
        let pusher = Pusher(account: account.map { Array($0.utf8) })
        let isFree = summary.isFree(update, by: pusher) { name in
          (try? surroundings.references.resolve(name)) ?? nil != nil
        }
        guard isFree else { continue }
        freed += 1
        let decision = judge(
          Push(updates: [update], pusher: pusher, time: 1_800_000_000), under: inForce,
          in: surroundings)
        #expect(decision.verdict == .allow, "\(update.name) by \(account ?? "nobody")")
        #expect(decision.judgements.allSatisfy { !$0.isGuarded }, "\(update.name)")
      }
    }
    // A summary that never says "free" would pass all of the above.
    #expect(freed > 100)
  }

  @Test("where all tags are protected, a branch is in doubt only beside a tag of its name")
  func branchesBesideProtectedTags() throws {
    let scene = try Scene()
    try scene.sandbox.write(Self.policies[1], to: scene.file)
    let summary = GuardSummary(try scene.inForce())
    let tip = try #require(ObjectID("0123456789012345678901234567890123456789"))
    func isFree(_ name: String, from old: ObjectID = .zero) -> Bool {
      let update = RefUpdate(old: old, new: tip, name: RefName(name))
      return summary.isFree(update, by: .unknown) { $0 == RefName("refs/tags/there") }
    }
    #expect(isFree("refs/heads/topic") && isFree("refs/heads/topic", from: tip))
    #expect(!isFree("refs/heads/there") && isFree("refs/heads/there", from: tip))
    #expect(!isFree("refs/heads/tags/topic") && !isFree("refs/tags/topic"))
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
    #expect(try scene.summary()?.isFree(main, by: .unknown, exists: { _ in false }) != true)
  }

  @Test("the branch that HEAD names is never free: it may hold the policy")
  func headsBranch() throws {
    let scene = try Scene()
    try scene.repository.git("symbolic-ref", "HEAD", "refs/heads/master")
    let summary = GuardSummary(try scene.inForce())
    let tip = try #require(ObjectID("0123456789012345678901234567890123456789"))
    func isFree(_ name: String) -> Bool {
      summary.isFree(
        RefUpdate(old: .zero, new: tip, name: RefName(name)), by: .unknown, exists: { _ in false })
    }
    #expect(!isFree("refs/heads/master") && !isFree("refs/heads/MASTER"))
    #expect(isFree("refs/heads/topic"))
  }
}
