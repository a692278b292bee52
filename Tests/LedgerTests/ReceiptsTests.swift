import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct ReceiptsTests {
  let state: State
  let receipts: Receipts

  init() throws {
    state = try State()
    receipts = Receipts(state.server)
  }

  private func receipt(
    _ tip: ObjectID, _ time: Int64 = 100, account: [UInt8]? = Array("dana".utf8),
    ref: RefName = RefName("refs/heads/main")
  ) -> Receipts.Receipt {
    Receipts.Receipt(tip: tip, time: time, account: account, ref: ref)
  }

  @Test("nothing is known of a tip that was never pushed")
  func unknown() throws {
    #expect(try receipts.receipts(withFirstByteOf: id(1)).isEmpty)
  }

  /// An object name that begins with this byte.
  private func tip(_ first: UInt8, _ rest: UInt8) -> ObjectID {
    let bytes = [first] + [UInt8](repeating: rest, count: ObjectID.byteCount - 1)
    return ObjectID(raw: bytes) ?? .zero
  }

  @Test("what was added comes back, whatever bytes the account has")
  func roundTrip() throws {
    let all = [
      receipt(tip(7, 1)), receipt(tip(7, 2), account: nil),
      receipt(tip(7, 3), account: [0x20, 0x0a, 0xff, 0x00]), receipt(tip(7, 4), account: []),
      receipt(tip(7, 5), ref: RefName(Array("refs/heads/".utf8) + [0xff])),
      receipt(tip(7, 6), .max), receipt(tip(7, 7), -5),
    ]
    try receipts.add(Array(all[0...1]))
    try receipts.add(Array(all[2...]) + [receipt(id(8))])
    let found = try receipts.receipts(withFirstByteOf: id(7))
    for receipt in all { #expect(found[receipt.tip] == [receipt]) }
    #expect(found.count == all.count)
    #expect(try state.files() == ["./receipts/07", "./receipts/08"])
  }

  @Test("only the first push of a tip is kept")
  func first() throws {
    try receipts.add([receipt(id(3), 100), receipt(id(3), 101)])
    try receipts.add([receipt(id(3), 99, account: Array("erin".utf8))])
    #expect(try receipts.receipts(withFirstByteOf: id(3)) == [id(3): [receipt(id(3), 100)]])
  }

  @Test("the tips of one push are spread over the files of their first bytes")
  func spread() throws {
    let tips = (0...255).map { id(UInt8($0)) }
    try receipts.add(tips.shuffled().map { receipt($0) })
    #expect(try state.files().count == 256)
    for tip in tips {
      #expect(try receipts.receipts(withFirstByteOf: tip).keys.map(\.hex) == [tip.hex])
    }
  }

  @Test("a half line is no receipt, and its tip gets one when it is pushed again")
  func tornLine() throws {
    try receipts.add([receipt(id(3))])
    let line = try state.read("receipts/03")
    for count in 1..<line.count {
      try state.write(Array(line.prefix(count)), to: "receipts/03")
      #expect(try receipts.receipts(withFirstByteOf: id(3)).isEmpty)
      let again = receipt(id(3), 200)
      try receipts.add([again])
      #expect(try receipts.receipts(withFirstByteOf: id(3)) == [id(3): [again]], "\(count)")
    }
  }

  @Test("lines that are no receipts are passed over")
  func garbage() throws {
    try receipts.add([receipt(id(3))])
    let good = try state.read("receipts/03")
    let hex = id(3).hex
    let lines = [
      "", "x", "\(hex) 1 -", "\(hex) one - refs/heads/x", "\(hex) 1 zz refs/heads/x",
      "\(hex) 99999999999999999999 - refs/heads/x", "\(hex.dropLast()) 1 - refs/heads/x",
    ]
    try state.write(Array(lines.joined(separator: "\n").utf8) + [0x0a] + good, to: "receipts/03")
    #expect(try receipts.receipts(withFirstByteOf: id(3)) == [id(3): [receipt(id(3))]])
  }

  @Test("a file that cannot be read is an error, never an empty answer")
  func unreadable() throws {
    try state.sandbox.makeFolder("git/hookkit/receipts/03")
    #expect(throws: SystemError.self) { _ = try receipts.receipts(withFirstByteOf: id(3)) }
    #expect(throws: SystemError.self) { try receipts.add([receipt(id(3))]) }
  }

  @Test("pushes at once lose no receipt")
  func contention() async throws {
    let receipts = receipts
    let made: @Sendable (Int) -> Receipts.Receipt = { number in
      let rest = [UInt8](repeating: UInt8(number), count: ObjectID.byteCount - 1)
      return Receipts.Receipt(
        tip: ObjectID(raw: [3] + rest) ?? .zero, time: Int64(number), account: nil,
        ref: RefName("refs/heads/main"))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<20 {
        group.addTask {
          for number in 0..<10 { try receipts.add([made(writer * 10 + number)]) }
        }
      }
      try await group.waitForAll()
    }
    let times = try receipts.receipts(withFirstByteOf: id(3)).values.flatMap { $0.map(\.time) }
    #expect(times.sorted() == Array(0..<200))
  }
}
