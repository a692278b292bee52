package import Gate

/// The page of a code, as `hookkit explain HK101` shows it.
package enum ExplainText {
  /// Columns of a help text.
  package static let width = 78

  /// The page, ending in a line feed.
  package static func page(_ page: RulePage) -> String {
    var lines = ["\(page.code) \(page.title)", ""]
    lines += Paragraphs.folded(page.why, to: width, indent: "  ")
    lines += ["", "What ends it:"]
    lines += Paragraphs.folded(page.ends, to: width, indent: "  ")
    if !page.examples.isEmpty {
      lines += ["", "Examples, each of which is a test:"]
      for example in page.examples {
        let claim = Ascii.fold(
          ExampleText.claim(example), to: width - ExampleText.column - 2, most: .max)
        for (number, line) in claim.enumerated() {
          let word = number == 0 ? ExampleText.word(example.verdict) : ""
          lines.append("  " + ExampleText.padded(word) + line)
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// An example of a rule in words.
enum ExampleText {
  /// Where the claims begin, behind the longest verdict.
  static let column = 11

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
