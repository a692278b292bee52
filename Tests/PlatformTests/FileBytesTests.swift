import Platform
import TestSupport
import Testing

@Suite struct FileBytesTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  private func failure(_ body: () throws(SystemError) -> Void) -> SystemError.Reason? {
    do throws(SystemError) { try body() } catch { return error.reason }
    return nil
  }

  private func shell(_ script: String) throws {
    let done = try sandbox.run(["sh", "-c", script])
    guard done.succeeded else { throw UnexpectedOutcome("success", done) }
  }

  // MARK: Reading

  @Test(
    "a file of exactly the limit is read, one byte more is an error", arguments: [0, 1, 70_000])
  func limit(_ count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = try sandbox.write(bytes, to: "file")
    #expect(try FileBytes.read(path, limit: count) == bytes)
    #expect(try FileBytes.readIfPresent(path, limit: count + 1) == bytes)
    try sandbox.write(bytes + [0], to: "file")
    #expect(
      failure { () throws(SystemError) in _ = try FileBytes.read(path, limit: count) }
        == .tooLarge(limit: count))
  }

  @Test("a file without end meets the limit although the system says that it is empty")
  func pseudoFile() throws {
    #expect(
      failure { () throws(SystemError) in
        _ = try FileBytes.readPseudoFile("/dev/zero", limit: 100_000)
      } == .tooLarge(limit: 100_000))
    #expect(try FileBytes.readPseudoFile("/proc/self/cmdline", limit: 1 << 20).last == 0)
  }

  @Test(
    "a missing file is nil, and so is one below a file; a folder, a FIFO and a device are errors")
  func kinds() throws {
    try sandbox.write("x", to: "file")
    try shell("mkdir folder && mkfifo fifo")
    for missing in ["none", "none/at/all", "file/below"] {
      #expect(try FileBytes.readIfPresent(sandbox.path(missing), limit: 10) == nil)
    }
    for other in [sandbox.path("folder"), sandbox.path("fifo"), "/dev/null"] {
      #expect(
        failure { () throws(SystemError) in
          _ = try FileBytes.readIfPresent(other, limit: 10)
        } == .notARegularFile, "\(other)")
    }
  }

  @Test("a link is followed, unless the caller refuses links; then even a good one is an error")
  func links() throws {
    let file = try sandbox.write("x", to: "file")
    try shell("ln -s file link && ln -s nowhere dangling && ln -s circle circle")
    #expect(try FileBytes.read(sandbox.path("link"), limit: 1) == [0x78])
    #expect(try FileBytes.read(file, limit: 1, links: .refused) == [0x78])
    for name in ["link", "dangling", "circle"] {
      let refused = failure { () throws(SystemError) in
        _ = try FileBytes.readIfPresent(sandbox.path(name), limit: 1, links: .refused)
      }
      #expect(refused != nil, "\(name) is neither missing nor read")
    }
    #expect(try FileBytes.readIfPresent(sandbox.path("dangling"), limit: 1) == nil)
  }

  @Test("what stands at a path is told without following links")
  func kindOfPath() throws {
    try sandbox.write("#!/bin/sh\n", to: "file", mode: 0o755)
    try shell("mkdir folder && mkfifo fifo && ln -s folder link")
    let kinds = ["file", "folder", "fifo", "link", "none"].map { FileBytes.kind(sandbox.path($0)) }
    #expect(kinds == [.file, .folder, .other, .link, .missing])
    #expect(FileBytes.isExecutable(sandbox.path("file")))
    #expect(!FileBytes.isExecutable(sandbox.path("none")))
  }

  // MARK: Writing

  @Test("a file is replaced whole, with its permissions, and nothing is left beside it")
  func replaces() throws {
    let path = try sandbox.write("old", to: "folder/file", mode: 0o644)
    try FileBytes.replace(path, with: Array("new".utf8), mode: 0o600)
    #expect(try sandbox.text("folder/file") == "new")
    #expect(try sandbox.run(["stat", "-c", "%a", path]).value == "600")
    #expect(try FileBytes.names(in: sandbox.path("folder")) == ["file"])
    try FileBytes.replace(path, with: [], mode: 0o644)
    #expect(try sandbox.read("folder/file").isEmpty)
    #expect(try sandbox.run(["stat", "-c", "%a", path]).value == "644")
  }

  @Test("replacing a link replaces the link and leaves alone what it names")
  func replacesLink() throws {
    try sandbox.write("theirs", to: "target")
    try shell("ln -s target link")
    try FileBytes.replace(sandbox.path("link"), with: Array("ours".utf8))
    #expect(FileBytes.kind(sandbox.path("link")) == .file)
    #expect(try sandbox.text("target") == "theirs")
  }

  @Test("a replacement that fails leaves the old file and no other")
  func failedReplacement() throws {
    try shell("mkdir -p folder/file/inner")
    #expect(throws: SystemError.self) {
      try FileBytes.replace(sandbox.path("folder/file"), with: [1])
    }
    #expect(try FileBytes.names(in: sandbox.path("folder")) == ["file"])
    #expect(throws: SystemError.self) {
      try FileBytes.replace(sandbox.path("none/file"), with: [1])
    }
  }

  @Test("many replacements at once leave one whole file")
  func replacedByMany() async throws {
    let path = sandbox.path("file")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask {
          try FileBytes.replace(path, with: [UInt8](repeating: UInt8(number), count: 10_000))
        }
      }
      try await group.waitForAll()
    }
    let bytes = try sandbox.read("file")
    #expect(bytes.count == 10_000 && Set(bytes).count == 1)
    #expect(try FileBytes.names(in: sandbox.root).filter { $0.hasPrefix("file") } == ["file"])
  }

  @Test("folders are made with those above them, and one that is there is no error")
  func folders() throws {
    let path = sandbox.path("a/b/c/d")
    try FileBytes.makeFolder(path, mode: 0o700)
    try FileBytes.makeFolder(path, mode: 0o700)
    #expect(FileBytes.kind(path) == .folder)
    #expect(try sandbox.run(["stat", "-c", "%a", path]).value == "700")
    try sandbox.write("x", to: "file")
    #expect(throws: SystemError.self) { try FileBytes.makeFolder(sandbox.path("file/below")) }
  }

  @Test("names come in byte order; a missing folder has none")
  func names() throws {
    try shell("mkdir folder && cd folder && touch b a .hidden B && mkdir c")
    #expect(try FileBytes.names(in: sandbox.path("folder")) == [".hidden", "B", "a", "b", "c"])
    #expect(try FileBytes.names(in: sandbox.path("none")).isEmpty)
  }

  @Test("removing what is not there is no error; removing a folder is one")
  func removes() throws {
    let path = try sandbox.write("x", to: "file")
    try FileBytes.remove(path)
    try FileBytes.remove(path)
    #expect(FileBytes.kind(path) == .missing)
    #expect(throws: SystemError.self) { try FileBytes.remove(sandbox.root) }
  }
}
