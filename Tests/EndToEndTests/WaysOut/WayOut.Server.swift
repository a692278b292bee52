import Foundation
import Primitives
import TestSupport
import Testing

extension WayOut {
  /// A server whose hooks `hookkit install` has put there.
  private static func installed(rules: String = Roster.team) throws -> WayOut {
    let server = try GuardedServer(policy: { $0.openPolicy(rules: rules) }, hooks: [])
    let installed = try server.sandbox.hookkit(
      "install", "--server", "--host", "local", server.repository.path)
    #expect(installed.succeeded, "\(installed)")
    return WayOut(server)
  }

  /// Breaks something on the server; the administrator's command that the refusal names must see it, and
  /// call it well once it is mended.
  private static func mended(
    _ code: String, rules: String = Roster.team, breaking: String, mending: String,
    names: String
  ) throws {
    let way = try WayOut.installed(rules: rules)
    let server = way.server
    let work = try server.commit("Work", by: .dana)
    let push = { try server.push(as: .dana, "\(work):main") }
    let path = server.repository.path
    try server.sandbox.shell(breaking, in: path)
    let outcome = try way.refused(code, push)
    let step = try #require(
      outcome.nextSteps.first { $0.label == "the administrator runs" }, "\(outcome)")
    let found = try way.administer(step.command)
    #expect(!found.succeeded, "\(found)")
    #expect((found.output + found.errors).contains(names), "\(found)")
    try server.sandbox.shell(mending, in: path)
    let well = try way.administer(step.command)
    #expect(!(well.output + well.errors).contains(names), "\(well)")
    try way.lands(work, push)
  }

  static func damage() throws {
    // git itself stops at most of what is broken; what only the gate reads, it does not look at.
    try mended(
      "HK901", breaking: "mv hookkit/host kept; echo nonsense > hookkit/host",
      mending: "mv kept hookkit/host", names: "nonsense")
    try mended(
      "HK901", breaking: "mv hookkit/arrivals kept; : > hookkit/arrivals",
      mending: "rm hookkit/arrivals; mv kept hookkit/arrivals", names: "arrivals")
  }

  static func unrecorded() throws {
    try mended(
      "HK904", breaking: "touch hookkit/journal; mv hookkit/journal kept; mkdir hookkit/journal",
      mending: "rmdir hookkit/journal; mv kept hookkit/journal",
      names: "hookkit/journal")
  }

  static func malformed() throws {
    let way = try WayOut()
    let server = way.server
    let tree = try #require(try server.work.id("\(server.base)^{tree}"))
    let person = "Dana <dana@example.org> \(server.sandbox.now) +0000"
    let bytes = Array(
      "tree \(tree)\nparent \(server.base)\nauthor \(person)\nauthor \(person)\n\("committer \(person)")\n\nTwo authors\n"
        .utf8)
    try server.work.rawCommit(bytes)
    let outcome = try way.refused("HK902") { try server.push(as: .dana, "main") }
    let step = try #require(outcome.nextSteps.first { $0.label == "look for it" }, "\(outcome)")
    let found = try way.attempt(step.command, as: .dana, in: server.work)
    #expect(found.errors.contains("multipleAuthors"), "\(found)")
    // Made again with git.
    let again = try server.commit("Two authors", by: .dana)
    try server.work.move("main", to: again)
    try way.lands(again) { try server.push(as: .dana, "main") }
  }

  static func limit() throws {
    let policy = { (limits: String) in Roster.team + "\n\n[limits]\n\(limits)\n" }
    let way = try WayOut(rules: policy("commits = 1"))
    let server = way.server
    let one = try server.commit("One", ["one": "1"], by: .dana)
    let two = try server.commit("Two", ["two": "1"], by: .dana, on: one)
    let push = { try server.push(as: .dana, "\(two):main") }
    let outcome = try way.refused("HK903", push)
    #expect(outcome.remoteWords.contains("limit"), "\(outcome)")
    // In smaller pieces; or the administrator raises the limit.
    try way.lands(one) { try server.push(as: .dana, "\(one):main") }
    try way.lands(two, push)
    let three = try server.commit("Three", ["three": "1"], by: .dana, on: two)
    let four = try server.commit("Four", ["four": "1"], by: .dana, on: three)
    _ = try way.refused("HK903") { try server.push(as: .dana, "\(four):main") }
    try server.write(
      server.roster.openPolicy(serial: 2, rules: policy("commits = 2")), to: "policy.toml")
    try way.lands(four) { try server.push(as: .dana, "\(four):main") }
  }

  static func input() throws {
    let way = try WayOut.installed()
    let server = way.server
    let work = try server.commit("Work", by: .dana)
    let outcome = try server.hook("pre-receive", stdin: Array("half a line".utf8))
    #expect(outcome.exit == 3 && outcome.codes == ["HK905"], "\(outcome)")
    let step = try #require(
      outcome.nextSteps.first { $0.label == "the administrator runs" }, "\(outcome)")
    _ = try way.administer(step.command)
    // Push again.
    try way.lands(work) { try server.push(as: .dana, "\(work):main") }
  }

  static func tooMuchRefused() throws {
    let policy = { (count: Int) in Roster.team + "\n\n[limits]\nrefused-commits = \(count)\n" }
    let way = try WayOut(rules: policy(1))
    let server = way.server
    let one = try way.server.commit("One", ["one": "1"], by: .codex)
    _ = try way.refused("HK101") { try server.push(as: .codex, "\(one):main") }
    let two = try server.commit("Two", ["two": "1"], by: .codex)
    let push = { try server.push(as: .codex, "\(two):refs/heads/agent/codex/two") }
    let again = { try server.push(as: .codex, "\(two):main") }
    _ = try way.refused("HK906", again)
    // What was refused before is pushed where it may land, and counts no longer.
    try way.lands(one, on: "refs/heads/agent/codex/one") {
      try server.push(as: .codex, "\(one):refs/heads/agent/codex/one")
    }
    try way.lands(two, on: "refs/heads/agent/codex/two", push)
    // Or the administrator raises the limit.
    for name in ["three", "four"] {
      let commit = try server.commit(name, [name: "1"], by: .codex)
      let refused = { try server.push(as: .codex, "\(commit):main") }
      guard name == "four" else {
        _ = try way.refused("HK101", refused)
        continue
      }
      _ = try way.refused("HK906", refused)
      try server.write(server.roster.openPolicy(serial: 2, rules: policy(9)), to: "policy.toml")
      _ = try way.refused("HK101", refused)
    }
  }

  static func crash() throws {
    let way = try WayOut()
    let server = way.server
    // A hook that meets what its code rules out, as a signal of the processor's tells it.
    try server.wrap(
      "pre-receive",
      """
      mkfifo wait; "$HOOK" < wait & exec 3> wait
      sleep 1; kill -SEGV $!
      wait $!; code=$?; rm wait; exit $code
      """)
    let work = try server.commit("Work", by: .dana)
    let push = { try server.push(as: .dana, "\(work):main") }
    let outcome = try way.refused("HK970", push)
    let step = try #require(outcome.nextSteps.first { $0.label == "report it with" }, "\(outcome)")
    let version = try way.administer(step.command)
    #expect(version.output.hasPrefix("hookkit "), "\(version)")
    // It was not the push.
    try server.link("pre-receive")
    try way.lands(work, push)
  }

  static func goneExecutable() throws {
    let way = try WayOut.installed()
    let server = way.server
    let bin = try Executables.installed(in: server.sandbox)
    let work = try server.commit("Work", by: .dana)
    let push = { try server.push(as: .dana, "\(work):main") }
    try server.sandbox.shell("mv \(bin)/hookkit-hook \(bin)/gone")
    let outcome = try way.refused("HK990", push)
    try server.sandbox.shell("mv \(bin)/gone \(bin)/hookkit-hook")
    let step = try #require(outcome.nextSteps.first, "\(outcome)")
    let again = try way.administer(step.command)
    #expect(again.succeeded, "\(again)")
    try way.lands(work, push)
  }
}
