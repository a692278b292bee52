import Primitives
import TestSupport
import Testing

@Suite("create = false, and who makes references on the server")
struct MadeOnServerTests {
  private static let rules = """
    [[protect]]
    refs = ["refs/heads/main", "refs/heads/release/**"]
    review = { of = "agents", approvals = 1 }
    unverified = "person"
    create = false
    """
  private static let release = "refs/heads/release/9"

  private let server: GuardedServer

  init() throws {
    server = try GuardedServer(policy: { $0.policy(rules: Self.rules) })
  }

  private func git(_ arguments: [String], as actor: Actor = .nobody) throws -> Outcome {
    try server.sandbox.run(
      ["git"] + arguments, in: server.repository.path, env: server.environment(as: actor))
  }

  /// A hook manager starts the hook as a child of its own, not of git's.
  private func manage() throws {
    try server.wrap(
      "reference-transaction", "sh -c '\"$0\" \"$@\"; exit $?' \"$HOOK\" \"$@\"; exit $?")
  }

  @Test("a push makes none, by its name or through a symbolic reference")
  func pushes() throws {
    let own = try server.commit("Own", ["own": "1"], by: .dana)
    let refused = try server.push(as: .dana, "\(own):\(Self.release)")
    #expect(refused.codes == ["HK503"], "\(refused)")
    try server.repository.git("symbolic-ref", "refs/heads/next", Self.release)
    for actor in [Actor.dana, .stranger] {
      let alias = try server.push(as: actor, "\(own):refs/heads/next")
      #expect(!alias.succeeded && alias.codes.contains("HK503"), "\(alias)")
      #expect(try server.tip(Self.release) == nil)
    }
  }

  @Test(
    "the administrator makes one by git branch and update-ref, under a hook manager as well or not at all",
    arguments: [false, true])
  func administrator(_ isManaged: Bool) throws {
    if isManaged { try manage() }
    let base = server.base.hex
    for (number, words) in [["branch"], ["update-ref"]].enumerated() {
      let name = words == ["branch"] ? "release/\(number)" : "refs/heads/release/\(number)"
      let made = try git(words + [name, base])
      #expect(made.succeeded != isManaged, "\(words): \(made)")
      if isManaged { #expect(made.codes == ["HK503"], "\(made)") }
    }
    // Whoever pushes is nobody's administrator, whatever runs below.
    let own = try server.commit("Own", ["own": "1"], by: .dana)
    for actor in [Actor.dana, .codex, .stranger, .nobody] {
      let push = try server.push(as: actor, "\(own):\(Self.release)")
      #expect(!push.succeeded && push.codes.contains("HK503"), "\(actor): \(push)")
    }
    // Where nothing has landed there are no landings to go through.
    if !isManaged { try server.expectVerified() }
  }

  @Test("what the administrator makes so must be reviewed all the same")
  func unreviewed() throws {
    let agents = try server.commit("Agent", ["a": "1"], by: .codex)
    try server.pushed(as: .codex, "\(agents):refs/heads/agent/codex/a")
    for words in [["branch", "release/9", agents.hex], ["update-ref", Self.release, agents.hex]] {
      let made = try git(words)
      #expect(made.codes == ["HK101"], "\(made)")
    }
    // A symbolic name of a protected one that is not there: nothing is made by it, and nothing through it.
    try server.repository.git("symbolic-ref", "refs/heads/next", Self.release)
    let through = try git(["update-ref", "refs/heads/next", agents.hex])
    #expect(!through.succeeded && through.codes == ["HK101"], "\(through)")
    #expect(try server.tip(Self.release) == nil)
  }

  @Test("a push whose hooks were started by a command called branch is a push")
  func disguised() throws {
    // The parent of the hook is asked for by its arguments: a wrapper may be called anything.
    try server.wrap(
      "reference-transaction",
      """
      cat > '\(server.sandbox.path("branch"))' <<'X'
      #!/bin/sh
      "$HOOK" "$STATE"
      X
      HOOK="$HOOK" STATE="$1" sh '\(server.sandbox.path("branch"))' branch
      """)
    let own = try server.commit("Own", ["own": "1"], by: .dana)
    for actor in [Actor.dana, .stranger, .nobody] {
      let push = try server.push(as: actor, "\(own):\(Self.release)")
      #expect(!push.succeeded && push.codes.contains("HK503"), "\(actor): \(push)")
    }
  }
}
