/// What stands between the network and git on a server: it tells the pusher's name, says where hooks go
/// and what they may do. One word in `$GIT_DIR/hookkit/host`, else in `/etc/hookkit/host`.
///
/// An ssh client may send variables (AcceptEnv) and a local user may set any, so a variable is believed
/// only when the administrator has said that this server's own front end sets it.
package enum Host: String, CaseIterable, Sendable {
  case ssh, accounts, local, gitolite, http, gitea, gitlab, ghes, bitbucket

  /// The variable that the host sets for the hooks of a push.
  package var pusherVariable: String {
    switch self {
    case .ssh, .local: "HOOKKIT_PUSHER"
    // sudo(8) sets it from the account that called, whatever that account's environment says.
    case .accounts: "SUDO_USER"
    case .gitolite: "GL_USER"
    case .http: "REMOTE_USER"
    case .gitea: "GITEA_PUSHER_NAME"
    case .gitlab: "GL_USERNAME"
    case .ghes: "GITHUB_USER_LOGIN"
    case .bitbucket: "BB_USER_NAME"
    }
  }

  /// The variable that, when it is neither empty nor `0`, says that the push came by a key which belongs
  /// to no account, so that the name in `pusherVariable` is somebody's who need not know of it.
  package var sharedKeyVariable: String? {
    // Gitea gives pushes by a deploy key the name of the repository's owner (cmd/serv.go,
    // routers/private/serv.go).
    self == .gitea ? "GITEA_DEPLOY_KEY_ID" : nil
  }

  /// Where hooks stand.
  package enum HookPlace: Hashable, Sendable {
    /// In git's own hooks folder.
    case git
    /// In `<hook>.d/` under this folder of the repository, beside those of others; git's own hooks are
    /// the host's. Some of its hooks may be git's all the same.
    case folders(String)
    /// Nowhere in the repository: an administrator hands the host a script.
    case uploaded
  }

  package var hookPlace: HookPlace {
    switch self {
    case .ssh, .accounts, .local, .gitolite, .http: .git
    case .gitea: .folders("hooks")
    case .gitlab: .folders("custom_hooks")
    case .ghes, .bitbucket: .uploaded
    }
  }

  /// Whether proc-receive is free for hookkit: each reference is answered by itself then, and a push
  /// can be held. Elsewhere pre-receive refuses the push as a whole.
  package var leavesProcReceive: Bool { hookPlace == .git }

  /// What the first line of a refusal must begin with for the host to show it.
  package var refusalMark: String? {
    // "GL-HOOK-ERR:" with nothing before it (GitLab, "Git server hooks", custom error messages).
    self == .gitlab ? "GL-HOOK-ERR: " : nil
  }

  /// How a merge made in the host's own pages reaches the gate.
  package var webMerges: String {
    switch self {
    case .ssh, .accounts, .local, .gitolite, .http: "it has none"
    case .gitea: "judged as a push of who presses the button"
    case .gitlab: "judged as a push of who presses the button (GL_PROTOCOL=web)"
    case .ghes: "judged before the merge, as a push of who presses the button"
    case .bitbucket: "judged where the hook script is also triggered by pull-request-merge"
    }
  }

  /// What the host is, for help.
  package var meaning: String {
    switch self {
    case .ssh:
      "plain sshd with one account; the forced command of each key, hookkit-shell for one, sets the "
        + "variable. AcceptEnv must not let a client send it"
    case .accounts:
      "plain sshd with an account per user, whose forced command is sudo to the one account that "
        + "owns the repositories"
    case .local:
      "people who push by path on this machine. Whoever can set the variable can be anybody, so it is "
        + "for trusted accounts and for tests"
    case .gitolite: "gitolite 3, which names its user"
    case .http: "git-http-backend behind a web server that asks for a password"
    case .gitea: "Gitea and Forgejo"
    case .gitlab: "GitLab; custom hooks of Gitaly"
    case .ghes: "GitHub Enterprise Server; a pre-receive hook in an environment of its own"
    case .bitbucket: "Bitbucket Data Center; a hook script"
    }
  }
}
