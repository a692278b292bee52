import Foundation
import Primitives
import TestSupport
import Testing

/// The first hour of an administrator, a reviewer and an agent, as they go it by the README: plain git over
/// a real sshd, and nothing edited by hand.
@Suite("The first hour", .serialized)
struct FirstHourTests {
  let sandbox: Sandbox
  let bin: String
  let dana: TestPerson
  let erin: TestPerson
  let codex: TestPerson
  let repository: String

  init() throws {
    sandbox = try Sandbox()
    bin = try Executables.installed(in: sandbox)
    dana = try sandbox.person("dana")
    erin = try sandbox.person("erin")
    codex = try sandbox.person("codex")
    // git's own default is the name that the first administrator met: master.
    try sandbox.git("config", "--global", "--unset-all", "init.defaultBranch")
    try sandbox.git("init", "--quiet", "--bare", "srv/app.git")
    repository = sandbox.path("srv/app.git")
  }

  private func hookkit(
    _ words: [String], in directory: String? = nil, env: [String: String] = [:]
  ) throws -> Outcome {
    try sandbox.run(["\(bin)/hookkit"] + words, in: directory, env: env, timeLimit: 120)
  }

  private func key(_ person: TestPerson) -> String { person.key?.publicPath ?? "" }

  /// The administrator's part: one command protects, one a head enrols the others.
  private func protect() throws {
    let installed = try hookkit([
      "install", "--server", "--host", "ssh", "--profile", "team", "--person", "dana", "--email",
      dana.email, "--account", "dana", "--key", key(dana), repository,
    ])
    #expect(installed.succeeded, "\(installed)")
    let added = try hookkit([
      "-C", repository, "policy", "add", "person", "erin", "--email", erin.email, "--account",
      "erin", "--key", key(erin),
    ])
    #expect(added.succeeded, "\(added)")
    let agent = try hookkit([
      "-C", repository, "policy", "add", "agent", "codex", "--account", "svc-codex", "--key",
      key(codex), "--sponsor", "dana",
    ])
    #expect(agent.succeeded, "\(agent)")
  }

  private func sshd() throws -> LoopbackSSHD {
    try LoopbackSSHD(
      in: sandbox, serving: sandbox.path("srv"), policies: ["\(repository)/hookkit/policy.toml"])
  }

  private func clone(_ person: TestPerson, _ sshd: LoopbackSSHD) throws -> TestRepository {
    let env = sshd.environment(as: person)
    let name = "clone-\(person.name)"
    try sandbox.git("clone", "--quiet", sshd.url(path: "/app.git"), name, env: env)
    let clone = TestRepository(sandbox: sandbox, path: sandbox.path(name), isBare: false)
    try clone.git("config", "user.name", person.name)
    try clone.git("config", "user.email", person.email)
    try clone.git("config", "user.signingkey", person.key?.path ?? "")
    return clone
  }

  /// How many connections sshd has let in so far.
  private func connections(_ sshd: LoopbackSSHD) -> Int {
    sshd.log.components(separatedBy: "Accepted publickey").count - 1
  }

  @Test("two commands make a protection that is proven, also for a branch called master")
  func proven() throws {
    try protect()
    let proof = try hookkit(["doctor", "--server", "--probe", repository])
    #expect(proof.succeeded, "\(proof)")
    #expect(proof.output.contains("refs/heads/master was refused: HK101"), "\(proof)")
  }

