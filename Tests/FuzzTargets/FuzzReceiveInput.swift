internal import HookWire
internal import Primitives

/// The readers of hook input agree with each other where their formats are the same, and what is
/// read is written as the same updates.
@Sendable package func fuzzReceiveInput(_ bytes: [UInt8]) {
  let transaction = try? TransactionInput.read(bytes)
  if let updates = try? ReceiveInput.read(bytes) {
    let written = ReceiveInput.write(updates)
    precondition(written.count == bytes.count, "bytes are lost")
    precondition((try? ReceiveInput.read(written)) == updates, "what is written is other updates")
    precondition(transaction?.map(\.refUpdate) == updates, "a transaction of it is another")
    precondition(Set(updates.map(\.name)).count == updates.count, "a name twice")
  }
  if let updates = try? PrePushInput.read(bytes) {
    precondition(updates.allSatisfy { $0.remote.name.isWellFormed }, "a name git would refuse")
  }
  _ = TransactionState(bytes)
  let arguments = bytes.split(separator: 0x20, omittingEmptySubsequences: false).map { Array($0) }
  _ = try? UpdateArguments.read(arguments)
  _ = try? PushOptions(arguments)
}
