import Foundation
import Primitives
import Signing
import TestSupport
import Testing

extension WayOut {
  private static let path = ".hookkit/policy.toml"

  private static func layer(serial: Int, _ more: String = "") -> TreeChange {
    .text("version = 1\nserial = \(serial)\n\(more)\n")
  }

  static func missingPolicy() throws {
    let way = try WayOut()
    let server = way.server
    try server.sandbox.shell("rm \(server.repository.path)/hookkit/policy.toml")
    let work = try server.commit("Work", by: .dana)
    let push = { try server.push(as: .dana, "\(work):main") }
    let outcome = try way.refused("HK801", push)
    let step = try #require(
      outcome.nextSteps.first { $0.label == "the administrator runs" }, "\(outcome)")
    let key = try #require(server.roster[.dana].key)
    let made = try way.administer(
      "\(step.command) --person dana --email dana@example.org --account dana --key \(key.path).pub")
    #expect(made.succeeded, "\(made)")
    try way.lands(work, push)
  }

  static func brokenServerPolicy() throws {
    let way = try WayOut()
    let server = way.server
    let text = server.roster.openPolicy()
    try server.write(text + "\nunknwon = 1\n", to: "policy.toml")
    let work = try server.commit("Work", by: .dana)
    let push = { try server.push(as: .dana, "\(work):main") }
    let outcome = try way.refused("HK802", push)
    let step = try #require(
      outcome.nextSteps.first { $0.label == "the administrator runs" }, "\(outcome)")
    let named = try way.administer(step.command)
    #expect(!named.succeeded && (named.errors + named.output).contains("unknwon"), "\(named)")
    // The line that is named goes.
    try server.write(text, to: "policy.toml")
    let well = try way.administer(step.command)
    #expect(well.succeeded, "\(well)")
    try way.lands(work, push)
  }

  /// - Parameter onServer: whether the administrator's command of the two is run, or the pusher's.
  static func brokenTreePolicy(onServer: Bool) throws {
    let way = try WayOut()
    let server = way.server
    let good = server.base
    let broken = try server.commit("Broken", [path: "nonsense = [\n"], by: .dana)
    // Nothing that a push brings does this: somebody with the repository's files does.
    try server.fetchBehindTheGate(broken)
    try Sandbox.writeFile(
      Array("\(broken)\n".utf8), to: "\(server.repository.path)/refs/heads/main")
    let work = try server.commit("Work", ["work": "1"], by: .dana, on: good)
    let topic = { try server.push(as: .dana, "\(work):refs/heads/release/1") }
    let outcome = try way.refused("HK802", topic)
    if onServer {
      let step = try #require(outcome.nextSteps.first { $0.label == "on the server" }, "\(outcome)")
      let moved = try way.administer(step.command)
      #expect(moved.succeeded, "\(moved)")
    } else {
      try way.follow("put it back", of: outcome, as: .dana)
    }
    #expect(try server.tip() == good)
    try way.lands(work, on: "refs/heads/release/1", topic)
  }

  static func mixedPolicy() throws {
    let way = try WayOut()
    let server = way.server
    let work = try server.commit("Work", ["work": "1"], by: .frank)
    let policy = try server.commit("Policy", [".hookkit/notes": "1"], by: .frank, on: work)
    try server.pushed(as: .frank, "\(policy):refs/heads/both")
    let push = { try server.push(as: .frank, "\(policy):main") }
    _ = try way.refused("HK803", push)
    // Each by itself: the other changes first, then the policy change with its review.
    try way.lands(work) { try server.push(as: .frank, "\(work):main") }
    try server.approve(policy, by: .dana) { $0.vouches = [.policy] }
    try way.lands(policy, push)
  }

  static func policyReview() throws {
    let way = try WayOut()
    let server = way.server
    let policy = try server.commit("Policy", [".hookkit/notes": "1"], by: .frank)
    let push = { try server.push(as: .frank, "\(policy):main") }
    let outcome = try way.refused("HK804", push)
    try way.follow("so that a reviewer can see it", of: outcome, as: .frank, in: server.work)
    try way.follow("a maintainer runs", of: outcome, as: .dana, adding: "--confirm \(policy)")
    try way.lands(policy, push)
  }

  static func successor() throws {
    let way = try WayOut(files: [path: layer(serial: 5)])
    let server = way.server
    try server.pushed(as: .dana, "\(server.commit("Begin", by: .dana)):main")
    let tip = try #require(try server.tip())
    func change(_ text: TreeChange) throws -> ObjectID {
      let commit = try server.commit("Policy", [path: text], by: .frank, on: tip)
      try server.pushed(as: .frank, "\(commit):refs/heads/policy-\(commit.hex.prefix(8))")
      try server.approve(commit, by: .dana) { $0.vouches = [.policy] }
      return commit
    }
    let stale = try change(Self.layer(serial: 5, "# other"))
    let outcome = try way.refused("HK805") { try server.push(as: .frank, "\(stale):main") }
    // The command that is named tells it too, before a push; then the serial is raised.
    let clone = try server.clone(of: .frank)
    try clone.git("checkout", "--quiet", "-B", "main", stale.hex)
    let step = try #require(outcome.nextSteps.first { $0.label == "check it" }, "\(outcome)")
    let named = try way.attempt(step.command, as: .frank, knowsPolicy: false)
    #expect(!named.succeeded && (named.errors + named.output).contains("serial"), "\(named)")
    let raised = try change(Self.layer(serial: 6, "# other"))
    try clone.git("fetch", "--quiet", "origin")
    try clone.git("checkout", "--quiet", "-B", "main", raised.hex)
    let well = try way.attempt(step.command, as: .frank, knowsPolicy: false)
    #expect(well.succeeded, "\(well)")
    try way.lands(raised) { try server.push(as: .frank, "\(raised):main") }
  }

  static func ledgerEntry() throws {
    let way = try WayOut()
    let server = way.server
    let work = try way.shownWork()
    let outcome = try way.refused("HK806") {
      try server.file(["reviews/\(work).txt": "it is well\n"], as: .frank)
    }
    try way.follow(
      "let hookkit write it", of: outcome, as: .frank, names: ["COMMIT": work.hex],
      adding: "--confirm \(work)")
    try way.lands(work) { try server.push(as: .codex, "\(work):main") }
  }
}
