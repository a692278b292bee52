import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A server that runs beside a test and ends with its last reference.
///
/// Should the test runner itself be killed, coreutils' `timeout` ends the server later.
package final class BackgroundProcess: Sendable {
  package let pid: Int32
  /// The file, absolute, with both output streams.
  package let log: String
  private let sandbox: Sandbox
  private let ended = Locked(false)

  /// Starts `arguments` in the sandbox.
  ///
  /// - Parameter lifetime: Seconds until the process is ended in any case.
  package init(
    _ arguments: [String], in sandbox: Sandbox, env: [String: String] = [:], lifetime: Int = 300
  ) throws {
    self.sandbox = sandbox
    log = "\(try sandbox.makeFolder("logs"))/\(UUID().uuidString).log"
    let bounded =
      access("/usr/bin/timeout", X_OK) == 0
      ? ["/usr/bin/timeout", "-k", "5", "\(lifetime)"] + arguments : arguments
    let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
    let output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer {
      close(input)
      close(output)
    }
    guard input >= 0, output >= 0 else { throw SystemCallFailed("open \(log)") }
    pid = try ChildProcess.start(
      bounded, in: sandbox.root, environment: sandbox.environment.merging(env) { $1 },
      stdin: input, stdout: output, stderr: output)
  }

  deinit {
    stop()
  }

  /// What the process has printed.
  package var printed: String {
    String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
  }

  /// Whether it still runs.
  package var isRunning: Bool {
    ended.withLock { ended in
      if !ended { ended = waitpid(pid, nil, WNOHANG) != 0 }
      return !ended
    }
  }

  /// Ends the process group, kindly for two seconds and then by force.
  package func stop() {
    guard isRunning else { return }
    kill(-pid, SIGTERM)
    for _ in 0..<200 where isRunning { usleep(10_000) }
    guard isRunning else { return }
    kill(-pid, SIGKILL)
    ended.withLock { ended in
      _ = waitpid(pid, nil, 0)
      ended = true
    }
  }

  /// Waits until `condition` holds; throws with the log when the process ends first or 20 seconds
  /// have passed.
  package func wait(until condition: () -> Bool) throws {
    for _ in 0..<2000 {
      if condition() { return }
      guard isRunning else { break }
      usleep(10_000)
    }
    throw NotReady(description: "the process is not ready; it printed:\n\(printed)")
  }

  package struct NotReady: Error, CustomStringConvertible {
    package let description: String
  }
}
