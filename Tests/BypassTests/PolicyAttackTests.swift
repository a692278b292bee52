import Primitives
import Signing
import TestSupport
import Testing

@Suite("policy")
struct PolicyAttackTests {
  /// A tree layer that asks for a maintainer's review of everything on `main` and releases.
  private static func tree(serial: Int, of subject: String = "anyone") -> String {
    """
    version = 1
    serial = \(serial)

    [[protect]]
    refs = ["refs/heads/main", "refs/heads/release/**"]
    review = { of = "\(subject)", approvals = 1, role = "maintainer" }
    unverified = "person"

    """
  }

  private static let path = ".hookkit/policy.toml"

  private func server(serial: Int = 5) throws -> GuardedServer {
    try GuardedServer(files: [Self.path: .text(Self.tree(serial: serial))])
  }

  /// A change of the policy file by frank, which dana has reviewed as a policy.
  private func reviewed(
    _ server: GuardedServer, _ changes: [String: TreeChange]
  ) throws -> ObjectID {
    let commit = try server.commit("Policy", changes, by: .frank)
    try server.pushed(as: .frank, "\(commit):refs/heads/policy-\(commit.hex.prefix(8))")
    try server.approve(commit, by: .dana) { $0.vouches = [.policy] }
    return commit
  }

  @Test("bypass 42: a policy changed in a push judges nothing of the same push")
  func changedInSamePush() throws {
    let server = try server()
    let lax = try reviewed(server, [Self.path: .text(Self.tree(serial: 6, of: "agents"))])
    let work = try server.commit("Release", ["r": "1"], by: .frank)
    let before = try server.tip("refs/heads/release/1")
    let outcome = try server.push(as: .frank, "\(lax):main", "\(work):refs/heads/release/1")
    #expect(outcome.codes.contains("HK101"), "\(outcome)")
    #expect(try server.tip() == lax)
    #expect(try server.tip("refs/heads/release/1") == before)
    // Afterwards it is in force.
    try server.lands(work, as: .frank, on: "refs/heads/release/1")
  }

  @Test(
    "bypass 42: a policy change without a maintainer's review, or with other work, does not land")
  func unreviewedChange() throws {
    let server = try server()
    let lax: [String: TreeChange] = [Self.path: .text(Self.tree(serial: 6, of: "agents"))]
    let own = try server.commit("Policy", lax, by: .dana, signed: true)
    try server.refuses(as: .dana, "\(own):main", with: "HK804")
    // A review that vouches for code says nothing about a policy; a reviewer is no maintainer.
    let franks = try server.commit("Policy", lax, by: .frank)
    try server.pushed(as: .frank, "\(franks):refs/heads/policy")
    try server.approve(franks, by: .dana)
    try server.approve(franks, by: .erin) { $0.vouches = [.policy, .code] }
    try server.refuses(as: .frank, "\(franks):main", with: "HK804")
    let mixed = try reviewed(server, lax.merging(["evil": "1"]) { $1 })
    try server.refuses(as: .frank, "\(mixed):main", with: "HK803")
    // In two commits of one push neither.
    let policy = try reviewed(server, lax)
    let above = try server.commit("Work", ["evil": "1"], by: .frank, on: policy)
    try server.refuses(as: .frank, "\(above):main", with: "HK803")
    let deleted = try server.commit("Policy", [Self.path: .delete], by: .dana, signed: true)
    try server.refuses(as: .dana, "\(deleted):main", with: "HK80")
  }

  @Test("bypass 43: an older policy does not come back, even one that was reviewed")
  func rolledBack() throws {
    let server = try server()
    for serial in [4, 5] {
      let old = try reviewed(server, [Self.path: .text(Self.tree(serial: serial, of: "agents"))])
      try server.refuses(as: .frank, "\(old):main", with: "HK805")
    }
    let gone = try reviewed(server, [Self.path: .delete])
    try server.refuses(as: .frank, "\(gone):main", with: "HK805")
    // Nor by a merge that takes an older tree of the folder.
    let next = try reviewed(server, [Self.path: .text(Self.tree(serial: 6))])
    try server.lands(next, as: .frank)
    let side = try server.commit("Side", ["side": "1"], by: .frank)
    let tree = try #require(try server.work.id("\(side)^{tree}"))
    let merge = try server.work.commit(
      "Merge", tree: tree, parents: [next, side], author: server.roster[.frank])
    try server.pushed(as: .frank, "\(merge):refs/heads/merge")
    try server.approve(merge, by: .dana) { $0.vouches = [.policy, .code] }
    try server.refuses(as: .frank, "\(merge):main", with: "HK80")
  }

