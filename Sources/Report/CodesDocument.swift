package import Gate

/// `Documentation/Codes.md`: the pages of all codes in one file, written from the registry.
package enum CodesDocument {
  /// The whole file, in Markdown.
  package static var text: String {
    var lines = [
      "# Codes", "",
      "Every refusal bears a code; `hookkit explain HK101` shows the page of one. This file is written",
      "from the rules and checks themselves (`Sources/Gate/Rules`, `Sources/DependencyChecks/Checks`), and a test",
      "compares: change a page,",
      "then run the tests with `HOOKKIT_RECORD=1`.", "",
      "| code | title |", "|---|---|",
    ]
    lines += CodeRegistry.all.map { page in
      "| [\(page.code)](#\(page.code.description.lowercased())) | \(page.title) |"
    }
    for page in CodeRegistry.all { lines += section(page) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ page: RulePage) -> [String] {
    var lines = ["", "## \(page.code)", "", "**\(page.title)** (`\(page.fileName)`)", ""]
    lines += Paragraphs.folded(page.why, to: 100)
    lines += [""] + Paragraphs.folded("What ends it: \(page.ends)", to: 100)
    lines += [""] + Paragraphs.folded("Who acts: \(page.endedBy.words)", to: 100)
    if !page.examples.isEmpty {
      lines += ["", "| verdict | example |", "|---|---|"]
      lines += page.examples.map { example in
        let keys = example.rule.map { "`\($0)`" }.joined(separator: ", ")
        let claim = Ascii.line(example.claim) + (keys.isEmpty ? "" : " (\(keys))")
        return "| \(ExampleText.word(example.verdict)) | \(claim) |"
      }
    }
    if !page.fileExamples.isEmpty {
      lines += ["", "| check | example |", "|---|---|"]
      lines += ExampleText.all(of: page).map { "| \($0.word) | \($0.claim) |" }
    }
    return lines
  }
}

extension RulePage {
  /// The name of the file that holds the rule: `HK101NeedsReview.swift`.
  package var fileName: String { "\(code)\(name).swift" }
}
