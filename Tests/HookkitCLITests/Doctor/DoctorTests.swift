import Foundation
import HookkitCLI
import Primitives
import Signing
import TestSupport
import Testing

/// One way in which a protection is silently off, and what doctor must call it.
struct Ailment: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let check: Diagnosis.Check
  var state = Diagnosis.State.wrong
  /// Whether the commands that doctor names make all well again.
  var isMended = true
  let cause: @Sendable (GuardedServer) throws -> Void

  init(
    _ description: String, _ check: Diagnosis.Check, _ state: Diagnosis.State = .wrong,
    isMended: Bool = true, _ cause: @escaping @Sendable (GuardedServer) throws -> Void
  ) {
    testDescription = description
    self.check = check
    self.state = state
    self.isMended = isMended
    self.cause = cause
  }
}

@Suite("doctor")
struct DoctorTests {
  /// A server on which `hookkit install` has run and all is well.
  private func healthyServer() throws -> GuardedServer {
    let server = try GuardedServer(hooks: [], procReceiveRefs: [])
    let outcome = try server.sandbox.hookkit(
      "install", "--server", "--host", "local", server.repository.path)
    guard outcome.succeeded else { throw UnexpectedOutcome("an installation", outcome) }
    return server
  }

  /// The version of the machine's git, which no snapshot is to depend on.
  private func gitVersion(_ sandbox: Sandbox) throws -> [(String, String)] {
    let words = try sandbox.run(["git", "--version"]).value.split(separator: " ")
    let version = try #require(words.dropFirst(2).first).split(separator: ".").prefix(2)
    return [("git \(version.joined(separator: "."))\n", "git <version>\n")]
  }

  private struct Finding {
    let state: String
    let text: String
    let mends: [[String]]
  }