  @Test("bypass 44: a policy that is a link, a submodule, too large, empty or of another version")
  func strangeFiles() throws {
    let server = try server()
    let module = try #require(ObjectID("0123456789012345678901234567890123456789"))
    let large = Self.tree(serial: 6) + String(repeating: "# padding\n", count: 120_000)
    for change: [String: TreeChange] in [
      [Self.path: .symlink("../README")], [Self.path: .gitlink(module)],
      [Self.path: .text(large)], [Self.path: ""],
      [Self.path: .text(Self.tree(serial: 6).replacing("version = 1", with: "version = 2"))],
      [Self.path: .text(Self.tree(serial: 6) + "unknown = 1\n")],
      [Self.path: .delete, ".hookkit": .gitlink(module)],
      [Self.path: .delete, ".hookkit": .symlink("elsewhere")],
      [Self.path: .delete, "\(Self.path)/x": "1"],
      [Self.path: .file([0xff, 0x00, 0xfe])],
    ] {
      let commit = try reviewed(server, change)
      let outcome = try server.refuses(as: .frank, "\(commit):main", with: "HK805")
      // What stands in the folder's place is no file of hookkit's.
      let isElsewhere = change[".hookkit"] != nil
      #expect(outcome.codes == (isElsewhere ? ["HK803", "HK805"] : ["HK805"]), "\(outcome)")
    }
  }

  @Test(
    "bypass 44: the administrator's layer as a link, empty, too large or unknown shuts the gate")
  func strangeServerFiles() throws {
    let server = try GuardedServer()
    let good = server.roster.policy()
    let own = try server.commit(by: .dana)
    let file = "\(server.repository.path)/hookkit/policy.toml"
    let link = "hookkit/policy.toml: a symbolic link, which is not followed"
    let irregular = "hookkit/policy.toml: not a regular file"
    for (prepare, code, words) in [
      (
        "cp '\(file)' elsewhere.toml && ln -sfn \"$PWD/elsewhere.toml\" '\(file)'", "HK801", link
      ),
      ("ln -sfn nowhere '\(file)'", "HK801", link),
      (
        "head -c 2000000 /dev/zero | tr '\\0' '#' >> '\(file)'", "HK801",
        "hookkit/policy.toml: larger than the limit of 1048576 bytes"
      ),
      ("rm '\(file)' && mkdir '\(file)'", "HK801", irregular),
      ("rm '\(file)' && mkfifo fifo && mv fifo '\(file)'", "HK801", irregular),
      ("rm '\(file)'", "HK801", "there is no policy for this repository"),
      (": > '\(file)'", "HK802", "the policy is not valid"),
      ("sed -i 's/^version = 1/version = 2/' '\(file)'", "HK802", "the policy is not valid"),
      ("echo 'x = ' >> '\(file)'", "HK802", "the policy is not valid"),
    ] {
      let made = try server.sandbox.run(["sh", "-ec", "rm -rf '\(file)'"])
      #expect(made.succeeded)
      try server.write(good, to: "policy.toml")
      let prepared = try server.sandbox.run(["sh", "-ec", prepare])
      #expect(prepared.succeeded, "\(prepared)")
      let outcome = try server.refuses(as: .dana, "\(own):main", with: code)
      #expect(outcome.codes == [code], "\(prepare): \(outcome)")
      #expect(outcome.errors.contains(words), "\(prepare): \(outcome)")
      if code == "HK801", words != "there is no policy for this repository" {
        #expect(outcome.errors.contains("error: HK801 the policy cannot be read"), "\(outcome)")
      }
    }
    let made = try server.sandbox.run(["rm", "-rf", file])
    #expect(made.succeeded)
    try server.write(good, to: "policy.toml")
    try server.lands(own, as: .dana)
  }

