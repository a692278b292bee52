internal import Report
package import Gate
package import Platform

/// A repository as the installer meets it: where git keeps it, and where git looks for its hooks.
package struct InstallSite: Sendable {
  /// What hookkit is there for.
  package enum Role: String, CaseIterable, Sendable {
    case client, server

    /// The hooks that are installed when none are named.
    ///
    /// - Parameter host: what a server stands behind.
    package func hooks(on host: HostProfile) -> [Shim.Hook] {
      switch self {
      case .client: [.prePush, .prepareCommitMessage, .commitMessage]
      case .server: host.hooks.compactMap { Shim.Hook(rawValue: $0) }
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
  private let givenVersion: GitVersion?
  private let foundVersion = Once<GitVersion>()
  /// `sha1` or `sha256`: the hash that names objects here.
  let objectFormat: String
  let environment: Environment

  /// Finds the repository that git finds from a folder.
  ///
  /// - Parameters:
  ///   - directory: absolute, or relative to the process's working folder.
  ///   - version: git's, when it is known already.
  package init(
    at directory: String, environment: Environment, version: GitVersion? = nil
  ) throws {
    let start = FileBytes.real(
      directory.hasPrefix("/")
        ? directory
        : try FileBytes.workingFolder() + "/" + directory)
    guard FileBytes.kind(start) == .folder else {
      throw CommandError(.undecided, "\(shown(directory)) is not a folder")
    }
    // Where no folder was named, git has come upon it.
    let environment = directory == "." ? environment : environment.openingBare(start)
    self.environment = environment
    let git = GitCommand(in: start, environment: environment)
    givenVersion = version
    let told = try Self.told(by: git)
    objectFormat = told.objectFormat
    gitDirectory = FileBytes.real(
      told.common.hasPrefix("/") ? told.common : "\(start)/\(told.common)")
    // In a git directory itself there is no work tree to be told of, bare or not.
    workTree = told.top.map(FileBytes.real) ?? Self.workTree(beside: gitDirectory)
    self.git = git.moved(to: workTree ?? gitDirectory)
  }

  /// Where git finds a repository.
  private static func told(
    by git: GitCommand
  ) throws -> (objectFormat: String, common: String, top: String?) {
    let questions = [
      "rev-parse", "--is-inside-work-tree", "--show-object-format", "--git-common-dir",
    ]
    // Where there is no work tree, git fails with the last question and has answered the others.
    let all = try git.attempt(questions + ["--show-toplevel"])
    if let lines = String(validating: all.output)?.split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init) {
      if all.succeeded, lines.count == 5, lines[0] == "true" {
        return (lines[1], lines[2], lines[3])
      }
      if !all.succeeded, lines.count == 4, lines[0] == "false" { return (lines[1], lines[2], nil) }
    }
    // A folder's name may have a line feed in it: it stands last then, and the other is asked for by
    // itself.
    let told = try git.value(questions)
    let parts = told.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 3 else {
      throw CommandError(.undecided, "git rev-parse says \(shown(told))")
    }
    let top = parts[0] == "true" ? try git.value("rev-parse", "--show-toplevel") : nil
    return (parts[1], parts[2], top)
  }

  /// A bare repository among many, of which its configuration alone tells everything: git is started
  /// once.
  ///
  /// - Parameters:
  ///   - path: absolute and without links, as are its parents.
  ///   - configuration: what git reads there.
  /// - Returns: `nil` where the configuration does not tell: a work tree that is linked or named, no
  ///   `core.bare`, or a repository whose own file git did not read because it does not trust its owner.
  init?(
    bare path: String, _ configuration: GitConfiguration, git: GitCommand, environment: Environment,
    version: GitVersion
  ) {
    guard let bare = configuration.last("core.bare"), bare.source == "\(path)/config",
      GitConfiguration.boolean(bare.value) == true, configuration.last("core.worktree") == nil,
      Self.workTree(beside: path) == nil, FileBytes.kind("\(path)/commondir") == .missing
    else { return nil }
    gitDirectory = path
    workTree = nil
    self.git = git
    givenVersion = version
    objectFormat = configuration.last("extensions.objectformat")?.value ?? "sha1"
    self.environment = environment
  }

  /// A folder of git's templates, which is laid out like a git directory.
  init(template path: String, git: GitCommand, environment: Environment) {
    gitDirectory = path
    workTree = nil
    self.git = git
    givenVersion = .oldestOnServers
    objectFormat = "sha1"
    self.environment = environment
  }

  /// The version of git, asked for when it matters.
  func version() throws -> GitVersion {
    if let givenVersion { return givenVersion }
    return try foundVersion.value { try Self.version(of: git) }
  }

  /// The version of the git that is found first in PATH.
  static func version(of git: GitCommand) throws -> GitVersion {
    let line = try git.value("--version")
    guard let version = GitVersion(reading: line) else {
      throw CommandError(.undecided, "git --version says \(shown(line))")
    }
    return version
  }

  /// The work tree of an ordinary repository that was named by its `.git`.
  private static func workTree(beside gitDirectory: String) -> String? {
    gitDirectory.hasSuffix("/.git") ? String(gitDirectory.dropLast("/.git".count)) : nil
  }

  package var isBare: Bool { workTree == nil }

  /// The repository as the hooks of a server open it.
  var server: ServerRepository {
    ServerRepository(gitDirectory: gitDirectory, quarantine: nil, environment: environment)
  }

  /// The host that was chosen, or the one that is meant when none was.
  func host() throws -> HostProfile {
    do throws(HostProfile.Problem) {
      return try server.host() ?? .ssh
    } catch {
      switch error {
      case .unreadable(let error): throw error
      // Doctor says so; whatever is installed next writes it anew.
      case .unknown: return .ssh
      }
    }
  }

  /// The role that is meant when none is named.
  package var usualRole: Role { isBare ? .server : .client }

  /// The name of the repository in messages and hints.
  var directory: String { workTree ?? gitDirectory }

  /// The configuration that git reads when it serves, or works in, this repository.
  func configuration(_ role: Role) throws -> GitConfiguration {
    try GitConfiguration(gitRunningHooks(of: role))
  }

  /// git in the folder that it runs the role's hooks in, which a relative `core.hooksPath` counts
  /// from (git-config(1)): receive-pack works in the git directory, everything else at the top.
  func gitRunningHooks(of role: Role) -> GitCommand {
    role == .server ? git.moved(to: gitDirectory) : git
  }

  /// Whether a path, links resolved, lies in the repository or one of its work trees.
  func contains(_ path: String) -> Bool {
    let real = FileBytes.real(path)
    func lies(in folder: String) -> Bool { real == folder || real.hasPrefix("\(folder)/") }
    if [gitDirectory, workTree].compactMap(\.self).contains(where: lies) { return true }
    return ((try? otherWorkTrees()) ?? []).contains(where: lies)
  }

  /// The tops of the repository's other work trees that are there, links resolved.
  func otherWorkTrees() throws -> [String] {
    try git.run(["worktree", "list", "--porcelain"]).split(separator: 0x0a).compactMap { line in
      guard line.starts(with: "worktree ".utf8),
        let path = String(validating: line.dropFirst("worktree ".utf8.count))
      else { return nil }
      let top = FileBytes.real(path)
      guard top != workTree, top != gitDirectory, FileBytes.kind(top) == .folder else { return nil }
      return top
    }
  }

  /// Whether a file is one of the project's own: it lies in the work tree, and git tracks it.
  func tracks(_ path: String) throws -> Bool {
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

extension Shim.Hook {
  /// Whether hosts that keep git's hooks for themselves run those of others beside them.
  fileprivate var isSharedByHosts: Bool { [.preReceive, .update, .postReceive].contains(self) }
}

/// Where the hooks of a role stand: in the folder in which git looks for them, or where a host does that
/// keeps that folder for itself.
package struct HooksFolder: Sendable {
  /// git's own folder, absolute.
  let path: String
  /// Where `core.hooksPath` is set; `nil` when it is not.
  let setting: GitConfiguration.Entry?
  /// Whether hooks would be put outside the repository, where other repositories may use them too.
  let isForeign: Bool
  /// The folder with a folder for each hook, absolute; `nil` when hooks stand in git's own.
  private let shared: String?

  /// - Parameters:
  ///   - host: what a server stands behind; of no meaning for a client.
  ///   - configuration: the role's, when it has been read already.
  init(
    of role: InstallSite.Role, on host: HostProfile, at site: InstallSite,
    configuration: GitConfiguration? = nil
  ) throws {
    let configuration =
      if let configuration { configuration } else { try site.configuration(role) }
    setting = configuration.last("core.hookspath")
    if setting == nil {
      path = FileBytes.real("\(site.gitDirectory)/hooks")
    } else {
      let git = site.gitRunningHooks(of: role)
      let found = try git.value("rev-parse", "--git-path", "hooks")
      path = FileBytes.real(found.hasPrefix("/") ? found : "\(git.directory)/\(found)")
    }
    if role == .server, case .folders(let name) = host.hookPlace {
      shared = "\(site.gitDirectory)/\(name)"
      isForeign = false
    } else {
      shared = nil
      isForeign = !site.contains(path)
    }
  }

  /// The hooks of a folder of git's templates.
  init(template: String) {
    path = "\(template)/hooks"
    setting = nil
    isForeign = false
    shared = nil
  }

  /// Whether the setting counts from the top of each work tree (git-config(1)), so that every one has a
  /// folder of its own.
  var isRelative: Bool {
    guard let value = setting?.value else { return false }
    return !value.hasPrefix("/") && !value.hasPrefix("~")
  }

  /// Where one hook is looked for in another work tree.
  func path(of hook: Shim.Hook, in top: String) -> String? {
    guard isRelative, let value = setting?.value else { return nil }
    return FileBytes.real("\(top)/\(value)") + "/\(hook.rawValue)"
  }

  /// Where one hook is looked for.
  func path(of hook: Shim.Hook) -> String {
    guard let shared, hook.isSharedByHosts else { return "\(path)/\(hook.rawValue)" }
    return "\(shared)/\(hook.rawValue).d/hookkit"
  }

  /// Where hook managers move it.
  func places(of hook: Shim.Hook) -> HookPlaces { HookPlaces(hook, at: path(of: hook)) }

  /// What stands where the shim must be.
  func standing(of hook: Shim.Hook) throws -> HookStanding {
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

  init(at path: String, _ hook: Shim.Hook) throws {
    switch FileBytes.kind(path) {
    case .missing: self = .missing
    case .file:
      let runs = FileBytes.isExecutable(path)
      let bytes: [UInt8]
      do throws(SystemError) {
        bytes = try FileBytes.read(path, limit: Self.largest)
      } catch {
        guard case .tooLarge = error.reason else { throw error }
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
      throw CommandError(.refused, "\(shown(path)) is neither a file nor a link")
    }
  }
}
