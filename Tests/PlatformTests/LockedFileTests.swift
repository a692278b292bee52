import Platform
import TestSupport
import Testing

@Suite struct LockedFileTests {
  let sandbox: Sandbox
  var path: String { sandbox.path("file") }

  init() throws {
    sandbox = try Sandbox()
  }

  @Test("the file is made when it is missing, for its owner only, and its end is read back")
  func appends() throws {
    let file = try LockedFile(path)
    #expect(try file.count == 0)
    #expect(try file.tail(10) == [])
    try file.append(Array("one\n".utf8), durable: true)
    try file.append(Array("two\n".utf8), durable: false)
    #expect(try file.count == 8)
    #expect(try file.tail(5) == Array("\ntwo\n".utf8))
    #expect(try file.tail(100) == Array("one\ntwo\n".utf8))
    #expect(try sandbox.run(["stat", "-c", "%a", path]).value == "600")
  }

  @Test("a link is not followed")
  func link() throws {
    _ = try sandbox.run(["ln", "-s", "elsewhere", path])
    do throws(SystemError) {
      _ = try LockedFile(path)
      Issue.record("a link was opened")
    } catch {
      #expect(!error.isMissing)
    }
    #expect(!sandbox.exists("elsewhere"))
  }

  @Test("a missing folder is told apart from other errors")
  func missingFolder() throws {
    do throws(SystemError) {
      _ = try LockedFile(sandbox.path("none/file"))
      Issue.record("a file was made")
    } catch {
      #expect(error.isMissing)
    }
  }

  @Test("twenty writers at once lose nothing and mix nothing")
  func manyWriters() async throws {
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask {
          for _ in 0..<10 {
            let file = try LockedFile(path)
            // In two writes, so that only the lock keeps the halves together.
            try file.append([UInt8](repeating: UInt8(0x41 + number), count: 50), durable: false)
            try file.append(
              [UInt8](repeating: UInt8(0x41 + number), count: 49) + [0x0a], durable: false)
          }
        }
      }
      try await group.waitForAll()
    }
    let lines = try sandbox.read("file").split(separator: 0x0a)
    #expect(lines.count == 200)
    #expect(lines.allSatisfy { $0.count == 99 && Set($0).count == 1 })
  }

  @Test("what cannot be written whole is taken back, and the file is as it was")
  func takesBack() throws {
    // A process of its own, because the limit on a file's size is the process's: `hookkit-pre-receive`
    // is what writes under it, in EndToEndTests. Here the device is what is full.
    try #require(FileBytes.kind("/dev/full") == .other)
    do throws(SystemError) {
      let file = try LockedFile("/dev/full")
      try file.append([1, 2, 3], durable: false)
      Issue.record("a full device took bytes")
    } catch {
      #expect(error.words == "No space left on device")
    }
  }
}
