import Primitives
import TestSupport
import Testing

@Suite("whom an agent's commit names as its author does not review it")
struct CoAuthorTests {
  @Test(
    "evidence 63: a person named in an authorship trailer of an agent's commit does not review it",
    arguments: [
      "Co-authored-by: frank <frank@example.org>",
      "Co-Authored-By: Frank <FRANK@example.org>",
      "co-developed-by: Frank F. <frank@example.org>",
      "Co-Developed-by: frank <frank@example.org>",
      "Signed-off-by: frank <frank@example.org>",
      "SIGNED-OFF-BY :\t frank   < frank@example.org > ",
      "Coauthored-by: frank <frank@example.org>",
      "Co-authored-by:frank <frank@example.org>\r",
      "Co-authored-by: frank <frank@example.org>\n\nLast paragraph, a plain one.",
      "Co-authored-by: dora <dora@example.org>\nCo-authored-by: frank <frank@example.org>",
      "Co\u{2010}authored\u{2011}by: frank <frank@example.org>",
    ])
  func named(_ trailer: String) throws {
    try isNoReviewer(trailer, on: .main)
  }

  @Test("evidence 63: nor for any other reference", arguments: ProtectedPlace.allCases)
  func elsewhere(_ place: ProtectedPlace) throws {
    try isNoReviewer("Co-authored-by: frank <frank@example.org>", on: place)
  }

  private func isNoReviewer(_ trailer: String, on place: ProtectedPlace) throws {
    let server = try GuardedServer.inUse()
    let work = try server.work.commit(
      "Work\n\n\(trailer)\n", ["work": "1"], on: nil, author: server.roster[.codex],
      parents: [server.base])
    try server.pushed(as: .codex, "\(work):refs/heads/agent/codex/work")
    try server.approve(work, by: .frank) { $0.ref = place.ref }
    for pusher in [Actor.codex, .dana, .frank] {
      let outcome = try server.refuses(
        as: pusher, "\(work):\(place.ref)", with: "HK101", ref: place.ref)
      // The refusal names the trailer.
      let words = outcome.remoteWords.lowercased()
      #expect(words.contains("frank") && words.contains("-by"), "\(outcome)")
    }
    try server.approve(work, by: .dana) { $0.ref = place.ref }
    try server.lands(work, as: .frank, on: place.ref)
  }

  @Test("evidence 63: however it is known that an agent made the commit")
  func whateverMakesItAgents() throws {
    let server = try GuardedServer.inUse()
    let trailer = "Co-authored-by: frank <frank@example.org>"
    func commit(_ file: String, _ message: String, by person: TestPerson, signed: Bool = false)
      throws -> ObjectID
    {
      try server.work.commit(
        message, [file: "1"], on: nil, author: person,
        signedBy: signed ? server.roster[.codex] : nil, parents: [server.base])
    }
    // Anonymous, below a tip that the agent pushed.
    let below = try commit("below", "Work\n\n\(trailer)", by: TestPerson("someone"))
    let tip = try server.commit("Tip", ["tip": "1"], by: .codex, on: below)
    try server.pushed(as: .codex, "\(tip):refs/heads/work")
    // Declared by another trailer and pushed by a person; signed by the agent's key; in its name.
    let declared = try commit(
      "declared", "Work\n\nCo-authored-by: Codex <noreply@openai.com>\n\(trailer)",
      by: server.roster[.dana])
    let attested = try commit(
      "attested", "Work\n\n\(trailer)", by: TestPerson("someone"), signed: true)
    let named = try commit("named", "Work\n\n\(trailer)", by: server.roster[.codex])
    try server.pushed(
      as: .dana, "\(declared):refs/heads/d", "\(attested):refs/heads/a", "\(named):refs/heads/n")
    for work in [below, declared, attested, named] {
      try server.approve(work, by: .frank)
      try server.refuses(as: .erin, "\(work):main", with: "HK101")
    }
  }

  @Test(
    "evidence 63: a review of a commit above does not count for the one that names the reviewer")
  func below() throws {
    let server = try GuardedServer.inUse()
    let below = try server.work.commit(
      "Below\n\nCo-developed-by: frank <frank@example.org>\n", ["below": "1"], on: nil,
      author: server.roster[.codex], parents: [server.base])
    let tip = try server.commit("Tip", ["tip": "1"], by: .codex, on: below)
    try server.pushed(as: .codex, "\(tip):refs/heads/work")
    try server.approve(tip, by: .frank)
    try server.refuses(as: .dana, "\(tip):main", with: "HK101")
    try server.approve(tip, by: .dana)
    try server.lands(tip, as: .frank)
  }

  @Test("evidence 63: each address of a person is theirs")
  func otherAddress() throws {
    let server = try GuardedServer(policy: {
      $0.openPolicy().replacing(
        "emails = [\"frank@example.org\"]",
        with: "emails = [\"frank@example.org\", \"f@home.example\"]")
    })
    try server.begin()
    let work = try server.work.commit(
      "Work\n\nCo-authored-by: F <f@home.example>\n", ["work": "1"], on: nil,
      author: server.roster[.codex], parents: [server.base])
    try server.pushed(as: .codex, "\(work):refs/heads/work")
    try server.approve(work, by: .frank)
    try server.refuses(as: .dana, "\(work):main", with: "HK101")
  }

  @Test(
    "evidence 63: a line that names no author ties nobody",
    arguments: ["Reviewed-by", "Acked-by", "Tested-by", "Reported-by", "Suggested-by", "Cc"])
  func otherTrailers(_ key: String) throws {
    let server = try GuardedServer.inUse()
    let work = try server.work.commit(
      "Work\n\n\(key): frank <frank@example.org>\n", ["work": "1"], on: nil,
      author: server.roster[.codex], parents: [server.base])
    try server.pushed(as: .codex, "\(work):refs/heads/work")
    try server.approve(work, by: .frank)
    try server.lands(work, as: .dana)
  }
}
