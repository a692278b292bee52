import Primitives
import Signing
import TestSupport
import Testing

@Suite("the ledger")
struct LedgerAttackTests {
  private static let ledger = "refs/hookkit/ledger"

  /// Expects that the ledger takes none of it and stays where it is.
  private func rejects(
    _ server: GuardedServer, _ changes: [String: TreeChange], as actor: Actor = .dana,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try server.tip(Self.ledger)
    let filed = try server.file(changes, as: actor)
    #expect(
      filed.codes.contains { $0.hasPrefix("HK80") }, "\(filed)", sourceLocation: sourceLocation)
    #expect(try server.tip(Self.ledger) == before, sourceLocation: sourceLocation)
  }

  @Test("bypass 64: the ledger only grows: it is not rewritten, deleted, merged or forked")
  func onlyGrows() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    let first = try server.envelope(
      server.reviewStatement(of: work).serialized, by: [.software(.dana)])
    let path = GuardedServer.path(ofReview: first, of: work)
    #expect(try server.file([path: .file(first.serialized)], as: .dana).succeeded)
    let tip = try #require(try server.tip(Self.ledger))
    try server.approve(work, by: .frank)
    let newest = try #require(try server.tip(Self.ledger))
    try server.work.git("fetch", "--quiet", server.repository.path, Self.ledger)
    let tree = try #require(try server.work.id("\(newest)^{tree}"))

    for actor in [Actor.dana, .codex, .nobody] {
      let code = actor == .codex ? "HK402" : "HK806"
      try server.refuses(as: actor, ":\(Self.ledger)", with: code, ref: Self.ledger)
      try server.refuses(as: actor, "+\(tip):\(Self.ledger)", with: code, ref: Self.ledger)
    }
    let fork = try server.work.commit(
      "fork", tree: tree, parents: [tip], author: server.roster[.dana])
    try server.refuses(as: .dana, "+\(fork):\(Self.ledger)", with: "HK806", ref: Self.ledger)
    let merge = try server.work.commit(
      "merge", tree: tree, parents: [newest, server.base], author: server.roster[.dana])
    try server.refuses(as: .dana, "\(merge):\(Self.ledger)", with: "HK806", ref: Self.ledger)
    try rejects(server, [path: .delete])
    try rejects(server, [path: "changed"])
    try rejects(server, [path: .executable(first.serialized)])
    // Put in and taken out again in one push.
    let extra = try server.work.commit(
      "extra", ["x": "1"], on: nil, author: server.roster[.dana], parents: [newest])
    let back = try server.work.commit(
      "back", tree: tree, parents: [extra], author: server.roster[.dana])
    try server.refuses(as: .dana, "\(back):\(Self.ledger)", with: "HK806", ref: Self.ledger)
  }

  @Test(
    "bypass 65: a statement stands where its content says, and nothing else stands in the ledger")
  func otherPaths() throws {
    let server = try GuardedServer()
    let reviewed = try server.agentWork()
    let other = try server.agentWork(["evil": "1"])
    let envelope = try server.envelope(
      server.reviewStatement(of: reviewed).serialized, by: [.software(.dana)])
    let bytes = TreeChange.file(envelope.serialized)
    let right = GuardedServer.path(ofReview: envelope, of: reviewed)
    for path in [
      GuardedServer.path(ofReview: envelope, of: other), right.uppercased(),
      right.replacing(".dsse", with: ".dsse.dsse"), "reviews/\(reviewed)", "x/\(right)",
      "withdrawn/\(Hex.string(envelope.payloadDigest))/\(Hex.string(envelope.payloadDigest)).dsse",
      String(right.dropLast(5)) + "/x.dsse",
    ] {
      try rejects(server, [path: bytes])
    }
    try rejects(server, [right: bytes, "notes": "1"])
    try rejects(server, [right: .symlink("../x")])
    try rejects(server, [right: .gitlink(reviewed)])
    #expect(try server.tip(Self.ledger) == nil)
    try server.refuses(as: .codex, "\(other):main", with: "HK101")
    try server.refuses(as: .codex, "\(reviewed):main", with: "HK101")
  }

  @Test("bypass 66: a signed payload with a key twice, or one more, is no statement")
  func doubledKeys() throws {
    let server = try GuardedServer()
    let reviewed = try server.agentWork()
    let other = try server.agentWork(["evil": "1"])
    let text = String(decoding: try server.reviewStatement(of: reviewed).serialized, as: UTF8.self)
    let head = "\"head\":\"\(reviewed)\""
    #expect(text.contains(head))
    for payload in [
      text.replacing(head, with: "\(head),\"head\":\"\(other)\""),
      text.replacing(head, with: "\"head\":\"\(other)\",\(head)"),
      text.replacing(head, with: "\(head),\"he\\u0061d\":\"\(other)\""),
      text.replacing(head, with: "\(head),\"also\":\"\(other)\""),
      text.replacing(head, with: "\"head\":\"\(other)\""),
      text.replacing(head, with: "\"head\":\"\(reviewed.hex.uppercased())\""),
      text.replacing(head, with: "\"head\":[\"\(reviewed)\",\"\(other)\"]"),
      text + " ", text + text,
    ] where payload != text {
      let envelope = try server.envelope(Array(payload.utf8), by: [.software(.dana)])
      for commit in [reviewed, other] {
        let path = GuardedServer.path(ofReview: envelope, of: commit)
        let filed = try server.file([path: .file(envelope.serialized)], as: .dana)
        if payload == text + " " {
          // Blanks behind the value are JSON's own; it is the same statement.
          #expect(filed.succeeded == (commit == reviewed), "\(filed)")
        } else {
          #expect(filed.codes.contains("HK806"), "\(payload)\n\(filed)")
        }
      }
    }
    try server.refuses(as: .codex, "\(other):main", with: "HK101")
  }

  @Test("bypass 67: a review signed by an agent with a person's name or key id is not the person's")
  func borrowedName() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    let statement = try server.reviewStatement(of: work) { $0.comment = "dana <dana@example.org>" }
    let agents = try server.envelope(statement.serialized, by: [.software(.codex)])
    let persons = try server.envelope(statement.serialized, by: [.software(.dana)])
    let path = GuardedServer.path(ofReview: agents, of: work)
    try rejects(server, [path: .file(agents.serialized)])
    let own = server.roster[.codex].key?.fingerprint ?? ""
    let theirs = server.roster[.dana].key?.fingerprint ?? ""
    for forged in [
      String(decoding: agents.serialized, as: UTF8.self).replacing(own, with: theirs),
      // dana's signature, over something else that she has signed.
      String(
        decoding: try server.envelope(
          server.reviewStatement(of: server.base).serialized, by: [.software(.dana)]
        ).serialized, as: UTF8.self
      ).replacing(/"payload":"[^"]*"/) { _ in
        "\"payload\":\"\(String(decoding: Base64.encode(persons.payload), as: UTF8.self))\""
      },
    ] {
      try rejects(server, [path: .text(forged)])
    }
    #expect(try server.tip(Self.ledger) == nil)
  }

  @Test("bypass 68: a withdrawn review does not come back, and nobody withdraws another's")
  func withdrawn() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    let statement = try server.reviewStatement(of: work)
    let review = try server.envelope(statement.serialized, by: [.software(.dana)])
    let path = GuardedServer.path(ofReview: review, of: work)
    #expect(try server.file([path: .file(review.serialized)], as: .dana).succeeded)
    // frank's withdrawal of dana's review changes nothing.
    #expect(try server.withdraw(review, by: .software(.frank)).succeeded)
    let probe = try server.commit("Probe", ["probe": "1"], by: .frank, on: work)
    try server.lands(probe, as: .frank)
    try server.repository.setReferences([("refs/heads/main", server.base)])

    // dana's own counts, with whichever of her keys.
    #expect(try server.withdraw(review, by: .touch(.dana)).succeeded)
    try server.refuses(as: .frank, "\(work):main", with: "HK101")
    // The same envelope again, without its key ids, with both keys, at its path or another.
    let bare = try Envelope(
      payload: review.payload,
      signatures: review.signatures.map { .init($0.signature, hasKeyID: false) })
    let both = try server.envelope(
      statement.serialized, by: [.software(.dana), .touch(.dana)])
    for again in [bare, both] {
      try rejects(server, [path: .file(again.serialized)])
      try rejects(server, [path.replacing(".dsse", with: "0.dsse"): .file(again.serialized)])
    }
    try server.refuses(as: .frank, "\(work):main", with: "HK101")
    // What she signs anew is a new review.
    try server.approve(work, by: .dana) { $0.comment = "after all" }
    try server.lands(work, as: .frank)
  }

  @Test("bypass 69: a review withdrawn while the push is under way stops it at the last hook")
  func withdrawnMeanwhile() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    let review = try server.envelope(
      server.reviewStatement(of: work).serialized, by: [.software(.dana)])
    let path = GuardedServer.path(ofReview: review, of: work)
    #expect(try server.file([path: .file(review.serialized)], as: .dana).succeeded)
    let before = try #require(try server.tip(Self.ledger))
    #expect(try server.withdraw(review, by: .software(.dana)).succeeded)
    let after = try #require(try server.tip(Self.ledger))
    try server.repository.setReferences([(Self.ledger, before)])
    // An update hook runs between the decision and the move.
    try server.repository.writeHook(
      "update", "#!/bin/sh\ngit -c core.hooksPath=/dev/null update-ref \(Self.ledger) \(after)\n")
    try server.refuses(as: .frank, "\(work):main", with: "HK101")
    #expect(try server.tip(Self.ledger) == after)
  }

  @Test(
    "bypass 70: a review of another result tree, or under an exact rule of another base, is void")
  func otherTree() throws {
    let server = try GuardedServer(policy: {
      $0.policy(rules: Roster.team.replacing("\"head\"", with: "\"exact\""))
    })
    let work = try server.agentWork()
    let tree = try #require(try server.work.id("\(server.base)^{tree}"))
    try server.approve(work, by: .dana) { $0.resultTree = tree }
    try server.refuses(as: .frank, "\(work):main", with: "HK101")
    let other = try server.commit("Elsewhere", ["other": "1"], by: .frank)
    try server.approve(work, by: .dana) { $0.base = other }
    try server.refuses(as: .frank, "\(work):main", with: "HK101")
    let above = try server.agentWork(["more": "1"], on: work)
    try server.approve(work, by: .dana)
    try server.refuses(as: .frank, "\(above):main", with: "HK101")
    try server.lands(work, as: .frank)
  }
}
