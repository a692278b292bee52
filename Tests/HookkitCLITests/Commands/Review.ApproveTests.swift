import Primitives
import TestSupport
import Testing

@Suite("review approve")
struct ReviewApproveTests {
  @Test("an approval is in the server's ledger, and nothing else of the server has moved")
  func approves() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let before = try scene.server.references()
    let outcome = try scene.hookkit("review", "approve", head.short, "--confirm", head.short)
    try #require(outcome.succeeded, "\(outcome)")
    try expectSnapshot(
      scene.seen(outcome), named: "Review.ApproveTests.approves", in: scene.sandbox)
    var after = try scene.server.references()
    #expect(after.removeValue(forKey: "refs/hookkit/ledger") != nil)
    #expect(after == before)
    let files = try scene.ledger()
    #expect(files.count == 1)
    #expect(files.allSatisfy { $0.hasPrefix("reviews/\(head.hex.prefix(2))/\(head.hex)/") })
  }

  @Test("a policy change is vouched for as one on HEAD's branch alone, which no rule need name")
  func policyChange() throws {
    let rules = ReviewScene.usualRules.replacing("refs/heads/main", with: "refs/heads/release/1")
    let scene = try ReviewScene(rules: rules)
    try scene.clone.git("push", "--quiet", "origin", "main:refs/heads/release/1")
    let text = try scene.clone.git("show", "main:.hookkit/policy.toml").output
    let head = try scene.work(
      "Policy", [".hookkit/policy.toml": .text(text.replacing("serial = 1", with: "serial = 2"))])
    for (ref, vouches) in [("main", "policy"), ("release/1", "code")] {
      let outcome = try scene.hookkit(
        "review", "approve", head.short, "--ref", ref, "--confirm", head.short, "-q")
      try #require(outcome.succeeded, "\(outcome)")
      let shown = try scene.hookkit("review", "list", "--ref", ref, "--json")
      #expect(shown.output.contains("\"\(vouches)\""), "\(shown)")
    }
  }

  @Test("the clone's branches, tags, index and FETCH_HEAD stay as they were")
  func leavesTheCloneAlone() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let before = try scene.clone.references()
    _ = try scene.hookkit("review", "approve", head.hex, "--confirm", head.hex, "-q")
    let after = try scene.clone.references().filter { !$0.key.hasPrefix("refs/hookkit/remotes/") }
    #expect(after == before)
    #expect(!scene.sandbox.exists("clone/.git/FETCH_HEAD"))
    #expect(try scene.clone.git("status", "--porcelain").output == "")
  }

  @Test("what is signed verifies with ssh-keygen, in hookkit's own namespace")
  func signatureVerifies() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let outcome = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "-q", "-m", "read it all")
    try #require(outcome.succeeded, "\(outcome)")
    let path = try #require(try scene.ledger().first)
    let envelope = try JSON(reading: scene.server.git("show", "refs/hookkit/ledger:\(path)").stdout)
    let payload = try #require(envelope["payload"]?.bytes.flatMap(Base64.decode))
    let signature = try #require(
      envelope["signatures"]?.array?.first?["sig"]?.bytes.flatMap(Base64.decode))
    let type = "application/vnd.in-toto+json"
    let message =
      Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    try scene.sandbox.write(signature, to: "sig")
    try scene.sandbox.write("dana \(scene.dana.key?.publicLine ?? "")\n", to: "signers")
    let verified = try scene.sandbox.run(
      [
        "ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "dana", "-n", "review@hookkit", "-s",
        "sig",
      ], stdin: message)
    #expect(verified.succeeded, "\(verified)")
    let statement = try JSON(reading: payload)
    #expect(statement["predicate"]?["head"]?.string == head.hex)
    #expect(statement["predicate"]?["ref"]?.string == "refs/heads/main")
    #expect(statement["predicate"]?["comment"]?.string == "read it all")
    #expect(statement["predicate"]?["vouches"] == ["code"])
  }

  @Test("without a terminal nothing is signed unless the commit is confirmed")
  func asksForConfirmation() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    var text = ""
    for words in [[], ["--confirm", "1234567"], ["--confirm", String(head.hex.prefix(6))]] {
      let bin = try Executables.installed(in: scene.sandbox)
      let outcome = try scene.sandbox.run(
        ["\(bin)/hookkit", "review", "approve", head.short, "-q"] + words, in: scene.clone.path)
      #expect(outcome.exit == 1)
      text += scene.seen(outcome)
    }
    try expectSnapshot(
      text, named: "Review.ApproveTests.confirm", in: scene.sandbox,
      replacing: [
        ("--confirm \(head.hex.prefix(6))\n", "--confirm <6 digits>\n"),
        ("\"\(head.hex.prefix(6))\"", "<6 digits>"),
      ])
    #expect(try scene.ledger() == [])
  }

  @Test("on a terminal the person is asked, and only yes signs", arguments: ["y", "n", ""])
  func asksOnATerminal(_ answer: String) throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let bin = try Executables.installed(in: scene.sandbox)
    let outcome = try scene.sandbox.run(
      ["script", "-qec", "\(bin)/hookkit review approve \(head.short) --color never", "/dev/null"],
      in: scene.clone.path, stdin: Array("\(answer)\n".utf8), env: ["GIT_PAGER": "cat"])
    #expect(outcome.output.contains("Sign this review as dana? [y/N]"), "\(outcome)")
    #expect(try scene.ledger().isEmpty == (answer != "y"))
    #expect(outcome.exit == (answer == "y" ? 0 : 1), "\(outcome)")
  }

  @Test(
    "in an agent's shell nothing is signed", arguments: ["CLAUDECODE=1", "CODEX_SANDBOX=seatbelt"])
  func refusesAgents(_ marker: String) throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let words = marker.split(separator: "=").map(String.init)
    let outcome = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, env: [words[0]: words[1]])
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("an agent does not review"))
    #expect(outcome.errors.contains(marker))
    #expect(outcome.output == "")
    #expect(try scene.ledger() == [])
  }

  @Test("a key that is nobody's, or without the role, signs nothing")
  func refusesStrangers() throws {
    let scene = try ReviewScene(
      rules: ReviewScene.usualRules.replacing("\"reviewer\"", with: "\"maintainer\""))
    let head = try scene.work()
    let stranger = try scene.sandbox.key("stranger")
    var text = ""
    for key in [stranger.path, scene.erin.key?.path ?? "", "missing"] {
      let outcome = try scene.hookkit(
        "review", "approve", head.short, "--confirm", head.short, "-q", env: ["HOOKKIT_KEY": key])
      text += scene.seen(outcome)
    }
    let unnamed = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "-q", env: ["HOOKKIT_KEY": ""])
    try expectSnapshot(
      text + scene.seen(unnamed), named: "Review.ApproveTests.strangers", in: scene.sandbox)
    #expect(try scene.ledger() == [])
  }

  @Test("the author of a commit is told that their own review does not count")
  func warnsTheAuthor() throws {
    let scene = try ReviewScene()
    let head = try scene.work("Mine, mostly\n", author: scene.dana)
    let outcome = try scene.hookkit("review", "approve", head.short, "-q")
    #expect(outcome.errors.contains("dana is the author of 1 of 1 commits"), "\(outcome)")
  }

  @Test("keys that only the ssh-agent has sign, named by file or by themselves")
  func signsThroughAnAgent() throws {
    let scene = try ReviewScene()
    let key = try #require(scene.dana.key)
    let agent = try SSHAgent(in: scene.sandbox, keys: [key])
    defer { agent.stop() }
    try scene.sandbox.write("\(key.publicLine)\n", to: "elsewhere/dana.pub")
    for (number, name) in [
      scene.sandbox.path("elsewhere/dana.pub"), "key::\(key.publicLine)", key.publicLine,
    ].enumerated() {
      let head = try scene.work(
        "Work \(number)\n\nCo-authored-by: Codex <noreply@openai.com>\n",
        on: "agent/codex/work\(number)")
      try scene.clone.git("config", "user.signingkey", name)
      let outcome = try scene.hookkit(
        "review", "approve", head.short, "--confirm", head.short, "-q", env: ["HOOKKIT_KEY": ""])
      #expect(outcome.succeeded, "\(outcome)")
    }
    #expect(try scene.ledger().count == 3)
  }

  @Test("whoever is slower appends behind the faster one, and no review is lost")
  func retries() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let other = try scene.sandbox.clone(scene.server, "other")
    let bin = try Executables.installed(in: scene.sandbox)
    // Erin's review comes in between Dana's look at the server and Dana's push.
    let signer = try scene.sandbox.write(
      """
      #!/bin/sh
      if [ ! -e '\(scene.sandbox.path("once"))' ]; then
        touch '\(scene.sandbox.path("once"))'
        (cd '\(other.path)' && HOOKKIT_KEY='\(scene.erin.key?.path ?? "")' \
        '\(bin)/hookkit' review approve \(head.hex) --confirm \(head.hex) -q) || exit 1
      fi
      exec ssh-keygen "$@"

      """, to: "signer", mode: 0o755)
    try scene.clone.git("config", "gpg.ssh.program", signer)
    let outcome = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "-q", "-v")
    #expect(outcome.succeeded, "\(outcome)")
    #expect(outcome.errors.contains("the ledger has grown meanwhile (attempt 1)"))
    #expect(try scene.ledger().count == 2)
    let parents = try scene.server.git("rev-list", "--parents", "refs/hookkit/ledger").lines
    #expect(parents.count == 2)
    #expect(parents.allSatisfy { $0.split(separator: " ").count <= 2 })
    #expect(scene.sandbox.exists("once"))
  }

  @Test("what the server says against it is shown, and nothing is tried again")
  func showsTheRefusal() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    try scene.server.writeHook(
      "pre-receive", "#!/bin/sh\nprintf 'error: HK402 not for \\033[2Jyou\\n' >&2\nexit 1\n")
    let outcome = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "-q")
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("remote: error: HK402 not for \\x1b[2Jyou"), "\(outcome)")
    #expect(!outcome.errors.utf8.contains(0x1b))
    #expect(!outcome.errors.contains("attempt"))
    #expect(try scene.ledger() == [])
  }

  @Test("digits mean a commit, never a tag of that name")
  func digitsAreCommits() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let other = try scene.work("Another\n", ["a": .text("3\n")], on: "agent/codex/other")
    try scene.clone.git("tag", head.short, other.hex)
    let outcome = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "-q")
    #expect(outcome.succeeded, "\(outcome)")
    #expect(try scene.ledger().allSatisfy { $0.contains("/\(head.hex)/") })
  }

  @Test("a commit that is not here is fetched from the server's branches")
  func fetchesTheCommit() throws {
    let scene = try ReviewScene()
    let fresh = try scene.sandbox.clone(
      scene.server, "fresh", options: ["--single-branch", "--branch", "main"])
    let head = try scene.work()
    let outcome = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "-q", in: fresh.path)
    #expect(outcome.succeeded, "\(outcome)")
    #expect(try scene.ledger().count == 1)
  }

  @Test("a change of the policy alone is vouched for as policy, by maintainers")
  func policyChanges() throws {
    let scene = try ReviewScene()
    let old = try scene.clone.git("show", "main:.hookkit/policy.toml").output
    let head = try scene.work(
      "Raise the serial\n",
      [".hookkit/policy.toml": .text(old.replacing("serial = 1", with: "serial = 2"))])
    let erin = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "-q",
      env: ["HOOKKIT_KEY": scene.erin.key?.path ?? ""])
    #expect(erin.exit == 1)
    #expect(erin.errors.contains("does not have the role maintainer"), "\(erin)")
    let dana = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "--json")
    #expect(dana.succeeded, "\(dana)")
    let listed = try JSON(reading: scene.hookkit("review", "list", "--json").stdout)
    #expect(listed["reviews"]?.array?.first?["vouches"] == ["policy"])
  }

  @Test("a rule that asks for a touch takes no other key")
  func asksForATouch() throws {
    let scene = try ReviewScene(
      rules: ReviewScene.usualRules.replacing("approvals = 1", with: "presence = \"touch\""))
    let head = try scene.work()
    let outcome = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "-q")
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("requires a touched security key"), "\(outcome)")
  }

  @Test(
    "a ref that no rule names, a commit that has landed, an unknown one: nothing is signed",
    arguments: [
      (["main"], 1, "nothing to review"), (["deadbeef"], 3, "there is no commit"),
      (["HEAD", "--ref", "wip"], 1, "no rule of the policy protects"),
      (["HEAD", "--ref", "a..b"], 2, "is not a valid ref name"),
      (["HEAD", "--remote", "--upload-pack=x"], 2, "Missing value"),
      (["HEAD", "--remote=--upload-pack=x"], 2, "no remote named"),
      (["--", "--output=x"], 3, "there is no commit"),
      (["HEAD", "--expires", "soon"], 2, "is not a date or time"),
      (["HEAD", "--expires", "2020-01-01"], 2, "has passed"),
    ] as [([String], Int32, String)])
  func declines(_ words: [String], _ exit: Int32, _ message: String) throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let bin = try Executables.installed(in: scene.sandbox)
    let arguments = words.map { $0 == "HEAD" ? head.hex : $0 }
    let outcome = try scene.sandbox.run(
      ["\(bin)/hookkit", "review", "approve", "-q", "--confirm", head.hex] + arguments,
      in: scene.clone.path)
    #expect(outcome.exit == exit, "\(outcome)")
    #expect(outcome.errors.contains(message), "\(outcome)")
    #expect(try scene.ledger() == [])
    #expect(!scene.sandbox.exists("clone/x"))
  }
}
