package import Primitives

/// All that a person would see of one finished command.
package struct Outcome: Sendable {
  package let arguments: [String]
  /// The exit status; `nil` when a signal ended the command.
  package let exit: Int32?
  /// The signal that ended the command, or `nil`.
  package let signal: Int32?
  /// Whether the time limit was reached and the process group killed.
  package let timedOut: Bool
  package let stdout: [UInt8]
  package let stderr: [UInt8]

  package var succeeded: Bool { exit == 0 }

  /// Standard output as text, as it is.
  package var output: String { String(decoding: stdout, as: UTF8.self) }

  /// Standard error as text, as it is.
  package var errors: String { String(decoding: stderr, as: UTF8.self) }

  /// Standard output without the line feeds at its end, as `$(...)` gives it.
  package var value: String {
    var bytes = stdout[...]
    while bytes.last == 0x0a { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Standard output line by line, without a last empty line.
  package var lines: [String] {
    value.isEmpty
      ? [] : value.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The object name that the command printed.
  package func objectID() throws -> ObjectID {
    guard let id = ObjectID(value) else { throw UnexpectedOutcome("an object name", self) }
    return id
  }
}

extension Outcome: CustomStringConvertible {
  /// Arguments, end and both streams, as a snapshot or a failed test shows them.
  package var description: String {
    """
    $ \(arguments.joined(separator: " "))
    \(ending)
    --- stdout
    \(output)--- stderr
    \(errors)---
    """
  }

  /// How the command ended, in one line.
  package var ending: String {
    if timedOut { return "killed at its time limit" }
    if let signal { return "ended by signal \(signal)" }
    return "exit \(exit ?? -1)"
  }
}

/// A command that did not end as the test needs.
package struct UnexpectedOutcome: Error, CustomStringConvertible {
  package let expected: String
  package let outcome: Outcome

  package init(_ expected: String, _ outcome: Outcome) {
    self.expected = expected
    self.outcome = outcome
  }

  package var description: String { "expected \(expected) of\n\(outcome)" }
}
