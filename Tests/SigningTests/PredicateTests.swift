import Primitives
import Signing
import Testing

/// Ways to spoil a predicate, which reading must notice in every kind.
private func spoiled(_ statement: Statement) -> [(String, Statement)] {
  let members = statement.predicate.members ?? []
  var result: [(String, Statement)] = []
  func add(_ what: String, _ members: [JSON.Member]) {
    result.append(
      (
        what,
        Statement(
          subjects: statement.subjects,
          predicateType: String(decoding: statement.predicateType, as: UTF8.self),
          predicate: .object(members))
      ))
  }
  for (index, member) in members.enumerated() {
    let name = String(decoding: member.key, as: UTF8.self)
    var without = members
    without.remove(at: index)
    if !["dependencyDigest", "expires"].contains(name) { add("no \(name)", without) }
    var null = members
    null[index] = JSON.Member(key: member.key, value: .null)
    add("\(name) is null", null)
  }
  add("one more member", members + [JSON.Member(key: Array("extra".utf8), value: 1)])
  result.append(
    (
      "another predicate type",
      Statement(
        subjects: statement.subjects, predicateType: "https://hookkit.dev/other/v1",
        predicate: statement.predicate)
    ))
  result.append(
    (
      "one subject more",
      Statement(
        subjects: statement.subjects + [.init(.sha256([UInt8](repeating: 9, count: 32)))],
        predicateType: String(decoding: statement.predicateType, as: UTF8.self),
        predicate: statement.predicate)
    ))
  result.append(
    (
      "another subject",
      Statement(
        subjects: [.init(.sha256([UInt8](repeating: 9, count: 32)))],
        predicateType: String(decoding: statement.predicateType, as: UTF8.self),
        predicate: statement.predicate)
    ))
  return result
}

private func id(_ digit: Character) -> ObjectID {
  ObjectID(String(repeating: digit, count: 40)) ?? .zero
}

private func digest(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }

private func text(_ statement: Statement) -> String {
  String(decoding: statement.predicate.compact, as: UTF8.self)
}

@Suite("ReviewStatement")
struct ReviewStatementTests {
  private func review(
    repository: String = "git.example.org/app", ref: String = "refs/heads/main",
    head: ObjectID = id("2"), resultTree: ObjectID = id("3"), dependencies: [UInt8]? = digest(4),
    vouches: Set<ReviewStatement.Vouch> = [.policy, .code], policy: [UInt8] = digest(5),
    time: Int64 = 1_767_225_600, expires: Int64? = 1_767_225_601, comment: [UInt8] = [0x6f, 0x6b]
  ) throws(StatementError) -> ReviewStatement {
    try ReviewStatement(
      repository: Array(repository.utf8), ref: RefName(ref), base: id("1"), head: head,
      resultTree: resultTree, dependencyDigest: dependencies, vouches: vouches,
      policyDigest: policy, time: time, expires: expires, comment: comment)
  }

