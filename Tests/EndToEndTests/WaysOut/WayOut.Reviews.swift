import DependencyChecks
import Lockfiles
import Primitives
import TestSupport
import Testing

extension WayOut {
  static func review() throws {
    let way = try WayOut()
    let server = way.server
    let work = try server.commit("Work", by: .codex)
    let push = { try server.push(as: .dana, "\(work):main") }
    let outcome = try way.refused("HK101", push)
    try way.follow("so that a reviewer can see it", of: outcome, as: .dana, in: server.work)
    try way.follow("a reviewer runs", of: outcome, as: .frank, adding: "--confirm \(work)")
    try way.lands(work, push)
  }

  static func merge() throws {
    let way = try WayOut()
    let server = way.server
    let topic = try way.shownWork("topic")
    try server.approve(topic, by: .dana)
    let own = try server.commit("Own", ["own": "1"], by: .dana)
    try server.pushed(as: .dana, "\(own):main")
    let merge = try server.commit(
      "Merge", ["topic": "1", "more": "1"], by: .codex, on: own, topic)
    let push = { try server.push(as: .dana, "\(merge):main") }
    let outcome = try way.refused("HK102", push)
    // The page is of what is on the server: what shows it there comes first, where it is not.
    for step in outcome.nextSteps where step.label == "so that a reviewer can see it" {
      try way.run(step.command, as: .dana, in: server.work)
    }
    try server.pushed(as: .dana, "\(merge):refs/heads/shown")
    try server.clone(of: .frank).git("fetch", "--quiet", "origin")
    try way.follow("see what it does", of: outcome, as: .frank)
    let again = try way.refused("HK102", push)
    try way.follow("a reviewer runs", of: again, as: .frank, adding: "--confirm \(merge)")
    try way.lands(merge, push)
  }

  static func owner() throws {
    let way = try WayOut(
      rules: Roster.team.replacing(
        "presence = \"none\"", with: "presence = \"none\", owners = true"),
      files: ["CODEOWNERS": "* frank@example.org erin@example.org\n"])
    let server = way.server
    let work = try way.shownWork()
    let push = { try server.push(as: .dana, "\(work):main") }
    try server.approve(work, by: .dana)
    // An owner who has a part in the work is told so.
    try server.approve(work, by: .erin)
    let outcome = try way.refused("HK103", push)
    #expect(outcome.remoteWords.contains("not counted: erin's review: erin"), "\(outcome)")
    try way.follow("an owner runs", of: outcome, as: .frank, adding: "--confirm \(work)")
    try way.lands(work, push)
  }

  static func unreadableOwners() throws {
    let way = try WayOut(
      rules: Roster.team.replacing(
        "presence = \"none\"", with: "presence = \"none\", owners = true"))
    let server = way.server
    let bad = try server.commit("Owners", ["CODEOWNERS": "/a[bc] @erin\n"], by: .dana)
    let outcome = try way.refused("HK106") { try server.push(as: .dana, "\(bad):main") }
    #expect(outcome.remoteWords.contains("CODEOWNERS, line 1: the pattern"), "\(outcome)")
    let good = try server.commit("Owners", ["CODEOWNERS": "/ab @erin\n/ac @erin\n"], by: .dana)
    try way.lands(good) { try server.push(as: .dana, "\(good):main") }
  }

  /// Where such a file stands already: made on the server, past the hooks.
  static func standingUnreadableOwners() throws {
    let way = try WayOut(
      rules: Roster.team.replacing(
        "presence = \"none\"", with: "presence = \"none\", owners = true"),
      files: ["CODEOWNERS": "/a[bc] @erin\n"])
    let server = way.server
    let work = try server.commit("Work", by: .dana)
    _ = try way.refused("HK106") { try server.push(as: .dana, "\(work):main") }
    let mend = try way.shownWork("mend", ["CODEOWNERS": "/ab @erin\n/ac @erin\n"])
    let push = { try server.push(as: .dana, "\(mend):main") }
    _ = try way.refused("HK101", push)
    try server.approve(mend, by: .frank)
    try way.lands(mend, push)
  }

  static func signedPush() throws {
    let way = try WayOut(rules: Roster.team + "\nsigned-push = true\n")
    let server = way.server
    try server.repository.git("config", "receive.certNonceSeed", "a seed of the server's")
    let work = try server.commit("Work", by: .dana)
    let key = try #require(server.roster[.dana].key)
    try server.work.git("config", "user.signingkey", key.path)
    let outcome = try way.refused("HK104") { try server.push(as: .dana, "\(work):main") }
    try way.follow("sign it", of: outcome, as: .dana, in: server.work)
    #expect(try server.tip() == work)
  }

