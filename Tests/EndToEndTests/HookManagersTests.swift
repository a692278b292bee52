import Foundation
import Primitives
import TestSupport
import Testing

/// A clone with a hook manager and hookkit, and a note of every hook that ran.
struct ManagerScene {
  let sandbox: Sandbox
  let repository: TestRepository
  let manager: HookManager

  init(_ manager: HookManager, earlier: Bool = false) throws {
    sandbox = try Sandbox()
    self.manager = manager
    let path = sandbox.environment["PATH"] ?? ""
    sandbox.setEnvironment("PATH", "\(try Executables.installed(in: sandbox)):\(path)")
    sandbox.setEnvironment("MARKS", sandbox.path("marks"))
    sandbox.setEnvironment("HOOKKIT_TRACE", sandbox.path("trace"))
    _ = try sandbox.bareRepository("server")
    repository = try sandbox.repository("work")
    try repository.git("remote", "add", "origin", sandbox.path("server"))
    try manager.configure(repository)
    if earlier {
      for hook in ["commit-msg", "pre-push"] {
        try repository.writeHook(hook, "#!/bin/sh\necho earlier \(hook) >>\"$MARKS\"\n")
      }
    }
  }

  func install() throws -> Outcome { try sandbox.hookkit("install", repository.path) }

  /// Everything about hooks in the repository: their folders, and where git looks for them.
  func state() throws -> [FileTree] {
    let folders = [".git/hooks", ".husky"].filter { sandbox.exists("work/\($0)") }
    let config = Self.steady(try sandbox.text("work/.git/config"))
    let copy = try sandbox.makeFolder("config-copy")
    try sandbox.write(
      config.replacingOccurrences(of: sandbox.root, with: "<sandbox>"), to: "config-copy/config")
    return try folders.map { try FileTree("\(repository.path)/\($0)") }
      + [try FileTree(copy)]
  }

  /// A configuration without what git-lfs notes there, at times, of a server that it has met, and with
  /// each section's lines sorted: git-lfs writes its own in any order.
  private static func steady(_ config: String) -> String {
    var sections: [[Substring]] = []
    for line in config.split(separator: "\n") {
      if line.hasPrefix("[") { sections.append([]) }
      sections[sections.count - 1].append(line)
    }
    return sections.filter { $0.first?.hasPrefix("[lfs") == false }
      .flatMap { $0.prefix(1) + $0.dropFirst().sorted() }
      .joined(separator: "\n")
  }

  /// Commits and pushes for real.
  ///
  /// - Returns: the notes of the manager's and the earlier hooks, and the hooks of hookkit that ran.
  func ran() throws -> (others: [String], own: [String]) {
    for file in ["marks", "trace"] { try sandbox.write("", to: file) }
    let name = UUID().uuidString
    try repository.writeFile("file", name)
    try repository.git("add", "file")
    try repository.git("commit", "-q", "-m", "Work")
    try repository.git("push", "-q", "origin", "HEAD:refs/heads/\(name)")
    let own = try sandbox.text("trace").split(separator: "\n").compactMap { line in
      line.hasSuffix(": exit 0") ? String(line.split(separator: " ")[3].dropLast()) : nil
    }
    return (try sandbox.text("marks").split(separator: "\n").map(String.init), own)
  }

  /// What the manager alone makes of such a repository.
  static func withoutHookkit(
    _ manager: HookManager, earlier: Bool = false, forcing: Bool = false
  ) throws -> [FileTree] {
    let scene = try ManagerScene(manager, earlier: earlier)
    try manager.install(in: scene.repository, scene.sandbox)
    if forcing { try scene.repository.git("lfs", "update", "--force") }
    return try scene.state()
  }
}

extension FileTree {
  /// What two lists of trees do not have in common, a line each with both contents.
  static func differences(_ left: [FileTree], _ right: [FileTree]) -> [String] {
    guard left.count == right.count else { return ["\(left.count) and \(right.count) folders"] }
    return zip(left, right).flatMap { a, b in
      Set(a.entries.keys).union(b.entries.keys).filter { a.entries[$0] != b.entries[$0] }.sorted()
        .map { path in
          let texts = [a, b].map { tree in
            tree.entries[path].map {
              "\(String($0.mode, radix: 8)) \(String(decoding: $0.content, as: UTF8.self))"
            } ?? "nothing"
          }
          return "\(path): \(texts[0]) | \(texts[1])"
        }
    }
  }
}

