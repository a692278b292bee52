import Foundation
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

/// A server whose hooks have a clock of their own.
private struct SkewedServer {
  let scene: ReviewHolds
  var server: GuardedServer { scene.server }

  static let day = 86_400

  init(rules: String = ReviewHolds.rules, adding: [Actor: String] = [:]) throws {
    scene = try ReviewHolds(rules: rules, adding: adding)
    let folder = try server.sandbox.makeFolder("skewed")
    for hook in GuardedServer.hooks {
      let link = "\(folder)/hookkit-\(hook)"
      try FileManager.default.createSymbolicLink(
        atPath: link, withDestinationPath: Executables.skewedHook)
      // By a script: pre-receive leaves a hold to a proc-receive that it takes for hookkit's.
      try server.unlink(hook)
      try server.repository.writeHook(hook, "#!/bin/sh\nexec '\(link)' \"$@\"\n")
    }
    // Statements are dated by this machine's clock, which the skew is counted from.
    try #require(abs(Int(Date().timeIntervalSince1970) - server.sandbox.now) < 400 * Self.day)
  }

  /// What is done while the server's clock is so many seconds from the right time.
  func at<Result>(_ seconds: Int, _ body: () throws -> Result) rethrows -> Result {
    server.sandbox.setEnvironment("HOOKKIT_TEST_SKEW", "\(seconds)")
    defer { server.sandbox.setEnvironment("HOOKKIT_TEST_SKEW", nil) }
    return try body()
  }

  /// Seconds to the sandbox's own clock, by which people sign.
  var signing: Int { server.sandbox.now - Int(Date().timeIntervalSince1970) }
}

@Suite("A server's clock that goes forward and back")
struct SkewedClockTests {
  private let day = SkewedServer.day

  @Test("the shipped hook does not know the tests' clock")
  func shipped() throws {
    let scene = try ReviewHolds()
    let hold = try scene.held(scene.work())
    scene.server.sandbox.setEnvironment("HOOKKIT_TEST_SKEW", "-864000000")
    let again = try scene.held(scene.work("other"))
    #expect(abs(again.time - hold.time) < 600)
  }

  @Test("forward: a hold ends at its time and not before, and the same push is held anew")
  func holdEnds() throws {
    let skewed = try SkewedServer()
    let (scene, server) = (skewed.scene, skewed.server)
    let commit = try scene.work()
    let hold = try scene.held(commit)
    let other = try scene.work("other")
    _ = try skewed.at(13 * day) { try scene.held(other, as: .dana) }
    #expect(try server.holds().contains(hold.id))
    let again = try skewed.at(15 * day) { try server.push(as: .codex, "\(commit):main") }
    #expect(again.errors.contains("HK101 held as"), "\(again)")
    let new = try #require(try scene.hold(of: commit))
    #expect(new.time >= hold.time + Int64(15 * day), "\(again)")
    // Back: what was held in the future is held for all that, and an answer lands it.
    let reviewed = try server.review(commit, by: .software(.dana))
    #expect(reviewed.errors.contains("\(new.id) has landed"), "\(reviewed)")
    #expect(try server.tip() == commit)
    try server.expectVerified()
  }

  @Test("back: a review from the future counts once the clock has come there, and not before")
  func futureReview() throws {
    let skewed = try SkewedServer()
    let (scene, server) = (skewed.scene, skewed.server)
    let commit = try scene.work()
    let hold = try scene.held(commit)
    let early = try skewed.at(skewed.signing - 2 * day) {
      try server.review(commit, by: .software(.dana))
    }
    #expect(early.errors.contains("\(hold.id) still waits"), "\(early)")
    let push = try skewed.at(skewed.signing - 2 * day) {
      try server.push(as: .dana, "\(commit):main")
    }
    #expect(push.codes.contains("HK101") && push.errors.contains("in the future"), "\(push)")
    #expect(try server.tip() == server.base)
    try server.pushed(as: .dana, "\(commit):main")
    try server.expectVerified()
  }

