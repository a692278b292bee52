#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The program that started this one.
package enum ParentProcess {
  /// Its arguments, without the program's own name; empty where the system does not tell
  /// (only Linux's proc(5) is asked).
  package static var arguments: [String] {
    #if os(Linux)
      let path = "/proc/\(getppid())/cmdline"
      guard let descriptor = try? FileBytes.readPseudoFile(path, limit: 1 << 20) else { return [] }
      return descriptor.split(separator: 0).dropFirst().map { String(decoding: $0, as: UTF8.self) }
    #else
      return []
    #endif
  }
}
