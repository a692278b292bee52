/// The patterns of the catalog, found by the last name of a path or by its folders.
///
/// A pattern stands in one of four lists: under its last name when that has no star; under its
/// extension (`*.csproj`, `pnpm-lock.*.yaml`); under the folder that it is the inside of (`vendor/**`);
/// or, for the few that are left (`dockerfile*`), under the first letter of its last name. A path costs
/// one pass over its bytes, and nothing is allocated for one that matches nothing.
struct CatalogIndex: Sendable {
  private struct Rule: Sendable {
    /// In lower case, where it stands in `pool`; without the `/**` of a folder, and with a slash before
    /// it when it stands at the root only.
    let range: Range<Int>
    let classes: FileClasses
    let format: UInt8?
    let kind: Kind
    /// Of the name, or its end, that the rule is found by.
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
  /// The lengths that names of a list have, a bit each, by the list and the first byte: most names of
  /// a path have none of them, and need no look at the table.
  private var lengths = [UInt32](repeating: 0, count: 5 * 32)

  init() {
    pool.reserveCapacity(1 << 15)
    rules.reserveCapacity(1 << 12)
  }

  /// Adds the patterns of the catalog's table.
  mutating func add(table: UnsafeBufferPointer<UInt8>) {
    for line in CatalogLines(table) {
      for word in CatalogLines.Words(table, line.patterns) {
        add(UnsafeBufferPointer(rebasing: table[word]), line.classes, format: nil)
      }
    }
  }

  /// Adds a name of a format, as it is written by its tool.
  mutating func add(_ name: String, _ classes: FileClasses, format: UInt8?) {
    var name = name.utf8.map(Self.lowercase)
    name.withUnsafeMutableBufferPointer {
      add(UnsafeBufferPointer($0), classes, format: format)
    }
  }

  /// Adds a pattern in lower case (`Format.files` says what patterns there are). Every folder of it may
  /// also itself be a link to one of another name.
  private mutating func add(
    _ pattern: UnsafeBufferPointer<UInt8>, _ classes: FileClasses, format: UInt8?
  ) {
    let base = pool.count
    pool.append(contentsOf: pattern)
    func append(to end: Int, key: Range<Int>, _ kind: Kind, _ format: UInt8?) {
      let key = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: pattern[key]))
      lengths[Self.row(kind, key[0])] |= 1 << UInt32(key.count & 31)
      rules.append(
        Rule(
          range: base..<base + end, classes: classes, format: format, kind: kind,
          hash: Self.hash(key, kind)))
    }
    let isAtRoot = pattern.first == UInt8(ascii: "/")
    var (last, star, dot) = (isAtRoot ? 1 : 0, -1, -1)
    for index in last..<pattern.count {
      switch pattern[index] {
      case UInt8(ascii: "/"):
        // Of `vendor/**` the folder is known by itself.
        if index + 3 == pattern.count, pattern[index + 1] == UInt8(ascii: "*"),
          pattern[index + 2] == UInt8(ascii: "*")
        {
          return append(to: index, key: last..<index, .folder, format)
        }
        if star < last { append(to: index, key: last..<index, .parent, nil) }
        last = index + 1
      case UInt8(ascii: "*"): star = index
      case UInt8(ascii: "."): dot = index
      default: break
      }
    }
    let end = pattern.count
    if star < last {
      append(to: end, key: last..<end, .name, format)
    } else if dot > star {
      append(to: end, key: dot..<end, .ending, format)
    } else {
      append(to: end, key: last..<last + 1, .other, format)
    }
  }

  /// Makes the table, when all patterns are in.
  mutating func finish() {
    var size = 1024
    while size < rules.count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    // Backwards, so that the chain of a slot has the rules in their order.
    for index in rules.indices.dropFirst().reversed() {
      let slot = Int(rules[index].hash) & (size - 1)
      rules[index].next = slots[slot]
      slots[slot] = UInt16(index)
    }
  }

  // MARK: Finding

  /// The classes of a path, and the formats that have such files.
  ///
  /// - Parameter isPlain: whether the path was folded already.
  func find(
    _ path: UnsafeRawBufferPointer, isLink: Bool, isPlain: Bool = false
  ) -> (classes: FileClasses, formats: [UInt8]) {
    var found: (classes: FileClasses, formats: [UInt8]) = ([], [])
    var start = 0
    var bits: UInt8 = 0
    for index in 0..<path.count {
      let byte = path[index]
      bits |= byte
      guard byte == UInt8(ascii: "/") else { continue }
      look(start..<index, .folder, path, &found)
      start = index + 1
    }
    if bits >= 0x80, !isPlain, let plain = FoldedPath.plain(path) {
      return plain.withUnsafeBytes { find($0, isLink: isLink, isPlain: true) }
    }
    guard start < path.count else { return found }
    look(start..<path.count, .name, path, &found)
    var dot = path.count - 1
    while dot > start, path[dot] != 0x2e { dot -= 1 }
    look(dot..<path.count, .ending, path, &found)
    if isLink {
      look(start..<path.count, .folder, path, &found)
      look(start..<path.count, .parent, path, &found)
    }
    look(start..<start + 1, .other, path, &found)
    return found
  }

  /// Checks the rules of one list that are found under a name of the path, or the end of one.
  @inline(__always)
  private func look(
    _ name: Range<Int>, _ kind: Kind, _ path: UnsafeRawBufferPointer,
    _ found: inout (classes: FileClasses, formats: [UInt8])
  ) {
    guard !name.isEmpty,
      lengths[Self.row(kind, path[name.lowerBound])] >> UInt32(name.count & 31) & 1 != 0
    else { return }
    let hash = Self.hash(UnsafeRawBufferPointer(rebasing: path[name]), kind)
    var next = slots[Int(hash) & (slots.count - 1)]
    while next != 0 {
      let rule = rules[Int(next)]
      if rule.hash == hash, rule.kind == kind {
        // A first letter is all that the last kind is found by.
        check(rule, path, end: kind == .other ? path.count : name.upperBound, &found)
      }
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
        } else if right == 0, left - 1 == range.lowerBound, pool[left - 1] == UInt8(ascii: "/") {
          // A pattern of the root.
          return true
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

  /// FNV-1a, 32 bits. The names of the table are known, so nobody gains by a collision but one more
  /// comparison.
  private static func hash(_ name: UnsafeRawBufferPointer, _ kind: Kind) -> UInt32 {
    var hash: UInt32 = 0x811c_9dc5 ^ UInt32(kind.rawValue)
    for byte in name { hash = (hash ^ UInt32(lowercase(byte))) &* 0x0100_0193 }
    return hash
  }

  @inline(__always)
  private static func row(_ kind: Kind, _ first: UInt8) -> Int {
    Int(kind.rawValue) << 5 | Int(lowercase(first) & 31)
  }

  @inline(__always)
  static func lowercase(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }
}
