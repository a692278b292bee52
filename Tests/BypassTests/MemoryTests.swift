import Primitives
import TestSupport
import Testing

@Suite("memory has a grade, a source and an end")
struct MemoryTests {
  // MARK: Who was first

  @Test("evidence 66: an agent that rebases a person's topic does not take the person's work over")
  func rebasedTopic() throws {
    let server = try GuardedServer.inUse()
    let own = try server.commit("Own", ["own": "1"], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(own):refs/heads/topic")
    let agents = try server.commit("Agent's", ["agent": "1"], by: .codex)
    let rebased = try server.work.commit(
      "Own", ["own": "1"], on: nil, author: server.roster[.dana],
      committer: server.roster[.codex], parents: [agents])
    let tip = try server.commit("More", ["agent": "2"], by: .codex, on: rebased)
    try server.pushed(as: .codex, "\(tip):refs/heads/agent/codex/work")
    try server.refuses(as: .dana, "\(tip):main", with: "HK101")
    try server.refuses(as: .codex, "\(rebased):main", with: "HK101")
    // Her own is still hers: as it was, and where she picks it onto another commit.
    try server.lands(own, as: .dana)
    let other = try server.commit("Other", ["other": "1"], by: .frank)
    try server.lands(other, as: .frank, on: "refs/heads/release/old")
    let picked = try server.commit("Own", ["own": "1"], by: .dana, on: other, signed: true)
    try server.lands(picked, as: .dana, on: "refs/heads/release/old")
    // What the agent was first with stays the agent's.
    let taken = try server.commit("Mine", ["agent": "1"], by: .dana, on: own)
    try server.refuses(as: .dana, "\(taken):main", with: "HK101")
  }

  @Test("evidence 66: nor does one that squashes it, or that pushes it below a merge of its own")
  func squashedTopic() throws {
    let server = try GuardedServer.inUse()
    let one = try server.commit("One", ["one": "1"], by: .dana, signed: true)
    let two = try server.commit("Two", ["two": "1"], by: .dana, on: one, signed: true)
    try server.pushed(as: .dana, "\(two):refs/heads/topic")
    let squashed = try server.commit("All", ["one": "1", "two": "1"], by: .codex)
    try server.pushed(as: .codex, "\(squashed):refs/heads/agent/codex/squash")
    let copy = try server.commit("One", ["one": "1"], by: .codex)
    try server.pushed(as: .codex, "\(copy):refs/heads/agent/codex/copy")
    try server.lands(two, as: .dana)
  }

  @Test("evidence 66: a refusal for the same change says of which commit, and who brought it")
  func saysWhich() throws {
    let server = try GuardedServer.inUse()
    let agents = try server.agentWork(["work": "1"])
    let copy = try server.commit("Mine", ["work": "1"], by: .frank)
    let outcome = try server.refuses(as: .frank, "\(copy):main", with: "HK101")
    #expect(outcome.remoteWords.contains(agents.short), "\(outcome)")
    #expect(outcome.remoteWords.contains("codex"), "\(outcome)")
  }

  // MARK: Suspicions

  /// Puts a note on a commit that names an agent, as an account that nobody knows.
  private func note(_ commit: ObjectID, _ server: GuardedServer) throws {
    let text = "1\n---\n{\"prompts\":{\"a\":{\"agent_id\":{\"tool\":\"codex\"}}}}\n"
    let notes = try server.work.commit(
      "notes", [commit.hex: .text(text)], on: nil, author: server.roster[.stranger], parents: [])
    try server.pushed(as: .stranger, "+\(notes):refs/notes/ai")
  }

  @Test(
    "evidence 66: a note by an unknown account binds a person's signed commit while it is there")
  func noteTakenAway() throws {
    let server = try GuardedServer.inUse()
    let own = try server.commit("Own", ["own": "1"], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(own):refs/heads/topic")
    try note(own, server)
    // Refused or let through while it is there; either is remembered no longer than the note.
    let noted = try server.push(as: .dana, "\(own):refs/heads/release/new")
    #expect(noted.succeeded || noted.codes.contains("HK101"), "\(noted)")
    try server.pushed(as: .stranger, ":refs/notes/ai")
    try server.lands(own, as: .dana)
    try server.lands(own, as: .frank, on: "refs/heads/release/old")
  }

  @Test("evidence 66: nor does it bind the same change under another name or on another base")
  func noteOnCopy() throws {
    let server = try GuardedServer.inUse()
    let own = try server.commit("Own", ["own": "1"], by: .dana, signed: true)
    let copy = try server.commit("Copy", ["own": "1"], by: .stranger)
    try server.pushed(as: .stranger, "\(copy):refs/heads/copy")
    try note(copy, server)
    _ = try server.push(as: .stranger, "\(copy):main")
    _ = try server.push(as: .dana, "\(copy):main")
    try server.lands(own, as: .dana)
  }

  @Test(
    "evidence 66: a suspicion that was corrected is not remembered over a person's signature",
    arguments: [
      "Work\n\n> Co-authored-by: Codex <noreply@openai.com>\n",
      "Work\n\nHe wrote:\n    Co-authored-by: Codex <noreply@openai.com>\n",
    ])
  func quotedTrailer(_ message: String) throws {
    let server = try GuardedServer.inUse()
    let quoting = try server.commit(message, ["work": "1"], by: .dana, signed: true)
    _ = try server.push(as: .dana, "\(quoting):refs/heads/release/new")
    let amended = try server.commit("Work", ["work": "1"], by: .dana, signed: true)
    try server.lands(amended, as: .dana)
  }

  @Test(
    "evidence 66: a branch named like a vendor's is corrected by another name",
    arguments: ["devin/fix", "cursor/pagination"])
  func vendorPrefix(_ branch: String) throws {
    let server = try GuardedServer.inUse()
    let own = try server.commit("Own", ["own": "1"], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(own):refs/heads/\(branch)")
    _ = try server.push(as: .dana, "\(own):refs/heads/release/new")
    let again = try server.commit("Own, again", ["own": "1"], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(again):refs/heads/fix")
    try server.lands(again, as: .dana)
  }

  @Test("evidence 66: the prefix alone weighs less than a signature where assisted work passes")
  func vendorPrefixAllowed() throws {
    let server = try GuardedServer.inUse(rules: Roster.everyPlace + "\nassisted = \"allow\"\n")
    let own = try server.commit("Own", ["own": "1"], by: .dana, signed: true)
    try server.pushed(as: .dana, "\(own):refs/heads/devin/fix")
    try server.lands(own, as: .dana)
    // It outweighs an unsigned one.
    let unsigned = try server.commit("Other", ["other": "1"], by: .dana, on: own)
    try server.pushed(as: .dana, "\(unsigned):refs/heads/devin/more")
    try server.refuses(as: .dana, "\(unsigned):main", with: "HK101")
  }

  // MARK: What was taken back

  @Test("evidence 66: what has landed and been reverted does not come back on its old review")
  func reverted() throws {
    let patch = Roster.everyPlace.replacing("binding = \"head\"", with: "binding = \"patch\"")
    let server = try GuardedServer.inUse(rules: patch)
    let work = try server.agentWork(["work": "1"])
    try server.approve(work, by: .dana)
    try server.lands(work, as: .frank)
    let revert = try server.commit("Revert", ["work": .delete], by: .dana, on: work, signed: true)
    try server.lands(revert, as: .dana)
    let again = try server.agentWork(["work": "1"], on: revert, branch: "again")
    for actor in [Actor.codex, .dana, .stranger] {
      try server.refuses(as: actor, "\(again):main", with: "HK101")
    }
    // Nor with a person's name under it, nor below other work.
    let above = try server.commit("Above", ["above": "1"], by: .dana, on: again)
    try server.refuses(as: .dana, "\(above):main", with: "HK101")
    try server.approve(again, by: .frank)
    try server.lands(again, as: .dana)
  }
}
