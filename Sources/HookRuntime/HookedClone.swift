internal import Platform

/// The clone that one of its own hooks runs in.
struct HookedClone {
  private let environment: Environment

  init(_ environment: Environment) {
    self.environment = environment
  }

  /// git runs these hooks at the top of the work tree (githooks(5)), where there usually is a `.git`
  /// folder; whatever else it is, git knows.
  func commonDirectory() -> String? {
    let isNamed = ["GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE"].contains {
      environment.bytes($0) != nil
    }
    if !isNamed, FileBytes.kind(".git/HEAD") == .file, FileBytes.kind(".git/commondir") == .missing
    {
      return ".git"
    }
    return git("rev-parse", "--path-format=absolute", "--git-common-dir")
      .flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The first line that git answers; `nil` where it does not.
  func git(_ arguments: String...) -> [UInt8]? {
    let outcome = try? Subprocess(["git"] + arguments, environment: environment.all)
      .run(limit: 1 << 16)
    guard let outcome, outcome.succeeded else { return nil }
    return Array(outcome.output.prefix { $0 != 0x0a })
  }
}
