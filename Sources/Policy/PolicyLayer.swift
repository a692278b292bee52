internal import Signing

/// The bytes of one policy file and where it stands among the others (Documentation/Design/Model.md,
/// "Policy").
package struct PolicyLayer: Hashable, Sendable {
  /// Who keeps the file. A later case stands below an earlier one and may only tighten it.
  package enum Kind: Int, Comparable, CaseIterable, Sendable {
    /// `/etc/hookkit/policy.toml`
    case organisation
    /// `$GIT_DIR/hookkit/policy.toml`, the repository's administrator
    case repository
    /// `.hookkit/policy.toml` in the tree of the protected ref's old tip
    case tree

    /// The word for messages and digests.
    package var word: String {
      switch self {
      case .organisation: "organisation"
      case .repository: "repository"
      case .tree: "tree"
      }
    }

    package static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  package let kind: Kind
  package let bytes: [UInt8]
  /// What messages call the file, for example its path or `<commit>:.hookkit/policy.toml`.
  package let name: String

  package init(_ kind: Kind, name: String, bytes: [UInt8]) {
    self.kind = kind
    self.name = name
    self.bytes = bytes
  }

  /// The serial that the text states, whatever else stands in it; `nil` when there is none to read.
  package var serial: Int64? {
    guard let root = try? TOML.read(bytes) else { return nil }
    for entry in root.entries where entry.key.elementsEqual("serial".utf8) {
      if case .integer(let serial) = entry.value.kind { return serial }
    }
    return nil
  }

  func location(_ position: SourcePosition) -> SourceLocation {
    SourceLocation(layer: kind, name: name, position: position)
  }
}

extension Policy {
  /// Where the policy stands in a tree.
  package static let treePath = Array(".hookkit/policy.toml".utf8)

  /// The SHA-256 that stands for a policy in reviews, caches and landings.
  ///
  /// It covers, for each layer from the top, its kind word, the decimal count of its bytes and the
  /// bytes, each field ended by a line feed, after a first line that names the format. Names of files
  /// are left out: the same policy at another path is the same policy.
  package static func digest(ofLayers layers: [PolicyLayer]) -> [UInt8] {
    var framed = Array("hookkit.policy/1\n".utf8)
    for layer in layers.sorted(by: { $0.kind < $1.kind }) {
      framed += Array("\(layer.kind.word)\n\(layer.bytes.count)\n".utf8)
      framed += layer.bytes
      framed.append(0x0a)
    }
    return Digest.sha256(framed)
  }
}
