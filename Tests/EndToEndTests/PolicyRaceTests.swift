import Foundation
import TestSupport
import Testing

/// Two who change a policy at once, and one who is stopped while doing it.
@Suite("Policies that several change")
struct PolicyRaceTests {
  let server: GuardedServer
  var sandbox: Sandbox { server.sandbox }
  private var policy: String { "server.git/hookkit/policy.toml" }

  init() throws {
    server = try GuardedServer()
  }

  private func key(_ name: String) throws -> String {
    try sandbox.key(name).publicPath
  }

  private func editor(_ script: String) throws -> [String: String] {
    ["GIT_EDITOR": try sandbox.write("#!/bin/sh\n\(script)\n", to: "editor", mode: 0o755)]
  }

  private func add(_ name: String) throws -> Outcome {
    let bin = try Executables.installed(in: sandbox)
    return try sandbox.run([
      "\(bin)/hookkit", "-C", server.repository.path, "policy", "add", "person", name, "--email",
      "\(name)@people.example", "--account", name, "--key", try key(name),
    ])
  }

  @Test("an edit of what somebody else has changed meanwhile is not written over it, and not lost")
  func edit() throws {
    let bin = try Executables.installed(in: sandbox)
    let added = try key("gil")
    let env = try editor(
      """
      '\(bin)/hookkit' -C '\(server.repository.path)' policy add person gil --email gil@people.example \
        --account gil --key '\(added)' >&2 || exit 9
      printf '# mine\\n' >>"$1"
      """)
    let outcome = try sandbox.hookkit("policy", "edit", in: server.repository.path, env: env)
    #expect(outcome.exit == 1, "\(outcome)")
    #expect(
      outcome.errors.contains("has been changed meanwhile; nothing was written"), "\(outcome)")
    let text = try sandbox.text(policy)
    #expect(text.contains("[people.gil]") && !text.contains("# mine"))
    let kept = try #require(outcome.errors.firstMatch(of: /kept in (\S+)/)?.1, "\(outcome)")
    #expect(try String(contentsOfFile: String(kept), encoding: .utf8).hasSuffix("# mine\n"))
  }

  @Test("of many at once each is in the policy or is told, and no serial is given twice")
  func many() async throws {
    let names = (0..<6).map { "person-\($0)" }
    for name in names { _ = try key(name) }
    let bin = try Executables.installed(in: sandbox)
    let commands = names.map { name in
      "'\(bin)/hookkit' -C '\(server.repository.path)' policy add person \(name) --email "
        + "\(name)@people.example --account \(name) --key '\(sandbox.path("keys/\(name).pub"))' "
        + ">\(name).out 2>&1 && echo 0 >\(name).exit || echo 1 >\(name).exit"
    }
    try sandbox.shell(commands.map { "{ \($0); } &" }.joined(separator: "\n") + "\nwait")
    let text = try sandbox.text(policy)
    var landed = 0
    for name in names {
      let exit = try sandbox.text("\(name).exit").trimmingCharacters(in: .newlines)
      #expect(text.contains("[people.\(name)]") == (exit == "0"), "\(name): \(exit)")
      if exit == "0" {
        landed += 1
      } else {
        #expect(try sandbox.text("\(name).out").contains("has been changed meanwhile"))
      }
    }
    #expect(landed > 0)
    #expect(text.contains("serial = \(1 + landed)\n"))
    #expect(try sandbox.hookkit("policy", "validate", in: server.repository.path).succeeded)
  }

  @Test("an edit that is killed leaves the policy as it was, and the next one works")
  func killed() throws {
    let before = try sandbox.text(policy)
    // The editor's parent is the shell that git's command runs in, and hookkit is the one above it.
    let env = try editor(
      """
      printf 'half' >"$1"
      kill -9 $(cut -d ' ' -f 4 /proc/$PPID/stat) $PPID
      """)
    let outcome = try sandbox.hookkit("policy", "edit", in: server.repository.path, env: env)
    #expect(!outcome.succeeded, "\(outcome)")
    #expect(try sandbox.text(policy) == before)
    let next = try add("gil")
    #expect(next.succeeded, "\(next)")
  }

  @Test("doctor and validate say whose sponsor has ended, and no more once there is another")
  func sponsor() throws {
    let well = try sandbox.hookkit("policy", "validate", in: server.repository.path)
    #expect(!well.output.contains("sponsor"), "\(well)")
    let bin = try Executables.installed(in: sandbox)
    let revoked = try sandbox.run([
      "\(bin)/hookkit", "-C", server.repository.path, "policy", "revoke", "erin",
    ])
    #expect(revoked.succeeded, "\(revoked)")
    for words in [["policy", "validate"], ["doctor", "--server", "."]] {
      let outcome = try sandbox.run(["\(bin)/hookkit"] + words, in: server.repository.path)
      #expect(
        outcome.output.contains("the enrolment of its sponsor erin has ended"), "\(outcome)")
    }
    try sandbox.write(
      try sandbox.text(policy).replacing("sponsor = \"erin\"", with: "sponsor = \"frank\""),
      to: policy, mode: 0o600)
    for words in [["policy", "validate"], ["doctor", "--server", "."]] {
      let outcome = try sandbox.run(["\(bin)/hookkit"] + words, in: server.repository.path)
      #expect(!outcome.output.contains("its sponsor"), "\(outcome)")
    }
  }
}
