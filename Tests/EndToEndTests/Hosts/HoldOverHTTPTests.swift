import Primitives
import Signing
import TestSupport
import Testing

@Suite("Holds on a host that git serves over http")
struct HoldOverHTTPTests {
  @Test("an agent's update is held, named to it alone, and lands as its own once reviewed")
  func review() throws {
    let bench = try HostBench.http()
    let server = bench.server
    try server.write(
      ReviewHolds.policy(server.roster, serial: 2, mayPush: "\"refs/heads/**\""), to: "policy.toml")
    let commit = try server.commit("Work", ["w": "1"], by: .codex)
    let held = try bench.push(.codex, ["\(commit):main"])
    #expect(!held.succeeded && held.codes == ["HK101"], "\(held)")
    let id = try #require(try server.holds().first, "\(held)")
    #expect(held.remoteWords.contains("HK101 held as \(id): needs a review"), "\(held)")
    // Whoever claims another account in a variable is who logged in.
    let again = try bench.push(.frank, ["\(commit):main"])
    #expect(again.errors.contains("already held as \(id)"), "\(again)")
    let sponsors = try bench.review(commit, by: .erin)
    #expect(sponsors.errors.contains("\(id) still waits"), "\(sponsors)")
    let reviewed = try bench.review(commit, by: .dana)
    #expect(reviewed.errors.contains("\(id) has landed"), "\(reviewed)")
    #expect(try server.tip() == commit && server.holds().isEmpty)
    #expect(try server.landings().last?.pusher == Array("svc-codex".utf8))
    try server.expectVerified()
  }
}
