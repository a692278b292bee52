import Foundation
import Primitives
import TestSupport
import Testing

@Suite("hookkit-shell")
struct ShellTests {
  let door: Door

  init() throws {
    door = try Door()
  }

  private func link(_ target: String, at name: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(door.root)/\(name)", withDestinationPath: target)
  }

  private func expectRefused(
    _ code: String, _ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.exit == 1, "\(outcome)", sourceLocation: sourceLocation)
    #expect(outcome.codes == [code], "\(outcome)", sourceLocation: sourceLocation)
    #expect(outcome.stdout.isEmpty, "\(outcome)", sourceLocation: sourceLocation)
    let ascii = outcome.stderr.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x0a }
    #expect(ascii, "\(outcome)", sourceLocation: sourceLocation)
  }

  private func expectServed(
    _ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.exit == 0, "\(outcome)", sourceLocation: sourceLocation)
    #expect(
      outcome.output.contains(" refs/heads/main"), "\(outcome)", sourceLocation: sourceLocation)
  }

  // MARK: What it runs

  @Test(
    "a repository is served under each of its names",
    arguments: [
      "git-upload-pack '/team/app.git'", "git-upload-pack 'team/app'",
      "git upload-pack '/team/app/'", "git-receive-pack 'team/app.git'",
      "git receive-pack '/team/app'",
    ])
  func serves(_ command: String) throws {
    expectServed(try door.ask(command))
  }

  @Test("an archive is served")
  func archive() throws {
    let listed = try door.sandbox.run(
      ["git", "archive", "--format=tar", "--remote=ssh://host/team/app.git", "main"],
      env: door.environment(as: "agents.codex"))
    #expect(listed.exit == 0 && listed.stdout.count > 1024, "\(listed.errors)")
  }

  @Test(
    "git-lfs's part of a server runs on the repository's own path, as far as access goes",
    .enabled(if: FullDiskTests.canMount, "puts programs over /usr/local/bin for itself alone"))
  func lfs() throws {
    try door.enrol([.frank: "access = \"read\""])
    let sandbox = door.sandbox
    for name in ["git-lfs-authenticate", "git-lfs-transfer"] {
      try sandbox.write(
        "#!/bin/sh\nprintf '%s|' \"${0##*/}\" \"$HOOKKIT_PUSHER\" \"$@\"\n", to: "lfs/\(name)",
        mode: 0o755)
    }
    func ask(_ command: String, as principal: String) throws -> Outcome {
      try sandbox.run(
        [
          "unshare", "-m", "sh", "-c", #"mount --bind "$0" /usr/local/bin && exec "$@""#,
          sandbox.path("lfs"), door.shell(), "--root", door.root, principal,
        ], env: ["SSH_ORIGINAL_COMMAND": command])
    }
    for name in ["git-lfs-authenticate", "git-lfs-transfer"] {
      for word in ["/team/app.git", "team/app", "'/team/app.git'"] {
        for operation in ["download", "upload"] {
          let outcome = try ask("\(name) \(word) \(operation)", as: "agents.codex")
          #expect(
            outcome.output == "\(name)|svc-codex|\(door.root)/team/app.git|\(operation)|",
            "\(outcome)")
        }
      }
      #expect(try ask("\(name) team/app.git download", as: "people.frank").succeeded)
      expectRefused("HK403", try ask("\(name) team/app.git upload", as: "people.frank"))
      expectRefused("HK403", try ask("\(name) team/other.git download", as: "people.dana"))
    }
    // Where the server has none, its client is told so.
    expectRefused("HK404", try door.ask("git-lfs-transfer team/app.git upload"))
    // What git-lfs itself sends is what is read.
    let work = try sandbox.repository("lfs-work")
    let ssh = try sandbox.write(
      "#!/bin/sh\nfor last; do :; done\nprintf '%s\\n' \"$last\" >>'\(sandbox.path("sent"))'\nexit 1\n",
      to: "ssh", mode: 0o755)
    try work.git("lfs", "install", "--local")
    try work.git("remote", "add", "origin", "ssh://git@host/team/app.git")
    try work.writeFile(".gitattributes", "*.bin filter=lfs\n")
    try work.writeFile("a.bin", "large\n")
    try work.git("add", ".")
    try work.git("commit", "--quiet", "-m", "Large")
    _ = try sandbox.run(
      ["git", "lfs", "push", "origin", "main"], in: work.path,
      env: ["GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "ssh"])
    let sent = try sandbox.text("sent").split(separator: "\n").map(String.init)
    #expect(sent.contains { $0.hasPrefix("git-lfs-authenticate") }, "\(sent)")
    for command in sent where command.hasPrefix("git-lfs") {
      let outcome = try ask(command, as: "agents.codex")
      #expect(
        outcome.output.hasSuffix("|\(door.root)/team/app.git|upload|"), "\(command): \(outcome)")
    }
  }

  @Test(
    "nothing else is run, and no command leaves a trace",
    arguments: [
      "id", "sh -c 'touch x'", "touch '@'", "scp -t /", "internal-sftp",
      "git-upload-pack '/team/app.git'; touch '@'", "git-upload-pack '/team/app.git' '@'",
      "git-upload-pack --strict '/team/app.git'", "git-upload-pack \"/team/app.git\"",
      "git-upload-pack /team/app.git", "git-upload-pack '/team/app.git'\ntouch '@'",
      "git-upload-pack '--upload-pack=touch @'", "git-upload-pack '$(touch @)/../team/app.git'",
      "git-upload-pack '/team/../team/app.git'", "git-upload-pack '../srv/team/app.git'",
      "git-upload-pack '~/team/app.git'", "git-upload-pack '//team/app.git'",
      "git-upload-pack '/team/app.git/.'",
      "git -c core.sshCommand='touch @' upload-pack 'team/app'",
      "git-receive-pack 'team/app.git' --stateless-rpc", "git-upload-pack 'team/\u{1b}[2Japp.git'",
      "git-lfs-authenticate 'team/app.git' 'download'", "git-lfs-authenticate team/app.git",
      "git-lfs-transfer team/app.git upload; touch '@'", "git-lfs-transfer team/$(touch @) upload",
      "git-lfs-transfer ../srv/team/app.git upload", "git-lfs-transfer team/app.git upload --x",
      "git-http-backend 'team/app.git'", "git-upload-archive--writer 'team/app.git'",
    ])
  func refuses(_ command: String) throws {
    let mark = door.sandbox.path("mark")
    expectRefused("HK404", try door.ask(command.replacingOccurrences(of: "@", with: mark)))
    #expect(!door.sandbox.exists("mark"))
  }

  @Test("a command longer than any path is refused unread")
  func long() throws {
    let path = String(repeating: "a/", count: 50_000)
    expectRefused("HK404", try door.ask("git-upload-pack '\(path)'"))
  }

  @Test("without a command it says who one is, and ends")
  func greeting() throws {
    for command in [nil, ""] {
      let outcome = try door.ask(command, as: "agents.codex")
      #expect(outcome.exit == 1)
      #expect(
        outcome.errors
          == "You are agents.codex. There is no shell here: use git to clone, fetch and push.\n"
      )
      #expect(outcome.stdout.isEmpty)
    }
  }

  @Test(
    "called in another way than a forced command, it does nothing",
    arguments: [
      [], ["--root"], ["--root", "/srv"], ["--root", "srv", "agents.codex"], ["agents.codex"],
      ["--root", "/srv", "codex"], ["--root", "/srv", "agents.codex", "x"], ["-c", "id"],
      ["--root", "/srv", "--root", "/", "agents.codex"],
      ["--root", "/srv", "--key", "agents.codex"],
      ["--root", "/srv", "--shell", "x", "agents.codex"], ["--root", "/srv", "root.codex"],
    ])
  func usage(_ arguments: [String]) throws {
    let outcome = try door.sandbox.run(
      [door.shell()] + arguments, env: ["SSH_ORIGINAL_COMMAND": "git-upload-pack 'team/app'"])
    #expect(outcome.exit == 2 && outcome.stdout.isEmpty, "\(outcome)")
  }

  // MARK: Where it looks

  @Test("a link that stays under the root is followed, one that leaves it is not")
  func links() throws {
    try door.sandbox.bareRepository("outside.git").commit("Secret")
    try door.repository(".hidden.git")
    try link("team/app.git", at: "inside.git")
    try link("team", at: "folder")
    try link(door.sandbox.path("outside.git"), at: "outside.git")
    try link("../outside.git", at: "relative.git")
    try link("..", at: "up")
    try link(".", at: "self")
    try link("loop", at: "loop")
    try link(".hidden.git", at: "hidden.git")
    for path in ["inside.git", "inside", "folder/app.git", "self/self/team/app"] {
      expectServed(try door.ask("git-upload-pack '\(path)'"))
    }
    for path in [
      "outside.git", "outside", "relative.git", "up/outside.git", "up/srv/team/../../outside.git",
      "loop", "hidden", "hidden.git", "self", "up",
    ] {
      let outcome = try door.ask("git-upload-pack '\(path)'")
      expectRefused(path.contains("..") ? "HK404" : "HK403", outcome)
    }
  }

  @Test("the root may be a link itself")
  func linkedRoot() throws {
    let path = door.sandbox.path("link")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: door.root)
    expectServed(try door.ask("git-upload-pack 'team/app'", root: path))
  }

  @Test("only a bare repository is one")
  func bareOnly() throws {
    try door.sandbox.git("init", "--quiet", "srv/work")
    try door.sandbox.git("init", "--quiet", "--bare", "srv/twice.git")
    try door.sandbox.git("init", "--quiet", "srv/twice.git/.git")
    try door.sandbox.makeFolder("srv/empty.git")
    try door.sandbox.write("x", to: "srv/file.git")
    for path in [
      "work", "twice", "twice.git", "empty", "file", "file.git", "team", "team/app.git/objects",
      "team/app.git/HEAD", "nothing", "team/app.git.git",
    ] {
      expectRefused("HK403", try door.ask("git-upload-pack '\(path)'"))
    }
  }

  @Test("a git directory made of references is not served, by whichever service")
  func nested() throws {
    let server = door.server
    // As before hookkit came, or with its hooks gone.
    for hook in GuardedServer.hooks { try server.unlink(hook) }
    try server.repository.git("config", "--unset-all", "receive.procReceiveRefs")
    for part in ["HEAD", "objects/a", "refs/heads/main"] {
      try server.pushed(as: .stranger, "\(server.base):refs/heads/r/\(part)")
    }
    let folder = "\(server.repository.path)/refs/heads/r"
    // The machine's policy opens it as any other.
    try Sandbox.writeFile(Array("\(door.policy)\n".utf8), to: "\(folder)/hookkit/organisation")
    try Sandbox.writeFile(Array("ssh\n".utf8), to: "\(folder)/hookkit/host")
    let isGits = try door.sandbox.run(["git", "--git-dir=\(folder)", "rev-parse", "HEAD"])
    #expect(isGits.succeeded, "\(isGits)")
    try link("team/app.git/refs/heads/r", at: "short.git")
    for path in ["team/app.git/refs/heads/r", "short"] {
      for service in ["git-upload-pack", "git-receive-pack", "git-upload-archive"] {
        expectRefused("HK403", try door.ask("\(service) '\(path)'"))
      }
      let evil = try server.commit(by: .codex)
      let push = try door.sandbox.run(
        ["git", "push", "ssh://host/\(path)", "\(evil):refs/heads/x"], in: server.work.path,
        env: door.environment(as: "agents.codex"))
      #expect(!push.succeeded && push.codes == ["HK403"], "\(push)")
    }
    // Everybody can still clone the outer one.
    expectServed(try door.ask("git-upload-pack 'team/app.git'"))
    #expect(try server.tip("refs/heads/r/refs/heads/x") == nil)
  }

  @Test("nothing inside of a git directory or a work tree is served, whatever that consists of")
  func inside() throws {
    for name in ["outer.git", "linked.git", "packed.git", "common.git"] {
      try door.repository(name)
      try door.repository("\(name)/a/inner.git")
    }
    let linked = "\(door.root)/linked.git"
    let parts = try door.sandbox.makeFolder("parts")
    // A link in HEAD's place is how git wrote it once.
    try FileManager.default.removeItem(atPath: "\(linked)/HEAD")
    try link("refs/heads/main", at: "linked.git/HEAD")
    for part in ["objects", "refs"] {
      try FileManager.default.moveItem(
        atPath: "\(linked)/\(part)", toPath: "\(parts)/\(part)")
      try link("\(parts)/\(part)", at: "linked.git/\(part)")
    }
    try door.sandbox.git("pack-refs", "--all", in: "srv/packed.git")
    for part in ["objects", "refs"] {
      try FileManager.default.removeItem(atPath: "\(door.root)/common.git/\(part)")
    }
    try door.sandbox.write("../outer.git\n", to: "srv/common.git/commondir")
    try door.sandbox.git("init", "--quiet", "srv/site")
    try door.repository("site/files/inner.git")
    try door.sandbox.git("init", "--quiet", "--separate-git-dir=srv/away.git", "srv/file")
    try door.repository("file/inner.git")
    for path in [
      "outer.git/a/inner.git", "linked.git/a/inner", "packed.git/a/inner", "common.git/a/inner",
      "site/files/inner", "file/inner",
    ] {
      expectRefused("HK403", try door.ask("git-upload-pack '\(path)'"))
    }
    for path in ["outer.git", "linked", "packed"] {
      expectServed(try door.ask("git-upload-pack '\(path)'"))
    }
  }

  @Test("a root inside of a git directory serves nothing, one beside work trees does")
  func rootInside() throws {
    let outer = try door.repository("outer.git")
    try door.repository("outer.git/srv/inner.git")
    let root = "\(outer.path)/srv"
    expectRefused("HK403", try door.ask("git-upload-pack 'inner'", root: root))
    // Somebody keeps the files above the root under version control.
    try door.sandbox.git("init", "--quiet")
    try door.sandbox.git("init", "--quiet", "srv/work")
    expectServed(try door.ask("git-upload-pack 'team/app.git'"))
  }

  @Test("a root that is missing, or the whole machine, serves nothing")
  func roots() throws {
    for root in ["/", door.sandbox.path("gone"), door.policy] {
      let outcome = try door.ask("git-upload-pack 'team/app.git'", root: root)
      #expect(outcome.exit == 3 && outcome.codes == ["HK901"], "\(outcome)")
    }
  }

  // MARK: Environment

  @Test(
    "nothing that a client or a local user sets changes the pusher or reaches git and its hooks")
  func environment() throws {
    try door.server.wrap("post-receive", "env > '\(door.sandbox.path("seen"))'; exec \"$HOOK\"")
    _ = try door.server.agentsCommit()
    let attack = Self.attack(marker: door.sandbox.path("mark"))
    let push = try door.sandbox.run(
      ["git", "push", "ssh://host/team/app.git", "main", "main:agent/codex/x"],
      in: door.server.work.path,
      env: door.environment(as: "agents.codex", setting: attack))
    #expect(push.exit == 1 && push.codes == ["HK101"], "\(push)")
    #expect(try door.server.tip() == door.server.base)
    #expect(try door.server.tip("refs/heads/agent/codex/x") != nil)
    let direct = try door.ask(
      "git-upload-pack 'team/app'", as: "agents.codex",
      env: attack.merging(["GIT_DIR": "/nonexistent", "GIT_CONFIG_COUNT": "x"]) { $1 })
    expectServed(direct)
    #expect(!door.sandbox.exists("mark"))

    let seen = try door.sandbox.text("seen").split(separator: "\n").map(String.init)
    #expect(seen.contains("HOOKKIT_PUSHER=svc-codex"))
    let names = Set(seen.compactMap { $0.split(separator: "=").first.map(String.init) })
    // git's own, and what a shell sets by itself.
    let others: Set = [
      "GIT_DIR", "GIT_EXEC_PATH", "PWD", "OLDPWD", "SHLVL", "_", "GIT_PUSH_OPTION_COUNT",
    ]
    #expect(
      names.subtracting(others).isSubset(of: [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "GIT_PROTOCOL", "SSH_CONNECTION",
        "HOOKKIT_PUSHER",
      ]), "\(names)")
    #expect(!seen.contains { $0.contains("dana") && !$0.hasPrefix("HOME=") })
  }

  /// Variables that would name another pusher, or have git run a program, if they were believed.
  static func attack(marker: String) -> [String: String] {
    var variables: [String: String] = [
      "GIT_PUSH_CERT_STATUS": "G", "GIT_PUSH_CERT_SIGNER": "dana",
      "GIT_QUARANTINE_PATH": "/nonexistent", "GIT_SHALLOW_FILE": "/dev/null",
      "GL_BYPASS_ACCESS_CHECKS": "1", "GITEA_INTERNAL_PUSH": "true",
      "HOOKKIT_POLICY": "/dev/null", "HOOKKIT_TRACE": marker, "HOOKKIT_KEY": "/dev/null",
      "GITHUB_VIA": "merge", "SSH_USER_AUTH": "/etc/passwd", "BASH_ENV": "/dev/null",
      "GIT_TRACE": marker, "GIT_NAMESPACE": "other",
    ]
    for name in [
      "HOOKKIT_PUSHER", "REMOTE_USER", "GL_USER", "GL_ID", "GL_USERNAME", "GITEA_PUSHER_NAME",
      "GITHUB_USER_LOGIN", "BB_USER_NAME", "SOFT_SERVE_USERNAME", "GOGS_AUTH_USER_NAME",
    ] {
      variables[name] = "dana"
    }
    return variables
  }

  @Test("GIT_PROTOCOL goes through when it is one, and nothing else under its name")
  func gitProtocol() throws {
    let second = try door.ask("git-upload-pack 'team/app'", env: ["GIT_PROTOCOL": "version=2"])
    #expect(second.output.contains("version 2"), "\(second)")
    for value in ["version=2;x", "version=2\nX=1", String(repeating: "a", count: 65), ""] {
      let first = try door.ask("git-upload-pack 'team/app'", env: ["GIT_PROTOCOL": value])
      expectServed(first)
    }
  }
}
