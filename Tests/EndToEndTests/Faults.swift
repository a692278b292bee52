import Foundation
import Primitives
import TestSupport

/// What happens to one system call of one hook of a push.
struct Fault: CustomStringConvertible {
  enum Kind: String, CaseIterable, Sendable {
    /// The hook is killed before the call does anything.
    case kill = "signal=KILL"
    /// The disk is full for this one call.
    case fullDisk = "error=ENOSPC"
  }

  let kind: Kind
  /// The hook as it is started, such as `2 reference-transaction prepared`: the third of the push.
  let run: String
  let call: String
  /// Which of the calls of this name, counted from 1.
  let number: Int

  var description: String { "\(kind.rawValue) at \(call) \(number) of \(run)" }
}

/// Hooks of a server that a test can cut off at any call that writes, by strace(1): the executables are
/// linked statically and have no switch for tests.
struct FaultyHooks {
  let server: GuardedServer

  /// Whether this machine lets a process be traced.
  static let canTrace: Bool = {
    guard let sandbox = try? Sandbox() else { return false }
    let tried = try? sandbox.run([
      "strace", "-qq", "-o", "trace", "-e", "trace=write", "-e", "inject=write:error=ENOSPC:when=1",
      "sh", "-c", "echo a || exit 7",
    ])
    return tried?.exit == 7
  }()

  /// Everything that changes a file or a folder; making a file shows in the first call behind it.
  private static let calls =
    "write,pwrite64,rename,renameat,renameat2,ftruncate,unlink,unlinkat,rmdir,mkdir,mkdirat"
    + ",link,linkat,symlink,fsync,fdatasync,chmod,fchmod,utime,utimes,utimensat"
  /// Those that a full disk makes fail.
  private static let filling: Set = [
    "write", "pwrite64", "rename", "mkdir", "link", "fsync", "fdatasync",
  ]

  init(of server: GuardedServer) throws {
    self.server = server
    for hook in GuardedServer.hooks {
      let own = try Executables.hook(hook, in: server.sandbox)
      try server.unlink(hook)
      try server.repository.writeHook(
        hook,
        """
        #!/bin/sh
        [ -n "$FAULTS" ] || exec '\(own)' "$@"
        run="$(ls "$FAULTS" | wc -l) \(hook)${1:+ $1}"
        : > "$FAULTS/$run"
        case $FAULT_RUN in
        all) exec strace -qq -o "$FAULTS/$run" -e trace=\(Self.calls) '\(own)' "$@" ;;
        "$run")
          exec strace -qq -o "$FAULTS/$run" -e "trace=$FAULT_CALL" -e "inject=$FAULT_CALL:$FAULT" \\
            '\(own)' "$@" ;;
        *) exec '\(own)' "$@" ;;
        esac

        """)
    }
  }

  /// Every fault of a kind that can happen to a push. The push is made to see them.
  func all(_ kind: Fault.Kind, during push: () throws -> Outcome) throws -> [Fault] {
    _ = try running("all", call: nil, nil, push)
    var faults: [Fault] = []
    for run in try FileManager.default.contentsOfDirectory(atPath: server.sandbox.path("faults")) {
      var counts: [String: Int] = [:]
      for line in try server.sandbox.text("faults/\(run)").split(separator: "\n") {
        guard let end = line.firstIndex(of: "("), !line.hasPrefix("+++") else { continue }
        let call = String(line[..<end])
        counts[call, default: 0] += 1
        // What a hook says to people is written last, and changes nothing.
        if line.hasPrefix("write(2,") { continue }
        guard kind == .kill || Self.filling.contains(call) else { continue }
        faults.append(Fault(kind: kind, run: run, call: call, number: counts[call] ?? 0))
      }
    }
    let order = { (fault: Fault) in Int(fault.run.prefix { $0 != " " }) ?? 0 }
    return faults.enumerated().sorted { (order($0.1), $0.0) < (order($1.1), $1.0) }.map(\.1)
  }

  func push(with fault: Fault, _ push: () throws -> Outcome) throws -> Outcome {
    try running(
      fault.run, call: fault.call, "\(fault.kind.rawValue):when=\(fault.number)", push)
  }

  private func running(
    _ run: String, call: String?, _ fault: String?, _ push: () throws -> Outcome
  ) throws -> Outcome {
    let sandbox = server.sandbox
    try sandbox.shell("rm -rf faults && mkdir faults")
    let settings = [
      "FAULTS": sandbox.path("faults"), "FAULT_RUN": run, "FAULT_CALL": call, "FAULT": fault,
    ]
    for (name, value) in settings { sandbox.setEnvironment(name, value) }
    defer { for name in settings.keys { sandbox.setEnvironment(name, nil) } }
    return try push()
  }
}
