import Gate
import Primitives
import Report
import Testing

/// What a refusal says of who acts, and whether to push again: an agent has nothing else to go by.
@Suite("Who ends a refusal")
struct EndingTests {
  private static let starts: [Ending: String] = [
    .pusher: "you: change it as told here, then push again",
    .reviewer: "you: stop here. Ask ",
    .maintainer: "you: stop here. Do not push it again; ask a maintainer",
    .administrator: "you: stop here. Do not push it again; ask the administrator",
    .nobody: "you: stop here. No push of this is ever accepted",
  ]

  @Test("text, JSON and page of every code of the gate say the same", arguments: CodeRegistry.all)
  func same(_ page: RulePage) throws {
    let finding = Finding(page.code, headline: "no", hints: [.init("why", "true")])
    let judgement = judged(update("refs/heads/main"), finding)
    let lines = RefusalText.lines(for: decision([judgement]))
    let own = try #require(lines.first { $0.contains("you: ") })
    let start = try #require(Self.starts[page.endedBy])
    #expect(own.contains(start), "\(lines)")
    #expect(lines.last?.hasPrefix("hint: ") == true)
    let json = DecisionJSON.value(decision([judgement]))["refs"]?.array?.first
    #expect(json?["actor"]?.string == page.endedBy.rawValue)
    #expect(json?["retry"]?.string == page.endedBy.retry.rawValue)
    #expect(CodesDocument.text.contains("Who acts: \(page.endedBy.words.prefix(40))"))
    // Nobody who is told to stop is told to push, and nobody else is told to stop.
    #expect(own.contains("stop here") == (page.endedBy.retry != .now))
  }

  @Test("whoever can answer is named, and what is held is not pushed again")
  func named() {
    let waits = Finding(
      Code(101), .hold, headline: "held", endedBy: .reviewer, people: ["dana", "erin", "frank"])
    let lines = RefusalText.lines(for: waits)
    #expect(
      lines.contains {
        $0.hasSuffix("you: stop here. Ask dana, erin or frank; push it again after that")
      }, "\(lines)")
  }

  @Test("before a push, and where all is well, nothing is said of pushing")
  func silent() {
    let judgement = judged(update("refs/heads/main"), needsReview())
    let advice = RefusalText.lines(for: decision([judgement]), tone: .warning, isPushed: false)
    #expect(!advice.contains { $0.contains("you: ") })
    let json = DecisionJSON.value(decision([judged(update("refs/heads/main"))]))["refs"]?.array
    #expect(json?.first?["actor"] == .null && json?.first?["waitsFor"]?.array == [])
  }
}
