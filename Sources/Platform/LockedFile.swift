#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file held open under an exclusive lock (flock(2)), for appending.
///
/// The lock ends with the process, so a hook that is killed leaves none behind.
package struct LockedFile: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Opens or makes the file and waits for the lock.
  package init(_ path: String, mode: UInt32 = 0o600) throws(SystemError) {
    try self.init(
      path, flags: O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, mode, lock: LOCK_EX)
  }

  /// Opens a file for reading beside other readers, and waits until nobody writes to it.
  package init(reading path: String) throws(SystemError) {
    try self.init(path, flags: O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0, lock: LOCK_SH)
  }

  /// Opens a file that is there and waits for the lock, for whoever puts another in its place.
  package init(replacing path: String) throws(SystemError) {
    try self.init(path, flags: O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0, lock: LOCK_EX)
  }

  private init(
    _ path: String, flags: Int32, _ mode: UInt32, lock: Int32
  ) throws(SystemError) {
    descriptor = open(path, flags, mode_t(mode))
    self.path = path
    guard descriptor >= 0 else { throw .last("open", path) }
    while flock(descriptor, lock) != 0 {
      guard errno == EINTR else {
        let error = SystemError.last("lock", path)
        close(descriptor)
        throw error
      }
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// True as long as the value lives: for whoever only needs the lock.
  package var isHeld: Bool { descriptor >= 0 }

  /// Bytes in the file now.
  package var count: Int {
    get throws(SystemError) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { throw .last("read", path) }
      return Int(status.st_size)
    }
  }

  /// The last `count` bytes, or all when there are fewer.
  package func tail(_ count: Int) throws(SystemError) -> [UInt8] {
    let size = try self.count
    let start = Swift.max(0, size - count)
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size - start) { buffer, filled in
      filled = 0
      while filled < size - start {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), size - start - filled,
          off_t(start + filled))
        if got < 0 && errno == EINTR { continue }
        guard got > 0 else {
          failure = got == 0 ? SystemError("read", path, .changedMeanwhile) : .last("read", path)
          return
        }
        filled += got
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Cuts the file off behind its first `count` bytes.
  package func truncate(to count: Int) throws(SystemError) {
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw .last("write", path) }
  }

  /// Appends all bytes, or takes back what was written of them and throws.
  ///
  /// - Parameter durable: also wait until the bytes are on disk.
  package func append(_ bytes: [UInt8], durable: Bool) throws(SystemError) {
    let size = try count
    do throws(SystemError) {
      try FileBytes.write(bytes, to: descriptor, named: path)
      if durable { try flush() }
    } catch {
      _ = ftruncate(descriptor, off_t(size))
      throw error
    }
  }

  /// Waits until the bytes are on disk. Darwin's fsync(2) stops at the drive's own memory.
  package func flush() throws(SystemError) {
    #if canImport(Darwin)
      let code = fcntl(descriptor, F_FULLFSYNC)
    #else
      let code = fdatasync(descriptor)
    #endif
    guard code == 0 else { throw .last("write", path) }
  }
}
