import Foundation
import Git
import Primitives
import TestSupport
import Testing

/// References as files, packed and symbolic.
@Suite struct ReferenceStoreTests {
  private static let one = "1111111111111111111111111111111111111111"
  private static let two = "2222222222222222222222222222222222222222"
  private static let three = "3333333333333333333333333333333333333333"

  /// A git directory with exactly these files; nothing else of a repository is looked at.
  private static func store(_ files: [String: String]) throws -> (ReferenceStore, Sandbox) {
    let sandbox = try Sandbox()
    try sandbox.makeFolder("git/refs/heads")
    for (path, content) in files { try sandbox.write(content, to: "git/\(path)") }
    return (try ReferenceStore(gitDirectory: sandbox.path("git")), sandbox)
  }

  private static func id(_ hex: String) -> ObjectID? { ObjectID(hex) }

  @Test("a loose file wins over the packed line, and either alone is enough")
  func looseOverPacked() throws {
    let (store, sandbox) = try Self.store([
      "refs/heads/both": "\(Self.one)\n", "refs/heads/loose": "\(Self.one)\n",
      "packed-refs":
        "# pack-refs with: peeled fully-peeled sorted \n\(Self.two) refs/heads/both\n\(Self.two) refs/heads/packed\n",
    ])
    defer { withExtendedLifetime(sandbox) {} }
    #expect(try store.resolve(RefName("refs/heads/both")) == Self.id(Self.one))
    #expect(try store.resolve(RefName("refs/heads/loose")) == Self.id(Self.one))
    #expect(try store.resolve(RefName("refs/heads/packed")) == Self.id(Self.two))
    #expect(try store.resolve(RefName("refs/heads/none")) == nil)
    #expect(try store.resolve(RefName("refs/heads")) == nil)
    #expect(try store.resolve(RefName("refs/heads/both/below")) == nil)
    let listed = try store.list(prefix: "refs/heads/".utf8)
    #expect(listed.map(\.name) == ["both", "loose", "packed"].map { RefName("refs/heads/\($0)") })
    #expect(listed.map { $0.id } == [Self.one, Self.one, Self.two].map(Self.id))
    let packed = try #require(Self.id(Self.two))
    #expect(try store.isPacked(RefName("refs/heads/both"), at: packed))
    #expect(try !store.isPacked(RefName("refs/heads/loose"), at: packed))
  }

  @Test("symbolic references lead to their end, which need not exist")
  func symbolic() throws {
    let (store, sandbox) = try Self.store([
      "HEAD": "ref: refs/heads/main\n", "refs/heads/main": "\(Self.one)\n",
      "refs/heads/alias": "ref:   refs/heads/main\n", "refs/heads/tab": "ref:\trefs/heads/alias",
      "refs/heads/unborn": "ref: refs/heads/nobody\n",
    ])
    defer { withExtendedLifetime(sandbox) {} }
    #expect(try store.head() == RefName("refs/heads/main"))
    for name in ["refs/heads/alias", "refs/heads/tab"] {
      let end = try store.resolveSymbolic(RefName(name))
      #expect(end.name == RefName("refs/heads/main") && end.id == Self.id(Self.one))
    }
    let unborn = try store.resolveSymbolic(RefName("refs/heads/unborn"))
    #expect(unborn.name == RefName("refs/heads/nobody") && unborn.id == nil)
    #expect(try !store.list(prefix: "refs/heads/un".utf8).contains { _ in true })
  }

  @Test("a detached head names no branch, and an unborn one does")
  func head() throws {
    let (detached, first) = try Self.store(["HEAD": "\(Self.one)\n"])
    defer { withExtendedLifetime(first) {} }
    #expect(try detached.head() == nil)
    let (unborn, second) = try Self.store(["HEAD": "ref: refs/heads/main\n"])
    defer { withExtendedLifetime(second) {} }
    #expect(try unborn.head() == RefName("refs/heads/main"))
    #expect(try unborn.resolve(RefName("HEAD")) == nil)
  }

  @Test("a circle and a chain that is too long are errors, not a hang")
  func circles() throws {
    var files = ["refs/heads/a": "ref: refs/heads/b\n", "refs/heads/b": "ref: refs/heads/a\n"]
    files["refs/heads/self"] = "ref: refs/heads/self\n"
    for number in 0..<8 { files["refs/long/\(number)"] = "ref: refs/long/\(number + 1)\n" }
    files["refs/long/8"] = "\(Self.one)\n"
    let (store, sandbox) = try Self.store(files)
    defer { withExtendedLifetime(sandbox) {} }
    for name in ["refs/heads/a", "refs/heads/self", "refs/long/0"] {
      #expect(throws: GitError.self) { try store.resolve(RefName(name)) }
    }
    #expect(try store.resolve(RefName("refs/long/4")) == Self.id(Self.one))
  }

  @Test(
    "a loose file that is no object name is an error, not an absence",
    arguments: [
      "", "\n", "x", "111", "\(one.dropLast())g\n", "\(one)1\n", "\(one)x", " \(one)", "ref: ",
      "ref: refs/heads/..\n", "ref: /etc/passwd\n", "ref: ../../outside\n", "ref: HEAD\n",
      "ref: refs/heads/a b\n", "ref: \u{0}refs/heads/b\n",
    ])
  func malformedLoose(_ content: String) throws {
    let (store, sandbox) = try Self.store(["refs/heads/main": content])
    defer { withExtendedLifetime(sandbox) {} }
    #expect(throws: GitError.self) { try store.resolve(RefName("refs/heads/main")) }
    #expect(throws: GitError.self) { try store.list(prefix: "refs/heads/".utf8) }
  }

