package import Git
package import Primitives
internal import Signing

/// A reference update that waits for a person: an annotated tag at `refs/quarantine/<id>`, which points
/// at the commit and says the rest in its message.
package struct Hold: Hashable, Sendable {
  /// `Q7F3D`: short enough to say aloud, and the same for the same update.
  package let id: String
  /// The reference that was pushed to.
  package let ref: RefName
  /// Where it stood; zero when it was not there.
  package let old: ObjectID
  package let new: ObjectID
  /// The commit that the reference would show: `new`, but for an annotated tag.
  package let commit: ObjectID
  /// What the change of dependency files is compared with; `old`, but for a new reference.
  package let base: ObjectID
  /// SHA-256 of that change; ``noRelease`` where none waits.
  package let digest: [UInt8]
  /// The account that pushed; `nil` for an unknown one.
  package let pusher: [UInt8]?
  /// Why the pusher asks, in their words (`-o hookkit.reason=...`); `nil` where they gave none.
  package let reason: [UInt8]?
  /// What the update waits for, as codes.
  package let codes: [String]
  /// The newest of the commits that lack a review, beside ``commit``.
  package let unreviewed: [ObjectID]
  /// Seconds since 1970.
  package let time: Int64
  package let expires: Int64

  package static let schema = "hookkit.hold/1"
  package static let prefix = Array("refs/quarantine/".utf8)
  /// The digest of a hold in which no change of dependency files waits.
  package static let noRelease = [UInt8](repeating: 0, count: 32)
  /// Most commits that a hold names as lacking a review.
  private static let mostUnreviewed = 256

  /// - Parameter commit: what an annotated tag tags in the end; `new` itself when left out.
  package init(
    id: String, ref: RefName, old: ObjectID, new: ObjectID, commit: ObjectID? = nil,
    base: ObjectID, digest: [UInt8], pusher: [UInt8]?, reason: [UInt8]? = nil, codes: [String],
    unreviewed: [ObjectID] = [], time: Int64, expires: Int64
  ) {
    let commit = commit ?? new
    self.id = id
    self.ref = ref
    self.old = old
    self.new = new
    self.commit = commit
    self.base = base
    self.digest = digest
    self.pusher = pusher
    self.reason = reason
    self.codes = codes
    self.unreviewed = Array(unreviewed.lazy.filter { $0 != commit }.prefix(Self.mostUnreviewed))
    self.time = time
    self.expires = expires
  }

  package var name: RefName { RefName(Hold.prefix + Array(id.utf8)) }
  package var update: RefUpdate { RefUpdate(old: old, new: new, name: ref) }

  /// How what is held came to the server, as far as the hold says.
  package var arrival: Arrival { Arrival(.pushed(by: pusher, to: ref, at: time)) }

  /// Whether an answer to this commit, given for this reference, may be what the hold waits for.
  package func waits(for commit: ObjectID, on ref: RefName) -> Bool {
    self.ref == ref && (commit == self.commit || unreviewed.contains(commit))
  }

  /// The same hold with another end.
  package func extended(until expires: Int64) -> Hold {
    changed(codes: codes, expires: expires)
  }

  /// The same hold, which waits for something else now.
  package func waiting(for codes: [String]) -> Hold {
    changed(codes: codes, expires: expires)
  }

  private func changed(codes: [String], expires: Int64) -> Hold {
    Hold(
      id: id, ref: ref, old: old, new: new, commit: commit, base: base, digest: digest,
      pusher: pusher, reason: reason, codes: codes, unreviewed: unreviewed, time: time,
      expires: expires)
  }

  // MARK: Names

  /// Crockford's base 32: no letter that is mistaken for a digit.
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// The names that this update may have, the shortest first. They follow from the update alone, so the
  /// same push made again finds its hold; a longer one is for when another update has the shorter.
  package static func ids(of update: RefUpdate) -> [String] {
    let digest = Digest.sha256(update.name.bytes + [0] + update.old.bytes + update.new.bytes)
    let letters = digest.map { alphabet[Int($0 & 31)] }
    return [4, 6, 8, 12].map { "Q" + String(decoding: letters.prefix($0), as: UTF8.self) }
  }

  /// Whether a person's word may be the name of a hold.
  package static func isID(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    return (5...13).contains(bytes.count) && bytes[0] == 0x51
      && bytes.allSatisfy(alphabet.contains)
  }

  // MARK: The tag

  /// The raw tag object (git-mktag(1)).
  package var tag: [UInt8] {
    let words = Escaped.text(ref.bytes, limit: 200)
    let members: [(String, JSON?)] = [
      ("schema", .text(Hold.schema)), ("ref", .text(Hex.string(ref.bytes))),
      ("old", .text(old.hex)), ("new", .text(new.hex)), ("base", .text(base.hex)),
      ("digest", .text(Hex.string(digest))),
      ("pusher", pusher.map { .text(Hex.string($0)) } ?? .null),
      ("codes", .array(codes.map { .text($0) })), ("time", .integer(time)),
      ("expires", .integer(expires)),
      ("reason", reason.map { .text(Hex.string($0)) }),
      ("commit", commit == new ? nil : .text(commit.hex)),
      ("unreviewed", unreviewed.isEmpty ? nil : .array(unreviewed.map { .text($0.hex) })),
    ]
    let json = JSON.object(
      members.compactMap { key, value in
        value.map { JSON.Member(key: Array(key.utf8), value: $0) }
      }
    ).compact
    return Array(
      """
      object \(new.hex)
      type \(commit == new ? "commit" : "tag")
      tag \(id)
      tagger hookkit <hookkit@localhost> \(time) +0000

      held: \(words)


      """.utf8) + json + [0x0a]
  }

  /// Reads a tag that the server made; `nil` for anything else.
  package init?(tag bytes: [UInt8], id: String) {
    guard let target = bytes.withUnsafeBytes({ TagObject($0) })?.target,
      let line = bytes.dropLast().split(separator: 0x0a).last,
      let json = try? JSON(reading: Array(line)), json["schema"]?.string == Hold.schema,
      let ref = json["ref"]?.bytes.flatMap({ Hex.decode($0) }),
      let old = json["old"]?.bytes.flatMap({ ObjectID(hex: $0) }),
      let new = json["new"]?.bytes.flatMap({ ObjectID(hex: $0) }), new == target,
      let base = json["base"]?.bytes.flatMap({ ObjectID(hex: $0) }),
      let digest = json["digest"]?.bytes.flatMap({ Hex.decode($0) }),
      let codes = json["codes"]?.array?.compactMap(\.string), let time = json["time"]?.integer,
      let expires = json["expires"]?.integer
    else { return nil }
    self.init(
      id: id, ref: RefName(ref), old: old, new: new,
      commit: json["commit"]?.bytes.flatMap { ObjectID(hex: $0) }, base: base, digest: digest,
      pusher: json["pusher"]?.bytes.flatMap { Hex.decode($0) },
      reason: json["reason"]?.bytes.flatMap { Hex.decode($0) }, codes: codes,
      unreviewed: json["unreviewed"]?.array?.compactMap { $0.bytes.flatMap { ObjectID(hex: $0) } }
        ?? [], time: time, expires: expires)
  }
}

