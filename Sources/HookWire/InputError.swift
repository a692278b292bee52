package import Primitives

/// Why the input that git hands a hook cannot be read, and in which line.
package struct InputError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The whole input is longer than `limit` bytes.
    case inputTooLong(limit: Int)
    /// A line is longer than `limit` bytes.
    case lineTooLong(limit: Int)
    /// There are more than `limit` lines.
    case tooManyUpdates(limit: Int)
    /// The last line has no line feed: the writer died, and nobody knows what it meant to say.
    case truncatedLine
    /// The line has not the fields that it should have.
    case malformedLine
    /// An object name is not 40 hexadecimal digits.
    case malformedObjectID
    /// An object name has 64 hexadecimal digits: a SHA-256 repository, which is not supported.
    case sha256Repository
    /// A reference name holds a NUL, at which git's own C code would cut it short.
    case nulInName
    /// A reference name breaks git-check-ref-format(1).
    case malformedRefName
    /// The same reference is named by two lines.
    case duplicateRef(RefName)
    /// The hook's arguments are not as many as they should be.
    case wrongArgumentCount(expected: Int, found: Int)
  }

  package let reason: Reason
  /// Counted from 1; 0 when the error is not one line's.
  package let line: Int

  package init(_ reason: Reason, line: Int) {
    self.reason = reason
    self.line = line
  }
}

extension InputError: CustomStringConvertible {
  /// One line of ASCII, safe for a stranger's terminal.
  package var description: String {
    line == 0 ? "hook input: \(reason)" : "hook input, line \(line): \(reason)"
  }
}

extension InputError.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .inputTooLong(let limit): "longer than \(limit) bytes"
    case .lineTooLong(let limit): "a line longer than \(limit) bytes"
    case .tooManyUpdates(let limit): "more than \(limit) reference updates"
    case .truncatedLine: "ends in the middle of a line"
    case .malformedLine: "not the fields that git writes"
    case .malformedObjectID: "an object name that is not 40 hexadecimal digits"
    case .sha256Repository: "a SHA-256 object name; SHA-256 repositories are not supported"
    case .nulInName: "a NUL in a reference name"
    case .malformedRefName: "a reference name that git would refuse"
    case .duplicateRef(let name): "\(name) is named twice"
    case .wrongArgumentCount(let expected, let found):
      "\(found) arguments where \(expected) belong"
    }
  }
}
