internal import Git
internal import Ledger
internal import Primitives
internal import Signing

/// The protected references as they stood before one landing.
struct ReplayReferences: ReferenceReading {
  let tips: [RefName: ObjectID]
  /// The branch that the server's HEAD names.
  let home: RefName?
  let ledger: ObjectID

  func resolve(_ name: RefName) -> ObjectID? {
    if name == .ledger { return ledger.isZero ? nil : ledger }
    return tips[name]
  }

  func head() -> RefName? { home }

  func list(prefix: [UInt8]) -> [(name: RefName, id: ObjectID)] {
    tips.filter { $0.key.bytes.starts(with: prefix) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }
}

/// How commits came, as the server wrote it beside a landing. What agents have brought before is not in
/// it, so a replay may be milder there than the server was, and never stricter.
struct ReplayMemory: PushMemory {
  private let arrivals: LandedArrivals
  /// Of a landing from before arrivals were recorded.
  private var earlier: [ObjectID: Arrival] = [:]
  var remembersChanges: Bool { false }

  /// - Parameter statement: of a landing, which carried receipts of pushed tips before there were
  ///   arrivals; `nil` is given for such as hookkit did not write.
  init?(_ arrivals: LandedArrivals, receiptsOf statement: LandingStatement, in objects: ObjectStore)
  {
    self.arrivals = arrivals
    let receipts = statement.coverage["receipts"]?.array ?? []
    var dated: [(tip: ObjectID, time: Int64, arrival: Arrival)] = []
    for record in receipts {
      guard let tip = record["tip"]?.bytes.flatMap({ ObjectID(hex: $0) }),
        let time = record["time"]?.integer,
        let ref = record["ref"]?.bytes.flatMap({ Hex.decode($0) })
      else { return nil }
      let account = record["account"]?.bytes
      guard let name = account.map({ Hex.decode($0) }) ?? .some(nil) else { return nil }
      dated.append((tip, time, Arrival(.pushed(by: name, to: RefName(ref), at: time))))
    }
    // A commit came with the earliest tip above it.
    for receipt in dated.sorted(by: { $0.time < $1.time }) {
      var walk = HistoryWalk()
      walk.run(from: receipt.tip) { id, isCommit in
        guard earlier[id] == nil, id != statement.old else { return nil }
        guard let link = objects.link(id, isCommit: isCommit) else { return nil }
        earlier[id] = receipt.arrival
        return link
      }
    }
  }

  func arrival(of id: ObjectID) -> Arrival? { arrivals[id] ?? earlier[id] }
  func firstBringer(of change: ChangeDigest) -> ChangeMemory.Bringer? { nil }
}

/// What had landed before one landing.
struct ReplayLandings: LandingReading {
  let index: LandingIndex
  let places: LandedPlaces
  let objects: ObjectStore

  func landed(
    where counts: @escaping (RefName) -> Bool, adopted: @escaping (RefName, ObjectID) -> Bool
  ) -> LandedCommits {
    LandedCommits(places, counts, adopted, in: objects)
  }

  func lastTip(of name: RefName) -> ObjectID? { index.lastTip(of: name, in: objects) }
}
