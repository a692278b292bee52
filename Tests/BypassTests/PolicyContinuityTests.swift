import Primitives
import Signing
import TestSupport
import Testing

/// The policy never goes back, and what holds it is guarded whatever the rules say.
@Suite("policy continuity")
struct PolicyContinuityTests {
  private static let path = ".hookkit/policy.toml"
  private static let master = "refs/heads/master"

  /// A tree layer that says nothing more, or names a rule for every branch.
  private static func tree(serial: Int, _ more: String = "") -> TreeChange {
    .text("version = 1\nserial = \(serial)\n\(more)\n")
  }

  private static let threeReviews = """
    [[protect]]
    refs = ["refs/heads/main"]
    review = { of = "anyone", approvals = 3 }
    """

  /// A change by frank, which dana, the maintainer, has reviewed as a policy for a branch.
  private func reviewed(
    _ server: GuardedServer, _ changes: [String: TreeChange], on parent: ObjectID? = nil,
    for ref: String = "refs/heads/main"
  ) throws -> ObjectID {
    let commit = try server.commit("Policy", changes, by: .frank, on: parent ?? server.base)
    try server.pushed(as: .frank, "\(commit):refs/heads/policy-\(commit.hex.prefix(8))")
    try server.approve(commit, by: .dana) {
      $0.vouches = [.policy]
      $0.ref = ref
    }
    return commit
  }

  private func recorded(_ server: GuardedServer, _ file: String = "tree.toml") throws -> String {
    let shown = try server.repository.attempt("show", "refs/hookkit/policy:\(file)")
    return shown.succeeded ? shown.output : ""
  }

  private func setHead(_ server: GuardedServer, _ name: String) throws {
    try server.repository.git("symbolic-ref", "HEAD", name)
  }

  // MARK: HEAD's branch

  @Test("bypass 78: nobody brings a policy to a default branch that no rule names")
  func unguardedDefault() throws {
    // `git init --bare` names master, and the policy guards main.
    let server = try GuardedServer()
    try setHead(server, Self.master)
    let root = { (text: TreeChange) in
      try server.work.commit(
        "Root", [Self.path: text], on: nil, author: server.roster[.stranger], parents: [])
    }
    let broken = try root("nonsense = [\n")
    let enrolling = try root(
      Self.tree(
        serial: 99, "[agents.mallory]\naccounts = [\"mallory\"]\n[[protect]]\nrefs = [\"refs/x\"]"))
    for actor in [Actor.stranger, .nobody, .ci, .codex, .frank] {
      for commit in [broken, enrolling] {
        try server.refuses(as: actor, "\(commit):\(Self.master)", with: "HK", ref: Self.master)
      }
      try server.refuses(
        as: actor, "\(broken):refs/heads/topic-\(actor)", "\(broken):\(Self.master)",
        with: actor == .codex ? "HK401" : "HK80", ref: Self.master)
    }
    // Everything else is as free there as on any branch that no rule names.
    let work = try server.commit(by: .stranger)
    try server.lands(work, as: .stranger, on: Self.master)
    let other = try server.commit("Other", ["other": "1"], by: .stranger)
    try server.pushed(as: .stranger, "+\(other):\(Self.master)")
    for change: [String: TreeChange] in [
      [Self.path: "nonsense = [\n"], [Self.path: Self.tree(serial: 1)], [".hookkit": .symlink("x")],
    ] {
      let commit = try server.commit("Policy", change, by: .stranger, on: other)
      try server.refuses(as: .stranger, "\(commit):\(Self.master)", with: "HK80", ref: Self.master)
    }
    // A maintainer's review is what it waits for, and then it is in force.
    let policy = try reviewed(
      server, [Self.path: Self.tree(serial: 1)], on: other, for: Self.master)
    try server.lands(policy, as: .frank, on: Self.master)
    #expect(try recorded(server).contains("serial = 1"))
    try server.refuses(as: .dana, ":\(Self.master)", with: "HK805", ref: Self.master)
    try server.lands(
      try server.commit("More", ["more": "1"], by: .stranger, on: policy), as: .stranger,
      on: Self.master)
    let own = try server.commit("Mine", ["mine": "1"], by: .dana)
    try server.lands(own, as: .dana)
  }

