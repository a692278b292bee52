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
}

/// A data file of agent signals that an administrator's layer names (`[signals]`).
package struct SignalCatalog: Hashable, Sendable {
  /// An absolute path on the server.
  package internal(set) var path: [UInt8] = []
  package internal(set) var mode: Mode = .extend

  package init(path: [UInt8] = [], mode: Mode = .extend) {
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
