import Gate
import Git
import Ledger
import Policy
import Primitives
import Signing
import TestSupport
import Testing

/// A review and a release that are signed alike, under rules that ask alike: what keeps one of them from
/// counting keeps the other, at the hook and where a person looks at what is signed.
@Suite struct SignedAnswerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Why it does not count, with `#` for what it is; `nil` where it counts.
    let why: String?
    var signer: GuardedServer.Signer = .software(.frank)
    var role = "reviewer"
    var presence = "none"
    var repository = GuardedServer.name
    var ref = GateBench.main
    /// Seconds between the commit's date, which is the server's time, and the statement's.
    var offset = 0
    /// Whether it is signed for something else.
    var isForeign = false
    /// Lines of the signer's table in the policy.
    var enrolment = ""
    var isRevokedKey = false
    /// Who takes it back, and for which repository.
    var withdrawer: GuardedServer.Signer?
    var withdrawnIn = GuardedServer.name
    var isForeignWithdrawal = false
  }

  private static func counts(_ claim: String, _ edit: (inout Case) -> Void) -> Case {
    var made = Case(testDescription: claim, why: nil)
    edit(&made)
    return made
  }

  /// - Parameter why: empty where nothing is said, because it is about something else.
  private static func fails(_ claim: String, _ why: String, _ edit: (inout Case) -> Void) -> Case {
    var made = Case(testDescription: claim, why: why)
    edit(&made)
    return made
  }

  private static let unknown = "a # by a key that is not enrolled ("
  private static let ended = "a # by frank, whose enrolment has ended"
  private static let untouched = "frank's #: its key was not touched"
  private static let invalid = "a # by frank whose signature is not valid"
  private static let withdrawn = "a # that frank has withdrawn"

  static let cases: [Case] = [
    counts("an enrolled person's with the role that is asked for") { _ in },
    counts("a person's time ends with the second that the policy says") {
      $0.enrolment = "expires = \"2026-01-01T01:00:01Z\""
    },
    fails("a person of another role", "frank's #: needs the role maintainer") {
      $0.role = "maintainer"
    },
    fails("a person whose role a policy takes away", "frank's #: needs the role reviewer") {
      $0.enrolment = "removed-roles = [\"reviewer\"]"
    },
    fails("a person whose enrolment is over since this second", ended) {
      $0.enrolment = "expires = \"2026-01-01T01:00:00Z\""
    },
    fails("a person who is revoked", ended) { $0.enrolment = "revoked = true" },
    fails("a key that is revoked", unknown) { $0.isRevokedKey = true },
    fails("a key of nobody's", unknown) { $0.signer = .software(.stranger) },
    fails("an agent's key", "a # by codex, which is not a person") {
      $0.signer = .software(.codex)
    },
    fails("a service's key", "a # by ci, which is not a person") { $0.signer = .software(.ci) },
    fails("the sponsor's of the agent who made it", "erin is its sponsor of the agent") {
      $0.signer = .software(.erin)
    },

    fails("a software key where a touch is asked for", untouched) { $0.presence = "touch" },
    fails("a security key that was not touched", untouched) {
      ($0.presence, $0.signer) = ("touch", .touch(.frank, flags: 0))
    },
    counts("one that was") { ($0.presence, $0.signer) = ("touch", .touch(.frank)) },
    fails(
      "a touch where the person is to be verified", "frank's #: its key did not verify the person"
    ) {
      ($0.presence, $0.signer) = ("verified", .touch(.frank))
    },
    counts("a PIN where the person is to be verified") {
      ($0.presence, $0.signer) = (
        "verified",
        .touch(.frank, flags: SoftwareSecurityKey.userPresent | SoftwareSecurityKey.userVerified)
      )
    },

    fails("signed for another purpose", invalid) { $0.isForeign = true },
    fails("about another repository", "") { $0.repository = "git.example.org/other" },
    fails("about another reference", "") { $0.ref = "refs/heads/release/1" },

    counts("dated ten minutes ahead of the server") { $0.offset = 600 },
    fails("dated further ahead", "a # by frank dated in the future") { $0.offset = 601 },
    counts("dated ten minutes before its commit") { $0.offset = -600 },
    fails("dated earlier", "a # by frank dated before the commit") { $0.offset = -601 },

    fails("withdrawn with the key that signed it", withdrawn) { $0.withdrawer = .software(.frank) },
    fails("withdrawn with another key of the same person", withdrawn) {
      $0.withdrawer = .touch(.frank)
    },
    counts("withdrawn by another person") { $0.withdrawer = .software(.dana) },
    counts("withdrawn by an agent") { $0.withdrawer = .software(.codex) },
    counts("withdrawn in another repository") {
      ($0.withdrawer, $0.withdrawnIn) = (.software(.frank), "git.example.org/other")
    },
    counts("withdrawn by what was signed for something else") {
      ($0.withdrawer, $0.isForeignWithdrawal) = (.software(.frank), true)
    },
  ]

  @Test("the same statement has the same answer as a review and as a release", arguments: cases)
  func alike(_ made: Case) throws {
    let bench = try Self.bench(made)
    let now = bench.now
    let work = try bench.commit(
      .codex, ["package-lock.json": GuardedServer.lock(version: "7.0.1")], date: Int(now))
    try #require(Set(bench.judge(work, by: .ci, at: now).codes) == ["HK101", "HK201"])
    let review = try bench.review(work, by: made.signer, namespace: Self.namespace(made, .review)) {
      $0.repository = made.repository
      $0.ref = made.ref
      $0.time = Int(now) + made.offset
    }
    let statement = try bench.release(
      of: work, repository: made.repository, ref: made.ref, time: now + Int64(made.offset))
    let release = try bench.answer(
      statement, by: made.signer, namespace: Self.namespace(made, .release))
    if let withdrawer = made.withdrawer {
      for envelope in [review, release] {
        try bench.withdraw(
          envelope, by: withdrawer, repository: made.withdrawnIn,
          namespace: made.isForeignWithdrawal ? "git" : SignatureNamespace.withdrawal.rawValue)
      }
    }

    // At the hook.
    let judgement = try bench.judge(work, by: .ci, at: now)
    for (code, noun) in [(101, "review"), (201, "release")] {
      let finding = judgement.findings.first { $0.code == Code(code) }
      #expect((finding == nil) == (made.why == nil), "\(noun): \(judgement.words)")
      guard let finding, let why = made.why else { continue }
      let told = finding.details.filter { $0.hasPrefix("not counted: ") }
      if why.isEmpty {
        #expect(told == [], "\(noun)")
      } else {
        #expect(told.count == 1, "\(noun)")
        #expect(
          told.first?.contains(why.replacing("#", with: noun)) == true, "\(noun): \(told)")
      }
    }
    #expect((judgement.verdict == .allow) == (made.why == nil))

    // Where a person looks at it, in a clone, which knows no commit's pusher.
    let surroundings = try bench.surroundings()
    let policy = try PolicyInForce(in: surroundings).policy
    let ledger = try Ledger(
      at: surroundings.references.resolve(.ledger), objects: surroundings.objects)
    let hold = Self.hold(of: work, in: bench, digest: statement.dependencyDigest, at: now)
    let releases = try HoldAnswers(to: hold, Signatories(under: policy, in: ledger, at: now))
      .releases(in: surroundings.objects)
    let filed = try ledger.filedReviews(
      of: work, under: policy, objects: surroundings.objects, at: now
    ).first { $0.statement.ref == RefName(GateBench.main) }
    let unfit = filed?.signatory?.unfit(
      role: Role(made.role), presence: ReviewRule.Presence(rawValue: made.presence) ?? .none)
    let isKnownHere = made.why?.contains("sponsor") != true
    let counts = made.why == nil || !isKnownHere
    #expect((filed != nil && filed?.problem == nil && unfit == nil) == counts)
    #expect(releases.people.isEmpty == !counts)
    guard let why = made.why, isKnownHere, !why.isEmpty else { return }
    let told = (filed?.problem ?? unfit.map { "frank's review: \($0)" }) ?? ""
    #expect(told.contains(why.replacing("#", with: "review")))
    #expect(releases.discounted.count == 1)
    #expect(releases.discounted.first?.contains(why.replacing("#", with: "release")) == true)
  }

  @Test("a rejection stops a change whatever its date, and nothing takes it back")
  func rejection() throws {
    for offset in [Int64(0), 601, -601] {
      for signer in [GuardedServer.Signer.software(.frank), .software(.erin)] {
        let bench = try Self.bench(Case(testDescription: "", why: nil))
        let now = bench.now
        let work = try bench.commit(
          .codex, ["package-lock.json": GuardedServer.lock(version: "7.0.1")], date: Int(now))
        try bench.review(work, by: .software(.dana)) { $0.time = Int(now) }
        try bench.answer(bench.release(of: work, time: now), by: .software(.dana))
        try #require(bench.judge(work, by: .ci, at: now).verdict == .allow)
        let rejection = try bench.answer(
          bench.release(.reject, of: work, time: now + offset), by: signer)
        try bench.withdraw(rejection, by: signer)
        #expect(try bench.judge(work, by: .ci, at: now).codes == ["HK202"], "\(offset)")
        #expect(try Self.answers(bench, work, at: now).rejectedBy == signer.actor.rawValue)
      }
    }
  }

  @Test("nobody but an enrolled person of now rejects or extends, for this very reference")
  func stopping() throws {
    let bench = try Self.bench(Case(testDescription: "", why: nil, enrolment: "revoked = true"))
    let now = bench.now
    let work = try bench.commit(
      .codex, ["package-lock.json": GuardedServer.lock(version: "7.0.1")], date: Int(now))
    for answer in [ReleaseStatement.Answer.reject, .extend] {
      let until = answer == .extend ? now + 1000 : nil
      func file(
        _ signer: GuardedServer.Signer, repository: String = GuardedServer.name,
        ref: String = GateBench.main, namespace: SignatureNamespace = .release
      ) throws {
        try bench.answer(
          bench.release(
            answer, of: work, repository: repository, ref: ref, time: now, until: until),
          by: signer, namespace: namespace.rawValue)
      }
      for actor in [Actor.frank, .codex, .ci, .stranger] { try file(.software(actor)) }
      try file(.software(.dana), namespace: .review)
      try file(.software(.dana), repository: "git.example.org/other")
      try file(.software(.dana), ref: "refs/heads/release/1")
      let none = try Self.answers(bench, work, at: now)
      #expect(answer == .reject ? none.rejectedBy == nil : none.extendedUntil == nil)
      try file(.software(.dana))
      let one = try Self.answers(bench, work, at: now)
      #expect(answer == .reject ? one.rejectedBy == "dana" : one.extendedUntil == until)
    }
  }

  private static func answers(
    _ bench: GateBench, _ work: ObjectID, at time: Int64
  ) throws -> HoldAnswers {
    let surroundings = try bench.surroundings()
    let ledger = try Ledger(
      at: surroundings.references.resolve(.ledger), objects: surroundings.objects)
    let policy = try PolicyInForce(in: surroundings).policy
    return try HoldAnswers(
      to: hold(of: work, in: bench, digest: Hold.noRelease, at: time),
      Signatories(under: policy, in: ledger, at: time))
  }

  private static func hold(
    of work: ObjectID, in bench: GateBench, digest: [UInt8], at time: Int64
  ) -> Hold {
    Hold(
      id: "Q7F3", ref: RefName(GateBench.main), old: bench.base, new: work, base: bench.base,
      digest: digest, pusher: nil, codes: ["HK201"], time: time, expires: time + 60)
  }

  private static func bench(_ made: Case) throws -> GateBench {
    let rules = """
      [[protect]]
      refs = ["refs/heads/main"]
      review = { of = "agents", role = "\(made.role)", presence = "\(made.presence)" }
      [[quarantine]]
      refs = ["refs/heads/main"]
      files = ["locks"]
      role = "\(made.role)"
      presence = "\(made.presence)"
      """
    let bench = try GateBench(
      rules, adding: [made.signer.actor: made.enrolment],
      files: ["package-lock.json": GuardedServer.lock()])
    bench.sandbox.advance(by: 3600 - (bench.sandbox.now - Sandbox.epoch))
    if made.isRevokedKey {
      let roster = bench.server.roster
      let key = roster[made.signer.actor].key?.fingerprint ?? ""
      try bench.server.write(
        roster.policy(rules: rules, top: "revoked-keys = [\"\(key)\"]"), to: "policy.toml")
    }
    return bench
  }

  private static func namespace(_ made: Case, _ own: SignatureNamespace) -> String {
    made.isForeign ? "git" : own.rawValue
  }
}
