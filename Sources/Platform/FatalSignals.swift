#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The signals by which a program ends through a fault of its own: a trap of the language, a bad
/// access, an abort.
package enum FatalSignals {
  /// Has the process end by its own words instead of the system's.
  ///
  /// - Parameter handler: ends the process, and does nothing that signal-safety(7) does not allow. It
  ///   is not called when the stack is used up, which ends the process as ever.
  package static func answer(with handler: @convention(c) (Int32) -> Void) {
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { signal(number, handler) }
  }
}
