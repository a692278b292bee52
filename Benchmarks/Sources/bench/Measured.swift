import Foundation

/// What the system counted for one finished child.
struct Measured {
  /// User and system time, in milliseconds.
  let cpu: Double
  /// Wall time, in milliseconds.
  let wall: Double
  /// Peak resident memory, in KiB.
  let peak: Int
  let status: Int32
}

/// Runs a command to its end with its output thrown away and measures it by wait4(2).
func measure(
  _ arguments: [String], environment: [String: String], in folder: String, input: String? = nil
) -> Measured {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
  var envp: [UnsafeMutablePointer<CChar>?] =
    environment.map { strdup($0.key + "=" + $0.value) } + [nil]
  defer { for pointer in argv + envp { free(pointer) } }
  _ = chdir(folder)
  var child: pid_t = 0
  let start = monotonic()
  guard posix_spawnp(&child, arguments[0], &actions, nil, &argv, &envp) == 0 else {
    fatalError("cannot start \(arguments[0])")
  }
  var usage = rusage()
  var status: Int32 = 0
  wait4(child, &status, 0, &usage)
  func milliseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1000 + Double(time.tv_usec) / 1000
  }
  return Measured(
    cpu: milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), wall: monotonic() - start,
    peak: usage.ru_maxrss, status: status)
}

/// Peak resident memory of a command in KiB, by GNU time.
///
/// Linux counts the memory of the process that starts another as the other's, across execve(2), so that
/// only a small process can start what is to be measured.
func peak(_ arguments: [String], environment: [String: String], in folder: String) -> Int {
  let report = folder + "/peak"
  _ = measure(
    ["/usr/bin/time", "-f", "%M", "-o", report] + arguments, environment: environment, in: folder)
  let text = (try? String(contentsOfFile: report, encoding: .utf8)) ?? ""
  guard let peak = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
    fatalError("GNU time is needed for figures of memory")
  }
  return peak
}

private func monotonic() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) * 1000 + Double(now.tv_nsec) / 1_000_000
}

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
}

/// Two commands measured in turn.
struct Pair {
  let first: [Measured]
  let second: [Measured]

  init(_ count: Int, _ first: () -> Measured, _ second: () -> Measured) {
    var a: [Measured] = []
    var b: [Measured] = []
    _ = (first(), second())
    for _ in 0..<count {
      a.append(first())
      b.append(second())
    }
    self.first = a
    self.second = b
  }

  var cpuRatio: Double { median(first.map(\.cpu)) / median(second.map(\.cpu)) }
  var wallRatio: Double { median(first.map(\.wall)) / median(second.map(\.wall)) }
  var peakRatio: Double {
    median(first.map { Double($0.peak) }) / median(second.map { Double($0.peak) })
  }
}
