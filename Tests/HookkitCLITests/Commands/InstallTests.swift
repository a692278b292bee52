import Foundation
import Gate
import HookkitCLI
import Primitives
import Signing
import TestSupport
import Testing

@Suite("install")
struct InstallTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  /// A server with a policy and `main`, on which nothing is installed yet.
  private func unguardedServer() throws -> GuardedServer {
    let server = try GuardedServer(in: sandbox, hooks: [], procReceiveRefs: [])
    for name in ["host", "server-key"] {
      try FileManager.default.removeItem(atPath: "\(server.repository.path)/hookkit/\(name)")
    }
    try server.repository.git("config", "--unset", "receive.advertisePushOptions")
    return server
  }

  private func installed(_ repository: TestRepository, _ options: String...) throws {
    let bin = try Executables.installed(in: sandbox)
    let outcome = try sandbox.run(["\(bin)/hookkit", "install"] + options + [repository.path])
    guard outcome.succeeded else { throw UnexpectedOutcome("an installation", outcome) }
  }

  private func shim(_ hook: Shim.Hook) throws -> String {
    Shim.text(hook: hook, executable: try Executables.hook(hook.rawValue, in: sandbox))
  }

  private func mode(_ path: String) throws -> Int {
    try #require(
      FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  // MARK: What is said

  @Test("the first installation on a server says each thing it did")
  func server() throws {
    let repository = try sandbox.bareRepository()
    try expectSnapshot(
      sandbox.hookkit("install", repository.path).description, named: "InstallTests.server",
      in: sandbox)
  }

  @Test("with a policy the tips that stand on protected references are recorded as the baseline")
  func baseline() throws {
    let server = try unguardedServer()
    try expectSnapshot(
      sandbox.hookkit("install", "--host", "local", server.repository.path).description,
      named: "InstallTests.baseline", in: sandbox)
    #expect(try sandbox.hookkit("doctor", server.repository.path).exit == 0)
  }

  @Test("a client gets two hooks and no configuration")
  func client() throws {
    let repository = try sandbox.repository()
    let configuration = try sandbox.read("work/.git/config")
    try expectSnapshot(
      sandbox.hookkit("install", repository.path).description, named: "InstallTests.client",
      in: sandbox)
    #expect(try sandbox.read("work/.git/config") == configuration)
    #expect(try sandbox.text("work/.git/hooks/pre-push") == shim(.prePush))
    #expect(try sandbox.text("work/.git/hooks/commit-msg") == shim(.commitMessage))
  }

  @Test(
    "a dry run says what would be done and changes nothing", arguments: ["--server", "--client"])
  func dryRun(_ role: String) throws {
    let server = try unguardedServer()
    try server.repository.writeHook("update", "#!/bin/sh\n")
    try server.repository.writeHook("pre-push", "#!/bin/sh\n")
    let before = try FileTree(server.repository.path)
    let outcome = try sandbox.hookkit("install", role, "--dry-run", server.repository.path)
    try expectSnapshot(
      outcome.description, named: "InstallTests.dry-run\(role)", in: sandbox)
    #expect(try FileTree(server.repository.path) == before)
  }

  @Test("installing a second time changes no byte and says so")
  func twice() throws {
    let server = try unguardedServer()
    try installed(server.repository)
    let before = try FileTree(server.repository.path)
    let outcome = try sandbox.hookkit("install", server.repository.path)
    #expect(outcome.succeeded)
    #expect(outcome.stdout.isEmpty)
    #expect(outcome.errors == "nothing to do: \(server.repository.path) has its server hooks\n")
    #expect(try FileTree(server.repository.path) == before)
  }

  // MARK: Files and settings

  @Test("what only the server may read is readable by it alone, and every hook has its run bit")
  func modes() throws {
    let repository = try sandbox.bareRepository()
    try sandbox.makeFolder("server.git/hookkit")
    try installed(repository)
    #expect(try mode("\(repository.path)/hookkit") == 0o700)
    #expect(try mode("\(repository.path)/hookkit/server-key") == 0o600)
    #expect(try mode("\(repository.path)/hookkit/installed") == 0o600)
    for hook in InstallSite.Role.server.hooks(on: .ssh) {
      #expect(try mode("\(repository.path)/hooks/\(hook.rawValue)") == 0o755)
      #expect(try sandbox.text("server.git/hooks/\(hook.rawValue)") == shim(hook))
    }
  }

  @Test("the server's key is one that ssh-keygen reads, and its public half is beside it")
  func serverKey() throws {
    let repository = try sandbox.bareRepository()
    try installed(repository)
    let derived = try sandbox.run(
      ["ssh-keygen", "-y", "-f", "\(repository.path)/hookkit/server-key"])
    #expect(derived.output == (try sandbox.text("server.git/hookkit/server-key.pub")))
  }

  @Test("two servers get different keys and different nonce seeds")
  func randomness() throws {
    let first = try sandbox.bareRepository("first.git")
    let second = try sandbox.bareRepository("second.git")
    try installed(first)
    try installed(second)
    #expect(
      try sandbox.read("first.git/hookkit/server-key")
        != sandbox.read("second.git/hookkit/server-key"))
    let seeds = try [first, second].map { try $0.git("config", "receive.certNonceSeed").value }
    #expect(seeds[0] != seeds[1] && seeds[0].count == 64)
  }

  @Test("a second choice of host replaces the first; no choice keeps it")
  func host() throws {
    let repository = try sandbox.bareRepository()
    try installed(repository, "--host", "local")
    try installed(repository)
    #expect(try sandbox.text("server.git/hookkit/host") == "local\n")
    try installed(repository, "--host", "ssh")
    #expect(try sandbox.text("server.git/hookkit/host") == "ssh\n")
  }

  @Test(
    "every host whose hooks are git's own can be chosen, and the hooks know it",
    arguments: ["ssh", "local", "gitolite", "http"])
  func hosts(_ host: String) throws {
    let server = try unguardedServer()
    try installed(server.repository, "--host", host)
    let commit = try server.work.commit("By Dana", author: server.roster[.dana])
    let push = try server.push(as: .dana, "\(commit):refs/heads/topic")
    #expect(push.succeeded, "\(push)")
    try server.write("sourceforge\n", to: "host")
    #expect(try server.push(as: .dana, "\(commit):refs/heads/other").codes == ["HK901"])
  }

  @Test("a profile makes the first policy, and never replaces one")
  func profile() throws {
    let key = try sandbox.key("dana")
    let repository = try sandbox.bareRepository()
    try sandbox.git("config", "--global", "user.signingkey", key.publicPath)
    try installed(repository, "--profile", "strict")
    let policy = try sandbox.text("server.git/hookkit/policy.toml")
    #expect(policy.contains("profile \"strict\""))
    try installed(repository, "--profile", "solo")
    #expect(try sandbox.text("server.git/hookkit/policy.toml") == policy)
    #expect(try sandbox.hookkit("doctor", repository.path).exit == 0)
  }

  @Test("only the hooks that are named are installed")
  func someHooks() throws {
    let repository = try sandbox.bareRepository()
    try installed(repository, "--hook", "pre-receive", "--hook", "update")
    #expect(sandbox.exists("server.git/hooks/update"))
    #expect(!sandbox.exists("server.git/hooks/proc-receive"))
    // git would refuse every push for want of that hook.
    #expect(try !repository.attempt("config", "receive.procReceiveRefs").succeeded)
  }

  @Test("a path with blanks, quotes and shell signs is taken as it is")
  func oddPath() throws {
    let server = try GuardedServer(
      in: sandbox, hooks: [], procReceiveRefs: [], name: "it's $(a) \"server\".git")
    try installed(server.repository)
    let commit = try server.work.commit("By Claude", author: TestPerson("Claude"))
    let push = try server.push(as: .codex, "\(commit):refs/heads/main")
    #expect(push.exit == 1)
    #expect(push.codes == ["HK101"])
  }

  // MARK: Earlier hooks

  @Test("an earlier hook runs first, on the same input, and hookkit judges after it")
  func chain() throws {
    let server = try unguardedServer()
    try server.repository.writeHook(
      "pre-receive", "#!/bin/sh\ncat > \"$GIT_DIR/seen\"\necho earlier hook >&2\n")
    try installed(server.repository)
    let commit = try server.work.commit("By Claude", author: TestPerson("Claude"))
    let push = try server.push(as: .codex, "\(commit):refs/heads/main")
    #expect(push.exit == 1)
    let earlier = try #require(push.errors.range(of: "earlier hook"))
    let judged = try #require(push.errors.range(of: "HK101"))
    #expect(earlier.lowerBound < judged.lowerBound)
    #expect(
      try sandbox.text("server.git/seen") == "\(server.base) \(commit) refs/heads/main\n")
  }

  @Test("an earlier hook that refuses still refuses")
  func chainRefuses() throws {
    let server = try unguardedServer()
    try server.repository.writeHook("pre-receive", "#!/bin/sh\necho not today >&2\nexit 1\n")
    try installed(server.repository)
    let commit = try server.work.commit("By Dana", author: server.roster[.dana])
    let push = try server.push(as: .dana, "\(commit):refs/heads/topic")
    #expect(push.exit == 1)
    #expect(push.errors.contains("not today"))
    #expect(try server.tip("refs/heads/topic") == nil)
  }

  @Test("an earlier hook keeps its bytes and its mode under its new name")
  func chainedFile() throws {
    let repository = try sandbox.repository()
    try repository.writeHook("pre-push", "#!/bin/sh\n# earlier\n")
    let hooks = try FileTree(sandbox.path("work/.git/hooks"))
    try installed(repository)
    let after = try FileTree(sandbox.path("work/.git/hooks"))
    #expect(after.entries["/pre-push.before-hookkit"] == hooks.entries["/pre-push"])
  }

  @Test("a hook without its run bit, which git passed over, is set aside and not run")
  func setAside() throws {
    let server = try unguardedServer()
    try server.repository.writeHook("pre-receive", "#!/bin/sh\nexit 1\n")
    try sandbox.chmod("server.git/hooks/pre-receive", 0o644)
    try installed(server.repository)
    #expect(sandbox.exists("server.git/hooks/pre-receive.off-before-hookkit"))
    #expect(!sandbox.exists("server.git/hooks/pre-receive.before-hookkit"))
    let commit = try server.work.commit("By Dana", author: server.roster[.dana])
    #expect(try server.push(as: .dana, "\(commit):refs/heads/topic").succeeded)
  }

  @Test("a shim that names another executable is upgraded in place and not chained")
  func upgrade() throws {
    let repository = try sandbox.bareRepository()
    try repository.writeHook(
      "pre-receive", Shim.text(hook: .preReceive, executable: "/gone/hookkit-pre-receive"))
    let outcome = try sandbox.hookkit("install", repository.path)
    #expect(outcome.output.contains("upgraded   hooks/pre-receive\n"))
    #expect(try sandbox.text("server.git/hooks/pre-receive") == shim(.preReceive))
    #expect(!sandbox.exists("server.git/hooks/pre-receive.before-hookkit"))
  }

  @Test("a shim that lost its run bit gets it back and keeps its text")
  func runBit() throws {
    let repository = try sandbox.bareRepository()
    try installed(repository)
    try sandbox.chmod("server.git/hooks/pre-receive", 0o644)
    let outcome = try sandbox.hookkit("install", repository.path)
    #expect(outcome.output == "set        hooks/pre-receive (run bit)\n")
    #expect(try mode(sandbox.path("server.git/hooks/pre-receive")) == 0o755)
  }

  // MARK: What stands in the way

  /// Requires that an installation ends like this and leaves every file as it was.
  private func expectDeclined(
    _ repository: TestRepository, _ exit: Int32, named name: String, _ options: String...
  ) throws {
    let before = try FileTree(repository.path)
    let bin = try Executables.installed(in: sandbox)
    let outcome = try sandbox.run(["\(bin)/hookkit", "install"] + options + [repository.path])
    #expect(outcome.exit == exit)
    try expectSnapshot(outcome.description, named: "InstallTests.\(name)", in: sandbox)
    #expect(try FileTree(repository.path) == before)
  }

  @Test("a shim that somebody has changed is not touched")
  func changedShim() throws {
    let repository = try sandbox.bareRepository()
    try repository.writeHook("pre-receive", try shim(.preReceive) + "echo more\n")
    try expectDeclined(repository, 1, named: "changed-shim")
  }

  @Test("another program's proc-receive stops everything before anything is changed")
  func foreignProcReceive() throws {
    let repository = try sandbox.bareRepository()
    try repository.writeHook("proc-receive", "#!/bin/sh\nexit 0\n")
    try expectDeclined(repository, 1, named: "foreign-proc-receive")
  }

  @Test("a hook manager that has written over the shim does not cost the hook that was chained")
  func collision() throws {
    let repository = try sandbox.repository()
    try repository.writeHook("pre-push", "#!/bin/sh\n# first\n")
    try installed(repository)
    try repository.writeHook("pre-push", "#!/bin/sh\n# second\n")
    try expectDeclined(repository, 1, named: "collision")
  }

  @Test("a hook of the other role is a mistake in the command line")
  func wrongRole() throws {
    let repository = try sandbox.bareRepository()
    try expectDeclined(repository, 2, named: "wrong-role", "--hook", "pre-push")
  }

  @Test("a hook or host of no known name is a mistake that says which names there are")
  func unknownNames() throws {
    let hook = try sandbox.hookkit("install", "--hook", "post-commit")
    #expect(hook.exit == 2)
    #expect(hook.errors.contains("pre-receive, proc-receive, update, reference-transaction"))
    let host = try sandbox.hookkit("install", "--host", "sourceforge")
    #expect(host.exit == 2)
    #expect(host.errors.contains("ssh, accounts, local, gitolite, http"))
  }

  @Test("a host that takes its hooks from an administrator is declined")
  func managedHost() throws {
    let repository = try sandbox.bareRepository()
    try expectDeclined(repository, 1, named: "managed-host", "--host", "ghes")
  }

  @Test("a SHA-256 repository is refused as one that cannot be protected")
  func sha256() throws {
    let repository = try sandbox.bareRepository(options: ["--object-format=sha256"])
    try expectDeclined(repository, 3, named: "sha256")
  }

  @Test("references kept as reftable are refused as ones that cannot be protected")
  func reftable() throws {
    let repository = try sandbox.bareRepository()
    try sandbox.makeFolder("server.git/reftable")
    try expectDeclined(repository, 3, named: "reftable")
  }

  @Test("a folder that is no repository is said to be none")
  func noRepository() throws {
    let outcome = try sandbox.hookkit("install", sandbox.makeFolder("empty"))
    #expect(outcome.exit == 3)
    #expect(outcome.errors.hasPrefix("error: git: not a git repository"))
  }

  @Test("without the hook executables beside it nothing is installed")
  func noExecutables() throws {
    let repository = try sandbox.bareRepository()
    let before = try FileTree(repository.path)
    try sandbox.makeFolder("alone")
    let copy = try sandbox.run(["cp", Executables.hookkit, "alone/hookkit"])
    #expect(copy.succeeded)
    let outcome = try sandbox.run(["alone/hookkit", "install", repository.path])
    #expect(outcome.exit == 3)
    #expect(outcome.errors.contains("the hook executables are not beside hookkit"))
    #expect(try FileTree(repository.path) == before)
  }

  @Test(
    "somebody else's repository is left to its owner", .enabled(if: geteuid() == 0, "needs root"))
  func otherOwner() throws {
    let repository = try sandbox.bareRepository()
    try sandbox.git("config", "--global", "safe.directory", "*")
    #expect(try sandbox.run(["chown", "12345", repository.path]).succeeded)
    try expectDeclined(repository, 1, named: "other-owner")
  }

  // MARK: Where the hooks are

  @Test("a core.hooksPath inside the repository is where the hooks go")
  func ownHooksPath() throws {
    let repository = try sandbox.repository()
    try repository.git("config", "core.hooksPath", ".husky/_")
    try installed(repository)
    #expect(try sandbox.text("work/.husky/_/pre-push") == shim(.prePush))
    #expect(!sandbox.exists("work/.git/hooks/pre-push"))
    #expect(try sandbox.hookkit("doctor", repository.path).exit == 0)
  }

  @Test("a relative core.hooksPath of a server counts from the git directory")
  func serverHooksPath() throws {
    let repository = try sandbox.bareRepository()
    try repository.git("config", "core.hooksPath", "our-hooks")
    try installed(repository)
    #expect(try sandbox.text("server.git/our-hooks/pre-receive") == shim(.preReceive))
  }

  @Test("a core.hooksPath outside the repository is written to only when that is asked for")
  func foreignHooksPath() throws {
    let repository = try sandbox.repository()
    let shared = try sandbox.makeFolder("shared-hooks")
    try sandbox.git("config", "--global", "core.hooksPath", shared)
    try expectDeclined(repository, 1, named: "foreign-hooks-path")
    #expect(!sandbox.exists("shared-hooks/pre-push"))
    try installed(repository, "--global")
    #expect(try sandbox.text("shared-hooks/pre-push") == shim(.prePush))
  }

  @Test("a hooks folder that is a link out of the repository is not written to")
  func linkedHooks() throws {
    let repository = try sandbox.bareRepository()
    try sandbox.makeFolder("elsewhere")
    try FileManager.default.removeItem(atPath: "\(repository.path)/hooks")
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/hooks", withDestinationPath: sandbox.path("elsewhere"))
    #expect(try sandbox.hookkit("install", repository.path).exit == 1)
    #expect(try FileTree(sandbox.path("elsewhere")).entries.count == 1)
  }

  @Test("a linked work tree shares the hooks of its repository")
  func worktree() throws {
    let repository = try sandbox.repository()
    try repository.commit("Start")
    try repository.git("worktree", "add", "-q", sandbox.path("other"), "-b", "other")
    #expect(try sandbox.hookkit("install", sandbox.path("other")).succeeded)
    #expect(try sandbox.text("work/.git/hooks/pre-push") == shim(.prePush))
    #expect(try sandbox.hookkit("doctor", in: sandbox.path("other")).exit == 0)
  }

  @Test("from a folder below the top the repository is the same")
  func subfolder() throws {
    _ = try sandbox.repository()
    try sandbox.makeFolder("work/a/b")
    #expect(try sandbox.hookkit("install", in: "work/a/b").succeeded)
    #expect(try sandbox.text("work/.git/hooks/pre-push") == shim(.prePush))
  }

  @Test("the shims that an earlier hooks folder holds are taken away with the move")
  func movedFolder() throws {
    let repository = try sandbox.repository()
    try repository.writeHook("pre-push", "#!/bin/sh\n# earlier\n")
    try installed(repository)
    try repository.git("config", "core.hooksPath", "hooks")
    try installed(repository)
    #expect(try sandbox.text("work/hooks/pre-push") == shim(.prePush))
    #expect(try sandbox.text("work/.git/hooks/pre-push") == "#!/bin/sh\n# earlier\n")
  }

  // MARK: The baseline

  /// What the landings of a server say, the newest first.
  private func landings(_ server: GuardedServer) throws -> [LandingStatement] {
    let ref = RefName.landings.description
    guard try server.tip(ref) != nil else { return [] }
    return try server.repository.git("rev-list", ref).lines.map { commit in
      let bytes = try server.repository.git("show", "\(commit):landing.dsse").stdout
      let envelope = try Envelope(reading: bytes)
      for signature in envelope.signatures {
        _ = try envelope.verify(signature, namespace: .landing)
        #expect(
          try sandbox.text("server.git/hookkit/server-key.pub")
            .hasPrefix(signature.publicKey.authorizedKeyText))
      }
      return try LandingStatement(statement: Statement(reading: envelope.payload))
    }
  }

  @Test("each protected reference gets one signed baseline, and others get none")
  func baselineStatements() throws {
    let server = try unguardedServer()
    let base = server.base
    try server.repository.setReferences([
      ("refs/heads/release/1", base), ("refs/heads/topic", base),
    ])
    try installed(server.repository)
    let found = try landings(server)
    #expect(found.map(\.ref.description).sorted() == ["refs/heads/main", "refs/heads/release/1"])
    #expect(found.allSatisfy { $0.kind == .baseline && $0.old.isZero && $0.new == base })
    let recorded = try server.repository.git("show", "refs/hookkit/policy:repository.toml").stdout
    #expect(try recorded == sandbox.read("server.git/hookkit/policy.toml"))
  }

  @Test("a move that no hook saw is not taken for a new baseline by installing again")
  func noLaundering() throws {
    let server = try unguardedServer()
    try installed(server.repository)
    let commit = try server.repository.commit("Behind its back", on: nil)
    try server.repository.setReferences([("refs/heads/main", commit)])
    try installed(server.repository)
    #expect(try landings(server).map(\.new) == [server.base])
    #expect(try sandbox.hookkit("doctor", server.repository.path).exit == 1)
  }

  @Test("an invalid policy is named with its place, and the hooks are installed all the same")
  func invalidPolicy() throws {
    let server = try unguardedServer()
    try server.write("version = 1\nserial = 1\nrepositry = \"x\"\n", to: "policy.toml")
    let outcome = try sandbox.hookkit("install", server.repository.path)
    try expectSnapshot(
      outcome.description, named: "InstallTests.invalid-policy", in: sandbox)
    #expect(outcome.succeeded)
    let commit = try server.work.commit("More", author: server.roster[.dana])
    #expect(try server.push(as: .dana, "\(commit):refs/heads/topic").codes.contains("HK802"))
  }
}

extension Sandbox {
  func chmod(_ relative: String, _ mode: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: path(relative))
  }
}
