import Git
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct ChangeMemoryTests {
  let state: State
  let memory: ChangeMemory

  init() throws {
    state = try State()
    memory = ChangeMemory(state.server)
  }

  private func change(
    _ path: String, _ old: ObjectID = id(1), _ new: ObjectID = id(2), oldMode: FileMode = .file,
    newMode: FileMode = .file
  ) -> PathChange {
    PathChange(
      path: Array(path.utf8), oldMode: oldMode, oldID: old, newMode: newMode, newID: new)
  }

  @Test("the same change has the same digest, and every part of it counts")
  func digests() {
    let one = ChangeDigest([change("a")])
    #expect(ChangeDigest([change("a")]) == one)
    let others = [
      ChangeDigest([]), ChangeDigest([change("b")]), ChangeDigest([change("a", id(3))]),
      ChangeDigest([change("a", id(1), id(3))]),
      ChangeDigest([change("a", oldMode: .executable)]),
      ChangeDigest([change("a", newMode: .executable)]),
      ChangeDigest([change("a"), change("a")]), ChangeDigest([change("a"), change("b")]),
      ChangeDigest([change("b"), change("a")]), ChangeDigest([change("a ")]),
    ]
    #expect(Set(others + [one]).count == others.count + 1)
  }

  private func bringer(
    _ byte: UInt8, arrival: UInt32 = 8, _ grade: ChangeMemory.Grade = .attested
  ) -> ChangeMemory.Bringer {
    ChangeMemory.Bringer(commit: id(byte), arrival: arrival, grade: grade)
  }

  @Test("a remembered change is known again with who brought it, and no other is")
  func remembers() throws {
    let digests = (0..<3000).map { ChangeDigest([change("file\($0)")]) }
    for portion in 0..<20 {
      let part = digests[(portion * 100)..<(portion * 100 + 100)]
      try memory.add(part.map { ($0, bringer(UInt8(portion), arrival: UInt32(portion + 1))) })
    }
    let reader = try memory.reader()
    for (number, digest) in digests.enumerated() {
      let portion = number / 100
      let expected = number < 2000 ? bringer(UInt8(portion), arrival: UInt32(portion + 1)) : nil
      #expect(reader.bringer(of: digest) == expected)
    }
  }

  @Test("who brought a change first has brought it, whoever does so later")
  func first() throws {
    let digest = ChangeDigest([change("a")])
    try memory.add([(digest, bringer(1, .notAnAgent)), (digest, bringer(2, .attested))])
    try memory.add([(digest, bringer(3, .declared))])
    #expect(try memory.reader().bringer(of: digest) == bringer(1, .notAnAgent))
  }

  @Test("an entry that a killed process cut off does not hide the next", arguments: [1, 23])
  func torn(_ count: Int) throws {
    let first = ChangeDigest([change("a")])
    try memory.add([(first, bringer(1))])
    let entries = try state.read("changes-2/entries")
    try state.write(entries + entries.prefix(count), to: "changes-2/entries")
    let second = ChangeDigest([change("b")])
    #expect(try memory.reader().bringer(of: second) == nil)
    try memory.add([(second, bringer(2))])
    #expect(try memory.reader().bringer(of: first) == bringer(1))
    #expect(try memory.reader().bringer(of: second) == bringer(2))
  }

  @Test("what an earlier hookkit remembered of agents is taken over")
  func takeOver() throws {
    let digests = (0..<40).map { ChangeDigest([change("file\($0)")]) }
    for digest in digests {
      let name = "changes/\(Hex.string(digest.bytes.prefix(1)))"
      let present = (try? state.read(name)) ?? []
      try state.write(present + digest.bytes, to: name)
    }
    try memory.takeOver()
    let reader = try memory.reader()
    for digest in digests {
      #expect(reader.bringer(of: digest)?.grade == .attested)
      #expect(reader.bringer(of: digest)?.arrival == 0)
    }
  }

  @Test("what cannot be read is an error, never a change that nobody made")
  func unreadable() throws {
    let digest = ChangeDigest([change("a")])
    try memory.add([(digest, bringer(1))])
    let file = try #require(try state.files().first { $0.hasSuffix("log") })
    _ = try state.sandbox.run(["rm", file], in: state.server.folder)
    _ = try state.sandbox.run(["mkdir", file], in: state.server.folder)
    #expect(throws: SystemError.self) { _ = try memory.reader() }
    #expect(throws: SystemError.self) { try memory.add([(digest, bringer(1))]) }
  }
}
