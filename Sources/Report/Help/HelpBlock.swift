/// A piece of a help page, from which both the page on a terminal and the manual page are made.
package enum HelpBlock: Hashable, Sendable {
  /// What the next block is about, without a colon behind it.
  case heading(String)
  /// Paragraphs, folded where they are shown.
  case prose(String)
  /// Words, and what each means.
  case definitions([Definition])
  /// Lines that are shown as they are.
  case verbatim([String])

  package struct Definition: Hashable, Sendable {
    package let word: String
    package let meaning: String

    package init(_ word: String, _ meaning: String) {
      self.word = word
      self.meaning = meaning
    }
  }

  /// The page on a terminal: an empty line between blocks, but none under a heading.
  static func lines(of blocks: [HelpBlock], width: Int) -> [String] {
    var lines: [String] = []
    var isUnderHeading = true
    for block in blocks {
      if !isUnderHeading { lines.append("") }
      isUnderHeading = false
      switch block {
      case .heading(let text):
        lines.append("\(text):")
        isUnderHeading = true
      case .prose(let text): lines += Paragraphs.folded(text, to: width)
      case .definitions(let definitions): lines += column(definitions, width: width)
      case .verbatim(let text): lines += text.map { "  \($0)" }
      }
    }
    return lines
  }

  /// Words in a column and what they mean beside them; below them where a word is too long.
  private static func column(_ definitions: [Definition], width: Int) -> [String] {
    let column = min(20, definitions.map(\.word.utf8.count).max() ?? 0) + 4
    return definitions.flatMap { definition in
      let word = "  " + definition.word
      let meaning = Ascii.fold(Ascii.line(definition.meaning), to: width - column, most: .max)
      let indent = String(repeating: " ", count: column)
      guard word.utf8.count + 2 <= column else { return [word] + meaning.map { indent + $0 } }
      let first = word + String(repeating: " ", count: column - word.utf8.count)
      return meaning.enumerated().map { ($0 == 0 ? first : indent) + $1 }
    }
  }
}