  @Test("a review is written in one form and read back")
  func roundTrip() throws {
    let review = try review()
    #expect(try ReviewStatement(statement: review.statement) == review)
    #expect(
      try ReviewStatement(statement: Statement(reading: review.statement.serialized)) == review)
    #expect(
      text(review.statement)
        == #"{"repository":"git.example.org/app","ref":"refs/heads/main","base":""# + id("1").hex
        + #"","head":""# + id("2").hex + #"","resultTree":""# + id("3").hex
        + #"","dependencyDigest":""# + String(repeating: "04", count: 32)
        + #"","vouches":["code","policy"],"policyDigest":""# + String(repeating: "05", count: 32)
        + #"","time":1767225600,"expires":1767225601,"comment":"ok"}"#)
    #expect(
      review.statement.subjects == [.init(.gitCommit(id("2"))), .init(.gitTree(id("3")))])
    let short = try self.review(dependencies: nil, expires: nil, comment: [])
    #expect(try ReviewStatement(statement: short.statement) == short)
    #expect(!text(short.statement).contains("expires"))
  }

  @Test("anything missing, null, extra or at odds with the subjects is refused")
  func strict() throws {
    let statement = try review().statement
    #expect(spoiled(statement).count == 24)
    for (what, statement) in spoiled(statement) {
      #expect(throws: StatementError.self, "\(what)") {
        try ReviewStatement(statement: statement)
      }
    }
  }

  @Test("the subjects' order is part of the form")
  func subjectOrder() throws {
    let statement = try review().statement
    let turned = Statement(
      subjects: statement.subjects.reversed(), predicateType: ReviewStatement.predicateType,
      predicate: statement.predicate)
    #expect(throws: StatementError.subjectsDisagree) { try ReviewStatement(statement: turned) }
  }

  @Test("a vouch is a known word, said once, and there is one")
  func vouches() throws {
    let statement = try review().statement
    for words: JSON in [[], ["code", "code"], ["code", "everything"], ["Code"], [1], "code"] {
      let members = (statement.predicate.members ?? []).map { member in
        member.key.elementsEqual("vouches".utf8)
          ? JSON.Member(key: member.key, value: words) : member
      }
      let changed = Statement(
        subjects: statement.subjects, predicateType: ReviewStatement.predicateType,
        predicate: .object(members))
      #expect(throws: StatementError.malformed(member: "vouches"), "\(words)") {
        try ReviewStatement(statement: changed)
      }
    }
  }

  @Test("values that no review has are refused before they are written")
  func values() throws {
    #expect(throws: StatementError.malformed(member: "repository")) { try review(repository: "") }
    #expect(throws: StatementError.malformed(member: "ref")) { try review(ref: "main") }
    #expect(throws: StatementError.malformed(member: "ref")) { try review(ref: "refs/heads/a..b") }
    #expect(throws: StatementError.malformed(member: "head")) { try review(head: .zero) }
    #expect(throws: StatementError.malformed(member: "resultTree")) {
      try review(resultTree: .zero)
    }
    #expect(throws: StatementError.malformed(member: "dependencyDigest")) {
      try review(dependencies: [1])
    }
    #expect(throws: StatementError.malformed(member: "vouches")) { try review(vouches: []) }
    #expect(throws: StatementError.malformed(member: "policyDigest")) { try review(policy: []) }
    #expect(throws: StatementError.malformed(member: "time")) { try review(time: -1) }
    #expect(throws: StatementError.malformed(member: "expires")) {
      try review(time: 5, expires: 5)
    }
    #expect(throws: StatementError.malformed(member: "comment")) { try review(comment: [0xff]) }
    #expect(throws: StatementError.malformed(member: "comment")) {
      try review(comment: [UInt8](repeating: 0x61, count: 16_385))
    }
  }

  @Test("a name that is not UTF-8 is refused, because JSON would change it")
  func nonUTF8() throws {
    #expect(throws: StatementError.malformed(member: "ref")) {
      try ReviewStatement(
        repository: [0x61], ref: RefName(Array("refs/heads/".utf8) + [0xff]), base: .zero,
        head: id("2"), resultTree: id("3"), vouches: [.code], policyDigest: digest(1), time: 0)
    }
  }
}

@Suite("WithdrawalStatement")
struct WithdrawalStatementTests {
  @Test("a withdrawal is written in one form and read back")
  func roundTrip() throws {
    let withdrawal = try WithdrawalStatement(
      repository: [0x61], review: digest(7), time: 3, reason: Array("wrong branch".utf8))
    #expect(try WithdrawalStatement(statement: withdrawal.statement) == withdrawal)
    #expect(
      text(withdrawal.statement)
        == #"{"repository":"a","review":""# + String(repeating: "07", count: 32)
        + #"","time":3,"reason":"wrong branch"}"#)
    #expect(withdrawal.statement.subjects == [.init(.sha256(digest(7)))])
  }

  @Test("anything missing, null, extra or at odds with the subject is refused")
  func strict() throws {
    let statement = try WithdrawalStatement(
      repository: [0x61], review: digest(7), time: 3
    ).statement
    for (what, statement) in spoiled(statement) {
      #expect(throws: StatementError.self, "\(what)") {
        try WithdrawalStatement(statement: statement)
      }
    }
  }

  @Test("values that no withdrawal has are refused before they are written")
  func values() {
    #expect(throws: StatementError.malformed(member: "review")) {
      try WithdrawalStatement(repository: [0x61], review: [1], time: 3)
    }
    #expect(throws: StatementError.malformed(member: "reason")) {
      try WithdrawalStatement(repository: [0x61], review: digest(1), time: 3, reason: [0xc3])
    }
  }
}

