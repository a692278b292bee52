import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct RecordStoreTests {
  let state: State
  let store: RecordStore

  init() throws {
    state = try State()
    store = RecordStore(folder: "\(state.server.folder)/records")
  }

  private static func name(_ dice: inout Dice) -> ObjectID {
    ObjectID(raw: (0..<ObjectID.byteCount).map { _ in UInt8(dice.roll(256)) }) ?? .zero
  }

  private func add(_ records: [RecordStore.Record]) throws {
    var writer = try store.writer()
    try writer.add(records)
  }

  @Test("a store that is not there knows nothing, and reading it makes nothing")
  func missing() throws {
    #expect(try store.snapshot().value(of: id(1)) == nil)
    #expect(try state.files().isEmpty)
  }

  @Test("whatever is added in portions of any size is found again, and nothing else is")
  func portions() throws {
    var dice = Dice(seed: 7)
    var model: [ObjectID: UInt32] = [:]
    for round in 0..<60 {
      let count = dice.roll(4) == 0 ? dice.roll(3000) : dice.roll(200)
      let records = (0..<count).map { _ in
        (name: Self.name(&dice), value: RecordStore.Value(number: UInt32(round + 1)))
      }
      try add(records)
      for record in records { model[record.name] = UInt32(round + 1) }
    }
    let snapshot = try store.snapshot()
    let wrong = model.filter { snapshot.value(of: $0.key)?.number != $0.value }
    #expect(wrong.isEmpty, "\(wrong.count) of \(model.count)")
    let strangers = (0..<2000).map { _ in Self.name(&dice) }.filter { model[$0] == nil }
    #expect(strangers.allSatisfy { snapshot.value(of: $0) == nil })
    #expect(try state.files().count < 14, "files of like size are merged")
  }

  @Test("names that begin alike, as an attacker can make them, are told apart")
  func alike() throws {
    let names = (0..<3000).map { (number: Int) -> ObjectID in
      var bytes = [UInt8](repeating: 0x40, count: ObjectID.byteCount)
      bytes[18] = UInt8(number >> 8)
      bytes[19] = UInt8(number & 255)
      return ObjectID(raw: bytes) ?? .zero
    }
    try add(names.enumerated().map { ($1, RecordStore.Value(number: UInt32($0 + 1))) })
    let snapshot = try store.snapshot()
    for (number, name) in names.enumerated() {
      #expect(snapshot.value(of: name)?.number == UInt32(number + 1))
    }
  }

  @Test("of two records of one name the smaller number counts, and kept stays kept")
  func joined() throws {
    try add([(id(1), .init(number: 9, grade: 3))])
    try add([(id(1), .init(number: 4, grade: 1)), (id(1), .init(number: 12, isKept: true))])
    let value = try store.snapshot().value(of: id(1))
    #expect(value == RecordStore.Value(number: 4, grade: 1, isKept: true))
    // In sorted files as well.
    var dice = Dice(seed: 3)
    try add((0..<2000).map { _ in (Self.name(&dice), .init(number: 20)) })
    try add([(id(1), .init(number: 30, grade: 7))])
    #expect(try store.snapshot().value(of: id(1)) == value)
  }

  @Test("a record that a killed process left unfinished is none, and the next one is whole")
  func torn() throws {
    try add([(id(1), .init(number: 1)), (id(2), .init(number: 2))])
    let log = try state.read("records/log")
    for count in 25..<48 {
      try state.write(Array(log.prefix(count)), to: "records/log")
      let snapshot = try store.snapshot()
      #expect(snapshot.value(of: id(1))?.number == 1)
      #expect(snapshot.value(of: id(2)) == nil)
      try add([(id(3), .init(number: 3))])
      #expect(try store.snapshot().value(of: id(3))?.number == 3)
      #expect(try store.snapshot().value(of: id(1))?.number == 1)
    }
  }

  @Test("a sorted file of another form is an error, not an empty one")
  func damaged() throws {
    var dice = Dice(seed: 5)
    try add((0..<2000).map { _ in (Self.name(&dice), .init(number: 1)) })
    let file = try state.read("records/sorted-1")
    for damaged in [[], Array(file.dropLast()), [UInt8](repeating: 0, count: file.count)] {
      try state.write(damaged, to: "records/sorted-1")
      #expect(throws: SystemError.self) { try store.snapshot() }
      #expect(throws: SystemError.self) { try add([(id(3), .init(number: 3))]) }
    }
  }
}
