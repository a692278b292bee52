internal import Platform
internal import Primitives
internal import Signing

/// How much is remembered of what one pusher's refused pushes have brought: one small file a pusher, so
/// that nobody's refusals take up what others need.
struct RefusedBucket {
  private let folder: String
  private let path: String

  struct Entry: Equatable {
    /// The push that brought it.
    let number: UInt32
    /// In records.
    var cost: UInt32
    let time: Int64
  }

  /// What of one push is let in after all, in records.
  struct Release {
    var objects: UInt32
    /// What the push takes up beside its objects.
    let rest: UInt32
  }

  private static let entrySize = 16
  /// Most bytes that are read; far more than any limit lets a pusher fill.
  private static let longest = 1 << 28

  /// Longest account whose bucket is named by its bytes alone.
  private static let longestName = 100

  /// - Parameter account: `nil` for all of whom the host names none: they share one bucket.
  init(folder: String, account: [UInt8]?) {
    self.folder = folder + "/refused"
    let name = account.map { account in
      account.count <= Self.longestName
        ? Hex.string(account) : "long-" + Hex.string(Digest.sha256(account))
    }
    path = self.folder + "/" + (name ?? "unknown")
  }

  /// The bucket held open: no other push of its pusher changes it meanwhile.
  struct Open: ~Copyable {
    private let file: LockedFile
    private(set) var entries: [Entry]

    fileprivate init(_ file: consuming LockedFile) throws(SystemError) {
      entries = try RefusedBucket.entries(in: file)
      self.file = file
    }

    /// How many records the pusher's refused pushes take up that are still remembered.
    func used(since oldest: Int64) -> Int {
      entries.reduce(0) { $1.time < oldest ? $0 : $0 + Int($1.cost) }
    }

    mutating func add(_ new: [Entry]) throws(SystemError) {
      guard !new.isEmpty else { return }
      let torn = try file.count % entrySize
      if torn != 0 { try file.truncate(to: file.count - torn) }
      try file.append(new.flatMap(RefusedBucket.bytes), durable: false)
      entries += new
    }

    /// Takes pushes out: they were let in after all.
    mutating func remove(_ isLetIn: (UInt32) -> Bool) throws(SystemError) {
      try keep(entries.filter { !isLetIn($0.number) })
    }

    /// Takes parts of what pushes brought out: another push has brought them into the store. A push of
    /// which no object is left goes whole.
    mutating func release(_ counts: [UInt32: Release]) throws(SystemError) {
      var all = entries
      for index in all.indices {
        guard let count = counts[all[index].number] else { continue }
        all[index].cost -= min(count.objects, all[index].cost)
        if all[index].cost <= count.rest { all[index].cost = 0 }
      }
      try keep(all.filter { $0.cost > 0 })
    }

    /// What is unchanged at the beginning stays: the newest push, which is the last entry, goes by
    /// cutting it off. A hook that is killed between the two takes up less than it might.
    private mutating func keep(_ rest: [Entry]) throws(SystemError) {
      let same = zip(entries, rest).prefix { $0 == $1 }.count
      guard same < entries.count else { return }
      try file.truncate(to: same * entrySize)
      if same < rest.count {
        try file.append(rest[same...].flatMap(RefusedBucket.bytes), durable: false)
      }
      entries = rest
    }
  }

  func open() throws(SystemError) -> Open { try Open(lockedFile()) }

  private func lockedFile() throws(SystemError) -> LockedFile {
    do throws(SystemError) {
      return try LockedFile(path)
    } catch  where error.isMissing {
      try FileBytes.makeFolder(folder, mode: 0o700)
      return try LockedFile(path)
    }
  }

  private static func entries(in file: borrowing LockedFile) throws(SystemError) -> [Entry] {
    let bytes = try file.tail(longest)
    return bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count - raw.count % entrySize, by: entrySize).map { start in
        Entry(
          number: raw.loadUnaligned(fromByteOffset: start, as: UInt32.self).bigEndian,
          cost: raw.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self).bigEndian,
          time: Int64(
            bitPattern: raw.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self).bigEndian))
      }
    }
  }

  private static func bytes(_ entry: Entry) -> [UInt8] {
    withUnsafeBytes(of: entry.number.bigEndian, Array.init)
      + withUnsafeBytes(of: entry.cost.bigEndian, Array.init)
      + withUnsafeBytes(of: entry.time.bigEndian, Array.init)
  }
}
