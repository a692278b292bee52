import Foundation
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

@Suite("What people say while a landing is under way", .serialized)
struct LandingRaceTests {
  /// A call at which a hook that lands a hold waits for a moment. It syncs the journal while nobody else may
  /// write there, and renames what it keeps of its decision when all may.
  struct Call: Sendable, CustomTestStringConvertible {
    let name: String
    let number: Int
    var testDescription: String { "\(name) \(number)" }

    static let all =
      (1...2).map { Call(name: "fdatasync", number: $0) }
      + (1...4).map { Call(name: "rename", number: $0) }
  }

  private func slow(_ server: GuardedServer, _ hook: String, at call: Call) throws {
    try server.wrap(
      hook,
      """
      : > '\(server.sandbox.path("started"))'
      exec strace -qq -o /dev/null -e trace=\(call.name) \\
        -e inject=\(call.name):delay_enter=5000000:when=\(call.number) "$HOOK" "$@"
      """)
  }

  /// Runs a command on a thread of its own: one that waits must not keep the test from going on.
  private static func background(
    _ body: @escaping @Sendable () throws -> Outcome
  ) -> Task<Outcome, any Error> {
    Task {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
      }
    }
  }

  /// Comes back when the slow hook has begun, and has had the time to come to where it waits.
  private func begun(_ server: GuardedServer) async throws {
    for _ in 0..<600 where !server.sandbox.exists("started") {
      try await Task.sleep(for: .milliseconds(50))
    }
    try #require(server.sandbox.exists("started"))
    try await Task.sleep(for: .seconds(1))
  }

  /// The review of a commit that the ledger has, as its bytes.
  private func envelope(of review: Statement, _ server: GuardedServer) throws -> Envelope {
    try server.envelope(review.serialized, by: [.software(.dana)])
  }

  /// Puts a withdrawal on the ledger behind the gate, and gives its commit.
  private func withdrawal(of review: Envelope, on server: GuardedServer) throws -> ObjectID {
    let statement = try WithdrawalStatement(
      repository: Array(GuardedServer.name.utf8), review: review.payloadDigest,
      time: Int64(server.sandbox.now)
    ).statement
    let withdrawn = try server.envelope(
      statement.serialized, by: [.software(.dana)],
      namespace: SignatureNamespace.withdrawal.rawValue)
    let tip = try #require(try server.tip("refs/hookkit/ledger"))
    try server.work.git("fetch", "--quiet", server.repository.path, "refs/hookkit/ledger")
    let commit = try server.work.commit(
      "ledger",
      [GuardedServer.path(ofWithdrawal: withdrawn, of: review): .file(withdrawn.serialized)],
      on: nil, author: server.roster[.dana], parents: [tip])
    try server.fetchBehindTheGate(commit, as: "refs/tags-of-the-test/ledger")
    try server.drop("refs/tags-of-the-test/ledger")
    return commit
  }

  @Test(
    "a review withdrawn between the decision and the landing: not landed, or landed and verified",
    arguments: ["prepared", "committed"])
  func withdrawn(_ state: String) throws {
    let server = try GuardedServer()
    let commit = try server.commit("Work", by: .codex)
    try server.pushed(as: .codex, "\(commit):refs/heads/agent/codex/w")
    let statement = try server.reviewStatement(of: commit)
    let review = try envelope(of: statement, server)
    let filed = try server.file(
      [GuardedServer.path(ofReview: review, of: commit): .file(review.serialized)], as: .dana)
    #expect(filed.succeeded, "\(filed)")
    let ledger = try withdrawal(of: review, on: server)
    try server.wrap(
      "reference-transaction",
      """
      input=$(cat)
      case "$1 $input" in
      "\(state) "*refs/heads/main*)
        git -c core.hooksPath=/dev/null update-ref refs/hookkit/ledger \(ledger) ;;
      esac
      printf '%s\\n' "$input" | "$HOOK" "$@"
      """)
    let outcome = try server.push(as: .dana, "\(commit):main")
    #expect(outcome.succeeded == (state == "committed"), "\(outcome)")
    #expect(try (server.tip() == commit) == (state == "committed"), "\(outcome)")
    try server.link("reference-transaction")
    if state == "committed" { #expect(try server.landings().last?.new == commit) }
    try server.expectVerified(state)
  }

  @Test(
    "a policy that comes into force while a hold lands: what was decided is what is recorded",
    .enabled(if: FaultyHooks.canTrace), arguments: Call.all)
  func policyChanges(_ call: Call) async throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    try slow(server, "post-receive", at: call)
    let review = Self.background { try server.review(commit, by: .software(.dana)) }
    try await begun(server)
    // A policy under which one review is not enough, put on record by the next connection.
    try server.write(
      ReviewHolds.policy(
        server.roster, serial: 2,
        rules: ReviewHolds.rules.replacing("approvals = 1", with: "approvals = 2")),
      to: "policy.toml")
    let own = try server.commit("Own", ["own": "1"], by: .frank)
    let other = try server.push(as: .frank, "\(own):refs/heads/release/1")
    let outcome = try await review.value
    #expect(outcome.succeeded && other.succeeded, "\(outcome) \(other)")
    try server.link("post-receive")
    #expect(try [commit, server.base].contains(server.tip()))
    // Whatever was left undone the next one does.
    let next = try server.commit("Next", ["next": "1"], by: .frank, on: own)
    try server.pushed(as: .frank, "\(next):refs/heads/release/1")
    if try server.tip() == commit {
      #expect(try !server.holds().contains(hold.id))
      #expect(try server.landings().contains { $0.new == commit })
    }
    try server.expectVerified("\(call.testDescription)")
  }

  @Test(
    "a rejection that comes while a hold lands: one of the two, and the records agree",
    .enabled(if: FaultyHooks.canTrace), arguments: Call.all)
  func rejection(_ call: Call) async throws {
    let scene = try ReviewHolds()
    let server = scene.server
    let commit = try scene.work()
    let hold = try scene.held(commit)
    try slow(server, "post-receive", at: call)
    let review = Self.background { try server.review(commit, by: .software(.dana)) }
    try await begun(server)
    try server.link("post-receive")
    let rejected = try scene.answer(.reject, hold, by: .frank)
    let outcome = try await review.value
    #expect(outcome.succeeded && rejected.succeeded, "\(outcome) \(rejected)")
    #expect(try !server.holds().contains(hold.id), "\(outcome) \(rejected)")
    let hasLanded = try server.tip() == commit
    #expect(try hasLanded || server.tip() == server.base)
    // Who is told that it is rejected may rely on that.
    #expect(!hasLanded || !rejected.errors.contains("is rejected by"), "\(outcome) \(rejected)")
    #expect(try server.landings().contains { $0.new == commit } == hasLanded)
    try server.expectVerified("\(call.testDescription), landed: \(hasLanded)")
  }
}
