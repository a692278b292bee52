package import Gate

/// How every hookkit executable ends: a contract (Documentation/Design/Interface.md, "Exit codes").
package enum ExitCode: Int32, CaseIterable, Sendable {
  case allowed = 0
  case refused = 1
  case usage = 2
  case undecided = 3
  case held = 8
  case bug = 70
  case interrupted = 130

  /// The code for a verdict.
  package init(_ verdict: Verdict) {
    self =
      switch verdict {
      case .allow: .allowed
      case .hold: .held
      case .refuse: .refused
      case .undecided: .undecided
      }
  }

  /// The code for one thing that stands against everything.
  package init(_ finding: Finding) {
    if finding.code == InternalError.code {
      self = .bug
    } else {
      self = finding.severity == .doubt ? .undecided : .refused
    }
  }

  /// The one word of `hookkit help exit-codes`.
  package var word: String { "\(self)" }

  package var meaning: String {
    switch self {
    case .allowed: "policy satisfied, or the command did its work"
    case .refused: "policy says no, or the command declined and changed nothing"
    case .usage: "bad flag or unknown command; nothing was done"
    case .undecided:
      "policy, repository, key or object could not be read: the gate stays shut"
    case .held: "nothing failed; it waits for a person"
    case .bug: "internal error, with what to report"
    case .interrupted: "interrupted by a signal"
    }
  }
}
