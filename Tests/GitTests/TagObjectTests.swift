import Git
import Primitives
import TestSupport
import Testing

/// Annotated tags, read and followed.
@Suite struct TagObjectTests {
  private static let id = "1111111111111111111111111111111111111111"

  private static func read(_ text: String) -> TagObject? {
    Array(text.utf8).withUnsafeBytes { TagObject($0) }
  }

  @Test("the first three headers are read as git wrote them")
  func wellFormed() throws {
    let sandbox = try Sandbox()
    let work = try sandbox.repository()
    let commit = try work.commit("one", ["a": "1"])
    try work.tag("v1", of: commit, message: "first\n")
    let tag = try #require(
      try work.contents("tag", "v1").withUnsafeBytes { TagObject($0) })
    #expect(tag.target == commit)
    #expect(tag.kind == .commit)
    #expect(tag.name == Array("v1".utf8))
    for kind in [ObjectKind.commit, .tree, .blob, .tag] {
      let text = "object \(Self.id)\ntype \(kind)\ntag a b\n\n"
      #expect(Self.read(text)?.kind == kind)
    }
  }

  @Test(
    "a tag whose headers are not in git's order or form is none",
    arguments: [
      "", "\n", "object \(id)\n", "object \(id)\ntype commit\n", "object \(id)\ntype commit\ntag v",
      "type commit\nobject \(id)\ntag v\n", "object \(id.dropLast())\ntype commit\ntag v\n",
      "object \(id)\ntype note\ntag v\n", "object \(id)\ntype commit\r\ntag v\n",
      "object \(id)\n\ntype commit\ntag v\n", "object  \(id)\ntype commit\ntag v\n",
      "object \(id)\ntag v\ntype commit\n",
    ])
  func malformed(_ text: String) {
    #expect(Self.read(text) == nil)
  }

  @Test("tags of tags are followed 16 deep and no deeper, to what is really there")
  func peel() throws {
    let sandbox = try Sandbox()
    let bare = try sandbox.bareRepository()
    let repository = try Repository(gitDirectory: bare.path, scratch: false)
    let store = try ObjectStore(gitDirectory: bare.path)
    let blob = try repository.write(.blob, Array("x".utf8))
    var next = blob
    // Each lies about the kind of what it tags, which nobody need believe.
    for depth in 1...18 {
      let text = "object \(next)\ntype commit\ntag v\(depth)\ntagger T <t> 0 +0000\n\nx\n"
      next = try repository.write(.tag, Array(text.utf8))
      if depth <= 16 {
        let peeled = try store.peel(next)
        #expect(peeled.id == blob && peeled.kind == .blob, "\(depth)")
      } else {
        #expect(throws: GitError.self) { try store.peel(next) }
      }
    }
    let broken = try repository.write(.tag, Array("object x\n".utf8))
    #expect(throws: GitError.malformed(broken, "tag headers")) { try store.peel(broken) }
    let absent = ObjectID("00000000000000000000000000000000000000ff") ?? .zero
    #expect(throws: GitError.missing(absent)) { try store.peel(absent) }
  }
}