  @Test("bypass 45: CODEOWNERS is read before the push, in every place where it may stand")
  func wrongSide() throws {
    let owned = Roster.team.replacing(
      "presence = \"none\"", with: "presence = \"none\", owners = true")
    let server = try GuardedServer(
      policy: { $0.policy(rules: owned) }, files: ["docs/CODEOWNERS": "/src/ @frank\n"])
    for place in [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] {
      let work = try server.agentWork([place: "* @dana\n", "src/main.c": "evil\n"])
      try server.approve(work, by: .dana)
      try server.refuses(as: .codex, "\(work):main", with: "HK103")
      // In two commits of one push neither.
      let first = try server.agentWork([place: "* @dana\n"])
      let second = try server.agentWork(["src/main.c": "evil\n"], on: first)
      try server.approve(second, by: .dana)
      try server.refuses(as: .codex, "\(second):main", with: "HK103")
    }
  }

  @Test("bypass 46: a move made on the server itself, as a web page does it, is judged too")
  func aroundPushHooks() throws {
    let server = try GuardedServer()
    let evil = try server.agentWork()
    for arguments in [
      ["update-ref", "refs/heads/main", evil.hex],
      ["update-ref", "refs/heads/main", evil.hex, server.base.hex],
      ["update-ref", "--no-deref", "-d", "refs/heads/main"],
      ["fetch", "--quiet", ".", "+agent/codex/work:main"],
      ["update-ref", "refs/hookkit/ledger", evil.hex],
      ["update-ref", "refs/hookkit/landings", evil.hex],
    ] {
      for actor in [Actor.codex, .dana, .nobody] {
        let outcome = try server.sandbox.run(
          ["git"] + arguments, in: server.repository.path, env: server.environment(as: actor))
        #expect(!outcome.succeeded, "\(outcome)")
      }
    }
    #expect(try server.tip() == server.base)
    #expect(try server.tip("refs/hookkit/ledger") == nil)
    // Reviewed, the same move goes through.
    try server.approve(evil, by: .dana)
    let moved = try server.sandbox.run(
      ["git", "update-ref", "refs/heads/main", evil.hex], in: server.repository.path,
      env: server.environment(as: .dana))
    #expect(moved.succeeded, "\(moved)")
    #expect(try server.tip() == evil)
  }

  @Test(
    "bypass 63: a person enrolled again in a lower layer, with another key, makes no second person")
  func enrolledTwice() throws {
    let server = try GuardedServer(policy: {
      $0.policy(rules: Roster.team.replacing("approvals = 1", with: "approvals = 2"))
    })
    let key = server.roster[.stranger].key?.publicLine ?? ""
    let fido = try server.roster.securityKey(of: .dana).authorizedKeyText
    let work = try server.agentWork()
    try server.approve(work, by: .dana)
    for people in [
      "[people.dana2]\nemails = [\"dana2@example.org\"]\nkeys = [\"\(key)\"]\nroles = [\"reviewer\"]",
      "[people.dana]\nkeys = [\"\(key)\"]", "[people.dana2]\nkeys = [\"\(fido)\"]",
      "[people.codex]\nkeys = [\"\(key)\"]\nroles = [\"reviewer\"]",
    ] {
      // Behind the hooks' back, as if it had been there before them.
      let layer = "version = 1\nserial = 1\n\(people)\n"
      let commit = try server.commit("Enrol", [Self.path: .text(layer)], by: .dana)
      try server.pushed(as: .dana, "\(commit):refs/heads/enrol")
      try server.repository.setReferences([("refs/heads/main", commit)])
      let above = try server.commit("Above", by: .dana, on: commit)
      for actor in [Actor.dana, .codex] {
        try server.refuses(as: actor, "\(above):main", with: "HK802")
      }
      try server.repository.setReferences([
        ("refs/heads/main", server.base), ("refs/heads/enrol", server.base),
      ])
    }
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
  }
}
