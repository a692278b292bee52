import Primitives
import TestSupport
import Testing

/// Credentials in pushes, with real git: nothing of them is stored, and nothing of them is shown.
@Suite("Credentials at the gate")
struct SecretsGateTests {
  private static let key = MadeUp.key(301)
  private static let bytes = Array(key.utf8)

  /// A push that brings the key at some hard place.
  private struct Attempt {
    let tip: ObjectID
    var ref = "refs/heads/topic"
  }

  private enum HardPlace: String, CaseIterable {
    case file, free, addedAndRemoved, merge, octopus, commitMessage, author, branchName, tagName
    case fileName, tagMessage, tagOfFile, note, link, submodule, wide, lastByte, longLine, binary
    case base64, percent, hexadecimal, gzip, lock, hiddenByAttributes, allowComment, otherReference,
      malformedTree
  }

  private func bring(_ place: HardPlace, on server: GuardedServer) throws -> Attempt {
    let (work, key) = (server.work, Self.key)
    func commit(_ changes: [String: TreeChange], _ message: String = "Change") throws -> ObjectID {
      try server.commit(message, changes, by: .dana, signed: true)
    }
    func file(_ bytes: [UInt8], _ name: String = "a") throws -> Attempt {
      Attempt(tip: try commit([name: .file(bytes)]))
    }
    switch place {
    case .file: return Attempt(tip: try commit(["a": .text("x\n\(key)\n")]), ref: "refs/heads/main")
    case .free: return try file(Self.bytes)
    case .addedAndRemoved:
      let with = try commit(["a": .text(key)])
      return Attempt(tip: try server.commit("Out", ["a": .delete], by: .dana, on: with))
    case .merge, .octopus:
      let sides = try (0..<(place == .merge ? 2 : 3)).map {
        try commit(["side\($0)": "1"])
      }
      return Attempt(
        tip: try work.commit(
          "Merge", ["a": .text(key), "side1": "1"], on: nil, author: server.roster[.dana],
          parents: sides))
    case .commitMessage: return Attempt(tip: try commit(["a": "1"], "Use \(key)"))
    case .author:
      let raw = """
        tree \(try work.git("rev-parse", "\(server.base.hex)^{tree}").value)
        parent \(server.base.hex)
        author \(key) <dana@example.org> 1700000000 +0000
        committer Dana <dana@example.org> 1700000000 +0000

        Change

        """
      let made = try work.git(
        ["hash-object", "-t", "commit", "-w", "--stdin"], stdin: Array(raw.utf8))
      return Attempt(tip: try #require(ObjectID(hex: Array(made.value.utf8))))
    case .branchName: return Attempt(tip: try commit(["a": "1"]), ref: "refs/heads/\(key)")
    case .tagName: return Attempt(tip: try commit(["a": "1"]), ref: "refs/tags/\(key)")
    case .fileName: return Attempt(tip: try commit(["deep/\(key)": "1"]))
    case .tagMessage:
      try work.git("tag", "-a", "-m", "with \(key)", "v1", server.base.hex)
      return Attempt(
        tip: try #require(ObjectID(hex: Array(work.git("rev-parse", "v1").value.utf8))),
        ref: "refs/tags/v1")
    case .tagOfFile:
      let made = try work.git(["hash-object", "-w", "--stdin"], stdin: Self.bytes)
      try work.git("tag", "-a", "-m", "file", "v2", made.value)
      return Attempt(
        tip: try #require(ObjectID(hex: Array(work.git("rev-parse", "v2").value.utf8))),
        ref: "refs/tags/v2")
    case .note:
      try work.git("notes", "add", "-m", "see \(key)", server.base.hex)
      return Attempt(
        tip: try #require(
          ObjectID(hex: Array(work.git("rev-parse", "refs/notes/commits").value.utf8))),
        ref: "refs/notes/commits")
    case .link: return Attempt(tip: try commit(["a": .symlink("/tmp/\(key)")]))
    case .submodule:
      return try file(
        Array("[submodule \"x\"]\n\tpath = x\n\turl = https://x:\(key)@git.example/x\n".utf8),
        ".gitmodules")
    case .wide: return try file(Self.bytes.flatMap { [$0, 0] as [UInt8] })
    case .lastByte: return try file([UInt8](repeating: 0x61, count: 5000) + [0x20] + Self.bytes)
    case .longLine:
      let blank = [UInt8](repeating: 0x20, count: 3_000_000)
      return try file(blank + Self.bytes + blank)
    case .binary: return try file([0, 1, 2, 0xff] + Self.bytes + [0, 0xfe])
    case .base64: return try file(Base64.encode(Array("the key is \(key), so there".utf8)))
    case .percent:
      return try file(
        Array("q=a%20b%20c%3D\(key.map { "%\(Hex.string(Array("\($0)".utf8)))" }.joined())".utf8))
    case .hexadecimal: return try file(Array(Hex.string(Self.bytes).utf8))
    case .gzip:
      try server.sandbox.write(key, to: "packed")
      _ = try server.sandbox.run(["gzip", "-n", server.sandbox.path("packed")])
      return try file(try server.sandbox.read("packed.gz"), "a.gz")
    case .lock: return try file(Array("# \(key)\n".utf8), "vendor/Gemfile.lock")
    case .hiddenByAttributes:
      return Attempt(tip: try commit([".gitattributes": "* -diff binary\n", "a": .text(key)]))
    case .allowComment: return try file(Array("\(key) # gitleaks:allow hookkit:allow\n".utf8))
    case .malformedTree:
      let blob = try work.blob(Self.bytes)
      let tree = try work.rawTree([("100644", "a", blob), ("100644", "a", blob)])
      return Attempt(
        tip: try work.commit("Twice", tree: tree, parents: [], author: server.roster[.dana]))
    case .otherReference:
      return Attempt(tip: try commit(["a": .text(key)]), ref: "refs/stash")
    }
  }

