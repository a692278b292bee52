#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A call to the operating system that failed: what was tried, on what, and the system's reason.
package struct SystemError: Error, Hashable, Sendable {
  package let action: String
  package let path: String
  package let reason: Reason

  package enum Reason: Hashable, Sendable {
    /// `errno` as the system gave it.
    case code(Int32)
    case tooLarge(limit: Int)
    case notARegularFile
    case symbolicLink
    case timedOut(seconds: Int)
    case changedMeanwhile
    /// Not a file of the form that hookkit writes there.
    case malformed
  }

  package init(_ action: String, _ path: String, _ reason: Reason) {
    self.action = action
    self.path = path
    self.reason = reason
  }

  /// The error of the call that has just failed.
  package static func last(_ action: String, _ path: String) -> SystemError {
    SystemError(action, path, .code(errno))
  }

  package var isMissing: Bool { reason == .code(ENOENT) || reason == .code(ENOTDIR) }

  /// The system's reason in words, without the path.
  package var words: String {
    switch reason {
    case .code(let code): String(cString: strerror(code))
    case .tooLarge(let limit): "larger than the limit of \(limit) bytes"
    case .notARegularFile: "not a regular file"
    case .symbolicLink: "a symbolic link, which is not followed"
    case .timedOut(let seconds): "took longer than \(seconds) s"
    case .changedMeanwhile: "changed while it was read"
    case .malformed: "not in the form that hookkit writes"
    }
  }
}
