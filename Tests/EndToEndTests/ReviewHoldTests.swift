import Foundation
import Git
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

/// Where a rule says `hold = true`. codex may push to every branch, so that what it lacks is a review.
struct ReviewHolds {
  let server: GuardedServer

  static let main = "refs/heads/main"
  static let release = "refs/heads/release/1"
  static let rules = "\(Roster.team)\nhold = true\n"

  init(
    rules: String = Self.rules, limits: String = "", adding: [Actor: String] = [:],
    procReceiveRefs: [String] = ["refs"], hooks: [String] = GuardedServer.hooks
  ) throws {
    server = try GuardedServer(
      policy: { Self.policy($0, rules: rules + "\n" + limits, adding: adding) },
      files: ["package-lock.json": GuardedServer.lock()], hooks: hooks,
      procReceiveRefs: procReceiveRefs)
  }

  static func policy(
    _ roster: Roster, serial: Int = 1, rules: String = Self.rules, adding: [Actor: String] = [:],
    mayPush: String = "\"refs/**\""
  ) -> String {
    roster.policy(serial: serial, rules: rules, adding: adding).replacingOccurrences(
      of: "may-push = [\"refs/heads/agent/codex/**\"]", with: "may-push = [\(mayPush)]")
  }

  func work(_ name: String = "work", on parent: ObjectID? = nil) throws -> ObjectID {
    try server.commit(name, [name: "1"], by: .codex, on: parent ?? server.base)
  }

  func hold(_ id: String) throws -> Hold {
    let objects = try ObjectStore(gitDirectory: server.repository.path)
    let tag = try #require(try server.repository.id("refs/quarantine/\(id)"))
    return try #require(try Hold(at: tag, id: id, in: objects))
  }

  /// The hold of a commit; `nil` when the server holds nothing of it.
  func hold(of commit: ObjectID, for ref: String = main) throws -> Hold? {
    try server.holds().map { try hold($0) }.first { $0.new == commit && $0.ref == RefName(ref) }
  }

  /// Pushes and requires that it is held.
  @discardableResult
  func held(
    _ commit: ObjectID, as actor: Actor = .codex, to ref: String = main, _ options: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Hold {
    let before = try server.tip(ref)
    let outcome = try server.sandbox.run(
      ["git", "push", server.repository.path] + options + ["+\(commit):\(ref)"],
      in: server.work.path, env: server.environment(as: actor))
    #expect(!outcome.succeeded, "\(outcome)", sourceLocation: sourceLocation)
    #expect(try server.tip(ref) == before, "\(outcome)", sourceLocation: sourceLocation)
    let hold = try #require(
      try hold(of: commit, for: ref), "\(outcome)", sourceLocation: sourceLocation)
    #expect(
      outcome.remoteWords.contains("\(hold.codes[0]) held as \(hold.id): needs a"), "\(outcome)",
      sourceLocation: sourceLocation)
    return hold
  }

  func answer(
    _ answer: ReleaseStatement.Answer, _ hold: Hold, by actor: Actor = .dana, until: Int64? = nil
  ) throws -> Outcome {
    let statement = try ReleaseStatement(
      answer, repository: Array(GuardedServer.name.utf8), ref: hold.ref, old: hold.base,
      new: hold.new, dependencyDigest: hold.digest, blobs: [],
      policyDigest: [UInt8](repeating: 1, count: 32), time: Int64(server.sandbox.now), until: until)
    return try server.file(server.answer(statement, by: .software(actor)), as: actor)
  }
}

@Suite("What only waits for a review is held until then")
struct ReviewHoldTests {
  private static let main = ReviewHolds.main
  private static let release = ReviewHolds.release

