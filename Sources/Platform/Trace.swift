/// What a process does, and how long it takes, for someone who looks for a fault (`HOOKKIT_TRACE`).
///
/// A trace never changes what is decided: a file that cannot be written to is passed over.
package struct Trace: Sendable {
  private enum Target: Sendable {
    case nowhere
    case standardError
    case file(String)

    var isNowhere: Bool {
      if case .nowhere = self { true } else { false }
    }
  }

  private let target: Target
  package var isOn: Bool { !target.isNowhere }
  private let name: String
  private let start: UInt64

  /// - Parameters:
  ///   - name: who writes: `pre-receive`.
  ///   - writesFiles: not on a server, where a variable may be the client's (`AcceptEnv`) and the file
  ///     somebody's: there a path stands for standard error.
  package init(_ environment: Environment, named name: String, writesFiles: Bool = true) {
    switch environment["HOOKKIT_TRACE"] {
    case nil, "", "0": target = .nowhere
    case let path? where path.hasPrefix("/") && writesFiles: target = .file(path)
    default: target = .standardError
    }
    self.name = name
    start = target.isNowhere ? 0 : Clock.monotonic()
  }

  /// Adds a line to the file, or gives it back where it is for standard error.
  ///
  /// - Parameter step: what was done, in words of our own; not made when nobody traces.
  package func line(_ step: @autoclosure () -> String) -> String? {
    guard !target.isNowhere else { return nil }
    let microseconds = (Clock.monotonic() - start) / 1000
    let fraction = String(microseconds % 1000)
    let time =
      "\(microseconds / 1000)." + String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
    let line = "trace: \(time) ms \(name): \(step())"
    guard case .file(let path) = target else { return line }
    do throws(SystemError) {
      let file = try LockedFile(path)
      try file.append(Array("\(line)\n".utf8), durable: false)
    } catch {
      return nil
    }
    return nil
  }
}