@Suite("hook managers")
struct HookManagersTests {
  private static let hooks = ["prepare-commit-msg", "commit-msg", "pre-push"]

  private func expectAllRun(_ scene: ManagerScene, earlier: [String] = []) throws {
    let (others, own) = try scene.ran()
    #expect(own == Self.hooks)
    let manager = scene.manager
    // git-lfs says nothing of its run; `bothRun` looks at what it left on the server.
    let marks = manager == .gitLFS ? [] : manager.hooks.map { "\(manager.rawValue) \($0)" }
    // overcommit's has every hook.
    let named = others.filter { !$0.hasSuffix("prepare-commit-msg") && !$0.hasSuffix("pre-commit") }
    #expect(named.sorted() == (marks + earlier).sorted(), "\(manager)")
    #expect(try scene.sandbox.hookkit("doctor", scene.repository.path).exit == 0)
  }

  /// An object of git-lfs that only its own pre-push brings to the server.
  private func expectLFS(_ scene: ManagerScene) throws {
    guard scene.manager == .gitLFS else { return }
    let repository = scene.repository
    try repository.writeFile(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n")
    try repository.writeFile("large.bin", "large \(UUID().uuidString)\n")
    try repository.git("add", ".gitattributes", "large.bin")
    let (_, own) = try scene.ran()
    #expect(own == Self.hooks)
    let id = try repository.git("lfs", "ls-files", "--long").lines.last?.prefix(64) ?? ""
    let path = "server/lfs/objects/\(id.prefix(2))/\(id.dropFirst(2).prefix(2))/\(id)"
    #expect(id.count == 64 && scene.sandbox.exists(path))
  }

  @Test(
    "hookkit after a hook manager: all hooks run, again and again, and uninstall restores",
    arguments: HookManager.allCases)
  func after(_ manager: HookManager) throws {
    let scene = try ManagerScene(manager)
    #expect(try manager.install(in: scene.repository, scene.sandbox))
    let before = try scene.state()
    let outcome = try scene.install()
    #expect(outcome.succeeded, "\(outcome)")
    try expectAllRun(scene)
    try expectLFS(scene)
    let installed = try scene.state()
    #expect(try scene.install().errors.hasPrefix("nothing to do"))
    #expect(try scene.state() == installed)

    // The manager once more, as every set-up of a project does.
    try manager.install(in: scene.repository, scene.sandbox)
    #expect(try scene.install().succeeded)
    try expectAllRun(scene)
    #expect(try scene.state() == installed)

    #expect(try scene.sandbox.hookkit("uninstall", scene.repository.path).succeeded)
    #expect(try scene.state() == before)
  }

  @Test(
    "hookkit before a hook manager: all hooks run, again and again, and uninstall restores",
    arguments: HookManager.allCases)
  func before(_ manager: HookManager) throws {
    let scene = try ManagerScene(manager)
    #expect(try scene.install().succeeded)
    try manager.install(in: scene.repository, scene.sandbox)
    let doctor = try scene.sandbox.hookkit("doctor", scene.repository.path)
    if manager == .preCommit || manager == .prek {
      #expect(doctor.exit == 0)
    } else {
      #expect(doctor.exit == 1)
      #expect(doctor.output.contains("hookkit install --client"))
    }
    if manager == .gitLFS {
      #expect(doctor.output.contains("lfs update --force"))
      try scene.repository.git("lfs", "update", "--force")
    }
    let outcome = try scene.install()
    #expect(outcome.succeeded, "\(outcome)")
    try expectAllRun(scene)
    try expectLFS(scene)
    let installed = try scene.state()
    #expect(try scene.install().errors.hasPrefix("nothing to do"))
    #expect(try scene.state() == installed)
    #expect(try scene.sandbox.hookkit("uninstall", scene.repository.path).succeeded)
    let alone = try ManagerScene.withoutHookkit(manager, forcing: manager == .gitLFS)
    #expect(try FileTree.differences(scene.state(), alone) == [])
  }

  @Test(
    "what doctor says of a manager installed afterwards mends it, and takes nothing from the manager",
    arguments: HookManager.allCases)
  func mended(_ manager: HookManager) throws {
    let scene = try ManagerScene(manager)
    #expect(try scene.install().succeeded)
    try manager.install(in: scene.repository, scene.sandbox)
    let json = try JSON(
      reading: scene.sandbox.hookkit("doctor", "--json", scene.repository.path).stdout)
    var commands: [[String]] = []
    for check in json["checks"]?.array ?? [] where check["state"]?.string == "wrong" {
      for next in check["next"]?.array ?? [] {
        let command = (next["argv"]?.array ?? []).compactMap(\.string)
        if !commands.contains(command) { commands.append(command) }
      }
    }
    for command in commands {
      let outcome = try scene.sandbox.run(command, in: scene.repository.path)
      #expect(outcome.succeeded, "\(outcome)")
    }
    let doctor = try scene.sandbox.hookkit("doctor", scene.repository.path)
    #expect(doctor.exit == 0, "\(doctor)")
    try expectAllRun(scene)
    try expectLFS(scene)
  }

  @Test(
    "uninstall after a manager took the place of the shim leaves what the manager alone would",
    arguments: HookManager.allCases.filter { $0 != .gitLFS }, [false, true])
  func uninstallInBetween(_ manager: HookManager, _ earlier: Bool) throws {
    let scene = try ManagerScene(manager, earlier: earlier)
    #expect(try scene.install().succeeded)
    try manager.install(in: scene.repository, scene.sandbox)
    #expect(try scene.sandbox.hookkit("uninstall", scene.repository.path).succeeded)
    #expect(try scene.state() == ManagerScene.withoutHookkit(manager, earlier: earlier))
  }

  @Test(
    "a hook of the project's own is where its manager would have put it, and runs where that runs it",
    arguments: HookManager.allCases.filter { $0 != .gitLFS })
  func earlier(_ manager: HookManager) throws {
    let scene = try ManagerScene(manager, earlier: true)
    #expect(try scene.install().succeeded)
    try manager.install(in: scene.repository, scene.sandbox)
    let outcome = try scene.install()
    #expect(outcome.succeeded, "\(outcome)")
    let runs = manager == .preCommit || manager == .prek
    try expectAllRun(scene, earlier: runs ? ["earlier commit-msg", "earlier pre-push"] : [])
    #expect(
      outcome.output.contains("does not run it") == [.lefthook, .overcommit].contains(manager))
    #expect(try scene.sandbox.hookkit("uninstall", scene.repository.path).succeeded)
    #expect(try scene.state() == ManagerScene.withoutHookkit(manager, earlier: true))
  }

