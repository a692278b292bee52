extension HelpText {
  static var agents: [HelpBlock] {
    [
      .prose(agentWords),
      .heading("Push options"),
      .definitions([
        .init("-o hookkit.format=json", "the answer as one line of JSON, behind `remote: `"),
        .init(
          "-o hookkit.reason=TEXT",
          "read, up to 1,024 bytes, and not shown to reviewers yet; the commit message is"),
      ]),
      .heading("hookkit.decision/1, the answer to a push"),
      .definitions(decisionMembers),
      .heading("hookkit.error/1, from a command with --json that fails"),
      .definitions([
        .init("exit, word", "the exit code, and its name"),
        .init("code", "the code such as HK801, or null"),
        .init("message, details", "what the command says without --json"),
        .init("next", "commands, each a label and an argv"),
      ]),
      .heading("Exit codes that matter"),
      .definitions([
        .init("0", "allowed, or done"),
        .init("1", "refused; git push itself ends with 1 for a push that is held, too"),
        .init("8", "held: it waits for a person"),
      ]),
    ]
  }

  private static let agentWords = """
    A push to a guarded branch is accepted, held or refused. The line that begins with `you:` says what
    to do, and the code before it what it is about; `hookkit explain CODE` has its page.

    Held (`held as ID`): the work is safe on the server and lands by itself once people have answered.
    Stop. Do not push it again, amend it, rebase it or try another branch. Report the ID and whom the text
    names. `hookkit status` says whether it still waits.

    Refused: change what the text names and push once more where it says so; otherwise stop and report.

    `hookkit approve`, `review approve` and `quarantine release` are for people, even where a hint shows
    them, and refuse agents. Never change hooks, the policy, identities or signing keys to get a push
    through; taking a trailer off makes nothing a person's work.
    """

  private static let decisionMembers: [HelpBlock.Definition] = [
    .init("verdict", "of the whole push: allow, hold, refuse or undecided"),
    .init("time", "RFC 3339, by the server's clock"),
    .init("pusher, principal", "the account, and whose it is by the policy; null for unknown"),
    .init("policy, ledger", "what the decision was made with"),
    .init("refs[].ref, old, new, verdict", "each reference; refHex where its name is not ASCII"),
    .init(
      "refs[].actor", "who acts: pusher, reviewer, maintainer, administrator or nobody; or null"),
    .init("refs[].retry", "now: change it and push; after-review: wait; never: stop"),
    .init("refs[].waitsFor", "release, review, or both"),
    .init("refs[].people", "who can give them"),
    .init("refs[].dependencies", "of a held change of dependency files: hookkit.depdiff/1"),
    .init(
      "refs[].findings[]",
      "code, severity, headline, reason, details, commit, actor and retry"),
    .init("next[]", "commands that end it: a label, which says who runs it, and an argv"),
  ]
}
