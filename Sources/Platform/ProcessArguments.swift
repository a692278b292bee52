internal import CStart

/// The words that this process was started with: the one place where hookkit reads them.
package enum ProcessArguments {
  /// The program's name as it was called, and what stood behind it; bytes that are no UTF-8 are
  /// replaced. Known without `/proc` too, unlike Swift's own list.
  package static let all: [String] = {
    let count = hookkit_argument_count()
    guard count >= 0 else { return CommandLine.arguments }
    return (0..<count).compactMap { hookkit_argument($0).map { String(cString: $0) } }
  }()
}
