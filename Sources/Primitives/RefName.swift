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

  /// The longest name that is read, in bytes; git itself is bounded by the file system's 4096.
  package static let maximumCount = 4096

  /// Whether git would accept the name: git-check-ref-format(1), rules 1 to 10.
  ///
  /// A name that git itself would refuse never reaches a hook; one that does all the same is treated
  /// as unreadable, so the rules are kept in full here.
  package var isWellFormed: Bool { RefName.isWellFormed(bytes.span) }

  /// Whether the name obeys git's rules but may also stand outside `refs/`, as `HEAD` does.
  package var isWellFormedPseudoref: Bool { RefName.isWellFormedPseudoref(bytes.span) }

  /// The same as the property, for bytes that are not yet a name.
  package static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
    // The prefix is spelled out because this runs once for each of perhaps a million updates.
    guard bytes.count > 5, bytes[0] == 0x72, bytes[1] == 0x65, bytes[2] == 0x66, bytes[3] == 0x73,
      bytes[4] == 0x2f
    else { return false }
    return isWellFormedPseudoref(bytes)
  }

  /// The same as the property, for bytes that are not yet a name.
  package static func isWellFormedPseudoref(_ bytes: Span<UInt8>) -> Bool {
    guard (1...maximumCount).contains(bytes.count), bytes.count > 1 || bytes[0] != 0x40 else {
      return false
    }
    var previous: UInt8 = 0x2f
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case 0x61...0x7a: previous = byte
      case 0...0x20, 0x7f, 0x7e, 0x5e, 0x3a, 0x3f, 0x2a, 0x5b, 0x5c: return false
      case 0x2f where previous == 0x2f || endsInLock(bytes, before: index): return false
      case 0x2e where previous == 0x2e || previous == 0x2f: return false
      case 0x7b where previous == 0x40: return false
      default: previous = byte
      }
    }
    return previous != 0x2f && previous != 0x2e && !endsInLock(bytes, before: bytes.count)
  }

  /// Whether `.lock`, which git's own lock files would collide with, stands right before `end`.
  private static func endsInLock(_ bytes: Span<UInt8>, before end: Int) -> Bool {
    end >= 5 && bytes[end - 1] == 0x6b && bytes[end - 2] == 0x63 && bytes[end - 3] == 0x6f
      && bytes[end - 4] == 0x6c && bytes[end - 5] == 0x2e
  }

  package static func < (left: RefName, right: RefName) -> Bool {
    let (first, second) = (left.bytes.span, right.bytes.span)
    let common = min(first.count, second.count)
    var index = 0
    // Names under one folder share a long beginning: eight bytes at a time, as big-endian words.
    while common - index >= 8 {
      let word = UInt64(
        bigEndian: first.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let other = UInt64(
        bigEndian: second.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      if word != other { return word < other }
      index += 8
    }
    while index < common {
      if first[index] != second[index] { return first[index] < second[index] }
      index += 1
    }
    return first.count < second.count
  }
}

extension RefName: CustomStringConvertible {
  /// Escaped, so that it is safe for a stranger's terminal.
  package var description: String { Escaped.text(bytes) }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes end in those of our own text.
  ///
  /// For slices and arrays by name: the first call of a function that is generic over collections makes
  /// the runtime go through the whole executable's conformances, which took a third of a small push.
  package func ends(with text: String) -> Bool {
    let suffix = text.utf8
    guard count >= suffix.count else { return false }
    var index = endIndex - suffix.count
    for byte in suffix {
      guard self[index] == byte else { return false }
      index += 1
    }
    return true
  }
}

extension [UInt8] {
  package func ends(with text: String) -> Bool { self[...].ends(with: text) }
}
