import Policy
import Primitives
import Signing
import Testing

/// Who may come in, and how far (`access`, `repositories`, `expires`, `revoked`).
struct AccessTests {
  private func access(_ body: String) throws -> Access {
    try #require(try policy("[agents.codex]\n\(body)").principal(labelled: "agents.codex")).access
  }

  @Test("without a word, everybody may push to every repository")
  func defaults() throws {
    let access = try access("")
    #expect(access.level == .push)
    #expect(access.reaches(bytes("team/app.git")))
  }

  @Test("people, agents and services are limited by the same keys")
  func everybody() throws {
    let limits = "access = 'read'\nrepositories = ['team/*']\n"
    let policy = try policy(
      "[people.a]\n\(limits)[agents.b]\n\(limits)[services.c]\nkind = 'ci'\n\(limits)")
    for label in ["people.a", "agents.b", "services.c"] {
      let principal = try #require(policy.principal(labelled: label))
      #expect(principal.label == label)
      #expect(principal.access.level == .read)
      #expect(principal.access.reaches(bytes("team/app.git")))
      #expect(!principal.access.reaches(bytes("other/app.git")))
    }
    for label in ["people.b", "agents.a", "a", "", "agents.", "services.c.x"] {
      #expect(policy.principal(labelled: label) == nil, "\(label)")
    }
  }

  @Test(
    "a pattern names repositories with or without .git, and stops at a slash",
    arguments: [
      ("team/*", "team/app.git", true), ("team/*", "team/app", true),
      ("team/app", "team/app.git", true), ("team/app.git", "team/app.git", true),
      ("team/app.git", "team/app", false), ("team/*", "team/deep/app.git", false),
      ("team/**", "team/deep/app.git", true), ("**/app", "app.git", true), ("*", "app.git", true),
      ("*", "team/app.git", false), ("team", "team/app.git", false), ("app", "app2.git", false),
    ])
  func patterns(_ pattern: String, _ path: String, _ isReached: Bool) throws {
    #expect(try access("repositories = ['\(pattern)']").reaches(bytes(path)) == isReached)
  }

  @Test("an empty list lets nobody in anywhere")
  func emptyList() throws {
    #expect(try !access("repositories = []").reaches(bytes("app.git")))
  }

  @Test(
    "what is no path below the root is an error",
    arguments: ["", "/srv/git/app", "team/", "team//app", "../app", "team/../app", ".ssh", "./app"])
  func invalid(_ pattern: String) {
    #expect(
      refusal(of: "[agents.codex]\nrepositories = ['\(pattern)']").contains(
        "is not a path below the root"))
  }

  @Test("another word for access is an error")
  func words() {
    #expect(
      refusal(of: "[agents.codex]\naccess = 'admin'").contains("is not one of read, push"))
  }

  private let organisation =
    "version = 1\nserial = 1\n[agents.codex]\naccess = 'read'\nrepositories = ['team/*']\n"
    + "expires = '2027-01-31'\n"

  @Test("a lower layer may take away and not give")
  func layers() throws {
    func below(_ body: String) -> PolicyLayer {
      layer(.repository, head + "[agents.codex]\n" + body)
    }
    let policy = try Policy(layers: [
      layer(.organisation, organisation),
      below("repositories = ['*/app']\nexpires = '2026-12-01'\nrevoked = true"),
    ])
    let codex = try #require(policy.principal(labelled: "agents.codex"))
    #expect(codex.access.level == .read)
    #expect(codex.access.reaches(bytes("team/app.git")))
    #expect(!codex.access.reaches(bytes("team/lib.git")))
    #expect(!codex.access.reaches(bytes("other/app.git")))
    #expect(codex.hasEnded(at: 0))
    let more = refusal(layer(.organisation, organisation), below("access = 'push'"))
    #expect(more.contains("access is more than the layer above gives"))
    let later = refusal(layer(.organisation, organisation), below("expires = '2028-01-01'"))
    #expect(later.contains("expires is later than the layer above says"))
  }

  @Test("an agent whose time is over is still known for what it is")
  func ended() throws {
    let policy = try policy(
      "[agents.codex]\naccounts = ['svc-codex']\nkeys = ['\(testKey(1).authorizedKeyText)']\n"
        + "expires = '2027-01-31'\n")
    let end = try #require(RFC3339.seconds(bytes("2027-01-31")))
    let key = try testKey(1)
    #expect(policy.principal(admittedBy: key, at: end - 1)?.label == "agents.codex")
    #expect(policy.principal(admittedBy: key, at: end) == nil)
    let codex = try #require(policy.principal(account: bytes("svc-codex")))
    #expect(codex.hasEnded(at: end))
    #expect(codex.isActive(at: end))
    #expect(policy.principal(key: key)?.label == "agents.codex")
  }

  @Test("a revoked key lets nobody in, an agent's neither")
  func revokedKeys() throws {
    let head = "version = 1\nserial = 1\nrevoked-keys = ['\(try testKey(1).fingerprint)']\n"
    let policy = try Policy(
      enrolling: layer(
        .organisation,
        head + "[agents.codex]\nkeys = ['\(testKey(1).authorizedKeyText)']\n"
          + "[people.dana]\nkeys = ['\(testKey(2).authorizedKeyText)']\n"))
    #expect(try policy.principal(admittedBy: testKey(1), at: 0) == nil)
    #expect(try policy.principal(key: testKey(1)) != nil)
    #expect(try policy.principal(admittedBy: testKey(2), at: 0)?.label == "people.dana")
    #expect(try policy.principal(admittedBy: testKey(3), at: 0) == nil)
  }

  @Test("one layer can be read for whom it enrols, though it names no repository and no sponsor")
  func enrolling() throws {
    let alone = layer(
      .organisation, "version = 1\nserial = 1\n[agents.codex]\nsponsor = 'dana'\n")
    #expect(try Policy(enrolling: alone).principal(labelled: "agents.codex") != nil)
    #expect(refusal(alone).contains("repository"))
    #expect(throws: PolicyError.self) {
      try Policy(enrolling: layer(.organisation, "version = 1\nserial = 1\nsurprise = 1\n"))
    }
  }
}
