import Foundation
import Primitives
import TestSupport
import Testing

/// Names that stand for something else than they say.
@Suite("names")
struct NameTests {
  /// Everything under `refs/heads/` and `refs/tags/` is protected by a pattern, nothing by its name.
  private static let patterns = """
    [[protect]]
    refs = ["refs/heads/**", "refs/tags/**"]
    review = { approvals = 0 }
    unverified = "person"
    delete = true
    """
  private static let commit = "0123456789abcdef0123456789abcdef01234567"
  private static let longCommit =
    "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef"

  /// What no policy need name.
  private static let alwaysRefused = [
    "refs/heads/HEAD", "refs/tags/HEAD", "refs/HEAD", "refs/heads/head", "refs/heads/@",
    "refs/tags/FETCH_HEAD", "refs/heads/ORIG_HEAD", "refs/heads/merge_head", "refs/MERGE_HEAD",
    "refs/tags/AUTO_MERGE", "refs/heads/NEW_KIND_HEAD", "refs/heads/origin", "refs/tags/origin",
    "refs/heads/\(commit)", "refs/tags/\(commit)", "refs/\(commit)",
    "refs/heads/\(commit.uppercased())", "refs/heads/\(longCommit)", "refs/tags/\(longCommit)",
    "refs/heads/quarantine/Q1234", "refs/tags/quarantine/Q1234", "refs/heads/hookkit/ledger",
    "refs/heads/refs/quarantine/Q1234", "refs/refs/hookkit/policy", "refs/tags/Hookkit/x",
    "refs/heads/QUARANTINE/Q1234",
  ]

  /// What could be taken for `refs/heads/main`, `refs/heads/release/1` or `refs/tags/v1` of profile "team".
  private static let refused = [
    "refs/heads/heads/main", "refs/heads/refs/heads/main", "refs/tags/heads/main",
    "refs/tags/refs/heads/main", "refs/refs/heads/main", "refs/heads/Heads/MAIN",
    "refs/heads/heads/release/1", "refs/heads/refs/heads/release/9", "refs/tags/heads/release/9",
    "refs/tags/MAIN", "refs/Main", "refs/remotes/main", "refs/remotes/main/HEAD",
    "refs/remotes/origin/main", "refs/remotes/anybody/release/7", "refs/heads/origin/main",
    "refs/tags/origin/main", "refs/origin/main", "refs/tags/remotes/fork/main",
    "refs/heads/remotes/origin/main", "refs/heads/refs/remotes/origin/main",
    "refs/tags/Origin/Main",
  ]

  /// Ordinary names.
  private static let allowed = [
    "refs/heads/feature/heads-up", "refs/heads/release-1.0", "refs/tags/release/1.0",
    "refs/heads/users/main", "refs/heads/users/dana/main", "refs/heads/mainline",
    "refs/heads/main2", "refs/heads/dependabot/npm_and_yarn/x-1.2", "refs/heads/renovate/main",
    "refs/heads/deadbeef", "refs/heads/0123456", "refs/tags/\(commit.dropLast())",
    "refs/heads/\(commit)0", "refs/heads/fix/\(commit)", "refs/heads/heads", "refs/heads/tags",
    "refs/heads/hookkit", "refs/heads/quarantine", "refs/heads/Q1234", "refs/heads/update_head",
    "refs/heads/ahead", "refs/heads/origin-main", "refs/heads/original/main",
    "refs/tags/upstream/1.0", "refs/heads/upstream/latest", "refs/heads/head/x",
    "refs/heads/fix/HEAD", "refs/notes/ai", "refs/pull/1/head", "refs/meta/config",
    "refs/heads/x@y", "refs/heads/remotes", "refs/heads/feature/tags/v1",
  ]

  @Test("bypass 32: a name that git gives another meaning is not made, whatever the policy says")
  func words() throws {
    for rules in [Roster.team, Self.patterns, ""] {
      let server = try GuardedServer(policy: { $0.policy(rules: rules) })
      let work = try server.commit(by: .dana)
      for ref in Self.alwaysRefused {
        try server.refuses(as: .dana, "\(work):\(ref)", with: "HK505", ref: ref)
      }
      for ref in ["refs/Hookkit/landings", "refs/QUARANTINE/Q1", "refs/hookkit/LEDGER"] {
        try server.refuses(as: .dana, "\(work):\(ref)", with: "HK506", ref: ref)
      }
      try server.refuses(
        as: .dana, "\(work):refs/Replace/\(Self.commit)", with: "HK507",
        ref: "refs/Replace/\(Self.commit)")
    }
  }

