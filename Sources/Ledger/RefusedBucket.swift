internal import Platform
internal import Primitives
internal import Signing

/// How much is remembered of what one pusher's refused pushes have brought: one small file a pusher, so
/// that nobody's refusals take up what others need.
struct RefusedBucket {
  private let folder: String
  private let path: String

  struct Entry {
    /// The push that brought it.
    let number: UInt32
    /// In records.
    var cost: UInt32
    let time: Int64
  }

  private static let entrySize = 16
  /// Most bytes that are read; far more than any limit lets a pusher fill.
  private static let longest = 1 << 28

  /// - Parameter account: `nil` for all of whom the host names none: they share one bucket.
  init(folder: String, account: [UInt8]?) {
    self.folder = folder + "/refused"
    let name = account.map { Hex.string(Digest.sha256($0).prefix(16)) } ?? "unknown"
    path = self.folder + "/" + name
  }

  /// How many records the pusher's refused pushes take up that are still remembered.
  func used(since oldest: Int64) throws(SystemError) -> Int {
    try entries().reduce(0) { $1.time < oldest ? $0 : $0 + Int($1.cost) }
  }

  func add(_ entries: [Entry]) throws(SystemError) {
    guard !entries.isEmpty else { return }
    let file: LockedFile
    do throws(SystemError) {
      file = try LockedFile(path)
    } catch  where error.isMissing {
      try FileBytes.makeFolder(folder, mode: 0o700)
      file = try LockedFile(path)
    }
    let torn = try file.count % Self.entrySize
    if torn != 0 { try file.truncate(to: file.count - torn) }
    try file.append(entries.flatMap(Self.bytes), durable: false)
  }

  /// Takes pushes out: they were let in after all.
  func remove(_ isLetIn: (UInt32) -> Bool) throws(SystemError) {
    let all = try entries()
    let rest = all.filter { !isLetIn($0.number) }
    guard rest.count < all.count else { return }
    // The newest push is the last entry as a rule, and goes by cutting it off.
    if all.prefix(rest.count).elementsEqual(rest, by: { $0.number == $1.number }) {
      try LockedFile(path).truncate(to: rest.count * Self.entrySize)
    } else {
      try replace(rest)
    }
  }

  /// Takes parts of what pushes brought out: another push has brought them into the store.
  ///
  /// - Parameter counts: of each push, how many records.
  func release(_ counts: [UInt32: UInt32]) throws(SystemError) {
    var all = try entries()
    for index in all.indices {
      all[index].cost -= min(counts[all[index].number] ?? 0, all[index].cost)
    }
    try replace(all.filter { $0.cost > 0 })
  }

  private func replace(_ entries: [Entry]) throws(SystemError) {
    try FileBytes.replace(path, with: entries.flatMap(Self.bytes), mode: 0o600, durable: false)
  }

  private func entries() throws(SystemError) -> [Entry] {
    guard let bytes = try FileBytes.readIfPresent(path, limit: Self.longest) else { return [] }
    return bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count - raw.count % Self.entrySize, by: Self.entrySize).map { start in
        Entry(
          number: raw.loadUnaligned(fromByteOffset: start, as: UInt32.self).bigEndian,
          cost: raw.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self).bigEndian,
          time: Int64(
            bitPattern: raw.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self).bigEndian))
      }
    }
  }

  private static func bytes(of entry: Entry) -> [UInt8] {
    withUnsafeBytes(of: entry.number.bigEndian, Array.init)
      + withUnsafeBytes(of: entry.cost.bigEndian, Array.init)
      + withUnsafeBytes(of: entry.time.bigEndian, Array.init)
  }
}