  @Test("neither an alias of the default branch nor a command on the server is a way round that")
  func aroundPush() throws {
    let server = try GuardedServer()
    try setHead(server, Self.master)
    try server.lands(server.base, as: .stranger, on: Self.master)
    try server.repository.git("symbolic-ref", "refs/heads/alias", Self.master)
    let broken = try server.commit("Broken", [Self.path: "nonsense = [\n"], by: .stranger)
    try server.pushed(as: .stranger, "\(broken):refs/heads/stray")
    try server.refuses(as: .stranger, "\(broken):refs/heads/alias", with: "HK", ref: Self.master)
    for arguments in [
      ["update-ref", "HEAD", broken.hex], ["update-ref", Self.master, broken.hex],
      ["update-ref", "refs/heads/alias", broken.hex],
      ["fetch", "--quiet", "--update-head-ok", ".", "+refs/heads/stray:\(Self.master)"],
    ] {
      let outcome = try server.sandbox.run(["git"] + arguments, in: server.repository.path)
      #expect(!outcome.succeeded, "\(outcome)")
      #expect(try server.tip(Self.master) == server.base, "\(outcome)")
    }
    // An alias that HEAD names is the branch that it stands for.
    try setHead(server, "refs/heads/alias")
    try server.refuses(as: .stranger, "\(broken):\(Self.master)", with: "HK80", ref: Self.master)
    let work = try server.commit(by: .stranger)
    try server.lands(work, as: .stranger, on: Self.master)
  }

  @Test("a default branch without a policy is deleted like any that no rule names")
  func deletable() throws {
    let server = try GuardedServer()
    try setHead(server, Self.master)
    try server.lands(server.base, as: .stranger, on: Self.master)
    try server.pushed(as: .stranger, ":\(Self.master)")
    #expect(try server.tip(Self.master) == nil)
  }

  // MARK: A broken policy

  @Test("a broken policy in the tree is mended by a push, or put back by the command that is named")
  func broken() throws {
    for (text, code) in [
      ("nonsense = [\n" as TreeChange, "HK802"), (.symlink("x"), "HK801"),
      (.text(String(repeating: "# padding\n", count: 120_000)), "HK801"),
    ] {
      let server = try GuardedServer()
      let good = try reviewed(server, [Self.path: Self.tree(serial: 5)])
      try server.lands(good, as: .frank)
      let broken = try server.commit("Broken", [Self.path: text], by: .dana, on: good)
      let mended = try server.commit(
        "Mend", [Self.path: Self.tree(serial: 5), "a": "1"], by: .dana, on: broken)
      let loosened = try server.commit(
        "Loosen", [Self.path: Self.tree(serial: 4)], by: .dana, on: broken)
      let gone = try server.commit("Gone", [Self.path: .delete], by: .dana, on: broken)
      try server.pushed(as: .dana, "\(mended):refs/heads/m", "\(loosened):refs/heads/l")
      // Behind the hooks' back.
      try server.repository.setReferences([("refs/heads/main", broken)])

      let above = try server.commit("Above", by: .dana, on: broken)
      let outcome = try server.refuses(as: .dana, "\(above):main", with: code)
      #expect(outcome.remoteWords.contains("git update-ref HEAD 'HEAD~1'"), "\(outcome)")
      for ref in ["refs/heads/topic", "refs/heads/release/1"] {
        try server.refuses(as: .dana, "\(server.base):\(ref)", with: code, ref: ref)
      }
      try server.refuses(as: .dana, "\(loosened):main", with: "HK80")
      try server.refuses(as: .dana, "\(gone):main", with: "HK80")
      try server.refuses(as: .dana, ":refs/heads/main", with: code)
      // Back to any other commit than the one that is named.
      try server.refuses(as: .codex, "+\(server.base):main", with: "HK")
      // A person mends it by going on, an administrator by going back.
      try server.lands(mended, as: .dana)
      try server.repository.setReferences([("refs/heads/main", broken)])
      let back = try server.sandbox.run(
        ["git", "update-ref", "HEAD", "HEAD~1"], in: server.repository.path)
      #expect(back.succeeded, "\(back)")
      #expect(try server.tip() == good)
      try server.repository.setReferences([("refs/heads/main", broken)])
      try server.pushed(as: .erin, "+\(good):main")
      try server.lands(try server.commit("On", ["on": "1"], by: .dana, on: good), as: .dana)
    }
  }

