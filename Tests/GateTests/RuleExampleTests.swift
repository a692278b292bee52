import DependencyChecks
import Gate
import Testing

/// One example of a rule's page.
struct RuleExample: Sendable, CustomTestStringConvertible {
  let code: Code
  let example: Example

  var testDescription: String { "\(code): \(example.claim)" }

  static let all = CodeRegistry.all.flatMap { page in
    page.examples.map { RuleExample(code: page.code, example: $0) }
  }
}

@Suite("The examples of every rule hold")
struct RuleExampleTests {
  @Test("an example of a rule's page comes out as the page says", arguments: RuleExample.all)
  func holds(_ played: RuleExample) throws {
    let example = played.example
    var playground = try Playground(rule: example.rule, quarantine: example.quarantine)
    var decisions: [Decision] = []
    for step in example.steps {
      if let last = decisions.last, last.verdict != .allow {
        Issue.record("a push before the last one: \(Self.words(last))")
      }
      if let decision = try playground.play(step) { decisions.append(decision) }
    }
    let last = try #require(decisions.last, "an example pushes")
    #expect(last.verdict == example.verdict, "\(Self.words(last))")
    let codes = last.judgements.flatMap(\.findings).map(\.code)
    if example.verdict == .allow {
      #expect(codes.isEmpty)
    } else {
      #expect(codes.contains(played.code), "\(Self.words(last))")
    }
  }

  @Test("a rule that says no shows by an example when it does", arguments: CodeRegistry.all)
  func hasFailingExample(_ page: RulePage) {
    guard !Self.machinery.contains(page.code.number) else { return }
    // A check of dependency files shows it by two versions of a file; DependencyChecksTests plays those.
    let isShown =
      page.examples.contains { $0.verdict != .allow }
      || page.fileExamples.contains(where: \.isFound)
    #expect(isShown, "\(page.code)")
  }

  @Test("no two examples of a rule make the same claim", arguments: CodeRegistry.all)
  func claimsDiffer(_ page: RulePage) {
    #expect(Set(page.examples.map(\.claim)).count == page.examples.count)
  }

  /// What no push can bring about: what hookkit-shell refuses before there is one, a full disk, a full bucket of refusals, a mistake
  /// in hookkit, a missing executable.
  private static let machinery: Set = [403, 404, 904, 906, 970, 990]

  private static func words(_ decision: Decision) -> String {
    let findings = decision.judgements.flatMap(\.findings).map { finding in
      ([finding.code.description, finding.headline] + finding.details).joined(separator: "; ")
    }
    return "\(decision.verdict) \(findings)"
  }
}
