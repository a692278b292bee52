import Foundation
import TestSupport
import Testing

/// The hooks of a clone in real commits, each as `hookkit install` puts it there.
@Suite("client hooks")
struct ClientHooksTests {
  let sandbox: Sandbox
  let repository: TestRepository

  private static let all = [
    "pre-push", "pre-commit", "pre-merge-commit", "prepare-commit-msg", "commit-msg",
  ]
  private static let agent = ["CLAUDECODE": "1"]

  init() throws {
    sandbox = try Sandbox()
    repository = try sandbox.repository()
  }

  private func install(_ hooks: [String] = all) throws {
    let bin = try Executables.installed(in: sandbox)
    let outcome = try sandbox.run(
      ["\(bin)/hookkit", "install"] + hooks.flatMap { ["--hook", $0] } + [repository.path])
    #expect(outcome.succeeded, "\(outcome)")
  }

  private func message(_ revision: String = "HEAD") throws -> String {
    try repository.git("log", "-1", "--format=%B", revision).output
  }

  private static let trailer = "Assisted-by: Claude Code\n"

  // MARK: Credentials

  @Test("a credential is told before it is committed and before it is pushed; neither is stopped")
  func credentials() throws {
    try install()
    let remote = try sandbox.bareRepository("remote.git")
    try repository.git("remote", "add", "origin", remote.path)
    let key = MadeUp.key()
    try repository.writeFile("deploy.env", "A=1\nKEY=\(key)\n")
    try repository.git("add", ".")
    let told = try repository.git("commit", "-q", "-m", "Deploy")
    #expect(told.errors.contains("warning: HK301 a credential would be stored: Groq"), "\(told)")
    #expect(told.errors.contains("deploy.env line 2: groq-api-key"), "\(told)")
    let pushed = try repository.git("push", "-q", "origin", "HEAD:refs/heads/topic")
    #expect(pushed.errors.contains("warning: HK301"), "\(pushed)")
    #expect(!(told.errors + pushed.errors).contains(key))
    // What is there already is not told again.
    try repository.writeFile("deploy.env", "A=2\nKEY=\(key)\n")
    let edited = try repository.git("commit", "-q", "-a", "-m", "Edit")
    let again = try repository.git("push", "-q", "origin", "HEAD:refs/heads/topic")
    #expect(!(edited.errors + again.errors).contains("HK301"), "\(edited) \(again)")
  }

  // MARK: Messages

