import Foundation
import Gate
import HookkitCLI
import TestSupport
import Testing

@Suite("uninstall")
struct UninstallTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  private func installed(_ repository: TestRepository) throws {
    let outcome = try sandbox.hookkit("install", repository.path)
    guard outcome.succeeded else { throw UnexpectedOutcome("an installation", outcome) }
  }

  @Test("on a server the hooks and settings go, and the records stay and are named")
  func server() throws {
    let server = try GuardedServer(in: sandbox, hooks: [], procReceiveRefs: [])
    try installed(server.repository)
    try expectSnapshot(
      sandbox.hookkit("uninstall", server.repository.path).description,
      named: "UninstallTests.server", in: sandbox)
    #expect(sandbox.exists("server.git/hookkit/policy.toml"))
    #expect(sandbox.exists("server.git/hookkit/server-key"))
    #expect(try server.tip("refs/hookkit/landings") != nil)
    // What the repository had before hookkit is not hookkit's to take.
    #expect(
      try server.repository.git("config", "--get-regexp", "^receive").lines
        == ["receive.advertisepushoptions true", "receive.denydeletecurrent ignore"])
  }

  @Test("a dry run says what would be done and changes nothing")
  func dryRun() throws {
    let repository = try sandbox.bareRepository()
    try repository.writeHook("pre-receive", "#!/bin/sh\n")
    try installed(repository)
    let before = try FileTree(repository.path)
    try expectSnapshot(
      sandbox.hookkit("uninstall", "--dry-run", repository.path).description,
      named: "UninstallTests.dry-run", in: sandbox)
    #expect(try FileTree(repository.path) == before)
  }

  @Test("on a client everything is as it was, byte for byte", arguments: [0o755, 0o700, 0o644])
  func client(_ mode: Int) throws {
    let repository = try sandbox.repository()
    try repository.writeHook("pre-push", "#!/bin/sh\n# caf\u{e9}\nexit 0")
    try sandbox.chmod("work/.git/hooks/pre-push", mode)
    let before = try FileTree(sandbox.path("work"))
    try installed(repository)
    #expect(try FileTree(sandbox.path("work")) != before)
    #expect(try sandbox.hookkit("uninstall", repository.path).succeeded)
    #expect(try FileTree(sandbox.path("work")) == before)
  }

  @Test("an earlier hook that was a link is that link again")
  func link() throws {
    let repository = try sandbox.bareRepository()
    try sandbox.write("#!/bin/sh\n", to: "gitolite/update", mode: 0o755)
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/hooks/pre-receive", withDestinationPath: "../../gitolite/update")
    let before = try FileTree("\(repository.path)/hooks")
    try installed(repository)
    #expect(try sandbox.hookkit("uninstall", repository.path).succeeded)
    #expect(try FileTree("\(repository.path)/hooks") == before)
    #expect(try sandbox.text("gitolite/update") == "#!/bin/sh\n")
  }

  @Test("settings that had other values get them back, each one")
  func settings() throws {
    let repository = try sandbox.bareRepository()
    try repository.git("config", "--add", "receive.fsckObjects", "false")
    try repository.git("config", "--add", "receive.fsckObjects", "no")
    try repository.git("config", "--add", "receive.procReceiveRefs", "refs/for")
    try repository.git("config", "receive.shallowUpdate", "false")
    func settings() throws -> [String] {
      try repository.git("config", "--local", "--list").lines.sorted()
    }
    let before = try settings()
    try installed(repository)
    #expect(try repository.git("config", "--type=bool", "receive.fsckObjects").value == "true")
    #expect(
      try repository.git("config", "--get-all", "receive.procReceiveRefs").lines
        == ["refs/for", "refs"])
    #expect(try sandbox.hookkit("uninstall", repository.path).succeeded)
    #expect(try settings() == before)
  }

  @Test("a setting that somebody has changed since stays, and is named")
  func changedSetting() throws {
    let repository = try sandbox.bareRepository()
    try installed(repository)
    try repository.git("config", "receive.fsckObjects", "false")
    let outcome = try sandbox.hookkit("uninstall", repository.path)
    #expect(outcome.succeeded)
    #expect(
      outcome.errors == "warning: receive.fsckObjects is not as hookkit left it, and stays\n")
    #expect(try repository.git("config", "receive.fsckObjects").value == "false")
  }

  @Test("a shim that somebody has changed stays, and is named")
  func changedShim() throws {
    let repository = try sandbox.repository()
    try installed(repository)
    try repository.writeHook("pre-push", "#!/bin/sh\n# mine now\n")
    let outcome = try sandbox.hookkit("uninstall", repository.path)
    #expect(
      outcome.errors == "warning: .git/hooks/pre-push is not as hookkit left it, and stays\n")
    #expect(try sandbox.text("work/.git/hooks/pre-push") == "#!/bin/sh\n# mine now\n")
    #expect(!sandbox.exists("work/.git/hooks/commit-msg"))
  }

  @Test("shims in a shared folder stay until that is asked for: they guard other repositories")
  func sharedFolder() throws {
    let repository = try sandbox.repository()
    try sandbox.git("config", "--global", "core.hooksPath", sandbox.makeFolder("shared"))
    #expect(try sandbox.hookkit("install", "--global", repository.path).succeeded)
    try expectSnapshot(
      sandbox.hookkit("uninstall", repository.path).description,
      named: "UninstallTests.shared-folder", in: sandbox)
    #expect(sandbox.exists("shared/pre-push"))
  }

  @Test("without the manifest the shims are known by their text")
  func lostManifest() throws {
    let repository = try sandbox.bareRepository()
    try installed(repository)
    try FileManager.default.removeItem(atPath: "\(repository.path)/hookkit/installed")
    #expect(try sandbox.hookkit("uninstall", repository.path).succeeded)
    for hook in InstallSite.Role.server.hooks(on: .ssh) {
      #expect(!sandbox.exists("server.git/hooks/\(hook.rawValue)"))
    }
  }

  @Test("a manifest that cannot be read stops the removal before anything is changed")
  func brokenManifest() throws {
    let repository = try sandbox.bareRepository()
    try installed(repository)
    try sandbox.write("{}", to: "server.git/hookkit/installed")
    let before = try FileTree(repository.path)
    let outcome = try sandbox.hookkit("uninstall", repository.path)
    #expect(outcome.exit == 3)
    #expect(outcome.errors.contains("hookkit/installed is not what hookkit writes there"))
    #expect(try FileTree(repository.path) == before)
  }

  @Test("where nothing is installed there is nothing to remove")
  func nothing() throws {
    let repository = try sandbox.repository()
    let outcome = try sandbox.hookkit("uninstall", repository.path)
    #expect(outcome.exit == 1)
    #expect(outcome.errors == "error: hookkit is not installed in \(repository.path)\n")
  }

  @Test("after it a push goes through as before the installation")
  func pushes() throws {
    let server = try GuardedServer(in: sandbox, hooks: [], procReceiveRefs: [])
    try installed(server.repository)
    let commit = try server.work.commit("By Claude", author: TestPerson("Claude"))
    #expect(try server.push(as: .codex, "\(commit):refs/heads/main").exit == 1)
    #expect(try sandbox.hookkit("uninstall", server.repository.path).succeeded)
    #expect(try server.push(as: .codex, "\(commit):refs/heads/main").succeeded)
  }
}
