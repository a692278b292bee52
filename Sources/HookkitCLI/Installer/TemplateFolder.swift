internal import Report
internal import Gate
internal import Platform

/// The folder that git copies into every repository it makes or clones (git-init(1), "TEMPLATE
/// DIRECTORY"), with the client's shims in its `hooks`.
struct TemplateFolder {
  let site: InstallSite
  let folder: HooksFolder
  /// What `init.templateDir` says; `nil` when it is not set.
  let setting: String?

  static let key = "init.templateDir"

  /// - Parameter path: absolute or relative; where `init.templateDir` points when left out.
  init(_ path: String?, environment: Environment) throws {
    let working = try FileBytes.workingFolder()
    let git = GitCommand(in: working, environment: environment)
    // 1: the key is not set (git-config(1)).
    let outcome = try git.attempt(["config", "--type=path", "--get", Self.key])
    guard outcome.succeeded || outcome.status == 1 else { throw GitCommand.failure(outcome) }
    let value = String(decoding: outcome.output.prefix { $0 != 0x0a }, as: UTF8.self)
    setting = value.isEmpty ? nil : value
    guard let named = path ?? setting else {
      let usual = "\(environment["HOME"] ?? working)/.config/git/template"
      throw CommandError(
        .usage, "\(Self.key) is not set, so the folder must be named",
        hints: [Hint("for example", "hookkit", "install", "--template", usual)])
    }
    let real = FileBytes.real(named.hasPrefix("/") ? named : "\(working)/\(named)")
    site = InstallSite(template: real, git: git, environment: environment)
    folder = HooksFolder(template: real)
  }

  /// Whether git copies from this folder.
  var isUsed: Bool { setting.map { FileBytes.real($0) == site.gitDirectory } ?? false }

  func installation(
    of hooks: [Shim.Hook], from executables: HookExecutables, isGlobal: Bool
  ) throws -> [InstallStep] {
    let steps = try HookPlan.installation(of: hooks, in: folder, from: executables, at: site)
    guard isGlobal, !isUsed else { return steps }
    let path = site.gitDirectory
    return steps + [
      InstallStep(
        action: .configure(key: Self.key, arguments: [["--global", Self.key, path]], .set),
        subject: "\(Self.key) = \(shown(path))")
    ]
  }

  func removal(isGlobal: Bool) throws -> [InstallStep] {
    var steps: [InstallStep] = []
    for hook in InstallSite.Role.client.available {
      steps += try HookPlan.removal(of: hook, at: folder.path(of: hook), site)
    }
    guard isGlobal, isUsed else { return steps }
    return steps + [
      InstallStep(
        action: .configure(key: Self.key, arguments: [["--global", "--unset", Self.key]], .unset),
        subject: Self.key)
    ]
  }
}
