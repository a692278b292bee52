import Primitives
import Testing

@testable import Gate

@Suite("Findings of several rules")
struct MergedFindingsTests {
  private func asks(_ count: Int, _ people: [String]) -> Finding {
    Finding(
      Code(101), headline: "refs/heads/main needs a human review", reason: "needs a human review",
      details: ["3f1c9e2 by codex", "reviews 0 of \(count)"],
      hints: [.init("why", "hookkit", "explain", "HK101")], people: people)
  }

  @Test("what two rules say alike is told once, with what each asks and who meets both")
  func merged() {
    let standing = Finding.standing([
      asks(1, ["dana", "erin"]), asks(2, ["erin", "frank"]),
      Finding(Code(101), headline: "refs/heads/main needs another", details: []),
    ])
    #expect(standing.count == 2)
    #expect(standing[0].details == ["3f1c9e2 by codex", "reviews 0 of 1", "reviews 0 of 2"])
    #expect(standing[0].hints.count == 1)
    #expect(standing[0].people == ["erin"])
  }

  @Test("a thousand of a kind are one")
  func many() {
    let findings = (0..<1000).map { _ in Finding(Code(506), headline: "reserved") }
    #expect(Finding.standing(findings).count == 1)
  }
}
