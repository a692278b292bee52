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
package struct CommandError: Error, Hashable {
  package let exit: Report.ExitCode
  /// The code of a rule, when one is behind it.
  package let code: Code?
  /// Stands alone; safe for any terminal, like everything here.
  package let headline: String
  package let details: [String]
  /// At most two are shown; each is a command that can be copied.
  package let hints: [Hint]

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
  /// What is answered to an error of any kind.
  enum Answer {
    /// Not an error at all: help or a version that was asked for.
    case text(String)
    case failure(CommandError)

    init(to error: any Error) {
      if Hookkit.exitCode(for: error).isSuccess {
        self = .text(Hookkit.fullMessage(for: error))
        return
      }
      self = .failure(CommandError(error))
    }
  }

  /// The same for an error of any kind that is not one of the command line: the one table of this rim.
  init(_ error: any Error) {
    switch error {
    case let error as CommandError: self = error
    case let error as GitError: self.init(error)
    case let error as SystemError: self.init(error)
    case let error as PolicyError: self.init(error)
    case let error as PolicyInForce.Problem: self.init(error)
    case is KeyError, is SignatureError, is StatementError, is EnvelopeError,
      is LedgerEntry.Problem:
      self.init(.undecided, Escaped.text("\(error)".utf8))
    case let error as Landings.Problem: self.init(error)
    default: self.init(parsing: error)
    }
  }

  fileprivate init(_ error: GitError) {
    guard case .promised(_, let remote, _) = error else {
      self.init(.undecided, error.words)
      return
    }
    self.init(
      .undecided, code: Unreadable.find(error).code, "this partial clone lacks what is asked for",
      details: [error.words], hints: [.reaching(remote)])
  }

  fileprivate init(_ error: SystemError) {
    self.init(
      .undecided,
      "cannot \(error.action) \(shown(error.path)): \(error.words)")
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

extension CommandError {
  /// `hookkit.error/1`, for programs.
  var json: JSON {
    [
      "schema": "hookkit.error/1",
      "exit": .integer(Int64(exit.rawValue)), "word": .text(exit.word),
      "code": code.map { .text("\($0)") } ?? .null,
      "message": .text(headline), "details": .array(details.map { .text($0) }),
      "next": .array(
        hints.map { hint in
          ["label": .text(hint.label), "argv": .array(hint.command.map { .text($0) })]
        }),
    ]
  }
}
