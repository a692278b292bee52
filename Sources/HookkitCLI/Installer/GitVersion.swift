/// The version of the git that is found first in PATH.
package struct GitVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let major: Int
  package let minor: Int

  package init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads what `git --version` prints, such as `git version 2.39.5 (Apple Git-154)`.
  package init?(reading line: String) {
    let words = line.split { $0 == " " || $0 == "\n" }
    guard words.count >= 3, words[0] == "git", words[1] == "version" else { return nil }
    let parts = words[2].split(separator: ".")
    guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1]) else {
      return nil
    }
    self.init(major, minor)
  }

  /// The first version whose receive-pack asks proc-receive; an older one lets a push through that
  /// the hook should have held.
  package static let oldestOnServers = GitVersion(2, 29)

  /// The first that has `git merge-tree --write-tree`, by which merges are recomputed.
  static let mergesTrees = GitVersion(2, 38)

  /// The first that runs hooks which its configuration names (`hook.<name>.command`).
  static let configuresHooks = GitVersion(2, 54)

  package static func < (left: GitVersion, right: GitVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  package var description: String { "\(major).\(minor)" }
}
