#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reading and writing whole files, with a limit on each read.
package enum FileBytes {
  package enum Links: Sendable {
    case followed
    /// The last part of the path may not be a symbolic link.
    case refused
  }

  /// The bytes of a regular file of at most `limit` bytes.
  ///
  /// - Parameter hasRoom: whether three quarters as many bytes may be put behind them later, without
  ///   moving them. Memory that is never written to costs nothing.
  /// - Throws: `SystemError`: missing, not a regular file, too large, unreadable.
  package static func read(
    _ path: String, limit: Int, links: Links = .followed, hasRoom: Bool = false
  ) throws(SystemError) -> [UInt8] {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (links == .refused ? O_NOFOLLOW : 0)
    let descriptor = open(path, flags)
    guard descriptor >= 0 else {
      if links == .refused, errno == ELOOP { throw SystemError("read", path, .symbolicLink) }
      throw .last("read", path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw SystemError("read", path, .notARegularFile)
    }
    guard status.st_size <= limit else { throw SystemError("read", path, .tooLarge(limit: limit)) }
    let size = Int(status.st_size)
    return try read(
      descriptor, named: path, limit: limit, expecting: size, room: hasRoom ? size * 3 / 4 : 0)
  }

  /// The bytes of a file whose size the system does not tell beforehand, as those of proc(5).
  package static func readPseudoFile(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("read", path) }
    defer { close(descriptor) }
    return try read(descriptor, named: path, limit: limit)
  }

  /// The same, or `nil` when there is no such file.
  package static func readIfPresent(
    _ path: String, limit: Int, links: Links = .followed
  ) throws(SystemError) -> [UInt8]? {
    do {
      return try read(path, limit: limit, links: links)
    } catch  where error.isMissing {
      return nil
    }
  }

  /// Everything that is left to read from a descriptor, at most `limit` bytes.
  ///
  /// - Parameter room: bytes that the array shall be able to take behind those that are expected.
  package static func read(
    _ descriptor: Int32, named name: String, limit: Int, expecting: Int = 8192, room: Int = 0
  ) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = Swift.max(Swift.min(expecting, limit) + 1, 4096)
    while true {
      var failure: SystemError?
      let held = bytes.count
      let space = Swift.min(chunk, limit + 1 - held)
      let more = [UInt8](unsafeUninitializedCapacity: space + (held == 0 ? room : 0)) {
        buffer, count in
        var got: Int
        repeat {
          got = Self.read(descriptor, buffer.baseAddress, space)
        } while got < 0
          && errno == EINTR
        if got < 0 { failure = .last("read", name) }
        count = Swift.max(got, 0)
      }
      if let failure { throw failure }
      if more.isEmpty { return bytes }
      if held == 0 { bytes = more } else { bytes += more }
      guard bytes.count <= limit else { throw SystemError("read", name, .tooLarge(limit: limit)) }
      // All that was expected has come as a rule, and the next read finds the end.
      chunk = Swift.min(Swift.max(chunk, 1 << 16), 1 << 20)
    }
  }

  /// At least one byte and at most `count` from a descriptor; none at its end.
  package static func readSome(
    _ descriptor: Int32, named name: String, count: Int
  ) throws(SystemError) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var got: Int
      repeat {
        got = Self.read(descriptor, buffer.baseAddress, count)
      } while got < 0
        && errno == EINTR
      failed = got < 0
      filled = Swift.max(got, 0)
    }
    if failed { throw .last("read", name) }
    return bytes
  }

  private static func read(_ descriptor: Int32, _ into: UnsafeMutableRawPointer?, _ count: Int)
    -> Int
  {
    #if canImport(Glibc)
      Glibc.read(descriptor, into, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, into, count)
    #else
      Darwin.read(descriptor, into, count)
    #endif
  }

  /// Writes all of `bytes`; a short write is continued.
  package static func write(
    _ bytes: some Sequence<UInt8>, to descriptor: Int32, named name: String
  ) throws(SystemError) {
    let whole = Array(bytes)
    var written = 0
    while written < whole.count {
      let count = whole.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), whole.count - written)
        #elseif canImport(Musl)
          Musl.write(descriptor, buffer.baseAddress?.advanced(by: written), whole.count - written)
        #else
          Darwin.write(descriptor, buffer.baseAddress?.advanced(by: written), whole.count - written)
        #endif
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .last("write", name) }
      written += count
    }
  }

  /// Replaces a file whole or not at all: written beside it, flushed, renamed over it.
  ///
  /// - Parameters:
  ///   - mode: the permission bits of the new file.
  ///   - durable: also wait until the bytes are on disk. Without that a crash of the whole machine can
  ///     leave zeros in their place, so that it is for what a reader recognises as broken and can miss.
  package static func replace(
    _ path: String, with bytes: [UInt8], mode: UInt32 = 0o644, durable: Bool = true
  ) throws(SystemError) {
    // Never a name made from the process's number: containers give the same numbers again, and a
    // process that was killed leaves its file behind.
    var template = Array((path + ".tmp-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .last("write", path) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let temporary = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    do throws(SystemError) {
      defer { close(descriptor) }
      guard fchmod(descriptor, mode_t(mode)) == 0 else {
        throw SystemError.last("write", temporary)
      }
      try write(bytes, to: descriptor, named: temporary)
      guard !durable || fsync(descriptor) == 0 else { throw SystemError.last("write", temporary) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let error = SystemError.last("rename", path)
      unlink(temporary)
      throw error
    }
  }

  /// Makes a folder and those above it that are missing.
  package static func makeFolder(_ path: String, mode: UInt32 = 0o777) throws(SystemError) {
    if mkdir(path, mode_t(mode)) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw .last("make folder", path)
    }
    try makeFolder(String(path[..<slash]), mode: mode)
    guard mkdir(path, mode_t(mode)) == 0 || errno == EEXIST else {
      throw .last("make folder", path)
    }
  }

  package static func remove(_ path: String) throws(SystemError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw .last("remove", path) }
  }

  /// What stands at a path, not following a link.
  package enum Kind: Sendable { case missing, file, folder, link, other }

  package static func kind(_ path: String) -> Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .missing }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  package static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

  /// The names in a folder, without `.` and `..`, in byte order; empty when it is missing.
  package static func names(in path: String) throws(SystemError) -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw .last("list", path)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
