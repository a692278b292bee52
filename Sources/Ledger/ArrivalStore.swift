package import Git
package import Platform
package import Primitives
internal import Signing

/// Who first brought each commit and tag object to this repository, in `$GIT_DIR/hookkit/arrivals/`.
///
/// Recorded in the push that brings it, before anything is known of the verdict: an agent's commits must
/// still be the agent's when a person pushes them next, also after a refusal. First is the order of
/// recording under a lock, never a clock. What accepted pushes have brought is kept for ever, at 24 bytes
/// an object; what a refused push brought is kept for a year, as far as a limit for each pusher goes.
package struct ArrivalStore: Sendable {
  private let folder: String
  private let records: RecordStore
  private let pushes: PushLog
  /// Seconds for which is remembered what a refused push has brought.
  package static let memory: Int64 = 366 * 86_400

  package init(_ state: ServerState) {
    folder = state.folder + "/arrivals"
    records = RecordStore(folder: folder)
    pushes = PushLog(folder: folder)
  }

  // MARK: Reading

  /// The arrivals as they are at one moment.
  package struct Reader {
    fileprivate let records: RecordStore.Snapshot
    fileprivate let pushes: PushLog.Reader

    /// How an object came; `nil` for one that is not on record.
    package func arrival(of id: ObjectID) -> Arrival? {
      records.value(of: id).map { Self.arrival($0.number, pushes) }
    }

    fileprivate static func arrival(_ number: UInt32, _ pushes: PushLog.Reader) -> Arrival {
      guard number > 0 else { return Arrival(.baseline) }
      guard let entry = pushes.entry(number), entry.state != .nobodys else {
        return Arrival(.nobody, number: number)
      }
      let source = Arrival.Source.pushed(
        by: entry.account, to: RefName(entry.ref), at: entry.time)
      return Arrival(source, number: number)
    }

    /// Whether an object is on record as in the store, and with it all that it continues.
    fileprivate func isKept(_ id: ObjectID) -> Bool {
      guard let value = records.value(of: id) else { return false }
      return value.isKept || value.number == 0
        || pushes.entry(value.number).map { $0.state != .pending } ?? true
    }
  }

  package func reader() throws(SystemError) -> Reader {
    // The records first: an entry is there before any record names it.
    let snapshot = try records.snapshot()
    return Reader(records: snapshot, pushes: try pushes.reader())
  }

  // MARK: Recording

  /// What a push has brought, recorded as not let in yet.
  package struct Recorded: Sendable {
    /// The number of the push; zero when it brought nothing new.
    package fileprivate(set) var number: UInt32 = 0
    fileprivate var pushes: [UInt32] = []
    /// What refused pushes had brought before.
    fileprivate var again: [RecordStore.Record] = []

    fileprivate init() {}
  }

  package enum Problem: Error {
    case system(SystemError)
    case git(GitError)
    /// The pusher's refused pushes take up all that is kept of one pusher's.
    case full(limit: Int)
  }

  /// What one reference of a push brings.
  private typealias Brought = (push: PushLog.Entry, ids: [ObjectID])

  /// Records all that a push brings and nobody has brought before.
  ///
  /// - Parameters:
  ///   - updates: of the push; a deletion brings nothing.
  ///   - stored: opens the repository's objects, with the push's own; not asked for by most pushes.
  ///   - incoming: the push's own objects alone. What is in the store and not in there, without a record,
  ///     was brought by nobody.
  ///   - limit: most objects of refused pushes that are remembered for one pusher.
  package func record(
    _ updates: [RefUpdate], by account: [UInt8]?, at time: Int64,
    stored: () throws(GitError) -> ObjectStore, incoming: ObjectStore?, limit: Int
  ) throws(Problem) -> Recorded {
    var recorded = Recorded()
    var hasRoom = true
    var failure: GitError?
    do throws(SystemError) {
      let reader = try reader()
      var store: ObjectStore?
      let found = try brought(
        by: updates, of: account, at: time, incoming: incoming, reader, again: &recorded.again
      ) { id, isCommit in
        do throws(GitError) {
          if store == nil { store = try stored() }
          return store?.link(id, isCommit: isCommit)
        } catch {
          failure = error
          return nil
        }
      }
      if failure == nil, !found.isEmpty {
        let bucket = RefusedBucket(folder: folder, account: account)
        hasRoom = try write(
          found, into: &recorded, bucket, after: reader.records, at: time, limit: limit)
      }
    } catch {
      throw .system(error)
    }
    if let failure { throw .git(failure) }
    guard hasRoom else { throw .full(limit: limit) }
    return recorded
  }

  /// Goes through what is not on record as being in the store.
  ///
  /// - Parameter again: is given what refused pushes had brought before.
  private func brought(
    by updates: [RefUpdate], of account: [UInt8]?, at time: Int64, incoming: ObjectStore?,
    _ reader: Reader, again: inout [RecordStore.Record],
    stored: (ObjectID, Bool) -> ObjectStore.HistoryLink?
  ) throws(SystemError) -> [Brought] {
    var found: [Brought] = []
    var nobodys: [ObjectID] = []
    var walk = HistoryWalk()
    for update in updates where !update.isDeletion {
      var own: [ObjectID] = []
      walk.run(from: update.new) { id, isCommit in
        if reader.isKept(id) { return nil }
        let mine = incoming?.link(id, isCommit: isCommit)
        guard let link = mine ?? stored(id, isCommit), link.isHistory else {
          return nil
        }
        if let before = reader.records.value(of: id) {
          again.append((id, RecordStore.Value(number: before.number, isKept: true)))
        } else if mine != nil {
          own.append(id)
        } else {
          nobodys.append(id)
        }
        return link
      }
      guard !own.isEmpty else { continue }
      let push = PushLog.Entry(
        state: .pending, account: account, ref: update.name.bytes, time: time)
      found.append((push, own))
    }
    guard !nobodys.isEmpty else { return found }
    return found + [(PushLog.Entry(state: .nobodys, account: nil, ref: [], time: time), nobodys)]
  }

  /// - Returns: false when the pusher's bucket is full; nothing is written then.
  private func write(
    _ found: [Brought], into recorded: inout Recorded, _ bucket: RefusedBucket,
    after known: RecordStore.Snapshot, at time: Int64, limit: Int
  ) throws(SystemError) -> Bool {
    var writer = try records.writer(after: known)
    // Another push may have been faster since the walk.
    let fresh = found.map { brought in
      (brought.push, brought.ids.filter { writer.snapshot.value(of: $0) == nil })
    }.filter { !$0.1.isEmpty }
    var bucket = try bucket.open()
    if bucket.used(since: time - Self.memory) >= limit {
      // A hook that was killed may have left pushes there that were let in.
      let pushes = try pushes.reader()
      try bucket.remove { pushes.entry($0)?.state != .pending }
      guard bucket.used(since: time - Self.memory) < limit else { return fresh.isEmpty }
    }
    let places = try pushes.add(fresh.map(\.0), behind: writer.lastNumber)
    var new: [RecordStore.Record] = []
    var costs: [RefusedBucket.Entry] = []
    for (place, (push, ids)) in zip(places, fresh) {
      let value = RecordStore.Value(number: place.number)
      new += ids.map { ($0, value) }
      guard push.state == .pending else { continue }
      recorded.pushes.append(place.number)
      let cost = ids.count + Self.cost(of: push)
      costs.append(.init(number: place.number, cost: UInt32(clamping: cost), time: time))
    }
    recorded.number = recorded.pushes.first ?? 0
    try bucket.add(costs)
    if writer.settles(adding: new.count) { try pushes.flush() }
    try writer.add(new, drops: forgotten(at: time))
    return true
  }

  /// Whether a record is of a push that was refused so long ago that it is forgotten.
  private func forgotten(at time: Int64) -> (RecordStore.Value) -> Bool {
    var reader: PushLog.Reader?
    var known: [UInt32: Bool] = [:]
    return { value in
      guard !value.isKept, value.number > 0 else { return false }
      if let answer = known[value.number] { return answer }
      if reader == nil { reader = try? pushes.reader() }
      let push = reader?.entry(value.number)
      let answer = push.map { $0.state == .pending && $0.time < time - Self.memory } ?? false
      known[value.number] = answer
      return answer
    }
  }

  /// Says that all that a push brought is referenced now: the push was let in.
  package func keep(
    _ recorded: Recorded, by account: [UInt8]?, at time: Int64
  ) throws(SystemError) {
    if !recorded.pushes.isEmpty {
      try pushes.keep(recorded.pushes)
      let kept = Set(recorded.pushes)
      var bucket = try RefusedBucket(folder: folder, account: account).open()
      try bucket.remove { kept.contains($0) }
    }
    try keep(recorded.again, at: time)
  }

  /// Says that these are referenced now, with all that they continue, though other parts of the push that
  /// brought them were refused, or waited.
  package func keep(
    reachableFrom tips: [ObjectID], in stored: ObjectStore, at time: Int64
  ) throws(SystemError) {
    let reader = try reader()
    var kept: [RecordStore.Record] = []
    var walk = HistoryWalk()
    for tip in tips {
      walk.run(from: tip) { id, isCommit in
        guard !reader.isKept(id), let link = stored.link(id, isCommit: isCommit), link.isHistory
        else { return nil }
        if let before = reader.records.value(of: id) {
          kept.append((id, RecordStore.Value(number: before.number, isKept: true)))
        }
        return link
      }
    }
    try keep(kept, at: time)
  }

  private func keep(_ kept: [RecordStore.Record], at time: Int64) throws(SystemError) {
    guard !kept.isEmpty else { return }
    var writer = try records.writer()
    if writer.settles(adding: kept.count) { try pushes.flush() }
    try writer.add(kept, drops: forgotten(at: time))
    let reader = try pushes.reader()
    var counts: [[UInt8]?: [UInt32: RefusedBucket.Release]] = [:]
    for record in kept {
      guard let push = reader.entry(record.value.number), push.state == .pending else { continue }
      let own = RefusedBucket.Release(objects: 0, rest: UInt32(Self.cost(of: push)))
      counts[push.account, default: [:]][record.value.number, default: own].objects += 1
    }
    for (account, counts) in counts {
      var bucket = try RefusedBucket(folder: folder, account: account).open()
      try bucket.release(counts)
    }
  }

  /// What the entry of a push takes up beside its objects, in records.
  private static func cost(of push: PushLog.Entry) -> Int {
    PushLog.size(of: push) / RecordStore.recordSize
  }

  // MARK: The baseline

  private var baselinePath: String { folder + "/baseline" }

  /// Whether what was here before hookkit is on record.
  package var hasBaseline: Bool { FileBytes.kind(baselinePath) == .file }

  /// Records what is here as having been here before hookkit, if nothing is on record yet.
  ///
  /// - Parameters:
  ///   - tips: every reference with what it points at, as it stands without the running push.
  ///   - stored: the repository's objects without those of the running push.
  ///   - earlier: what a hookkit from before arrivals has recorded.
  package func recordBaseline(
    _ tips: [(name: RefName, id: ObjectID)], in stored: ObjectStore, at time: Int64,
    earlier: EarlierRecords? = nil
  ) throws(SystemError) {
    var writer = try records.writer()
    guard !hasBaseline else { return }
    var walk = HistoryWalk()
    var new: [RecordStore.Record] = []
    func add(from tip: ObjectID, _ value: RecordStore.Value) {
      walk.run(from: tip) { id, isCommit in
        guard writer.snapshot.value(of: id) == nil,
          let link = stored.link(id, isCommit: isCommit), link.isHistory
        else { return nil }
        new.append((id, value))
        return link
      }
    }
    if let earlier {
      for tip in earlier.beginnings { add(from: tip, .init(number: 0)) }
      for receipt in earlier.receipts {
        let before = new.count
        let push = PushLog.Entry(
          state: .kept, account: receipt.account, ref: receipt.ref.bytes, time: receipt.time)
        add(from: receipt.tip, .init(number: 0))
        guard new.count > before,
          let place = try pushes.add([push], behind: writer.lastNumber).first
        else { continue }
        for index in before..<new.count { new[index].value = .init(number: place.number) }
      }
    }
    for tip in tips { add(from: tip.id, .init(number: 0)) }
    if earlier != nil, writer.settles(adding: new.count) { try pushes.flush() }
    try writer.add(new)
    try Self.write(tips, to: baselinePath, at: time)
  }

  /// The references of the baseline and where they stood.
  package func baseline() throws(SystemError) -> [(name: RefName, id: ObjectID)] {
    try Self.tips(in: baselinePath) ?? []
  }

  private var beginningsPath: String { folder + "/beginnings" }

  /// Whether it is on record which of the baseline's references were protected at first.
  package var hasBeginnings: Bool { FileBytes.kind(beginningsPath) == .file }

  /// The references of the baseline that were protected at first: everything at or below them has
  /// landed. None while that is not on record.
  package func beginnings() throws(SystemError) -> [(name: RefName, id: ObjectID)] {
    try Self.tips(in: beginningsPath) ?? []
  }

  /// Records which references were protected at first, if that is not on record yet. A rule that comes
  /// later lets nothing land behind it.
  package func recordBeginnings(
    _ tips: [(name: RefName, id: ObjectID)], at time: Int64
  ) throws(SystemError) {
    let writer = try records.writer()
    defer { _ = writer.snapshot }
    guard !hasBeginnings else { return }
    try Self.write(tips, to: beginningsPath, at: time)
  }

  private static func write(
    _ tips: [(name: RefName, id: ObjectID)], to path: String, at time: Int64
  ) throws(SystemError) {
    var text = Array("hookkit.baseline/1 \(time)\n".utf8)
    for tip in tips { text += Hex.encode(tip.id.bytes) + [0x20] + tip.name.bytes + [0x0a] }
    try FileBytes.replace(path, with: text, mode: 0o600)
  }

  private static let longestBaseline = 1 << 30

  static func tips(
    in path: String
  ) throws(SystemError) -> [(name: RefName, id: ObjectID)]? {
    guard let bytes = try FileBytes.readIfPresent(path, limit: longestBaseline) else { return nil }
    return bytes.split(separator: 0x0a).dropFirst().compactMap { line in
      guard line.count > ObjectID.hexCount + 1,
        let id = ObjectID(hex: line.prefix(ObjectID.hexCount))
      else { return nil }
      return (RefName(Array(line.dropFirst(ObjectID.hexCount + 1))), id)
    }
  }
}

/// Goes through history once, whatever it starts from.
package struct HistoryWalk {
  private var seen: Set<ObjectID> = []

  package init() {}

  /// - Parameter link: what an object continues; `nil` ends there.
  package mutating func run(
    from tip: ObjectID, _ link: (_ id: ObjectID, _ isCommit: Bool) -> ObjectStore.HistoryLink?
  ) {
    var pending = [(id: tip, isCommit: false)]
    while let (id, isCommit) = pending.popLast() {
      guard seen.insert(id).inserted, let link = link(id, isCommit) else { continue }
      // What a tag tags may be anything; a commit's parents are commits.
      let areCommits = link.kind == .commit
      for next in link.next where !seen.contains(next) { pending.append((next, areCommits)) }
    }
  }
}
