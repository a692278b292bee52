import Gate
import Primitives
import Report
import Testing

@Suite("RefusalText")
struct RefusalTextTests {
  private func text(_ judgements: Judgement..., tone: RefusalText.Tone = .error) -> String {
    RefusalText.lines(for: decision(judgements), tone: tone).joined(separator: "\n")
  }

  @Test("one refused reference: what and why, then the next command as the last line")
  func oneFinding() {
    #expect(
      text(judged(update("refs/heads/main"), needsReview())) == """
        error: HK101 refs/heads/main needs a human review
               3f1c9e2 "Retry on 429"
                 by svc-codex (agent: pushed by its account)
               reviews 0 of 1; its author, pusher and sponsor do not count
               you: stop here. Ask a reviewer; push it again after that
        hint: why               hookkit explain HK101
        hint: a reviewer runs   hookkit review approve 3f1c9e2
        """)
  }

  @Test("nothing is said when all is well")
  func silent() {
    #expect(text(judged(update("refs/heads/main"))) == "")
    let note = Finding(Code(101), .note, headline: "seen", hints: [.init("why", "true")])
    #expect(text(judged(update("refs/heads/main"), note)) == "")
    #expect(RefusalText.lines(for: decision([])) == [])
  }

  @Test("an allowed reference beside a refused one is not mentioned")
  func allowedBeside() {
    let refused = text(judged(update("refs/heads/main"), needsReview()))
    #expect(
      text(judged(update("refs/heads/a")), judged(update("refs/heads/main"), needsReview()))
        == refused)
  }

  @Test("all that stands against one reference is told at once, with two commands at most")
  func twoFindings() {
    #expect(
      text(judged(update("refs/heads/main"), forcePush(), needsReview())) == """
        error: HK501 refs/heads/main may not be force-pushed
               3f1c9e2 does not contain the present tip 1111111
        error: HK101 refs/heads/main needs a human review
               3f1c9e2 "Retry on 429"   by svc-codex (agent: pushed by its ac...
               reviews 0 of 1; its author, pusher and sponsor do not count
               you: change it as told here, then push again
        hint: why                  hookkit explain HK101
        hint: start from its tip   git pull --rebase
        """)
  }

  @Test("what no person ends comes first, and nobody is asked for an answer beside it")
  func finalFirst() {
    let judgement = judged(update("refs/heads/main"), needsReview(), forcePush())
    let lines = RefusalText.lines(for: decision([judgement]))
    #expect(lines.first?.hasPrefix("error: HK501 ") == true)
    #expect(!lines.contains { $0.contains("review approve") })
    let next = DecisionJSON.value(decision([judgement]))["next"]?.array ?? []
    #expect(!next.contains { $0["argv"]?.array?.contains("approve") == true })
  }

  @Test("a command is never cut, however long its line gets")
  func longCommand() {
    let command = "git push origin 3f1c9e2:refs/heads/agent/codex/review-3f1c9e2"
    let finding = Finding(
      Code(101), headline: "x",
      hints: [
        .init(
          "so that a reviewer can see it", command.split(separator: " ").map(String.init)),
        .init("a reviewer runs", "hookkit", "review", "approve", "3f1c9e2"),
      ])
    #expect(
      text(judged(update("refs/heads/main"), finding)) == """
        error: HK101 x
               you: stop here. Ask a reviewer; push it again after that
        hint: so that a reviewer can see it   \(command)
        hint: a reviewer runs                 hookkit review approve 3f1c9e2
        """)
  }

  @Test("what is held says under which name, and all that it waits for")
  func held() {
    let codes: [(code: Int, awaited: String)] = [
      (101, "a review"), (102, "a review"), (103, "a review"), (804, "a review"),
      (201, "a release"),
    ]
    for (code, awaited) in codes {
      let judgement = HoldNotice(
        id: "Q624K", until: "2026-12-06", again: false, superseded: ["Q1111"]
      ).told(judged(update("refs/heads/main"), Finding(Code(code), headline: "x")))
      #expect(
        RefusalText.reason(for: judgement)
          == Array("HK\(code) held as Q624K: needs \(awaited)".utf8))
      let lines = RefusalText.lines(for: decision([judgement]))
      #expect(lines[0].hasSuffix("; the push is held, not lost"))
      #expect(lines[1].hasSuffix("held as   Q624K   (until 2026-12-06)"))
      #expect(lines[2].hasSuffix("it takes the place of Q1111"))
    }
    let both = HoldNotice(id: "Q624K", until: "2026-12-06", again: true, superseded: [])
      .told(judged(update("refs/heads/main"), needsReview(), Finding(Code(201), headline: "x")))
    #expect(
      RefusalText.reason(for: both)
        == Array("HK201 already held as Q624K: needs a release and a review".utf8))
  }

  @Test("where lines are short, details are cut instead of folded, and then counted")
  func shortOfLines() {
    #expect(
      text(judged(update("refs/heads/main"), forcePush(), noPolicy, needsReview())) == """
        error: HK801 there is no policy for this repository
        error: HK501 refs/heads/main may not be force-pushed
               3f1c9e2 does not contain the present tip 1111111
        error: HK101 refs/heads/main needs a human review
               and 2 more lines
               you: stop here. Do not push it again; ask the administrator
        hint: the administrator runs   hookkit policy init
        hint: start from its tip       git pull --rebase
        """)
  }

  @Test("a doubt comes first and looks like any other refusal")
  func doubt() {
    #expect(
      text(judged(update("refs/heads/main"), noPolicy)) == """
        error: HK801 there is no policy for this repository
               you: stop here. Do not push it again; ask the administrator
        hint: the administrator runs   hookkit policy init
        """)
    let both = text(judged(update("refs/heads/main"), forcePush(), noPolicy))
    #expect(both.hasPrefix("error: HK801 "))
  }

  @Test("references that are refused for different reasons are told one after the other")
  func differentReasons() {
    #expect(
      text(
        judged(update("refs/heads/main"), needsReview()),
        judged(update("refs/heads/release/1"), forcePush("refs/heads/release/1"))) == """
          error: HK101 refs/heads/main needs a human review
                 3f1c9e2 "Retry on 429"
                   by svc-codex (agent: pushed by its account)
                 reviews 0 of 1; its author, pusher and sponsor do not count
                 you: stop here. Ask a reviewer; push it again after that
          hint: why               hookkit explain HK101
          hint: a reviewer runs   hookkit review approve 3f1c9e2
          error: HK501 refs/heads/release/1 may not be force-pushed
                 3f1c9e2 does not contain the present tip 1111111
                 you: change it as told here, then push again
          hint: start from its tip   git pull --rebase
          """)
  }

  @Test("twenty references with the same reason are told once, with a count")
  func sameReason() {
    let judgements = (1...20).map { number in
      judged(update("refs/heads/r\(number)"), needsReview("refs/heads/r\(number)"))
    }
    #expect(
      RefusalText.lines(for: decision(judgements)).joined(separator: "\n") == """
        error: HK101 refs/heads/r1 needs a human review
               3f1c9e2 "Retry on 429"
                 by svc-codex (agent: pushed by its account)
               reviews 0 of 1; its author, pusher and sponsor do not count
               and 19 more refs, same reason
               you: stop here. Ask a reviewer; push it again after that
        hint: why               hookkit explain HK101
        hint: a reviewer runs   hookkit review approve 3f1c9e2
        """)
    let two = RefusalText.lines(for: decision(Array(judgements.prefix(2))))
    #expect(two.contains("       and 1 more ref, same reason"))
  }

  @Test("a hundred thousand references with as many reasons are told in a page")
  func manyReasons() throws {
    let judgements = (0..<100_000).map { number in
      judged(
        update("refs/heads/r\(number)"),
        number.isMultiple(of: 2)
          ? needsReview("refs/heads/r\(number)", String(1_000_000 + number))
          : Finding(Code(502), headline: "r\(number)", reason: "r\(number)"))
    }
    let lines = RefusalText.lines(for: decision(judgements))
    #expect(lines.count <= 8 * (RefusalText.linesPerReference + 1) + 1)
    #expect(lines.contains("error: and 99992 more refs: HK101, HK502"))
    #expect(lines.last?.hasPrefix("hint: ") == false || lines.last?.contains("hookkit") == true)
  }

  @Test("more findings and details than there are lines for are counted")
  func tooMuch() {
    let long = Finding(
      Code(101), headline: "much", details: (1...20).map { "detail \($0)" },
      hints: [.init("why", "hookkit", "explain", "HK101")])
    #expect(
      text(judged(update("refs/heads/main"), long)) == """
        error: HK101 much
               detail 1
               detail 2
               detail 3
               detail 4
               and 16 more lines
               you: stop here. Ask a reviewer; push it again after that
        hint: why   hookkit explain HK101
        """)
    let many = (0..<12).map { Finding(Code(501 + $0 % 8), headline: "finding \($0)") }
    let all = Judgement(update: update("refs/heads/main"), findings: many, isGuarded: true)
    let lines = RefusalText.lines(for: decision([all]))
    #expect(lines.count == RefusalText.linesPerReference)
    #expect(lines.dropLast().last == "       and 6 more findings")
    #expect(lines.last == "       you: change it as told here, then push again")
  }

  @Test("headlines are told in full or counted, however many there are")
  func headlines() {
    let words =
      "of words that are short, so that a line can be broken between any two of them, here or there"
    for count in 1...12 {
      let many = (0..<count).map {
        Finding(Code(501 + $0 % 8), headline: "headline \($0) \(words)", details: ["detail"])
      }
      let all = Judgement(update: update("refs/heads/main"), findings: many, isGuarded: true)
      let lines = RefusalText.lines(for: decision([all]))
      let text = lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
      let told = (0..<count).filter { text.contains("headline \($0) \(words)") }.count
      #expect(told > 0 && text.matches(of: /headline/).count == told, "\(text)")
      #expect(told == count || text.contains("and \(count - told) more finding"), "\(text)")
      #expect(lines.count <= RefusalText.linesPerReference)
    }
  }

  @Test("all who may be asked are told, over two lines where one has no room")
  func everybody() {
    let finding = Finding(
      Code(101), headline: "needs a human review", people: ["alexandra", "benjamin", "charlotte"])
    let lines = RefusalText.lines(
      for: decision([judged(update("refs/heads/main"), finding)]))
    #expect(
      lines.dropFirst().joined(separator: "\n") == """
               you: stop here. Ask alexandra, benjamin or charlotte; push it
                 again after that
        """)
  }

  @Test("a long name is cut where the words behind it stay")
  func longName() {
    let name = "refs/heads/" + String(repeating: "a", count: 200)
    let lines = RefusalText.lines(
      for: decision([judged(update(name), needsReview(name))]))
    #expect(
      lines[0] == "error: HK101 refs/heads/aaaaaaaaaaaaaaaaaaaaaaaa... needs a human review")
    #expect(lines[0].utf8.count <= RefusalText.width)
  }

  @Test("a warning is indented under its own word")
  func warning() {
    #expect(
      text(judged(update("refs/heads/main"), forcePush()), tone: .warning) == """
        warning: HK501 refs/heads/main may not be force-pushed
                 3f1c9e2 does not contain the present tip 1111111
                 you: change it as told here, then push again
        hint: start from its tip   git pull --rebase
        """)
  }

  @Test("what stands against a whole push has the same form")
  func wholePush() {
    #expect(
      RefusalText.lines(for: noPolicy) == [
        "error: HK801 there is no policy for this repository",
        "       you: stop here. Do not push it again; ask the administrator",
        "hint: the administrator runs   hookkit policy init",
      ])
  }

  // MARK: Status line

  private func reason(_ findings: Finding...) -> String {
    String(
      decoding: RefusalText.reason(
        for: Judgement(update: update("refs/heads/main"), findings: findings, isGuarded: true)),
      as: UTF8.self)
  }

  @Test("git's status line has the code, the verdict and what it is about")
  func statusLine() {
    #expect(reason(needsReview()) == "HK101 needs a human review of 3f1c9e2")
    #expect(reason(needsReview(), forcePush()) == "HK501 not a fast-forward and HK101")
    #expect(
      reason(needsReview(), forcePush(), needsReview(), Finding(Code(804), headline: "x"))
        == "HK501 not a fast-forward and HK101, HK804")
    #expect(reason(forcePush(), noPolicy) == "HK801 no policy and HK501")
    #expect(reason() == "")
  }

  @Test("a status line is one line of at most 72 bytes, whatever is in it")
  func statusLineLimit() {
    let long = Finding(Code(101), headline: String(repeating: "\u{1b}[2J\n\r\0", count: 5000))
    let line = RefusalText.reason(for: judged(update("refs/heads/main"), long))
    #expect(line.count <= RefusalText.width)
    #expect(line.allSatisfy { (0x20...0x7e).contains($0) })
  }
}
