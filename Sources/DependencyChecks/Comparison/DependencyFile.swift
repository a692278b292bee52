package import Lockfiles

/// A dependency file that a push changes: both sides of it, and how it is read.
package struct DependencyFile: Sendable {
  package let path: [UInt8]
  package let classes: FileClasses
  /// The formats that such a file may be of, by its name; none when hookkit knows it by its name only.
  package let formats: [Format]
  /// What stood there before; `nil` when nothing did.
  package internal(set) var old: Side?
  /// What stands there now; `nil` when it is deleted.
  package internal(set) var new: Side?

  package init(
    path: [UInt8], classes: FileClasses, formats: [Format], old: Side?, new: Side?
  ) {
    self.path = path
    self.classes = classes
    self.formats = formats
    self.old = old
    self.new = new
  }

  /// - Parameter match: what the catalog knows of the path.
  package init(path: [UInt8], match: Catalog.Match, old: Side?, new: Side?) {
    self.init(path: path, classes: match.classes, formats: match.formats, old: old, new: new)
  }

  /// One version of the file.
  package struct Side: Sendable {
    package let mode: Mode
    /// The object's id in hexadecimal; empty for a file outside of a repository.
    package let blob: String
    /// What the file holds (a link: its target); `nil` when it is larger than the limit, and for a
    /// submodule.
    package internal(set) var bytes: [UInt8]?

    package init(mode: Mode = .file, blob: String = "", bytes: [UInt8]?) {
      self.mode = mode
      self.blob = blob
      self.bytes = bytes
    }
  }

  /// What a tree entry is (git-fast-import(1), "filemodify").
  package enum Mode: String, Sendable {
    case file
    case executable
    case link
    case submodule
  }
}
