import Platform
import TestSupport
import Testing

@Suite struct ScratchFolderTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  @Test("a folder of one's own is made, and its parent when that is missing")
  func makes() throws {
    let first = try ScratchFolder(in: sandbox.path("a/b"))
    let second = try ScratchFolder(in: sandbox.path("a/b"))
    #expect(first.path != second.path && first.path.hasPrefix(sandbox.path("a/b/")))
    #expect(try sandbox.run(["stat", "-c", "%a", first.path]).value == "700")
    first.remove()
    #expect(FileBytes.kind(first.path) == .missing && FileBytes.kind(second.path) == .folder)
  }

  @Test("removing it takes all that is in it and nothing that is only linked from it")
  func removes() throws {
    let folder = try ScratchFolder(in: sandbox.path("scratch"))
    try sandbox.write("keep", to: "outside/file")
    let filled = try sandbox.run(
      [
        "sh", "-c",
        """
        mkdir -p one/two/three && touch one/file one/two/three/.hidden &&
        ln -s "$1/outside" one/link && ln -s "$1/outside/file" link && ln -s . circle &&
        mkfifo fifo && ln -s nowhere dangling && mkdir closed && touch closed/x && chmod 0 closed
        """, "sh", sandbox.root,
      ], in: folder.path)
    #expect(filled.succeeded, "\(filled)")
    _ = try sandbox.run(["chmod", "700", "\(folder.path)/closed"])
    folder.remove()
    #expect(FileBytes.kind(folder.path) == .missing)
    #expect(try sandbox.text("outside/file") == "keep")
  }

  @Test("a folder that somebody put a link in place of is not followed")
  func replacedByLink() throws {
    let folder = try ScratchFolder(in: sandbox.path("scratch"))
    try sandbox.write("keep", to: "outside/file")
    _ = try sandbox.run(["rmdir", folder.path])
    _ = try sandbox.run(["ln", "-s", sandbox.path("outside"), folder.path])
    folder.remove()
    #expect(FileBytes.kind(folder.path) == .missing)
    #expect(try sandbox.text("outside/file") == "keep")
  }

  @Test("a parent that is a file is an error")
  func parentIsAFile() throws {
    let path = try sandbox.write("x", to: "file")
    #expect(throws: SystemError.self) { _ = try ScratchFolder(in: path) }
  }
}
