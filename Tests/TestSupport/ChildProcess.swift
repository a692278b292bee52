import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A system call that failed while a test was being set up.
package struct SystemCallFailed: Error, CustomStringConvertible {
  package let description: String

  init(_ call: String, _ code: Int32 = errno) {
    description = "\(call): \(String(cString: strerror(code)))"
  }
}

#if canImport(Glibc)
  private typealias SpawnActions = posix_spawn_file_actions_t
#else
  private typealias SpawnActions = posix_spawn_file_actions_t?
#endif

/// Starts processes in a group of their own, with exactly the environment that is given.
enum ChildProcess {
  /// Held while a process starts and while an executable file is being written: a child between
  /// fork and exec would otherwise hold that file open for writing, and running it then fails with
  /// ETXTBSY in another test.
  static let startLock = NSLock()

  /// A pipe whose ends no child of another test inherits by accident.
  static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    return try startLock.withLock {
      #if canImport(Glibc)
        let code = Glibc.pipe(&ends)
      #else
        let code = Darwin.pipe(&ends)
      #endif
      guard code == 0 else { throw SystemCallFailed("pipe") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (ends[0], ends[1])
    }
  }

  /// Starts `arguments` in `directory`; the three descriptors become its 0, 1 and 2.
  static func start(
    _ arguments: [String], in directory: String, environment: [String: String],
    stdin: Int32, stdout: Int32, stderr: Int32
  ) throws -> pid_t {
    guard let name = arguments.first else { throw SystemCallFailed("posix_spawn", EINVAL) }
    let path = try locate(name, from: directory, searchPath: environment["PATH"] ?? "/usr/bin:/bin")

    #if canImport(Glibc)
      var actions = SpawnActions()
      var attributes = posix_spawnattr_t()
    #else
      var actions: SpawnActions
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, stdin, 0)
    posix_spawn_file_actions_adddup2(&actions, stdout, 1)
    posix_spawn_file_actions_adddup2(&actions, stderr, 2)
    try changeDirectory(&actions, to: directory)

    // Signals as a login shell leaves them, whatever the test runner has set for itself.
    var defaults = sigset_t()
    sigfillset(&defaults)
    #if canImport(Glibc)
      sigdelset(&defaults, SIGKILL)
      sigdelset(&defaults, SIGSTOP)
    #endif
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setsigmask(&attributes, &unblocked)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))

    let argv = arguments.map { strdup($0) } + [nil]
    let envp =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }

    var pid: pid_t = 0
    let code = startLock.withLock { posix_spawn(&pid, path, &actions, &attributes, argv, envp) }
    guard code == 0 else { throw SystemCallFailed("posix_spawn \(path)", code) }
    return pid
  }

  /// Adds the change of folder, for which glibc has a function that its Swift module does not show.
  private static func changeDirectory(
    _ actions: UnsafeMutablePointer<SpawnActions>, to directory: String
  ) throws {
    #if canImport(Glibc)
      typealias AddChangeDirectory =
        @convention(c) (
          UnsafeMutablePointer<SpawnActions>, UnsafePointer<CChar>
        ) -> Int32
      let name = "posix_spawn_file_actions_addchdir_np"
      guard let symbol = dlsym(nil, name) else { throw SystemCallFailed(name, ENOSYS) }
      let code = unsafeBitCast(symbol, to: AddChangeDirectory.self)(actions, directory)
    #else
      let code = posix_spawn_file_actions_addchdir_np(actions, directory)
    #endif
    guard code == 0 else { throw SystemCallFailed("chdir \(directory)", code) }
  }

  /// Finds a command as a shell would, in the environment of the child and not of the test runner.
  private static func locate(
    _ name: String, from directory: String, searchPath: String
  ) throws -> String {
    if name.hasPrefix("/") { return name }
    if name.contains("/") { return "\(directory)/\(name)" }
    for folder in searchPath.split(separator: ":") {
      let candidate = "\(folder)/\(name)"
      if access(candidate, X_OK) == 0 { return candidate }
    }
    throw SystemCallFailed("\(name) in \(searchPath)", ENOENT)
  }
}
