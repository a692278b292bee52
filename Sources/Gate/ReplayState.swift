internal import Git
internal import Ledger
internal import Primitives

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

/// The receipts that the server wrote into a landing. What agents have brought before is not in it, so
/// a replay may be milder there than the server was, and never stricter.
struct ReplayMemory: PushMemory {
  private let known: [ObjectID: [Receipts.Receipt]]
  var remembersChanges: Bool { false }

  /// - Parameter coverage: of a landing; `nil` is given for receipts that hookkit does not write.
  init?(coverage: JSON) {
    var known: [ObjectID: [Receipts.Receipt]] = [:]
    for record in coverage["receipts"]?.array ?? [] {
      guard let receipt = Receipts.Receipt(record: record) else { return nil }
      known[receipt.tip, default: []].append(receipt)
    }
    self.known = known
  }

  func receipts(of tip: ObjectID) -> [Receipts.Receipt] { known[tip] ?? [] }
  func isAgents(_ change: ChangeDigest) -> Bool { false }
}
