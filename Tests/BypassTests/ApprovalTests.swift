import Primitives
import Signing
import TestSupport
import Testing

@Suite("approval that is not bound tightly enough")
struct ApprovalTests {
  @Test("bypass 1: a review of one head does not carry another head that comes a moment later")
  func reviewOfAnotherHead() throws {
    let server = try GuardedServer()
    let reviewed = try server.agentWork()
    try server.approve(reviewed, by: .dana)
    let swapped = try server.agentWork(["work": "1", "evil": "1"])
    try server.refuses(as: .codex, "\(swapped):main", with: "HK101")
    let appended = try server.agentWork(["evil": "1"], on: reviewed)
    try server.refuses(as: .codex, "\(appended):main", with: "HK101")
    try server.refuses(as: .dana, "\(appended):main", with: "HK101")
    try server.lands(reviewed, as: .dana)
  }

  @Test("bypass 2: a review for another branch or another repository counts for neither")
  func reviewForAnotherPlace() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    try server.approve(work, by: .dana) { $0.ref = "refs/heads/release/1" }
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    let foreign = try server.review(work, by: .software(.frank)) {
      $0.repository = "git.example.org/fork"
    }
    #expect(foreign.codes.contains("HK806"), "\(foreign)")
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    try server.lands(work, as: .dana, on: "refs/heads/release/1")
  }

  @Test("bypass 3: a rebase with an equal patch id but another meaning is not the reviewed change")
  func equalPatchID() throws {
    let source = "if (admin) {\n  log();\n}\nif (guest) {\n  log();\n}\n"
    let patch = Roster.team.replacing("binding = \"head\"", with: "binding = \"patch\"")
    let server = try GuardedServer(
      policy: { $0.policy(rules: patch) }, files: ["auth.c": .text(source)])
    let good = try server.agentWork([
      "auth.c": "if (admin) {\n  log();\n  grant();\n}\nif (guest) {\n  log();\n}\n"
    ])
    try server.approve(good, by: .dana)

    let other = try server.commit("Elsewhere", ["other": "1"], by: .dana)
    try server.lands(other, as: .dana)
    let evil = try server.agentWork(
      ["auth.c": "if (admin) {\n  log();\n}\nif (guest) {\n  log();\n  grant();\n}\n"], on: other)
    let ids = try [good, evil].map { commit in
      let diff = try server.work.git("diff-tree", "-p", "-U0", commit.hex).stdout
      return try server.work.git("patch-id", "--stable", stdin: diff).value.prefix(40)
    }
    #expect(ids[0] == ids[1], "the attack needs equal patch ids")
    try server.refuses(as: .codex, "\(evil):main", with: "HK101")

    // Another indentation has the same ordinary patch id, and in some languages another meaning.
    let indented = try server.agentWork(
      ["auth.c": "if (admin) {\n  log();\ngrant();\n}\nif (guest) {\n  log();\n}\n"], on: other)
    try server.refuses(as: .codex, "\(indented):main", with: "HK101")

    let rebased = try server.agentWork(
      ["auth.c": "if (admin) {\n  log();\n  grant();\n}\nif (guest) {\n  log();\n}\n"], on: other)
    try server.lands(rebased, as: .dana)
  }

  @Test("bypass 3: binding patch is opt-in: under the default a rebase is reviewed anew")
  func rebaseUnderHead() throws {
    let server = try GuardedServer()
    try server.approve(try server.agentWork(), by: .dana)
    let other = try server.commit("Elsewhere", ["other": "1"], by: .dana)
    try server.lands(other, as: .dana)
    let rebased = try server.agentWork(on: other)
    try server.refuses(as: .codex, "\(rebased):main", with: "HK101")
  }

  private static let owned = Roster.team.replacing(
    "presence = \"none\"", with: "presence = \"none\", owners = true")

  @Test("bypass 4: what is added after the owner approved is not approved")
  func addedAfterOwner() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Self.owned) }, files: ["CODEOWNERS": "/db/ @frank\n"])
    let first = try server.agentWork(["db/schema": "1"])
    try server.approve(first, by: .frank)
    let payload = try server.agentWork(["db/schema": "2"], on: first)
    try server.refuses(as: .codex, "\(payload):main", with: "HK101")
    // A second reviewer who owns nothing does not stand in for the owner.
    try server.approve(payload, by: .dana)
    try server.refuses(as: .codex, "\(payload):main", with: "HK103")
    try server.approve(payload, by: .frank)
    try server.lands(payload, as: .dana)
  }

  @Test("bypass 4: an owner rule cannot be shed by an old branch or by deleting CODEOWNERS")
  func shedOwners() throws {
    let server = try GuardedServer(policy: { $0.policy(rules: Self.owned) })
    // The branch starts where there was no CODEOWNERS yet.
    let old = try server.agentWork(["db/schema": "evil"])
    let rule = try server.commit("Owners", ["CODEOWNERS": "* @frank\n"], by: .frank)
    try server.lands(rule, as: .frank)
    try server.approve(old, by: .dana)
    let tree = try server.work.git("merge-tree", "--write-tree", rule.hex, old.hex).objectID()
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [rule, old], author: server.roster[.dana])
    try server.refuses(as: .dana, "\(merge):main", with: "HK103")

    let deleted = try server.agentWork(["CODEOWNERS": .delete, "db/schema": "2"], on: rule)
    try server.approve(deleted, by: .dana)
    try server.refuses(as: .codex, "\(deleted):main", with: "HK103")
  }

  @Test("bypass 5: a vote does not stick to an amended change, whatever its message or Change-Id")
  func stickyVote() throws {
    let server = try GuardedServer()
    let message = "Work\n\nChange-Id: I0123456789012345678901234567890123456789\n"
    let first = try server.agentWork(message: message)
    try server.approve(first, by: .dana)
    let amended = try server.agentWork(["work": "2"], message: message)
    try server.refuses(as: .codex, "\(amended):main", with: "HK101")
    // Not even when only the message differs: it says something else to whoever reads the log.
    let reworded = try server.agentWork(message: "Other words")
    try server.refuses(as: .codex, "\(reworded):main", with: "HK101")
  }

  @Test(
    "bypass 6: a reviewer whose enrolment has ended reviews no more, whatever the date they sign")
  func expiredReviewer() throws {
    let ended = [Actor.frank: "expires = \"2026-02-01T00:00:00Z\""]
    let server = try GuardedServer()
    let work = try server.agentWork()
    // Filed while frank counted; judged when frank does not.
    try server.approve(work, by: .frank)
    try server.write(server.roster.policy(adding: ended), to: "policy.toml")
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    // A review back-dated to the time of the enrolment.
    let late = try server.review(work, by: .software(.frank)) { $0.comment = "again" }
    #expect(late.codes.contains("HK806"), "\(late)")
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
  }

  @Test("bypass 6: a revoked key neither reviews nor makes a commit a person's")
  func revokedKey() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Roster.team.replacing("\"person\"", with: "\"agent\"")) })
    let work = try server.agentWork()
    try server.approve(work, by: .frank)
    let signed = try server.commit(by: .frank, signed: true)
    let fingerprint = server.roster[.frank].key?.fingerprint ?? ""
    try server.write(
      server.roster.policy(
        rules: Roster.team.replacing("\"person\"", with: "\"agent\""),
        top: "revoked-keys = [\"\(fingerprint)\"]"), to: "policy.toml")
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    // git verifies at the committer's date, which the signer chooses; hookkit at its own.
    try server.refuses(as: .frank, "\(signed):main", with: "HK101")
  }

  @Test("bypass 6: the unsigned work of an account whose person has left is nobody's")
  func departedAccount() throws {
    let server = try GuardedServer(policy: {
      $0.policy(adding: [.frank: "expires = \"2026-02-01T00:00:00Z\""])
    })
    let own = try server.commit(by: .frank)
    try server.refuses(as: .frank, "\(own):main", with: "HK101")
  }

  @Test("bypass 6: a review dated before its commit, after now, or past its end does not count")
  func reviewTimes() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    let now = server.sandbox.now
    try server.approve(work, by: .dana) { $0.time = now - 86_400 }
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    try server.approve(work, by: .dana) { $0.time = 4_102_444_800 }
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    try server.approve(work, by: .dana) {
      $0.time = now
      $0.expires = now + 60
    }
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    try server.approve(work, by: .dana)
    try server.lands(work, as: .dana)
  }

  @Test("bypass 7: one person with two keys is one approval")
  func twoKeysOnePerson() throws {
    let server = try GuardedServer(policy: {
      $0.policy(rules: Roster.team.replacing("approvals = 1", with: "approvals = 2"))
    })
    let work = try server.agentWork()
    try server.approve(work, by: .dana)
    #expect(try server.review(work, by: .touch(.dana)).succeeded)
    // Both keys in one envelope.
    let statement = try server.reviewStatement(of: work) { $0.comment = "both" }
    let both = try server.envelope(
      statement.serialized, by: [.software(.dana), .touch(.dana)])
    #expect(
      try server.file(
        [GuardedServer.path(ofReview: both, of: work): .file(both.serialized)], as: .dana
      ).succeeded)
    let outcome = try server.refuses(as: .codex, "\(work):main", with: "HK101")
    #expect(outcome.errors.contains("reviews 1 of 2"), "\(outcome)")
    try server.approve(work, by: .frank)
    try server.lands(work, as: .dana)
  }

  @Test("bypass 8: an envelope with a doubled signature or an unknown payload type is not filed")
  func strangeEnvelopes() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    let envelope = try server.envelope(
      try server.reviewStatement(of: work).serialized, by: [.software(.dana)])
    let path = GuardedServer.path(ofReview: envelope, of: work)
    let text = String(decoding: envelope.serialized, as: UTF8.self)
    let start = try #require(text.firstRange(of: "\"signatures\":[")).upperBound
    let end = try #require(text.lastIndex(of: "]"))
    let signature = text[start..<end]
    for forged in [
      "\(text[..<start])\(signature),\(signature)\(text[end...])",
      text.replacing("application/vnd.in-toto+json", with: "text/plain"),
      "\(text[..<start])\(text[end...])",
      text.replacing("\"payloadType\"", with: "\"payloadType\":\"x\",\"payloadType\""),
      text + text,
    ] {
      let filed = try server.file([path: .text(forged)], as: .dana)
      #expect(filed.codes.contains("HK806"), "\(filed)")
    }
    #expect(try server.tip("refs/hookkit/ledger") == nil)
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
  }

  @Test("bypass 8: a signature for a commit, a file or a withdrawal is no review")
  func namespaceConfusion() throws {
    let server = try GuardedServer()
    let work = try server.agentWork()
    for namespace in ["git", "file", "withdrawal@hookkit", "landing@hookkit", "review@hookkit2"] {
      let filed = try server.review(work, by: .software(.dana), namespace: namespace)
      #expect(filed.codes.contains("HK806"), "\(namespace): \(filed)")
    }
    // A commit of dana's, whose signature is sound for git, offered as her review.
    let commit = try server.commit(by: .dana, signed: true)
    let raw = try server.work.contents("commit", commit.hex)
    let filed = try server.file(
      [
        "reviews/\(work.hex.prefix(2))/\(work)/\(String(repeating: "0", count: 64)).dsse": .file(
          raw)
      ],
      as: .dana)
    #expect(filed.codes.contains("HK806"), "\(filed)")
    #expect(try server.tip("refs/hookkit/ledger") == nil)
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
  }
}
