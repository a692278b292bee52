internal import Documents
internal import Lockfiles

/// How the digests of a `yarn.lock` go over to another cache key (yarnpkg/berry, `Cache.ts`): yarn packs
/// all archives anew then, and all digests are other ones.
struct CacheKeyChange {
  private let oldKey: [UInt8]
  private let newKey: [UInt8]
  /// Whether most entries have gone over.
  private let isWhole: Bool

  init(_ file: FileDiff) {
    oldKey = Self.key(file.old.inventory)
    newKey = Self.key(file.new.inventory)
    guard let old = file.old.inventory, let new = file.new.inventory else {
      isWhole = false
      return
    }
    // Entries that say nothing about the change: new ones, and new versions.
    var others = 0
    var moved = 0
    for change in file.changes {
      guard let place = change.new, let digest = new.integrity(of: new.entries[place]).first else {
        continue
      }
      guard let place = change.old, let before = old.integrity(of: old.entries[place]).first else {
        others += 1
        continue
      }
      if Self.form(of: before) != Self.form(of: digest),
        Self.hex(of: before) != Self.hex(of: digest)
      {
        moved += 1
      }
    }
    let all = new.entries.reduce(0) { $1.digestCount > 0 ? $0 + 1 : $0 }
    isWhole = moved >= all - others - moved
  }

  /// How bad it is that an entry has a digest in another form.
  func severity(of changed: ChangedEntry) -> DependencyCheck.Severity {
    guard let digest = changed.new.integrity.first, Self.form(of: Array(digest)) == newKey else {
      return .critical
    }
    if isWhole { return .notice }
    let before = changed.old?.integrity.first.map { Self.form(of: Array($0)) }
    return before != nil && before != oldKey ? .high : .critical
  }

  private static func key(_ inventory: Inventory?) -> [UInt8] {
    guard let document = inventory?.document,
      let metadata = document.child("__metadata", of: .root),
      let key = document.text("cacheKey", of: metadata)
    else { return [] }
    return Array(document.bytes(key))
  }

  private static func form(of digest: [UInt8]) -> [UInt8] { Array(digest.prefix { $0 != 0x2f }) }

  private static func hex(of digest: [UInt8]) -> ArraySlice<UInt8> { digest.drop { $0 != 0x2f } }
}
