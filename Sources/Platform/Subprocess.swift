#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

#if canImport(Darwin)
  /// A pointer there, which is nothing before it is made.
  private typealias SpawnActions = posix_spawn_file_actions_t?
#else
  private typealias SpawnActions = posix_spawn_file_actions_t
#endif

/// Another program, started with its arguments as bytes; never through a shell.
package struct Subprocess: Sendable {
  /// The program (looked up in PATH when it has no slash) and its arguments.
  package var arguments: [[UInt8]]
  /// The whole environment of the child.
  package var environment: [(name: String, value: [UInt8])]

  package init(_ arguments: [String], environment: [(name: String, value: [UInt8])]) {
    self.arguments = arguments.map { Array($0.utf8) }
    self.environment = environment
  }

  package struct Outcome: Sendable {
    /// The exit code, or 128 + the signal that ended the child.
    package let status: Int32
    package let output: [UInt8]
    package let errors: [UInt8]

    package var succeeded: Bool { status == 0 }
  }

  /// Sets or, with `nil`, removes one variable of the child's environment.
  package func setting(_ name: String, _ value: String?) -> Subprocess {
    var copy = self
    copy.environment.removeAll { $0.name == name }
    if let value { copy.environment.append((name, Array(value.utf8))) }
    return copy
  }

  /// Runs to the end with the given standard input, keeping what it prints.
  ///
  /// - Parameters:
  ///   - input: the child's standard input.
  ///   - limit: most bytes kept of either output; more ends the child.
  ///   - seconds: the child is killed after this time.
  /// - Throws: `SystemError`: cannot be started, printed too much, took too long.
  package func run(
    input: [UInt8] = [], limit: Int = 64 << 20, seconds: Int = 60
  ) throws(SystemError) -> Outcome {
    let stdin = try Pipe()
    let stdout = try Pipe()
    let stderr = try Pipe()
    let child = try spawn { actions in
      posix_spawn_file_actions_adddup2(&actions, stdin.reading.number, 0)
      posix_spawn_file_actions_adddup2(&actions, stdout.writing.number, 1)
      posix_spawn_file_actions_adddup2(&actions, stderr.writing.number, 2)
    }
    stdin.reading.close()
    stdout.writing.close()
    stderr.writing.close()

    var transfer = Transfer(input: input, limit: limit, name: name)
    do throws(SystemError) {
      try transfer.run(
        to: stdin.writing, from: stdout.reading, and: stderr.reading, seconds: seconds)
    } catch {
      kill(child, SIGKILL)
      _ = wait(for: child)
      throw error
    }
    return Outcome(
      status: wait(for: child), output: transfer.output, errors: transfer.errors)
  }

  /// Runs to the end on this process's own terminal or pipes; returns its status.
  package func runInForeground() throws(SystemError) -> Int32 {
    wait(for: try spawn { _ in })
  }

  /// The same with a standard input that is written while it is read, for a pager.
  ///
  /// - Parameter feed: gets a function that writes; it answers false once nobody reads any more, which is
  ///   no error.
  package func runInForeground(
    feeding feed: (_ put: @escaping ([UInt8]) -> Bool) -> Void
  ) throws(SystemError) -> Int32 {
    let stdin = try Pipe()
    let child = try spawn { actions in
      posix_spawn_file_actions_adddup2(&actions, stdin.reading.number, 0)
    }
    stdin.reading.close()
    feed { bytes in
      (try? FileBytes.write(bytes, to: stdin.writing.number, named: name)) != nil
    }
    stdin.writing.close()
    return wait(for: child)
  }

  /// Runs to the end, handing on what it prints piece by piece; what it says of errors is lost.
  ///
  /// - Parameter take: answers whether more is wanted.
  /// - Returns: its status; of one that was not heard out, that of a broken pipe.
  package func stream(_ take: ([UInt8]) -> Bool) throws(SystemError) -> Int32 {
    let stdout = try Pipe()
    let child = try spawn { actions in
      posix_spawn_file_actions_adddup2(&actions, stdout.writing.number, 1)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    stdout.writing.close()
    do throws(SystemError) {
      var wanted = true
      while wanted {
        let piece = try FileBytes.readSome(stdout.reading.number, named: name, count: 1 << 16)
        wanted = !piece.isEmpty && take(piece)
      }
    } catch {
      stdout.reading.close()
      _ = wait(for: child)
      throw error
    }
    stdout.reading.close()
    return wait(for: child)
  }

  /// Lets the program take this process's place, with its input, output and working folder. The first
  /// argument is its path, which is not searched for.
  ///
  /// - Returns: why it could not; where it could, nobody is left to return to.
  package func replaceThisProcess() -> SystemError {
    // Ignored signals stay ignored in the new program (execve(2)).
    signal(SIGPIPE, SIG_DFL)
    var argv = CStrings(arguments)
    var envp = CStrings(environment.map { Array($0.name.utf8) + [0x3d] + $0.value })
    defer {
      argv.free()
      envp.free()
    }
    guard let program = argv.pointers[0] else { return SystemError("start", name, .code(EINVAL)) }
    execve(program, &argv.pointers, &envp.pointers)
    return .last("start", name)
  }

  private var name: String { String(decoding: arguments.first ?? [], as: UTF8.self) }

  private func spawn(
    _ prepare: (inout SpawnActions) -> Void
  ) throws(SystemError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    prepare(&actions)
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // hookkit ignores SIGPIPE; its children get the signal's usual meaning back.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var argv = CStrings(arguments)
    var envp = CStrings(environment.map { Array($0.name.utf8) + [0x3d] + $0.value })
    defer {
      argv.free()
      envp.free()
    }
    guard let program = argv.pointers[0] else { throw SystemError("start", name, .code(EINVAL)) }
    var child: pid_t = 0
    let code = posix_spawnp(
      &child, program, &actions, &attributes, &argv.pointers, &envp.pointers)
    guard code == 0 else { throw SystemError("start", name, .code(code)) }
    return child
  }

  private func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return 127 }
    }
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }
}

