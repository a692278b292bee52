internal import Documents
internal import Lockfiles
internal import Primitives

/// New entries without a partner, each of which can be taken once.
///
/// One name may have any number of entries, so nothing here walks along those of a name: an entry that is
/// taken stays in its lists, and each list passes over it once.
struct WaitingEntries {
  private var lists: [Key: List] = [:]
  private var versions: [NameKey: Versions] = [:]
  private var taken: Set<Int> = []
  /// Entries that lists have passed over or yielded.
  private(set) var steps = 0

  private struct NameKey: Hashable {
    let name: ByteKey
    let ecosystem: Ecosystem
  }

  /// A list of a release: all of a kind, those with an archive of a shape, or those of one archive.
  private struct Key: Hashable {
    let name: NameKey
    let version: ByteKey
    let kind: Entry.SourceKind
    var shape: ArchiveMark.Shape?
    var mark: ArchiveMark?
  }

  fileprivate struct List {
    var entries: [Int] = []
    var next = 0

    /// The first entry that is not taken; it stays.
    mutating func first(_ taken: Set<Int>, _ steps: inout Int) -> Int? {
      while next < entries.count {
        steps += 1
        if !taken.contains(entries[next]) { return entries[next] }
        next += 1
      }
      return nil
    }
  }

  /// The versions of a name in the order of the file, those without entries cut out.
  fileprivate struct Versions {
    var places: [ByteKey: Int] = [:]
    var names: [ByteKey] = []
    var lists: [List] = []
    var following: [Int] = []
    var first = 0
  }

  func isTaken(_ entry: Int) -> Bool { taken.contains(entry) }

  /// - Parameter isVersioned: whether an entry of another version may be its partner.
  mutating func add(_ entry: Int, _ view: EntryView, isVersioned: Bool) {
    var key = key(view)
    lists[key, default: List()].entries.append(entry)
    let mark = view.archiveMark
    key.shape = mark.shape
    lists[key, default: List()].entries.append(entry)
    key.shape = nil
    key.mark = mark
    lists[key, default: List()].entries.append(entry)
    guard isVersioned else { return }
    versions[key.name, default: Versions()].add(entry, key.version)
  }

  private func key(_ view: EntryView) -> Key {
    Key(
      name: NameKey(name: ByteKey(Array(view.name)), ecosystem: view.entry.ecosystem),
      version: ByteKey(Array(view.version)), kind: view.entry.sourceKind)
  }

  /// Takes an entry of the same name and version that may be the same archive: one with the same mark
  /// before others.
  mutating func takeSameRelease(as view: EntryView) -> Int? {
    var key = key(view)
    let mark = view.archiveMark
    key.mark = mark
    if let found = take(key) { return found }
    key.mark = nil
    if view.entry.sourceKind == .git || mark.shape == .none {
      if let found = take(key) { return found }
    } else {
      for shape in ArchiveMark.Shape.allCases where shape != mark.shape {
        key.shape = shape
        if let found = take(key) { return found }
      }
      key.shape = nil
    }
    for kind in Entry.SourceKind.allCases where kind != view.entry.sourceKind {
      let other = Key(name: key.name, version: key.version, kind: kind)
      if let found = take(other) { return found }
    }
    return nil
  }

  private mutating func take(_ key: Key) -> Int? {
    guard let found = lists[key]?.first(taken, &steps) else { return nil }
    taken.insert(found)
    return found
  }

  /// Takes the first entry of the same name and another version.
  mutating func takeOtherVersion(than view: EntryView) -> Int? {
    let key = key(view)
    let found = versions[key.name]?.first(otherThan: key.version, taken, &steps)
    if let found { taken.insert(found) }
    return found
  }
}

extension WaitingEntries.Versions {
  fileprivate mutating func add(_ entry: Int, _ version: ByteKey) {
    if let place = places[version] {
      lists[place].entries.append(entry)
      return
    }
    places[version] = lists.count
    names.append(version)
    lists.append(WaitingEntries.List(entries: [entry]))
    following.append(lists.count)
  }

  /// At most two versions are looked at, and those that have run out, which are cut out by it.
  fileprivate mutating func first(
    otherThan version: ByteKey, _ taken: Set<Int>, _ steps: inout Int
  ) -> Int? {
    while first < lists.count {
      steps += 1
      guard let entry = lists[first].first(taken, &steps) else {
        first = following[first]
        continue
      }
      if names[first] != version { return entry }
      break
    }
    guard first < lists.count else { return nil }
    while following[first] < lists.count {
      steps += 1
      let next = following[first]
      if let entry = lists[next].first(taken, &steps) { return entry }
      following[first] = following[next]
    }
    return nil
  }
}
