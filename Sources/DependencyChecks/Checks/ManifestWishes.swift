internal import Documents
internal import Lockfiles
internal import Primitives

/// What HK228 says of manifests whose locks do not repeat their words: a wish that came with this push
/// is locked under its name, and in its version where it names one.
struct ManifestWishes {
  private struct Wish: Hashable {
    let name: [UInt8]
    let specification: [UInt8]
  }

  private let file: FileDiff
  private let manifest: Inventory
  private let meaning: Format.Wishes

  /// - Returns: nothing for a file that is no manifest, or asks for what it asked for before.
  private init?(_ file: FileDiff) {
    guard file.format?.fileClass == .manifests, !file.isUntouched,
      let manifest = file.new.inventory, let meaning = file.format?.wishes
    else { return nil }
    self.file = file
    self.manifest = manifest
    self.meaning = meaning
  }

  /// What is wrong, in words, and how bad it is, for each manifest of the push.
  static func words(
    _ file: FileDiff, among changes: borrowing CheckedChanges
  ) -> Statements {
    var nothing = Statements()
    guard let wishes = ManifestWishes(file) else { return nothing }
    let locks = FormatRegistry.all.filter { $0.manifest?.format == file.format?.name }
    guard !locks.isEmpty else { return nothing }
    let kinds = Set(locks.map(\.name))
    let fresh = wishes.fresh()
    let near = wishes.foldersAbove().flatMap { changes.files(in: $0) }.map { changes.files[$0] }
      .filter { kinds.contains($0.format?.name ?? "") && !$0.isUntouched }
    guard !near.isEmpty else {
      // A library has no lock at all, so that this is worth a line and no more.
      let isOther = file.old.inventory != nil && (!fresh.isEmpty || wishes.hasDropped())
      if isOther {
        nothing.insert(
          [], .notice, "asks for other packages than before, and no lock changed with it")
      }
      return nothing
    }
    // What a lock repeats word for word is compared with it elsewhere.
    guard !locks.contains(where: { $0.manifest?.agreement == .repeated }), !fresh.isEmpty,
      let lock = near.max(by: { $0.folder.count < $1.folder.count })?.new.inventory,
      wishes.meaning.isOwnLock(wishes.manifest, lock)
    else { return nothing }
    return wishes.missing(fresh, in: lock)
  }

  /// Where the manifest's lock may be: beside it, or above for what has workspaces.
  private func foldersAbove() -> [ArraySlice<UInt8>] {
    var folder = file.folder
    var folders = [folder]
    guard meaning.mayBeMember else { return folders }
    while !folder.isEmpty {
      folder = folder[..<(folder.lastIndex(of: UInt8(ascii: "/")) ?? folder.startIndex)]
      folders.append(folder)
    }
    return folders
  }

  /// Requirements that count, and were not there before in the same words.
  private func fresh() -> [Requirement] {
    let before = Set(wishes(of: file.old.inventory))
    return manifest.requirements.filter {
      meaning.isCertain($0, manifest.document) && !before.contains(wish($0, manifest))
    }
  }

  private func hasDropped() -> Bool {
    let now = Set(wishes(of: manifest).map(\.name))
    return wishes(of: file.old.inventory).contains { !now.contains($0.name) }
  }

  private func wishes(of inventory: Inventory?) -> [Wish] {
    guard let inventory else { return [] }
    return inventory.requirements.filter { meaning.isCertain($0, inventory.document) }.map {
      wish($0, inventory)
    }
  }

  private func wish(_ requirement: Requirement, _ inventory: Inventory) -> Wish {
    Wish(
      name: Array(inventory.document.bytes(requirement.name)),
      specification: Array(inventory.document.bytes(requirement.specification)))
  }

  private func missing(_ wishes: [Requirement], in lock: Inventory) -> Statements {
    var versions: [[UInt8]: [Entry]] = [:]
    let replaced = meaning.replaced(manifest, lock)
    for wish in wishes { versions[normal(manifest.document.bytes(wish.name))] = [] }
    for entry in lock.entries {
      let name = normal(lock.document.bytes(entry.name))
      if versions[name] != nil { versions[name]?.append(entry) }
    }
    var words = Statements()
    for wish in wishes {
      let name = manifest.document.bytes(wish.name)
      let held = versions[normal(name)] ?? []
      let asked = manifest.document.bytes(wish.specification)
      let shown = "\(Escaped.text(name, limit: 80)) \(Escaped.text(asked, limit: 40))"
      if replaced.contains(Array(name)) { continue }
      if held.isEmpty {
        words.insert([name, asked], .high, "\(shown)   is asked for and not locked")
      } else if let exact = meaning.exactVersion(asked),
        !held.contains(where: { isVersion(exact, $0, lock) })
      {
        let version = held.first.map { Escaped.text(lock.document.bytes($0.version), limit: 40) }
        words.insert([name, asked, exact], .high, "\(shown)   is locked as \(version ?? "")")
      }
    }
    return words
  }

  private func normal(_ name: ArraySlice<UInt8>) -> [UInt8] {
    meaning.isLiteral ? Array(name) : DeclaredSources.normal(name)
  }

  private func isVersion(_ wanted: ArraySlice<UInt8>, _ entry: Entry, _ lock: Inventory) -> Bool {
    let version = lock.document.bytes(entry.version)
    if meaning.isLiteral { return version == wanted }
    // What comes from elsewhere has the version that it has there.
    guard entry.sourceKind == .registry, let order = VersionOrder.compare(version, wanted) else {
      return true
    }
    return order == 0
  }
}
