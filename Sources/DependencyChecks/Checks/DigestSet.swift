internal import Documents
internal import Lockfiles
internal import Primitives

extension EntryView {
  /// The digests that the tool of the format checks.
  func checkedDigests(_ format: Format?) -> [ArraySlice<UInt8>] {
    guard entry.digestCount > 0 else { return [] }
    let forms = format?.digests ?? []
    return integrity.filter { digest in forms.contains { $0.matches(digest) } }
  }

  /// How many of its files have no digest that the tool checks, of how many. An entry that does not tell its
  /// files apart is one.
  func bareFiles(_ format: Format?) -> (bare: Int, all: Int) {
    let forms = format?.digests ?? []
    let files = inventory.integrityByFile(of: entry)
    let bare = files.count { digests in
      !digests.contains { digest in forms.contains { $0.matches(digest[...]) } }
    }
    return (bare, files.count)
  }
}

/// The digests of an entry by their words, of which only those with the same one can be compared. The bytes
/// count, not how they are written: yarn 1 has one SHA-1 in Base64 and, behind the URL, in hexadecimal.
struct DigestSet {
  private(set) var kinds: [ByteKey: Set<ByteKey>] = [:]
  private(set) var all: Set<ByteKey> = []

  init(_ view: EntryView) {
    for digest in view.integrity {
      let value = IntegrityValue(digest)
      let kind = value.map { Array($0.kind) } ?? []
      let key = ByteKey(value?.hex.map { kind + [UInt8(ascii: ":")] + $0 } ?? Array(digest))
      kinds[ByteKey(kind), default: []].insert(key)
      all.insert(key)
    }
  }
}