  @Test(
    "a broken policy in a default branch that nobody guards is taken away by anyone who may push")
  func brokenUnguarded() throws {
    let server = try GuardedServer()
    try setHead(server, Self.master)
    let broken = try server.work.commit(
      "Root", [Self.path: "nonsense = [\n", "a": "1"], on: nil, author: server.roster[.codex],
      parents: [])
    try server.pushed(as: .stranger, "\(broken):refs/heads/stray")
    try server.repository.setReferences([(Self.master, broken)])
    let own = try server.commit(by: .dana)
    let outcome = try server.refuses(as: .dana, "\(own):main", with: "HK802")
    #expect(outcome.remoteWords.contains("git push origin HEAD:\(Self.master)"), "\(outcome)")
    let mended = try server.commit("Mend", [Self.path: .delete], by: .frank, on: broken)
    try server.lands(mended, as: .frank, on: Self.master)
    try server.lands(own, as: .dana)
  }

  // MARK: The newest policy on record

  @Test("bypass 79: an older policy does not come back by way of HEAD, nor of a branch made again")
  func olderBranch() throws {
    let server = try GuardedServer()
    let older = try reviewed(server, [Self.path: Self.tree(serial: 1)])
    try server.lands(older, as: .frank)
    try server.pushed(as: .dana, "\(older):refs/heads/trunk", "\(server.base):refs/heads/bare")
    let newer = try reviewed(
      server, [Self.path: Self.tree(serial: 2, Self.threeReviews)], on: older)
    try server.lands(newer, as: .frank)
    #expect(try recorded(server).contains("serial = 2"))
    let work = try server.commit("Work", by: .dana, on: newer)
    try server.refuses(as: .dana, "\(work):main", with: "HK101")
    // HEAD names a branch with the older policy, one without any, one that is not there, none at all.
    for name in ["refs/heads/trunk", "refs/heads/bare", "refs/heads/unborn"] {
      try setHead(server, name)
      try server.refuses(as: .dana, "\(work):main", with: "HK101")
      try server.pushed(as: .dana, "\(server.base):refs/heads/any-\(name.split(separator: "/")[2])")
      #expect(try recorded(server).contains("serial = 2"), "\(name)")
    }
    // What is pushed there is compared with the newest one.
    for (name, parent) in [("trunk", older), ("bare", server.base), ("unborn", nil)] {
      let ref = "refs/heads/\(name)"
      try setHead(server, ref)
      let changes = [Self.path: Self.tree(serial: 2)]
      let again =
        if let parent {
          try reviewed(server, changes, on: parent, for: ref)
        } else {
          try server.work.commit(
            "Root", changes, on: nil, author: server.roster[.frank], parents: [])
        }
      try server.refuses(as: .frank, "\(again):\(ref)", with: "HK805", ref: ref)
    }
    // It goes on there with a higher serial, and is in force at once.
    try setHead(server, "refs/heads/trunk")
    let next = try reviewed(
      server, [Self.path: Self.tree(serial: 3)], on: older, for: "refs/heads/trunk")
    try server.lands(next, as: .frank, on: "refs/heads/trunk")
    #expect(try recorded(server).contains("serial = 3"))
    try server.lands(work, as: .dana)
  }

