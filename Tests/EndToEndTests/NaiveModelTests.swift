import Foundation
import Primitives
import TestSupport
import Testing

@Suite("random histories: the server answers as a naive model does")
struct NaiveModelTests {
  /// How many histories are played; `HOOKKIT_TEST_HISTORIES` asks for more of them, and
  /// `HOOKKIT_TEST_SEED` for others.
  private static let seeds: [UInt64] = {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["HOOKKIT_TEST_HISTORIES"].flatMap { UInt64($0) } ?? 12
    let first = environment["HOOKKIT_TEST_SEED"].flatMap { UInt64($0) } ?? 1
    return (0..<max(1, count)).map { first + $0 }
  }()

  @Test("what one lets land the other does, and the other way round", arguments: seeds)
  func agree(_ seed: UInt64) throws {
    var history = try PlayedHistory(seed: seed)
    for _ in 0..<15 {
      guard let difference = try history.step() else { continue }
      Issue.record(
        """
        seed \(seed), \(history.model.rules)
        \(history.story.joined(separator: "\n"))
        \(difference)
        """)
      return
    }
  }
}

/// A history put together by chance, of which the model and a server with real git are told alike.
private struct PlayedHistory {
  let server: GuardedServer
  var model: NaiveModel
  /// What has happened, one line each.
  private(set) var story: [String] = []
  private var dice: Dice
  /// Commits in the order in which they were made, and their names in the story.
  private var made: [ObjectID] = []
  private var names: [ObjectID: String] = [:]
  /// Commits that are on the server, so that they can be reviewed.
  private var stored: Set<ObjectID> = []
  /// Old work at install, which a new protected reference had better not bring.
  private let old: Set<ObjectID>
  private var tagCount = 0

  private static let people: [Actor] = [.dana, .erin, .frank]
  private static let pushers: [Actor] = [
    .dana, .dana, .dana, .frank, .frank, .erin, .codex, .codex, .ci, .stranger, .nobody,
  ]

  init(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    var rules = NaiveModel.Rules()
    rules.ofAnyone = dice.once(in: 4)
    rules.unverifiedIsPersons = !dice.once(in: 3)
    rules.assistedPasses = dice.once(in: 2)
    rules.approvals = dice.pick([0, 1, 1, 1, 1, 1, 1, 2, 2])
    rules.moreForReleases = dice.once(in: 3) ? 1 : 0
    rules.ciDelivers = dice.once(in: 3)
    server = try GuardedServer(policy: { Self.policy(rules, $0) })
    model = NaiveModel(rules)
    model.make(server.base, .init(author: .dana, committer: .dana))
    model.install(server.base, at: "refs/heads/main")
    let below = try server.repository.commit(
      "Old", ["old": "1"], on: "old", author: TestPerson("someone"), parents: [server.base])
    let tip = try server.repository.commit(
      "Older", ["old": "2"], on: "old", author: server.roster[.codex])
    try server.work.git("fetch", "--quiet", server.repository.path, "refs/heads/old")
    model.make(below, .init(parents: [server.base]))
    model.make(tip, .init(parents: [below], author: .codex, committer: .codex))
    model.install(tip, at: "refs/heads/old")
    old = [below, tip]
    made = [server.base, below, tip]
    names = [server.base: "base", below: "old1", tip: "old2"]
    stored = Set(made)
    self.dice = dice
  }

  private static func policy(_ rules: NaiveModel.Rules, _ roster: Roster) -> String {
    func rule(_ refs: String, _ approvals: Int) -> String {
      """
      [[protect]]
      refs = [\(refs)]
      review = { of = "\(rules.ofAnyone ? "anyone" : "agents")", approvals = \(approvals) }
      unverified = "\(rules.unverifiedIsPersons ? "person" : "agent")"
      assisted = "\(rules.assistedPasses ? "allow" : "review")"

      """
    }
    let releases = rules.approvals + rules.moreForReleases
    return roster.openPolicy(
      rules: rule("\"refs/heads/main\", \"refs/tags/v*\"", rules.approvals)
        + rule("\"refs/heads/release/**\"", releases),
      adding: rules.ciDelivers ? [.ci: "delivers = true"] : [:])
  }