  @Test("an agent's policy on the unguarded HEAD shuts no fetch and no repair")
  func head() throws {
    try protect()
    // A rule for another name, as the first example had it.
    let policy = "\(repository)/hookkit/policy.toml"
    let text = try sandbox.text("srv/app.git/hookkit/policy.toml")
      .replacingOccurrences(
        of: #"refs = ["HEAD", "refs/heads/main""#, with: #"refs = ["refs/heads/main""#)
    try Sandbox.writeFile(Array(text.utf8), to: policy, mode: 0o600)
    let doctor = try hookkit(["doctor", repository])
    #expect(doctor.exit == 1 && doctor.output.contains("which no rule guards"), "\(doctor)")
    let sshd = try sshd()
    let work = try clone(codex, sshd)
    try work.git("checkout", "--quiet", "-B", "master")
    try work.commit(
      "Mine\n", [".hookkit/policy.toml": "version = 1\nserial = nonsense\n"], on: "master",
      author: codex)
    let pushed = try work.attempt("push", "origin", "master", env: sshd.environment(as: codex))
    #expect(!pushed.succeeded, "\(pushed)")
    let person = try clone(dana, sshd)
    try person.git("fetch", "origin", env: sshd.environment(as: dana))
    try person.git("checkout", "--quiet", "-B", "master")
    try person.commit("Start\n", ["README": "hello\n"], on: "master", author: dana)
    try person.git("push", "origin", "master", env: sshd.environment(as: dana))
  }

  @Test("an agent's push waits, one command of a reviewer approves it, and it lands by itself")
  func approved() throws {
    try protect()
    let sshd = try sshd()
    let person = try clone(dana, sshd)
    try person.git("checkout", "--quiet", "-B", "master")
    try person.commit("Start\n", ["README": "hello\n"], on: "master", author: dana)
    try person.git("push", "--quiet", "origin", "master", env: sshd.environment(as: dana))

    let work = try clone(codex, sshd)
    let tip = try work.commit(
      "Retry on 429\n",
      ["src/net.c": "int retry;\n", "package-lock.json": GuardedServer.lock()], on: "master",
      author: codex)
    let pushed = try work.attempt("push", "origin", "master", env: sshd.environment(as: codex))
    #expect(pushed.remoteWords.contains("the push is held, not lost"), "\(pushed)")
    let id = try #require(pushed.errors.firstMatch(of: /held as\s+(Q[0-9A-Z]{4})/)?.1)

    let reviewer = try clone(erin, sshd)
    let env = sshd.environment(as: erin)
    var before = connections(sshd)
    func one(_ words: String..., exit: Int32 = 0) throws -> Outcome {
      let outcome = try hookkit(words, in: reviewer.path, env: env)
      #expect(outcome.exit == exit, "\(outcome)")
      #expect(
        connections(sshd) == before + 1, "\(words) connected \(connections(sshd) - before) times")
      before = connections(sshd)
      return outcome
    }
    // Every look costs one connection.
    let inbox = try one("review")
    #expect(inbox.output.contains("\(id)") && inbox.output.contains("you can"), "\(inbox)")
    #expect(inbox.output.contains("a release and a review"), "\(inbox)")
    let status = try one("status")
    #expect(status.output.contains("you     erin (person)"), "\(status)")
    #expect(status.output.contains("nothing waits") == false, "\(status)")
    _ = try one("quarantine", "show", String(id))
    _ = try one("review", "show", tip.hex)
    let shown = try one("approve", String(id), exit: 1)
    #expect(shown.errors.contains("hookkit approve \(id) --confirm \(id)"), "\(shown)")
    #expect(shown.output.contains("int retry;") && shown.output.contains("is-number"), "\(shown)")
    // What stands in a temporary folder's name is for no shell: the line is shared elsewhere.
    let odd = try sandbox.makeFolder("a b;$(touch ran)")
    let elsewhere = try hookkit(
      ["review"], in: reviewer.path, env: env.merging(["TMPDIR": odd]) { $1 })
    #expect(elsewhere.succeeded && elsewhere.output.contains(String(id)), "\(elsewhere)")
    #expect(connections(sshd) == before + 1)
    before = connections(sshd)
    // The beginning of the name, the branch and the commit mean it as well.
    for word in [String(id.prefix(3)), "master", String(tip.hex.prefix(9))] {
      #expect(try hookkit(["approve", word], in: reviewer.path, env: env).exit == 1)
    }
    before = connections(sshd)
    let approved = try one("approve", String(id), "--confirm", String(id))
    #expect(approved.errors.contains("erin has reviewed and released"), "\(approved)")
    #expect(approved.errors.contains("has landed"), "\(approved)")
    let landed = try sandbox.git("-C", repository, "rev-parse", "master")
    #expect(landed.value == tip.hex)
    let again = try hookkit(["approve", String(id)], in: reviewer.path, env: env)
    #expect(again.exit == 3 && again.errors.contains("it holds nothing"), "\(again)")
    let empty = try hookkit(["review"], in: reviewer.path, env: env)
    #expect(empty.errors.contains("nothing waits"), "\(empty)")
  }

  @Test("through a host in between, a command still makes one connection on each of the two")
  func jump() throws {
    try protect()
    let sshd = try sshd()
    let outer = try Sandbox()
    let jump = try LoopbackSSHD(jumpingIn: outer, people: [dana, erin, codex])
    let env = try sshd.environment(as: erin, through: jump)
    try sandbox.git("clone", "--quiet", "ssh://inner/app.git", "through", env: env)
    let clone = TestRepository(sandbox: sandbox, path: sandbox.path("through"), isBare: false)
    try clone.git("config", "user.email", erin.email)
    try clone.git("config", "user.signingkey", key(erin))
    for words in [["status"], ["review"], ["fetch"]] {
      let before = (connections(sshd), connections(jump))
      let outcome = try hookkit(words, in: clone.path, env: env)
      #expect(outcome.succeeded, "\(outcome)")
      #expect(connections(sshd) == before.0 + 1, "\(words)")
      #expect(connections(jump) == before.1 + 1, "\(words)")
    }
  }