  @Test("an agent's push is kept, and lands by itself as its pusher's once it is reviewed")
  func lands() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    #expect(hold.codes == ["HK101"] && hold.digest == Hold.noRelease)
    #expect(hold.pusher == Array("svc-codex".utf8))
    #expect(hold.expires == hold.time + 14 * 86_400)
    #expect(try server.journal().last?["verdict"]?.string == "hold")
    let again = try server.push(as: .codex, "\(commit):main")
    #expect(again.remoteWords.contains("HK101 already held as \(hold.id): needs a review"))
    #expect(try server.holds() == [hold.id])
    let reviewed = try server.review(commit, by: .software(.dana))
    #expect(reviewed.errors.contains("\(hold.id) has landed"), "\(reviewed)")
    #expect(try server.tip() == commit)
    #expect(try server.holds().isEmpty)
    let last = try #require(try server.journal().last)
    #expect(last["verdict"]?.string == "allow" && last["pusher"]?.string == "svc-codex")
    #expect(try server.landings().last?.pusher == Array("svc-codex".utf8))
  }

  @Test("what lands so is verified like any other, whatever its pusher may do by then")
  func verified() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    // What was allowed when it was pushed is not asked again.
    try server.write(
      ReviewHolds.policy(server.roster, serial: 2, mayPush: "\"refs/heads/agent/codex/**\""),
      to: "policy.toml")
    let reviewed = try server.review(commit, by: .software(.dana))
    #expect(reviewed.errors.contains("\(hold.id) has landed"), "\(reviewed)")
    #expect(try server.tip() == commit)
    let clone = try server.sandbox.clone(server.repository, "auditor")
    try clone.git("fetch", "--quiet", "origin", "+refs/hookkit/*:refs/hookkit/remotes/origin/*")
    let verified = try server.sandbox.hookkit("-C", clone.path, "verify")
    #expect(verified.succeeded, "\(verified)")
  }

  @Test("two reviews that a rule asks for: it waits for the second, and says so")
  func two() throws {
    let scene = try ReviewHolds(
      rules: ReviewHolds.rules.replacing("approvals = 1", with: "approvals = 2"))
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    let first = try server.review(commit, by: .software(.dana))
    #expect(first.errors.contains("\(hold.id) still waits: HK101"), "\(first)")
    #expect(try server.tip() == server.base)
    let second = try server.review(commit, by: .software(.frank))
    #expect(second.errors.contains("\(hold.id) has landed"), "\(second)")
    #expect(try server.tip() == commit)
  }

  @Test("reviews of other commits, by the sponsor or for another branch land nothing")
  func others() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    let other = try scene.work("other")
    for outcome in [
      try server.review(other, by: .software(.dana)),
      try server.review(commit, by: .software(.dana)) { $0.ref = Self.release },
    ] {
      #expect(outcome.succeeded && !outcome.errors.contains(hold.id), "\(outcome)")
    }
    let sponsors = try server.review(commit, by: .software(.erin))
    #expect(sponsors.errors.contains("\(hold.id) still waits"), "\(sponsors)")
    #expect(try server.tip() == server.base)
  }

  @Test("a merge that lacks a review below it lands once that commit has it")
  func below() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let work = try scene.work()
    let own = try server.commit("Own", ["own": "1"], by: .dana)
    try server.pushed(as: .dana, "\(own):main")
    let tree = try server.work.git("merge-tree", "--write-tree", own.hex, work.hex).objectID()
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [own, work], author: server.roster[.dana])
    let hold = try scene.held(merge, as: .dana)
    #expect(hold.unreviewed.contains(work))
    let outcome = try server.review(work, by: .software(.frank))
    #expect(outcome.errors.contains("\(hold.id) has landed"), "\(outcome)")
    #expect(try server.tip() == merge)
  }

  @Test("a release and a review: one hold, which says what it still waits for")
  func both() throws {
    let scene = try ReviewHolds(rules: "\(ReviewHolds.rules)\n\(Roster.quarantine)")
    let server = scene.server
    let commit = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], by: .codex)
    let outcome = try server.push(as: .codex, "\(commit):main")
    let hold = try #require(try scene.hold(of: commit), "\(outcome)")
    #expect(
      outcome.errors.contains("(HK201 held as \(hold.id): needs a release and a review)"),
      "\(outcome)")
    #expect(hold.codes == ["HK101", "HK201"])
    let released = try scene.answer(.release, hold)
    #expect(released.errors.contains("\(hold.id) still waits: HK101"), "\(released)")
    #expect(try scene.hold(hold.id).codes == ["HK101"])
    let reviewed = try server.review(commit, by: .software(.dana))
    #expect(reviewed.errors.contains("\(hold.id) has landed"), "\(reviewed)")
    #expect(try server.tip() == commit)
  }

  @Test("the person who may not go ahead is told what to do, and doing it lands the work")
  func moved() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    let other = try server.commit("Other", ["other": "1"], by: .dana)
    try server.pushed(as: .dana, "\(other):main")
    let reviewed = try server.review(commit, by: .software(.dana)) { $0.base = server.base }
    #expect(reviewed.errors.contains("\(Self.main) has moved since"), "\(reviewed)")
    let hint = "git pull --no-rebase origin refs/quarantine/\(hold.id)"
    #expect(reviewed.remoteWords.contains(hint), "\(reviewed)")
    #expect(try server.tip() == other)
    let clone = try server.sandbox.clone(server.repository, "merging")
    for (key, value) in [("user.name", "dana"), ("user.email", server.roster[.dana].email)] {
      try clone.git("config", key, value)
    }
    try clone.git(hint.split(separator: " ").dropFirst().map(String.init) + ["--no-edit"])
    let pushed = try server.push(as: .dana, "HEAD:main", from: clone)
    #expect(pushed.succeeded, "\(pushed)")
    #expect(try server.holds().isEmpty, "what has landed another way is held no more")
  }

  @Test("a branch that moved and moved back: the same push lands, and nothing lands unasked")
  func movedBack() throws {
    let scene = try ReviewHolds(rules: ReviewHolds.rules + "force-push = true\n")
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    let other = try server.commit("Other", ["other": "1"], by: .dana)
    try server.pushed(as: .dana, "\(other):main")
    _ = try server.review(commit, by: .software(.dana)) { $0.base = server.base }
    try server.pushed(as: .dana, "+\(server.base):main")
    #expect(try server.tip() == server.base)
    #expect(try server.holds() == [hold.id])
    try server.pushed(as: .codex, "\(commit):main")
    #expect(try server.tip() == commit)
    #expect(try server.holds().isEmpty)
  }

  // MARK: What is not held

  @Test(
    "beside what no review ends nothing is held, that comes first, and nobody is asked to review")
  func finalFirst() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    try server.write(
      ReviewHolds.policy(server.roster, mayPush: "\"refs/heads/agent/codex/**\""),
      to: "policy.toml")
    let outcome = try server.push(as: .codex, "\(scene.work()):main")
    #expect(outcome.codes == ["HK401", "HK101"], "\(outcome)")
    #expect(!outcome.errors.contains("review approve"), "\(outcome)")
    #expect(outcome.errors.contains("(HK401 codex may not push here and HK101)"), "\(outcome)")
    let root = try server.work.commit(
      "Root", ["x": "1"], on: nil, author: server.roster[.dana], parents: [])
    let forced = try server.push(as: .dana, "+\(root):main")
    #expect(forced.codes.first == "HK501", "\(forced)")
    #expect(try server.holds().isEmpty)
    // The command that it names ends it.
    let step = try #require(
      outcome.remoteWords.firstMatch(of: /git push origin ([0-9a-f]+:[a-z0-9\/-]+)/)?.1)
    try server.pushed(as: .codex, String(step))
  }

  @Test("one rule of two that does not hold is enough that nothing is held")
  func oneRule() throws {
    let scene = try ReviewHolds(rules: "\(ReviewHolds.rules)\n\(Roster.team)")
    let outcome = try scene.server.push(as: .codex, "\(scene.work()):main")
    #expect(outcome.codes == ["HK101"], "\(outcome)")
    #expect(try scene.server.holds().isEmpty)
  }

  @Test(
    "where nothing can be held the text brings the work to a branch that the pusher may push to",
    arguments: [Actor.codex, .dana, .stranger])
  func withoutProcReceive(_ actor: Actor) throws {
    let scene = try ReviewHolds(procReceiveRefs: [])
    let server = scene.server
    if actor == .codex {
      try server.write(
        ReviewHolds.policy(
          server.roster, mayPush: "\"refs/heads/main\", \"refs/heads/agent/codex/**\""),
        to: "policy.toml")
    }
    let commit = try scene.work()
    let outcome = try server.push(as: actor, "\(commit):main")
    #expect(outcome.codes == ["HK101"], "\(outcome)")
    #expect(outcome.remoteWords.contains("so that a reviewer can see it"), "\(outcome)")
    #expect(outcome.errors.contains("hookkit review approve \(commit.short)"), "\(outcome)")
    #expect(!outcome.errors.contains("--ref"), "\(outcome)")
    #expect(try server.holds().isEmpty)
    let step = try #require(
      outcome.remoteWords.firstMatch(of: /git push origin ([0-9a-f]+:[a-z0-9\/-]+)/)?.1,
      "\(outcome)")
    try server.pushed(as: actor, String(step))
    try server.approve(commit, by: .dana) { _ in }
    if actor == .codex { try server.pushed(as: .codex, "\(commit):main") }
  }

  @Test("atomic pushes, pushes that must be signed and update-ref hold nothing, and say so")
  func cannotHold() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let atomic = try server.push(as: .codex, "--atomic", "\(commit):main")
    #expect(atomic.remoteWords.contains("an atomic push leaves nothing behind"), "\(atomic)")
    let direct = try server.repository.attempt(
      "-c", "core.hooksPath=hooks", "fetch", server.work.path, "+\(commit):\(Self.main)")
    #expect(!direct.succeeded, "\(direct)")
    #expect(try server.holds().isEmpty)
    #expect(try server.tip() == server.base)
  }

  @Test("work of nobody in the policy is refused, with the way out")
  func unknownPushers() throws {
    let scene = try ReviewHolds()
    for actor in [Actor.stranger, .nobody] {
      let outcome = try scene.server.push(as: actor, "\(scene.work()):main")
      #expect(outcome.codes == ["HK101"], "\(outcome)")
      #expect(outcome.remoteWords.contains("the policy does not know who pushes"), "\(outcome)")
      #expect(outcome.errors.contains("git push origin"), "\(outcome)")
    }
    #expect(try scene.server.holds().isEmpty)
  }

  // MARK: More than one

  @Test(
    "a newer push takes the place of its own pusher's ancestors for the reference, and of nothing else"
  )
  func supersedes() throws {
    let scene = try ReviewHolds()
    let first = try scene.work("one")
    let beside = try scene.work("two")
    let ids = try [
      scene.held(first).id, scene.held(beside).id, scene.held(first, to: Self.release).id,
    ]
    let danas = try scene.held(scene.work("three", on: first), as: .dana)
    #expect(try Set(scene.server.holds()) == Set(ids + [danas.id]), "dana supersedes nobody")
    let next = try scene.work("four", on: first)
    let hold = try scene.held(next)
    #expect(try Set(scene.server.holds()) == Set(ids.dropFirst() + [danas.id, hold.id]))
    let merge = try scene.server.work.commit(
      "Merge", ["m": "1"], on: nil, author: scene.server.roster[.codex], parents: [next, beside])
    let last = try scene.held(merge)
    #expect(try Set(scene.server.holds()) == [ids[2], danas.id, last.id])
  }

  @Test("a full quota refuses its pusher alone, says how that ends, and that ends it")
  func quota() throws {
    let scene = try ReviewHolds(limits: "[limits]\nholds = 2\n")
    let server = scene.server
    let first = try scene.held(scene.work("one"))
    try scene.held(scene.work("two"))
    let third = try scene.work("three")
    let outcome = try server.push(as: .codex, "\(third):main")
    #expect(outcome.remoteWords.contains("one must land, end or be rejected"), "\(outcome)")
    #expect(outcome.codes == ["HK101"])
    #expect(try server.holds().count == 2)
    try scene.held(server.commit("Unsigned", ["u": "1"], by: .codex), as: .dana)
    // One made on the first takes its place and needs no room.
    let next = try scene.held(scene.work("four", on: first.new))
    _ = try scene.answer(.reject, next)
    try scene.held(third)
  }

  @Test("one push of more references than the quota holds so many, and refuses the rest")
  func manyAtOnce() throws {
    let scene = try ReviewHolds(limits: "[limits]\nholds = 2\n")
    let commit = try scene.work()
    let refs = (1...4).map { "\(commit):refs/heads/release/\($0)" }
    let outcome = try scene.server.sandbox.run(
      ["git", "push", scene.server.repository.path] + refs, in: scene.server.work.path,
      env: scene.server.environment(as: .codex))
    #expect(!outcome.succeeded)
    #expect(try scene.server.holds().count == 2, "\(outcome)")
  }

  @Test("two pushes of the same at once are one hold")
  func racing() async throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { group in
      for _ in 0..<4 { group.addTask { try server.push(as: .codex, "\(commit):main") } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let id = try #require(try server.holds().first)
    #expect(try server.holds() == [id])
    for outcome in outcomes { #expect(outcome.errors.contains("held as \(id)"), "\(outcome)") }
  }

  // MARK: Answers

  @Test("a rejection drops it, and the same commit is refused from then on, reviewed or not")
  func rejected() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    let rejected = try scene.answer(.reject, hold, by: .frank)
    #expect(rejected.errors.contains("\(hold.id) is rejected by frank"), "\(rejected)")
    #expect(try server.holds().isEmpty)
    let again = try server.push(as: .codex, "\(commit):main")
    #expect(again.codes == ["HK202", "HK101"], "\(again)")
    #expect(!again.errors.contains("review approve"), "\(again)")
    try server.approve(commit, by: .dana)
    let reviewed = try server.push(as: .dana, "\(commit):main")
    #expect(reviewed.codes == ["HK202"], "\(reviewed)")
    #expect(try server.tip() == server.base)
  }

  @Test("the rejection of one who is not enrolled, or by an agent's key, drops nothing")
  func falseRejection() throws {
    let scene = try ReviewHolds()
    let hold = try scene.held(scene.work())
    let outcome = try scene.answer(.reject, hold, by: .codex)
    #expect(outcome.codes == ["HK402"], "\(outcome)")
    #expect(try scene.server.holds() == [hold.id])
  }

  @Test("a reviewer whose time is over by then lands nothing")
  func expiredReviewer() throws {
    let scene = try ReviewHolds(
      rules: ReviewHolds.rules.replacing("approvals = 1", with: "approvals = 2"))
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    try server.approve(commit, by: .frank)
    try server.write(
      ReviewHolds.policy(
        server.roster, serial: 2,
        rules: ReviewHolds.rules.replacing("approvals = 1", with: "approvals = 2"),
        adding: [.frank: "expires = \"2001-01-01\""]), to: "policy.toml")
    let second = try server.review(commit, by: .software(.dana))
    #expect(second.errors.contains("\(hold.id) still waits"), "\(second)")
    #expect(try server.tip() == server.base)
  }

  @Test(
    "what the policy asks by then is asked: a rule that has come to ask for more, or for a release")
  func policyChanged() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], by: .codex)
    let hold = try scene.held(commit)
    try server.write(
      ReviewHolds.policy(
        server.roster, serial: 2, rules: "\(ReviewHolds.rules)\n\(Roster.quarantine)"),
      to: "policy.toml")
    let reviewed = try server.review(commit, by: .software(.dana))
    #expect(reviewed.errors.contains("\(hold.id) still waits: HK201"), "\(reviewed)")
    #expect(try server.tip() == server.base)
    // The same push says so, and is held under the same name for what it waits for now.
    let again = try server.push(as: .codex, "\(commit):main")
    #expect(again.errors.contains("HK201 held as \(hold.id): needs a release"), "\(again)")
    let now = try scene.hold(hold.id)
    #expect(now.digest != Hold.noRelease && now.time == hold.time)
    let released = try scene.answer(.release, now)
    #expect(released.errors.contains("\(hold.id) has landed"), "\(released)")
    #expect(try server.tip() == commit)
  }

  @Test("a branch made, a tag and a forced push that may be are held and land as they were pushed")
  func otherMoves() throws {
    let rules = """
      [[protect]]
      refs = ["refs/heads/main", "refs/heads/release/**", "refs/tags/**"]
      review = { of = "agents", approvals = 1 }
      unverified = "agent"
      force-push = true
      hold = true
      """
    let scene = try ReviewHolds(rules: rules)
    let server = scene.server
    let commit = try scene.work()
    let made = try scene.held(commit, to: Self.release)
    try server.approve(commit, by: .dana) { $0.ref = Self.release }
    #expect(try server.tip(Self.release) == commit, "\(made)")
    let own = try server.commit("Own", ["own": "1"], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(own):main")
    let other = try scene.work("forced")
    let forced = try scene.held(other)
    #expect(forced.old == own)
    try server.approve(other, by: .dana) { $0.base = server.base }
    #expect(try server.tip() == other)
    let tagged = try scene.work("tagged")
    let held = try scene.held(tagged, to: "refs/tags/v1")
    #expect(held.commit == tagged)
    try server.repository.git("fsck", "--strict")
    try server.approve(tagged, by: .dana) { $0.ref = "refs/tags/v1" }
    #expect(try server.tip("refs/tags/v1") == tagged)
    #expect(try server.holds().isEmpty)
  }

  @Test("a deletion waits for nobody's review")
  func deletion() throws {
    let scene = try ReviewHolds()
    let outcome = try scene.server.push(as: .codex, ":main")
    #expect(outcome.codes.contains("HK502"), "\(outcome)")
    #expect(try scene.server.holds().isEmpty)
  }

  @Test("a change of the policy is held too, and is what judges the next that lands")
  func policyChange() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let change = try server.commit("Policy", [".hookkit/notes": "1"], by: .codex)
    let hold = try scene.held(change)
    #expect(hold.codes == ["HK804"])
    let reviewed = try server.review(change, by: .software(.dana)) { $0.vouches = [.policy] }
    #expect(reviewed.errors.contains("\(hold.id) has landed"), "\(reviewed)")
    #expect(try server.tip() == change)
  }

  @Test(
    "a push that must be signed is refused for its review alone, and says that it cannot be held")
  func signedPush() throws {
    let scene = try ReviewHolds(rules: "\(ReviewHolds.rules)signed-push = true\n")
    let server = scene.server
    try server.repository.git("config", "receive.certNonceSeed", "a seed of the server's")
    let key = try #require(server.roster[.codex].key)
    let commit = try scene.work()
    func push(_ options: String...) throws -> Outcome {
      try server.sandbox.run(
        ["git", "-c", "user.signingkey=\(key.path)", "push"] + options
          + [server.repository.path, "\(commit):main"], in: server.work.path,
        env: server.environment(as: .codex))
    }
    let signed = try push("--signed")
    #expect(signed.codes == ["HK101"], "\(signed)")
    #expect(signed.remoteWords.contains("a signed push cannot be held"), "\(signed)")
    #expect(try push().codes == ["HK104", "HK101"])
    #expect(try server.holds().isEmpty)
    try server.approve(commit, by: .dana)
    #expect(try push("--signed").succeeded)
  }

  @Test("who pushes again what somebody else's push holds takes nothing of it")
  func anothersHold() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    let again = try server.push(as: .dana, "\(commit):main")
    #expect(again.errors.contains("already held as \(hold.id)"), "\(again)")
    #expect(try scene.hold(hold.id) == hold)
    // She has brought nothing, so her review counts.
    try server.approve(commit, by: .dana)
    #expect(try server.tip() == commit)
    #expect(try server.landings().last?.pusher == Array("svc-codex".utf8))
  }

  // MARK: Killed half-way

  @Test("a post-receive that is killed at any moment is made up for by the next")
  func killedAnywhere() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let hook = "\(server.repository.path)/hooks/post-receive"
    var last = server.base
    for delay in ["0.002", "0.005", "0.01", "0.02", "0.04", "0.08"] {
      let commit = try scene.work("after-\(delay)", on: last)
      let hold = try scene.held(commit)
      let real = try Executables.hook("post-receive", in: server.sandbox)
      try server.unlink("post-receive")
      try Sandbox.writeFile(
        Array("#!/bin/sh\nexec timeout -s KILL \(delay) '\(real)'\n".utf8), to: hook, mode: 0o755)
      _ = try server.review(commit, by: .software(.dana))
      try server.link("post-receive")
      _ = try server.review(scene.work("other-\(delay)"), by: .software(.frank))
      #expect(try server.tip() == commit, "\(delay)")
      #expect(try !server.holds().contains(hold.id), "\(delay)")
      #expect(try server.landings().last?.new == commit, "\(delay)")
      last = commit
    }
    let clone = try server.sandbox.clone(server.repository, "auditor")
    try clone.git("fetch", "--quiet", "origin", "+refs/hookkit/*:refs/hookkit/remotes/origin/*")
    let verified = try server.sandbox.hookkit("-C", clone.path, "verify")
    #expect(verified.succeeded, "\(verified)")
  }

  @Test("what a killed run has left undone the next one does")
  func killed() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    // Killed before it came to the holds: only the ledger has the review.
    try server.unlink("post-receive")
    try server.approve(commit, by: .dana)
    #expect(try server.tip() == server.base)
    try server.link("post-receive")
    let other = try server.review(scene.work("other"), by: .software(.frank))
    #expect(other.errors.contains("\(hold.id) has landed"), "\(other)")
    #expect(try server.tip() == commit)
    #expect(try server.holds().isEmpty)
  }

  @Test("killed behind the move: the hold goes, and the landing is on record")
  func killedBehindTheMove() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    try server.unlink("post-receive")
    try server.approve(commit, by: .dana)
    try server.repository.git(
      "-c", "core.hooksPath=/dev/null", "update-ref", Self.main, commit.hex, server.base.hex)
    try server.link("post-receive")
    _ = try server.review(scene.work("other"), by: .software(.frank))
    #expect(try server.holds().isEmpty)
    #expect(try server.landings().last?.new == commit, "\(hold)")
  }

  @Test("what nobody may review is not held: it would wait in vain, and says so")
  func nobodyMayReview() throws {
    // Three reviewers, of whom one is codex's sponsor.
    let rules = ReviewHolds.rules.replacing("approvals = 1", with: "approvals = 3")
    let scene = try ReviewHolds(rules: rules + "\n" + Roster.quarantine)
    let server = scene.server
    let work = try scene.work()
    let bump = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], by: .codex)
    for (commit, code) in [(work, "HK101"), (bump, "HK201")] {
      let outcome = try server.push(as: .codex, "\(commit):main")
      #expect(outcome.codes.first == code, "\(outcome)")
      #expect(
        outcome.remoteWords.contains("not held: nobody may give the review that is missing"),
        "\(outcome)")
      #expect(!outcome.remoteWords.contains("review approve"), "\(outcome)")
      #expect(try server.holds().isEmpty)
    }
    // The policy names another reviewer.
    try server.write(
      ReviewHolds.policy(server.roster, serial: 2, rules: ReviewHolds.rules), to: "policy.toml")
    try scene.held(work)
  }

  @Test("an expired hold is dropped when its review comes, and can be pushed again")
  func expired() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    try Holds(gitDirectory: server.repository.path).replace(hold, with: hold.extended(until: 10))
    let reviewed = try server.review(commit, by: .software(.dana))
    #expect(reviewed.errors.contains("\(hold.id) has expired"), "\(reviewed)")
    #expect(try server.tip() == server.base)
    try server.pushed(as: .codex, "\(commit):main")
  }

  @Test("who brought it is remembered of what is held: another's copy of it is still the agent's")
  func remembered() throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let work = try server.commit(
      "Work", ["src/main.c": "int main(void) { return 1; }\n"], by: .codex)
    try scene.held(work)
    let copy = try server.commit(
      "By me", ["src/main.c": "int main(void) { return 1; }\n"], by: .frank)
    let outcome = try server.push(as: .frank, "\(copy):main")
    #expect(outcome.codes == ["HK101"], "\(outcome)")
  }
}