  /// Lets something happen: some commits come to the server, are reviewed perhaps, and one or another of
  /// them is pushed to where it is protected.
  ///
  /// - Returns: where the two differ; `nil` when they agree.
  mutating func step() throws -> String? {
    var newest = try makeCommit(on: someCommit())
    for _ in 0..<dice.roll(3) { newest = try makeCommit(on: newest) }
    if dice.once(in: 8) {
      try appear()
    } else if dice.roll(3) < 2 {
      // A branch that is not protected.
      if let difference = try push([("refs/heads/topic/\(dice.roll(3))", newest)]) {
        return difference
      }
    }
    var ref = dice.pick(Self.protectedRefs)
    let candidate = recentCommit()
    for _ in 0..<dice.roll(4) { try review(dice.once(in: 4) ? someCommit() : candidate, for: ref) }
    var new = candidate
    if dice.once(in: 6) {
      ref = "refs/tags/v\(dice.roll(9))"
      // What a review of a tag object would be is not said; where all is reviewed there is none.
      if !model.rules.ofAnyone, dice.once(in: 2) { new = try makeTag(of: new) }
    }
    var updates: [(ref: String, new: ObjectID?)] = []
    let opens = model.tips[ref] == nil && !model.below(new).isDisjoint(with: old)
    if !opens { updates.append((ref, dice.once(in: 30) ? nil : new)) }
    if dice.once(in: 6) { updates.append(("refs/heads/topic/\(dice.roll(3))", someCommit())) }
    return try push(updates)
  }

  private func name(_ id: ObjectID?) -> String { id.map { names[$0] ?? $0.short } ?? "nothing" }

  // MARK: Commits

  /// Mostly one of the newest, or what a branch shows.
  private mutating func someCommit() -> ObjectID {
    if dice.once(in: 3), let main = model.tips["refs/heads/main"] { return main }
    return recentCommit()
  }

  private mutating func recentCommit() -> ObjectID {
    made[made.count - 1 - dice.roll(dice.once(in: 8) ? made.count : min(made.count, 4))]
  }

  private mutating func makeCommit(on first: ObjectID) throws -> ObjectID {
    let second = someCommit()
    var commit = NaiveModel.Commit()
    commit.author = dice.pick([.dana, .dana, .frank, .frank, .erin, .codex, .codex, nil])
    commit.committer = commit.author
    if commit.author != .codex, dice.once(in: 4) {
      commit.committer = dice.pick(Self.people + [nil])
    }
    commit.signer = dice.pick([nil, nil, nil, nil, .dana, .dana, .frank, .erin, .codex, .ci])
    commit.isDeclared = dice.once(in: 9)
    if dice.once(in: 2) {
      // What most people do.
      let person = dice.pick(Self.people)
      commit = .init(author: person, committer: person, signer: dice.once(in: 2) ? person : nil)
    }
    let isPersons = commit.signer.map(Self.people.contains) ?? false
    if !isPersons, dice.once(in: 5) { commit.named = [dice.pick(Self.people)] }
    commit.parents = [first]
    var base = first
    let isFork = !model.below(first).contains(second) && !model.below(second).contains(first)
    if isFork, dice.once(in: 2) {
      commit.parents.append(second)
      base = try server.work.git("merge-tree", "--write-tree", first.hex, second.hex).objectID()
      commit.isClean = !dice.once(in: 4)
    }
    let number = made.count
    var message = "Work \(number)\n\n"
    if commit.isDeclared { message += "Co-authored-by: Codex <noreply@openai.com>\n" }
    for actor in commit.named {
      message += "Co-authored-by: \(actor) <\(server.roster[actor].email)>\n"
    }
    func person(_ actor: Actor?) -> TestPerson {
      actor.map { server.roster[$0] } ?? TestPerson("someone")
    }
    let changes: [String: TreeChange] = commit.isClean ? [:] : ["file\(number)": .text("\(number)")]
    let id = try server.work.commit(
      message, tree: server.work.tree(from: base, changes), parents: commit.parents,
      author: person(commit.author), committer: person(commit.committer),
      signedBy: commit.signer.map { server.roster[$0] })
    names[id] = "c\(number)"
    made.append(id)
    model.make(id, commit)
    let parents = commit.parents.map { name($0) }.joined(separator: " ")
    func word(_ actor: Actor?) -> String { actor?.rawValue ?? "someone" }
    story.append(
      "c\(number) on \(parents): author \(word(commit.author)), committer "
        + "\(word(commit.committer)), signed by \(commit.signer?.rawValue ?? "nobody")"
        + (commit.isDeclared ? ", names an agent" : "")
        + (commit.named.isEmpty ? "" : ", names \(commit.named.map(\.rawValue))")
        + (commit.parents.count < 2 ? "" : commit.isClean ? ", clean" : ", evil"))
    return id
  }

