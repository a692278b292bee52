internal import DependencyChecks
package import Gate

/// The page of a code, as `hookkit explain HK101` shows it.
package enum ExplainText {
  /// Columns of a help text.
  package static let width = 78

  /// The page, ending in a line feed.
  package static func page(_ page: RulePage, width: Int = ExplainText.width) -> String {
    var lines = ["\(page.code) \(page.title)", ""]
    lines += Paragraphs.folded(page.why, to: width, indent: "  ")
    lines += ["", "What ends it:"]
    lines += Paragraphs.folded(page.ends, to: width, indent: "  ")
    lines += ["", "Who acts:"] + Paragraphs.folded(page.endedBy.words, to: width, indent: "  ")
    let examples = ExampleText.all(of: page)
    if !examples.isEmpty {
      lines += ["", "Examples, each of which is a test:"]
      for example in examples {
        let claim = Ascii.fold(example.claim, to: width - ExampleText.column - 2, most: .max)
        for (number, line) in claim.enumerated() {
          lines.append("  " + ExampleText.padded(number == 0 ? example.word : "") + line)
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Ending {
  /// Who it is, and what the pusher does meanwhile.
  package var words: String {
    switch self {
    case .pusher: "the pusher, who makes the change described and pushes again."
    case .reviewer:
      "a reviewer. The pusher waits; only what was not held is pushed again after that."
    case .maintainer: "a maintainer. The pusher does not push it again."
    case .administrator: "the server's administrator. The pusher does not push it again before."
    case .nobody: "nobody: such a push is never accepted."
    }
  }
}

/// An example of a rule in words.
enum ExampleText {
  /// Where the claims begin, behind the longest verdict.
  static let column = 11

  /// Every example of a page: how it ends, and what it claims.
  static func all(of page: RulePage) -> [(word: String, claim: String)] {
    page.examples.map { (word($0.verdict), claim($0)) }
      + page.fileExamples.map { ($0.isFound ? "found" : "passes", Ascii.line($0.claim)) }
  }

  static func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .allow: "lands"
    case .hold: "held"
    case .refuse: "refused"
    case .undecided: "undecided"
    }
  }

  /// The claim, and the rule's keys where the example changes any.
  static func claim(_ example: Example) -> String {
    let keys = example.rule.isEmpty ? "" : " (\(example.rule.joined(separator: ", ")))"
    return Ascii.line(example.claim) + keys
  }

  static func padded(_ word: String) -> String {
    word + String(repeating: " ", count: max(1, column - word.utf8.count))
  }
}
