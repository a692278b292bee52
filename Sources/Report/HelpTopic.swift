internal import Gate
internal import Policy

/// The pages of `hookkit help TOPIC` that belong to no command.
package enum HelpTopic: String, CaseIterable, Sendable {
  case exitCodes = "exit-codes"
  case environment
  case policy
  case codes
  case hosts

  /// One line for the list of topics.
  package var title: String {
    switch self {
    case .exitCodes: "how every command and hook ends"
    case .environment: "the environment variables that are read"
    case .policy: "the policy file: layers, tables and keys"
    case .codes: "every code that a refusal may bear"
    case .hosts: "where the name of the pusher comes from"
    }
  }

  /// The page, ending in a line feed; no line is wider than `ExplainText.width`.
  package var text: String {
    let body =
      switch self {
      case .exitCodes: HelpText.exitCodes
      case .environment: HelpText.environment
      case .policy: HelpText.policy
      case .codes: HelpText.codes
      case .hosts: HelpText.hosts
      }
    return body.joined(separator: "\n") + "\n"
  }
}

/// What the pages say, from the registries.
enum HelpText {
  private static let width = ExplainText.width

  static var exitCodes: [String] {
    ["Exit codes of hookkit and its hooks:", ""]
      + definitions(
        ExitCode.allCases.map { code in
          let number = String(code.rawValue)
          let column = String(repeating: " ", count: 3 - number.utf8.count) + number
          return ("\(column)  \(code.word)", code.meaning)
        })
  }

  static var environment: [String] {
    ["Environment variables:", ""]
      + definitions(EnvironmentVariable.all.map { ($0.name, "\($0.meaning) [\($0.readBy.words)]") })
      + [""] + Paragraphs.folded(EnvironmentVariable.remark, to: width)
  }

  static var codes: [String] {
    ["Codes; `hookkit explain CODE` shows the page of one:", ""]
      + definitions(CodeRegistry.all.map { ($0.code.description, $0.title) })
  }

  static var hosts: [String] {
    Paragraphs.folded(
      """
      A server hook knows the pusher by an account name, and takes it from the one variable that
      `hookkit install --server --host HOST` has chosen. It never goes by the first variable found,
      and without a host the pusher is unknown and has nobody's rights.
      """, to: width) + [""]
      + definitions(Host.allCases.map { ($0.rawValue, "\($0.pusherVariable): \($0.meaning)") })
      + [""]
      + Paragraphs.folded(
        """
        Tried with real servers: ssh and local. Of the others hookkit reads the variable that their
        manuals name.
        """, to: width)
      + sshExample
  }

  private static let sshExample = [
    "", "For ssh, a program that every key is bound to, such as /usr/local/bin/git-as:", "",
    "  #!/bin/sh",
    "  export HOOKKIT_PUSHER=\"$1\"",
    "  exec git-shell -c \"$SSH_ORIGINAL_COMMAND\"",
    "", "and a line of authorized_keys for each key:", "",
    "  restrict,command=\"/usr/local/bin/git-as dana\" ssh-ed25519 AAAA... dana",
  ]

  static var policy: [String] {
    var lines = Paragraphs.folded(policyWords, to: width)
    for table in PolicyKey.Table.allCases {
      let keys = PolicyKey.all.filter { $0.table == table }
      guard !keys.isEmpty else { continue }
      lines += ["", table == .root ? "At the top:" : "\(table.rawValue):"]
      lines += definitions(
        keys.map { key in
          let other = key.byDefault.map { "else \($0)" } ?? "must be given"
          return (key.name, "\(key.meaning) (\(key.form); \(other))")
        })
    }
    return lines
  }

  private static let policyWords = """
    A policy is TOML; a key that is not listed here is an error. It is read from up to three places,
    each of which can only tighten the ones above it:

    1. /etc/hookkit/policy.toml, the organisation's

    2. $GIT_DIR/hookkit/policy.toml, the repository administrator's

    3. .hookkit/policy.toml in the tree of the branch that HEAD names, as it stands before the push

    Every rule that names a reference must be met by itself. A push that changes .hookkit/ changes
    nothing else, needs reviews by maintainers and a higher serial, and never judges itself. A policy
    that is missing, unreadable or not valid leaves the gate shut.

    `hookkit policy init` writes one, `validate` checks it, `show --origin` says where each line is
    from.
    """

  /// Words in a column and what they mean beside them; below them where a word is too long.
  private static func definitions(_ pairs: [(word: String, meaning: String)]) -> [String] {
    let column = min(20, pairs.map(\.word.utf8.count).max() ?? 0) + 4
    return pairs.flatMap { pair in
      let word = "  " + pair.word
      let meaning = Ascii.fold(Ascii.line(pair.meaning), to: width - column, most: .max)
      let indent = String(repeating: " ", count: column)
      guard word.utf8.count + 2 <= column else { return [word] + meaning.map { indent + $0 } }
      let first = word + String(repeating: " ", count: column - word.utf8.count)
      return meaning.enumerated().map { ($0 == 0 ? first : indent) + $1 }
    }
  }
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
