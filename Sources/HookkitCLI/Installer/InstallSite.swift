package import Platform

/// A repository as the installer meets it: where git keeps it, and where git looks for its hooks.
package struct InstallSite: Sendable {
  /// What hookkit is there for.
  package enum Role: String, CaseIterable, Sendable {
    case client, server

    /// The hooks that are installed when none are named.
    package var hooks: [Shim.Hook] {
      switch self {
      case .client: [.prePush, .prepareCommitMessage, .commitMessage]
      case .server: [.preReceive, .procReceive, .referenceTransaction, .postReceive]
      }
    }

    /// Every hook that can be installed.
    var available: [Shim.Hook] {
      Shim.Hook.allCases.filter { $0.isServerSide == (self == .server) }
    }
  }

  /// The git directory that all work trees share, absolute and without links.
  package let gitDirectory: String
  /// The top of the work tree, absolute and without links; `nil` for a bare repository.
  package let workTree: String?
  let git: GitCommand
  let version: GitVersion

  /// Finds the repository that git finds from a folder.
  ///
  /// - Parameter directory: absolute, or relative to the process's working folder.
  package init(at directory: String, environment: Environment) throws(InstallError) {
    let start = FileBytes.real(
      directory.hasPrefix("/")
        ? directory
        : try onFiles { () throws(SystemError) in try FileBytes.workingFolder() } + "/" + directory)
    guard FileBytes.kind(start) == .folder else {
      throw InstallError(.undecided, "\(shown(directory)) is not a folder")
    }
    let git = GitCommand(in: start, environment: environment)
    version = try Self.version(of: git)
    let common = try git.value("rev-parse", "--git-common-dir")
    gitDirectory = FileBytes.real(common.hasPrefix("/") ? common : "\(start)/\(common)")
    // In a git directory itself there is no work tree to be told of, bare or not.
    let inside = try git.value("rev-parse", "--is-inside-work-tree")
    workTree =
      inside == "true"
      ? FileBytes.real(try git.value("rev-parse", "--show-toplevel"))
      : Self.workTree(beside: gitDirectory)
    self.git = git.moved(to: workTree ?? gitDirectory)
  }

  /// A folder of git's templates, which is laid out like a git directory.
  init(template path: String, git: GitCommand) {
    gitDirectory = path
    workTree = nil
    self.git = git
    version = .oldestOnServers
  }

  private static func version(of git: GitCommand) throws(InstallError) -> GitVersion {
    let line = try git.value("--version")
    guard let version = GitVersion(reading: line) else {
      throw InstallError(.undecided, "git --version says \(shown(line))")
    }
    return version
  }

  /// The work tree of an ordinary repository that was named by its `.git`.
  private static func workTree(beside gitDirectory: String) -> String? {
    gitDirectory.hasSuffix("/.git") ? String(gitDirectory.dropLast("/.git".count)) : nil
  }

  package var isBare: Bool { workTree == nil }

  /// The role that is meant when none is named.
  package var usualRole: Role { isBare ? .server : .client }

  /// The name of the repository in messages and hints.
  var directory: String { workTree ?? gitDirectory }

  /// The configuration that git reads when it serves, or works in, this repository.
  func configuration(_ role: Role) throws(InstallError) -> GitConfiguration {
    try GitConfiguration(gitRunningHooks(of: role))
  }

  /// git in the folder that it runs the role's hooks in, which a relative `core.hooksPath` counts
  /// from (git-config(1)): receive-pack works in the git directory, everything else at the top.
  func gitRunningHooks(of role: Role) -> GitCommand {
    role == .server ? git.moved(to: gitDirectory) : git
  }

  /// Whether a path, links resolved, lies in the repository or its work tree.
  func contains(_ path: String) -> Bool {
    let real = FileBytes.real(path)
    return [gitDirectory, workTree].contains { folder in
      folder.map { real == $0 || real.hasPrefix("\($0)/") } ?? false
    }
  }

  /// Whether a file is one of the project's own: it lies in the work tree, and git tracks it.
  func tracks(_ path: String) throws(InstallError) -> Bool {
    guard let workTree, path.hasPrefix("\(workTree)/"), !path.hasPrefix("\(gitDirectory)/") else {
      return false
    }
    return try git.attempt(["ls-files", "--error-unmatch", "--", path]).succeeded
  }

  /// A path as messages show it: without the work tree or git directory in front of it.
  func short(_ path: String) -> String {
    for folder in [workTree, gitDirectory] {
      if let folder, path.hasPrefix("\(folder)/") {
        return shown(String(path.dropFirst(folder.count + 1)))
      }
    }
    return shown(path)
  }
}

/// The folder in which git looks for a role's hooks.
package struct HooksFolder: Sendable {
  /// Absolute.
  let path: String
  /// Where `core.hooksPath` is set; `nil` when it is not.
  let setting: GitConfiguration.Entry?
  /// Whether it lies outside the repository, so that other repositories may use it too.
  let isForeign: Bool

  init(of role: InstallSite.Role, at site: InstallSite) throws(InstallError) {
    let git = site.gitRunningHooks(of: role)
    let found = try git.value("rev-parse", "--git-path", "hooks")
    let absolute = found.hasPrefix("/") ? found : "\(git.directory)/\(found)"
    path = FileBytes.real(absolute)
    setting = try GitConfiguration(git).last("core.hookspath")
    isForeign = !site.contains(path)
  }

  /// The hooks of a folder of git's templates.
  init(template: String) {
    path = "\(template)/hooks"
    setting = nil
    isForeign = false
  }

  /// Where git looks for one hook.
  func path(of hook: Shim.Hook) -> String { "\(path)/\(hook.rawValue)" }

  /// Where hook managers move it.
  func places(of hook: Shim.Hook) -> HookPlaces { HookPlaces(hook, at: path(of: hook)) }

  /// What stands where the shim must be.
  func standing(of hook: Shim.Hook) throws(InstallError) -> HookStanding {
    try HookStanding(at: places(of: hook).slot, hook)
  }
}

/// What stands in the place of a hook.
package enum HookStanding: Hashable, Sendable {
  case missing
  /// A shim of any version, unchanged.
  case shim(Shim.Description, runs: Bool)
  /// A file that says it is a shim and is none that this hookkit knows.
  case changedShim
  /// Somebody else's. Without its run bit git passes it over.
  case foreign(runs: Bool)

  /// Most bytes of a file that may be a shim.
  private static let largest = 1 << 16

  init(at path: String, _ hook: Shim.Hook) throws(InstallError) {
    switch FileBytes.kind(path) {
    case .missing: self = .missing
    case .file:
      let runs = FileBytes.isExecutable(path)
      let bytes: [UInt8]
      do throws(SystemError) {
        bytes = try FileBytes.read(path, limit: Self.largest)
      } catch {
        guard case .tooLarge = error.reason else { throw InstallError(error) }
        self = .foreign(runs: runs)
        return
      }
      if let shim = Shim.recognise(bytes), shim.hook == hook {
        self = .shim(shim, runs: runs)
      } else {
        self = Shim.claimsToBeOne(bytes) ? .changedShim : .foreign(runs: runs)
      }
    case .link: self = .foreign(runs: FileBytes.isExecutable(path))
    case .folder, .other:
      throw InstallError(.declined, "\(shown(path)) is neither a file nor a link")
    }
  }
}