/// A null-terminated list of null-terminated strings, freed by its owner. An argument with a NUL byte
/// would end there, so callers refuse such bytes before.
private struct CStrings {
  var pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [[UInt8]]) {
    pointers = strings.map { bytes in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
      for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
      copy[bytes.count] = 0
      return copy
    }
    pointers.append(nil)
  }

  func free() {
    for pointer in pointers { pointer?.deallocate() }
  }
}

/// One end of a pipe, closed once.
private final class Descriptor {
  private(set) var number: Int32

  init(_ number: Int32) { self.number = number }

  func close() {
    guard number >= 0 else { return }
    _ = Self.closeNow(number)
    number = -1
  }

  private static func closeNow(_ number: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(number)
    #elseif canImport(Musl)
      Musl.close(number)
    #else
      Darwin.close(number)
    #endif
  }

  deinit { close() }
}

private struct Pipe {
  let reading: Descriptor
  let writing: Descriptor

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .last("open", "pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reading = Descriptor(ends[0])
    writing = Descriptor(ends[1])
  }
}

/// Feeds a child's input and drains both outputs at once, so that neither side waits for the other.
private struct Transfer {
  let input: [UInt8]
  let limit: Int
  let name: String
  var sent = 0
  var output: [UInt8] = []
  var errors: [UInt8] = []

  init(input: [UInt8], limit: Int, name: String) {
    self.input = input
    self.limit = limit
    self.name = name
  }

  mutating func run(
    to stdin: Descriptor, from stdout: Descriptor, and stderr: Descriptor, seconds: Int
  ) throws(SystemError) {
    let deadline = Clock.monotonic() + UInt64(seconds) * 1_000_000_000
    _ = fcntl(stdin.number, F_SETFL, O_NONBLOCK)
    if input.isEmpty { stdin.close() }
    while stdout.number >= 0 || stderr.number >= 0 {
      let now = Clock.monotonic()
      guard now < deadline else {
        throw SystemError("run", name, .timedOut(seconds: seconds))
      }
      var waiting = [
        pollfd(fd: stdin.number, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: stdout.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stderr.number, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&waiting, 3, Int32(min((deadline - now) / 1_000_000 + 1, 60_000)))
      guard ready >= 0 || errno == EINTR else { throw .last("run", name) }
      guard ready > 0 else { continue }
      if waiting[0].revents != 0 { send(to: stdin) }
      if waiting[1].revents != 0 { try receive(from: stdout, into: \.output) }
      if waiting[2].revents != 0 { try receive(from: stderr, into: \.errors) }
    }
  }

  private mutating func send(to stdin: Descriptor) {
    let count = input.withUnsafeBytes { buffer in
      write(stdin.number, buffer.baseAddress?.advanced(by: sent), input.count - sent)
    }
    if count > 0 { sent += count }
    // A child that closes its input early says so by its status, not by an error of ours.
    if sent == input.count || (count < 0 && errno != EAGAIN && errno != EINTR) { stdin.close() }
  }

  private mutating func receive(
    from end: Descriptor, into bytes: WritableKeyPath<Transfer, [UInt8]>
  ) throws(SystemError) {
    var count = 0
    let more = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, filled in
      count = read(end.number, buffer.baseAddress, 65536)
      filled = max(count, 0)
    }
    if count < 0 && errno == EINTR { return }
    guard count > 0 else { return end.close() }
    self[keyPath: bytes] += more
    guard self[keyPath: bytes].count <= limit else {
      throw SystemError("run", name, .tooLarge(limit: limit))
    }
  }
}
