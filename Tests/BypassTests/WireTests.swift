import Primitives
import TestSupport
import Testing

@Suite("what git push would never send")
struct WireTests {
  @Test("bypass 71: a push that lies about the old value, or names main twice, moves nothing")
  func lyingOldValues() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    let above = try server.agentWork(["more": "1"], on: evil)
    let zero = ObjectID.zero
    for commands in [
      ["\(evil) \(above) refs/heads/main"], ["\(zero) \(evil) refs/heads/main"],
      ["\(evil) \(evil) refs/heads/main"], ["\(above) \(evil) refs/heads/main"],
      ["\(zero) \(zero) refs/heads/main"], ["\(evil) \(zero) refs/heads/main"],
      ["\(server.base) \(server.base) refs/heads/main", "\(server.base) \(evil) refs/heads/main"],
      ["\(server.base) \(evil) refs/heads/main", "\(server.base) \(server.base) refs/heads/main"],
      ["\(server.base) \(zero) refs/heads/main", "\(zero) \(evil) refs/heads/main"],
    ] {
      for actor in [Actor.codex, .dana] {
        let outcome = try server.rawPush(
          as: actor, commands: commands.map { Array($0.utf8) }, objects: [above.hex])
        #expect(try server.tip() == server.base, "\(commands)\n\(outcome)")
      }
    }
    // No receipt or memory of the lies makes the work anybody else's.
    try server.refuses(as: .dana, "\(evil):main", with: "HK101")
  }

  @Test("bypass 72: names with control bytes, or outside refs/, neither land nor bring lines along")
  func strangeNames() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    let before = try server.repository.references()
    let zero = ObjectID.zero
    for name in [
      "refs/heads/x\n\(server.base) \(evil) refs/heads/main", "refs/heads/a\u{1b}[2J", "HEAD",
      "refs/heads/main ", "refs/heads/main\r", "refs/heads//main", "refs/heads/./main",
      "refs/heads/../heads/main", "refs/heads/main.lock", "refs/heads/a\u{7f}", "refs/heads/",
      "refs/heads/main\t", "main", "../refs/heads/main", "refs/heads/main/", "config",
      "refs/heads/" + String(repeating: "x", count: 5000), "hookkit/policy.toml",
      "refs/heads/agent/codex/\u{0}main", "objects/info/alternates",
    ] {
      for old in [zero, server.base] {
        let outcome = try server.rawPush(
          as: .codex, commands: [Array("\(old) \(evil) \(name)".utf8)], objects: [evil.hex])
        #expect(!outcome.timedOut)
        #expect(
          outcome.stderr.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x0a },
          "\(name.debugDescription)\n\(outcome)")
      }
      // A name that ends at a NUL is that of the agent's own branch, as far as git reads.
      var after = try server.repository.references()
      after["refs/heads/agent/codex/"] = nil
      #expect(after == before, "\(name.debugDescription)")
    }
    try server.refuses(as: .codex, "\(evil):main", with: "HK101")
    // What a name might have smuggled into the records is not there.
    let journal = try server.sandbox.run(["cat", "\(server.repository.path)/hookkit/journal"])
    #expect(!journal.output.contains("\u{1b}"))
  }

  @Test("bypass 73: HEAD of the server is no way to main")
  func head() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    // Without the branch that HEAD names, whoever makes it would make the default branch.
    try server.repository.git("symbolic-ref", "HEAD", "refs/heads/release/1")
    for ref in ["HEAD", "refs/heads/HEAD", "refs/remotes/origin/HEAD", "refs/heads/release/1"] {
      let outcome = try server.push(as: .codex, "+\(evil):\(ref)")
      #expect(!outcome.succeeded, "\(outcome)")
      #expect(try server.tip("refs/heads/release/1") == nil)
    }
    #expect(try server.tip() == server.base)
  }

  // MARK: Commits that git would not write

  /// A raw commit with these header lines behind `tree` and `parent`.
  private func raw(
    _ server: GuardedServer, _ lines: String, message: String = "Work\n"
  ) throws -> ObjectID {
    let tree = try server.work.tree(from: server.base, ["raw": .text(lines + message)])
    return try server.work.object(
      "commit", Array("tree \(tree)\nparent \(server.base)\n\(lines)\n\(message)".utf8))
  }

  @Test("bypass 74: a commit with two signatures, authors or trees is read as none")
  func doubledHeaders() throws {
    let strict = Roster.team.replacing("\"person\"", with: "\"agent\"")
    let server = try GuardedServer(policy: { $0.policy(rules: strict) })
    let signed = try server.commit("Mine", ["mine": "1"], by: .dana, signed: true)
    let text = String(decoding: try server.work.contents("commit", signed.hex), as: UTF8.self)
    let start = try #require(text.firstRange(of: "gpgsig ")).lowerBound
    let end = try #require(text.firstRange(of: "\n\n")).lowerBound
    let signature = text[start..<end]
    let author = "author codex <codex@example.org> 1767225600 +0000\n"
    let dana = author.replacing("codex", with: "dana")
    let committer = dana.replacing("author", with: "committer")
    for lines in [
      "\(dana)\(committer)\(signature)\n", "\(dana)\(committer)\(signature)\n\(signature)\n",
      "\(dana)\(author)\(committer)", "\(author)\(dana)\(committer)", "\(committer)\(dana)",
      "\(dana)\(committer)tree \(server.base)\n", "\(dana)\(committer)parent \(signed)\n",
      "\(dana)\(committer)gpgsig-sha256 \(signature.dropFirst(7))\n",
      "\(dana)\(committer) gpgsig x\n", "\(dana)", "", "\(dana)\(committer)\u{1}x y\n",
      "author dana <dana@example.org> 99999999999999999999 +0000\n\(committer)",
      "author dana <dana@example.org>\n\(committer)", "author <> 1 +0000\ncommitter <> 1 +0000\n",
    ] {
      let commit = try raw(server, lines)
      for actor in [Actor.dana, .codex] {
        let outcome = try server.rawPush(
          as: actor, commands: [Array("\(server.base) \(commit) refs/heads/main".utf8)],
          objects: [commit.hex, "^\(server.base)"])
        #expect(try server.tip() == server.base, "\(lines)\n\(outcome)")
      }
    }
    // dana's signature transplanted to another tree, parent or message.
    for (from, to) in [
      ("\nMine", "\nMine too"), ("tree ", "tree \(server.base.hex.prefix(0))"),
      ("parent \(server.base)", "parent \(signed)"),
    ] where text.replacing(from, with: to) != text {
      let moved = try server.work.object("commit", Array(text.replacing(from, with: to).utf8))
      let outcome = try server.rawPush(
        as: .dana, commands: [Array("\(server.base) \(moved) refs/heads/main".utf8)],
        objects: [moved.hex, "^\(server.base)"])
      #expect(try server.tip() == server.base, "\(outcome)")
    }
    try server.lands(signed, as: .dana)
  }

  // MARK: Tags

  @Test("bypass 75: an annotated tag, a chain of them or a tag of a tree does not cover its commit")
  func tags() throws {
    let rules = """
      \(Roster.team)

      [[protect]]
      refs = ["refs/tags/v*"]
      review = { of = "agents", approvals = 1 }
      unverified = "person"
      """
    let server = try GuardedServer(policy: { $0.policy(rules: rules) })
    let evil = try server.agentWork()
    let dana = server.roster[.dana]
    try server.work.tag("v1", of: evil, by: dana, signed: true)
    var link = try #require(try server.work.id("refs/tags/v1"))
    for ref in ["refs/tags/v1", "refs/heads/main", "refs/heads/release/1"] {
      let outcome = try server.push(as: .dana, "\(link):\(ref)")
      #expect(!outcome.succeeded, "\(outcome)")
    }
    for number in 0..<40 {
      link = try server.work.object(
        "tag",
        Array(
          "object \(link)\ntype tag\ntag v\(number)\ntagger d <d@example.org> 1 +0000\n\nx\n".utf8))
    }
    let tree = try #require(try server.work.id("\(evil)^{tree}"))
    let treeTag = try server.work.object(
      "tag",
      Array("object \(tree)\ntype tree\ntag v3\ntagger d <d@example.org> 1 +0000\n\nx\n".utf8))
    for object in [link, tree, treeTag, try server.work.blob([0x78])] {
      try server.refuses(as: .dana, "\(object):refs/tags/v2", with: "HK", ref: "refs/tags/v2")
      let main = try server.push(as: .dana, "+\(object):refs/heads/main")
      #expect(!main.succeeded, "\(main)")
    }
    #expect(try server.tip() == server.base)
    #expect(try server.tip("refs/tags/v1") == nil)
    // A tag that stands is not moved, replaced or taken away.
    let good = try server.commit("Release", by: .dana)
    try server.lands(good, as: .dana)
    try server.lands(good, as: .dana, on: "refs/tags/v9")
    try server.refuses(
      as: .dana, "+\(server.base):refs/tags/v9", with: "HK504", ref: "refs/tags/v9")
    try server.refuses(as: .dana, ":refs/tags/v9", with: "HK502", ref: "refs/tags/v9")
  }

  // MARK: Graphs

  @Test("bypass 76: in a criss-cross history an evil merge is no cleaner")
  func crissCross() throws {
    let server = try GuardedServer(files: ["f": "1\n2\n3\n4\n5\n6\n7\n8\n9\n"])
    let ours = try server.commit("Ours", ["f": "one\n2\n3\n4\n5\n6\n7\n8\n9\n"], by: .dana)
    try server.lands(ours, as: .dana)
    let theirs = try server.agentWork(["f": "1\n2\n3\n4\n5\n6\n7\n8\nnine\n"])
    try server.approve(theirs, by: .dana)
    let tree = try server.work.git("merge-tree", "--write-tree", ours.hex, theirs.hex).objectID()
    let one = try server.work.commit(
      "A", tree: tree, parents: [ours, theirs], author: server.roster[.dana])
    let two = try server.work.commit(
      "B", tree: tree, parents: [theirs, ours], author: server.roster[.dana])
    let left = try server.commit("L", ["left": "1"], by: .dana, on: one)
    let right = try server.commit("R", ["right": "1"], by: .dana, on: two)
    let clean = try server.work.git("merge-tree", "--write-tree", left.hex, right.hex).objectID()
    func merge(_ tree: ObjectID) throws -> ObjectID {
      try server.work.commit(
        "Merge", tree: tree, parents: [left, right], author: server.roster[.dana])
    }
    for changes: [String: TreeChange] in [
      ["evil": "1"], ["f": "1\n2\n3\n4\n5\n6\n7\n8\n9\n"], ["right": .delete],
    ] {
      let evil = try merge(server.work.tree(from: clean, changes))
      try server.refuses(as: .dana, "\(evil):main", with: "HK102")
    }
    try server.lands(try merge(clean), as: .dana)
  }
}
