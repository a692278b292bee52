#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is there already, opened to change bytes in place.
package struct WritableFile: ~Copyable {
  private let descriptor: Int32
  private let path: String

  package init(_ path: String) throws(SystemError) {
    descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    self.path = path
    guard descriptor >= 0 else { throw .last("open", path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Writes bytes over those that stand at an offset.
  package func write(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(
          descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written,
          off_t(offset + written))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .last("write", path) }
      written += count
    }
  }
}
