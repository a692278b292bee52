import Foundation
import Ledger
import Primitives
import TestSupport
import Testing

@Suite("Commands about what waits for a review")
struct ReviewHoldCommandsTests {
  let scene: ReviewHolds
  let clone: TestRepository
  var server: GuardedServer { scene.server }

  init() throws {
    scene = try ReviewHolds(rules: "\(ReviewHolds.rules)\n\(Roster.quarantine)")
    clone = try scene.server.clone(of: .dana)
  }

  private func hookkit(_ words: String..., as actor: Actor = .dana) throws -> Outcome {
    let bin = try Executables.installed(in: server.sandbox)
    return try server.sandbox.run(
      ["\(bin)/hookkit"] + words, in: clone.path,
      env: server.environment(as: actor).merging([
        "HOOKKIT_POLICY": "\(server.repository.path)/hookkit/policy.toml"
      ]) { $1 })
  }

  @Test("the reviewer finds a held commit that is on no branch, by the very words of the refusal")
  func approve() throws {
    for ref in [ReviewHolds.main, ReviewHolds.release] {
      let commit = try scene.work(ref == ReviewHolds.main ? "one" : "two")
      let outcome = try server.push(as: .codex, "\(commit):\(ref)")
      // The hold knows its reference: its name is all that a reviewer has to be told.
      let hold = try #require(
        outcome.remoteWords.firstMatch(of: /a reviewer runs +hookkit approve (Q[0-9A-Z]{4,})\s/)?.1,
        "\(outcome)")
      let bin = try Executables.installed(in: server.sandbox)
      let approved = try server.sandbox.run(
        ["\(bin)/hookkit", "approve", String(hold), "--confirm", String(hold)], in: clone.path,
        env: server.environment(as: .dana).merging([
          "HOOKKIT_POLICY": "\(server.repository.path)/hookkit/policy.toml"
        ]) { $1 })
      #expect(approved.succeeded, "\(approved)")
      #expect(approved.errors.contains("has landed: \(ref)"), "\(approved)")
      #expect(try server.tip(ref) == commit)
    }
  }

  @Test("lists, status and the page say that it waits for a review, and what ends that")
  func shown() throws {
    let commit = try scene.work()
    let hold = try scene.held(commit, to: ReviewHolds.release)
    let list = try hookkit("quarantine", "list")
    #expect(list.output.contains("WAITS FOR") && list.output.contains("a review"), "\(list)")
    let json = try JSON(reading: hookkit("quarantine", "list", "--json").stdout)
    #expect(json["holds"]?.array?.first?["waitsFor"]?.string == "a review")
    let inbox = try hookkit("review", "list")
    #expect(inbox.output.contains(hold.id) && inbox.output.contains("a review"), "\(inbox)")
    let waiting = try JSON(reading: hookkit("review", "list", "--json").stdout)["waiting"]
    #expect(waiting?.array?.first?["id"]?.string == hold.id)
    let status = try hookkit("quarantine", "status", hold.id)
    #expect(status.exit == 8 && status.output.contains("held for a review"), "\(status)")
    let command = "hookkit review approve \(commit.hex) --ref \(ReviewHolds.release)"
    for words in [["quarantine", "show"], ["explain"]] {
      let page =
        try words.count == 1 ? hookkit("explain", hold.id) : hookkit("quarantine", "show", hold.id)
      #expect(page.succeeded && page.output.contains(command), "\(page)")
      #expect(page.output.contains("waits for   a review"), "\(page)")
    }
  }

  @Test("a release of what waits for a review is not signed, and the other way round it is told")
  func theOtherAnswer() throws {
    let commit = try scene.work()
    let hold = try scene.held(commit)
    let released = try hookkit("quarantine", "release", hold.id, "--confirm", hold.id)
    #expect(released.exit == 1, "\(released)")
    #expect(released.errors.contains("waits for a review, not for a release"), "\(released)")
    #expect(released.errors.contains("hookkit review approve \(commit.hex)\n"), "\(released)")
    let bump = try server.commit(
      "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], by: .codex)
    _ = try server.push(as: .codex, "\(bump):main")
    let both = try #require(try scene.hold(of: bump))
    try server.approve(bump, by: .frank)
    #expect(try scene.hold(both.id).codes == ["HK201"])
    let approved = try hookkit("review", "approve", bump.hex, "--confirm", bump.hex)
    #expect(approved.errors.contains("hookkit quarantine release \(both.id)"), "\(approved)")
    let answer = try hookkit("quarantine", "release", both.id, "--confirm", both.id)
    #expect(answer.errors.contains("\(both.id) has landed"), "\(answer)")
    #expect(try server.tip() == bump)
  }

  @Test("it is rejected and extended by the same commands")
  func rejectAndExtend() throws {
    let hold = try scene.held(scene.work())
    let extended = try hookkit(
      "quarantine", "extend", hold.id, "--until", "30d", "--confirm", hold.id)
    #expect(extended.errors.contains("\(hold.id) is kept until"), "\(extended)")
    #expect(try scene.hold(hold.id).expires > hold.expires)
    let rejected = try hookkit(
      "quarantine", "reject", hold.id, "--confirm", hold.id, "-m", "not like this")
    #expect(rejected.errors.contains("\(hold.id) is rejected by dana"), "\(rejected)")
    let again = try server.push(as: .codex, "\(hold.new):main")
    #expect(again.codes == ["HK202", "HK101"], "\(again)")
    #expect(again.remoteWords.contains("dana rejects it: not like this"), "\(again)")
  }

  @Test("digits mean a commit, though a held branch is called so")
  func digits() throws {
    let everywhere = try ReviewHolds(
      rules: ReviewHolds.rules.replacing("refs/heads/release/**", with: "refs/heads/**"))
    let server = everywhere.server
    let digits = "deadbeef"
    let commit = try everywhere.work()
    let hold = try everywhere.held(commit, to: "refs/heads/\(digits)")
    let clone = try server.clone(of: .dana)
    let bin = try Executables.installed(in: server.sandbox)
    for word in [digits, "refs/heads/\(digits)", hold.id] {
      let status = try server.sandbox.run(
        ["\(bin)/hookkit", "quarantine", "status", word], in: clone.path,
        env: server.environment(as: .dana).merging([
          "HOOKKIT_POLICY": "\(server.repository.path)/hookkit/policy.toml"
        ]) { $1 })
      let isMeant = word != digits
      #expect(status.exit == (isMeant ? 8 : 3), "\(word) \(status)")
      #expect(status.output.contains(commit.short) == isMeant, "\(status)")
    }
  }
}