  @Test(
    "bypass 80: a policy that nobody reviewed is not in force because HEAD comes to name its branch"
  )
  func unreviewedBranch() throws {
    let server = try GuardedServer(policy: { $0.policy(top: "delegate = [\"people\"]") })
    let key = server.roster[.stranger].key?.publicLine ?? ""
    let evil = try server.commit(
      "Enrol",
      [
        Self.path: Self.tree(
          serial: 9,
          """
          [people.mallory]
          accounts = ["mallory"]
          keys = ["\(key)"]
          roles = ["reviewer", "maintainer"]
          """)
      ], by: .stranger)
    try server.pushed(as: .stranger, "\(evil):refs/heads/evil")
    let work = try server.agentWork()
    try server.refuses(as: .codex, "\(work):main", with: "HK101")
    try setHead(server, "refs/heads/evil")
    let review = try server.review(work, by: .software(.stranger), as: .stranger)
    #expect(!review.succeeded, "\(review)")
    try server.refuses(as: .stranger, "\(work):main", with: "HK101")
    try server.lands(try server.commit("Own", ["own": "1"], by: .dana), as: .dana)
    // Nor does what goes on above it make it so.
    try server.lands(
      try server.commit("On", ["on": "1"], by: .stranger, on: evil), as: .stranger,
      on: "refs/heads/evil")
    try setHead(server, "refs/heads/main")
    try setHead(server, "refs/heads/evil")
    try server.refuses(as: .stranger, "+\(work):main", with: "HK101")
    #expect(try !recorded(server).contains("mallory"))
  }

  @Test(
    "bypass 80: HEAD that moves in the middle of a push makes no law of what was judged as a file")
  func movedMeanwhile() throws {
    let server = try GuardedServer(policy: {
      $0.policy(
        rules: Roster.team.replacing("\"refs/heads/main\"", with: "\"HEAD\", \"refs/heads/trunk\""))
    })
    let trunk = "refs/heads/trunk"
    try server.lands(server.base, as: .dana, on: trunk)
    let first = try reviewed(server, [Self.path: Self.tree(serial: 1)])
    try server.lands(first, as: .frank)
    let file = try server.commit(
      "Not reviewed", [Self.path: Self.tree(serial: 9, "# lax"), "a": "1"], by: .dana)
    let hook = try Executables.hook("pre-receive", in: server.sandbox)
    try server.unlink("pre-receive")
    try server.repository.writeHook(
      "pre-receive", "#!/bin/sh\n'\(hook)' && git symbolic-ref HEAD \(trunk)\n")
    _ = try server.push(as: .dana, "\(file):\(trunk)")
    try server.unlink("pre-receive")
    try server.link("pre-receive")
    try server.pushed(as: .stranger, "\(server.base):refs/heads/any")
    #expect(try recorded(server).contains("serial = 1"))
    #expect(try recorded(server, "head").isEmpty)
    // It was judged as a file of an ordinary branch, and a successor of the old policy may still come.
    let on = try #require(try server.tip(trunk))
    let next = try reviewed(server, [Self.path: Self.tree(serial: 2)], on: on, for: trunk)
    try server.lands(next, as: .frank, on: trunk)
    #expect(try recorded(server).contains("serial = 2"))
  }

  @Test("a default branch that is renamed keeps its policy, and changes it under the new name")
  func renamed() throws {
    let server = try GuardedServer(policy: {
      $0.policy(rules: Roster.team.replacing("\"refs/heads/main\"", with: "\"HEAD\""))
    })
    let first = try reviewed(server, [Self.path: Self.tree(serial: 1)])
    try server.lands(first, as: .frank)
    try server.pushed(as: .dana, "\(first):refs/heads/trunk")
    try setHead(server, "refs/heads/trunk")
    let work = try server.agentWork(on: first)
    try server.refuses(
      as: .codex, "\(work):refs/heads/trunk", with: "HK101", ref: "refs/heads/trunk")
    let next = try reviewed(
      server, [Self.path: Self.tree(serial: 2)], on: first, for: "refs/heads/trunk")
    try server.lands(next, as: .frank, on: "refs/heads/trunk")
    #expect(try recorded(server).contains("serial = 2"))
    #expect(try recorded(server, "head") == "refs/heads/trunk\n")
    try server.pushed(as: .stranger, ":refs/heads/main")
    let verified = try server.sandbox.hookkit("verify", in: server.repository.path)
    #expect(verified.exit == 0, "\(verified)")
  }

