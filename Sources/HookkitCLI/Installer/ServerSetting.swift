internal import Gate

/// A key of git's configuration that a guarded repository needs, and the value it must have.
package struct ServerSetting: Sendable {
  package let key: String
  package let value: String
  package let manner: Manner
  /// What is lost without it: the end of a sentence that begins with the key.
  package let why: String
  /// What is said in the place of the value.
  var told: String?

  package enum Manner: Hashable, Sendable {
    /// The one value that counts.
    case replacing
    /// One value among others that the key may have.
    case adding
    /// Any value will do; it is not shown.
    case secret
  }

  /// The key as `git config --list` prints it.
  var listedKey: String { Self.listed(key) }

  /// A key as git lists it: section and name in lower case, what stands between them as it is.
  static func listed(_ key: String) -> String {
    guard let first = key.firstIndex(of: "."), let last = key.lastIndex(of: ".") else { return key }
    return key[..<first].lowercased() + key[first..<last] + key[last...].lowercased()
  }

  /// Sends every reference through proc-receive, so that a broken installation refuses instead of
  /// letting pass: git rejects the push when the hook is gone.
  static let procReceiveRefs = ServerSetting(
    key: "receive.procReceiveRefs", value: "refs", manner: .adding,
    why: "git does not ask proc-receive, which fails closed")

  /// Lets a clone's `git fetch` bring what the server has on record.
  static func records(of remote: String, _ refspec: String) -> ServerSetting {
    ServerSetting(
      key: "remote.\(remote).fetch", value: refspec, manner: .adding,
      why: "git fetch does not bring the server's policy")
  }

  /// Whether a key has several values, of which hookkit adds one.
  static func isAdded(_ key: String) -> Bool {
    key == procReceiveRefs.key || key.hasPrefix("remote.") && key.hasSuffix(".fetch")
  }

  /// The settings for a set of hooks.
  ///
  /// - Parameter nonceSeed: a random text for the nonces of signed pushes.
  static func needed(with hooks: [Shim.Hook], nonceSeed: String) -> [ServerSetting] {
    let routing = hooks.contains(.procReceive) ? [procReceiveRefs] : []
    return routing + [
      ServerSetting(
        key: "receive.advertisePushOptions", value: "true", manner: .replacing,
        why: "a pusher cannot give a reason or ask for JSON"),
      ServerSetting(
        key: "receive.fsckObjects", value: "true", manner: .replacing,
        why: "malformed objects are let in"),
      ServerSetting(
        key: "receive.shallowUpdate", value: "false", manner: .replacing,
        why: "a shallow push can hide the history that it builds on"),
      ServerSetting(
        key: "receive.certNonceSeed", value: nonceSeed, manner: .secret,
        why: "a signed push cannot be told from a repeated one"),
      // libgit2 reads a commit-graph of the first generation only.
      ServerSetting(
        key: "commitGraph.generationVersion", value: "1", manner: .replacing,
        why: "walking history cannot use the commit-graph and is slow"),
    ]
  }

  /// The command that makes it so.
  func mend(at site: InstallSite) -> Hint {
    manner == .adding
      ? Hint("set it", git: site, "config", "--add", key, value)
      : Hint("set it", git: site, "config", key, value)
  }

  /// Whether the configuration, with all its files, gives what is needed.
  func holds(in configuration: GitConfiguration) -> Bool {
    switch manner {
    case .adding: configuration.all(listedKey).contains { $0.value == value }
    case .secret: configuration.last(listedKey)?.value.isEmpty == false
    case .replacing:
      configuration.last(listedKey).map { entry in
        let wanted = GitConfiguration.boolean(value)
        return entry.value == value
          || wanted != nil && wanted == GitConfiguration.boolean(entry.value)
      } ?? false
    }
  }
}
