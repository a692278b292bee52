internal import Dispatch
internal import Platform

/// Running something on several threads at once.
enum Threads {
  /// For work that waits for the disk and for other programs most of the time.
  static let forWaiting = 8

  /// Runs `body` on so many threads and returns when all have ended.
  ///
  /// Each has a queue of its own: `concurrentPerform` starts no more threads than there are cores, however
  /// long they wait.
  static func run(_ count: Int, _ body: @Sendable () -> Void) {
    withoutActuallyEscaping(body) { body in
      let group = DispatchGroup()
      for number in 1...count {
        DispatchQueue(label: "hookkit.\(number)").async(group: group) { body() }
      }
      group.wait()
    }
  }
}
