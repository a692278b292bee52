internal import Gate
internal import Policy

/// The pages of `hookkit help TOPIC` that belong to no command.
package enum HelpTopic: String, CaseIterable, Sendable {
  case exitCodes = "exit-codes"
  case environment
  case policy
  case codes
  case hosts
  case clients
  case catalog
  case agents

  /// One line for the list of topics.
  package var title: String {
    switch self {
    case .exitCodes: "how every command and hook ends"
    case .environment: "the environment variables that are read"
    case .policy: "the policy file: layers, tables and keys"
    case .codes: "every code that a refusal may bear"
    case .hosts: "where the name of the pusher comes from"
    case .clients: "the hooks of a clone, beside hook managers"
    case .catalog: "the files that a quarantine rule can guard, and where that is written"
    case .agents: "what an agent meets: refusals, push options, and answers as JSON"
    }
  }

  /// The page, ending in a line feed; of what it says, only commands and examples may be wider.
  package func text(width: Int = ExplainText.width) -> String {
    HelpBlock.lines(of: blocks, width: width).joined(separator: "\n") + "\n"
  }

  /// What the page says, from the registries.
  package var blocks: [HelpBlock] {
    switch self {
    case .exitCodes: HelpText.exitCodes
    case .environment: HelpText.environment
    case .policy: HelpText.policy
    case .codes: HelpText.codes
    case .hosts: HelpText.hosts
    case .clients: HelpText.clients
    case .catalog: HelpText.catalog
    case .agents: HelpText.agents
    }
  }
}

/// What the pages say, from the registries.
enum HelpText {
  static var exitCodes: [HelpBlock] {
    [
      .prose("Exit codes of hookkit and its hooks:"),
      .definitions(
        ExitCode.allCases.map { code in
          let number = String(code.rawValue)
          let column = String(repeating: " ", count: 3 - number.utf8.count) + number
          return .init("\(column)  \(code.word)", code.meaning)
        }),
    ]
  }

  static var environment: [HelpBlock] {
    [
      .prose("Environment variables:"),
      .definitions(
        EnvironmentVariable.all.map { .init($0.name, "\($0.meaning) [\($0.readBy.words)]") }),
      .prose(EnvironmentVariable.remark),
    ]
  }

  static var codes: [HelpBlock] {
    [
      .prose("Codes; `hookkit explain CODE` shows the page of one:"),
      .definitions(CodeRegistry.all.map { .init($0.code.description, $0.title) }),
    ]
  }

  static var hosts: [HelpBlock] {
    [
      .prose(
        """
        A server hook knows the pusher by an account name, and takes it from the one place that
        `hookkit install --server --host HOST` has chosen for the repository, or /etc/hookkit/host
        for the machine. It never goes by the first variable found; without a host, and without a
        name, the pusher is unknown and has nobody's rights.
        """)
    ] + HostProfile.allCases.flatMap(blocks) + [
      .prose(
        """
        Tried with real servers: ssh, local, gitolite and http. The hooks, order and environment of
        the others are played in tests as their sources and manuals describe them.
        """),
      .prose("For ssh, sshd asks hookkit whose key it is (sshd_config; one line each):"),
      .verbatim([
        "AuthorizedKeysCommand /usr/local/bin/hookkit authorized-keys",
        "    --root /srv/git %u %t %k",
        "AuthorizedKeysCommandUser nobody",
      ]),
      .prose("or each key has a line of authorized_keys by hand:"),
      .verbatim([
        "restrict,command=\"/usr/local/bin/hookkit-shell --root /srv/git",
        "    people.dana\" ssh-ed25519 AAAA... dana",
      ]),
    ]
  }

  private static func blocks(of host: HostProfile) -> [HelpBlock] {
    let place =
      switch host.hookPlace {
      case .git: "git's own hooks folder"
      case .folders(let name): "\(name)/<hook>.d/hookkit in the repository"
      case .uploaded: "a script that an administrator gives to the host"
      }
    let refusal =
      host.leavesProcReceive
      ? "each reference by itself; pushes can be held"
      : "the whole push; nothing can be held, so a push that would be is refused"
    return [
      .heading(host.rawValue),
      .definitions([
        .init("what", host.meaning), .init("pusher", host.pusherVariable), .init("hooks", place),
        .init("refuses", refusal), .init("web merges", host.webMerges),
      ]),
    ]
  }

  static var policy: [HelpBlock] {
    var blocks: [HelpBlock] = [.prose(policyWords)]
    for table in PolicyKey.Table.allCases {
      let keys = PolicyKey.all.filter { $0.table == table }
      guard !keys.isEmpty else { continue }
      blocks.append(.heading(table == .root ? "At the top" : table.rawValue))
      blocks.append(
        .definitions(
          keys.map { key in
            let other = key.byDefault.map { "else \($0)" } ?? "must be given"
            return .init(key.name, "\(key.meaning) (\(key.form); \(other))")
          }))
    }
    return blocks
  }

  private static let policyWords = """
    A policy is TOML; a key that is not listed here is an error. It is read from up to three places,
    each of which can only tighten the ones above it:

    1. /etc/hookkit/policy.toml, the organisation's

    2. $GIT_DIR/hookkit/policy.toml, the repository administrator's

    3. .hookkit/policy.toml in the tree of the branch that HEAD names, as it stands before the push

    Every rule that names a reference must be met by itself. A push that changes .hookkit/ on the branch
    that HEAD names changes nothing else, needs reviews by maintainers and a higher serial, and never
    judges itself; that holds where no rule names the branch, too. While a policy is missing, unreadable
    or not valid, every push is refused; where only the tree's is, fetches go on and a push may mend it.

    The policy in force is recorded in refs/hookkit/policy. The newest one on record stays in force where
    HEAD comes to name a branch with an older policy or none, and the next one must bear a higher serial.

    A whole history, with the policy commits in it, is brought in by the administrator, and begins there:
    git --git-dir=REPO -c core.hooksPath=/dev/null -c hook.reference-transaction.enabled=false
    fetch OLD 'refs/heads/*:refs/heads/*', then `hookkit install --server REPO`.

    `hookkit policy init` writes one, `validate` checks it, `show --origin` says where each line is
    from.
    """
}

extension EnvironmentVariable.Reader {
  fileprivate var words: String {
    switch self {
    case .client: "commands and client hooks"
    case .server: "server hooks"
    case .everything: "everything"
    }
  }
}
