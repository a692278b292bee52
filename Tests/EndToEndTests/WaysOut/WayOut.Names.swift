import Primitives
import TestSupport
import Testing

extension WayOut {
  // MARK: What is brought

  static func secret() throws {
    let way = try WayOut()
    let clone = try way.server.clone(of: .dana)
    func push() throws -> Outcome {
      try clone.git("add", "--all")
      try clone.git("commit", "-q", "-m", "Deploy")
      return try way.server.push(as: .dana, "HEAD:refs/heads/topic", from: clone)
    }
    try clone.writeFile("deploy.env", "KEY=\(MadeUp.key())\n")
    let outcome = try way.refused("HK301", push)
    try way.follow("undo, keep the files", of: outcome, as: .dana, in: clone)
    #expect(try clone.git("status", "--short").lines == ["A  deploy.env"])
    try clone.writeFile("deploy.env", "KEY=\n")
    let mended = try push()
    #expect(mended.succeeded && mended.codes.isEmpty, "\(mended)")
  }

  static func unreadContent() throws {
    let way = try WayOut()
    let server = way.server
    let cut = try server.commit(
      "Pack", ["a.gz": .file([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1])], by: .dana, signed: true)
    _ = try way.refused("HK302") { try server.push(as: .dana, "\(cut):refs/heads/topic") }
    let without = try server.commit("Pack", ["a": "1"], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(without):refs/heads/topic")
  }

  // MARK: Who may

  static func namespace() throws {
    let server = try GuardedServer()
    let way = WayOut(server)
    let work = try server.commit("Work", by: .codex)
    let outcome = try way.refused("HK401") {
      try server.push(as: .codex, "\(work):refs/heads/topic")
    }
    try way.follow("push it there instead", of: outcome, as: .codex, in: server.work)
    #expect(try server.repository.references().values.contains(work))
  }

  static func agentsLedger() throws {
    let way = try WayOut()
    let server = way.server
    let work = try way.shownWork()
    let entry = try server.commit("Entry", by: .codex)
    let outcome = try way.refused("HK402") {
      try server.push(as: .codex, "\(entry):refs/hookkit/ledger")
    }
    try way.follow(
      "a person signs it", of: outcome, as: .frank, names: ["COMMIT": work.hex],
      adding: "--confirm \(work)")
    try way.lands(work) { try server.push(as: .codex, "\(work):main") }
  }

  static func access() throws {
    let door = try Door()
    let fetch = "git-upload-pack '/team/app.git'"
    try door.enrol([.frank: "access = \"read\""])
    let push = { try door.ask("git-receive-pack '/team/app.git'", as: "people.frank") }
    let outcome = try push()
    #expect(outcome.exit != 0 && outcome.codes == ["HK403"], "\(outcome)")
    #expect(try door.ask(fetch, as: "people.frank").succeeded)
    // The administrator widens what the policy gives.
    try door.enrol()
    let again = try push()
    #expect(again.succeeded && again.codes.isEmpty, "\(again)")
  }

  static func command() throws {
    let door = try Door()
    let env = try door.environment(as: "people.dana")
    let outcome = try door.ask("scp -t /team/app.git")
    #expect(outcome.exit != 0 && outcome.codes == ["HK404"], "\(outcome)")
    // Ask with git, as the page says, at the address of this server.
    let page = try door.sandbox.hookkit("explain", "HK404")
    let command = try #require(
      page.output.firstMatch(of: /git clone ssh:\/\/git@\S+?\//), "\(page)"
    )
    .output
    #expect(command == "git clone ssh://git@git.example.org/")
    let cloned = try door.sandbox.run(
      ["git", "clone", "ssh://git@git.example.org/team/app.git", "cloned"],
      in: door.sandbox.root, env: env)
    #expect(cloned.succeeded, "\(cloned)")
  }

  // MARK: What may happen to a reference

  static func forcePush() throws {
    let way = try WayOut()
    let server = way.server
    try server.pushed(as: .dana, "\(server.commit("One", ["one": "1"], by: .dana)):main")
    let clone = try server.clone(of: .frank)
    try clone.git("reset", "--quiet", "--hard", server.base.hex)
    let other = try clone.commit("Two", ["two": "1"], author: server.roster[.frank])
    let outcome = try way.refused("HK501") {
      try server.push(as: .frank, "--force", "\(other):main", from: clone)
    }
    try clone.git("reset", "--quiet", "--hard", "main")
    try way.follow("start from its tip", of: outcome, as: .frank)
    let pushed = try way.run("git push origin HEAD:main", as: .frank)
    #expect(try server.tip() == clone.id("HEAD"), "\(pushed)")
  }

  static func deletion() throws {
    let way = try WayOut()
    let server = way.server
    try server.pushed(as: .dana, "\(server.base):refs/heads/release/1")
    let push = { try server.push(as: .dana, ":refs/heads/release/1") }
    _ = try way.refused("HK502", push)
    // A maintainer changes the rule.
    try server.write(
      server.roster.openPolicy(serial: 2, rules: Roster.team + "\ndelete = true\n"),
      to: "policy.toml")
    let outcome = try push()
    #expect(outcome.succeeded, "\(outcome)")
    #expect(try server.tip("refs/heads/release/1") == nil)
  }

  static func creation() throws {
    let way = try WayOut(rules: Roster.team + "\ncreate = false\n")
    let server = way.server
    let release = "refs/heads/release/1"
    let outcome = try way.refused("HK503") {
      try server.push(as: .dana, "\(server.base):\(release)")
    }
    let step = try #require(outcome.nextSteps.first { $0.label == "on the server" }, "\(outcome)")
    let made = try way.administer(step.command)
    #expect(made.succeeded, "\(made)")
    #expect(try server.tip(release) == server.base)
    let work = try server.commit("Work", by: .dana)
    try way.lands(work, on: release) { try server.push(as: .dana, "\(work):\(release)") }
    let verified = try way.administer("hookkit verify")
    #expect(verified.succeeded, "\(verified)")
    // What stands against the work itself stands there too, and a push of nobody's is none of these.
    let unreviewed = try way.shownWork()
    let other = try way.administer("git update-ref refs/heads/release/2 \(unreviewed)")
    #expect(!other.succeeded && other.codes == ["HK101"], "\(other)")
    _ = try way.refused("HK503") {
      try server.push(as: .nobody, "\(server.base):refs/heads/release/2")
    }
  }

  static func maintainersCreation() throws {
    let way = try WayOut(rules: Roster.everyPlace + "\nwho = \"maintainers\"\n")
    let server = way.server
    let outcome = try way.refused("HK503") {
      try server.push(as: .frank, "\(server.base):refs/tags/v1")
    }
    try way.follow("a maintainer runs", of: outcome, as: .dana)
    #expect(try server.tip("refs/tags/v1") == server.base)
  }

  static func movedTag() throws {
    let way = try WayOut(rules: Roster.everyPlace)
    let server = way.server
    try server.pushed(as: .dana, "\(server.base):refs/tags/v1")
    let other = try server.commit("Other", by: .dana)
    let outcome = try way.refused("HK504") {
      try server.push(as: .dana, "--force", "\(other):refs/tags/v1")
    }
    try way.follow(
      "under another name", of: outcome, as: .dana, in: server.work, names: ["OTHER-NAME": "v2"])
    #expect(try server.tip("refs/tags/v2") == other)
  }

  // MARK: Names

  static func lookAlike() throws {
    let way = try WayOut()
    let outcome = try way.refused("HK505") {
      try way.server.push(as: .dana, "\(way.server.base):refs/tags/main")
    }
    try way.follow(
      "under another name", of: outcome, as: .dana, in: way.server.work,
      names: ["OTHER-NAME": "start"])
    #expect(try way.server.tip("refs/tags/start") == way.server.base)
  }

  static func nested() throws {
    let way = try WayOut()
    let server = way.server
    try server.pushed(
      as: .dana, "\(server.base):refs/heads/r/objects/a", "\(server.base):refs/heads/r/refs/a")
    let push = { try server.push(as: .dana, "\(server.base):refs/heads/r/HEAD") }
    let outcome = try way.refused("HK509", push)
    try way.follow(
      "under another name", of: outcome, as: .dana, in: server.work,
      names: ["OTHER-NAME": "r/head-of-it"])
    #expect(try server.tip("refs/heads/r/head-of-it") == server.base)
    // The page's other way: what it would stand beside goes first.
    try server.pushed(as: .dana, ":refs/heads/r/objects/a")
    try way.lands(server.base, on: "refs/heads/r/HEAD", push)
  }

  /// A push of something that is never taken, beside work that lands without it: of these the page says
  /// that nothing need be done.
  private static func neverTaken(_ code: String, _ name: String) throws {
    let way = try WayOut()
    let server = way.server
    let work = try server.commit("Work", by: .dana)
    try server.pushed(as: .dana, "\(server.base):refs/heads/free")
    _ = try way.refused(code) {
      try server.push(as: .dana, "--force", "\(server.base):\(name)")
    }
    let page = try server.sandbox.hookkit("explain", code)
    #expect(page.output.contains("Nothing need be done"), "\(page)")
    try way.lands(work) { try server.push(as: .dana, "\(work):main") }
  }

  static func reserved() throws { try neverTaken("HK506", "refs/hookkit/landings") }

  static func replacement() throws {
    try neverTaken("HK507", "refs/replace/1111111111111111111111111111111111111111")
  }

  static func tree() throws {
    let way = try WayOut(rules: Roster.everyPlace)
    let server = way.server
    let tree = try #require(try server.work.id("\(server.base)^{tree}"))
    _ = try way.refused("HK508") { try server.push(as: .dana, "\(tree):refs/tags/v1") }
    // Push a commit.
    try way.lands(server.base, on: "refs/tags/v1") {
      try server.push(as: .dana, "\(server.base):refs/tags/v1")
    }
  }
}
