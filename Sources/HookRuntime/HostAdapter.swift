internal import Gate
internal import Ledger
internal import Platform

/// Where the name of the pusher comes from: chosen at install, never found by looking around.
///
/// An ssh client may send variables (AcceptEnv) and a local user may set any, so a variable is believed
/// only when the administrator has said that this server's own front end sets it.
enum HostAdapter: String, CaseIterable {
  case ssh, local, gitolite, http, gitea, gitlab, ghes, bitbucket

  /// The variable that the host sets for the hooks of a push.
  var variable: String {
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

  /// The pusher, by the adapter that `hookkit install` wrote down. Without one nobody is known.
  ///
  /// - Throws: `RuntimeProblem`: the adapter's file cannot be read or names no adapter.
  static func pusher(
    of state: ServerState, _ environment: Environment
  ) throws(RuntimeProblem) -> Pusher {
    let word: [UInt8]
    do throws(SystemError) {
      guard let read = try FileBytes.readIfPresent(state.hostPath, limit: 256) else {
        return .unknown
      }
      word = read
    } catch {
      throw .unreadable("\(state.hostPath): \(error.words)")
    }
    let name = String(decoding: word.prefix { $0 != 0x0a }, as: UTF8.self)
    guard let adapter = HostAdapter(rawValue: name) else {
      throw .unreadable("\(state.hostPath) names no host that this hookkit knows")
    }
    let account = environment.bytes(adapter.variable)
    return Pusher(account: account?.isEmpty == false ? account : nil)
  }
}
