/// The patterns of the catalog, found by the last name of a path or by its folders.
///
/// A pattern stands in one of four lists: under its last name when that has no star; under its
/// extension (`*.csproj`, `pnpm-lock.*.yaml`); under the folder that it is the inside of (`vendor/**`);
/// or, for the few that are left (`dockerfile*`), in a list of their own. A path costs one pass over its
/// bytes, and nothing is allocated for one that matches nothing.
struct CatalogIndex: Sendable {
  private struct Rule: Sendable {
    /// In lower case, where it stands in `pool`; without the `/**` of a folder.
    let range: Range<Int>
    let classes: FileClasses
    let format: UInt8?
    let kind: Kind
    /// Of the name that the rule is found by; the first byte of the last name for an `other`.
    let hash: UInt32
    /// The next rule of the same slot; 0 for none, as rule 0 is a placeholder.
    var next: UInt16 = 0
  }

  private enum Kind: UInt8, Sendable {
    case name
    case ending
    /// A folder, with all that is in it.
    case folder
    /// A folder in which some paths match: what a link can stand in for.
    case parent
    case other
  }

  private var pool: [UInt8] = []
  private var rules: [Rule] = [
    Rule(range: 0..<0, classes: [], format: nil, kind: .other, hash: 0)
  ]
  private var slots: [UInt16] = []
  private var others: [UInt16] = []

  /// Adds a pattern (`Format.files` says what patterns there are).
  mutating func add(_ pattern: some Collection<UInt8>, _ classes: FileClasses, format: UInt8?) {
    var range = pool.count..<pool.count + pattern.count
    pool.append(contentsOf: pattern)
    addParents(of: range, classes)
    var kind = Kind.name
    if pool[range].suffix(3).elementsEqual([0x2f, 0x2a, 0x2a]) {
      range = range.dropLast(3)
      kind = .folder
    }
    let last = lastName(range)
    var key = last
    if pool[last].contains(0x2a) {
      let dot = pool[last].lastIndex(of: 0x2e) ?? last.upperBound
      key = dot..<last.upperBound
      kind = key.isEmpty || pool[key].contains(0x2a) ? .other : .ending
    }
    append(range, key: key, kind, classes, format)
  }

  /// Every folder of a pattern may itself be a link to one of another name.
  private mutating func addParents(of range: Range<Int>, _ classes: FileClasses) {
    for index in range where pool[index] == 0x2f {
      let folder = range.lowerBound..<index
      let name = lastName(folder)
      if !pool[name].contains(0x2a) { append(folder, key: name, .parent, classes, nil) }
    }
  }

  private func lastName(_ range: Range<Int>) -> Range<Int> {
    let start = pool[range].lastIndex(of: 0x2f).map { $0 + 1 } ?? range.lowerBound
    return start..<range.upperBound
  }

  private mutating func append(
    _ range: Range<Int>, key: Range<Int>, _ kind: Kind, _ classes: FileClasses, _ format: UInt8?
  ) {
    var hash = Self.seed
    for index in key { hash = Self.step(hash, pool[index]) }
    if kind == .other {
      others.append(UInt16(rules.count))
      hash = UInt32(pool[lastName(range).lowerBound])
    }
    rules.append(Rule(range: range, classes: classes, format: format, kind: kind, hash: hash))
  }

  /// Makes the table, when all patterns are in.
  mutating func finish() {
    var size = 1024
    while size < rules.count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    // Backwards, so that the chain of a slot has the rules in their order.
    for index in rules.indices.dropFirst().reversed() where rules[index].kind != .other {
      let slot = Int(rules[index].hash) & (size - 1)
      rules[index].next = slots[slot]
      slots[slot] = UInt16(index)
    }
  }

  // MARK: Finding

  /// The classes of a path, and the formats that have such files.
  func find(
    _ path: UnsafeRawBufferPointer, isLink: Bool
  ) -> (classes: FileClasses, formats: [UInt8]) {
    var found: (classes: FileClasses, formats: [UInt8]) = ([], [])
    var hash = Self.seed
    var ending = Self.seed
    var start = 0
    for index in 0..<path.count {
      let byte = Self.lowercase(path[index])
      if byte == 0x2f {
        look(hash, .folder, path, end: index, &found)
        hash = Self.seed
        ending = Self.seed
        start = index + 1
      } else {
        hash = Self.step(hash, byte)
        ending = Self.step(byte == 0x2e ? Self.seed : ending, byte)
      }
    }
    look(hash, .name, path, end: path.count, &found)
    look(ending, .ending, path, end: path.count, &found)
    if isLink {
      look(hash, .folder, path, end: path.count, &found)
      look(hash, .parent, path, end: path.count, &found)
    }
    guard start < path.count else { return found }
    let first = UInt32(Self.lowercase(path[start]))
    for index in others where rules[Int(index)].hash == first {
      check(rules[Int(index)], path, end: path.count, &found)
    }
    return found
  }

  private func look(
    _ hash: UInt32, _ kind: Kind, _ path: UnsafeRawBufferPointer, end: Int,
    _ found: inout (classes: FileClasses, formats: [UInt8])
  ) {
    var next = slots[Int(hash) & (slots.count - 1)]
    while next != 0 {
      let rule = rules[Int(next)]
      if rule.hash == hash, rule.kind == kind { check(rule, path, end: end, &found) }
      next = rule.next
    }
  }

  private func check(
    _ rule: Rule, _ path: UnsafeRawBufferPointer, end: Int,
    _ found: inout (classes: FileClasses, formats: [UInt8])
  ) {
    guard matches(rule.range, path, end: end) else { return }
    found.classes.formUnion(rule.classes)
    if let format = rule.format, !found.formats.contains(format) { found.formats.append(format) }
  }

  /// Whether the names at the end of `path[..<end]` are those of a pattern. Both are walked backwards;
  /// where that ends in nothing, the last star goes back to its own place and takes one byte more.
  private func matches(_ range: Range<Int>, _ path: UnsafeRawBufferPointer, end: Int) -> Bool {
    pool.withUnsafeBytes { pool in
      var (left, right) = (range.upperBound, end)
      var star: (left: Int, right: Int)?
      while true {
        if left == range.lowerBound {
          if right == 0 || path[right - 1] == 0x2f { return true }
        } else if pool[left - 1] == 0x2a {
          left -= 1
          star = (left, right)
          continue
        } else if right > 0, pool[left - 1] == Self.lowercase(path[right - 1]) {
          left -= 1
          right -= 1
          if pool[left] == 0x2f { star = nil }
          continue
        }
        guard let place = star, place.right > 0, path[place.right - 1] != 0x2f else { return false }
        star = (place.left, place.right - 1)
        (left, right) = (place.left, place.right - 1)
      }
    }
  }

  // MARK: Bytes

  /// FNV-1a, 32 bits: short names, of which the table is known, so nobody gains by a collision but
  /// one more comparison.
  private static let seed: UInt32 = 0x811c_9dc5

  @inline(__always)
  private static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
    (hash ^ UInt32(byte)) &* 0x0100_0193
  }

  @inline(__always)
  static func lowercase(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }
}
