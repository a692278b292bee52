internal import Dispatch
internal import Platform

/// Running something on several threads at once.
enum Threads {
  /// For work that waits for the disk and for other programs most of the time.
  static let forWaiting = 8

  static func run(_ count: Int, _ body: @Sendable () -> Void) {
    DispatchQueue.concurrentPerform(iterations: count) { _ in body() }
  }
}