  @Test("where a rule names HEAD and HEAD names no branch, pushes are shut and say how to end it")
  func detached() throws {
    let server = try GuardedServer(policy: {
      $0.policy(rules: Roster.team.replacing("\"refs/heads/main\"", with: "\"HEAD\""))
    })
    try server.repository.git("update-ref", "--no-deref", "HEAD", server.base.hex)
    let own = try server.commit(by: .dana)
    let outcome = try server.refuses(as: .dana, "\(own):main", with: "HK801")
    #expect(outcome.remoteWords.contains("git symbolic-ref HEAD refs/heads/main"))
    try setHead(server, "refs/heads/main")
    try server.lands(own, as: .dana)
  }

  @Test(
    "bypass 57: policy.toml that is replaced again and again during pushes frees no guarded branch")
  func replacedDuringPushes() throws {
    let server = try GuardedServer()
    try server.lands(try server.commit(by: .dana), as: .dana)
    try setHead(server, "refs/heads/trunk")
    let work = try server.agentWork(on: try server.tip())
    let file = "\(server.repository.gitDirectory)/hookkit/policy.toml"
    try server.write(
      server.roster.policy(rules: Roster.team.replacing("\"refs/heads/main\", ", with: "")),
      to: "lax")
    try server.write(server.roster.policy(), to: "good")
    let folder = "\(server.repository.gitDirectory)/hookkit"
    let outcome = try server.sandbox.run(
      [
        "sh", "-c",
        """
        ( i=0; while [ $i -lt 1500 ]; do
          cp '\(folder)/lax' '\(folder)/n' && mv '\(folder)/n' '\(file)'
          cp '\(folder)/good' '\(folder)/n' && mv '\(folder)/n' '\(file)'
          i=$((i + 1)); [ -e '\(folder)/stop' ] && break
        done ) &
        for n in 1 2 3 4 5 6 7 8; do
          git push --quiet '\(server.repository.path)' "+\(server.base):refs/heads/free-$n"
        done
        touch '\(folder)/stop'; wait
        """,
      ], in: server.work.path, env: server.environment(as: .stranger), timeLimit: 120)
    #expect(outcome.exit == 0, "\(outcome)")
    try server.write(server.roster.policy(), to: "policy.toml")
    try server.refuses(as: .stranger, "\(work):main", with: "HK101")
  }

  // MARK: HK803 ends

  @Test("another protected branch catches up over a policy commit under its ordinary rules")
  func catchesUp() throws {
    let server = try GuardedServer()
    let release = "refs/heads/release/1"
    try server.pushed(as: .dana, "\(server.base):\(release)")
    let before = try server.commit("Before", ["b": "1"], by: .dana)
    try server.lands(before, as: .dana)
    let policy = try reviewed(server, [Self.path: Self.tree(serial: 1)], on: before)
    try server.lands(policy, as: .frank)
    let after = try server.commit("After", ["c": "1"], by: .dana, on: policy)
    try server.lands(after, as: .dana)
    try server.lands(after, as: .dana, on: release)
    // A merge of main with a fix of the release's own does it too, and so does the way back.
    let fix = try server.commit("Fix", ["f": "1"], by: .dana, on: after)
    try server.lands(fix, as: .dana, on: release)
    try server.lands(fix, as: .dana)
    // What an agent brings along still waits for its review.
    let work = try server.agentWork(["w": "1"], on: fix)
    try server.refuses(as: .codex, "\(work):\(release)", with: "HK101", ref: release)
    let other = try server.commit(
      "Old rules", [Self.path: Self.tree(serial: 1, "# x")], by: .dana, on: fix)
    try server.lands(other, as: .dana, on: release)
    // But nothing that was changed there becomes the law of main by it.
    try server.refuses(as: .dana, "\(other):main", with: "HK80")
    let above = try server.commit("Above", ["d": "1"], by: .dana, on: other)
    try server.lands(above, as: .dana, on: release)
    try server.refuses(as: .dana, "\(above):main", with: "HK80")
    // Taken back, it is in nobody's way.
    let undone = try server.commit(
      "Undo", [Self.path: Self.tree(serial: 1)], by: .dana, on: above)
    try server.lands(undone, as: .dana, on: release)
    try server.lands(undone, as: .dana)
  }

