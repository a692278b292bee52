import Foundation
import TestSupport
import Testing

/// A git that runs hooks which its configuration names, if the tests are given one.
enum NewerGit {
  /// The folder of the program that `HOOKKIT_TEST_GIT` names.
  static let folder: String? = {
    guard let path = ProcessInfo.processInfo.environment["HOOKKIT_TEST_GIT"], !path.isEmpty else {
      return nil
    }
    return URL(fileURLWithPath: path).deletingLastPathComponent().path
  }()

  static let missing: Comment = "HOOKKIT_TEST_GIT names no git of 2.54 or later"
}

/// Hooks of a clone that stand in git's configuration (git 2.54), with a git that is given by its path.
@Suite("Hooks in git's configuration", .enabled(if: NewerGit.folder != nil, NewerGit.missing))
struct ConfiguredHooksTests {
  private static let agent = ["CLAUDECODE": "1"]

  let sandbox: Sandbox
  let repository: TestRepository
  private let older: String
  private let bin: String

  init() throws {
    sandbox = try Sandbox()
    older = sandbox.environment["PATH"] ?? ""
    sandbox.setEnvironment("PATH", "\(try #require(NewerGit.folder)):\(older)")
    bin = try Executables.installed(in: sandbox)
    repository = try sandbox.repository("work")
    _ = try sandbox.bareRepository("server")
    try repository.git("remote", "add", "origin", sandbox.path("server"))
    // What is older is refused here, instead of passing for what is newer.
    let version = try sandbox.git("version").output
    let numbers = version.split { !$0.isNumber }.compactMap { Int($0) }
    try #require(numbers.count >= 2 && (numbers[0], numbers[1]) >= (2, 54), "\(version)")
  }

  private func hookkit(_ words: String..., env: [String: String] = [:]) throws -> Outcome {
    try sandbox.run(["\(bin)/hookkit"] + words, in: repository.path, env: env)
  }

  private func message() throws -> String {
    try repository.git("log", "-1", "--format=%B").output
  }

  private func commit() throws -> Outcome {
    try repository.attempt("commit", "-q", "--allow-empty", "-m", "Work", env: Self.agent)
  }