  @Test("a name that git would not take is never looked up on disk")
  func names() throws {
    let (store, sandbox) = try Self.store([:])
    defer { withExtendedLifetime(sandbox) {} }
    try sandbox.write("\(Self.one)\n", to: "outside")
    for name in ["refs/../../outside", "../outside", "refs/heads/a.lock", "config", "refs/", ""] {
      #expect(throws: GitError.self) { try store.resolve(RefName(name)) }
    }
  }

  @Test("packed-refs that is not sorted, or does not say so, is searched to its end")
  func unsorted() throws {
    let lines = (0..<50).map { "\(Self.one) refs/heads/\(String(($0 * 37) % 50))\n" }
    for header in ["", "# pack-refs with: peeled\n", "# x\n# y\n"] {
      let (store, sandbox) = try Self.store(["packed-refs": header + lines.joined()])
      defer { withExtendedLifetime(sandbox) {} }
      for number in 0..<50 {
        #expect(try store.resolve(RefName("refs/heads/\(number)")) == Self.id(Self.one))
      }
      #expect(try store.resolve(RefName("refs/heads/50")) == nil)
      #expect(try store.list(prefix: "refs/heads/".utf8).count == 50)
      #expect(try store.list(prefix: "refs/heads/4".utf8).count == 11)
    }
  }

  @Test("lines of peeled tags are stepped over wherever a search comes down")
  func peeled() throws {
    for count in 1...40 {
      var text = "# pack-refs with: peeled fully-peeled sorted \n"
      for number in 0..<count {
        text += "\(Self.one) refs/tags/\(1000 + number)\n"
        // Long and short names, with and without a peeled line behind them.
        if number % 3 != 1 { text += "^\(Self.two)\n" }
      }
      let (store, sandbox) = try Self.store(["packed-refs": text])
      defer { withExtendedLifetime(sandbox) {} }
      for number in 0..<count {
        #expect(
          try store.resolve(RefName("refs/tags/\(1000 + number)")) == Self.id(Self.one),
          "\(number) of \(count)")
      }
      for name in ["999", "1000.5", "\(1000 + count)", "2", "zz"] {
        #expect(try store.resolve(RefName("refs/tags/\(name)")) == nil)
      }
      #expect(try store.list(prefix: "refs/tags/".utf8).count == count)
    }
  }

  @Test(
    "a packed-refs line that is not `object name` is an error when a search comes to it",
    arguments: [
      "x\n", "\(one)\n", "\(one) \n", "\(one)  \n".replacingOccurrences(of: "  ", with: "\t"),
      "\(one.dropLast()) refs/heads/main\n", "\(one)g refs/heads/main\n", "\n",
      "\(one) refs/heads/main", "ref: refs/heads/main\n",
    ])
  func malformedPacked(_ line: String) throws {
    for header in ["", "# pack-refs with: peeled fully-peeled sorted \n"] {
      let (store, sandbox) = try Self.store(["packed-refs": header + line])
      defer { withExtendedLifetime(sandbox) {} }
      #expect(throws: GitError.self) { try store.resolve(RefName("refs/heads/main")) }
      #expect(throws: GitError.self) { try store.list(prefix: "refs/".utf8) }
    }
  }

  @Test("an empty packed-refs, and one of comments alone, hold nothing")
  func emptyPacked() throws {
    for text in ["", "# pack-refs with: peeled fully-peeled sorted \n", "# x", "# x\n# y", "^"] {
      let (store, sandbox) = try Self.store(["packed-refs": text])
      defer { withExtendedLifetime(sandbox) {} }
      #expect(try store.resolve(RefName("refs/heads/main")) == nil)
      #expect(try store.list(prefix: "refs/".utf8).isEmpty)
    }
  }

  @Test("a list has what begins with the prefix, whole folders or part of a name")
  func prefixes() throws {
    let names = ["a", "ab", "a/b", "a/bc", "b", "b/a", "tags/a"].map { "refs/\($0)x" }
    let (store, sandbox) = try Self.store(
      Dictionary(uniqueKeysWithValues: names.prefix(5).map { ($0, "\(Self.one)\n") }).merging([
        "packed-refs": names.suffix(3).map { "\(Self.two) \($0)\n" }.joined(),
        "refs/heads/.hidden": "x", "refs/heads/main.lock": "",
      ]) { $1 })
    defer { withExtendedLifetime(sandbox) {} }
    for prefix in [
      "", "r", "refs", "refs/", "refs/a", "refs/a/", "refs/a/b", "refs/b", "refs/zz", "x", "refsx",
    ] {
      #expect(
        try store.list(prefix: prefix.utf8).map(\.name)
          == names.filter { $0.hasPrefix(prefix) }.sorted().map { RefName($0) }, "\(prefix)")
    }
    #expect(throws: GitError.overLimit("more than 2 references")) {
      try store.list(prefix: "refs/".utf8, limit: 2)
    }
  }

  @Test("references in reftable format are not supported, and that is said")
  func reftable() throws {
    let sandbox = try Sandbox()
    try sandbox.makeFolder("git/reftable")
    #expect(throws: GitError.unsupported("references in reftable format")) {
      try ReferenceStore(gitDirectory: sandbox.path("git"))
    }
  }
}
