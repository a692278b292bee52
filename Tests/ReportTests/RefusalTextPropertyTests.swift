import Gate
import Primitives
import Report
import TestSupport
import Testing

/// Findings made of anything: what the gate words is safe already, and this is the last door.
@Suite("RefusalText, for any findings")
struct RefusalTextPropertyTests {
  private struct Source {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }

    /// Words, spaces, bytes of a terminal's escape sequences, letters of other scripts.
    mutating func text() -> String {
      let pieces = [
        "a", "refs/heads/main", " ", "  ", "\n", "\r", "\0", "\u{1b}[31m", "\t", "\u{7f}", "\u{e9}",
        "\u{202e}", "remote: error:", "'", "\"", "\\", "...", "\u{1f600}",
        String(repeating: "x", count: next(300)),
      ]
      return (0..<next(30)).map { _ in pieces[next(pieces.count)] }.joined()
    }

    mutating func finding() -> Finding {
      let severities: [Finding.Severity] = [.note, .refusal, .doubt]
      return Finding(
        CodeRegistry.all[next(CodeRegistry.all.count)].code, severities[next(3)],
        headline: text(), reason: next(2) == 0 ? nil : text(),
        details: (0..<next(12)).map { _ in text() },
        hints: (0..<next(4)).map { _ in
          next(2) == 0
            ? Hint(text(), text(), text())
            : Hint("why", "hookkit", "explain", text())
        })
    }

    mutating func decision() -> Decision {
      ReportTests.decision(
        (0..<next(12)).map { _ in
          Judgement(
            update: update("refs/heads/\(text())"), findings: (0..<next(5)).map { _ in finding() },
            isGuarded: true)
        })
    }
  }

  @Test(
    "no line but a command is wider than 72 columns, and none has a byte that is not printable ASCII"
  )
  func linesAreSafe() {
    var source = Source(state: 1)
    for _ in 0..<300 {
      let decision = source.decision()
      for tone in [RefusalText.Tone.error, .warning] {
        let lines = RefusalText.lines(for: decision, tone: tone)
        #expect(lines.isEmpty == (decision.verdict == .allow))
        for line in lines {
          #expect(line.utf8.count <= RefusalText.width || line.hasPrefix("hint: "))
          #expect(line.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(line)")
          #expect(
            line.hasPrefix("\(tone.rawValue): ") || line.hasPrefix("hint: ")
              || line.hasPrefix("       "), "\(line)")
        }
        if let first = lines.first { #expect(first.hasPrefix("\(tone.rawValue): HK")) }
      }
    }
  }

  @Test("one reference has at most 8 lines, and its last is a command where there is one")
  func linesAreFew() {
    var source = Source(state: 2)
    for _ in 0..<300 {
      let findings = (0..<(1 + source.next(12))).map { _ in source.finding() }
      let judgement = Judgement(
        update: update("refs/heads/main"), findings: findings, isGuarded: true)
      let lines = RefusalText.lines(for: decision([judgement]))
      #expect(lines.count <= RefusalText.linesPerReference)
      let standing = findings.filter { $0.severity != .note }
      if standing.contains(where: { !$0.hints.isEmpty }) {
        #expect(lines.last?.hasPrefix("hint: ") == true)
      }
      #expect(lines.filter { $0.hasPrefix("hint: ") }.count <= 2)
    }
  }

  @Test("JSON, SARIF and the journal carry printable ASCII only")
  func programsReadASCII() {
    var source = Source(state: 3)
    for _ in 0..<60 {
      let decision = source.decision()
      var all =
        DecisionJSON.value(decision).compact + SARIF.log(decision, toolVersion: "1.0").compact
      for judgement in decision.judgements {
        all += JSON.object(JournalRecord.members(judgement, decision, stage: "pre-receive")).compact
      }
      #expect(all.allSatisfy { (0x20...0x7e).contains($0) })
    }
  }
}
