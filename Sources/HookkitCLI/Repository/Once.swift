internal import Synchronization

/// What is found out with the first question for it, and then known to everyone who asks.
final class Once<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)

  /// - Parameter find: called once; again only after it has thrown.
  func value(_ find: () throws -> Value) throws -> Value {
    try known.withLock { known in
      if let known { return known }
      let found = try find()
      known = found
      return found
    }
  }
}
