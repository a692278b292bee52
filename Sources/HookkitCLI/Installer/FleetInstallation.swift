internal import Gate
internal import Platform

/// `hookkit install --server --all`: the same installation in every repository below a folder.
///
/// Each is by itself: one that cannot be protected stops no other, and a run that was cut short is
/// taken up by running it again, because what is in place is left as it is.
struct FleetInstallation: Sendable {
  let request: Installation.Request
  let executables: HookExecutables
  let environment: Environment
  let isDryRun: Bool
  /// When the baselines were seen.
  let time: Int64

  enum Outcome: Hashable, Sendable {
    /// In place now, after this many steps; in a dry run they were not taken.
    case guarded(steps: Int)
    /// In place, but without a policy that can be read, so that every push is refused.
    case shut(String)
    case failed(String)
  }

  /// Installs in one repository.
  func outcome(for path: String, git version: GitVersion) -> Outcome {
    do {
      let git = GitCommand(in: path, environment: environment)
      let configuration = try GitConfiguration(git)
      let site =
        if let site = InstallSite(
          bare: path, configuration, git: git, environment: environment, version: version)
        { site } else { try InstallSite(at: path, environment: environment, version: version) }
      guard site.isBare else { return .failed("not a bare repository") }
      let installation = try Installation(
        request, at: site, from: executables, configuration: configuration,
        environment: environment)
      guard !isDryRun else { return .guarded(steps: installation.steps.count) }
      for step in installation.steps { try step.perform(with: site.git) }
      if !installation.steps.isEmpty { try installation.verify() }
      let start = try installation.start()
      if case .recordable(let baseline, let key)? = start, !baseline.isEmpty {
        try baseline.record(at: time, signedBy: key)
      }
      try installation.recordStart(at: time)
      switch start {
      case nil, .recordable:
        return .guarded(steps: installation.steps.count)
      case .noPolicy: return .shut("there is no policy yet")
      case .unusable(let problem): return .shut(CommandError(problem).headline)
      }
    } catch {
      return .failed(CommandError(error).headline)
    }
  }
}
