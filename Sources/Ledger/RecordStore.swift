package import Platform
package import Primitives

/// What is kept for each of very many names of 20 bytes: a number of 28 bits, which only ever gets
/// smaller, and four bits beside it.
///
/// Records are of one size, 24 bytes, and none is all zeros, which a crash of the whole machine may leave.
/// New ones go to the end of a log; when that is full, they are
/// sorted into a file of their own, and files of like size are merged, so that a name is looked up in a
/// handful of places however many there are. Whoever reads or writes holds a lock on the log.
package struct RecordStore: Sendable {
  private let folder: String

  /// What is kept for one name.
  package struct Value: Hashable, Sendable {
    package var bits: UInt32

    package init(bits: UInt32) {
      self.bits = bits
    }

    /// - Parameters:
    ///   - number: at most ``mostNumber``; of two records of one name the smaller number counts.
    ///   - grade: 0 to 7; goes with the number.
    ///   - isKept: stays set once it is in any record of the name.
    package init(number: UInt32, grade: UInt32 = 0, isKept: Bool = false) {
      bits = number | grade << 28 | (isKept ? Self.keptBit : 0)
    }

    private static let keptBit: UInt32 = 1 << 31
    package static let mostNumber: UInt32 = 1 << 28 - 1

    package var number: UInt32 { bits & Self.mostNumber }
    package var grade: UInt32 { bits >> 28 & 7 }
    package var isKept: Bool { bits & Self.keptBit != 0 }

    /// What two records of one name say together.
    func joined(with other: Value) -> Value {
      let first = (other.number, ~other.grade) < (number, ~grade) ? other : self
      return Value(
        number: first.number, grade: first.grade, isKept: isKept || other.isKept)
    }
  }

  package typealias Record = (name: ObjectID, value: Value)

  static let recordSize = 24
  /// Most records of the log. A look-up goes through all of them, so they are few.
  static let logLimit = 1024
  private static let header = Array("hookkit.records/1\n\0\0\0\0\0\0".utf8)
  /// Most bytes of a log that is read: as many as a writer lets it grow.
  private static let longestLog = logLimit * recordSize

  package init(folder: String) {
    self.folder = folder
  }

  private var logPath: String { folder + "/log" }
  private func path(_ segment: Int) -> String { folder + "/sorted-\(segment)" }

  // MARK: Reading

  /// The store as it is at one moment.
  package struct Snapshot {
    fileprivate var log: [UInt8]
    fileprivate var segments: [Segment]

    /// Knows nothing.
    package init() {
      log = []
      segments = []
    }

    fileprivate init(log: [UInt8], segments: [Segment]) {
      self.log = log
      self.segments = segments
    }

    package var isEmpty: Bool { log.isEmpty && segments.isEmpty }

    /// What is kept for a name; `nil` for nothing.
    package func value(of name: ObjectID) -> Value? {
      var found: Value?
      log.withUnsafeBytes { raw in
        for start in stride(from: 0, to: raw.count - recordSize + 1, by: recordSize)
        where raw.loadUnaligned(fromByteOffset: start, as: UInt64.self).bigEndian == name.prefix {
          let record = RecordStore.record(raw, at: start)
          if record.name == name { found = found?.joined(with: record.value) ?? record.value }
        }
      }
      for segment in segments {
        if let value = segment.value(of: name) { found = found?.joined(with: value) ?? value }
      }
      return found
    }
  }

  /// A file of sorted records, each name once.
  fileprivate struct Segment {
    let number: Int
    let file: MappedFile
    let count: Int

    init(_ path: String, number: Int) throws(SystemError) {
      self.number = number
      file = try MappedFile(path)
      let body = file.bytes.count - RecordStore.header.count
      guard body >= 0, body % recordSize == 0,
        file.bytes.prefix(RecordStore.header.count).elementsEqual(RecordStore.header)
      else { throw SystemError("read", path, .malformed) }
      count = body / recordSize
    }

    func record(_ index: Int) -> Record {
      RecordStore.record(file.bytes, at: RecordStore.header.count + index * recordSize)
    }

    /// Names are digests, so the place of one can be told from its first bytes to within a few.
    func value(of name: ObjectID) -> Value? {
      guard count > 0 else { return nil }
      let guess = Int(UInt64(count).multipliedFullWidth(by: name.prefix).high)
      var low = 0
      var high = count
      var step = 8
      if record(guess).name < name {
        low = guess + 1
        while low + step < count, record(low + step).name < name {
          low += step + 1
          step *= 2
        }
        high = min(count, low + step)
      } else {
        high = guess
        while high - step >= 0, record(high - step).name >= name {
          high -= step
          step *= 2
        }
        low = max(0, high - step)
      }
      while low < high {
        let middle = low + (high - low) / 2
        if record(middle).name < name { low = middle + 1 } else { high = middle }
      }
      guard low < count else { return nil }
      let found = record(low)
      return found.name == name ? found.value : nil
    }
  }

  /// The records of a log.
  private struct Logged {
    let bytes: [UInt8]
    var count: Int { bytes.count / recordSize }

    func record(_ index: Int) -> Record {
      bytes.withUnsafeBytes { RecordStore.record($0, at: index * recordSize) }
    }
  }

  private static func record(_ raw: UnsafeRawBufferPointer, at start: Int) -> Record {
    let name = ObjectID(raw: UnsafeRawBufferPointer(rebasing: raw[start...])) ?? .zero
    return (name, value(raw, at: start))
  }

  private static func value(_ raw: UnsafeRawBufferPointer, at start: Int) -> Value {
    let bits = raw.loadUnaligned(fromByteOffset: start + ObjectID.byteCount, as: UInt32.self)
    return Value(bits: ~bits.bigEndian)
  }

  /// - Throws: `SystemError`: a file that cannot be read or is not one of these. A store that is not
  ///   there is empty.
  package func snapshot() throws(SystemError) -> Snapshot {
    let lock: LockedFile
    do throws(SystemError) {
      lock = try LockedFile(reading: logPath)
    } catch  where error.isMissing {
      return Snapshot()
    }
    return try snapshot(under: lock, after: nil)
  }

  private func snapshot(
    under lock: borrowing LockedFile, after known: Snapshot?
  ) throws(SystemError) -> Snapshot {
    guard try lock.count < Self.longestLog + Self.recordSize else {
      throw SystemError("read", logPath, .tooLarge(limit: Self.longestLog))
    }
    // A record that a killed process left unfinished is none: its push did not go on either.
    var log = try lock.tail(Self.longestLog + Self.recordSize)
    log.removeLast(log.count % Self.recordSize)
    // Sorting empties the log: as long as it only grows, the sorted files are the same.
    if let known, !known.log.isEmpty, log.starts(with: known.log) {
      return Snapshot(log: log, segments: known.segments)
    }
    var segments: [Segment] = []
    for number in try segmentNumbers() {
      segments.append(try Segment(path(number), number: number))
    }
    return Snapshot(log: log, segments: segments)
  }

  /// The numbers of the sorted files, the oldest first.
  private func segmentNumbers() throws(SystemError) -> [Int] {
    try FileBytes.names(in: folder).compactMap { name in
      name.hasPrefix("sorted-") ? Int(name.dropFirst("sorted-".count)) : nil
    }.sorted()
  }

  // MARK: Writing

  /// The store held for writing: nobody else reads or writes it meanwhile.
  package struct Writer: ~Copyable {
    private let store: RecordStore
    private let log: LockedFile
    package private(set) var snapshot: Snapshot
    private var logged: Logged { Logged(bytes: snapshot.log) }

    fileprivate init(_ store: RecordStore, after known: Snapshot?) throws(SystemError) {
      let log = try store.lockedLog()
      let torn = try log.count % RecordStore.recordSize
      if torn != 0 { try log.truncate(to: log.count - torn) }
      snapshot = try store.snapshot(under: log, after: known)
      self.store = store
      self.log = log
    }

    /// The greatest number of a record that may not be on disk yet. What such numbers stand for may be
    /// gone after a crash of the whole machine, and must not be given again.
    package var lastNumber: UInt32 {
      snapshot.log.withUnsafeBytes { raw in
        stride(from: 0, to: raw.count, by: RecordStore.recordSize).reduce(0) {
          max($0, RecordStore.value(raw, at: $1).number)
        }
      }
    }

    /// Whether adding so many records puts them, and those of the log, on disk for good. What their
    /// numbers stand for has to be there before.
    package func settles(adding count: Int) -> Bool {
      logged.count + count > RecordStore.logLimit
    }

    /// Adds records. They are on disk at once where they are many; a few that a crash of the whole
    /// machine takes away leave their names unknown.
    ///
    /// - Parameter drops: told each record that a merge comes upon; what it says yes to is not kept on.
    package mutating func add(
      _ records: [Record], drops: (Value) -> Bool = { _ in false }
    ) throws(SystemError) {
      guard !records.isEmpty else { return }
      guard settles(adding: records.count) else {
        let bytes = RecordStore.bytes(of: records)
        try log.append(bytes, durable: false)
        snapshot.log += bytes
        return
      }
      try sortIn((0..<logged.count).map { logged.record($0) } + records, drops: drops)
      try log.truncate(to: 0)
      snapshot.log = []
    }

    /// Makes a sorted file of the records, together with the last ones that are not much larger.
    private mutating func sortIn(
      _ records: [Record], drops: (Value) -> Bool
    ) throws(SystemError) {
      var merged = RecordStore.sorted(records)
      var replaced: [Int] = []
      while let last = snapshot.segments.last, last.count <= 3 * merged.count {
        merged = RecordStore.merge(last, with: merged, dropping: drops)
        replaced.append(last.number)
        snapshot.segments.removeLast()
      }
      let number = (replaced.max() ?? snapshot.segments.last?.number ?? 0) + 1
      // The new file first: a process that ends between the two leaves records twice, which is no harm.
      try FileBytes.replace(
        store.path(number), with: RecordStore.header + RecordStore.bytes(of: merged), mode: 0o600)
      for old in replaced { try FileBytes.remove(store.path(old)) }
      snapshot.segments.append(try Segment(store.path(number), number: number))
    }
  }

  /// - Parameter known: the store as it was shortly before.
  package func writer(after known: Snapshot? = nil) throws(SystemError) -> Writer {
    try Writer(self, after: known)
  }

  private func lockedLog() throws(SystemError) -> LockedFile {
    do throws(SystemError) {
      return try LockedFile(logPath)
    } catch  where error.isMissing {
      try FileBytes.makeFolder(folder, mode: 0o700)
      return try LockedFile(logPath)
    }
  }

  private static func bytes(of records: [Record]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: records.count * recordSize) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      for (index, record) in records.enumerated() {
        let start = index * recordSize
        record.name.write(to: UnsafeMutableRawBufferPointer(rebasing: raw[start...]))
        raw.storeBytes(
          of: (~record.value.bits).bigEndian, toByteOffset: start + ObjectID.byteCount,
          as: UInt32.self)
      }
      count = records.count * recordSize
    }
  }

  /// In the order of the names, each once.
  private static func sorted(_ records: [Record]) -> [Record] {
    var result: [Record] = []
    result.reserveCapacity(records.count)
    for record in records.sorted(by: { $0.name < $1.name }) {
      if let last = result.last, last.name == record.name {
        result[result.count - 1].value = last.value.joined(with: record.value)
      } else {
        result.append(record)
      }
    }
    return result
  }

  private static func merge(
    _ segment: Segment, with records: [Record], dropping drops: (Value) -> Bool
  ) -> [Record] {
    var result: [Record] = []
    result.reserveCapacity(segment.count + records.count)
    func add(_ record: Record) {
      if !drops(record.value) { result.append(record) }
    }
    var next = 0
    for index in 0..<segment.count {
      var own = segment.record(index)
      while next < records.count, records[next].name < own.name {
        add(records[next])
        next += 1
      }
      if next < records.count, records[next].name == own.name {
        own.value = own.value.joined(with: records[next].value)
        next += 1
      }
      add(own)
    }
    for record in records[next...] { add(record) }
    return result
  }
}
