/// `$GIT_DIR/hookkit/`: what the server keeps about one repository outside git's own storage.
///
/// Nothing here is needed to judge a push: a file that is missing or unreadable means judging again,
/// asking for more, or a shut gate; never allowing.
package struct ServerState: Sendable {
  /// The folder's path, without a slash at its end.
  package let folder: String

  package init(gitDirectory: String) {
    folder = gitDirectory + "/hookkit"
  }

  /// The repository administrator's policy layer.
  package var policyPath: String { folder + "/policy.toml" }
  /// The host adapter chosen at install, one line.
  package var hostPath: String { folder + "/host" }
  /// One JSON line a decision.
  package var journalPath: String { folder + "/journal" }
  /// The key that signs landings, made at install.
  package var serverKeyPath: String { folder + "/server-key" }

  /// What the policy guards, made anew whenever the policy changes.
  package var summaryPath: String { folder + "/cache/guarded" }

  /// The landings in short, made anew whenever they do not fit the landings.
  package var landingIndexPath: String { folder + "/cache/landings" }

  /// Up to which commit of the ledger the holds have been answered.
  package var answeredPath: String { folder + "/answered" }

  /// The folders of what judging reads and writes; each is made when it is first needed.
  package var folders: [String] {
    ["arrivals", "changes-2", "cache"].map { folder + "/" + $0 }
  }

  func path(_ subfolder: String, _ name: String) -> String {
    folder + "/" + subfolder + "/" + name
  }
}