  @Test(
    "a key is found at every hard place, nothing is stored, and it is not shown",
    arguments: HardPlace.allCases)
  private func hardPlaces(_ place: HardPlace) throws {
    let server = try GuardedServer()
    let attempt = try bring(place, on: server)
    let outcome = try server.push(as: .dana, "\(attempt.tip.hex):\(attempt.ref)")
    #expect(!outcome.succeeded && outcome.codes.contains("HK301"), "\(outcome)")
    let isNamed = place == .branchName || place == .tagName
    // git itself tells the pusher the name that they gave.
    let remote = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("remote:") }
    #expect(!(isNamed ? remote.joined() : outcome.errors).contains(Self.key), "\(outcome)")
    #expect(try server.tip(attempt.ref) == (attempt.ref == "refs/heads/main" ? server.base : nil))
    let kept = try server.repository.attempt("cat-file", "-e", attempt.tip.hex)
    #expect(!kept.succeeded, "the object is on the server")
    let grep = try server.sandbox.run(["grep", "-ra", Self.key, server.repository.gitDirectory])
    if !isNamed { #expect(grep.output.isEmpty, "\(grep.output.count) bytes") }
  }

  @Test("the refusal tells the kind, the place, the way out, and how much was scanned")
  func words() throws {
    let server = try GuardedServer()
    let first = try server.commit("One", ["a": "1"], by: .dana, signed: true)
    let second = try server.commit(
      "Two", ["deploy.env": .text("A=1\nKEY=\(Self.key)\n")], by: .dana, on: first, signed: true)
    let outcome = try server.push(as: .dana, "\(second):main")
    let words = outcome.remoteWords
    for text in [
      "HK301 a credential would be stored: Groq API key",
      "deploy.env line 2 of \(second.short): groq-api-key, gsk_... (56 bytes)",
      "revoke it first: https://console.groq.com/keys",
      "objects, ", "bytes scanned", "git reset --soft \(server.base.hex)",
    ] {
      #expect(words.contains(text), "\(text) in \(outcome)")
    }
    let mended = try server.commit(
      "Two", ["deploy.env": "A=1\n"], by: .dana, on: first, signed: true)
    try server.pushed(as: .dana, "\(mended):main")
  }

  @Test("what one place may have by the policy another may not, whichever is looked at first")
  func places() throws {
    for names in [["A/a", "Tests/a"], ["Tests/a", "Z/a"]] {
      let server = try GuardedServer(policy: {
        $0.policy(
          rules: Roster.team
            + "\n[secrets]\nskip-paths = [\"Tests/**\"]\nallow-comments = true\n")
      })
      func push(_ texts: [String]) throws -> Outcome {
        let files = Dictionary(uniqueKeysWithValues: zip(names, texts.map { TreeChange.text($0) }))
        let commit = try server.commit("Two", files, by: .dana, signed: true)
        return try server.push(as: .dana, "\(commit):refs/heads/topic")
      }
      #expect(try push([Self.key, Self.key]).codes.contains("HK301"))
      // The same of a comment: a line without one is refused beside a line with one.
      let lines = ["\(Self.key) # hookkit:allow\n", "\(Self.key)\n"]
      #expect(try push(names[0] == "A/a" ? lines.reversed() : lines).codes.contains("HK301"))
    }
  }

