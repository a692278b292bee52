internal import ArgumentParser
package import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
package import Report
internal import Signing

/// Why a command did not do its work, in words for the person who gave it.
package struct CommandError: Error {
  package let exit: Report.ExitCode
  /// The code of a rule, when one is behind it.
  package let code: Code?
  /// Stands alone; safe for any terminal, like everything here.
  package let headline: String
  package let details: [String]
  /// At most two are shown; each is a command that can be copied.
  package let hints: [Hint]

  /// What the command is good for, and the command.
  package struct Hint: Sendable {
    package let label: String
    package let command: [String]

    package init(_ label: String, _ command: [String]) {
      self.label = label
      self.command = command
    }

    package init(_ label: String, _ command: String...) {
      self.init(label, command)
    }
  }

  package init(
    _ exit: Report.ExitCode, code: Code? = nil, _ headline: String, details: [String] = [],
    hints: [Hint] = []
  ) {
    self.exit = exit
    self.code = code
    self.headline = headline
    self.details = details
    self.hints = hints
  }

  /// For a command whose own output has said all there is to say.
  package static func told(_ exit: Report.ExitCode) -> CommandError { CommandError(exit, "") }
}

extension CommandError {
  /// What is answered to an error of any kind: the one table of this rim.
  enum Answer {
    /// Not an error at all: help or a version that was asked for.
    case text(String)
    case failure(CommandError)

    init(to error: any Error) {
      if Hookkit.exitCode(for: error).isSuccess {
        self = .text(Hookkit.fullMessage(for: error))
        return
      }
      switch error {
      case let error as CommandError: self = .failure(error)
      case let error as GitError: self = .failure(CommandError(.undecided, error.words))
      case let error as InstallError: self = .failure(CommandError(error))
      case let error as SystemError: self = .failure(CommandError(error))
      case let error as PolicyError: self = .failure(CommandError(error))
      case let error as PolicyInForce.Problem: self = .failure(CommandError(error))
      case is KeyError, is SignatureError, is StatementError, is EnvelopeError,
        is LedgerEntry.Problem:
        self = .failure(CommandError(.undecided, Escaped.text("\(error)".utf8)))
      case let error as Landings.Problem: self = .failure(CommandError(error))
      default: self = .failure(CommandError(parsing: error))
      }
    }
  }

  fileprivate init(_ error: InstallError) {
    let exit: Report.ExitCode =
      switch error.kind {
      case .usage: .usage
      case .declined: .refused
      case .undecided: .undecided
      }
    self.init(exit, error.words, hints: error.mends.map { Hint($0.label, $0.arguments) })
  }

  fileprivate init(_ error: SystemError) {
    self.init(
      .undecided,
      "cannot \(error.action) \(Escaped.text(error.path.utf8)): \(error.words)")
  }

  fileprivate init(_ error: PolicyError) {
    self.init(
      .undecided, code: Code(802), "the policy is not valid", details: ["\(error)"],
      hints: [.init("its rules", "hookkit", "help", "policy")])
  }

  init(_ problem: PolicyInForce.Problem) {
    switch problem {
    case .missing:
      self.init(
        .undecided, code: Code(801), "there is no policy for this repository",
        hints: [.init("make one", "hookkit", "policy", "init")])
    case .unreadable(let why):
      self.init(.undecided, code: Code(801), "the policy cannot be read", details: [why])
    case .invalid(let error): self.init(error)
    }
  }

  fileprivate init(_ problem: Landings.Problem) {
    switch problem {
    case .git(let error): self.init(.undecided, error.words)
    case .entry(let commit, let why): self.init(.undecided, "landing \(commit.short): \(why)")
    }
  }

  /// An error of the command line itself, or else one that nobody foresaw.
  private init(parsing error: any Error) {
    // The parser's own errors end in 64 (EX_USAGE); everything else it calls a failure.
    guard Hookkit.exitCode(for: error) == .validationFailure else {
      self.init(
        .bug, code: InternalError.code, "internal error",
        details: [Escaped.text("\(error)".utf8, limit: 400)],
        hints: [.init("please report it with", "hookkit", "--version")])
      return
    }
    let lines = Hookkit.message(for: error).split(separator: "\n")
    // The words that an option takes stand below the message, one a line.
    let choices = lines.dropFirst().filter { $0.hasPrefix("  - ") }.map { $0.dropFirst(4) }
    let message =
      (lines.first ?? "") + (choices.isEmpty ? "" : " " + choices.joined(separator: ", "))
    let usage = Hookkit.fullMessage(for: error).split(separator: "\n").map(String.init)
      .first { $0.hasPrefix("Usage: ") }
    self.init(
      .usage, Escaped.text(message.utf8),
      details: usage.map { [Escaped.text($0.utf8)] } ?? [])
  }
}

extension String {
  /// Escaped and in double quotes.
  var quoted: String { Escaped.quoted(utf8) }
}
