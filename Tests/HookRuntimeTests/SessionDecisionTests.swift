import Gate
import Git
@testable import HookRuntime
import Ledger
import Policy
import Platform
import Primitives
import TestSupport
import Testing

/// What one hook of a push leaves for those that follow, and what it puts on record.
@Suite struct SessionDecisionTests {
  private let bench: HookBench
  private let free = RefName("refs/heads/topic")

  init() throws {
    bench = try HookBench()
  }

  private func journal() throws -> [String] {
    try bench.server.journal().map { record in
      "\(record["stage"]?.string ?? "") \(record["verdict"]?.string ?? "")"
    }
  }

  private func judged(
    _ updates: [RefUpdate], _ hook: Hook = .preReceive, as actor: Actor = .dana
  ) throws -> Decision {
    let session = try bench.session(hook, as: actor)
    let decision = session.decide(updates)
    try session.record(decision, decision.judgements)
    return decision
  }

  /// Whether a decision was taken from an earlier hook: that one is on record already.
  private func isKnown(_ decision: Decision) -> Bool {
    decision.judgements.allSatisfy { !$0.isGuarded && $0.verdict == .allow }
  }

  @Test("what no rule names is free, and put on no record; what a rule names is")
  func unguarded() throws {
    let own = try bench.commit(.dana, signed: true)
    #expect(
      try !bench.session().areFree([bench.update(own, free)]), "a hook that may write has to see it"
    )
    try bench.recordPolicy()
    let session = try bench.session()
    #expect(try session.areFree([bench.update(own, free)]))
    #expect(try !session.areFree([bench.update(own, free), bench.update(own)]))
    #expect(try judged([bench.update(own, free)]).verdict == .allow)
    #expect(try journal() == [])
    #expect(try judged([bench.update(own)]).verdict == .allow)
    #expect(try journal() == ["pre-receive allow"])
  }

  @Test("for an agent nothing is free: its work is remembered")
  func agents() throws {
    try bench.recordPolicy()
    let work = try bench.commit(.codex)
    let update = try bench.update(work, RefName("refs/heads/agent/codex/a"))
    #expect(try !bench.session(as: .codex).areFree([update]))
    #expect(try bench.session(as: .dana).areFree([update]))
    #expect(try bench.session(as: .codex).areAgents([update]))
    let main = try bench.update(work)
    #expect(try bench.session(as: .codex).areAgents([main]))
    #expect(try !bench.session(as: .dana).areAgents([main]))
    #expect(try !bench.session(as: .nobody).areAgents([update]))
  }

  @Test("a later hook of the same push takes what was allowed, and puts it on record once")
  func taken() throws {
    let update = try bench.update(bench.commit(.dana, signed: true))
    #expect(try !isKnown(judged([update])))
    #expect(try isKnown(judged([update], .procReceive)))
    #expect(try isKnown(judged([update], .referenceTransaction)))
    #expect(try journal() == ["pre-receive allow"])
  }

  @Test("pre-receive, with which a push begins, takes nothing that was decided before")
  func begins() throws {
    let update = try bench.update(bench.commit(.dana, signed: true))
    for _ in 1...2 { #expect(try !isKnown(judged([update]))) }
    #expect(try journal() == ["pre-receive allow", "pre-receive allow"])
  }

  @Test("another pusher, another policy and another ledger are judged again")
  func judgedAgain() throws {
    let update = try bench.update(bench.commit(.dana, signed: true))
    func isTaken(as actor: Actor = .dana) throws -> Bool {
      isKnown(try bench.session(.referenceTransaction, as: actor).decide([update]))
    }
    _ = try judged([update])
    #expect(try isTaken())
    #expect(try !isTaken(as: .frank))
    #expect(try !isTaken(as: .nobody))
    try bench.server.write(
      bench.server.roster.policy(top: "# another text"), to: "policy.toml")
    #expect(try !isTaken())
    _ = try judged([update])
    #expect(try isTaken())
    try bench.server.repository.commit("ledger", ["x": "1"], on: "refs/hookkit/ledger")
    #expect(try !isTaken())
  }

  @Test("what is refused takes back what an earlier push was allowed")
  func takenBack() throws {
    let update = try bench.update(bench.commit(.dana, signed: true))
    _ = try judged([update])
    let session = try bench.session(as: .nobody)
    let refused = session.undecided([update], because: .unreadable("a disk"))
    try session.record(refused, [])
    #expect(try !isKnown(bench.session(.referenceTransaction).decide([update])))
    #expect(
      try journal() == ["pre-receive allow"], "what another hook answers is not recorded here")
  }

  @Test("a refusal is never taken from an earlier hook")
  func refusals() throws {
    let update = try bench.update(bench.commit(.codex))
    for hook in [Hook.preReceive, .procReceive, .referenceTransaction] {
      #expect(try judged([update], hook).codes == ["HK101"])
    }
    #expect(
      try journal() == [
        "pre-receive refuse", "proc-receive refuse", "reference-transaction refuse",
      ])
  }

  @Test("where the decision cannot be written, that is the answer")
  func notRecorded() throws {
    let update = try bench.update(bench.commit(.dana, signed: true))
    try bench.server.sandbox.run(["mkdir", "\(bench.gitDirectory)/hookkit/journal"])
      .requireSuccess()
    let session = try bench.session()
    let decision = session.decide([update])
    let refusal = #expect(throws: Refusal.self) {
      try session.record(decision, decision.judgements)
    }
    #expect(refusal?.finding.code == Code(904))
    #expect(try !isKnown(bench.session(.referenceTransaction).decide([update])))
  }

  @Test("a held push is judged as its pusher's, and the repository is opened anew when asked")
  func acting() throws {
    let session = try bench.session(.postReceive, as: .frank)
    let other = session.acting(as: Pusher(account: Array("dana".utf8)))
    #expect(other.pusher.account == Array("dana".utf8))
    #expect(session.pusher.account == Array("frank".utf8))
    #expect(try session.open() === other.open())
    #expect(try session.open() !== session.reopened().open())
  }

  @Test("an unreadable policy leaves no bench, nothing is free, and every update is undecided")
  func noPolicy() throws {
    try bench.server.write("version = \n", to: "policy.toml")
    let session = try bench.session()
    let update = try bench.update(bench.commit(.dana, signed: true), free)
    #expect(try session.bench() == nil)
    #expect(!session.areFree([update]))
    #expect(session.decide([update]).codes == ["HK802"])
    #expect(session.refusedLimit() == Limits().refusedCommits)
  }
}
