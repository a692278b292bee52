#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import Gate
package import Platform
internal import Report

/// Runs the hook that this process was started as, and gives its exit code.
///
/// Whatever goes wrong ends here with a code on standard error and an exit code that is not 0.
package func runHook(_ arguments: [String], _ environment: Environment) -> Int32 {
  if let path = arguments.first, Shell.answers(to: path) { return runShell(arguments, environment) }
  guard let path = arguments.first, let hook = Hook(executable: path) else {
    Console.say([
      "error: hookkit-hook is called by the name of a hook, such as hookkit-pre-receive",
      "hint: to set up a repository   hookkit install",
    ])
    return ExitCode.usage.rawValue
  }
  if arguments.dropFirst().first == "--version" {
    try? Console.write(Array("hookkit-\(hook.rawValue) \(Version.text)\n".utf8))
    return ExitCode.allowed.rawValue
  }
  // Neither a closed connection nor a full quota may kill a hook in the middle of a record: both come
  // back as errors of the write.
  signal(SIGPIPE, SIG_IGN)
  signal(SIGXFSZ, SIG_IGN)
  limitTime()
  answerFaults()
  let trace = Trace(environment, named: hook.rawValue, writesFiles: !hook.isServers)
  let code = answer(hook, arguments, environment)
  if let line = trace.line("exit \(code)") { Console.say([line]) }
  return code
}

/// Runs `hookkit-shell`, which becomes git: no limit of time or signal that hooks have may stay behind.
private func runShell(_ arguments: [String], _ environment: Environment) -> Int32 {
  answerFaults()
  if arguments.dropFirst() == ["--version"] {
    try? Console.write(Array("hookkit-shell \(Version.text)\n".utf8))
    return ExitCode.allowed.rawValue
  }
  return Shell(environment: environment).run(arguments)
}

private func answer(_ hook: Hook, _ arguments: [String], _ environment: Environment) -> Int32 {
  do {
    switch hook {
    case .preReceive: return try PreReceive(Session(hook, environment)).run()
    case .procReceive: return try ProcReceiveHook(Session(hook, environment)).run()
    case .update: return try UpdateHook(Session(hook, environment)).run(arguments)
    case .referenceTransaction:
      return try ReferenceTransaction.run(arguments, environment)
    case .postReceive: return try PostReceive(Session(hook, environment)).run()
    case .prePush: return try PrePush(environment).run(arguments)
    case .preCommit, .preMergeCommit: return PreCommit(environment).run()
    case .prepareCommitMessage: return try PrepareCommitMessage(environment).run(arguments)
    case .commitMessage: return try CommitMessage(environment).run(arguments)
    }
  } catch {
    let finding = Refusal(error).finding
    let host = hook.isServers ? Session.hostIfKnown(environment) : nil
    Console.refuse(RefusalText.lines(for: finding), on: host)
    return ExitCode(finding).rawValue
  }
}

/// A fault of this program is a shut gate with a code, like everything else.
private func answerFaults() {
  FatalSignals.answer { _ in
    let text: StaticString = """
      error: HK970 internal error
      hint: report it with   hookkit --version

      """
    _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
    _exit(70)
  }
}

/// Seconds after which a hook gives up: too slow is not a reason to open.
private let longestRun: UInt32 = 900

private func limitTime() {
  signal(SIGALRM) { _ in
    // Only what signal-safety(7) allows: one write and an immediate end.
    let text: StaticString = "error: HK903 the hook took longer than 15 minutes\n"
    _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
    _exit(3)
  }
  alarm(longestRun)
}
