/// Why a file matters to what code a repository pulls in or runs by itself; the words of `files` in a
/// `[[quarantine]]` rule (Documentation/Design/Model.md, "Policy").
package enum FileClass: String, CaseIterable, Sendable {
  /// Which versions are installed, and how they are checked.
  case locks
  /// Which dependencies a project asks for.
  case manifests
  /// Where dependencies are fetched from.
  case origins
  /// What runs by itself at install, build, open or in CI.
  case runsCode = "runs-code"
  /// What coding agents run and obey.
  case agentConfig = "agent-config"
  /// Code of others, kept in the repository.
  case vendored
  /// What hides changes from people, or tells tools to look away.
  case visibility
}
