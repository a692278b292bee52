/// What stands between the network and git on a server: it tells the pusher's name, says where hooks go
/// and what they may do. One word in `$GIT_DIR/hookkit/host`, else in `/etc/hookkit/host`.
///
/// An ssh client may send variables (AcceptEnv) and a local user may set any, so a variable is believed
/// only when the administrator has said that this server's own front end sets it.
package struct HostProfile: RawRepresentable, CaseIterable, Hashable, Sendable {
  /// The word for it.
  package let rawValue: String
  /// The variable that the host sets for the hooks of a push.
  package let pusherVariable: String
  /// The variable that, when it is neither empty nor `0`, says that the push came by a key which belongs
  /// to no account, so that the name in `pusherVariable` is somebody's who need not know of it.
  package var sharedKeyVariable: String?
  package var hookPlace = HookPlace.git
  /// The hooks that guard a repository behind this host, by git's names.
  package var hooks = ["pre-receive", "proc-receive", "reference-transaction", "post-receive"]
  /// What the first line of a refusal must begin with for the host to show it.
  package var refusalMark: String?
  /// How a merge made in the host's own pages reaches the gate.
  package var webMerges = "it has none"
  /// What the host is, for help.
  package let meaning: String

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

  /// Whether proc-receive is free for hookkit: each reference is answered by itself then, and a push
  /// can be held. Elsewhere pre-receive refuses the push as a whole.
  package var leavesProcReceive: Bool { hookPlace == .git }

  /// A word that is no host's is none.
  package init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  private init(_ word: String, pusher variable: String, _ meaning: String) {
    rawValue = word
    pusherVariable = variable
    self.meaning = meaning
  }

  private func with(_ change: (inout HostProfile) -> Void) -> HostProfile {
    var profile = self
    change(&profile)
    return profile
  }
}

extension HostProfile {
  package static let allCases: [HostProfile] = [
    ssh, accounts, local, gitolite, http, gitea, gitlab, ghes, bitbucket,
  ]

  package static let ssh = HostProfile(
    "ssh", pusher: "HOOKKIT_PUSHER",
    "plain sshd with one account; the forced command of each key, hookkit-shell for one, sets the "
      + "variable. AcceptEnv must not let a client send it")

  /// sudo(8) sets the variable from the account that called, whatever that account's environment says.
  package static let accounts = HostProfile(
    "accounts", pusher: "SUDO_USER",
    "plain sshd with an account per user, whose forced command is sudo to the one account that "
      + "owns the repositories")

  package static let local = HostProfile(
    "local", pusher: "HOOKKIT_PUSHER",
    "people who push by path on this machine. Whoever can set the variable can be anybody, so it is "
      + "for trusted accounts and for tests")

  package static let gitolite = HostProfile(
    "gitolite", pusher: "GL_USER", "gitolite 3, which names its user")

  package static let http = HostProfile(
    "http", pusher: "REMOTE_USER", "git-http-backend behind a web server that asks for a password")

  package static let gitea = HostProfile(
    "gitea", pusher: "GITEA_PUSHER_NAME", "Gitea and Forgejo"
  ).with {
    // Gitea gives pushes by a deploy key the name of the repository's owner (cmd/serv.go,
    // routers/private/serv.go).
    $0.sharedKeyVariable = "GITEA_DEPLOY_KEY_ID"
    $0.hookPlace = .folders("hooks")
    // Gitea writes pre-receive, update, proc-receive and post-receive anew and leaves the others.
    $0.hooks = ["pre-receive", "reference-transaction", "post-receive"]
    $0.webMerges = "judged as a push of who presses the button"
  }

  package static let gitlab = HostProfile(
    "gitlab", pusher: "GL_USERNAME", "GitLab; custom hooks of Gitaly"
  ).with {
    $0.hookPlace = .folders("custom_hooks")
    // Gitaly's own hooks folder has no place for others (GitLab, "Git server hooks").
    $0.hooks = ["pre-receive", "post-receive"]
    // "GL-HOOK-ERR:" with nothing before it (GitLab, "Git server hooks", custom error messages).
    $0.refusalMark = "GL-HOOK-ERR: "
    $0.webMerges = "judged as a push of who presses the button (GL_PROTOCOL=web)"
  }

  package static let ghes = HostProfile(
    "ghes", pusher: "GITHUB_USER_LOGIN",
    "GitHub Enterprise Server; a pre-receive hook in an environment of its own"
  ).with {
    $0.hookPlace = .uploaded
    $0.hooks = ["pre-receive"]
    $0.webMerges = "judged before the merge, as a push of who presses the button"
  }

  package static let bitbucket = HostProfile(
    "bitbucket", pusher: "BB_USER_NAME", "Bitbucket Data Center; a hook script"
  ).with {
    $0.hookPlace = .uploaded
    $0.hooks = ["pre-receive", "post-receive"]
    $0.webMerges = "judged where the hook script is also triggered by pull-request-merge"
  }
}

extension HostProfile: CustomStringConvertible {
  package var description: String { rawValue }
}