  @Test(
    "bypass 81: a policy that landed under another name is no law on a default branch made from it")
  func madeFromRelease() throws {
    let server = try GuardedServer(policy: {
      $0.policy(rules: Roster.team + "\ndelete = true\nforce-push = true")
    })
    let release = "refs/heads/release/1"
    let policy = try server.commit("Policy", [Self.path: Self.tree(serial: 9)], by: .dana)
    try server.lands(policy, as: .dana, on: release)
    try server.pushed(as: .dana, ":main")
    try server.refuses(as: .dana, "\(policy):refs/heads/main", with: "HK80")
    try server.lands(server.base, as: .dana, on: "refs/heads/main")
    try server.refuses(as: .dana, "\(policy):main", with: "HK804")
    try server.approve(policy, by: .frank) { $0.vouches = [.policy] }
    try server.refuses(as: .dana, "\(policy):main", with: "HK804")
  }

  // MARK: On record at once

  @Test("a reviewer whom the administrator has just enrolled is on record before anything lands")
  func enrolledNow() throws {
    let server = try GuardedServer()
    try server.lands(try server.commit(by: .dana), as: .dana)
    let more = "[people.nina]\nemails = [\"nina@example.org\"]\nroles = [\"reviewer\"]\n"
    try server.write(server.roster.policy(serial: 2) + more, to: "policy.toml")
    #expect(try !recorded(server, "repository.toml").contains("nina"))
    let shown = try server.sandbox.hookkit("policy", "show", in: server.repository.path)
    #expect(shown.exit == 0)
    #expect(try recorded(server, "repository.toml").contains("nina"))
    let tip = try server.tip("refs/hookkit/policy")
    for command in [["policy", "validate"], ["policy", "test", "--ref", "main"]] {
      let bin = try Executables.installed(in: server.sandbox)
      let outcome = try server.sandbox.run(["\(bin)/hookkit"] + command, in: server.repository.path)
      #expect(outcome.exit == 0, "\(outcome)")
    }
    #expect(try server.tip("refs/hookkit/policy") == tip)
    // A push of anything at all does it as well, by the hooks that run behind the fact.
    try server.write(server.roster.policy(serial: 3) + more, to: "policy.toml")
    try server.pushed(as: .stranger, "\(server.base):refs/heads/free")
    #expect(try recorded(server, "repository.toml").contains("serial = 3"))
    // pre-receive alone writes nothing: the push is not there yet.
    try server.write(server.roster.policy(serial: 4) + more, to: "policy.toml")
    for hook in ["reference-transaction", "post-receive", "proc-receive"] {
      try server.unlink(hook)
    }
    try server.repository.git("config", "--unset-all", "receive.procReceiveRefs")
    try server.pushed(as: .stranger, "\(server.base):refs/heads/free2")
    #expect(try recorded(server, "repository.toml").contains("serial = 3"))
  }

  @Test("what a policy newly protects begins where it stands, and verify holds")
  func begins() throws {
    let server = try GuardedServer()
    try server.pushed(as: .stranger, "\(server.base):refs/heads/dev")
    let own = try server.commit(by: .dana)
    try server.lands(own, as: .dana)
    try server.write(
      server.roster.policy(
        serial: 2,
        rules: Roster.team.replacing("\"refs/heads/main\"", with: "\"HEAD\", \"refs/heads/dev\"")),
      to: "policy.toml")
    try server.pushed(as: .stranger, "\(server.base):refs/heads/free")
    try server.lands(own, as: .dana, on: "refs/heads/dev")
    let verified = try server.sandbox.hookkit("verify", in: server.repository.path)
    #expect(verified.exit == 0, "\(verified)")
    #expect(verified.output.contains("refs/heads/dev"), "\(verified)")
  }

