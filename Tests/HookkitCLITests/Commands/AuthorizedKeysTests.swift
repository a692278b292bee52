import Primitives
import TestSupport
import Testing

@Suite("hookkit authorized-keys")
struct AuthorizedKeysTests {
  let sandbox: Sandbox
  let roster: Roster
  let bin: String

  init() throws {
    sandbox = try Sandbox()
    roster = try Roster(in: sandbox)
    bin = try Executables.installed(in: sandbox)
    try sandbox.write(roster.policy(), to: "policy.toml")
  }

  private func ask(
    _ key: String, user: String = "git", options: [String] = ["--policy", "policy.toml"],
    env: [String: String] = [:]
  ) throws -> Outcome {
    // sshd hands over the type and the base64 of the key, never a comment.
    let words = key.split(separator: " ").prefix(2).map(String.init)
    return try sandbox.run(
      ["\(bin)/hookkit", "authorized-keys"] + options + [user] + words, env: env)
  }

  private func key(_ actor: Actor) -> String { roster[actor].key?.publicLine ?? "" }

  private func expectNothing(
    _ outcome: Outcome, exit: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.exit == exit, "\(outcome)", sourceLocation: sourceLocation)
    #expect(outcome.stdout.isEmpty, "\(outcome)", sourceLocation: sourceLocation)
    #expect(outcome.stderr.isEmpty == (exit == 0), "\(outcome)", sourceLocation: sourceLocation)
  }

  @Test("an enrolled key gives one line, which binds it to hookkit-shell under its holder's name")
  func enrolled() throws {
    for (actor, name) in [
      (Actor.codex, "agents.codex"), (.dana, "people.dana"), (.ci, "services.ci"),
    ] {
      let outcome = try ask(key(actor), options: ["--policy", "policy.toml", "--root", "/srv/x"])
      let line = key(actor).split(separator: " ").prefix(2).joined(separator: " ")
      let print = roster[actor].key?.fingerprint ?? ""
      #expect(
        outcome.output
          == "restrict,command=\"\(bin)/hookkit-shell --root /srv/x --key \(print) \(name)\" \(line)\n"
      )
      #expect(outcome.exit == 0 && outcome.stderr.isEmpty)
      // sshd's own reader finds the key behind the options.
      let path = try sandbox.write(outcome.output, to: "line")
      #expect(try sandbox.run(["ssh-keygen", "-l", "-f", path]).output.contains(print))
    }
  }

  @Test("a FIDO key is served as it is enrolled, so that sshd asks for the touch")
  func securityKey() throws {
    let line = try roster.securityKey(of: .dana).authorizedKeyText
    let outcome = try ask(line)
    #expect(outcome.output.hasSuffix("people.dana\" \(line)\n"))
    #expect(!outcome.output.contains("no-touch-required"))
  }

  @Test("any other key, and any other account, gives nothing and no error")
  func others() throws {
    let codex = key(.codex)
    expectNothing(try ask(key(.stranger)))
    expectNothing(try ask(codex, user: "root"))
    expectNothing(try ask(codex, user: "Git"))
    expectNothing(
      try ask(codex, user: "git", options: ["--policy", "policy.toml", "--account", "x"]))
    let blob = codex.split(separator: " ")[1]
    for type in ["ssh-rsa", "ssh-ed25519-cert-v01@openssh.com", "x", "restrict,ssh-ed25519"] {
      expectNothing(try ask("\(type) \(blob)"))
    }
    for text in ["x", "AAAA", String(blob.dropLast(4)), "\(blob)AAAA", "\(blob)\nssh-ed25519"] {
      expectNothing(try ask("ssh-ed25519 \(text)"))
    }
  }

  @Test("whoever's time is over, and a revoked key, gets nothing")
  func ended() throws {
    for end in [#"expires = "2020-01-01""#, "revoked = true"] {
      try sandbox.write(
        roster.policy(adding: [.codex: end, .dana: end, .ci: end]), to: "policy.toml")
      for actor in [Actor.codex, .dana, .ci] { expectNothing(try ask(key(actor))) }
    }
    let print = roster[.codex].key?.fingerprint ?? ""
    try sandbox.write(roster.policy(top: "revoked-keys = [\"\(print)\"]"), to: "policy.toml")
    expectNothing(try ask(key(.codex)))
    #expect(try ask(key(.dana)).output.contains("people.dana"))
  }

  @Test("several policies may enrol, but no key for two")
  func several() throws {
    let own = "version = 1\nserial = 1\n[agents.extra]\nsponsor = \"dana\"\n"
    let options = ["--policy", "policy.toml", "--policy", "more.toml"]
    try sandbox.write(own + "keys = [\"\(key(.stranger))\"]\n", to: "more.toml")
    #expect(try ask(key(.stranger), options: options).output.contains(" agents.extra\" "))
    #expect(try ask(key(.codex), options: options).output.contains(" agents.codex\" "))
    try sandbox.write(own + "keys = [\"\(key(.codex))\"]\n", to: "more.toml")
    expectNothing(try ask(key(.codex), options: options), exit: 3)
  }

  @Test("a policy that cannot be read gives nothing, and says why to who asks by hand")
  func unreadable() throws {
    for text in ["", "version = 2\nserial = 1\n", "version = 1\nserial = 1\nsurprise = 1\n"] {
      try sandbox.write(text, to: "policy.toml")
      expectNothing(try ask(key(.codex)), exit: 3)
    }
    expectNothing(try ask(key(.codex), options: ["--policy", "gone.toml"]), exit: 3)
    try sandbox.write(roster.policy(), to: "real.toml")
    #expect(try sandbox.run(["ln", "-sf", "real.toml", "policy.toml"]).succeeded)
    expectNothing(try ask(key(.codex)), exit: 3)
  }

  @Test("no variable names a policy")
  func environment() throws {
    let outcome = try ask(
      key(.codex), options: [], env: ["HOOKKIT_POLICY": sandbox.path("policy.toml")])
    #expect(outcome.stdout.isEmpty)
  }

  @Test(
    "a root that sshd or a shell could read as something else is refused",
    arguments: ["srv", "/srv\" x", "/srv\\", "/srv'x", "/srv\nx", ""])
  func roots(_ root: String) throws {
    let options = ["--policy", "policy.toml", "--root", root]
    expectNothing(try ask(key(.codex), options: options), exit: 2)
  }

  @Test("a root with a space or a dollar sign reaches hookkit-shell as it is")
  func quotedRoot() throws {
    let root = "/srv/a $b; c"
    let outcome = try ask(key(.codex), options: ["--policy", "policy.toml", "--root", root])
    #expect(outcome.output.contains("hookkit-shell --root '\(root)' --key "))
  }
}
