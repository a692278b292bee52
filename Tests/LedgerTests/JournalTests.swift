import Ledger
import Platform
import Primitives
import Signing
import TestSupport
import Testing

@Suite struct JournalTests {
  let state: State
  let journal: Journal

  init() throws {
    state = try State()
    journal = Journal(state.server)
  }

  private func append(_ numbers: Int...) throws {
    try journal.append(numbers.map { [member("number", .integer(Int64($0)))] })
  }

  private func numbers() throws -> [Int64?] {
    try journal.entries().map { $0.record?["number"]?.integer }
  }

  @Test("no journal has no entries")
  func empty() throws {
    #expect(try journal.entries().isEmpty)
  }

  @Test("a line says its schema first and the digest of the line before it last")
  func lines() throws {
    try append(1)
    try append(2, 3)
    let lines = try state.read("journal").split(separator: 0x0a).map { Array($0) }
    #expect(lines.count == 3)
    var previous = String(repeating: "0", count: 64)
    for (index, line) in lines.enumerated() {
      let text =
        #"{"schema":"hookkit.journal/1","number":\#(index + 1),"prev":"\#(previous)"}"#
      #expect(String(decoding: line, as: UTF8.self) == text)
      previous = Hex.string(Digest.sha256(line))
    }
    let entries = try journal.entries()
    #expect(entries.map(\.number) == [1, 2, 3] && entries.allSatisfy(\.isChained))
  }

  @Test("appending nothing changes nothing")
  func nothing() throws {
    try append(1)
    let before = try state.read("journal")
    try journal.append([])
    #expect(try state.read("journal") == before)
  }

  @Test("the chain holds over lines of every length", arguments: [1, 8190, 8192, 8193, 900_000])
  func longLines(_ count: Int) throws {
    try append(1)
    try journal.append([[member("text", .text(String(repeating: "x", count: count)))]])
    try append(3)
    #expect(try journal.entries().map(\.isChained) == [true, true, true])
  }

  @Test("a record longer than a megabyte is refused, and none of its company is written")
  func tooLong() throws {
    try append(1)
    let long = JSON.text(String(repeating: "x", count: 1 << 20))
    #expect(throws: SystemError.self) {
      try journal.append([[member("number", 2)], [member("text", long)]])
    }
    #expect(try numbers() == [1])
  }

  // MARK: Tampering

  /// Whether the chain shows that somebody changed the lines.
  private func isBroken(_ change: (inout [[UInt8]]) -> Void) throws -> Bool {
    try state.write([], to: "journal")
    try append(1, 2, 3, 4)
    var lines = try state.read("journal").split(separator: 0x0a).map { Array($0) }
    change(&lines)
    try state.write(lines.flatMap { $0 + [0x0a] }, to: "journal")
    try append(5)
    return try !journal.entries().allSatisfy(\.isChained)
  }

  @Test("a line that is changed, taken out, put in or moved breaks the chain")
  func tampering() throws {
    #expect(try !isBroken { _ in })
    #expect(try isBroken { $0[1][$0[1].count - 80] ^= 1 })
    #expect(try isBroken { $0[3] = $0[3].map { $0 == 0x34 ? 0x35 : $0 } })
    #expect(try isBroken { $0.remove(at: 0) })
    #expect(try isBroken { $0.remove(at: 2) })
    #expect(try isBroken { $0.insert($0[1], at: 2) })
    #expect(try isBroken { $0.swapAt(1, 2) })
    #expect(try isBroken { $0.insert(Array("{}".utf8), at: 1) })
  }

  @Test("the line behind a change is the one that does not fit")
  func place() throws {
    try append(1, 2, 3)
    var bytes = try state.read("journal")
    let digit = try #require(bytes.firstIndex(of: 0x32))
    bytes[digit] = 0x39
    try state.write(bytes, to: "journal")
    #expect(try journal.entries().map(\.isChained) == [true, true, false])
  }

  // MARK: A process that was killed

  @Test(
    "a half line at the end stays as evidence and the chain goes on behind it", arguments: 1...9)
  func tornLine(_ tenth: Int) throws {
    try append(1, 2)
    let whole = try state.read("journal")
    let second = try #require(whole.firstIndex(of: 0x0a)) + 1
    let cut = second + (whole.count - second) * tenth / 10
    try state.write(Array(whole[..<cut]), to: "journal")
    try append(3)
    try append(4)
    let entries = try journal.entries()
    #expect(try numbers() == [1, nil, 3, 4])
    #expect(entries.map(\.isChained) == [true, false, true, true])
    #expect(try state.read("journal").starts(with: whole[..<cut]), "nothing is taken back")
  }

  @Test("a last line that only misses its line feed counts")
  func missingLineFeed() throws {
    try append(1, 2)
    try state.write(Array(try state.read("journal").dropLast()), to: "journal")
    try append(3)
    #expect(try numbers() == [1, 2, 3])
    #expect(try journal.entries().allSatisfy(\.isChained))
  }

  @Test("bytes that are no JSON are entries without a record, whatever they are")
  func garbage() throws {
    try append(1)
    try state.write(
      try state.read("journal") + [0xff, 0x00, 0x0a] + Array("[1]\n".utf8)
        + [UInt8](repeating: 0x5b, count: 100_000), to: "journal")
    try append(2)
    #expect(try numbers() == [1, nil, nil, nil, 2])
    #expect(try journal.entries().last?.isChained == true)
  }

  @Test(
    "a journal that cannot be written is an error with its path", arguments: ["mkdir", "ln -s x"])
  func unwritable(_ command: String) throws {
    _ = try state.sandbox.run(["sh", "-c", "\(command) journal"], in: state.server.folder)
    do throws(SystemError) {
      try journal.append([[]])
      Issue.record("it was written")
    } catch {
      #expect(error.path == state.server.journalPath)
    }
    #expect(!state.sandbox.exists("git/hookkit/x"))
  }

  @Test("a reading limit is kept")
  func readingLimit() throws {
    try append(1)
    #expect(throws: SystemError.self) { _ = try journal.entries(limit: 10) }
  }

  @Test("twenty writers at once give one unbroken chain")
  func contention() async throws {
    let journal = journal
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<20 {
        group.addTask {
          for number in 0..<5 {
            try journal.append([
              [member("writer", .integer(Int64(writer)))],
              [member("number", .integer(Int64(number)))],
            ])
          }
        }
      }
      try await group.waitForAll()
    }
    let entries = try journal.entries()
    #expect(entries.count == 200 && entries.allSatisfy(\.isChained))
    // What one writer appended together stands together.
    for pair in stride(from: 0, to: 200, by: 2) {
      #expect(entries[pair].record?["writer"] != nil)
      #expect(entries[pair + 1].record?["number"] != nil)
    }
  }
}
