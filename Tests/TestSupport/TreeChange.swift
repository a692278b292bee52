package import Primitives

/// What a commit of a test does to one path.
package enum TreeChange: Sendable {
  /// A file with these bytes.
  case file([UInt8])
  /// A file with these bytes and the run bit.
  case executable([UInt8])
  /// A symbolic link to this target.
  case symlink(String)
  /// A submodule at this commit, which need not exist.
  case gitlink(ObjectID)
  /// An object that is already there, under any mode, `120000` for instance.
  case object(ObjectID, mode: String)
  case delete
}

extension TreeChange: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    self = .file(Array(text.utf8))
  }
}

extension TreeChange {
  /// A file with this text.
  package static func text(_ text: String) -> TreeChange { .file(Array(text.utf8)) }
}
