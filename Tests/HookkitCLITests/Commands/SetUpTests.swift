import Foundation
import HookkitCLI
import Primitives
import TestSupport
import Testing

/// Repositories and configurations that people have, whatever hookkit would like best.
@Suite("set-ups")
struct SetUpTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  private func server(
    rules: String = Roster.team, files: [String: TreeChange] = [:]
  ) throws -> GuardedServer {
    let server = try GuardedServer(
      in: sandbox, policy: { $0.policy(rules: rules) }, files: files, hooks: [],
      procReceiveRefs: [])
    return server
  }

  private func installed(_ server: GuardedServer) throws {
    let outcome = try sandbox.hookkit(
      "install", "--server", "--host", "local", server.repository.path)
    guard outcome.succeeded else { throw UnexpectedOutcome("an installation", outcome) }
  }

  @Test(
    "a repository that other accounts write to is not installed in",
    arguments: ["group", "true", "all", "0664"])
  func shared(_ value: String) throws {
    let server = try server()
    try server.repository.git("config", "core.sharedRepository", value)
    let outcome = try sandbox.hookkit("install", "--server", server.repository.path)
    #expect(outcome.exit == 1, "\(outcome)")
    #expect(outcome.errors.contains("core.sharedRepository = \(value)"), "\(outcome)")
    #expect(outcome.errors.contains("--unset"), "\(outcome)")
    try server.repository.git("config", "core.sharedRepository", "0640")
    try installed(server)
  }

  @Test("safe.bareRepository=explicit: a repository that is named is opened")
  func explicitBare() throws {
    let server = try server()
    try sandbox.git("config", "--global", "safe.bareRepository", "explicit")
    let path = server.repository.path
    try #require(try sandbox.run(["git", "-C", path, "rev-parse", "HEAD"]).exit != 0)
    try installed(server)
    #expect(try sandbox.hookkit("doctor", "--server", path).exit == 0)
    #expect(try sandbox.hookkit("doctor", "--server", "--probe", path).exit == 0)
    for command in [["status"], ["verify"], ["policy", "validate"], ["policy", "show"], ["log"]] {
      let bin = try Executables.installed(in: sandbox)
      let outcome = try sandbox.run(["\(bin)/hookkit", "-C", path] + command)
      #expect(outcome.exit == 0, "\(command) \(outcome)")
    }
    // What doctor says to do works as well.
    try server.repository.git("--git-dir=\(path)", "config", "receive.fsckObjects", "false")
    let ill = try sandbox.hookkit("doctor", "--server", path)
    #expect(ill.output.contains("git --git-dir=\(path) config"), "\(ill)")
    let fresh = try sandbox.bareRepository("fresh.git")
    let bin = try Executables.installed(in: sandbox)
    let made = try sandbox.run([
      "\(bin)/hookkit", "-C", fresh.path, "policy", "init", "--person", "dana", "--email",
      "dana@example.org", "--account", "dana", "--key",
      "\(try #require(server.roster[.dana].key).path).pub",
    ])
    #expect(made.exit == 0, "\(made)")
  }

  @Test("one that git has only come upon stays shut")
  func embeddedBare() throws {
    let server = try server()
    try sandbox.git("config", "--global", "safe.bareRepository", "explicit")
    let bin = try Executables.installed(in: sandbox)
    let outcome = try sandbox.run(["\(bin)/hookkit", "status"], in: server.repository.path)
    #expect(outcome.exit != 0, "\(outcome)")
    #expect(outcome.errors.contains("safe.bareRepository"), "\(outcome)")
  }

  @Test(
    "a relative core.hooksPath is another folder in each work tree, and doctor says which is empty")
  func relativeHooksPath() throws {
    let repository = try sandbox.repository("work")
    _ = try repository.commit("Start", ["a": "1"])
    try repository.git("config", "core.hooksPath", ".own-hooks")
    let linked = sandbox.path("linked")
    try repository.git("worktree", "add", "-q", linked, "-b", "linked")
    let first = try sandbox.hookkit("install", "--client", repository.path)
    try #require(first.succeeded, "\(first)")
    let ill = try sandbox.hookkit("doctor", repository.path)
    #expect(ill.exit == 1, "\(ill)")
    #expect(ill.output.contains("in \(linked) it is another folder, without pre-push"), "\(ill)")
    // In the linked one its own folder is looked at, and nothing is said to lead past the other.
    let inside = try sandbox.hookkit("doctor", linked)
    #expect(inside.exit == 1 && inside.output.contains("pre-push is missing"), "\(inside)")
    #expect(!inside.output.contains("leads git past"), "\(inside)")
    let second = try sandbox.hookkit("install", "--client", linked)
    try #require(second.succeeded, "\(second)")
    for path in [repository.path, linked] {
      let well = try sandbox.hookkit("doctor", path)
      #expect(well.exit == 0, "\(well)")
    }
    // Again in one of them, and both are still known.
    #expect(try sandbox.hookkit("install", "--client", repository.path).succeeded)
    let gone = try sandbox.hookkit("uninstall", linked)
    #expect(gone.exit == 0 && !gone.errors.contains("stays"), "\(gone)")
    for path in [repository.path, linked] {
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(path)/.own-hooks").isEmpty)
      let ill = try sandbox.hookkit("doctor", path)
      #expect(ill.exit == 1, "\(ill)")
    }
    #expect(!sandbox.exists("work/.git/hookkit/installed"))
  }

  @Test("a work tree that has gone takes its hooks with it, and uninstall says nothing of them")
  func goneWorkTree() throws {
    let repository = try sandbox.repository("work")
    _ = try repository.commit("Start", ["a": "1"])
    try repository.git("config", "core.hooksPath", ".own-hooks")
    let linked = sandbox.path("linked")
    try repository.git("worktree", "add", "-q", linked, "-b", "linked")
    for path in [repository.path, linked] {
      #expect(try sandbox.hookkit("install", "--client", path).succeeded)
    }
    try repository.git("worktree", "remove", "--force", linked)
    let well = try sandbox.hookkit("doctor", repository.path)
    #expect(well.exit == 0, "\(well)")
    let gone = try sandbox.hookkit("uninstall", repository.path)
    #expect(gone.exit == 0 && !gone.errors.contains("stays"), "\(gone)")
    #expect(!sandbox.exists("work/.git/hookkit/installed"))
  }

  @Test("another core.hooksPath takes the shims of every work tree along")
  func movedHooksPath() throws {
    let repository = try sandbox.repository("work")
    _ = try repository.commit("Start", ["a": "1"])
    try repository.git("config", "core.hooksPath", ".own-hooks")
    let linked = sandbox.path("linked")
    try repository.git("worktree", "add", "-q", linked, "-b", "linked")
    for path in [repository.path, linked] {
      #expect(try sandbox.hookkit("install", "--client", path).succeeded)
    }
    try repository.git("config", "--unset", "core.hooksPath")
    let ill = try sandbox.hookkit("doctor", linked)
    #expect(ill.exit == 1, "\(ill)")
    #expect(try sandbox.hookkit("install", "--client", linked).succeeded)
    for path in [repository.path, linked] {
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(path)/.own-hooks").isEmpty)
      let well = try sandbox.hookkit("doctor", path)
      #expect(well.exit == 0, "\(well)")
    }
  }

  @Test("a setting that stands in no file has a hint that can be run")
  func commandLine() throws {
    let server = try server()
    try installed(server)
    let outcome = try sandbox.hookkit(
      "doctor", "--server", server.repository.path,
      env: [
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath",
        "GIT_CONFIG_VALUE_0": "/dev/null",
      ])
    #expect(outcome.exit == 1, "\(outcome)")
    #expect(!outcome.output.contains("--file"), "\(outcome)")
    #expect(outcome.output.contains("--show-origin --get-all core.hookspath"), "\(outcome)")
  }

  @Test("a hold that is extended for too long is said to be, before anything is asked")
  func tooLong() throws {
    let repository = try sandbox.repository()
    let outcome = try sandbox.hookkit(
      "quarantine", "extend", "Q62K4", "--until", "367d", in: repository.path)
    #expect(outcome.exit == 2, "\(outcome)")
    #expect(outcome.errors.contains("at most 366 days"), "\(outcome)")
  }

  @Test("doctor says which owners nobody is, which file cannot be read, and that there is none")
  func owners() throws {
    let rules = Roster.team.replacing(
      "presence = \"none\"", with: "presence = \"none\", owners = true")
    for (file, exit, words) in [
      (nil, 0, "refs/heads/main: a rule asks owners, and there is no CODEOWNERS file"),
      ("* @DANA\n/a @nobody\n", 0, "refs/heads/main: CODEOWNERS, line 2: @nobody"),
      ("* @dana\n!a @dana\n", 1, "refs/heads/main: CODEOWNERS, line 2: the pattern"),
    ] as [(String?, Int32, String)] {
      let sandbox = try Sandbox()
      let server = try GuardedServer(
        in: sandbox, policy: { $0.policy(rules: rules) },
        files: file.map { ["CODEOWNERS": .text($0)] } ?? [:], hooks: [], procReceiveRefs: [])
      let made = try sandbox.hookkit(
        "install", "--server", "--host", "local", server.repository.path)
      try #require(made.succeeded, "\(made)")
      let outcome = try sandbox.hookkit("doctor", "--server", server.repository.path)
      #expect(outcome.exit == exit, "\(outcome)")
      #expect(outcome.output.contains(words), "\(outcome)")
    }
  }
}