  /// An annotated tag of a commit.
  private mutating func makeTag(of commit: ObjectID) throws -> ObjectID {
    tagCount += 1
    let tagger: Actor? = dice.pick([.dana, .frank, .codex, nil])
    let isSigned = tagger != nil && dice.once(in: 2)
    let person = tagger.map { server.roster[$0] } ?? TestPerson("someone")
    try server.work.tag("made-\(tagCount)", of: commit, by: person, signed: isSigned)
    let id = try #require(try server.work.id("refs/tags/made-\(tagCount)"))
    names[id] = "tag\(tagCount)"
    model.make(
      id,
      .init(
        parents: [commit], author: tagger, committer: tagger, signer: isSigned ? tagger : nil))
    story.append(
      "tag\(tagCount) of \(name(commit)): tagger \(tagger?.rawValue ?? "someone")"
        + (isSigned ? ", signed" : ""))
    return id
  }

  /// A commit gets onto the server without a push, once somebody has pushed there.
  private mutating func appear() throws {
    guard stored.count > 3, let commit = made.last, !stored.contains(commit) else { return }
    try server.fetchBehindTheGate(commit, as: "refs/merge-requests/\(made.count)/head")
    model.appear(commit)
    stored.formUnion(model.below(commit))
    story.append("\(name(commit)) is fetched by the server, by no push")
  }

  // MARK: Reviews

  private mutating func review(_ head: ObjectID, for ref: String) throws {
    guard stored.contains(head) else { return }
    let reviewer = dice.pick(Self.people)
    var base = model.tips[ref]
    if dice.once(in: 5) { base = dice.pick(model.below(head).sorted()) }
    if base == head { base = nil }
    let filed = try server.review(head, by: .software(reviewer)) {
      $0.ref = ref
      $0.base = base ?? .zero
    }
    guard filed.succeeded else { throw UnexpectedOutcome("a review that is taken", filed) }
    model.reviews.append(.init(reviewer: reviewer, ref: ref, base: base, head: head))
    story.append("\(reviewer) reviews \(name(base))..\(name(head)) for \(ref)")
  }

  // MARK: Pushes

  private static let protectedRefs = [
    "refs/heads/main", "refs/heads/main", "refs/heads/main", "refs/heads/release/1",
    "refs/heads/release/2",
  ]

  private mutating func push(_ asked: [(ref: String, new: ObjectID?)]) throws -> String? {
    var pusher = dice.pick(Self.pushers)
    // Often whoever wrote it.
    if dice.once(in: 3), let new = asked.first?.new, let author = model.commits[new]?.author {
      pusher = author
    }
    // What changes nothing, or deletes what is not there, is no push.
    let updates = asked.filter { model.tips[$0.ref] != $0.new }
    guard !updates.isEmpty else { return nil }

    let told = updates.map { "\(name($0.new)) to \($0.ref)" }.joined(separator: ", ")
    let line = "\(pusher) pushes \(told)"
    let expected = model.push(updates, by: pusher)
    let specs = updates.map { $0.new.map { "+\($0)" } ?? "" }
    let outcome = try server.sandbox.run(
      ["git", "push", server.repository.path]
        + zip(specs, updates).map { "\($0):\($1.ref)" },
      in: server.work.path, env: server.environment(as: pusher), timeLimit: 120)
    let lands = try updates.map { try server.tip($0.ref) == $0.new }
    for (update, isThere) in zip(updates, lands) where isThere {
      if let new = update.new { stored.formUnion(model.below(new)) }
    }
    guard lands != expected else {
      story.append("\(line): \(lands.map { $0 ? "lands" : "refused" })")
      return nil
    }
    return """
      \(line)
      model:  \(expected.map { $0 ? "lands" : "refused" })
      server: \(lands.map { $0 ? "lands" : "refused" })
      \(outcome)
      """
  }
}