@Suite("LandingStatement")
struct LandingStatementTests {
  private func landing(
    old: ObjectID = id("1"), new: ObjectID = id("2"), pusher: [UInt8] = [],
    coverage: JSON = ["by": ["review"]], kind: LandingStatement.Kind = .landing,
    head: RefName? = nil
  ) throws(StatementError) -> LandingStatement {
    try LandingStatement(
      repository: [0x61], ref: RefName("refs/heads/main"), old: old, new: new, pusher: pusher,
      policyDigest: digest(1), ledger: .zero, coverage: coverage, time: 9, kind: kind,
      head: head)
  }

  @Test("what HEAD named is told where it is known, and landings without it are read as before")
  func head() throws {
    let trunk = RefName("refs/heads/trunk")
    let told = try landing(head: trunk)
    #expect(try LandingStatement(statement: told.statement) == told)
    #expect(told.head == trunk)
    #expect(text(told.statement).hasSuffix(#""time":9,"head":"refs/heads/trunk"}"#))
    #expect(try LandingStatement(statement: landing().statement).head == nil)
    // A name that JSON would change is not told.
    #expect(try landing(head: RefName(Array("refs/heads/".utf8) + [0xff])).head == nil)
    for value: JSON in [.null, 1, "", "main", "HEAD", .string([0x72, 0x65, 0x66, 0x73, 0x2f])] {
      let members = landingMembers(told.statement, head: value)
      #expect(throws: StatementError.self, "\(value)") {
        try LandingStatement(
          statement: Statement(
            subjects: told.statement.subjects, predicateType: LandingStatement.predicateType,
            predicate: .object(members)))
      }
    }
  }

  private func landingMembers(_ statement: Statement, head: JSON) -> [JSON.Member] {
    (statement.predicate.members ?? []).map {
      $0.key.elementsEqual("head".utf8) ? JSON.Member(key: $0.key, value: head) : $0
    }
  }

  @Test("a landing is written in one form and read back")
  func roundTrip() throws {
    for kind in LandingStatement.Kind.allCases {
      let landing = try landing(kind: kind)
      #expect(try LandingStatement(statement: landing.statement) == landing)
    }
    #expect(
      text(try landing(pusher: Array("dana".utf8)).statement)
        == #"{"kind":"landing","repository":"a","ref":"refs/heads/main","old":""# + id("1").hex
        + #"","new":""# + id("2").hex + #"","pusher":"dana","policyDigest":""#
        + String(repeating: "01", count: 32) + #"","ledger":""# + ObjectID.zero.hex
        + #"","coverage":{"by":["review"]},"time":9}"#)
  }

  @Test("the subject is the new tip, or the old one of a deleted ref")
  func subject() throws {
    #expect(try landing().statement.subjects == [.init(.gitCommit(id("2")))])
    #expect(try landing(new: .zero).statement.subjects == [.init(.gitCommit(id("1")))])
    #expect(throws: StatementError.malformed(member: "new")) { try landing(new: id("1")) }
  }

  @Test("anything missing, null, extra or at odds with the subject is refused")
  func strict() throws {
    for (what, statement) in spoiled(try landing().statement) {
      #expect(throws: StatementError.self, "\(what)") {
        try LandingStatement(statement: statement)
      }
    }
  }

  @Test("coverage that would not come back as it was is refused")
  func coverage() {
    for coverage: JSON in [
      [], .null, ["path": .string([0xff])],
      (0..<40).reduce(["leaf": 1]) { inner, _ in ["inner": inner] },
    ] {
      #expect(throws: StatementError.malformed(member: "coverage")) {
        try landing(coverage: coverage)
      }
    }
  }

  @Test("a pusher's name that is not UTF-8 is refused, because JSON would change it")
  func pusher() {
    #expect(throws: StatementError.malformed(member: "pusher")) { try landing(pusher: [0xff]) }
  }
}