  @Test("an earlier hook that git-lfs has written over the shim of is not lost, and is asked about")
  func forcedLFS() throws {
    let scene = try ManagerScene(.gitLFS, earlier: true)
    #expect(try scene.install().succeeded)
    try scene.repository.git("lfs", "update", "--force")
    let outcome = try scene.install()
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains(".git/hooks/pre-push.before-hookkit exists already"))
    #expect(try scene.sandbox.text("work/.git/hooks/pre-push.before-hookkit").contains("earlier"))
  }

  @Test(
    "a manager's hook that fails stops what it would have stopped",
    arguments: [HookManager.lefthook, .husky, .overcommit, .preCommit, .prek])
  func failing(_ manager: HookManager) throws {
    let scene = try ManagerScene(manager)
    try manager.install(in: scene.repository, scene.sandbox)
    #expect(try scene.install().succeeded)
    try scene.repository.commit("Work", ["file": "1"])
    scene.sandbox.setEnvironment("MARKS", "/nowhere/marks")
    let push = try scene.repository.attempt("push", "origin", "HEAD:refs/heads/x")
    #expect(!push.succeeded, "\(manager): \(push)")
  }

  @Test("a tracked hook of the project is not moved, and help says how to call hookkit from it")
  func tracked() throws {
    let scene = try ManagerScene(.gitLFS)
    try scene.repository.git("config", "core.hooksPath", "hooks")
    try scene.sandbox.write("#!/bin/sh\n", to: "work/hooks/pre-push", mode: 0o755)
    try scene.repository.git("add", "hooks")
    let outcome = try scene.install()
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("hooks/pre-push is a file of the project"))
    #expect(outcome.errors.contains("hookkit help clients"))
    #expect(try scene.repository.git("status", "--porcelain").output == "A  hooks/pre-push\n")
  }
}
