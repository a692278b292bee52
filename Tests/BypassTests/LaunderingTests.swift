import Primitives
import TestSupport
import Testing

@Suite("laundering: the same work by another way")
struct LaunderingTests {
  @Test("bypass 55: a commit below the tip that an agent pushed is the agent's too")
  func belowTheTip() throws {
    let server = try GuardedServer()
    let below = try server.commit("Below", ["evil": "1"], by: .dana)
    let tip = try server.commit("Tip", ["b": "1"], by: .dana, on: below)
    try server.pushed(as: .codex, "\(tip):refs/heads/agent/codex/work")
    try server.refuses(as: .dana, "\(below):main", with: "HK101")
    try server.refuses(as: .dana, "\(tip):main", with: "HK101")
  }

  @Test("bypass 56: an agent's merge below its tip stays the agent's")
  func mergeBelowTheTip() throws {
    let server = try GuardedServer()
    let one = try server.commit("One", ["one": "1"], by: .dana)
    try server.lands(one, as: .dana)
    try server.lands(one, as: .dana, on: "refs/heads/release/1")
    let evil = try server.work.commit(
      "Merge", ["evil": "1"], on: nil, author: server.roster[.dana], parents: [one, server.base])
    let tip = try server.commit("Tip", ["b": "1"], by: .dana, on: evil)
    try server.pushed(as: .codex, "\(tip):refs/heads/agent/codex/work")
    try server.refuses(as: .dana, "\(evil):main", with: "HK10")
  }

  @Test(
    "bypass 57: an agent that hangs up before the server has answered leaves its trace all the same"
  )
  func hangUp() throws {
    let server = try GuardedServer()
    let below = try server.commit("Below", ["evil": "1"], by: .dana)
    let tip = try server.commit("Tip", ["b": "1"], by: .dana, on: below)
    let command = "\(ObjectID.zero) \(tip) refs/heads/agent/codex/work"
    let input = try server.pushInput(
      [Array(command.utf8)], objects: ["\(tip)", "^\(server.base)"])
    // Nobody reads what the server says behind its list of references: its first answer ends the
    // process that gives it.
    let file = try server.sandbox.write(input, to: "push-input")
    let list = try server.sandbox.run(
      ["git", "receive-pack", "--http-backend-info-refs", server.repository.path],
      env: server.environment(as: .codex)
    ).stdout
    let hung = try server.sandbox.run(
      [
        "sh", "-c", "git receive-pack \"$0\" < \"$1\" | head -c \"$2\" >&2",
        server.repository.path, file, "\(list.count)",
      ],
      env: server.environment(as: .codex))
    #expect(try server.tip("refs/heads/agent/codex/work") == tip, "\(hung)")
    try server.refuses(as: .dana, "\(below):main", with: "HK101")
  }

  @Test("bypass 58: a trailer that was refused once is not shed by taking it off")
  func strippedTrailer() throws {
    let server = try GuardedServer()
    let declared = try server.commit(
      "Work\n\nCo-authored-by: Codex <noreply@openai.com>", ["work": "1"], by: .dana)
    try server.refuses(as: .dana, "\(declared):main", with: "HK101")
    let stripped = try server.commit("Work", ["work": "1"], by: .dana)
    try server.refuses(as: .dana, "\(stripped):main", with: "HK101")
  }

  @Test(
    "bypass 59: the agent's change under another author, date, base or message is still its change")
  func sameChange() throws {
    let server = try GuardedServer()
    let work = try server.agentWork(["src/main.c": "int main(void) { return 1; }\n"])
    let amended = try server.work.commit(
      "By me", ["src/main.c": "int main(void) { return 1; }\n"], on: nil,
      author: server.roster[.frank], parents: [server.base], date: server.sandbox.now - 3600)
    #expect(amended != work)
    try server.refuses(as: .frank, "\(amended):main", with: "HK101")
    let other = try server.commit("Elsewhere", ["other": "1"], by: .dana)
    try server.lands(other, as: .dana)
    let picked = try server.commit(
      "Picked", ["src/main.c": "int main(void) { return 1; }\n"], by: .frank, on: other)
    try server.refuses(as: .frank, "\(picked):main", with: "HK101")
    // A person's signature under it makes it assisted work, which this rule has reviewed as well.
    let signed = try server.commit(
      "Signed", ["src/main.c": "int main(void) { return 1; }\n"], by: .frank, on: other,
      signed: true)
    try server.refuses(as: .frank, "\(signed):main", with: "HK101")
  }

  @Test("bypass 60: an agent's commits squashed into one by a person are still its change")
  func squashed() throws {
    let server = try GuardedServer()
    let first = try server.agentWork(["work": "1"])
    _ = try server.agentWork(["work": "2", "more": "1"], on: first)
    let squashed = try server.commit("Squashed", ["work": "2", "more": "1"], by: .frank)
    try server.refuses(as: .frank, "\(squashed):main", with: "HK101")
  }

  @Test("bypass 61: a new branch of a strict rule is not filled from one of a lax rule")
  func laxToStrict() throws {
    let rules = """
      [[protect]]
      refs = ["refs/heads/staging/**", "refs/tags/**"]
      review = { of = "agents", approvals = 0 }
      unverified = "person"

      \(Roster.team)
      """
    let server = try GuardedServer(policy: {
      $0.policy(rules: rules).replacing("may-push = [\"refs/heads/agent/codex/**\"]\n", with: "")
    })
    let evil = try server.commit("Evil", ["evil": "1"], by: .codex)
    for ref in ["refs/heads/staging/1", "refs/tags/v1"] {
      try server.pushed(as: .codex, "\(evil):\(ref)")
      for actor in [Actor.codex, .dana] {
        try server.refuses(
          as: actor, "\(evil):refs/heads/release/9", with: "HK101", ref: "refs/heads/release/9")
      }
    }
    // From a branch of the same rule a release is made as ever.
    try server.lands(server.base, as: .dana, on: "refs/heads/release/9")
  }

  @Test("bypass 62: the policy is not taken from a branch that anyone may push to")
  func unguardedPolicyBranch() throws {
    let server = try GuardedServer(policy: { $0.policy(top: "delegate = [\"people\"]") })
    try server.repository.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    let policy = """
      version = 1
      serial = 1
      [people.mallory]
      emails = ["mallory@example.org"]
      accounts = ["mallory"]
      keys = ["\(server.roster[.stranger].key?.publicLine ?? "")"]
      roles = ["reviewer", "maintainer"]

      """
    let enrols = try server.commit(
      "Enrol", [".hookkit/policy.toml": .text(policy)], by: .stranger)
    _ = try server.push(as: .stranger, "\(enrols):refs/heads/trunk")
    let evil = try server.commit("Evil", ["evil": "1"], by: .stranger)
    let outcome = try server.push(as: .stranger, "\(evil):main")
    #expect(!outcome.succeeded, "\(outcome)")
    #expect(try server.tip() == server.base)
  }
}
