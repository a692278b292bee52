import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One command from start to end: its input is fed and its output read as each side is ready, so
/// that no amount of data on any stream can lock the two up.
struct CommandRun {
  let arguments: [String]
  let directory: String
  let environment: [String: String]
  /// What the command reads; `nil` gives it an empty input.
  let stdin: [UInt8]?
  /// Seconds until the whole process group is killed.
  let timeLimit: Double

  /// How long a grandchild may hold the output open after the command itself has ended.
  private static let lingering = 2.0

  /// A test runner that writes to a command which stopped reading must see EPIPE and live on.
  private static let ignoreBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

  func outcome() throws -> Outcome {
    _ = CommandRun.ignoreBrokenPipes
    let output = try ChildProcess.pipe()
    let errors = try ChildProcess.pipe()
    var input =
      try stdin == nil
      ? (read: open("/dev/null", O_RDONLY | O_CLOEXEC), write: -1)
      : ChildProcess.pipe()
    defer {
      close(output.read)
      close(errors.read)
      if input.write >= 0 { close(input.write) }
    }
    let pid: pid_t
    do {
      defer {
        close(input.read)
        close(output.write)
        close(errors.write)
      }
      pid = try ChildProcess.start(
        arguments, in: directory, environment: environment, stdin: input.read,
        stdout: output.write, stderr: errors.write)
    }

    let deadline = Self.now() + timeLimit
    var pending = (stdin ?? [])[...]
    var streams = [Stream(descriptor: output.read), Stream(descriptor: errors.read)]
    var status: Int32?
    var endedAt = 0.0
    var timedOut = false
    for descriptor in [output.read, errors.read, input.write] where descriptor >= 0 {
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    while status == nil || streams.contains(where: \.isOpen) {
      if input.write >= 0, pending.isEmpty || status != nil {
        close(input.write)
        input.write = -1
      }
      let now = Self.now()
      if now > deadline, !timedOut {
        timedOut = true
        kill(-pid, SIGKILL)
      }
      if status != nil, timedOut || now > endedAt + Self.lingering { break }

      wait(for: streams, and: input.write)
      for index in streams.indices { streams[index].drain() }
      if input.write >= 0, !pending.isEmpty { feed(&pending, to: input.write) }

      var code: Int32 = 0
      if status == nil, waitpid(pid, &code, WNOHANG) == pid {
        status = code
        endedAt = Self.now()
      }
    }
    let code = status ?? 0
    let signal = code & 0x7f
    return Outcome(
      arguments: arguments, exit: signal == 0 ? (code >> 8) & 0xff : nil,
      signal: signal == 0 ? nil : signal, timedOut: timedOut, stdout: streams[0].bytes,
      stderr: streams[1].bytes)
  }

  /// Sleeps until a stream is ready, at most 20 ms, so that the end of the process is seen as well.
  private func wait(for streams: [Stream], and input: Int32) {
    var descriptors = streams.filter(\.isOpen).map {
      pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
    }
    // With no output left to come, only the end of the process is awaited: look often.
    let patience: Int32 = descriptors.isEmpty ? 1 : 20
    if input >= 0 { descriptors.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    _ = poll(&descriptors, nfds_t(descriptors.count), patience)
  }

  private func feed(_ pending: inout ArraySlice<UInt8>, to descriptor: Int32) {
    let count = pending.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count > 0 {
      pending = pending.dropFirst(count)
    } else if errno != EAGAIN && errno != EINTR {
      pending = []
    }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// The reading end of one output stream and what came out of it.
private struct Stream {
  let descriptor: Int32
  var bytes: [UInt8] = []
  var isOpen = true

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  mutating func drain() {
    while isOpen {
      let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 {
          bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return count
      }
      if count > 0 { continue }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      isOpen = false
    }
  }
}
