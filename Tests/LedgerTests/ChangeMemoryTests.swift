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

  @Test("a remembered change is known again, and no other")
  func remembers() throws {
    let digests = (0..<300).map { ChangeDigest([change("file\($0)")]) }
    for digest in digests.prefix(200) { try memory.add(digest) }
    for (number, digest) in digests.enumerated() {
      #expect(try memory.contains(digest) == (number < 200))
    }
  }

  @Test("adding a change twice keeps it once")
  func once() throws {
    let digest = ChangeDigest([change("a")])
    try memory.add(digest)
    try memory.add(digest)
    let file = try #require(try state.files().first)
    #expect(try state.read(file) == digest.bytes)
  }

  @Test("a record that a killed process cut off does not hide the next", arguments: [1, 31])
  func torn(_ count: Int) throws {
    let first = ChangeDigest([change("a")])
    try memory.add(first)
    let file = try #require(try state.files().first)
    try state.write(first.bytes + first.bytes.prefix(count), to: file)
    // A digest that goes to the same file.
    let second = try #require(
      (0..<10_000).lazy.map { ChangeDigest([change("x\($0)")]) }
        .first { $0.bytes.first == first.bytes.first })
    #expect(try !memory.contains(second))
    try memory.add(second)
    #expect(try memory.contains(first) && memory.contains(second))
    #expect(try state.read(file).count == 96)
  }

  @Test("records are found at whole places only")
  func alignment() throws {
    let digest = ChangeDigest([change("a")])
    try memory.add(digest)
    let file = try #require(try state.files().first)
    try state.write([0] + digest.bytes + [UInt8](repeating: 0, count: 31), to: file)
    #expect(try !memory.contains(digest))
  }

  @Test("what cannot be read is an error, never a change that nobody made")
  func unreadable() throws {
    let digest = ChangeDigest([change("a")])
    try memory.add(digest)
    let file = try #require(try state.files().first)
    _ = try state.sandbox.run(["rm", file], in: state.server.folder)
    _ = try state.sandbox.run(["mkdir", file], in: state.server.folder)
    #expect(throws: SystemError.self) { _ = try memory.contains(digest) }
    #expect(throws: SystemError.self) { try memory.add(digest) }
  }
}
