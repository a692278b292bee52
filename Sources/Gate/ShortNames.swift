internal import Policy
internal import Primitives

/// The names by which people ask for a reference, as git reads them (gitrevisions(7), "<refname>"): what
/// is typed is tried as it is, then behind `refs/`, `refs/tags/`, `refs/heads/` and `refs/remotes/`, and
/// as `refs/remotes/<name>/HEAD`.
struct ShortNames {
  /// `heads/main` and `main` for `refs/heads/main`.
  let names: [ArraySlice<UInt8>]
  /// Whether it is one that a clone keeps for what it has fetched.
  let isRemote: Bool

  private static let prefixes = ["refs/", "refs/tags/", "refs/heads/", "refs/remotes/"].map {
    Array($0.utf8)
  }

  init(_ name: RefName) {
    let folded = asciiLowercased(name.bytes)
    isRemote = folded.starts(with: "refs/remotes/".utf8)
    var names = Self.prefixes.filter { folded.starts(with: $0) }.map {
      name.bytes.dropFirst($0.count)
    }
    if isRemote, folded.ends(with: "/head"), let short = names.last {
      names.append(short.dropLast("/HEAD".utf8.count))
    }
    self.names = names
  }

  /// A reference that a short name may stand for.
  struct Reading {
    let name: RefName
    /// Whether the short name says the kind: `heads/main`, `refs/tags/v1`.
    let saysKind: Bool
  }

  /// What else the names may stand for. Names below `refs/remotes/` are tried last, and so take nothing
  /// away from a branch or tag.
  func readings(besides own: RefName) -> [Reading] {
    var readings: [Reading] = []
    for short in names {
      let isFull = short.starts(with: "refs/".utf8)
      let plain = RefName(isFull ? Array(short) : Array("refs/".utf8) + short)
      var others = [Reading(name: plain, saysKind: plain.isBranch || plain.isTag)]
      for kind in Self.prefixes.dropLast() {
        others.append(Reading(name: RefName(kind + short), saysKind: false))
      }
      for other in others
      where other.name != own && !readings.contains(where: { $0.name == other.name }) {
        readings.append(other)
      }
    }
    return readings
  }

  /// The branches of this repository that a clone's remote-tracking references of these names are of:
  /// `main` for `refs/remotes/fork/main`, and for `origin/main`, which is what git calls it in every
  /// clone unless it is told otherwise. In small letters.
  var tracked: [RefName] {
    names.compactMap { short in
      var rest = asciiLowercased(short)[...]
      if rest.starts(with: "refs/".utf8) { rest = rest.dropFirst(5) }
      if rest.starts(with: "remotes/".utf8) {
        guard let slash = rest.dropFirst(8).firstIndex(of: 0x2f) else { return nil }
        rest = rest[(slash + 1)...]
      } else if rest.starts(with: "origin/".utf8) {
        rest = rest.dropFirst(7)
      } else {
        return nil
      }
      return RefName(Array("refs/heads/".utf8) + rest)
    }
  }
}

/// What the rules of a policy protect, without regard to capital letters.
struct ProtectedNames {
  private let literals: Set<ByteKey>
  private let patterns: [Pattern]

  init(_ policy: Policy) {
    let folded = policy.protections.flatMap(\.refs).map { Pattern(asciiLowercased($0.bytes)) }
    literals = Set(folded.filter(\.isLiteral).map { ByteKey($0.bytes) })
    patterns = folded.filter { !$0.isLiteral }
  }

  /// Whether a rule names it letter by letter.
  func isNamed(_ name: RefName) -> Bool { literals.contains(ByteKey(asciiLowercased(name.bytes))) }

  func covers(_ name: RefName) -> Bool {
    let folded = asciiLowercased(name.bytes)
    return literals.contains(ByteKey(folded)) || patterns.contains { $0.matches(folded) }
  }
}