/// The holds of a repository. References moved here run no hooks, and the gate refuses every push to
/// them.
package struct Holds {
  private let gitDirectory: String
  private let objects: ObjectStore

  /// Most holds that are kept at a time; an update beyond them is refused, not held.
  package static let most = 10_000

  package init(gitDirectory: String) throws(GitError) {
    self.gitDirectory = gitDirectory
    objects = try ObjectStore(gitDirectory: gitDirectory)
  }

  /// All of them, by name. What stands there without being a hold is left alone.
  package func all() throws(GitError) -> [Hold] {
    let references = try ReferenceStore(gitDirectory: gitDirectory)
    var holds: [Hold] = []
    for (name, target) in try references.list(prefix: Hold.prefix, limit: Holds.most + 1) {
      let id = String(decoding: name.bytes.dropFirst(Hold.prefix.count), as: UTF8.self)
      if let hold = try Hold(at: target, id: id, in: objects) { holds.append(hold) }
    }
    return holds
  }

  /// The first name of an update that is free or its own; `nil` when others have them all.
  package static func id(for update: RefUpdate, among holds: [String: Hold]) -> String? {
    Hold.ids(of: update).first { id in holds[id].map { $0.update == update } ?? true }
  }

  /// Keeps a hold that was not there.
  ///
  /// - Throws: `GitError`: over the limit of holds, or another process has taken the name.
  package func keep(_ hold: Hold) throws(GitError) {
    let repository = try Repository(gitDirectory: gitDirectory, scratch: false)
    let tag = try repository.write(.tag, hold.tag)
    let isKept = try OwnMoves.move(hold.name, in: gitDirectory) { () throws(GitError) in
      try repository.move(hold.name, from: nil, to: tag, because: "hookkit: held")
    }
    if isKept { return }
    // The same push, made twice at once, has one hold.
    let references = try ReferenceStore(gitDirectory: gitDirectory)
    guard let present = try references.resolve(hold.name),
      try Hold(at: present, id: hold.id, in: objects)?.update == hold.update
    else { throw .reference(hold.name, "another push has taken the name") }
  }

  /// Writes a hold anew: with another end, or waiting for something else.
  ///
  /// - Returns: false where another process has changed it or taken it away meanwhile.
  @discardableResult
  package func replace(_ hold: Hold, with other: Hold) throws(GitError) -> Bool {
    guard let present = try target(of: hold) else { return false }
    let repository = try Repository(gitDirectory: gitDirectory, scratch: false)
    let tag = try repository.write(.tag, other.tag)
    return try OwnMoves.move(hold.name, in: gitDirectory) { () throws(GitError) in
      try repository.move(hold.name, from: present, to: tag, because: "hookkit: kept on")
    }
  }

  /// Takes a hold away, where it still is what it was. Its commits stay until git collects what nothing
  /// points at.
  package func remove(_ hold: Hold) throws(GitError) {
    guard try target(of: hold) != nil else { return }
    let repository = try Repository(gitDirectory: gitDirectory, scratch: false)
    try OwnMoves.move(hold.name, in: gitDirectory) { () throws(GitError) in
      try repository.remove(hold.name)
    }
  }

  /// What the reference of a hold points at, where it is still this very hold.
  private func target(of hold: Hold) throws(GitError) -> ObjectID? {
    let references = try ReferenceStore(gitDirectory: gitDirectory)
    guard let present = try references.resolve(hold.name),
      try Hold(at: present, id: hold.id, in: objects) == hold
    else { return nil }
    return present
  }
}

extension Hold {
  /// Reads the hold that a reference points at; `nil` when it is none.
  package init?(at target: ObjectID, id: String, in objects: ObjectStore) throws(GitError) {
    guard Hold.isID(id), try objects.header(target).kind == .tag else { return nil }
    self.init(tag: try objects.bytes(of: target, .tag, limit: 64 << 10), id: id)
  }
}
