package import Lockfiles

/// Finds names that a person may take for another one: what a mistyped or imitated dependency has
/// (HK226). Pure arithmetic on bytes; nothing is allocated before a match.
package enum NearName {
  /// How two names are alike; the raw value completes "name is ... away from NAME".
  package enum Likeness: String, CaseIterable, Sendable {
    /// A letter more, less, changed, or two of them swapped.
    case edit = "one letter"
    /// The same letters with other separators, or with none: `node_fetch`, `nodefetch`, `node-fetch`.
    case separators = "its separators"
    /// Letters that look like others: `rn` and `m`, `0` and `o`, `1` and `l`.
    case lookAlike = "letters that look the same"
    /// The same letters, capitals for small ones: two names to npm, and one to most file systems.
    case letterCase = "the case of its letters"
    /// A name with a scope, without it: `core` or `babel-core` for `@babel/core`.
    case scope = "its scope"
  }

  /// A popular name that another one is like.
  package struct Match: Hashable, Sendable {
    package let name: [UInt8]
    package let likeness: Likeness
  }

  /// The popular package of an ecosystem that a name is like; `nil` for a popular name itself, for a
  /// name that is like none, and for an ecosystem without a list.
  package static func popular(_ name: some Collection<UInt8>, _ ecosystem: Ecosystem) -> Match? {
    guard let list = PopularNames.list(of: ecosystem) else { return nil }
    func search(_ name: UnsafeBufferPointer<UInt8>) -> Match? {
      var found: Match?
      let isKnown = isAny(of: list) { known in
        if areEqual(name, known, ecosystem) {
          guard ecosystem == .npm, !known.elementsEqual(name) else { return true }
          found = Match(name: Array(known), likeness: .letterCase)
          return false
        }
        if found == nil, let likeness = likeness(name, known) {
          found = Match(name: Array(known), likeness: likeness)
        }
        return false
      }
      return isKnown ? nil : found
    }
    return name.withContiguousStorageIfAvailable(search)
      ?? Array(name).withUnsafeBufferPointer(search)
  }

  /// Whether a name is one that everybody knows, be it popular or merely close to another one.
  package static func isKnown(_ name: [UInt8], _ ecosystem: Ecosystem) -> Bool {
    let lists = [PopularNames.list(of: ecosystem), WellKnownNames.list(of: ecosystem)]
    return name.withUnsafeBufferPointer { name in
      lists.contains { list in
        list.map {
          isAny(of: $0) {
            ecosystem == .npm ? $0.elementsEqual(name) : areEqual(name, $0, ecosystem)
          }
        } ?? false
      }
    }
  }

  /// Whether a condition holds for any line of a list.
  private static func isAny(
    of list: StaticString, where condition: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    list.withUTF8Buffer { list in
      var start = 0
      while start < list.count {
        var end = start
        while end < list.count, list[end] != 0x0a { end += 1 }
        if condition(UnsafeBufferPointer(rebasing: list[start..<end])) { return true }
        start = end + 1
      }
      return false
    }
  }

  /// Whether a new name may be taken for a known one.
  package static func near(_ name: [UInt8], _ known: [UInt8]) -> Bool {
    likeness(name, known) != nil
  }

  /// How a new name is like a known one; `nil` when it is not, and for equal names.
  ///
  /// Names of one owner are not compared (`@acme/a` and `@acme/b`, `host/acme/a` and `host/acme/b`): who
  /// may publish the one may publish the other.
  package static func likeness(_ name: [UInt8], _ known: [UInt8]) -> Likeness? {
    name.withUnsafeBufferPointer { name in
      known.withUnsafeBufferPointer { known in likeness(name, known) }
    }
  }

  static func likeness(
    _ name: UnsafeBufferPointer<UInt8>, _ known: UnsafeBufferPointer<UInt8>
  ) -> Likeness? {
    // No likeness changes the length by more than scopes and separators do.
    guard !name.isEmpty, !known.isEmpty, name.count <= 256, known.count <= 256,
      !haveOneOwner(name, known)
    else { return nil }
    if known[0] == 0x40, name[0] != 0x40, dropsScope(name, known) { return .scope }
    if abs(name.count - known.count) <= 1, isOneEdit(name, known) {
      // One edit may be a mere separator, or a letter that looks like the other.
      return skeletonLikeness(name, known) ?? .edit
    }
    return skeletonLikeness(name, known)
  }

  // MARK: Parts of names

  /// The letter in lower case.
  @inline(__always)
  private static func folded(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
  }

  @inline(__always)
  static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2d || byte == 0x5f || byte == 0x2e }

  /// Whether two spellings are one name to the ecosystem's registry (for Python, PEP 503).
  static func areEqual(
    _ name: UnsafeBufferPointer<UInt8>, _ known: UnsafeBufferPointer<UInt8>,
    _ ecosystem: Ecosystem
  ) -> Bool {
    guard name.count == known.count else { return false }
    for index in name.indices {
      let (left, right) = (folded(name[index]), folded(known[index]))
      if left == right { continue }
      guard ecosystem == .pypi, isSeparator(left), isSeparator(right) else { return false }
    }
    return true
  }

  /// Whether all before the last slash or colon is the same.
  private static func haveOneOwner(
    _ name: UnsafeBufferPointer<UInt8>, _ known: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let end = name.lastIndex(where: { $0 == 0x2f || $0 == 0x3a }), end < known.count,
      known.lastIndex(where: { $0 == 0x2f || $0 == 0x3a }) == end
    else { return false }
    for index in 0...end where folded(name[index]) != folded(known[index]) { return false }
    return true
  }

  /// Whether `name` is `b` or `a-b` and `known` is `@a/b`.
  private static func dropsScope(
    _ name: UnsafeBufferPointer<UInt8>, _ known: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let slash = known.firstIndex(of: 0x2f) else { return false }
    let scope = known[1..<slash]
    let base = known[(slash + 1)...]
    // What everybody calls a package is no imitation of one, and `types` is no publisher of its own.
    guard base.count >= 8 || name.count > base.count, !scope.elementsEqual("types".utf8) else {
      return false
    }
    func matches(
      _ left: Slice<UnsafeBufferPointer<UInt8>>, _ right: Slice<UnsafeBufferPointer<UInt8>>
    )
      -> Bool
    {
      left.count == right.count && zip(left, right).allSatisfy { folded($0) == folded($1) }
    }
    if name.count == base.count { return matches(name[...], base) }
    guard name.count == scope.count + 1 + base.count, isSeparator(name[scope.count]) else {
      return false
    }
    return matches(name[..<scope.count], scope) && matches(name[(scope.count + 1)...], base)
  }

  /// Whether one insertion, deletion, change or swap of neighbours makes one name the other
  /// (Damerau 1964). Short names are left out, and so are digits in each other's place: both are
  /// near to too many.
  private static func isOneEdit(
    _ name: UnsafeBufferPointer<UInt8>, _ known: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard min(name.count, known.count) >= 5 else { return false }
    var first = 0
    while first < name.count, first < known.count, folded(name[first]) == folded(known[first]) {
      first += 1
    }
    if name.count == known.count {
      guard first < name.count else { return false }
      if restIsEqual(name, first + 1, known, first + 1) {
        return !(isDigit(name[first]) && isDigit(known[first]))
      }
      return first + 1 < name.count && folded(name[first]) == folded(known[first + 1])
        && folded(name[first + 1]) == folded(known[first])
        && restIsEqual(name, first + 2, known, first + 2)
    }
    return name.count > known.count
      ? restIsEqual(name, first + 1, known, first) : restIsEqual(name, first, known, first + 1)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func restIsEqual(
    _ name: UnsafeBufferPointer<UInt8>, _ start: Int, _ known: UnsafeBufferPointer<UInt8>,
    _ other: Int
  ) -> Bool {
    guard name.count - start == known.count - other else { return false }
    var index = 0
    while start + index < name.count {
      if folded(name[start + index]) != folded(known[other + index]) { return false }
      index += 1
    }
    return true
  }

  // MARK: Skeletons

  /// Compares what is left of two names without separators and with look-alikes made one.
  private static func skeletonLikeness(
    _ name: UnsafeBufferPointer<UInt8>, _ known: UnsafeBufferPointer<UInt8>
  ) -> Likeness? {
    var (left, right) = (Skeleton(name), Skeleton(known))
    var count = 0
    while true {
      let (byte, other) = (left.next(), right.next())
      guard byte == other else { return nil }
      if byte == nil { break }
      count += 1
    }
    guard count >= 4 else { return nil }
    if left.hasLookAlikes != right.hasLookAlikes { return .lookAlike }
    return hasSameLetters(name, known) ? separatorsDiffer(name, known) : .lookAlike
  }

  private static func separatorsDiffer(
    _ name: UnsafeBufferPointer<UInt8>, _ known: UnsafeBufferPointer<UInt8>
  ) -> Likeness? {
    name.count == known.count
      && zip(name, known).allSatisfy({ folded($0) == folded($1) }) ? nil : .separators
  }

  /// Whether the names are the same but for separators and case.
  private static func hasSameLetters(
    _ name: UnsafeBufferPointer<UInt8>, _ known: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var (left, right) = (0, 0)
    while true {
      while left < name.count, isSeparator(name[left]) { left += 1 }
      while right < known.count, isSeparator(known[right]) { right += 1 }
      guard left < name.count, right < known.count else {
        return left == name.count && right == known.count
      }
      guard folded(name[left]) == folded(known[right]) else { return false }
      left += 1
      right += 1
    }
  }

  /// The letters of a name as an eye in a hurry sees them.
  private struct Skeleton {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private(set) var hasLookAlikes = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> UInt8? {
      while position < bytes.count {
        let byte = folded(bytes[position])
        let following = position + 1 < bytes.count ? folded(bytes[position + 1]) : 0
        position += 1
        switch (byte, following) {
        case (0x2d, _), (0x5f, _), (0x2e, _): continue
        case (0x72, 0x6e): return pair(0x6d)
        case (0x76, 0x76): return pair(0x77)
        case (0x30, _): return single(0x6f)
        case (0x31, _): return single(0x6c)
        case (0xd0, 0xb0): return pair(0x61)
        case (0xd0, 0xb5): return pair(0x65)
        case (0xd0, 0xbe), (0xce, 0xbf): return pair(0x6f)
        case (0xd1, 0x80): return pair(0x70)
        case (0xd1, 0x81): return pair(0x63)
        case (0xd1, 0x83): return pair(0x79)
        case (0xd1, 0x85): return pair(0x78)
        case (0xd1, 0x95): return pair(0x73)
        case (0xd1, 0x96): return pair(0x69)
        case (0xd1, 0x98): return pair(0x6a)
        default: return byte
        }
      }
      return nil
    }

    private mutating func single(_ byte: UInt8) -> UInt8 {
      hasLookAlikes = true
      return byte
    }

    private mutating func pair(_ byte: UInt8) -> UInt8 {
      position += 1
      return single(byte)
    }
  }
}