  static func tagObject() throws {
    let way = try WayOut(rules: Roster.everyPlace)
    let server = way.server
    func refusedTag(_ name: String) throws -> Outcome {
      try server.work.tag(name, of: server.base, by: server.roster[.codex])
      return try way.refused("HK105") { try server.push(as: .codex, "refs/tags/\(name)") }
    }
    let outcome = try refusedTag("v1")
    try way.follow("without an object", of: outcome, as: .codex, in: server.work)
    #expect(try server.tip("refs/tags/v1") == server.base)
    // The other way of the page.
    _ = try refusedTag("v2")
    try way.run("git tag --sign -m v2 v2 \(server.base)", as: .dana)
    try way.run("git push origin refs/tags/v2", as: .dana)
    #expect(try server.repository.id("refs/tags/v2^{commit}") == server.base)
  }

  // MARK: Dependency files

  private static func quarantine() throws -> (WayOut, bump: ObjectID, push: () throws -> Outcome) {
    let way = try WayOut(
      rules: Roster.team + "\n\n" + Roster.quarantine,
      files: ["package-lock.json": GuardedServer.lock()])
    let bump = try way.server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], by: .codex)
    return (
      way, bump, { try way.server.push(as: .codex, "\(bump):refs/heads/agent/codex/bump") }
    )
  }

  static func release() throws {
    let (way, bump, push) = try quarantine()
    let outcome = try way.refused("HK201", push)
    let done = try way.approved(outcome, as: .dana)
    #expect(done.errors.contains("has landed"), "\(done)")
    #expect(try way.server.tip("refs/heads/agent/codex/bump") == bump)
  }

  /// A change as a check's page shows it: held, and landed with a release; or proven to change nothing.
  static func releaseOf(_ example: DependencyExample, isNeutral: Bool) throws {
    func tree(_ side: (DependencyExample.File) -> String?) -> [String: TreeChange] {
      Dictionary(
        uniqueKeysWithValues: example.files.compactMap { file in
          side(file).map { text in
            switch file.mode {
            case .link: (file.path, .symlink(text))
            case .submodule: (file.path, ObjectID(text).map { .gitlink($0) } ?? .text(text))
            default: (file.path, .text(text))
            }
          }
        })
    }
    let rules = Roster.quarantine.replacing(
      "\"agent-config\"", with: "\"agent-config\", \"vendored\", \"visibility\"")
    let way = try WayOut(rules: Roster.team + "\n\n" + rules, files: tree(\.old))
    let server = way.server
    let gone = example.files.filter { $0.new == nil }.map { ($0.path, TreeChange.delete) }
    let change = try server.commit(
      "Change", tree(\.new).merging(gone) { $1 }, by: .codex)
    let branch = "refs/heads/agent/codex/change"
    let outcome = try server.push(as: .codex, "\(change):\(branch)")
    #expect(outcome.succeeded == isNeutral, "\(outcome)")
    if !isNeutral {
      #expect(outcome.codes.first == "HK201", "\(outcome)")
      try way.approved(outcome, as: .dana)
    }
    #expect(try server.tip(branch) == change)
  }

  static func releaseWithoutHold() throws {
    let (way, bump, push) = try quarantine()
    try way.server.unlink("proc-receive")
    try way.server.repository.git("config", "--unset-all", "receive.procReceiveRefs")
    let outcome = try way.refused("HK201", push)
    // "push the commits to a branch that no quarantine rule names": there is none but a tag's here.
    try way.run("git push origin \(bump):refs/tags/to-review", as: .dana, in: way.server.work)
    try way.server.clone(of: .dana).git("fetch", "--quiet", "--tags", "origin")
    try way.follow("a reviewer runs", of: outcome, as: .dana, adding: "--confirm \(bump)")
    try way.lands(bump, on: "refs/heads/agent/codex/bump", push)
  }

  static func rejection() throws {
    let (way, bump, push) = try quarantine()
    let outcome = try way.refused("HK201", push)
    let hold = try #require(outcome.remoteWords.firstMatch(of: /held as (\w+)/)).output.1
    try way.run("hookkit quarantine reject \(hold) --confirm \(hold) -m no", as: .dana)
    let again = try way.refused("HK202", push)
    #expect(again.remoteWords.contains("dana rejects it: no"), "\(again)")
    // Another commit, without what was rejected.
    let other = try way.server.commit("Another", ["other": "1"], by: .codex)
    #expect(other != bump)
    try way.lands(other, on: "refs/heads/agent/codex/bump") {
      try way.server.push(as: .codex, "\(other):refs/heads/agent/codex/bump")
    }
  }
}
