internal import CGit2
package import Primitives

/// Why the object store or the references could not be read.
package enum GitError: Error, Hashable, Sendable {
  /// The object is not there. In a partial clone it may exist elsewhere: unknown, not absent.
  case missing(ObjectID)
  /// The remote that has promised the object to a partial clone did not give it; git's words for why.
  case promised(ObjectID, by: String, words: [UInt8])
  /// The object has another kind than the one it stands for.
  case wrongKind(ObjectID, expected: ObjectKind)
  /// The object's bytes are not what its kind asks for.
  case malformed(ObjectID, String)
  /// More of something than a limit allows; the limit's figure is part of the text.
  case overLimit(String)
  /// A repository that hookkit does not read: SHA-256, reftable, unknown extension.
  case unsupported(String)
  /// A reference that cannot be read, with the reason.
  case reference(RefName, String)
  /// A file beside git's own storage that cannot be read or written, with the system's words.
  case file(action: String, message: String)
  /// libgit2's own words for what went wrong while doing `action`.
  case library(action: String, message: String)

  static func last(_ action: String) -> GitError {
    let message = git_error_last().map { String(cString: $0.pointee.message) } ?? "unknown reason"
    return .library(action: action, message: message)
  }

  /// Whether a push can bring it about, because git takes any object that arrives whole. What is left
  /// is trouble with the repository itself.
  package var canBePushed: Bool {
    switch self {
    case .wrongKind, .malformed, .overLimit: true
    case .missing, .promised, .unsupported, .reference, .file, .library: false
    }
  }

  /// A sentence part that is safe for a stranger's terminal.
  package var words: String {
    switch self {
    case .missing(let id): "object \(id.hex) is not in the repository"
    case .promised(let id, let remote, let words):
      "object \(id.hex) is left on \(Escaped.quoted(Array(remote.utf8))), which does not give it: "
        + Escaped.text(words, limit: 200)
    case .wrongKind(let id, let expected): "object \(id.hex) is not a \(expected)"
    case .malformed(let id, let why): "object \(id.hex) is malformed: \(why)"
    case .overLimit(let what): "over a limit: \(what)"
    case .unsupported(let what): "not supported: \(what)"
    case .reference(let name, let why): "reference \(name) cannot be read: \(why)"
    case .file(let action, let message), .library(let action, let message):
      "\(action) failed: \(Escaped.text(Array(message.utf8)))"
    }
  }
}

/// The four kinds of git object.
package enum ObjectKind: String, Hashable, Sendable, CustomStringConvertible {
  case commit, tree, blob, tag

  package var description: String { rawValue }
}
