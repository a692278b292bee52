/// What stands between the network and git on a server, and so tells the pusher's name; one word in
/// `$GIT_DIR/hookkit/host`.
///
/// An ssh client may send variables (AcceptEnv) and a local user may set any, so a variable is believed
/// only when the administrator has said that this server's own front end sets it.
package enum Host: String, CaseIterable, Sendable {
  case ssh, local, gitolite, http, gitea, gitlab, ghes, bitbucket

  /// The variable that the host sets for the hooks of a push.
  package var pusherVariable: String {
    switch self {
    case .ssh, .local: "HOOKKIT_PUSHER"
    case .gitolite: "GL_USER"
    case .http: "REMOTE_USER"
    case .gitea: "GITEA_PUSHER_NAME"
    case .gitlab: "GL_USERNAME"
    case .ghes: "GITHUB_USER_LOGIN"
    case .bitbucket: "BB_USER_NAME"
    }
  }

  /// Whether the repository's hooks are git's own, so that shims can stand among them. The others
  /// keep that folder for themselves and leave proc-receive to nobody.
  package var leavesHooksToGit: Bool {
    switch self {
    case .ssh, .local, .gitolite, .http: true
    case .gitea, .gitlab, .ghes, .bitbucket: false
    }
  }

  /// What the host is, for help.
  package var meaning: String {
    switch self {
    case .ssh:
      "plain sshd; the forced command of each key sets the variable and then runs git-shell. "
        + "AcceptEnv must not let a client send it"
    case .local:
      "people who push by path on this machine. Whoever can set the variable can be anybody, so it is "
        + "for trusted accounts and for tests"
    case .gitolite: "gitolite, which names its user"
    case .http: "git-http-backend behind a web server that asks for a password"
    case .gitea: "Gitea and Forgejo; pre-receive refuses for the whole push"
    case .gitlab: "GitLab; pre-receive refuses for the whole push"
    case .ghes: "GitHub Enterprise Server; pre-receive refuses for the whole push"
    case .bitbucket: "Bitbucket Data Center; pre-receive refuses for the whole push"
    }
  }
}
