package import Git
package import Platform
package import Primitives
internal import Signing

/// What a commit changes, named by a digest: each path with its mode and object before and after.
///
/// Two commits with equal digests change the same paths from the same bytes to the same bytes, so a
/// rebase or a squash that keeps the digest keeps the meaning too. git's patch-id, which ignores white
/// space and context, does not give that.
package struct ChangeDigest: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ changes: [PathChange]) {
    var hasher = Digest.Sha256Hasher()
    for change in changes {
      hasher.update(
        Array("\(change.path.count) \(change.oldMode.octal) \(change.newMode.octal) ".utf8)
          + change.path + change.oldID.bytes + change.newID.bytes)
    }
    bytes = hasher.finish()
  }

  /// Names a merge commit, whose change is told by none of its parents alone.
  package init(merge commit: ObjectID) {
    bytes = Digest.sha256(Array("merge ".utf8) + commit.bytes)
  }

  /// No change at all.
  package static let none = ChangeDigest([])
}

/// The changes that agents have once brought, so that the same change without its signals is known
/// again. Kept as 32-byte records in 256 files.
package struct ChangeMemory: Sendable {
  private let state: ServerState
  private static let limit = 64 << 20

  package init(_ state: ServerState) {
    self.state = state
  }

  private func path(_ digest: ChangeDigest) -> String {
    state.path("changes", Hex.string(digest.bytes.prefix(1)))
  }

  /// Whether an agent has brought this change before.
  package func contains(_ digest: ChangeDigest) throws(SystemError) -> Bool {
    guard let bytes = try FileBytes.readIfPresent(path(digest), limit: Self.limit) else {
      return false
    }
    let size = Digest.byteCount
    return stride(from: 0, to: bytes.count - bytes.count % size, by: size).contains {
      bytes[$0..<($0 + size)].elementsEqual(digest.bytes)
    }
  }

  package func add(_ digest: ChangeDigest) throws(SystemError) {
    guard try !contains(digest) else { return }
    try FileBytes.makeFolder(state.folder + "/changes", mode: 0o700)
    let file = try LockedFile(path(digest))
    // A record cut off by a killed process would shift all behind it: fill it up.
    let torn = try file.count % Digest.byteCount
    let filling = torn == 0 ? [] : [UInt8](repeating: 0, count: Digest.byteCount - torn)
    try file.append(filling + digest.bytes, durable: false)
  }
}