  @Test("client hooks know the server's policy from the first push on")
  func client() throws {
    try protect()
    let sshd = try sshd()
    // Of a repository that holds nothing yet a clone does not learn what HEAD names.
    let work = try clone(codex, sshd)
    let person = try clone(dana, sshd)
    try person.git("checkout", "--quiet", "-B", "master")
    try person.commit("Start\n", ["README": "hello\n"], on: "master", author: dana)
    try person.git("push", "--quiet", "origin", "master", env: sshd.environment(as: dana))
    let env = sshd.environment(as: codex)
    try work.git("fetch", "--quiet", "origin", env: env)
    try work.git("checkout", "--quiet", "-B", "master", "--track", "origin/master")
    // Before: the server has the policy, and nobody is told to make one.
    let blind = try hookkit(["check"], in: work.path, env: env)
    #expect(blind.exit == 3 && blind.errors.contains("hookkit fetch origin"), "\(blind)")
    #expect(!blind.errors.contains("policy init"), "\(blind)")
    let installed = try hookkit(["install", "--client"], in: work.path, env: env)
    #expect(installed.succeeded, "\(installed)")
    #expect(installed.errors.contains("fetched policy"), "\(installed)")
    try work.commit("Agent\n", ["a": "1\n"], on: "master", author: codex)
    // @{upstream}..HEAD
    let check = try hookkit(["check"], in: work.path, env: env)
    #expect(check.exit == 8 || check.exit == 1, "\(check)")
    #expect(check.codes == ["HK101"], "\(check)")
    let pushed = try work.attempt("push", "origin", "master", env: env)
    #expect(pushed.errors.contains("warning: HK101"), "\(pushed)")
    // git's own fetch brings what changes; what was installed goes again.
    try person.git("config", "remote.origin.fetch")
    let refspec = try work.git("config", "--get-all", "remote.origin.fetch")
    #expect(refspec.output.contains("+refs/hookkit/*:refs/hookkit/remotes/origin/*"))
    let gone = try hookkit(["uninstall"], in: work.path)
    #expect(gone.succeeded, "\(gone)")
    let left = try work.git("config", "--get-all", "remote.origin.fetch")
    #expect(left.output == "+refs/heads/*:refs/remotes/origin/*\n")
  }

  @Test("install --all shuts no repository, dry or not, and names each by its path")
  func fleet() throws {
    let key = key(dana)
    let organisation = try sandbox.write(
      """
      version = 1
      serial = 1

      [people.dana]
      emails = ["\(dana.email)"]
      accounts = ["dana"]
      keys = ["\(try String(contentsOfFile: key, encoding: .utf8).split(separator: "\n")[0])"]
      roles = ["reviewer", "maintainer"]

      [[protect]]
      refs = ["HEAD"]
      review = { of = "agents", approvals = 1 }

      """, to: "etc/policy.toml")
    for name in ["srv/app.git", "srv/team/b.git", "srv/gitolite-admin.git", "srv/bare.git"] {
      if name != "srv/app.git" { try sandbox.git("init", "--quiet", "--bare", name) }
      if name != "srv/bare.git" {
        try sandbox.write("\(organisation)\n", to: "\(name)/hookkit/organisation")
      }
    }
    for dry in [true, false] {
      let outcome = try hookkit(
        [
          "install", "--server", "--all", sandbox.path("srv"), "--repository-prefix",
          "git.example.org/",
        ]
          + (dry ? ["--dry-run"] : []))
      #expect(outcome.exit == 1, "\(outcome)")
      #expect(
        outcome.output == """
          4 repositories below \(sandbox.path("srv"))
            2 \(dry ? "would be installed" : "installed"), 0 as they should be
            left alone: \(sandbox.path("srv/gitolite-admin.git")), which holds the host's own settings (--include)
            skipped 1: there is no policy
              \(sandbox.path("srv/bare.git"))

          """, "\(outcome)")
      #expect(sandbox.exists("srv/team/b.git/hooks/pre-receive") == !dry)
      #expect(!sandbox.exists("srv/bare.git/hooks/pre-receive"))
      #expect(!sandbox.exists("srv/gitolite-admin.git/hooks/pre-receive"))
    }
    #expect(
      try sandbox.text("srv/team/b.git/hookkit/policy.toml")
        .contains("repository = \"git.example.org/team/b\""))
    for name in ["srv/app.git", "srv/team/b.git"] {
      let doctor = try hookkit(["doctor", "--probe", sandbox.path(name)])
      #expect(doctor.succeeded, "\(doctor)")
    }
    let all = try hookkit(["doctor", "--all", sandbox.path("srv"), "--probe"])
    #expect(all.exit == 1 && all.output.contains("2 are well"), "\(all)")
    let included = try hookkit([
      "install", "--server", "--all", sandbox.path("srv"), "--include", "gitolite-admin",
    ])
    #expect(sandbox.exists("srv/gitolite-admin.git/hooks/pre-receive"), "\(included)")
  }
}
