package import Ledger
package import Primitives

extension Receipts.Receipt {
  /// The receipt in a landing. Account and reference are written as hexadecimal digits, because they
  /// are bytes and JSON holds text.
  package var record: JSON {
    [
      "tip": .text(tip.hex), "time": .integer(time),
      "account": account.map { .text(Hex.string($0)) } ?? .null,
      "ref": .text(Hex.string(ref.bytes)),
    ]
  }

  /// Reads what `record` wrote; `nil` for anything else.
  package init?(record: JSON) {
    guard let tip = record["tip"]?.bytes.flatMap({ ObjectID(hex: $0) }),
      let time = record["time"]?.integer,
      let ref = record["ref"]?.bytes.flatMap({ Hex.decode($0) })
    else { return nil }
    let account = record["account"]?.bytes
    guard let name = account.map({ Hex.decode($0) }) ?? .some(nil) else { return nil }
    self.init(tip: tip, time: time, account: name, ref: RefName(ref))
  }
}
