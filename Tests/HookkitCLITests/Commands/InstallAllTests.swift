import Foundation
import TestSupport
import Testing

@Suite("install --all and doctor --all")
struct InstallAllTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    let key = try sandbox.key("dana")
    for name in ["srv/a.git", "srv/team/b.git", "srv/team/deep/c.git"] {
      _ = try sandbox.bareRepository(name)
      try sandbox.write(
        """
        version = 1
        serial = 1
        repository = "git.example.org/\(name)"

        [people.dana]
        accounts = ["dana"]
        keys = ["\(key.publicLine)"]
        roles = ["reviewer", "maintainer"]

        [[protect]]
        refs = ["refs/heads/main"]
        review = { of = "agents", approvals = 1, role = "reviewer", presence = "none" }
        unverified = "person"
        binding = "head"

        """, to: "\(name)/hookkit/policy.toml", mode: 0o600)
    }
  }

  private func install(_ arguments: String...) throws -> Outcome {
    let bin = try Executables.installed(in: sandbox)
    return try sandbox.run(["\(bin)/hookkit", "install", "--server", "--all"] + arguments)
  }

  @Test("every bare repository below a folder is guarded; once more there is nothing to do")
  func all() throws {
    let first = try install(sandbox.path("srv"))
    #expect(first.succeeded, "\(first)")
    #expect(
      first.output == """
        3 repositories below \(sandbox.path("srv"))
          3 installed, 0 as they should be

        """)
    for name in ["srv/a.git", "srv/team/b.git", "srv/team/deep/c.git"] {
      #expect(sandbox.exists("\(name)/hooks/proc-receive"))
      #expect(sandbox.exists("\(name)/refs/hookkit/policy"))
    }
    let before = try FileTree(sandbox.path("srv"))
    let second = try install(sandbox.path("srv"))
    #expect(second.succeeded && second.output.contains("0 installed, 3 as they should be"))
    #expect(try FileTree(sandbox.path("srv")) == before)
  }

  @Test("one that cannot be protected is named and stops no other; links and work trees stay alone")
  func obstacles() throws {
    _ = try sandbox.bareRepository("srv/new.git", options: ["--object-format=sha256"])
    _ = try sandbox.bareRepository("srv/without.git")
    _ = try sandbox.repository("srv/work")
    _ = try sandbox.bareRepository("elsewhere.git")
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.path("srv/link.git"), withDestinationPath: sandbox.path("elsewhere.git"))
    let outcome = try install(sandbox.path("srv"))
    #expect(outcome.exit == 3, "\(outcome)")
    #expect(
      outcome.output == """
        5 repositories below \(sandbox.path("srv"))
          3 installed, 0 as they should be
          skipped 1: there is no policy
            \(sandbox.path("srv/without.git"))
          1 could not be protected
            \(sandbox.path("srv/new.git")): this repository names objects by sha256; hookkit reads SHA-1 only

        """, "\(outcome)")
    #expect(outcome.errors.contains("2 of 5 are not protected"))
    #expect(!sandbox.exists("srv/without.git/hooks/proc-receive"))
    #expect(!sandbox.exists("elsewhere.git/hooks/proc-receive"))
    #expect(!sandbox.exists("srv/work/.git/hooks/proc-receive"))
  }

  @Test("a folder whose name cannot be read is said to be unprotected, not passed over")
  func unreadableName() throws {
    let made = try sandbox.run(
      ["sh", "-c", #"cd srv && git init -q --bare "$(printf 'x\377.git')""#])
    #expect(made.succeeded, "\(made)")
    let outcome = try install(sandbox.path("srv"))
    #expect(outcome.exit == 3 && outcome.output.contains("its name is not UTF-8"), "\(outcome)")
    #expect(outcome.output.contains("1 could not be protected"), "\(outcome)")
  }

  @Test("a dry run writes nothing")
  func dryRun() throws {
    let before = try FileTree(sandbox.path("srv"))
    let outcome = try install(sandbox.path("srv"), "--dry-run")
    #expect(outcome.succeeded && outcome.output.contains("3 would be installed"), "\(outcome)")
    #expect(try FileTree(sandbox.path("srv")) == before)
  }

  @Test("one repository of them is named by its place, and no other is touched")
  func one() throws {
    let outcome = try install(sandbox.path("srv"), sandbox.path("srv/team/b.git"))
    #expect(outcome.succeeded, "\(outcome)")
    #expect(sandbox.exists("srv/team/b.git/hooks/pre-receive"))
    #expect(!sandbox.exists("srv/a.git/hooks/pre-receive"))
    #expect(try install(sandbox.path("srv/team"), sandbox.path("srv/a.git")).exit == 2)
  }

  @Test("a profile or a client's role beside --all is a usage error")
  func usage() throws {
    #expect(try install(sandbox.path("srv"), "--profile", "team").exit == 2)
    #expect(try sandbox.hookkit("install", "--client", "--all", sandbox.path("srv")).exit == 2)
    #expect(try install(sandbox.path("none")).exit == 3)
  }

  @Test("doctor --all names the repositories whose hooks do not run, and what is wrong")
  func doctor() throws {
    #expect(try install(sandbox.path("srv")).succeeded)
    let well = try sandbox.hookkit("doctor", "--all", sandbox.path("srv"))
    #expect(well.succeeded, "\(well)")
    #expect(well.output.contains("3 repositories below \(sandbox.path("srv")): 3 are well"))
    let hook = sandbox.path("srv/team/b.git/hooks/pre-receive")
    #expect(try sandbox.run(["chmod", "-x", hook]).succeeded)
    let ill = try sandbox.hookkit("doctor", "--all", sandbox.path("srv"))
    #expect(ill.exit == 1, "\(ill)")
    #expect(ill.output.contains("2 are well"), "\(ill)")
    #expect(ill.output.contains("wrong    \(sandbox.path("srv/team/b.git"))"), "\(ill)")
    #expect(ill.output.contains("hooks/pre-receive has lost its run bit"), "\(ill)")
    let json = try sandbox.hookkit("doctor", "--json", "--all", sandbox.path("srv"))
    #expect(json.output.contains("hookkit.doctor-all/1"), "\(json)")
  }

  private func hooks(in tree: FileTree) -> Set<String> {
    Set(tree.entries.keys.filter { $0.contains("hooks") })
  }

  @Test("hosts with folders of hooks get their shims there, and uninstall leaves nothing of them")
  func folders() throws {
    let path = sandbox.path("srv/a.git")
    for (host, folder) in [("gitea", "hooks"), ("gitlab", "custom_hooks")] {
      let before = try FileTree(path)
      let done = try sandbox.hookkit("install", "--server", "--host", host, path)
      #expect(done.succeeded, "\(done)")
      #expect(sandbox.exists("srv/a.git/\(folder)/pre-receive.d/hookkit"))
      #expect(!sandbox.exists("srv/a.git/hooks/proc-receive"))
      let gone = try sandbox.hookkit("uninstall", path)
      #expect(gone.succeeded, "\(gone)")
      #expect(try hooks(in: FileTree(path)) == hooks(in: before))
    }
  }
}
