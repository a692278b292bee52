import Foundation
import TestSupport
import Testing

/// The managers' own files that name hookkit, as `templates/clients` and `.pre-commit-hooks.yaml` have
/// them, in real pushes by the real managers.
@Suite("files of hook managers")
struct HookManagerFilesTests {
  let server: GuardedServer
  let clone: TestRepository
  let root: String

  private var sandbox: Sandbox { server.sandbox }

  /// A clone that knows the server's policy, with an agent's commit that main must not get.
  init() throws {
    server = try GuardedServer()
    root = String(
      #filePath[..<(try #require(#filePath.range(of: "/Tests/EndToEndTests/"))).lowerBound])
    let bin = try Executables.installed(in: server.sandbox)
    let path = server.sandbox.environment["PATH"] ?? ""
    server.sandbox.setEnvironment("PATH", "\(bin):\(HookManager.folder):\(path)")
    // The first push makes the server record its policy.
    try server.work.commit("First", ["first": "1"], author: server.roster[.dana])
    try server.pushed(as: .dana, "main")
    clone = try server.clone(of: .codex)
    try clone.git(
      "fetch", "--quiet", "origin", "+refs/hookkit/*:refs/hookkit/remotes/origin/*")
    try clone.commit("Work", ["work": "1"], author: server.roster[.codex])
  }

  private func template(_ name: String) throws -> String {
    String(
      decoding: try #require(FileManager.default.contents(atPath: "\(root)/\(name)")),
      as: UTF8.self)
  }

  /// Pushes to main and to a branch of nobody's.
  private func expectAdvice(_ word: String) throws {
    let env = server.environment(as: .codex)
    let push = try sandbox.run(["git", "push", "origin", "main"], in: clone.path, env: env)
    let said = push.output + push.errors
    #expect(said.contains("warning: HK101 refs/heads/main needs a human review"), "\(push)")
    #expect(push.errors.contains("remote: error: HK101"))
    let other = try sandbox.run(
      ["git", "push", "origin", "main:refs/heads/agent/codex/\(word)"], in: clone.path, env: env)
    #expect(other.succeeded && !(other.output + other.errors).contains("HK101"), "\(other)")
  }

  /// `install` leaves pre-push to the manager, and doctor finds that it runs.
  private func expectLeft(to file: String, hooks: [String] = ["pre-push"]) throws {
    let outcome = try sandbox.hookkit("install", clone.path)
    #expect(outcome.succeeded, "\(outcome)")
    for hook in hooks {
      #expect(outcome.output.contains("\(hook) to \(file), which runs hookkit\n"), "\(outcome)")
    }
    let doctor = try sandbox.hookkit("doctor", clone.path)
    #expect(doctor.exit == 0, "\(doctor)")
    try expectAdvice("after")
  }

  @Test("lefthook runs hookkit by its snippet")
  func lefthook() throws {
    try clone.writeFile("lefthook.yml", template("templates/clients/lefthook.yml"))
    #expect(try sandbox.run(["lefthook", "install"], in: clone.path).succeeded)
    try expectAdvice("before")
    try expectLeft(
      to: "lefthook.yml", hooks: ["pre-push", "prepare-commit-msg", "commit-msg"])
    try clone.git("commit", "-q", "--allow-empty", "-m", "Own", env: ["CLAUDECODE": "1"])
    let message = try clone.git("log", "-1", "--format=%B").output
    #expect(message == "Own\n\nAssisted-by: Claude Code\n\n")
  }

  @Test("husky runs hookkit by its line")
  func husky() throws {
    try clone.writeFile(".husky/pre-push", template("templates/clients/husky-pre-push"))
    try HookManager.husky.install(in: clone, sandbox)
    try expectAdvice("before")
    try expectLeft(to: ".husky/pre-push")
  }

  @Test("pre-commit and prek run hookkit by the snippet", arguments: ["pre-commit", "prek"])
  func preCommit(_ manager: String) throws {
    try clone.writeFile(
      ".pre-commit-config.yaml", template("templates/clients/pre-commit-config.yaml"))
    let installed = try sandbox.run(
      [manager, "install", "-t", "pre-push", "-t", "commit-msg"], in: clone.path)
    #expect(installed.succeeded)
    try expectAdvice("before")
    try clone.git("commit", "-q", "--allow-empty", "-m", "Own", env: ["CLAUDECODE": "1"])
    let message = try clone.git("log", "-1", "--format=%B").output
    #expect(message == "Own\n\nAssisted-by: Claude Code\n\n")
    if manager == "pre-commit" {
      try expectLeft(to: ".pre-commit-config.yaml", hooks: ["pre-push", "commit-msg"])
    }
  }

  @Test(
    "pre-commit and prek take every hook from the repository itself",
    arguments: ["pre-commit", "prek"])
  func repository(_ manager: String) throws {
    let hooks = try sandbox.repository("hookkit")
    try hooks.commit(
      "Hooks", [".pre-commit-hooks.yaml": .text(try template(".pre-commit-hooks.yaml"))])
    try hooks.git("tag", "v1")
    let ids = ["pre-push", "pre-commit", "prepare-commit-msg", "commit-msg"]
    try clone.writeFile(
      ".pre-commit-config.yaml",
      "repos:\n- repo: \(hooks.path)\n  rev: v1\n  hooks:\n"
        + ids.map { "  - id: hookkit-\($0)\n" }.joined())
    let installed = try sandbox.run(
      [manager, "install"] + ids.flatMap { ["-t", $0] }, in: clone.path)
    #expect(installed.succeeded)
    try expectAdvice("here")
    try clone.writeFile("Cargo.lock", "<<<<<<< a\n")
    try clone.git("add", "Cargo.lock")
    let commit = try clone.git("commit", "-m", "Own", env: ["CLAUDECODE": "1"])
    #expect((commit.output + commit.errors).contains("HK232 Cargo.lock line 1: a conflict marker"))
    let message = try clone.git("log", "-1", "--format=%B").output
    #expect(message == "Own\n\nAssisted-by: Claude Code\n\n")
  }
}
