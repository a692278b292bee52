/// The hooks that hookkit answers, named as git names them (githooks(5)).
package enum Hook: String, CaseIterable, Sendable {
  case preReceive = "pre-receive"
  case procReceive = "proc-receive"
  case update
  case referenceTransaction = "reference-transaction"
  case postReceive = "post-receive"
  case prePush = "pre-push"
  case preCommit = "pre-commit"
  case preMergeCommit = "pre-merge-commit"
  case prepareCommitMessage = "prepare-commit-msg"
  case commitMessage = "commit-msg"

  /// Whether a server runs it, for a client that it need not trust.
  var isServers: Bool {
    switch self {
    case .preReceive, .procReceive, .update, .referenceTransaction, .postReceive: true
    case .prePush, .preCommit, .preMergeCommit, .prepareCommitMessage, .commitMessage: false
    }
  }

  /// The hook that an executable's name stands for: `/usr/bin/hookkit-pre-receive`, or the hook's own
  /// name for a link in a hooks folder.
  package init?(executable path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let prefix = "hookkit-"
    self.init(rawValue: name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name)
  }
}
