internal import Git
internal import Ledger
internal import Primitives

/// How each commit of a range came to this server.
struct Arrivals: Sendable {
  /// In the order of the commits.
  let arrivals: [Arrival]
  /// The receipts that were found, for the landing: a clone that verifies it has no others.
  let receipts: [Receipts.Receipt]

  /// - Parameters:
  ///   - commits: each before its parents.
  ///   - index: the place of each commit among them.
  ///   - now: how what was never pushed before comes.
  init(
    of commits: [WalkedCommit], index: [ObjectID: Int], memory: any PushMemory, now: Arrival
  ) throws(GitError) {
    // A commit came with the earliest tip above it that was ever pushed, or else comes with this push.
    var earliest = [(time: Int64, arrival: Arrival)?](repeating: nil, count: commits.count)
    var found: [Receipts.Receipt] = []
    for (position, commit) in commits.enumerated() {
      // Only the first push of a tip counts: whoever pushes it a thousand times more adds nothing.
      let receipts = try memory.receipts(of: commit.id)
      if let receipt = receipts.min(by: { $0.time < $1.time }) {
        found.append(receipt)
        // Times are whole seconds. In the same second the tip's own receipt counts: whoever pushed what
        // lies above it can have pushed it only then too, or later.
        if receipt.time <= earliest[position]?.time ?? Int64.max {
          earliest[position] = (receipt.time, Arrival(account: receipt.account, ref: receipt.ref))
        }
      }
      guard let own = earliest[position] else { continue }
      for parent in commit.parents {
        guard let below = index[parent] else { continue }
        if own.time < earliest[below]?.time ?? Int64.max { earliest[below] = own }
      }
    }
    receipts = found
    arrivals = earliest.map { $0?.arrival ?? now }
  }
}