  @Test("back: who brought a commit first is who brought it first, whatever the clock said")
  func firstBringer() throws {
    let skewed = try SkewedServer(rules: Roster.team)
    let (scene, server) = (skewed.scene, skewed.server)
    let first = try server.commit("First", ["first": "1"], by: .frank)
    try server.pushed(as: .frank, "\(first):refs/heads/first")
    let commit = try server.commit("Work", ["w": "1"], by: .dana)
    try server.pushed(as: .codex, "\(commit):refs/heads/agent/codex/w")
    _ = scene
    for (skew, actor) in [(-400 * day, Actor.dana), (0, .frank), (400 * day, .dana)] {
      _ = try skewed.at(skew) { try server.push(as: actor, "\(commit):refs/heads/mine-\(actor)") }
      try skewed.at(skew) {
        let outcome = try server.push(as: actor, "\(commit):main")
        #expect(outcome.codes.first == "HK101", "\(skew) \(outcome)")
      }
    }
    #expect(try server.tip() == server.base)
  }

  @Test("forward between two hooks of a push: what ended meanwhile lands nothing")
  func endsBetweenHooks() throws {
    let skewed = try SkewedServer(rules: Roster.team)
    let server = skewed.server
    let commit = try skewed.scene.work()
    try server.pushed(as: .codex, "\(commit):refs/heads/agent/codex/w")
    let signed = server.sandbox.now
    let reviewed = try server.review(commit, by: .software(.dana)) {
      $0.time = signed
      $0.expires = signed + 400 * SkewedServer.day
    }
    #expect(reviewed.succeeded, "\(reviewed)")
    let line = Array("\(server.base) \(commit) refs/heads/main\n".utf8)
    let folder = server.sandbox.path("skewed")
    func preReceive(_ skew: Int) throws -> Outcome {
      try skewed.at(skew) {
        try server.sandbox.run(
          ["\(folder)/hookkit-pre-receive"], in: server.repository.path, stdin: line,
          env: server.environment(as: .dana).merging(["GIT_DIR": "."]) { $1 })
      }
    }
    func move(_ skew: Int) throws -> Outcome {
      try skewed.at(skew) {
        try server.sandbox.run(
          ["git", "update-ref", "refs/heads/main", commit.hex, server.base.hex],
          in: server.repository.path, env: server.environment(as: .dana))
      }
    }
    #expect(try preReceive(0).succeeded)
    let late = try move(skewed.signing + 401 * day)
    #expect(!late.succeeded && late.codes == ["HK101"], "\(late)")
    #expect(try server.tip() == server.base)
    // Back before it was allowed: what was kept then is not believed, and it is judged again.
    #expect(try preReceive(0).succeeded)
    let before = try move(skewed.signing - 2 * day)
    #expect(!before.succeeded && before.codes == ["HK101"], "\(before)")
    #expect(try preReceive(0).succeeded)
    #expect(try move(1).succeeded)
    try server.expectVerified()
  }

  @Test("back: landings keep their order, and a clone can check them")
  func landingsBack() throws {
    let skewed = try SkewedServer(rules: Roster.team)
    let server = skewed.server
    var tip = server.base
    for (number, skew) in [0, -30 * day, 20 * day, -2 * day, 0].enumerated() {
      let own = try server.commit("Own \(number)", ["own": .text("\(number)")], by: .dana, on: tip)
      try skewed.at(skew) { _ = try server.pushed(as: .dana, "\(own):main") }
      tip = own
    }
    #expect(try server.landings().map(\.new).last == tip)
    try server.expectVerified()
  }

  @Test("forward: a reviewer whose time is over by then neither signs nor counts")
  func reviewerEnds() throws {
    let skewed = try SkewedServer(
      rules: ReviewHolds.rules.replacing("approvals = 1", with: "approvals = 2"),
      adding: [.frank: "expires = \"2099-01-01\""])
    let (scene, server) = (skewed.scene, skewed.server)
    let commit = try scene.work()
    let hold = try scene.held(commit)
    try server.approve(commit, by: .frank)
    // The hold is kept longer than it would be.
    let years = 80 * 365 * day
    let second = try skewed.at(years) { try server.review(commit, by: .software(.dana)) }
    #expect(!second.errors.contains("has landed"), "\(second)")
    #expect(try server.tip() == server.base)
    _ = hold
  }
}
