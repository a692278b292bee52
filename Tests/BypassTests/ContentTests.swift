import Primitives
import TestSupport
import Testing

@Suite("what is shown is not what lands")
struct ContentTests {
  private static let owned = Roster.team.replacing(
    "presence = \"none\"", with: "presence = \"none\", owners = true")

  /// A server on which codex' work is reviewed and `main` has moved on, so that a merge is due.
  private func dueMerge(
    rules: String = Roster.team, files: [String: TreeChange] = [:]
  ) throws -> (server: GuardedServer, ours: ObjectID, theirs: ObjectID, clean: ObjectID) {
    let server = try GuardedServer(policy: { $0.policy(rules: rules) }, files: files)
    let theirs = try server.agentWork()
    try server.approve(theirs, by: .dana)
    let ours = try server.commit("Elsewhere", ["other": "1", "lock": "2"], by: .frank)
    try server.lands(ours, as: .frank)
    let clean = try server.work.git("merge-tree", "--write-tree", ours.hex, theirs.hex).objectID()
    return (server, ours, theirs, clean)
  }

  @Test("bypass 18: an evil merge that adds a file does not land, a clean one does")
  func evilMerge() throws {
    let (server, ours, theirs, clean) = try dueMerge()
    for (number, change) in [
      ["evil": TreeChange.text("1")], ["README": .text("changed")], ["README": .delete],
      ["README": .executable(Array("hello\n".utf8))],
    ].enumerated() {
      let evil = try server.work.commit(
        "Merge", tree: server.work.tree(from: clean, change), parents: [ours, theirs],
        author: server.roster[.dana])
      if number == 0 {
        let shown = try server.work.git("log", "-1", "--format=", "--name-only", evil.hex)
        #expect(shown.output.isEmpty, "git log shows nothing of it")
      }
      try server.refuses(as: .dana, "\(evil):main", with: "HK102")
      try server.refuses(as: .codex, "\(evil):main", with: "HK102")
    }
    let merge = try server.work.commit(
      "Merge", tree: clean, parents: [ours, theirs], author: server.roster[.dana])
    try server.lands(merge, as: .dana)
  }

  @Test("bypass 19: a merge that quietly takes one side's old state does not land")
  func rollbackMerge() throws {
    let (server, ours, theirs, _) = try dueMerge(files: ["lock": "1"])
    for side in [theirs, ours] {
      let tree = try #require(try server.work.id("\(side)^{tree}"))
      for parents in [[ours, theirs], [theirs, ours]] {
        let rollback = try server.work.commit(
          "Merge", tree: tree, parents: parents, author: server.roster[.dana])
        try server.refuses(as: .dana, "\(rollback):main", with: "HK102")
      }
    }
  }

  @Test("bypass 20: the right parents with another tree do not land, with three parents either")
  func otherTree() throws {
    let (server, ours, theirs, clean) = try dueMerge()
    let empty = try server.work.tree(from: nil, [:])
    let emptied = try server.work.commit(
      "Merge", tree: empty, parents: [ours, theirs], author: server.roster[.dana])
    try server.refuses(as: .dana, "\(emptied):main", with: "HK102")
    let octopus = try server.work.commit(
      "Merge", tree: server.work.tree(from: clean, ["evil": "1"]),
      parents: [ours, theirs, server.base], author: server.roster[.dana])
    try server.refuses(as: .dana, "\(octopus):main", with: "HK102")
    // A review of the conflict's solution itself does cover it.
    try server.approve(octopus, by: .frank)
    try server.lands(octopus, as: .dana)
  }

