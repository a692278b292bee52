import Primitives
import TestSupport
import Testing

@Suite("hookkit-shell and the policy")
struct ShellAccessTests {
  let door: Door

  init() throws {
    door = try Door()
  }

  private let fetch = "git-upload-pack 'team/app.git'"
  private let push = "git-receive-pack 'team/app.git'"

  private func answer(
    _ command: String, as principal: String = "agents.codex", options: [String] = []
  ) throws -> String {
    let outcome = try door.ask(command, as: principal, options: options)
    if outcome.exit == 0 { return "served" }
    #expect(outcome.stdout.isEmpty)
    return (outcome.codes + ["exit \(outcome.exit ?? -1)"]).joined(separator: " ")
  }

  @Test("who the policy does not know, or knows as something else, gets nothing")
  func unknown() throws {
    for principal in [
      "agents.nobody", "people.codex", "services.codex", "agents.dana", "agents.Codex",
      "agents.svc-codex",
    ] {
      for command in [fetch, push] {
        #expect(try answer(command, as: principal) == "HK403 exit 1", "\(principal)")
      }
    }
    for principal in ["people.dana", "agents.codex", "services.ci"] {
      for command in [fetch, push] {
        #expect(try answer(command, as: principal) == "served", "\(principal)")
      }
    }
  }

  @Test("who may read gets no further, by whichever service they write")
  func readOnly() throws {
    try door.enrol([.codex: "access = \"read\""])
    #expect(try answer(fetch) == "served")
    #expect(try door.ask("git-upload-archive 'team/app'", as: "agents.codex").codes == [])
    let refused = try door.ask(push, as: "agents.codex")
    #expect(refused.codes == ["HK403"])
    #expect(refused.errors.contains("it has read-only access"))
  }

