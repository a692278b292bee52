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

  fileprivate init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Names a merge commit, whose change is told by none of its parents alone.
  package init(merge commit: ObjectID) {
    bytes = Digest.sha256(Array("merge ".utf8) + commit.bytes)
  }

  /// No change at all.
  package static let none = ChangeDigest([])
}

/// Who first brought each change, so that an agent's change is known again when its signals are gone,
/// and a person's stays hers when an agent brings it once more.
///
/// In `$GIT_DIR/hookkit/changes-2/`: records of 24 bytes by the first 20 bytes of the digest, and entries
/// of 24 bytes in the order of recording, each the commit that brought the change and its arrival.
package struct ChangeMemory: Sendable {
  private let folder: String
  private let records: RecordStore
  private let earlierFolder: String

  /// Who brought a change first.
  package struct Bringer: Hashable, Sendable {
    package let commit: ObjectID
    /// The number of the commit's arrival.
    package let arrival: UInt32
    package let grade: Grade

    package init(commit: ObjectID, arrival: UInt32, grade: Grade) {
      self.commit = commit
      self.arrival = arrival
      self.grade = grade
    }
  }

  /// How sure it was that an agent brought it.
  package enum Grade: UInt32, Sendable {
    case notAnAgent, suspected, declared, attested
  }

  private static let entrySize = 24
  private var entriesPath: String { folder + "/entries" }

  package init(_ state: ServerState) {
    folder = state.folder + "/changes-2"
    records = RecordStore(folder: folder)
    earlierFolder = state.folder + "/changes"
  }

  /// Whether anything is remembered at all.
  package var exists: Bool { FileBytes.kind(folder) == .folder }

  private static func name(_ change: ChangeDigest) -> ObjectID {
    ObjectID(raw: change.bytes.prefix(ObjectID.byteCount)) ?? .zero
  }

  /// The changes as they are at one moment.
  package struct Reader {
    fileprivate let records: RecordStore.Snapshot
    fileprivate let entries: MappedFile?

    package func bringer(of change: ChangeDigest) -> Bringer? {
      guard let value = records.value(of: ChangeMemory.name(change)),
        let grade = Grade(rawValue: value.grade)
      else { return nil }
      let start = Int(value.number) * entrySize
      guard let raw = entries?.bytes, raw.count >= start + entrySize,
        let commit = ObjectID(raw: UnsafeRawBufferPointer(rebasing: raw[start...]))
      else {
        // A crash of the whole machine took the entry: whoever it was came first all the same.
        return Bringer(commit: .zero, arrival: 0, grade: grade)
      }
      let arrival = raw.loadUnaligned(
        fromByteOffset: start + ObjectID.byteCount, as: UInt32.self
      ).bigEndian
      return Bringer(commit: commit, arrival: arrival, grade: grade)
    }
  }

  package func reader() throws(SystemError) -> Reader {
    let snapshot = try records.snapshot()
    guard !snapshot.isEmpty else { return Reader(records: snapshot, entries: nil) }
    return Reader(records: snapshot, entries: try MappedFile(entriesPath))
  }

  /// Takes over what a hookkit from before arrivals remembered of agents: digests of 32 bytes in 256 files
  /// of `$GIT_DIR/hookkit/changes/`, without who brought them.
  package func takeOver() throws(SystemError) {
    let size = Digest.byteCount
    for name in try FileBytes.names(in: earlierFolder) {
      guard let bytes = try? FileBytes.read("\(earlierFolder)/\(name)", limit: Self.longestEarlier)
      else { continue }
      let digests = stride(from: 0, to: bytes.count - bytes.count % size, by: size)
      try add(
        digests.map { start in
          let bringer = Bringer(commit: .zero, arrival: 0, grade: .attested)
          return (ChangeDigest(bytes: Array(bytes[start..<(start + size)])), bringer)
        })
    }
  }

  private static let longestEarlier = 64 << 20

  /// Remembers changes that nobody has brought before.
  package func add(
    _ changes: [(change: ChangeDigest, bringer: Bringer)]
  ) throws(SystemError) {
    guard !changes.isEmpty else { return }
    var writer = try records.writer()
    var seen: Set<ObjectID> = []
    let fresh = changes.filter { entry in
      let name = Self.name(entry.change)
      return writer.snapshot.value(of: name) == nil && seen.insert(name).inserted
    }
    guard !fresh.isEmpty else { return }
    let file = try LockedFile(entriesPath)
    let torn = try file.count % Self.entrySize
    if torn != 0 { try file.truncate(to: file.count - torn) }
    // Places that records name and whose entries a crash of the machine has taken stay empty.
    let end = try file.count / Self.entrySize
    let first = writer.lastNumber == 0 ? end : max(end, Int(writer.lastNumber) + 1)
    try file.append(
      [UInt8](repeating: 0, count: (first - end) * Self.entrySize)
        + fresh.flatMap { entry in
          entry.bringer.commit.bytes
            + withUnsafeBytes(of: entry.bringer.arrival.bigEndian, Array.init)
        }, durable: writer.settles(adding: fresh.count))
    try writer.add(
      fresh.enumerated().map { place, entry in
        let value = RecordStore.Value(
          number: UInt32(clamping: first + place), grade: entry.bringer.grade.rawValue)
        return (Self.name(entry.change), value)
      })
  }
}