  @Test("bypass 32: what git's rules for short names would take for a protected name is not made")
  func shortNames() throws {
    let server = try GuardedServer()
    let work = try server.commit(by: .dana)
    for actor in [Actor.stranger, .dana] {
      for ref in Self.refused {
        try server.refuses(as: actor, "\(work):\(ref)", with: "HK505", ref: ref)
      }
    }
    // What people get when they ask for it.
    for name in ["main", "heads/main", "refs/heads/main"] {
      #expect(try server.repository.id(name) == server.base)
    }
  }

  @Test("bypass 32: the same where patterns protect, and where the name behind it is yet to come")
  func patterns() throws {
    let server = try GuardedServer(policy: { $0.policy(rules: Self.patterns) })
    let work = try server.commit(by: .dana)
    for ref in [
      "refs/heads/heads/topic", "refs/heads/refs/heads/topic", "refs/tags/heads/topic",
      "refs/heads/tags/v1", "refs/tags/tags/v1", "refs/heads/refs/tags/v1",
      "refs/tags/origin/topic", "refs/remotes/fork/topic",
    ] {
      try server.refuses(as: .dana, "\(work):\(ref)", with: "HK505", ref: ref)
    }
    try server.pushed(as: .dana, "\(work):refs/heads/topic")
    for ref in ["refs/tags/topic", "refs/topic"] {
      try server.refuses(as: .dana, "\(work):\(ref)", with: "HK505", ref: ref)
    }
  }

  @Test("ordinary names go through, under each kind of rule")
  func ordinary() throws {
    for rules in [Roster.team, Self.patterns] {
      let server = try GuardedServer(policy: { $0.policy(rules: rules) })
      let work = try server.commit(by: .dana)
      for ref in Self.allowed {
        let outcome = try server.push(as: .dana, "\(work):\(ref)")
        #expect(outcome.succeeded, "\(outcome)")
        #expect(outcome.codes.isEmpty, "\(outcome)")
        // `heads` and `heads/x` cannot both be.
        try server.pushed(as: .dana, ":\(ref)")
      }
    }
  }

  @Test("what was there before is moved and deleted, but where it takes a protected name's place")
  func before() throws {
    let server = try GuardedServer()
    let work = try server.commit(by: .dana)
    let refs = (Self.alwaysRefused + Self.refused).filter {
      // Some of them cannot be beside each other, and some git itself does not move.
      !["refs/heads/head", "refs/heads/origin", "refs/tags/origin", "refs/remotes/main"]
        .contains($0) && $0.split(separator: "/").count > 2
    }
    for ref in refs {
      try server.repository.git([
        "-c", "core.hooksPath=/dev/null", "update-ref", ref, server.base.hex,
      ])
      let taken = try server.push(as: .dana, "+\(work):\(ref)")
      #expect(taken.succeeded || taken.codes == ["HK505"], "\(taken)")
      if Self.alwaysRefused.contains(ref) { #expect(taken.succeeded, "\(taken)") }
      let gone = try server.push(as: .dana, ":\(ref)")
      #expect(gone.succeeded, "\(gone)")
      #expect(try server.tip(ref) == nil, "\(gone)")
    }
  }

  @Test("bypass 32: letters that only look like a protected name's are told, and land")
  func letters() throws {
    let server = try GuardedServer()
    let work = try server.commit(by: .stranger)
    for name in [
      "ma\u{131}n", "m\u{430}in", "\u{ff4d}\u{ff41}\u{ff49}\u{ff4e}", "ma\u{200d}in",
      "\u{1d426}ain", "ma\u{301}in", "r\u{435}lease/1", "release\u{200b}/1",
    ] {
      let outcome = try server.push(as: .stranger, "\(work):refs/heads/\(name)")
      #expect(outcome.succeeded, "\(outcome)")
      #expect(outcome.remoteWords.contains("note: HK505"), "\(outcome)")
      #expect(outcome.remoteWords.contains("looks like refs/heads/"), "\(outcome)")
      let isPlain = outcome.stderr.split(separator: 0x0a).filter { $0.starts(with: "remote:".utf8) }
        .joined().allSatisfy { $0 < 0x7f }
      #expect(isPlain, "\(outcome)")
    }
    for name in ["m\u{e4}rz", "\u{65e5}\u{672c}\u{8a9e}", "caf\u{e9}"] {
      let outcome = try server.push(as: .stranger, "\(work):refs/heads/\(name)")
      #expect(outcome.succeeded && outcome.codes.isEmpty, "\(outcome)")
    }
    let journal = try server.journal().map { String(decoding: $0.compact, as: UTF8.self) }
    #expect(journal.contains { $0.contains("ma\\\\xc4\\\\xb1n") || $0.contains("HK505") })
  }
}
