internal import HookWire
internal import Primitives

/// Whatever git's side says, the hook answers at most once before it reports, and its report is
/// whole frames that end in one flush.
@Sendable package func fuzzProcReceive(_ bytes: [UInt8]) {
  var pending = bytes[...]
  var written: [[UInt8]] = []
  do {
    let dialogue = try ProcReceive(
      read: { count in
        let part = pending.prefix(count)
        pending = pending.dropFirst(part.count)
        return Array(part)
      }, write: { written.append($0) })
    let request = dialogue.request
    precondition(request.updates.allSatisfy { $0.name.isWellFormed }, "a name git would refuse")
    precondition(request.updates.count == Set(request.updates.map(\.name)).count, "a name twice")
    try dialogue.report(
      request.updates.map { update in
        update.isDeletion
          ? .fallThrough(update.name) : .refused(update.name, reason: update.name.bytes)
      })
    precondition(written.count == 2, "not one answer and one report")
    let frames = try PktLineDecoder.all(in: written[1])
    precondition(frames.lastIndex(of: .flush) == frames.firstIndex(of: .flush), "two flushes")
    precondition(frames.last == .flush, "the report has no end")
  } catch {
    precondition(error is ProcReceiveError, "an error of another kind")
    precondition(written.count <= 1, "a report in spite of an error")
  }
}
