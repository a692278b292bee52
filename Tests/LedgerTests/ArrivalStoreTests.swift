import Git
import Ledger
import Primitives
import TestSupport
import Testing

/// What a killed process, a crash of the whole machine or a clock that is set leaves of the arrivals.
@Suite struct ArrivalStoreTests {
  let state: State
  let repository: TestRepository
  let store: ArrivalStore

  init() throws {
    state = try State()
    repository = try state.sandbox.bareRepository("objects.git")
    store = ArrivalStore(state.server)
    try store.recordBaseline([], in: objects(), at: 1)
  }

  private func objects() throws -> ObjectStore {
    try ObjectStore(gitDirectory: repository.gitDirectory)
  }

  private func commit(_ name: String) throws -> ObjectID {
    try repository.commit(name, [name: "1"], on: nil, author: TestPerson("someone"), parents: [])
  }

  @discardableResult
  private func push(
    _ commits: [ObjectID], by account: String, at time: Int64 = 100, limit: Int = 1000,
    isLetIn: Bool = true
  ) throws -> ArrivalStore.Recorded {
    let updates = commits.enumerated().map { number, commit in
      RefUpdate(old: .zero, new: commit, name: RefName("refs/heads/\(account)-\(number)"))
    }
    let recorded = try store.record(
      updates, by: Array(account.utf8), at: time,
      stored: { () throws(GitError) in
        try ObjectStore(gitDirectory: repository.gitDirectory)
      },
      incoming: ObjectStore(objectsFolder: repository.gitDirectory + "/objects"), limit: limit)
    if isLetIn { try store.keep(recorded, by: Array(account.utf8), at: time) }
    return recorded
  }

  private func account(_ id: ObjectID) throws -> String? {
    try store.reader().arrival(of: id)?.account.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("what a crash of the machine took of a push is nobody's, and never the next pusher's")
  func lostPush() throws {
    let whole = try { () throws -> [UInt8] in
      try push([commit("a")], by: "dana")
      return try state.read("arrivals/pushes")
    }()
    let agents = try commit("agents")
    try push([agents], by: "svc-codex")
    let written = try state.read("arrivals/pushes")
    let log = try state.read("arrivals/log")
    for count in [0, 4, 8, whole.count, whole.count + 3, whole.count + 20, written.count - 1] {
      let zeros = [UInt8](repeating: 0, count: written.count - count)
      for left in [[], zeros] {
        try state.write(Array(written.prefix(count)) + left, to: "arrivals/pushes")
        try state.write(log, to: "arrivals/log")
        let next = try commit("next \(count) \(left.count)")
        try push([next], by: "dana")
        #expect(try account(next) == "dana")
        // Brought once more by a person it is not the person's either.
        try push([agents], by: "dana")
        #expect(try account(agents) != "dana", "\(count)")
        guard count <= whole.count else { continue }
        #expect(try store.reader().arrival(of: agents)?.source == .nobody, "\(count)")
      }
    }
  }

  @Test("records of which a crash of the machine left zeros make nobody's work a person's")
  func zeros() throws {
    let agents = try commit("agents")
    try push([agents], by: "svc-codex")
    let log = try state.read("arrivals/log")
    for count in 1...24 {
      let damaged = Array(log.dropLast(count)) + [UInt8](repeating: 0, count: count)
      try state.write(damaged, to: "arrivals/log")
      let arrival = try store.reader().arrival(of: agents)
      let isNobodys = arrival == nil || arrival?.source == .nobody
      let isUnharmed = arrival?.account == Array("svc-codex".utf8)
      #expect(isNobodys || isUnharmed, "\(count): \(String(describing: arrival))")
    }
  }

  @Test("first is the order of recording, whatever the clock says", arguments: [-1, 1])
  func clock(_ direction: Int64) throws {
    let (agents, both) = (try commit("agents"), try commit("both"))
    let start: Int64 = 2_000_000_000
    try push([agents], by: "svc-codex", at: start)
    try push([both], by: "svc-codex", at: start, isLetIn: false)
    let later = start + direction * 86_400 * 300
    try push([agents, both], by: "dana", at: later)
    #expect(try account(agents) == "svc-codex")
    #expect(try account(both) == "svc-codex")
    // A merge of the files, which drops what is forgotten, drops nothing of that.
    for round in 0..<3 {
      let commits = try (0..<400).map { try commit("\(direction) \(round) \($0)") }
      try push(commits, by: "frank", at: later + direction * 86_400 * 400)
    }
    #expect(try account(agents) == "svc-codex")
    #expect(try account(both) == "svc-codex")
  }

  @Test("a hook that is killed when its push is let in takes up nothing of the pusher's room")
  func killedInKeeping() throws {
    let recorded = try push([commit("a"), commit("b"), commit("c")], by: "dana", isLetIn: false)
    let buckets = try state.files().filter { $0.contains("/refused/") }
    let bucket = String(try #require(buckets.first).dropFirst(2))
    let full = try state.read(bucket)
    try store.keep(recorded, by: Array("dana".utf8), at: 100)
    #expect(try state.read(bucket).isEmpty)
    try state.write(full, to: bucket)
    let next = try commit("next")
    try push([next], by: "dana", limit: 3)
    #expect(try account(next) == "dana")
    #expect(throws: ArrivalStore.Problem.self) {
      try push([commit("d"), commit("e"), commit("f")], by: "dana", limit: 3, isLetIn: false)
      try push([commit("g")], by: "dana", limit: 3, isLetIn: false)
    }
  }
}
