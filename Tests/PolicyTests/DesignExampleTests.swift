import Policy
import Primitives
import Signing
import Testing

/// The example of Documentation/Design/Model.md is a contract: only its two keys are filled in.
struct DesignExampleTests {
  let dana: PublicKey
  let codex: PublicKey
  let policy: Policy

  init() throws {
    dana = try testSecurityKey(1)
    codex = try testKey(2)
    policy = try Policy(layers: [layer(.tree, Self.text(dana, codex))])
  }

  static func text(_ dana: PublicKey, _ codex: PublicKey) -> String {
    #"""
    version = 1
    serial = 7
    repository = "git.example.org/app"

    [people.dana]
    emails = ["dana@example.org"]
    accounts = ["dana"]
    keys = ["\#(dana.authorizedKeyText) dana@yubikey"]
    roles = ["reviewer", "maintainer"]

    [agents.codex]
    accounts = ["svc-codex"]
    keys = ["\#(codex.authorizedKeyText) svc-codex"]
    sponsor = "dana"
    may-push = ["refs/heads/agent/codex/**"]

    [[protect]]
    refs = ["refs/heads/main", "refs/heads/release/**"]
    review = { of = "agents", approvals = 1, role = "reviewer", presence = "touch", owners = true }
    unverified = "agent"
    binding = "head"
    force-push = false
    delete = false

    [[quarantine]]
    refs = ["refs/heads/**"]
    by = "agents"                    # or "anyone"
    files = ["locks", "manifests", "origins", "runs-code", "agent-config"]
    expires = "14d"

    """#
  }

  @Test("the example is accepted as it stands once real keys are in it")
  func accepted() throws {
    #expect(policy.serial(of: .tree) == 7)
    #expect(policy.repository == bytes("git.example.org/app"))
    #expect(policy.people.map(\.name) == ["dana"])
    #expect(policy.people[0].emails == [bytes("dana@example.org")])
    #expect(policy.people[0].keys == [dana])
    #expect(policy.people[0].roles == [.reviewer, .maintainer])
    #expect(policy.agents.map(\.name) == ["codex"])
    #expect(policy.agents[0].sponsor == "dana")
    #expect(policy.quarantines.count == 1)
    #expect(policy.quarantines[0].by == .agents)
    #expect(policy.quarantines[0].expires == 14 * 86_400)
    #expect(
      policy.quarantines[0].files == [.locks, .manifests, .origins, .runsCode, .agentConfig])
  }

  @Test("its rule says what the example says, and is strict where the example is silent")
  func rule() throws {
    let rules = policy.protections(for: RefName("refs/heads/main"))
    let rule = try #require(rules.first)
    #expect(rules.count == 1)
    #expect(rule.review.of == .agents)
    #expect(rule.review.approvals == 1)
    #expect(rule.review.role == .reviewer)
    #expect(rule.review.presence == .touch)
    #expect(rule.review.owners)
    #expect(!rule.review.sponsorMayReview)
    #expect(rule.review.vouches == ["code"])
    #expect(rule.unverified == .agent)
    #expect(rule.assisted == .review)
    #expect(rule.binding == .head)
    #expect(!rule.allowsForcePush)
    #expect(!rule.allowsDelete)
    #expect(rule.allowsCreate)
    #expect(!rule.requiresSignedPush)
    #expect(rule.location.position == SourcePosition(line: 17, column: 1))
  }

  @Test("it protects main and everything below release, and nothing that looks like them")
  func protects() {
    #expect(policy.isProtected(RefName("refs/heads/main")))
    #expect(policy.isProtected(RefName("refs/heads/release/1/2")))
    #expect(!policy.isProtected(RefName("refs/heads/mainline")))
    #expect(!policy.isProtected(RefName("refs/tags/main")))
    #expect(!policy.isProtected(RefName("refs/heads/MAIN")))
    #expect(policy.names(RefName("refs/heads/main")))
    #expect(!policy.names(RefName("refs/heads/MAIN")))
    #expect(policy.isGuarded(RefName("refs/heads/topic")))
    #expect(!policy.isGuarded(RefName("refs/tags/v1")))
  }

  @Test("it knows its principals by account, key and address")
  func principals() throws {
    let person = Principal.person(policy.people[0])
    let agent = Principal.agent(policy.agents[0])
    #expect(policy.principal(account: bytes("dana")) == person)
    #expect(policy.principal(account: bytes("Dana")) == nil)
    #expect(policy.principal(email: bytes("Dana@Example.ORG")) == person)
    #expect(policy.principal(key: dana) == person)
    #expect(policy.principal(key: codex) == agent)
    #expect(policy.principal(account: bytes("svc-codex")) == agent)
    #expect(policy.principal(key: try testKey(9)) == nil)
    #expect(policy.agents[0].mayPush(RefName("refs/heads/agent/codex/fix")))
    #expect(!policy.agents[0].mayPush(RefName("refs/heads/main")))
  }
}