  @Test("install writes nothing to the hooks folder, the hooks run, and uninstall leaves each byte")
  func exact() throws {
    let before = try sandbox.text("work/.git/config")
    let hooks = try FileTree(repository.path + "/.git/hooks")
    let installed = try hookkit("install")
    #expect(installed.succeeded, "\(installed)")
    #expect(try FileTree(repository.path + "/.git/hooks") == hooks)
    #expect(try repository.git("config", "hook.hookkit-pre-push.event").value == "pre-push")
    #expect(try commit().succeeded)
    #expect(try message() == "Work\n\nAssisted-by: Claude Code\n\n")
    let doctor = try hookkit("doctor")
    #expect(doctor.succeeded, "\(doctor)")
    #expect(
      doctor.output.contains("hooks that run: pre-push, prepare-commit-msg, commit-msg"),
      "\(doctor)")
    #expect(try hookkit("install").errors.hasPrefix("nothing to do"))
    let gone = try hookkit("uninstall")
    #expect(gone.succeeded, "\(gone)")
    #expect(try sandbox.text("work/.git/config") == before)
    #expect(try FileTree(repository.path + "/.git/hooks") == hooks)
    #expect(!sandbox.exists("work/.git/hookkit"))
  }

  @Test("another executable takes the place of the first, and uninstall still leaves nothing")
  func moved() throws {
    let before = try sandbox.text("work/.git/config")
    #expect(try hookkit("install").succeeded)
    #expect(try sandbox.run(["cp", "-a", "bin", "new bin's"]).succeeded)
    let again = try sandbox.run(
      [sandbox.path("new bin's/hookkit"), "install"], in: repository.path)
    #expect(again.succeeded, "\(again)")
    let command = try repository.git("config", "--get-all", "hook.hookkit-pre-push.command").lines
    #expect(command.count == 1 && command[0].contains("new bin"), "\(command)")
    #expect(try commit().succeeded)
    #expect(try message().contains("Assisted-by"))
    #expect(try hookkit("uninstall").succeeded)
    #expect(try sandbox.text("work/.git/config") == before)
  }

  @Test("what other people's hooks folder has goes on running, wherever core.hooksPath leads")
  func beside() throws {
    try sandbox.write(
      "#!/bin/sh\ncat >>'\(sandbox.path("ran"))'\n", to: "elsewhere/pre-push", mode: 0o755)
    try repository.git("config", "core.hooksPath", sandbox.path("elsewhere"))
    let installed = try hookkit("install")
    #expect(installed.succeeded, "\(installed)")
    sandbox.setEnvironment("HOOKKIT_TRACE", sandbox.path("trace"))
    #expect(try commit().succeeded)
    try repository.git("push", "-q", "origin", "HEAD:refs/heads/x")
    #expect(try sandbox.text("ran").contains("refs/heads/x"))
    #expect(try sandbox.text("trace").contains("pre-push: exit 0"))
    #expect(try hookkit("doctor").succeeded)
    #expect(sandbox.exists("elsewhere/pre-push"))
  }

  @Test(
    "a hook manager installed before or after takes nothing's place",
    arguments: [HookManager.lefthook, .husky, .overcommit, .preCommit, .prek])
  func managers(_ manager: HookManager) throws {
    for isFirst in [true, false] {
      let scene = try ManagerScene(manager)
      scene.sandbox.setEnvironment(
        "PATH", "\(try #require(NewerGit.folder)):\(scene.sandbox.environment["PATH"] ?? "")")
      if isFirst { try manager.install(in: scene.repository, scene.sandbox) }
      #expect(try scene.install().succeeded)
      if !isFirst { try manager.install(in: scene.repository, scene.sandbox) }
      let doctor = try scene.sandbox.hookkit("doctor", scene.repository.path)
      #expect(doctor.succeeded && !doctor.output.contains("may write over"), "\(doctor)")
      let (others, own) = try scene.ran()
      #expect(Set(own) == ["prepare-commit-msg", "commit-msg", "pre-push"])
      for hook in manager.hooks { #expect(others.contains("\(manager.rawValue) \(hook)")) }
      #expect(try scene.sandbox.hookkit("uninstall", scene.repository.path).succeeded)
      #expect(try FileTree.differences(scene.state(), ManagerScene.withoutHookkit(manager)) == [])
    }
  }

  @Test(
    "a git that is older is told to doctor, and each git's install takes the place of the other's")
  func bothWays() throws {
    try repository.writeHook("pre-push", "#!/bin/sh\nexit 0\n")
    let before = (
      try FileTree(repository.path + "/.git/hooks"), try sandbox.text("work/.git/config")
    )
    let old = ["PATH": older]
    #expect(try hookkit("install", env: old).succeeded)
    #expect(sandbox.exists("work/.git/hooks/pre-push.before-hookkit"))
    // The shims run under the newer git as well.
    #expect(try hookkit("doctor").succeeded)
    let changed = try hookkit("install")
    #expect(changed.succeeded, "\(changed)")
    #expect(try FileTree(repository.path + "/.git/hooks") == before.0)
    #expect(try hookkit("doctor").succeeded)
    let doctor = try hookkit("doctor", env: old)
    #expect(doctor.exit == 1, "\(doctor)")
    #expect(
      doctor.output.contains("does not run what hook.hookkit-pre-push.command names"), "\(doctor)")
    #expect(doctor.output.contains("hookkit install --client"), "\(doctor)")
    #expect(try hookkit("install", env: old).succeeded)
    #expect(sandbox.exists("work/.git/hooks/pre-push.before-hookkit"))
    #expect(try !sandbox.text("work/.git/config").contains("hookkit-pre-push"))
    #expect(try hookkit("uninstall").succeeded)
    #expect(try FileTree(repository.path + "/.git/hooks") == before.0)
    #expect(try sandbox.text("work/.git/config") == before.1)
  }

  enum Fault: String, CaseIterable {
    case disabled, eventGone, commandChanged, commandGone, executableGone
  }

  @Test(
    "doctor names what keeps a configured hook from running, and install mends it",
    arguments: Fault.allCases)
  func faults(_ fault: Fault) throws {
    #expect(try hookkit("install").succeeded)
    let name = "hook.hookkit-commit-msg"
    switch fault {
    case .disabled: try repository.git("config", "\(name).enabled", "false")
    case .eventGone: try repository.git("config", "--add", "\(name).event", "")
    case .commandChanged: try repository.git("config", "\(name).command", "true")
    case .commandGone: try repository.git("config", "--unset", "\(name).command")
    case .executableGone: #expect(try sandbox.run(["rm", "bin/hookkit-commit-msg"]).succeeded)
    }
    let doctor = try hookkit("doctor")
    #expect(doctor.exit == 1, "\(doctor)")
    #expect(doctor.output.contains(name), "\(doctor)")
    switch fault {
    case .executableGone:
      let refused = try commit()
      #expect(!refused.succeeded && refused.errors.contains("HK990"), "\(refused)")
      _ = try Executables.installed(in: sandbox)
    case .disabled: try repository.git("config", "--unset", "\(name).enabled")
    case .eventGone, .commandChanged, .commandGone:
      let installed = try hookkit("install")
      #expect(installed.succeeded, "\(installed)")
    }
    let well = try hookkit("doctor")
    #expect(well.succeeded, "\(well)")
  }

  @Test(
    "a hook of the user's that refuses names which it does not know stops none of hookkit's own moves"
  )
  func ownMoves() throws {
    let server = try GuardedServer(in: sandbox)
    try server.pushed(as: .dana, "\(try server.persons("mine")):main")
    let clone = try server.clone(of: .frank)
    try clone.git("config", "hook.guard.event", "reference-transaction")
    try clone.git("config", "hook.guard.command", "cat >>'\(sandbox.path("judged"))'; exit 1")
    #expect(try !clone.attempt("update-ref", "refs/heads/x", "HEAD").succeeded)
    #expect(try sandbox.run(["rm", "judged"]).succeeded)
    let fetched = try sandbox.run(["\(bin)/hookkit", "fetch"], in: clone.path)
    #expect(fetched.succeeded, "\(fetched)")
    let inbox = try sandbox.run(["\(bin)/hookkit", "review"], in: clone.path)
    #expect(inbox.succeeded, "\(inbox)")
    #expect(!sandbox.exists("judged"))
  }
}
