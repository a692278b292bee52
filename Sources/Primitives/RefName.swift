/// A full reference name such as `refs/heads/main`, as the bytes git holds.
package struct RefName: Hashable, Comparable, Sendable {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A name from our own text (policy defaults, tests).
  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  package static let ledger = RefName("refs/hookkit/ledger")
  package static let policy = RefName("refs/hookkit/policy")
  package static let landings = RefName("refs/hookkit/landings")

  package var isBranch: Bool { bytes.starts(with: Array("refs/heads/".utf8)) }
  package var isTag: Bool { bytes.starts(with: Array("refs/tags/".utf8)) }

  package func hasPrefix(_ prefix: String) -> Bool { bytes.starts(with: prefix.utf8) }

  /// Whether git would accept the name: git-check-ref-format(1), rules 1 to 10.
  ///
  /// A name that git itself would refuse never reaches a hook; one that does all the same is treated
  /// as unreadable, so the rules are kept in full here.
  package var isWellFormed: Bool {
    guard bytes.count <= 4096, bytes.starts(with: "refs/".utf8), bytes.last != 0x2f,
      bytes.last != 0x2e
    else { return false }
    for part in bytes.split(separator: 0x2f, omittingEmptySubsequences: false) {
      guard !part.isEmpty, part.first != 0x2e, !part.ends(with: ".lock") else { return false }
    }
    var previous: UInt8 = 0
    for byte in bytes {
      switch byte {
      case 0...0x20, 0x7f, 0x7e, 0x5e, 0x3a, 0x3f, 0x2a, 0x5b, 0x5c: return false
      case 0x2e where previous == 0x2e: return false
      case 0x7b where previous == 0x40: return false
      default: previous = byte
      }
    }
    return true
  }

  package static func < (left: RefName, right: RefName) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension RefName: CustomStringConvertible {
  /// Escaped, so that it is safe for a stranger's terminal.
  package var description: String { Escaped.text(bytes) }
}

extension Collection<UInt8> {
  /// Whether the bytes end in those of our own text.
  package func ends(with text: String) -> Bool {
    let suffix = Array(text.utf8)
    return count >= suffix.count && self.suffix(suffix.count).elementsEqual(suffix)
  }
}