  @Test("a process that ends before the policy is on record is made up for by the next")
  func killedBetween() throws {
    let server = try GuardedServer()
    try server.pushed(as: .stranger, "\(server.base):refs/heads/dev")
    let own = try server.commit(by: .dana)
    try server.lands(own, as: .dana)
    let before = try #require(try server.tip("refs/hookkit/policy"))
    try server.write(
      server.roster.policy(
        serial: 2,
        rules: Roster.team.replacing("\"refs/heads/main\"", with: "\"HEAD\", \"refs/heads/dev\"")),
      to: "policy.toml")
    try server.pushed(as: .stranger, "\(server.base):refs/heads/free")
    // Where the beginnings are written already, and the policy is not.
    try server.repository.setReferences([("refs/hookkit/policy", before)])
    try server.pushed(as: .stranger, "\(server.base):refs/heads/free2")
    #expect(try recorded(server, "repository.toml").contains("serial = 2"))
    try server.lands(own, as: .dana, on: "refs/heads/dev")
    let verified = try server.sandbox.hookkit("verify", in: server.repository.path)
    #expect(verified.exit == 0, "\(verified)")
  }

  @Test("two connections that see a new policy at once record it once, and verify holds")
  func twiceAtOnce() throws {
    let server = try GuardedServer()
    try server.lands(try server.commit(by: .dana), as: .dana)
    for serial in 2...4 {
      try server.write(server.roster.policy(serial: serial), to: "policy.toml")
      let bin = try Executables.installed(in: server.sandbox)
      let outcome = try server.sandbox.run(
        [
          "sh", "-c",
          "for i in 1 2 3 4 5 6; do '\(bin)/hookkit' policy show >/dev/null & done; wait",
        ], in: server.repository.path)
      #expect(outcome.succeeded)
    }
    let chain = try server.repository.git("rev-list", "--count", "refs/hookkit/policy").value
    #expect(chain == "4")
    let verified = try server.sandbox.hookkit("verify", in: server.repository.path)
    #expect(verified.exit == 0, "\(verified)")
  }

  @Test("a history that has policy commits in it is brought in by the administrator")
  func imported() throws {
    let server = try GuardedServer(hooks: [], procReceiveRefs: [])
    let repository = server.repository
    let path = repository.path
    try setHead(server, "refs/heads/trunk")
    try server.write(
      server.roster.policy(rules: Roster.team.replacing("\"refs/heads/main\"", with: "\"HEAD\"")),
      to: "policy.toml")
    let installed = try server.sandbox.hookkit("install", "--server", "--host", "local", path)
    #expect(installed.succeeded, "\(installed)")
    let old = try server.sandbox.bareRepository("old.git")
    let root = try old.commit(
      "Start", ["a": "1", Self.path: Self.tree(serial: 3)], on: nil, author: server.roster[.dana],
      parents: [])
    let tip = try old.commit(
      "Both", ["a": "2", Self.path: Self.tree(serial: 4)], on: nil, author: server.roster[.dana],
      parents: [root])
    try old.setReferences([("refs/heads/trunk", tip)])
    let pushed = try server.push(
      as: .dana, "refs/heads/trunk",
      from: old)
    #expect(!pushed.succeeded && pushed.codes.contains("HK803"), "\(pushed)")
    // As `hookkit help policy` has it.
    let fetched = try server.sandbox.run([
      "git", "--git-dir=\(path)", "-c", "core.hooksPath=/dev/null", "fetch", "--quiet", old.path,
      "refs/heads/*:refs/heads/*",
    ])
    #expect(fetched.succeeded, "\(fetched)")
    #expect(try server.sandbox.hookkit("install", "--server", path).succeeded)
    #expect(try recorded(server).contains("serial = 4"))
    let own = try old.commit(
      "Own", ["own": "1"], on: nil, author: server.roster[.dana], parents: [tip])
    let next = try server.push(
      as: .dana, "\(own):refs/heads/trunk",
      from: old)
    #expect(next.succeeded, "\(next)")
    #expect(try server.sandbox.hookkit("verify", in: path).exit == 0)
    #expect(try server.sandbox.hookkit("doctor", "--server", path).exit == 0)
  }
}
