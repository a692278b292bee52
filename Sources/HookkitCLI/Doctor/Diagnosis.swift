package import Gate

/// What one look at a repository has found.
package struct Diagnosis: Hashable, Sendable {
  /// What was looked at; the words of the JSON form.
  package enum Check: String, CaseIterable, Sendable {
    case gitVersion = "git-version"
    case repositoryFormat = "repository-format"
    case hooksFolder = "hooks-folder"
    case hook
    case hookManager = "hook-manager"
    case hookEnabled = "hook-enabled"
    case setting
    case commitGraph = "commit-graph"
    case privacy
    case host
    case policy
    case owners
    case serverKey = "server-key"
    case head
    case journal
    case memory
    case landings
    case probe
  }

  package enum State: String, CaseIterable, Sendable {
    case well
    /// Worth knowing; nothing is open because of it.
    case advice
    case wrong
    /// It could not be looked at.
    case unknown
  }

  package let check: Check
  package let state: State
  /// One line, safe for a terminal.
  package let words: String
  /// What mends it; at most two.
  package let hints: [Hint]

  init(_ check: Check, _ state: State, _ words: String, _ hints: Hint...) {
    self.init(check, state, words, hints)
  }

  init(_ check: Check, _ state: State, _ words: String, _ hints: [Hint]) {
    self.check = check
    self.state = state
    self.words = words
    self.hints = hints
  }

  /// The diagnosis of a look that did not succeed.
  init(_ check: Check, _ error: any Error) {
    let error = CommandError(error)
    self.init(check, .unknown, error.headline, error.hints)
  }
}

extension [Diagnosis] {
  /// The worst that was found: something wrong before something unknown.
  package var state: Diagnosis.State {
    if contains(where: { $0.state == .wrong }) { return .wrong }
    if contains(where: { $0.state == .unknown }) { return .unknown }
    return .well
  }
}