  @Test("the hint undoes all that is not pushed, from the first commit of a history on")
  func hint() throws {
    let server = try GuardedServer()
    let root = try server.work.commit(
      "Root", ["a": .text(Self.key)], on: nil, author: server.roster[.dana], parents: [])
    let next = try server.commit("Next", ["b": "1"], by: .dana, on: root)
    let outcome = try server.push(as: .dana, "\(next):refs/heads/own")
    #expect(outcome.remoteWords.contains("git update-ref -d HEAD"), "\(outcome)")
    // A tag's message is no commit's: nothing that undoes commits is said.
    try server.work.git("tag", "-a", "-m", "with \(Self.key)", "v9", server.base.hex)
    let tagged = try server.push(as: .dana, "v9")
    #expect(tagged.codes.contains("HK301") && !tagged.remoteWords.contains("undo"), "\(tagged)")
  }

  @Test("a commit of more parents than are compared, and a name of several lines")
  func unusual() throws {
    let server = try GuardedServer()
    let sides = try (0..<300).map { _ in server.base }.enumerated().map { index, base in
      index == 0 ? base : try server.commit("Side \(index)", [:], by: .dana)
    }
    let wide = try server.work.commit(
      "Wide", ["a": .text(Self.key)], on: nil, author: server.roster[.dana], parents: sides)
    #expect(try server.push(as: .dana, "\(wide):refs/heads/wide").codes.contains("HK301"))
    let named = try server.commit("Name", ["a\nb\n\(Self.key)": "1"], by: .dana)
    #expect(try server.push(as: .dana, "\(named):refs/heads/named").codes.contains("HK301"))
  }

  @Test("what a file had already may be edited, moved and merged")
  func old() throws {
    let server = try GuardedServer(files: ["old.env": .text("KEY=\(Self.key)\n")])
    let edited = try server.commit(
      "Edit", ["old.env": .text("A=1\nKEY=\(Self.key)\n")], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(edited):main")
    let moved = try server.commit(
      "Move", ["old.env": .delete, "new.env": .text("B=2\nKEY=\(Self.key)\n")], by: .dana,
      on: edited, signed: true)
    try server.pushed(as: .dana, "\(moved):main")
    let copied = try server.commit(
      "Copy", ["copy.env": .text("KEY=\(Self.key)\nC=3\n")], by: .dana, on: moved, signed: true)
    #expect(try server.push(as: .dana, "\(copied):main").codes.contains("HK301"))
  }

  @Test("the policy tunes it, and only the policy")
  func tuned() throws {
    func land(_ secrets: String, _ text: String, _ path: String = "a") throws -> Outcome {
      let server = try GuardedServer(policy: { $0.policy(rules: Roster.team + secrets) })
      let commit = try server.commit("Change", [path: .text(text)], by: .dana, signed: true)
      return try server.push(as: .dana, "\(commit):main")
    }
    let key = Self.key
    let observed = try land("\n[secrets]\nmode = \"observe\"\n", key)
    #expect(
      observed.succeeded && observed.errors.contains("(observed, not refused)"), "\(observed)")
    #expect(try land("\n[secrets]\nskip-rules = [\"groq-api-key\"]\n", key).succeeded)
    let paths = "\n[secrets]\nskip-paths = [\"Tests/**\"]\n"
    #expect(try land(paths, key, "Tests/a").succeeded)
    #expect(try !land(paths, key, "Sources/a").succeeded)
    let comments = "\n[secrets]\nallow-comments = true\n"
    #expect(try land(comments, "\(key) # hookkit:allow").succeeded)
    #expect(try !land(comments, key).succeeded)
  }

  @Test(
    "an archive that is cut off is undecided, one of another kind is named, a weak sign is a note")
  func others() throws {
    let server = try GuardedServer()
    func push(_ bytes: [UInt8], _ name: String) throws -> Outcome {
      let commit = try server.commit("Change", [name: .file(bytes)], by: .dana, signed: true)
      return try server.push(as: .dana, "\(commit):refs/heads/topic-\(name)")
    }
    let cut = try push([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3], "cut.gz")
    #expect(!cut.succeeded && cut.codes == ["HK302"], "\(cut)")
    let other = try push([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2], "other.xz")
    #expect(other.succeeded && other.errors.contains("note: HK302 not looked into"), "\(other)")
    let weak = try push(Array("password = \"\(MadeUp.letters(20))\"\n".utf8), "weak.py")
    #expect(weak.succeeded && weak.errors.contains("note: HK301 perhaps a credential"), "\(weak)")
  }
}
