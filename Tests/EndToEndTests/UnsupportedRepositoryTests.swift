import Primitives
import TestSupport
import Testing

@Suite("Repositories of a kind that hookkit does not judge")
struct UnsupportedRepositoryTests {
  @Test("a shallow push that would make the server shallow is undecided")
  func shallowPush() throws {
    let server = try GuardedServer()
    try server.repository.git("config", "receive.shallowUpdate", "true")
    try server.sandbox.shell(
      """
      git init --quiet deep && cd deep
      for n in 1 2 3; do echo $n > file && git add file && git commit --quiet -m $n; done
      cd .. && git clone --quiet --depth 1 "file://$PWD/deep" shallow
      """)
    for ref in ["refs/heads/topic", "refs/heads/release/1"] {
      try server.expectShut("HK901") {
        try server.sandbox.run(
          ["git", "push", server.repository.path, "main:\(ref)"], in: "shallow",
          env: server.environment(as: .dana))
      }
    }
    #expect(!server.sandbox.exists("server.git/shallow"))
    let verdicts = try server.verdicts()
    #expect(verdicts == ["undecided refs/heads/topic", "undecided refs/heads/release/1"])
  }

  @Test("a push from a shallow clone whose history the server has is judged as any other")
  func shallowClone() throws {
    let server = try GuardedServer()
    try server.persons("a")
    try server.pushed(as: .dana, "main")
    try server.sandbox.shell(
      """
      git clone --quiet --depth 1 "file://$PWD/server.git" shallow && cd shallow
      echo 1 > b && git add b && git commit --quiet -m b
      """)
    let pushed = try server.sandbox.run(
      ["git", "push", server.repository.path, "main"], in: "shallow",
      env: server.environment(as: .dana))
    #expect(pushed.succeeded, "\(pushed)")
  }

  @Test("a SHA-256 repository is refused by every hook, with the reason")
  func sha256() throws {
    let server = try GuardedServer()
    try server.sandbox.shell(
      """
      git init --quiet --bare --object-format=sha256 other.git
      cp -R server.git/hookkit server.git/hooks other.git/
      git -C other.git config receive.procReceiveRefs refs
      git init --quiet --object-format=sha256 other && cd other
      echo 1 > a && git add a && git commit --quiet -m a
      """)
    func push() throws -> Outcome {
      try server.sandbox.run(
        ["git", "push", "../other.git", "main", "main:topic"], in: "other",
        env: server.environment(as: .dana))
    }
    for hook in ["pre-receive", "proc-receive", "reference-transaction"] {
      let outcome = try push()
      #expect(outcome.exit != 0 && outcome.codes == ["HK905"], "\(outcome)")
      #expect(outcome.errors.contains("SHA-256"))
      #expect(try server.sandbox.git("for-each-ref", in: "other.git").output.isEmpty)
      // And the next one when this one is not there.
      try server.sandbox.shell("rm other.git/hooks/\(hook)")
      if hook == "proc-receive" {
        try server.sandbox.shell("git -C other.git config --unset receive.procReceiveRefs")
      }
    }
  }

  @Test(
    "references in another format and unknown extensions are refused",
    arguments: [
      "mkdir reftable", "git config extensions.refStorage reftable",
      "git config core.repositoryFormatVersion 1; git config extensions.future true",
    ])
  func formats(_ script: String) throws {
    let server = try GuardedServer()
    let own = try server.persons("mine")
    try server.work.git("push", "--quiet", "--no-verify", server.repository.path, "main:topic")
    try server.sandbox.shell(
      "git config core.repositoryFormatVersion 1; \(script)", in: "server.git")
    // git of this age does not start hooks in some of these, so they are asked directly.
    let line = Array("\(server.base) \(own) refs/heads/main\n".utf8)
    let outcomes = [
      try server.hook("pre-receive", stdin: line),
      try server.hook("reference-transaction", "prepared", stdin: line),
      try server.hook("update", "refs/heads/main", "\(server.base)", "\(own)"),
    ]
    for outcome in outcomes {
      #expect(outcome.exit == 3 && outcome.codes == ["HK901"], "\(outcome)")
    }
    let verdicts = try server.verdicts()
    #expect(verdicts == outcomes.map { _ in "undecided refs/heads/main" })
  }

  @Test(
    "extensions of newer gits that change nothing which hookkit reads change no verdict",
    arguments: [
      "relativeWorktrees", "submodulePathConfig", "RELATIVEWORKTREES", "SubmodulePathconfig",
    ])
  func harmlessExtensions(_ name: String) throws {
    let server = try GuardedServer()
    let own = try server.persons("mine")
    let agents = try server.agentsCommit()
    // Only pre-receive hears of an arrival: without it a person's signature says nothing of who came.
    try server.approve(own, by: .erin)
    try server.work.git("push", "--quiet", "--no-verify", server.repository.path, "main:topic")
    // git of this age opens no such repository, so the hooks are asked directly.
    try server.sandbox.shell(
      """
      git config core.repositoryFormatVersion 1
      printf '[extensions]\\n\\t\(name) = true\\n' >>config
      """, in: "server.git")
    for (new, exit) in [(own, Int32(0)), (agents, 1)] {
      let line = Array("\(server.base) \(new) refs/heads/main\n".utf8)
      let outcome = try server.hook("reference-transaction", "prepared", stdin: line)
      #expect(outcome.exit == exit, "\(outcome)")
      #expect(outcome.codes == (exit == 0 ? [] : ["HK101"]), "\(outcome)")
    }
  }

  @Test("references that a variable moves elsewhere are not guessed at", arguments: ["", "files"])
  func referenceBackend(_ value: String) throws {
    let server = try GuardedServer()
    let own = try server.persons("mine")
    let env = ["GIT_REFERENCE_BACKEND": value]
    try server.approve(own, by: .erin)
    for hook in GuardedServer.hooks.dropLast() {
      let refused = try server.push(as: .dana, "\(own):main", env: env)
      #expect(refused.exit != 0 && refused.codes.contains("HK901"), "\(refused)")
      #expect(refused.remoteWords.contains("GIT_REFERENCE_BACKEND"), "\(refused)")
      #expect(try server.tip() == server.base)
      // And the next one when this one is not there.
      try server.unlink(hook)
      if hook == "proc-receive" {
        try server.repository.git("config", "--unset-all", "receive.procReceiveRefs")
      }
    }
    try server.link("reference-transaction")
    try server.pushed(as: .dana, "\(own):main")
  }

  @Test("a blob that a partial clone has not fetched is unknown, not absent")
  func partialClone() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Roster.strict) }, files: ["CODEOWNERS": "* @erin\n"])
    let blob = try #require(try server.repository.id("main:CODEOWNERS"))
    try server.sandbox.shell(
      """
      git config core.repositoryFormatVersion 1
      git config extensions.partialClone origin
      git config remote.origin.promisor true
      git config remote.origin.url "$PWD/nowhere"
      rm objects/\(blob.hex.prefix(2))/\(blob.hex.dropFirst(2))
      """, in: "server.git")
    let own = try server.persons("mine")
    try server.expectShut("HK901") { try server.push(as: .dana, "main") }
    let line = Array("\(server.base) \(own) refs/heads/main\n".utf8)
    #expect(try server.hook("pre-receive", stdin: line).exit == 3)
  }
}
