/// What stands between the network and git on a server, and so tells the pusher's name; one word in
/// `$GIT_DIR/hookkit/host`.
package enum Host: String, CaseIterable, Sendable {
  case ssh, local, gitolite, http, gitea, gitlab, ghes, bitbucket

  /// Whether the repository's hooks are git's own, so that shims can stand among them. The others
  /// keep that folder for themselves and leave proc-receive to nobody.
  package var leavesHooksToGit: Bool {
    switch self {
    case .ssh, .local, .gitolite, .http: true
    case .gitea, .gitlab, .ghes, .bitbucket: false
    }
  }

  /// Variables in which a host may tell the pusher's name.
  static let pusherVariables = [
    "HOOKKIT_PUSHER", "GL_USER", "REMOTE_USER", "GITEA_PUSHER_NAME", "GL_USERNAME",
    "GITHUB_USER_LOGIN", "BB_USER_NAME",
  ]
}
