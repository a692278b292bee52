internal import Git
internal import Primitives

/// A tree is read whole or refused, and a comparison of two trees, which steps over what both have,
/// finds exactly the entries in which they differ and overlooks no mistake of the newer one.
///
/// The first two bytes say how many of the rest are the older tree.
@Sendable package func fuzzTree(_ bytes: [UInt8]) {
  let rest = bytes.dropFirst(2)
  let count = bytes.count < 2 ? 0 : (Int(bytes[0]) << 8 | Int(bytes[1])) % (rest.count + 1)
  let old = Array(rest.prefix(count))
  let new = Array(rest.dropFirst(count))
  for (from, to) in [(old, new), ([], new), (new, new), (old, old + new)] {
    let differences = differences(from, to)
    let (left, right) = (entries(of: from), entries(of: to))
    // The older tree is one that was judged before: only a sound one need be compared rightly.
    guard let left else { continue }
    guard let right else {
      precondition(differences == nil, "a mistake in a tree is overlooked")
      continue
    }
    let expected = Set(left).symmetricDifference(right)
    precondition(differences?.count == expected.count, "a difference twice, or none")
    precondition(differences.map(Set.init) == expected, "other differences")
  }
}

private struct Entry: Hashable {
  let mode: FileMode
  let name: [UInt8]
  let id: ObjectID

  init(_ cursor: TreeCursor) {
    mode = cursor.mode
    name = Array(cursor.name)
    id = cursor.objectID
  }
}

/// The entries of a tree; `nil` when it is refused.
private func entries(of tree: [UInt8]) -> [Entry]? {
  tree.withUnsafeBytes { raw in
    do throws(GitError) {
      var cursor = try TreeCursor(raw, id: .zero)
      var entries: [Entry] = []
      while !cursor.atEnd {
        entries.append(Entry(cursor))
        try cursor.advance()
      }
      check(entries, tree)
      return entries
    } catch {
      return nil
    }
  }
}

private func check(_ entries: [Entry], _ tree: [UInt8]) {
  var written: [UInt8] = []
  for entry in entries {
    precondition(!entry.name.isEmpty && !entry.name.contains(0x2f), "a name that is none")
    written += Array(String(entry.mode.rawValue, radix: 8).utf8) + [0x20] + entry.name + [0]
    written += entry.id.bytes
  }
  precondition(written == tree, "what is read is written as another tree")
  precondition(Set(entries.map(\.name)).count == entries.count, "a name twice")
  let keys = entries.map { $0.mode.isTree ? $0.name + [0x2f] : $0.name }
  precondition(
    zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }, "not sorted")
}

/// The entries, of either tree, that the other has not; `nil` when a tree is refused.
private func differences(_ old: [UInt8], _ new: [UInt8]) -> [Entry]? {
  old.withUnsafeBytes { old in
    new.withUnsafeBytes { new in
      var found: [Entry] = []
      do throws(GitError) {
        try compareEntries(old, .zero, new, .zero) { (left, right) throws(GitError) in
          found += [left, right].compactMap { $0.map(Entry.init) }
        }
        return found
      } catch {
        return nil
      }
    }
  }
}