  @Test("a person's commit is silent and unchanged, through every hook")
  func silent() throws {
    try install()
    try repository.writeFile("package-lock.json", #"{"lockfileVersion": 3, "packages": {}}"#)
    try repository.git("add", ".")
    let outcome = try repository.git("commit", "-q", "-m", "Work")
    #expect(outcome.errors.isEmpty && outcome.output.isEmpty)
    #expect(try message() == "Work\n\n")
  }

  @Test(
    "an agent's commit names the agent once, with commit-msg, prepare-commit-msg or both",
    arguments: [["commit-msg"], ["prepare-commit-msg"], ["prepare-commit-msg", "commit-msg"]])
  func named(_ hooks: [String]) throws {
    try install(hooks)
    try repository.git("commit", "-q", "--allow-empty", "-m", "Work", env: Self.agent)
    #expect(try message() == "Work\n\n\(Self.trailer)\n")
    try repository.git("commit", "-q", "--allow-empty", "--amend", "--no-edit", env: Self.agent)
    #expect(try message() == "Work\n\n\(Self.trailer)\n")
  }

  @Test("prepare-commit-msg names the agent also where commit-msg is not run")
  func unverified() throws {
    try install(["prepare-commit-msg", "commit-msg"])
    try repository.git(
      "commit", "-q", "--no-verify", "--allow-empty", "-m", "Work", env: Self.agent)
    #expect(try message() == "Work\n\n\(Self.trailer)\n")
  }

  @Test("the trailer follows the message, not a line that looks like the start of a patch")
  func divider() throws {
    try install(["commit-msg"])
    try repository.git(
      "commit", "-q", "--allow-empty", "-m", "Work", "-m", "above\n---\nbelow", env: Self.agent)
    #expect(try message() == "Work\n\nabove\n---\nbelow\n\n\(Self.trailer)\n")
  }

  @Test("a commit that was given up in the editor is not made", arguments: [false, true])
  func givenUp(_ template: Bool) throws {
    try install()
    if template {
      try repository.git(
        "config", "commit.template", sandbox.write("Subject\n\nWhy:\n", to: "template"))
    }
    for env in [Self.agent, [:]] {
      for options in [[], ["-s"], ["-v"]] {
        let outcome = try sandbox.run(
          ["git", "commit", "--allow-empty"] + options, in: repository.path, env: env)
        #expect(outcome.exit == 1 && outcome.errors.contains("Aborting commit"), "\(outcome)")
      }
    }
    #expect(try repository.id("HEAD") == nil)
  }

  @Test("a message from the editor is named by commit-msg")
  func editor() throws {
    try install()
    let editor = try sandbox.write(
      "#!/bin/sh\nprintf 'Typed\\n' >\"$1\"\n", to: "editor", mode: 0o755)
    try repository.git(
      "commit", "-q", "--allow-empty", env: Self.agent.merging(["GIT_EDITOR": editor]) { $1 })
    #expect(try message() == "Typed\n\n\(Self.trailer)\n")
  }

  @Test("other people's commits that an agent replays stay as they are")
  func replayed() throws {
    try repository.commit("Start", ["a": "1"])
    try repository.git("checkout", "-q", "-b", "topic")
    for name in ["b", "c"] {
      try repository.writeFile(name, name)
      try repository.git("add", name)
      try repository.git("commit", "-q", "-m", "Person's \(name)")
    }
    try repository.git("checkout", "-q", "main")
    try repository.git("commit", "-q", "--allow-empty", "-m", "Other")
    try install()
    try repository.git("cherry-pick", "topic~1", env: Self.agent)
    #expect(try message() == "Person's b\n\n")
    try repository.git("checkout", "-q", "topic")
    try repository.git("rebase", "-q", "--force-rebase", "main~1", env: Self.agent)
    #expect(try message() == "Person's c\n\n")
    #expect(try message("HEAD~1") == "Person's b\n\n")
    // Its own commit in between is its own.
    try repository.git("commit", "-q", "--allow-empty", "-m", "Own", env: Self.agent)
    #expect(try message() == "Own\n\n\(Self.trailer)\n")
  }

  @Test("a merge by an agent is named, and asked about like a commit")
  func merge() throws {
    let base = try repository.commit("Start", ["a": "1"])
    try repository.git("checkout", "-q", "-b", "topic")
    try repository.writeFile("package.json", #"{"dependencies": {"left": "1.0.0"}}"#)
    try repository.git("add", ".")
    try repository.git("commit", "-q", "-m", "Dependency")
    try repository.git("checkout", "-q", "main")
    try install()
    let outcome = try repository.git("merge", "--no-ff", "--no-edit", "topic", env: Self.agent)
    #expect(outcome.errors.contains("warning: HK201 this commit changes dependency files"))
    #expect(try message().hasSuffix("\n\(Self.trailer)\n"))
    #expect(try repository.id("HEAD^1") == base)
  }

  // MARK: Dependency files

  @Test("an agent hears of dependency files, also of those that only `commit -a` adds")
  func dependencies() throws {
    try repository.commit("Start", ["Cargo.lock": "version = 4\n", "notes": "x"])
    try repository.git("reset", "-q", "--hard")
    try install()
    try repository.writeFile(
      "Cargo.lock", "version = 4\n\n[[package]]\nname = \"left\"\nversion = \"1.0.0\"\n")
    let outcome = try repository.git("commit", "-q", "-a", "-m", "Work", env: Self.agent)
    #expect(
      outcome.errors == """
        warning: HK201 this commit changes dependency files
                 Cargo.lock
                 the push may have to wait until a person releases it
        hint: why   hookkit explain HK201

        """)
    try repository.writeFile("notes", "y")
    let other = try repository.git("commit", "-q", "-a", "-m", "Work", env: Self.agent)
    #expect(other.errors.isEmpty)
  }

  @Test("a lock file with conflict markers is named to everybody, and committed all the same")
  func conflict() throws {
    try install()
    try repository.writeFile(
      "web/package-lock.json",
      "{\n<<<<<<< HEAD\n  \"lockfileVersion\": 3\n=======\n  \"lockfileVersion\": 2\n>>>>>>> b\n}\n"
    )
    try repository.git("add", ".")
    let outcome = try repository.git("commit", "-q", "-m", "Work")
    #expect(
      outcome.errors == """
        warning: HK232 web/package-lock.json line 2: a conflict marker
        hint: why   hookkit explain HK232

        """)
    #expect(try repository.id("HEAD") != nil)
    // What is taken away, or only a link, is not read.
    try repository.git("rm", "-q", "web/package-lock.json")
    #expect(try repository.git("commit", "-q", "-m", "Away").errors.isEmpty)
  }