  /// What doctor finds, by check, from its JSON form; and its exit code.
  private func findings(
    _ sandbox: Sandbox, _ options: String..., at path: String
  ) throws -> (exit: Int32?, found: [String: [Finding]]) {
    let bin = try Executables.installed(in: sandbox)
    let outcome = try sandbox.run(["\(bin)/hookkit", "doctor", "--json"] + options + [path])
    let json = try JSON(reading: outcome.stdout)
    #expect(json["schema"]?.string == "hookkit.doctor/1")
    var found: [String: [Finding]] = [:]
    for item in try #require(json["checks"]?.array) {
      let mends = try #require(item["next"]?.array).map { mend in
        try #require(mend["argv"]?.array).map { try #require($0.string) }
      }
      found[try #require(item["check"]?.string), default: []].append(
        Finding(
          state: try #require(item["state"]?.string), text: try #require(item["text"]?.string),
          mends: mends))
    }
    return (outcome.exit, found)
  }

  @Test("a git that cannot recompute merges is told, with what is not seen then")
  func oldGit() throws {
    let server = try healthyServer()
    let real = try server.sandbox.run(["sh", "-c", "command -v git"]).value
    try server.sandbox.write(
      """
      #!/bin/sh
      case $* in *--version) exec echo git version 2.37.9 ;; esac
      exec \(real) "$@"

      """, to: "old/git", mode: 0o755)
    let path = "\(server.sandbox.path("old")):\(server.sandbox.environment["PATH"] ?? "")"
    let outcome = try server.sandbox.hookkit(
      "doctor", "--server", server.repository.path, env: ["PATH": path])
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(outcome.output.contains("git 2.37 cannot recompute merges"), "\(outcome)")
  }

  private static let ailments: [Ailment] = [
    Ailment("a hook without its run bit", .hook) {
      try $0.sandbox.chmod("server.git/hooks/pre-receive", 0o644)
    },
    Ailment("a missing hook", .hook) {
      try $0.unlink("reference-transaction")
    },
    Ailment("a hook that another program has written over", .hook) {
      try $0.repository.writeHook("post-receive", "#!/bin/sh\nexit 0\n")
    },
    Ailment("a hook that a hook manager has written over", .hookManager) {
      try $0.repository.writeHook("post-receive", "#!/bin/sh\nexec lefthook run post-receive\n")
    },
    Ailment("a shim that somebody has changed", .hook) {
      let text = try $0.sandbox.text("server.git/hooks/pre-receive")
      try $0.repository.writeHook("pre-receive", text + "exit 0\n")
    },
    Ailment("a shim whose executable is gone", .hook) {
      try $0.repository.writeHook(
        "pre-receive", Shim.text(hook: .preReceive, executable: "/gone/hookkit-pre-receive"))
    },
    Ailment("a chained hook without its run bit", .hook) {
      try $0.sandbox.write(
        "#!/bin/sh\n", to: "server.git/hooks/pre-receive.before-hookkit", mode: 0o644)
    },
    Ailment("a core.hooksPath that leads elsewhere", .hooksFolder) {
      try $0.repository.git("config", "core.hooksPath", "/dev/null")
    },
    Ailment("a core.hooksPath for all of the user's repositories", .hooksFolder) {
      try $0.sandbox.git("config", "--global", "core.hooksPath", $0.sandbox.makeFolder("shared"))
    },
    Ailment("a hook that the configuration switches off", .hookEnabled) {
      try $0.sandbox.git("config", "--global", "hook.pre-receive.enabled", "false")
    },
    Ailment("references that are not routed through proc-receive", .setting) {
      try $0.repository.git("config", "--unset-all", "receive.procReceiveRefs")
    },
    Ailment("only some references routed through proc-receive", .setting) {
      try $0.repository.git(
        "config", "--replace-all", "receive.procReceiveRefs", "refs/heads/release")
    },
    Ailment("push options that are not advertised", .setting) {
      try $0.repository.git("config", "receive.advertisePushOptions", "false")
    },
    Ailment("objects that are not checked", .setting) {
      try $0.repository.git("config", "receive.fsckObjects", "off")
    },
    Ailment("shallow pushes that are let in", .setting) {
      try $0.repository.git("config", "receive.shallowUpdate", "true")
    },
    Ailment("signed pushes without a nonce", .setting) {
      try $0.repository.git("config", "--unset", "receive.certNonceSeed")
    },
    Ailment("a commit-graph in a form that is not read", .setting) {
      try $0.repository.git("config", "--unset", "commitGraph.generationVersion")
    },
    Ailment("a commit-graph that is switched off", .commitGraph) {
      try $0.repository.git("config", "core.commitGraph", "false")
    },
    Ailment("a commit-graph of generation 2", .commitGraph, .advice) {
      try $0.repository.git(
        "-c", "commitGraph.generationVersion=2", "commit-graph", "write", "--reachable")
    },
    Ailment("a split commit-graph", .commitGraph, .advice) {
      try $0.repository.git("commit-graph", "write", "--reachable", "--split")
    },
    Ailment("a repository that is shared with other accounts", .privacy) {
      try $0.repository.git("config", "core.sharedRepository", "group")
    },
    Ailment("a git directory that everybody may write to", .privacy) {
      try $0.sandbox.chmod("server.git", 0o777)
    },
    Ailment("a server key that others may read", .privacy) {
      try $0.sandbox.chmod("server.git/hookkit/server-key", 0o644)
    },
    Ailment("a server key that cannot be read", .serverKey, isMended: false) {
      try $0.write("not a key\n", to: "server-key")
    },
    Ailment("no server key", .serverKey, isMended: false) {
      try $0.remove("hookkit/server-key")
    },
    Ailment("no host, so that every pusher is unknown", .host) {
      try $0.remove("hookkit/host")
    },
    Ailment("a host that nobody knows", .host) {
      try $0.write("sourceforge\n", to: "host")
    },
    Ailment("no policy", .policy, isMended: false) {
      try $0.remove("hookkit/policy.toml")
    },
    Ailment("an invalid policy", .policy, isMended: false) {
      try $0.write("version = 1\nserial = x\n", to: "policy.toml")
    },
    Ailment("a policy that is a link", .policy, isMended: false) {
      try $0.remove("hookkit/policy.toml")
      try FileManager.default.createSymbolicLink(
        atPath: "\($0.repository.path)/hookkit/policy.toml", withDestinationPath: "/dev/null")
    },
    Ailment("a HEAD that names no branch there is", .head) {
      try $0.repository.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    },
    Ailment("a HEAD that names a branch which no rule guards", .head) {
      try $0.repository.setReferences([("refs/heads/master", $0.base)])
      try $0.repository.git("symbolic-ref", "HEAD", "refs/heads/master")
    },
    Ailment("a protected name that stands for an unprotected one", .head) {
      try $0.repository.setReferences([("refs/heads/free", $0.base)])
      try $0.repository.git("symbolic-ref", "refs/heads/release/1", "refs/heads/free")
    },
    Ailment("a tree's policy that is broken", .policy, isMended: false) {
      let commit = try $0.repository.commit(
        "Broken", [".hookkit/policy.toml": "x = ["], on: nil, author: $0.roster[.dana],
        parents: [$0.base])
      try $0.repository.setReferences([("refs/heads/main", commit)])
    },
    Ailment("a tree's policy that is older than the newest on record", .policy, isMended: false) {
      for serial in [2, 1] {
        let commit = try $0.repository.commit(
          "Policy", [".hookkit/policy.toml": .text("version = 1\nserial = \(serial)\n")], on: nil,
          author: $0.roster[.dana], parents: [$0.base])
        try $0.repository.setReferences([("refs/heads/main", commit)])
        let shown = try $0.sandbox.hookkit("policy", "show", in: $0.repository.path)
        #expect(shown.succeeded)
      }
    },
    Ailment("a journal of which a line was changed", .journal) {
      let commit = try $0.work.commit("Claude's", author: TestPerson("Claude"))
      for _ in 1...2 { _ = try $0.push(as: .codex, "\(commit):refs/heads/main") }
      let text = try $0.sandbox.text("server.git/hookkit/journal")
      #expect(text.contains("HK101"))
      try $0.write(text.replacingOccurrences(of: "HK101", with: "HK102"), to: "journal")
    },
    Ailment("a journal that a killed hook left half a line in", .journal, .advice, isMended: false)
    {
      try $0.write("{\"schema\":", to: "journal")
    },
    Ailment("a protected branch that was moved behind the hooks", .landings) {
      let commit = try $0.repository.commit("Behind", on: nil)
      try $0.repository.setReferences([("refs/heads/main", commit)])
    },
    Ailment("a protected branch that was deleted behind the hooks", .landings) {
      try $0.repository.git("symbolic-ref", "HEAD", "refs/heads/topic")
      try $0.repository.setReferences([("refs/heads/topic", $0.base)])
      try $0.repository.git(
        "-c", "core.hooksPath=/dev/null", "update-ref", "-d", "refs/heads/main")
    },
    Ailment("a protected branch without a baseline", .landings) {
      try $0.repository.setReferences([("refs/heads/release/1", $0.base)])
    },
    Ailment("landings signed by another key", .landings, isMended: false) {
      try $0.write(
        PrivateKey.generate().openSSHText(comment: "another"), to: "server-key")
    },
  ]

  @Test(
    "each thing that makes hooks silently not run is found, with what mends it", arguments: ailments
  )
  func ailment(_ ailment: Ailment) throws {
    let server = try healthyServer()
    let before = try findings(server.sandbox, at: server.repository.path)
    #expect(before.exit == 0)
    #expect(before.found[ailment.check.rawValue]?.contains { $0.state != "well" } != true)

    try ailment.cause(server)
    let (exit, found) = try findings(server.sandbox, at: server.repository.path)
    #expect(exit == (ailment.state == .advice ? 0 : 1))
    let finding = try #require(
      found[ailment.check.rawValue]?.first { $0.state == ailment.state.rawValue })
    guard ailment.isMended else { return }
    #expect(!finding.mends.isEmpty)

    // What is named is run as it is named: the words are a promise.
    let bin = try Executables.installed(in: server.sandbox)
    let path = "\(bin):\(server.sandbox.environment["PATH"] ?? "")"
    for mend in finding.mends {
      if mend.last == "verify" || mend.contains("validate") { continue }
      let outcome = try server.sandbox.run(mend, env: ["PATH": path])
      #expect(outcome.succeeded, "\(outcome)")
      if try findings(server.sandbox, at: server.repository.path).exit == 0 { break }
    }
    let after = try findings(server.sandbox, at: server.repository.path)
    #expect(after.found[ailment.check.rawValue]?.contains { $0.state != "well" } != true)
  }

  @Test("a bare repository as git makes it is not well where the policy guards main alone")
  func unguardedDefault() throws {
    for rules in [Roster.team, GateRules.releases] {
      let server = try GuardedServer(
        policy: { $0.policy(rules: rules) }, hooks: [], procReceiveRefs: [])
      try server.repository.git("symbolic-ref", "HEAD", "refs/heads/master")
      try server.repository.git("update-ref", "-d", "refs/heads/main")
      let outcome = try server.sandbox.hookkit(
        "install", "--server", "--host", "local", server.repository.path)
      #expect(outcome.succeeded, "\(outcome)")
      let told = try server.sandbox.hookkit("doctor", "--server", server.repository.path)
      #expect(told.exit == 1)
      #expect(
        told.output.contains("wrong    HEAD names refs/heads/master, which no rule guards"),
        "\(told)")
    }
  }

  private enum GateRules {
    static let releases = "[[protect]]\nrefs = [\"refs/heads/release/**\"]\n"
  }

  @Test("all is said to be well, in words for a person")
  func well() throws {
    let server = try healthyServer()
    try expectSnapshot(
      server.sandbox.hookkit("doctor", server.repository.path).description,
      named: "DoctorTests.well", in: server.sandbox, replacing: gitVersion(server.sandbox))
  }

  @Test("several things are all found in one look, each with its place and its command")
  func several() throws {
    let server = try healthyServer()
    try server.sandbox.chmod("server.git/hooks/pre-receive", 0o644)
    try server.sandbox.git("config", "--global", "hook.update.enabled", "false")
    try server.sandbox.git("config", "--global", "hook.proc-receive.enabled", "false")
    try server.repository.git("config", "receive.shallowUpdate", "true")
    try server.remove("hookkit/host")
    let commit = try server.repository.commit("Behind", on: nil)
    try server.repository.setReferences([("refs/heads/main", commit)])
    try expectSnapshot(
      server.sandbox.hookkit("doctor", server.repository.path).description,
      named: "DoctorTests.several", in: server.sandbox, replacing: gitVersion(server.sandbox))
  }

  @Test("looking changes nothing", arguments: [["doctor"], ["doctor", "--probe"]])
  func changesNothing(_ command: [String]) throws {
    let server = try healthyServer()
    let before = try FileTree(server.repository.path)
    let bin = try Executables.installed(in: server.sandbox)
    let outcome = try server.sandbox.run(["\(bin)/hookkit"] + command + [server.repository.path])
    #expect(outcome.succeeded, "\(outcome)")
    #expect(try FileTree(server.repository.path) == before)
    #expect(try FileTree(server.sandbox.path("tmp")).entries.count == 1)
  }

  @Test("a repository without an installation is not well")
  func notInstalled() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.bareRepository()
    let (exit, found) = try findings(sandbox, at: repository.path)
    #expect(exit == 1)
    #expect(found["hook"]?.filter { $0.text.hasSuffix("is missing") }.count == 4)
  }

  @Test("what is no repository cannot be looked at")
  func noRepository() throws {
    let sandbox = try Sandbox()
    #expect(try sandbox.hookkit("doctor", sandbox.makeFolder("empty")).exit == 3)
  }

  // MARK: Clients

  @Test("a client is well with its two hooks")
  func client() throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.repository()
    #expect(try sandbox.hookkit("install", repository.path).succeeded)
    try expectSnapshot(
      sandbox.hookkit("doctor", repository.path).description, named: "DoctorTests.client",
      in: sandbox)
  }

  @Test(
    "a hook manager that may write over the hooks is named",
    arguments: ["lefthook.yml", ".pre-commit-config.yaml", ".husky/pre-push"])
  func manager(_ file: String) throws {
    let sandbox = try Sandbox()
    let repository = try sandbox.repository()
    #expect(try sandbox.hookkit("install", repository.path).succeeded)
    try repository.writeFile(file, "")
    let (exit, found) = try findings(sandbox, at: repository.path)
    #expect(exit == 0)
    #expect(found["hook-manager"]?.map(\.state) == ["advice"])
  }

  // MARK: The probe

  private func probe(_ server: GuardedServer) throws -> (exit: Int32?, finding: Finding) {
    let (exit, found) = try findings(server.sandbox, "--probe", at: server.repository.path)
    return (exit, try #require(found["probe"]?.first))
  }

  @Test("the probe sees an agent's commit refused")
  func probeRefused() throws {
    let (exit, finding) = try probe(healthyServer())
    #expect(exit == 0)
    #expect(
      finding.text == "an agent's commit pushed to refs/heads/main was refused: HK101")
  }

  @Test("the probe finds a gate that stands open, which no other look would")
  func probeAccepted() throws {
    let server = try healthyServer()
    try server.write(
      server.roster.policy(
        rules: "[[protect]]\nrefs = [\"refs/heads/main\"]\n"
          + "review = { of = \"agents\", approvals = 0 }\n"), to: "policy.toml")
    let (exit, finding) = try probe(server)
    #expect(exit == 1)
    #expect(finding.state == "wrong")
    #expect(finding.text.hasSuffix("was accepted on refs/heads/main"))
    #expect(try server.tip() == server.base)
  }

  @Test("the probe goes through the hooks as they are: without run bits it is accepted")
  func probeRunBits() throws {
    let server = try healthyServer()
    for hook in GuardedServer.hooks where hook != "proc-receive" {
      try server.sandbox.chmod("server.git/hooks/\(hook)", 0o644)
    }
    try server.repository.git("config", "--unset-all", "receive.procReceiveRefs")
    #expect(try probe(server).finding.text.hasSuffix("was accepted on refs/heads/main"))
  }

  @Test("a gate that refuses everybody does not pass the probe")
  func probeShut() throws {
    let server = try healthyServer()
    try server.repository.writeHook(
      "pre-receive", Shim.text(hook: .preReceive, executable: "/gone/hookkit-pre-receive"))
    let (exit, finding) = try probe(server)
    #expect(exit == 1)
    #expect(finding.text == "the gate refuses everything: HK990")
  }

  @Test("chained hooks are other people's programs and are not run by the probe")
  func probeRunsNoOthers() throws {
    let server = try healthyServer()
    try server.sandbox.write(
      "#!/bin/sh\ntouch \(server.sandbox.path("ran"))\n",
      to: "server.git/hooks/pre-receive.before-hookkit", mode: 0o755)
    #expect(try probe(server).exit == 0)
    #expect(!server.sandbox.exists("ran"))
  }

  @Test("where no protected branch exists the first commit of a guarded name is played")
  func probeNothing() throws {
    let server = try healthyServer()
    try server.repository.git(
      "-c", "core.hooksPath=/dev/null", "update-ref", "-d", "refs/heads/main")
    let (_, finding) = try probe(server)
    #expect(finding.state == "well" && finding.text.contains("refs/heads/main was refused"))
  }
}

extension GuardedServer {
  /// Takes a file of the git directory away.
  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(repository.path)/\(name)")
  }
}
