/// How much of a push is read before it is called undecided (`[limits]`).
///
/// A lower layer may only lower a figure.
package struct Limits: Hashable, Sendable {
  /// Commits of one ref update.
  package internal(set) var commits = 100_000
  /// Bytes of one raw commit or tag object, its message included.
  package internal(set) var messageBytes = 1 << 20
  /// Parents of one commit.
  package internal(set) var parents = 256
  /// Ref updates of one push.
  package internal(set) var refs = 100_000
  /// Changed paths of one commit.
  package internal(set) var paths = 1_000_000
  /// Commits of refused pushes that are remembered for one pusher.
  package internal(set) var refusedCommits = 200_000
  /// Pushes of one pusher that are held at a time.
  package internal(set) var holds = 100

  package init() {}

  /// The keys of `[limits]`.
  enum Key: String, CaseIterable {
    case commits
    case messageBytes = "message-bytes"
    case parents
    case refs
    case paths
    case refusedCommits = "refused-commits"
    case holds

    /// What is counted.
    var meaning: String {
      switch self {
      case .commits: "commits of one ref update"
      case .messageBytes: "bytes of one raw commit or tag"
      case .parents: "parents of one commit"
      case .refs: "ref updates of one push"
      case .paths: "changed paths of one commit"
      case .refusedCommits: "commits of refused pushes remembered for one pusher"
      case .holds: "pushes of one pusher that are held at a time"
      }
    }

    /// The largest figure that any layer may give.
    var most: Int64 {
      switch self {
      case .commits, .refs: 10_000_000
      case .messageBytes: 64 << 20
      case .parents: 65_536
      case .holds: 10_000
      case .paths, .refusedCommits: 100_000_000
      }
    }
  }

  subscript(key: Key) -> Int {
    get {
      switch key {
      case .commits: commits
      case .messageBytes: messageBytes
      case .parents: parents
      case .refs: refs
      case .paths: paths
      case .refusedCommits: refusedCommits
      case .holds: holds
      }
    }
    set {
      switch key {
      case .commits: commits = newValue
      case .messageBytes: messageBytes = newValue
      case .parents: parents = newValue
      case .refs: refs = newValue
      case .paths: paths = newValue
      case .refusedCommits: refusedCommits = newValue
      case .holds: holds = newValue
      }
    }
  }
}

/// A data file of agent signals that an administrator's layer names (`[signals]`).
package struct SignalCatalog: Hashable, Sendable {
  /// An absolute path on the server.
  package let path: [UInt8]
  package let mode: Mode

  package init(path: [UInt8], mode: Mode) {
    self.path = path
    self.mode = mode
  }

  package enum Mode: String, CaseIterable, Sendable {
    /// Adds to the signals that are already known.
    case extend
    /// Stands instead of hookkit's own.
    case replace
  }
}
