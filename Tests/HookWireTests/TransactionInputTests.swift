import HookWire
import Primitives
import Testing

@Suite struct TransactionInputTests {
  private func read(_ text: String) throws(InputError) -> [TransactionUpdate] {
    try TransactionInput.read(Array(text.utf8))
  }

  @Test("plain updates are git's own three")
  func plain() throws {
    let updates = try read("\(Samples.oneText) \(Samples.twoText) refs/heads/main\n")
    #expect(updates.map(\.refUpdate) == [Samples.update("refs/heads/main")])
  }

  @Test("symbolic values and names outside refs/ are read, and are no plain updates")
  func symbolic() throws {
    let text =
      "ref:refs/heads/main ref:refs/heads/next HEAD\n"
      + "\(Samples.zeroText) ref:refs/heads/main refs/heads/alias\n"
      + "\(Samples.oneText) \(Samples.twoText) worktrees/w/HEAD\n"
    #expect(
      try read(text) == [
        TransactionUpdate(
          old: .symbolic(RefName("refs/heads/main")), new: .symbolic(RefName("refs/heads/next")),
          name: RefName("HEAD")),
        TransactionUpdate(
          old: .object(.zero), new: .symbolic(RefName("refs/heads/main")),
          name: RefName("refs/heads/alias")),
        TransactionUpdate(
          old: .object(Samples.one), new: .object(Samples.two), name: RefName("worktrees/w/HEAD")),
      ])
    #expect(try read(text).allSatisfy { $0.refUpdate == nil })
  }

  @Test("a transaction of nothing is valid")
  func empty() throws {
    #expect(try read("") == [])
  }

  @Test(
    "what git would not write is refused",
    arguments: [
      ("\(Samples.oneText) \(Samples.twoText)\n", InputError.Reason.malformedLine),
      ("\(Samples.oneText) \(Samples.twoText) \n", .malformedRefName),
      ("ref: ref:refs/heads/x HEAD\n", .malformedObjectID),
      ("ref:refs/heads/x.lock ref:refs/heads/x HEAD\n", .malformedRefName),
      ("Ref:refs/heads/x \(Samples.oneText) HEAD\n", .malformedObjectID),
      ("\(Samples.oneText) \(Samples.twoText) refs/heads/a b\n", .malformedRefName),
      ("\(Samples.oneText) \(Samples.twoText) a\0b\n", .nulInName),
      ("\(Samples.oneText) \(Samples.twoText) HEAD", .truncatedLine),
      (
        "\(String(repeating: "f", count: 64)) \(Samples.twoText) HEAD\n",
        .sha256Repository
      ),
    ])
  func malformed(_ text: String, _ reason: InputError.Reason) {
    #expect(throws: InputError(reason, line: 1)) { try read(text) }
  }

  @Test("the same reference twice is refused")
  func duplicates() {
    let line = "\(Samples.oneText) \(Samples.twoText) HEAD\n"
    #expect(throws: InputError(.duplicateRef(RefName("HEAD")), line: 2)) { try read(line + line) }
  }

  @Test("only the first two states can still refuse; an unknown one cannot")
  func states() {
    let states = ["preparing", "prepared", "committed", "aborted", "someday", "Prepared", ""]
      .map { TransactionState(Array($0.utf8)) }
    #expect(
      states == [
        .preparing, .prepared, .committed, .aborted, .unknown(Array("someday".utf8)),
        .unknown(Array("Prepared".utf8)), .unknown([]),
      ])
    #expect(states.map(\.canRefuse) == [true, true, false, false, false, false, false])
  }
}
