internal import Documents
internal import Lockfiles
internal import Primitives

/// A lock of one tool that takes the place of another tool's: what both lock in the same version, from the
/// same place, is no change of what is installed, and is not told package by package.
package struct LockMigration: Sendable {
  /// The files in `DependencyDiff.files`: the one that is deleted, and the new one.
  package let from: Int
  package let to: Int
  /// The changes of the new file that bring nothing new.
  package let carried: Set<Int>

  /// Every new lock in a folder from which one of the same family is deleted.
  static func all(in files: [FileDiff]) -> [LockMigration] {
    var deleted: [ByteKey: [Int]] = [:]
    for (index, file) in files.enumerated()
    where file.newMode == nil && file.format?.family != nil && file.old.inventory != nil {
      deleted[ByteKey(Array(file.folder)), default: []].append(index)
    }
    guard !deleted.isEmpty else { return [] }
    return files.indices.compactMap { to in
      let file = files[to]
      guard file.oldMode == nil, let family = file.format?.family, let new = file.new.inventory,
        let from = deleted[ByteKey(Array(file.folder))]?.first(where: {
          files[$0].format?.family == family
        }), let old = files[from].old.inventory
      else { return nil }
      return LockMigration(from: from, to: to, carried: carried(file, old, new, files[from].format))
    }
  }

  private static func carried(
    _ file: FileDiff, _ old: Inventory, _ new: Inventory, _ format: Format?
  ) -> Set<Int> {
    let names = KnownNames([old])
    var carried: Set<Int> = []
    for (place, change) in file.changes.enumerated() {
      guard let index = change.new else { continue }
      let view = EntryView(inventory: new, entry: new.entries[index])
      let before = names.find(view.name, view.entry.ecosystem).sameRelease(as: view)
      if before.contains(where: { isSame($0, view, format, file.format) }) { carried.insert(place) }
    }
    return carried
  }

  /// Whether an entry says nothing that the old lock did not: the kind of source is the same, the place as
  /// far as both name one, and the digest as far as both have one of an algorithm. One that is checked
  /// by a digest no more is another matter.
  private static func isSame(
    _ known: KnownEntry, _ view: EntryView, _ oldFormat: Format?, _ newFormat: Format?
  ) -> Bool {
    let old = known.view
    guard old.entry.sourceKind == view.entry.sourceKind, old.alias.elementsEqual(view.alias),
      old.origin == view.origin || old.origin.isPublic || view.source.isEmpty,
      view.origin.isPublic || old.origin == view.origin,
      view.entry.runsCode != .yes || old.entry.runsCode != .no
    else { return false }
    if old.entry.digestCount > 0, newFormat?.recordsIntegrity ?? false,
      view.checkedDigests(newFormat).isEmpty, !old.checkedDigests(oldFormat).isEmpty
    {
      return false
    }
    // No archive of it is from elsewhere, a file, or without a digest where the others have one.
    guard view.localArchives.isEmpty,
      view.bareFiles(newFormat).bare <= old.bareFiles(oldFormat).bare,
      view.addresses.allSatisfy({ $0.flaws.isEmpty }),
      view.addresses.dropFirst().allSatisfy({ address in
        address.host.isEmpty || address.isPublicHost(view.entry.ecosystem)
          || known.archiveOrigins.contains(address.origin(of: view.name, view.entry.ecosystem))
      })
    else { return false }
    let digests = DigestSet(view)
    return digests.kinds.allSatisfy { kind, own in
      known.digests.kinds[kind].map { own.isSubset(of: $0) } ?? true
    }
  }
}
