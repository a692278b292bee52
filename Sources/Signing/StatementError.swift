package import Primitives

/// Why a payload is not a statement that hookkit takes.
package enum StatementError: Error, Hashable, Sendable {
  /// More bytes than `Statement.limit`.
  case tooLarge(limit: Int)
  case json(JSONError)
  case missing(member: String)
  /// A member holds a value that it cannot have.
  case malformed(member: String)
  case unknownMember([UInt8])
  /// Not an in-toto statement of version 1.
  case unknownType([UInt8])
  /// The predicate is of another type than was asked for.
  case predicateType([UInt8])
  /// The same subject twice.
  case duplicateSubject
  /// More subjects than `Statement.subjectLimit`.
  case tooManySubjects(limit: Int)
  /// The subjects are not those that the predicate speaks of.
  case subjectsDisagree
}

extension StatementError: CustomStringConvertible {
  /// Safe for a stranger's terminal.
  package var description: String {
    switch self {
    case .tooLarge(let limit): "a statement of more than \(limit) bytes"
    case .json(let error): "not JSON at byte \(error.offset): \(error.reason.rawValue)"
    case .missing(let member): "\(member) is missing"
    case .malformed(let member): "\(member) is malformed"
    case .unknownMember(let name): "unknown member \(Escaped.quoted(name, limit: 64))"
    case .unknownType(let name):
      "statement type \(Escaped.quoted(name, limit: 64)) is not \(Statement.type)"
    case .predicateType(let name):
      "a statement of another kind: \(Escaped.quoted(name, limit: 64))"
    case .duplicateSubject: "the same subject twice"
    case .tooManySubjects(let limit): "more than \(limit) subjects"
    case .subjectsDisagree: "the subjects are not what the predicate speaks of"
    }
  }
}
