import Git
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

@Suite("landings and policies that the server writes")
struct ServerRecordsTests {
  let sandbox: Sandbox
  let repository: TestRepository
  let key: PrivateKey

  init() throws {
    sandbox = try Sandbox()
    repository = try sandbox.bareRepository()
    key = try PrivateKey.generate()
  }

  private func records() throws -> ServerRecords {
    try ServerRecords(gitDirectory: repository.gitDirectory)
  }

  private func landing(
    _ old: ObjectID, _ new: ObjectID, _ ref: String = "refs/heads/main", time: Int64 = 100,
    arrivals: [UInt8] = []
  ) throws -> ServerRecords.NewLanding {
    let statement = try LandingStatement(
      repository: Array("git.example.org/app".utf8), ref: RefName(ref), old: old, new: new,
      pusher: Array("dana".utf8), policyDigest: [UInt8](repeating: 1, count: 32), ledger: .zero,
      coverage: .object([]), time: time, kind: .landing)
    return ServerRecords.NewLanding(statement, arrivals: arrivals)
  }

  private func chain() throws -> [Landing] {
    try Landings(objects: ObjectStore(gitDirectory: repository.gitDirectory))
      .chain(from: repository.id("refs/hookkit/landings"))
  }

  @Test("no landings are an empty chain")
  func empty() throws {
    #expect(try chain().isEmpty)
  }

  @Test("each landing is a commit behind the last, signed with the server's key")
  func appends() throws {
    let first = try landing(.zero, id(1))
    let second = try landing(id(1), id(2), time: 200)
    let third = try landing(.zero, id(2), "refs/heads/release/1", time: 300)
    try records().append([first, second], signedBy: key)
    try records().append([third], signedBy: key)
    let found = try chain()
    #expect(found.map(\.statement) == [third, second, first].map(\.statement))
    for landing in found {
      let signature = try #require(landing.envelope.signatures.first)
      #expect(landing.envelope.signatures.count == 1 && signature.publicKey == key.publicKey)
      _ = try landing.envelope.verify(signature, namespace: .landing)
      #expect(throws: SignatureError.self) {
        _ = try landing.envelope.verify(signature, namespace: .review)
      }
    }
    try repository.git("fsck", "--strict")
  }

  @Test("a landing that is the newest of its reference is not written twice")
  func idempotent() throws {
    let first = try landing(.zero, id(1))
    try records().append([first], signedBy: key)
    let tip = try repository.id("refs/hookkit/landings")
    try records().append([first, try landing(.zero, id(1), time: 500)], signedBy: key)
    #expect(try repository.id("refs/hookkit/landings") == tip)

    // Back and forth again is another move.
    let back = try landing(id(1), .zero)
    try records().append([back, first], signedBy: key)
    #expect(try chain().map(\.statement) == [first, back, first].map(\.statement))
  }

  @Test("a policy is recorded when it is another than the last")
  func policies() throws {
    let old = [(path: Array("repository.toml".utf8), content: Array("version = 1\n".utf8))]
    let new = old + [(path: Array("tree.toml".utf8), content: Array("version = 2\n".utf8))]
    for files in [old, old, new, new, old] { try records().appendPolicy(files: files, at: 100) }
    #expect(try repository.git("rev-list", "--count", "refs/hookkit/policy").value == "3")
    #expect(
      try repository.git("show", "refs/hookkit/policy~1:tree.toml").output == "version = 2\n")
    #expect(
      try repository.git("ls-tree", "--name-only", "refs/hookkit/policy").lines
        == ["repository.toml"])
  }

  @Test("writers at once give one chain with every landing")
  func contention() async throws {
    let directory = repository.gitDirectory
    let key = key
    let statements = try (0..<12).map { try landing(.zero, id(1), "refs/heads/b\($0)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for statement in statements {
        group.addTask {
          try ServerRecords(gitDirectory: directory).append([statement], signedBy: key)
        }
      }
      try await group.waitForAll()
    }
    let refs = try chain().map { "\($0.statement.ref)" }
    #expect(refs.sorted() == statements.map { "\($0.statement.ref)" }.sorted())
  }

  @Test("the reference is moved without asking any hook")
  func hooks() throws {
    try repository.writeHook("reference-transaction", "#!/bin/sh\nexit 1\n")
    try records().append([landing(.zero, id(1))], signedBy: key)
    #expect(try chain().count == 1)
  }

  @Test("a chain with anything else in it is an error that names the commit")
  func forged() throws {
    try records().append([landing(.zero, id(1))], signedBy: key)
    let good = try #require(try repository.id("refs/hookkit/landings"))
    let empty = try repository.tree(from: nil, [:])
    let garbage = try repository.tree(from: nil, ["landing.dsse": "garbage"])
    let tree = try #require(try repository.id("\(good.hex)^{tree}"))
    let link = try repository.tree(from: nil, ["landing.dsse": .symlink("x")])
    let commits = [
      try repository.commit("x", tree: empty, parents: [good]),
      try repository.commit("x", tree: garbage, parents: [good]),
      try repository.commit("x", tree: link, parents: [good]),
      try repository.commit(
        "x", tree: tree, parents: [good, repository.commit("y", tree: tree, parents: [])]),
    ]
    let landings = Landings(objects: try ObjectStore(gitDirectory: repository.gitDirectory))
    #expect(try landings.chain(from: good).count == 1)
    for commit in commits {
      do throws(Landings.Problem) {
        _ = try landings.chain(from: commit)
        Issue.record("\(commit) was read")
      } catch {
        #expect(
          "\(error)".contains("\(commit)") || "\(error)".contains(empty.hex)
            || "\(error)".contains(link.hex))
      }
    }
    #expect(throws: Landings.Problem.self) { _ = try landings.chain(from: id(9)) }
  }

  @Test("arrivals stand beside the landing that rests on them")
  func arrivals() throws {
    let bytes = Array("who brought what".utf8)
    try records().append(
      [landing(.zero, id(1)), landing(id(1), id(2), arrivals: bytes)], signedBy: key)
    let landings = Landings(objects: try ObjectStore(gitDirectory: repository.gitDirectory))
    #expect(try chain().map { try landings.arrivals(at: $0.commit) } == [bytes, []])
  }

  @Test(
    "the index says what the chain says, from its file or without it, also when the chain has grown"
  )
  func index() throws {
    let cache = sandbox.path("index")
    let objects = { try ObjectStore(gitDirectory: self.repository.gitDirectory) }
    func index(_ cache: String?) throws -> LandingIndex {
      try LandingIndex(
        upTo: repository.id("refs/hookkit/landings"), in: objects(), cache: cache)
    }
    #expect(try index(cache).entries.isEmpty)
    for round in 0..<4 {
      let ref = "refs/heads/b\(round)"
      try records().append(
        [landing(.zero, id(1), ref), landing(id(1), id(UInt8(2 + round)), ref)], signedBy: key)
      let read = try index(nil)
      #expect(read.entries.count == 2 * round + 2)
      #expect(try index(cache).entries == read.entries)
      #expect(try index(cache).entries == read.entries, "from the file")
      #expect(read.newest(of: RefName(ref))?.new == id(UInt8(2 + round)))
    }
    let good = try sandbox.read("index")
    for damaged in [Array(good.dropLast(20)), good + good, Array(good.reversed()), []] {
      try sandbox.write(damaged, to: "index")
      #expect(try index(cache).entries.count == 8)
    }
  }
}
