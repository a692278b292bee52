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
  ///   - isPersons: whether an account is a person's. A receipt's time has seconds: within one, whoever
  ///     is no person counts as the first, so that nobody gains by haste.
  init(
    of commits: [WalkedCommit], index: [ObjectID: Int], memory: any PushMemory, now: Arrival,
    isPersons: ([UInt8]) -> Bool = { _ in true }
  ) throws(GitError) {
    // A commit came with the earliest tip above it that was ever pushed, or else comes with this push.
    var earliest = [Dated?](repeating: nil, count: commits.count)
    var found: [Receipts.Receipt] = []
    for (position, commit) in commits.enumerated() {
      // Only the first push of a tip counts: whoever pushes it a thousand times more adds nothing.
      let receipts = try memory.receipts(of: commit.id)
      if let receipt = receipts.min(by: { $0.time < $1.time }) {
        found.append(receipt)
        let own = Dated(
          time: receipt.time, isPersons: receipt.account.map(isPersons) ?? false,
          arrival: Arrival(account: receipt.account, ref: receipt.ref))
        // The receipt of the commit itself says more than that of one above it.
        if earliest[position].map({ !$0.precedes(own) }) ?? true { earliest[position] = own }
      }
      guard let own = earliest[position] else { continue }
      for parent in commit.parents {
        guard let below = index[parent] else { continue }
        if earliest[below].map({ own.precedes($0) }) ?? true { earliest[below] = own }
      }
    }
    receipts = found
    arrivals = earliest.map { $0?.arrival ?? now }
  }

  private struct Dated {
    let time: Int64
    let isPersons: Bool
    let arrival: Arrival

    func precedes(_ other: Dated) -> Bool {
      time == other.time ? !isPersons && other.isPersons : time < other.time
    }
  }
}