  @Test("bypass 21: work that nobody reviewed does not come in below a commit that is fine")
  func implicitMerge() throws {
    let server = try GuardedServer()
    let hidden = try server.agentWork()
    let own = try server.commit("Mine", ["mine": "1"], by: .dana, on: hidden, signed: true)
    try server.refuses(as: .dana, "\(own):main", with: "HK101")
    // Nor below a merge, by its second parent's parent.
    let tree = try #require(try server.work.id("\(own)^{tree}"))
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [server.base, own], author: server.roster[.dana],
      signedBy: server.roster[.dana])
    try server.refuses(as: .dana, "\(merge):main", with: "HK101")
    // A review of the work below, for whatever is above it, is no review of what is above.
    let above = try server.agentWork(["late": "1"], on: own)
    try server.approve(hidden, by: .dana)
    try server.refuses(as: .dana, "\(above):main", with: "HK101")
    try server.lands(own, as: .dana)
  }

  @Test("bypass 22: what one push adds and takes away again is judged all the same")
  func addedAndRemoved() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Self.owned) }, files: ["CODEOWNERS": "/ci/ @frank\n"])
    let added = try server.agentWork(["ci/run": "evil"])
    let removed = try server.agentWork(["ci/run": .delete], on: added)
    #expect(try server.work.git("diff", "--stat", server.base.hex, removed.hex).output.isEmpty)
    try server.refuses(as: .codex, "\(removed):main", with: "HK101")
    try server.approve(removed, by: .dana)
    try server.refuses(as: .codex, "\(removed):main", with: "HK103")
  }

  @Test("bypass 23: replacement objects are refused, and those on the server change no judgement")
  func replacements() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    let harmless = try server.commit(by: .dana)
    try server.refuses(
      as: .codex, "\(harmless):refs/replace/\(evil)", with: "HK507", ref: "refs/replace/\(evil)")
    try server.refuses(
      as: .dana, "\(harmless):refs/replace/\(evil)", with: "HK507", ref: "refs/replace/\(evil)")
    // Put there behind the hooks' back, with a graft beside it: git itself then sees another commit.
    try server.pushed(as: .dana, "\(harmless):refs/heads/harmless")
    try server.repository.setReferences([("refs/replace/\(evil)", harmless)])
    let graft = try server.agentWork(["more": "1"], on: evil)
    try Sandbox.writeFile(
      Array("\(graft) \(server.base)\n".utf8), to: "\(server.repository.path)/info/grafts")
    #expect(try server.repository.git("rev-list", "--count", graft.hex).value == "2")
    try server.refuses(as: .dana, "\(evil):main", with: "HK101")
    try server.refuses(as: .dana, "\(graft):main", with: "HK101")
  }

  @Test("bypass 24: a mode, a link, a submodule and attributes are changes like any other")
  func quietChanges() throws {
    let module = try #require(ObjectID("0123456789012345678901234567890123456789"))
    let other = try #require(ObjectID("1123456789012345678901234567890123456789"))
    let server = try GuardedServer(
      policy: { $0.policy(rules: Self.owned) },
      files: [
        "CODEOWNERS": "* @frank\n", "run.sh": "#!/bin/sh\n", "target": "x",
        ".gitmodules": "[submodule \"m\"]\n\tpath = m\n\turl = https://git.example.org/m\n",
        "m": .gitlink(module),
        "big.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
      ])
    for change: [String: TreeChange] in [
      ["run.sh": .executable(Array("#!/bin/sh\n".utf8))],
      ["target": .symlink("../../etc/passwd")],
      ["target": .symlink("x")],
      ["m": .gitlink(other)],
      ["big.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:11\nsize 1\n"],
      [".gitattributes": "* -diff linguist-generated filter=x\n", "src/main.c": "evil\n"],
    ] {
      let work = try server.agentWork(change)
      try server.refuses(as: .codex, "\(work):main", with: "HK101")
      // A second reviewer who owns nothing there is not enough: the path counts as touched.
      try server.approve(work, by: .dana)
      try server.refuses(as: .codex, "\(work):main", with: "HK103")
    }
  }

  @Test("bypass 25: bidirectional and invisible characters of a push reach no terminal")
  func bidirectional() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Self.owned) }, files: ["CODEOWNERS": "* @frank\n"])
    let nasty = "a\u{202e}\u{2066}b\u{200b}\u{1b}[2Kc"
    let work = try server.agentWork(["src/\(nasty).c": "1"], message: "Sub\(nasty)ject")
    var outcome = try server.refuses(as: .codex, "\(work):main", with: "HK101")
    try server.approve(work, by: .dana)
    let unowned = try server.refuses(as: .codex, "\(work):main", with: "HK103")
    let branch = "refs/heads/\u{202e}\u{200b}nasty"
    let refused = try server.push(as: .codex, "\(work):\(branch)")
    #expect(refused.codes.contains("HK401"))
    for shown in [outcome, unowned, refused] {
      outcome = shown
      let remote = shown.errors.split(separator: "\n").filter { $0.hasPrefix("remote: ") }
      #expect(!remote.isEmpty)
      #expect(
        remote.allSatisfy { $0.trimmedRemote.utf8.allSatisfy { (0x20...0x7e).contains($0) } },
        "\(remote)")
    }
  }

  @Test("bypass 26: one owned path among thousands of renames is still found")
  func hugeDifference() throws {
    var files: [String: TreeChange] = ["CODEOWNERS": "/core/ @frank\n", "core/key": "1"]
    for number in 0..<1500 { files["old/\(number)"] = .text("\(number)") }
    let server = try GuardedServer(policy: { $0.policy(rules: Self.owned) }, files: files)
    var changes: [String: TreeChange] = ["core/key": "evil"]
    for number in 0..<1500 {
      changes["old/\(number)"] = .delete
      changes["new/\(number)"] = .text("\(number)")
    }
    let work = try server.agentWork(changes)
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    try server.approve(work, by: .dana)
    let outcome = try server.refuses(as: .codex, "\(work):main", with: "HK103")
    #expect(outcome.errors.contains("core/key"), "\(outcome)")
  }
}

extension Substring {
  /// Without git's marker, and without the blanks that it fills a line up with or an erase sequence of
  /// its own.
  fileprivate var trimmedRemote: Substring {
    var line = dropFirst("remote: ".count)
    while let last = line.last, last == " " || last == "\r" { line.removeLast() }
    if line.hasSuffix("\u{1b}[K") { line = line.dropLast(3) }
    return line
  }
}
