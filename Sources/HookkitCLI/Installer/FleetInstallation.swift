internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// `hookkit install --server --all`: the same installation in every repository below a folder.
///
/// Each is by itself: one that cannot be protected stops no other, and a run that was cut short is
/// taken up by running it again, because what is in place is left as it is. A repository whose policy
/// would let nobody push is left as it is.
struct FleetInstallation: Sendable {
  let request: Installation.Request
  let executables: HookExecutables
  let environment: Environment
  let isDryRun: Bool
  /// When the baselines were seen.
  let time: Int64
  /// The folder, absolute and without links, and what stands before a path below it in the name of a
  /// repository that no policy names.
  let root: String
  let prefix: String
  /// Repositories to be guarded though they are left alone otherwise.
  let included: [String]

  /// Repositories that hold the settings of the host itself, by their folder's name.
  static let leftAlone = ["gitolite-admin.git"]

  enum Outcome: Hashable, Sendable {
    /// In place now, after this many steps; in a dry run they were not taken.
    case guarded(steps: Int)
    /// Left as it was: with hookkit's hooks every push would be refused, and why.
    case skipped(String)
    /// Left as it was, because it was not asked for by its name.
    case leftAlone
    case failed(String)
  }

  /// Installs in one repository.
  func outcome(for path: String, git version: GitVersion) -> Outcome {
    do {
      guard !isLeftAlone(path) else { return .leftAlone }
      let environment = environment.openingBare(path)
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
      let naming: [InstallStep]
      do throws(PolicyInForce.Problem) {
        naming = try namingSteps(for: site)
      } catch {
        return .skipped(Self.words(error))
      }
      let steps = naming + installation.steps
      guard !isDryRun else { return .guarded(steps: steps.count) }
      for step in steps { try step.perform(with: site.git) }
      if !installation.steps.isEmpty { try installation.verify() }
      if case .recordable(let baseline, let key)? = try installation.start(), !baseline.isEmpty {
        try baseline.record(at: time, signedBy: key)
      }
      try installation.recordStart(at: time)
      return .guarded(steps: steps.count)
    } catch {
      return .failed(CommandError(error).headline)
    }
  }

  private func isLeftAlone(_ path: String) -> Bool {
    guard let name = Self.leftAlone.first(where: { path.hasSuffix("/\($0)") }) else { return false }
    return !included.contains { [name, String(name.dropLast(".git".count))].contains($0) }
  }

  private static func words(_ problem: PolicyInForce.Problem) -> String {
    switch problem {
    case .missing: "there is no policy"
    case .unreadable(let why): why
    case .invalid(let error): "\(error.problem)"
    }
  }

  // MARK: The name of a repository

  /// What a repository needs so that its policy is whole: where all that it lacks is what reviews call
  /// the repository, a layer of its own that says so.
  ///
  /// - Throws: `PolicyInForce.Problem`: with its hooks, every push would be refused.
  private func namingSteps(for site: InstallSite) throws(PolicyInForce.Problem) -> [InstallStep] {
    let surroundings: Surroundings
    do throws(GitError) {
      surroundings = try site.server.surroundings()
    } catch {
      throw .unreadable(error.words)
    }
    do throws(PolicyInForce.Problem) {
      if let obstacle = try PolicyInForce(in: surroundings).obstacle { throw obstacle }
      return []
    } catch {
      guard case .invalid(let why) = error, case .missing("repository", _) = why.problem,
        !surroundings.upperLayers.contains(where: { $0.kind == .repository })
      else { throw error }
    }
    let text = """
      # What reviews call this repository: its path on this server. Written by hookkit install --all;
      # everything else stands in the organisation's policy.
      version = 1
      serial = 1
      repository = \(TOML.quoted(Array(name(of: site).utf8)))

      """
    let layer = PolicyLayer(
      .repository, name: "hookkit/policy.toml", bytes: Array(text.utf8))
    let named = Surroundings(
      objects: surroundings.objects, references: surroundings.references,
      upperLayers: surroundings.upperLayers + [layer], memory: surroundings.memory,
      landings: surroundings.landings, merges: surroundings.merges, files: surroundings.files)
    if let obstacle = try PolicyInForce(in: named).obstacle { throw obstacle }
    let path = site.server.state.policyPath
    return [
      InstallStep(
        action: .write(path: path, bytes: layer.bytes, mode: 0o600, .changed),
        subject: site.short(path))
    ]
  }

  /// `team/app` for `/srv/git/team/app.git`.
  private func name(of site: InstallSite) -> String {
    let path = site.gitDirectory.dropFirst(root.utf8.count).drop { $0 == "/" }
    return prefix + RepositoryName.folderless(path)
  }
}
