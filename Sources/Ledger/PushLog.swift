internal import Platform
internal import Primitives

/// The pushes that brought something, in the order in which they were recorded: by whom, when, to which
/// reference. One entry for each reference that brought something of its own.
///
/// An entry is named by its place in the file, in units of eight bytes, so that a smaller number is an
/// earlier push whatever the clock says. Entries are never moved; only their state changes.
struct PushLog {
  private let path: String

  private static let header = Array("hkpush/1".utf8)
  private static let unit = 8
  private static let fixedCount = 16
  /// Most bytes of a name that is kept whole; git and hosts give far shorter ones.
  private static let longestName = 4096

  struct Entry {
    let state: State
    let account: [UInt8]?
    let ref: [UInt8]
    let time: Int64
  }

  /// Zero is none of them: that is what a crash of the whole machine may leave of an entry.
  enum State: UInt8 {
    /// Not let in, or not yet.
    case pending = 1
    /// What it brought is in the store.
    case kept
    /// What was in the store without any push that is on record.
    case nobodys
  }

  init(folder: String) {
    path = folder + "/pushes"
  }

  // MARK: Reading

  struct Reader {
    private let file: MappedFile?

    fileprivate init(_ file: MappedFile?) {
      self.file = file
    }

    /// The entry of this number; `nil` for one that was lost, whose commits are nobody's then.
    func entry(_ number: UInt32) -> Entry? {
      guard let raw = file?.bytes else { return nil }
      let start = Int(number) * unit
      guard start >= header.count, raw.count >= start + fixedCount,
        let state = State(rawValue: raw[start])
      else { return nil }
      func length(_ offset: Int) -> Int {
        Int(raw.loadUnaligned(fromByteOffset: start + offset, as: UInt16.self).bigEndian)
      }
      let hasAccount = raw[start + 1] == 1
      let names = start + fixedCount
      let (accountCount, refCount) = (length(2), length(4))
      guard raw.count >= names + accountCount + refCount else { return nil }
      return Entry(
        state: state, account: hasAccount ? Array(raw[names..<(names + accountCount)]) : nil,
        ref: Array(raw[(names + accountCount)..<(names + accountCount + refCount)]),
        time: Int64(
          bitPattern: raw.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self).bigEndian))
    }
  }

  func reader() throws(SystemError) -> Reader {
    do throws(SystemError) {
      return Reader(try MappedFile(path))
    } catch  where error.isMissing {
      return Reader(nil)
    }
  }

  // MARK: Writing

  /// Adds entries behind the others; the caller holds the lock of the records.
  ///
  /// - Parameter last: the greatest number that a record names. A crash of the whole machine may have
  ///   taken its entry away, and another push must not come to stand in its place.
  /// - Returns: the number of each, and how many bytes it takes.
  func add(
    _ entries: [Entry], behind last: UInt32
  ) throws(SystemError) -> [(number: UInt32, size: Int)] {
    let file = try LockedFile(path)
    var bytes: [UInt8] = []
    var start = try file.count
    if start < Self.header.count {
      try file.truncate(to: 0)
      bytes = Self.header
      start = 0
    }
    // What a killed process left unfinished is filled up: entries begin at whole units.
    let end = start + bytes.count
    let whole = (end + Self.unit - 1) / Self.unit
    bytes += [UInt8](repeating: 0, count: max(whole, Int(last) + 1) * Self.unit - end)
    var places: [(number: UInt32, size: Int)] = []
    for entry in entries {
      let place = start + bytes.count
      guard place / Self.unit <= RecordStore.Value.mostNumber else {
        throw SystemError("write", path, .tooLarge(limit: Int(RecordStore.Value.mostNumber)))
      }
      let encoded = Self.bytes(of: entry)
      places.append((UInt32(place / Self.unit), encoded.count))
      bytes += encoded
    }
    try file.append(bytes, durable: false)
    return places
  }

  /// Waits until all entries are on disk: records that name them are about to be.
  func flush() throws(SystemError) {
    try LockedFile(path).flush()
  }

  /// Says that what these pushes brought is in the store.
  func keep(_ numbers: [UInt32]) throws(SystemError) {
    let file = try WritableFile(path)
    for number in numbers {
      try file.write([State.kept.rawValue], at: Int(number) * Self.unit)
    }
  }

  /// How many bytes an entry takes.
  static func size(of entry: Entry) -> Int { bytes(of: entry).count }

  private static func bytes(of entry: Entry) -> [UInt8] {
    let account = (entry.account ?? []).prefix(longestName)
    let ref = entry.ref.prefix(longestName)
    func two(_ count: Int) -> [UInt8] { [UInt8(count >> 8 & 255), UInt8(count & 255)] }
    let time = UInt64(bitPattern: entry.time)
    var bytes: [UInt8] =
      [entry.state.rawValue, entry.account == nil ? 0 : 1] + two(account.count) + two(ref.count)
      + [0, 0] + (0..<8).map { UInt8(time >> (56 - 8 * UInt64($0)) & 255) }
    bytes += account + ref
    return bytes + [UInt8](repeating: 0, count: (unit - bytes.count % unit) % unit)
  }
}