  @Test("names and contents of a commit cannot reach the terminal raw")
  func escaped() throws {
    try install()
    try repository.writeFile("a\u{1b}[31m/yarn.lock", "<<<<<<< x\n")
    try repository.git("add", ".")
    let outcome = try repository.git("commit", "-q", "-m", "Work")
    #expect(outcome.errors.contains("line 1: a conflict marker"))
    #expect(!outcome.stderr.contains(0x1b))
  }

  // MARK: Where hooks are

  @Test("in a linked work tree and in a submodule the hooks run as in any other")
  func places() throws {
    try repository.commit("Start", ["a": "1"])
    try install()
    try repository.git("worktree", "add", "-q", sandbox.path("linked"), "-b", "linked")
    try sandbox.git(
      "commit", "-q", "--allow-empty", "-m", "Linked", in: "linked", env: Self.agent)
    #expect(
      try sandbox.git("log", "-1", "--format=%B", in: "linked").output
        == "Linked\n\n\(Self.trailer)\n")

    let outer = try sandbox.repository("outer")
    try outer.git("submodule", "--quiet", "add", repository.path, "part")
    #expect(try sandbox.hookkit("install", "outer/part").succeeded)
    #expect(sandbox.exists("outer/.git/modules/part/hooks/commit-msg"))
    #expect(!sandbox.exists("outer/.git/hooks/commit-msg"))
    try sandbox.git(
      "commit", "-q", "--allow-empty", "-m", "Inner", in: "outer/part", env: Self.agent)
    #expect(
      try sandbox.git("log", "-1", "--format=%B", in: "outer/part").output
        == "Inner\n\n\(Self.trailer)\n")
    #expect(try sandbox.hookkit("doctor", in: "outer/part").exit == 0)
    #expect(try sandbox.hookkit("uninstall", in: "outer/part").succeeded)
    #expect(!sandbox.exists("outer/.git/modules/part/hooks/commit-msg"))
  }

  // MARK: Templates

  @Test("new clones have the hooks of a template folder, whatever else is in it")
  func template() throws {
    try repository.commit("Start", ["a": "1"])
    let folder = try sandbox.makeFolder("template")
    let earlier = "#!/bin/sh\necho earlier >>\"$MARKS\"\n"
    try sandbox.write(earlier, to: "template/hooks/commit-msg", mode: 0o755)
    let before = try FileTree(folder)
    sandbox.setEnvironment("MARKS", sandbox.path("marks"))

    let unset = try sandbox.hookkit("install", "--template")
    #expect(unset.exit == 2)
    #expect(unset.errors.contains("init.templateDir is not set"))
    let dry = try sandbox.hookkit("install", "--template", "--dry-run", "template")
    #expect(dry.succeeded)
    #expect(try FileTree(folder) == before)
    let outcome = try sandbox.hookkit("install", "--template", "template")
    try expectSnapshot(outcome.description, named: "ClientHooksTests.template", in: sandbox)
    #expect(try sandbox.run(["git", "config", "--global", "init.templateDir"]).exit == 1)

    #expect(try sandbox.hookkit("install", "--template", "--global", "template").succeeded)
    let again = try sandbox.hookkit("install", "--template")
    #expect(again.errors == "nothing to do: \(folder) has the hooks\n")
    let clone = try sandbox.clone(repository)
    try clone.git("commit", "-q", "--allow-empty", "-m", "Work", env: Self.agent)
    #expect(try clone.git("log", "-1", "--format=%B").output == "Work\n\n\(Self.trailer)\n")
    #expect(try sandbox.text("marks") == "earlier\n")
    #expect(try sandbox.hookkit("doctor", clone.path).exit == 0)
    #expect(try sandbox.hookkit("uninstall", clone.path).succeeded)
    #expect(try sandbox.text("clone/.git/hooks/commit-msg") == earlier)
    #expect(!sandbox.exists("clone/.git/hooks/pre-push"))

    #expect(try sandbox.hookkit("uninstall", "--template", "--global").succeeded)
    #expect(try FileTree(folder) == before)
    #expect(try sandbox.run(["git", "config", "--global", "init.templateDir"]).exit == 1)
    #expect(try sandbox.hookkit("uninstall", "--template", "template").exit == 1)
    #expect(try sandbox.hookkit("install", "--template", "--server", "template").exit == 2)
  }
}
