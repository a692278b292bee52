internal import Gate
internal import Report
internal import Git
internal import Platform

/// Whether a repository can be protected at all.
package enum ServerFitness {
  /// The first reason why not; `nil` when there is none.
  package static func obstacle(at site: InstallSite) throws -> CommandError? {
    if let obstacle = try obstacle(version: site.version()) { return obstacle }
    if let obstacle = obstacle(objectFormat: site.objectFormat) { return obstacle }
    if FileBytes.kind("\(site.gitDirectory)/reftable") != .missing {
      return CommandError(
        .undecided, "this repository keeps its references as reftable, which hookkit does not read",
        hints: [
          Hint("convert it", git: site, "refs", "migrate", "--ref-format=files")
        ])
    }
    do throws(GitError) {
      _ = try Repository(gitDirectory: site.gitDirectory, scratch: true)
    } catch {
      return CommandError(.undecided, error.words)
    }
    return nil
  }

  static func obstacle(version: GitVersion) -> CommandError? {
    guard version < .oldestOnServers else { return nil }
    return CommandError(
      .undecided,
      "git \(version) does not ask proc-receive and would let pushes pass; 2.29 or newer is needed")
  }

  static func obstacle(objectFormat: String) -> CommandError? {
    guard objectFormat != "sha1" else { return nil }
    return CommandError(
      .undecided,
      "this repository names objects by \(shown(objectFormat)); hookkit reads SHA-1 only")
  }

  /// Refuses to work in somebody else's repository.
  static func requireOwnership(of site: InstallSite) throws {
    if let foreign = ForeignRepository(at: site.gitDirectory) { throw foreign.refusal }
  }
}
