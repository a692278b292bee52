internal import Gate

extension Host {
  /// The hooks that guard a repository behind this host.
  var hooks: [Shim.Hook] {
    switch self {
    case .ssh, .accounts, .local, .gitolite, .http:
      [.preReceive, .procReceive, .referenceTransaction, .postReceive]
    // Gitea writes pre-receive, update, proc-receive and post-receive anew and leaves the others.
    case .gitea: [.preReceive, .referenceTransaction, .postReceive]
    // Gitaly's own hooks folder has no place for others (GitLab, "Git server hooks").
    case .gitlab: [.preReceive, .postReceive]
    case .ghes: [.preReceive]
    case .bitbucket: [.preReceive, .postReceive]
    }
  }
}

extension Shim.Hook {
  /// Whether hosts that keep git's hooks for themselves run those of others beside them.
  var isSharedByHosts: Bool { [.preReceive, .update, .postReceive].contains(self) }
}