  @Test("the gate itself refuses the push of somebody who may only read, whatever the host lets in")
  func readOnlyAtTheGate() throws {
    try door.enrol([.codex: "access = \"read\"", .frank: "access = \"read\""])
    let server = door.server
    let own = try server.commit(by: .codex)
    try server.expectShut("HK401") {
      try server.push(as: .codex, "\(own):refs/heads/agent/codex/x")
    }
    let other = try server.commit("Mine", ["mine": "1\n"], by: .frank)
    for ref in ["refs/heads/main", "refs/heads/topic", "refs/tags/x"] {
      let shut = try server.expectShut("HK401") { try server.push(as: .frank, "\(other):\(ref)") }
      #expect(shut.errors.contains("it has read-only access"))
    }
    #expect(
      try server.push(as: .dana, "\(try server.commit(by: .dana)):refs/heads/topic").succeeded)
  }

  @Test("an agent or a service whose time is over may neither read nor push")
  func ended() throws {
    let ends = [#"expires = "2020-01-01""#, "revoked = true"]
    for end in ends {
      try door.enrol([.codex: end, .ci: end, .frank: end])
      for principal in ["agents.codex", "services.ci", "people.frank"] {
        #expect(try answer(fetch, as: principal) == "HK403 exit 1", "\(end)")
        #expect(try answer(push, as: principal) == "HK403 exit 1", "\(end)")
      }
      let server = door.server
      let work = try server.commit(by: .codex)
      try server.expectShut("HK401") {
        try server.push(as: .codex, "\(work):refs/heads/agent/codex/x")
      }
      try server.expectShut("HK401") { try server.push(as: .ci, "\(work):refs/heads/ci") }
      // It stays an agent's work, whoever brings it.
      try server.expectShut("HK101") { try server.push(as: .dana, "\(work):refs/heads/main") }
    }
    try door.enrol([.codex: #"expires = "2999-01-01""#])
    #expect(try answer(push) == "served")
  }

  @Test("only the repositories that the policy names are served, and no other is known to exist")
  func repositories() throws {
    try door.repository("other/lib.git")
    try door.enrol([.codex: #"repositories = ["team/*"]"#])
    #expect(try answer(fetch) == "served")
    let hidden = try door.ask("git-upload-pack 'other/lib.git'", as: "agents.codex")
    let missing = try door.ask("git-upload-pack 'other/nil.git'", as: "agents.codex")
    #expect(hidden.codes == ["HK403"])
    #expect(hidden.exit == missing.exit)
    #expect(hidden.errors.split(separator: "lib") == missing.errors.split(separator: "nil"))
    #expect(try answer("git-upload-pack 'other/lib.git'", as: "people.dana") == "served")
  }

  @Test("a link does not bring a repository into reach that is not")
  func linkedRepository() throws {
    try door.repository("other/lib.git")
    try door.sandbox.shell("ln -s ../other/lib.git srv/team/lib.git")
    try door.enrol([.codex: #"repositories = ["team/*"]"#])
    #expect(try answer("git-upload-pack 'team/lib'") == "HK403 exit 1")
    #expect(try answer("git-upload-pack 'team/lib'", as: "people.dana") == "served")
  }

  @Test("the key that sshd has found must be the principal's own in this repository's policy")
  func keys() throws {
    let own = ["--key", door.fingerprint(.codex)]
    #expect(try answer(fetch, options: own) == "served")
    #expect(try answer(fetch, options: ["--key", door.fingerprint(.dana)]) == "HK403 exit 1")
    #expect(try answer(fetch, options: ["--key", ""]) == "HK403 exit 1")
    try door.enrol(top: "revoked-keys = [\"\(door.fingerprint(.codex))\"]")
    #expect(try answer(fetch, options: own) == "HK403 exit 1")
  }

  @Test("a repository may take away what the machine's policy gives")
  func lowerLayer() throws {
    try door.server.write(
      "version = 1\nserial = 1\n[agents.codex]\naccess = \"read\"\n", to: "policy.toml")
    #expect(try answer(fetch) == "served")
    #expect(try answer(push) == "HK403 exit 1")
  }

  @Test("who has no account under which to push is told so")
  func noAccount() throws {
    try door.enrol(tables: "[agents.new]\nsponsor = \"dana\"\n")
    let outcome = try door.ask(fetch, as: "agents.new")
    #expect(outcome.codes == ["HK403"])
    #expect(outcome.errors.contains("the policy names no account"))
  }

  @Test("without a policy, and with one that cannot be read, nobody gets anything")
  func noPolicy() throws {
    try door.sandbox.write("version = 1\nserial = 1\nsurprise = true\n", to: "etc/policy.toml")
    #expect(try answer(fetch, as: "people.dana") == "HK802 exit 3")
    try door.sandbox.shell("rm etc/policy.toml")
    #expect(try answer(fetch, as: "people.dana") == "HK801 exit 3")
    try door.sandbox.shell("rm srv/team/app.git/hookkit/organisation")
    #expect(try answer(fetch, as: "people.dana") == "HK801 exit 3")
  }
}

@Suite("hookkit-shell and a policy that changes")
struct ShellPolicyTests {
  private static let path = ".hookkit/policy.toml"

  @Test("a broken policy in the tree shuts nobody's fetches, and pushes say how to mend it")
  func broken() throws {
    let door = try Door()
    let repository = door.server.repository
    for text: TreeChange in ["nonsense = [\n", .symlink("x"), ""] {
      let broken = try repository.commit(
        "Broken", [Self.path: text], on: nil, author: door.server.roster[.dana],
        parents: [door.server.base])
      try repository.setReferences([("refs/heads/main", broken)])
      for principal in ["people.dana", "agents.codex"] {
        for service in ["upload-pack", "receive-pack"] {
          #expect(
            try door.ask("git-\(service) 'team/app.git'", as: principal).exit == 0, "\(service)")
        }
      }
      #expect(try door.ask("git-upload-pack 'team/app.git'", as: "people.mallory").exit == 1)
      let env = try door.environment(as: "people.dana")
      let clone = try door.sandbox.run(
        ["git", "clone", "--quiet", "ssh://git@server/team/app.git", "clone-\(broken.short)"],
        env: env)
      #expect(clone.succeeded, "\(clone)")
      let push = try door.sandbox.run(
        ["git", "push", "origin", "HEAD:refs/heads/topic"],
        in: door.sandbox.path("clone-\(broken.short)"), env: env)
      #expect(!push.succeeded && push.errors.contains("HK80"), "\(push)")
      let mend = try door.sandbox.run(
        ["git", "push", "--force", "origin", "HEAD~1:refs/heads/main"],
        in: door.sandbox.path("clone-\(broken.short)"), env: env)
      #expect(mend.succeeded, "\(mend)")
      #expect(try door.server.tip() == door.server.base)
    }
  }

  @Test("a policy that was replaced is on record with the next connection, and clones see it")
  func recorded() throws {
    let door = try Door()
    let file = "refs/hookkit/policy:organisation.toml"
    #expect(try door.ask("git-upload-pack 'team/app.git'").exit == 0)
    #expect(try door.server.repository.git("show", file).output.contains("people.dana"))
    let tip = try door.server.tip("refs/hookkit/policy")
    #expect(try door.ask("git-upload-pack 'team/app.git'").exit == 0)
    #expect(try door.server.tip("refs/hookkit/policy") == tip)
    try door.enrol(tables: "[people.nina]\nroles = [\"reviewer\"]\n")
    #expect(try door.ask("git-upload-pack 'team/app.git'", as: "people.nobody").exit == 1)
    #expect(try !door.server.repository.git("show", file).output.contains("nina"))
    let listed = try door.sandbox.run(
      ["git", "ls-remote", "ssh://git@server/team/app.git", "refs/hookkit/policy"],
      env: try door.environment(as: "people.dana"))
    #expect(try door.server.repository.git("show", file).output.contains("people.nina"))
    let now = try #require(try door.server.tip("refs/hookkit/policy"))
    #expect(listed.output.hasPrefix(now.hex), "\(listed)")
  }
}
