import Primitives
import TestSupport
import Testing

@Suite("Where a guarded repository may lie, and how its objects arrive")
struct RepositoryPathTests {
  @Test(
    "a path may have spaces, colons, quotes and letters beyond ASCII",
    arguments: ["sp ace.git", "co:lon.git", "quo\"te'.git", "n\u{e4}me \u{1f600}.git"])
  func names(_ name: String) throws {
    let server = try GuardedServer(name: name)
    _ = try server.agentsCommit()
    try server.expectShut("HK101") { try server.push(as: .codex, "main") }
    try server.work.move("main", to: server.base)
    try server.persons("loose")
    try server.pushed(as: .dana, "main")
    try server.work.addCommits(40, by: server.roster[.dana])
    try server.pushed(as: .dana, "main")
    #expect(try server.tip() == server.work.id("main"))
  }

  @Test("a path that is not UTF-8 is no obstacle")
  func bytes() throws {
    let server = try GuardedServer()
    _ = try server.agentsCommit()
    let moved = try server.sandbox.run(
      [
        "sh", "-c",
        #"""
        name=$(printf 'by\377te.git') && mv server.git "$name" && cd work-server.git || exit 9
        HOOKKIT_PUSHER=svc-codex git push "../$name" main && exit 8
        git reset --quiet --hard HEAD~1 && echo mine > mine && git add mine &&
        git commit --quiet -m mine && HOOKKIT_PUSHER=dana git push --quiet "../$name" main &&
        test "$(git rev-parse main)" = "$(git --git-dir="../$name" rev-parse main)"
        """#,
      ])
    #expect(moved.succeeded, "\(moved)")
    #expect(moved.codes == ["HK101"])
  }

  @Test(
    "objects are found in git's quarantine as loose files and as a pack",
    arguments: [(limit: 1, kind: "pack"), (limit: 100_000, kind: "loose")])
  func quarantine(_ way: (limit: Int, kind: String)) throws {
    let server = try GuardedServer()
    try server.repository.git("config", "receive.unpackLimit", "\(way.limit)")
    try server.wrap(
      "pre-receive",
      """
      if ls "$GIT_QUARANTINE_PATH"/pack/*.pack >/dev/null 2>&1; then kind=pack; else kind=loose; fi
      echo "objects came as $kind" >&2
      exec "$HOOK"
      """)
    try server.work.addCommits(50, by: server.roster[.dana])
    let own = try server.pushed(as: .dana, "main")
    #expect(own.errors.contains("objects came as \(way.kind)"))
    try server.work.addCommits(50, by: server.roster[.codex])
    let agents = try server.expectShut("HK101") { try server.push(as: .codex, "main") }
    #expect(agents.errors.contains("objects came as \(way.kind)"))
    // Nothing of a push that pre-receive itself refuses stays in the store.
    try server.write("garbage", to: "policy.toml")
    let tip = try server.persons("other")
    try server.expectShut("HK802") { try server.push(as: .dana, "main") }
    #expect(try server.repository.id("\(tip)^{commit}") == nil)
  }

  @Test("objects that an alternate holds count as there")
  func alternate() throws {
    let server = try GuardedServer()
    try server.sandbox.shell(
      """
      git clone --quiet --bare --shared server.git fork.git
      cp -R server.git/hookkit server.git/hooks fork.git/
      git -C fork.git config receive.procReceiveRefs refs
      """)
    try server.persons("mine")
    let fork = server.sandbox.path("fork.git")
    let pushed = try server.sandbox.run(
      ["git", "push", fork, "main"], in: server.work.path, env: ["HOOKKIT_PUSHER": "dana"])
    #expect(pushed.succeeded, "\(pushed)")
    _ = try server.agentsCommit()
    let refused = try server.sandbox.run(
      ["git", "push", fork, "main"], in: server.work.path, env: ["HOOKKIT_PUSHER": "svc-codex"])
    #expect(refused.exit == 1 && refused.codes == ["HK101"], "\(refused)")
  }
}
