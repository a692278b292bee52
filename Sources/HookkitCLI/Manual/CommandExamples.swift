/// The examples of the manual's pages, by command. Each is a command line that there is: a test reads
/// them all with the parser that reads a user's.
package enum CommandExamples {
  package struct Example: Sendable {
    package let words: [String]
    package let meaning: String

    init(_ line: String, _ meaning: String) {
      words = line.split(separator: " ").map(String.init)
      self.meaning = meaning
    }
  }

  /// Those on the page of one command, `install` or `policy`.
  static func of(_ command: String) -> [Example] { all[command] ?? [] }

  package static let all: [String: [Example]] = [
    "status": [
      .init("hookkit status", "In a clone: what is guarded, what waits, and who you are.")
    ],
    "whoami": [
      .init("hookkit whoami", "Whose your key and your address are, before a push tells it.")
    ],
    "who": [
      .init("hookkit who origin/main..HEAD", "Who made each commit, and how that is known.")
    ],
    "check": [
      .init("hookkit check", "What the server would say to the commits not pushed yet."),
      .init(
        "hookkit check --ref main origin/main..HEAD --json", "The same for main, for programs."),
    ],
    "fetch": [
      .init("hookkit fetch", "The policy, the ledger and the landings of the default remote.")
    ],
    "approve": [
      .init("hookkit approve", "Pick from what waits, read one page, answer one question."),
      .init("hookkit approve Q624K -m Checked", "One hold, by its name, with a comment."),
      .init(
        "hookkit approve 3f1c9e2 --confirm 3f1c9e2", "By its commit, answered beforehand."),
    ],
    "explain": [
      .init("hookkit explain HK101", "What a code means, and what ends it."),
      .init("hookkit explain HEAD", "Who made a commit, how that is known, and how it landed."),
    ],
    "install": [
      .init("hookkit install", "In a clone: hooks that say early what the server will say."),
      .init(
        "hookkit install --server --profile team --person dana --email dana@example.org "
          + "--account dana --key dana.pub /srv/git/app.git",
        "Guard a repository that people push to over ssh, with one person in its policy."),
      .init(
        "hookkit install --server --all /srv/git --dry-run",
        "What would be done in every repository below a folder."),
    ],
    "uninstall": [
      .init("hookkit uninstall --dry-run /srv/git/app.git", "What would be removed."),
      .init("hookkit uninstall --all /srv/git", "Remove the hooks from every repository."),
    ],
    "doctor": [
      .init("hookkit doctor", "In a clone: does each hook run?"),
      .init(
        "hookkit doctor --probe /srv/git/app.git",
        "On a server: prove it, with an agent's commit that must be refused."),
      .init("hookkit doctor --all /srv/git --probe", "The same for all of them."),
    ],
    "review": [
      .init("hookkit review", "What waits, and whether your answer counts."),
      .init("hookkit review show Q624K", "Look at it without answering."),
      .init(
        "hookkit review approve 3f1c9e2 --ref release/2", "Review a commit for another branch."),
      .init("hookkit review withdraw 3f1c9e2", "Take your review back."),
    ],
    "policy": [
      .init(
        "hookkit policy add person erin --email erin@example.org --account erin --key erin.pub",
        "Enrol a reviewer."),
      .init(
        "hookkit policy add agent codex --account codex --key codex.pub --sponsor erin "
          + "--may-push refs/heads/agent/codex/**",
        "Enrol an agent, its sponsor, and where it may push."),
      .init(
        "hookkit policy rotate-key dana --key dana-2027.pub --revoke",
        "A new key for dana; the old one is revoked."),
      .init("hookkit policy revoke codex --machine", "End all that an agent may do, everywhere."),
      .init("hookkit policy edit", "Change anything else in your editor."),
      .init("hookkit policy test --ref main", "Which rules name main, and who could review."),
    ],
    "quarantine": [
      .init("hookkit quarantine list", "What is held."),
      .init("hookkit quarantine show Q624K", "What it changes, line by line."),
      .init("hookkit quarantine reject Q624K -m No", "Refuse it for good."),
      .init("hookkit quarantine extend Q624K --until 30d", "Keep it for longer."),
    ],
    "deps": [
      .init("hookkit deps diff origin/main HEAD", "What a change of dependency files does."),
      .init("hookkit deps sbom HEAD", "A bill of materials in CycloneDX."),
    ],
    "verify": [
      .init("hookkit verify", "Fetch the server's records, and judge every landing again.")
    ],
    "log": [
      .init("hookkit log -f", "Decisions as they are taken."),
      .init("hookkit log --pusher codex --since 7d", "What one account pushed this week."),
      .init("hookkit log --observed", "What rules on trial would have refused."),
    ],
    "completion": [
      .init("hookkit completion bash", "A script; packages install it where the shell looks.")
    ],
    "help": [
      .init("hookkit help policy", "The policy's keys."),
      .init("hookkit help agents", "For agents: push options and JSON."),
    ],
  ]
}
