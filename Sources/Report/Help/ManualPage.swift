/// A page of the manual, written with the macros of man(7).
///
/// It bears no date, so that the same sources give the same bytes on any day.
package struct ManualPage: Sendable {
  /// The page's name, `hookkit-codes`.
  package let name: String
  /// The section of the manual: 1 commands, 5 files, 7 the rest.
  package let section: Int
  private var lines: [String]

  /// The name of its file, `hookkit-codes.7`.
  package var fileName: String { "\(name).\(section)" }

  /// The whole file.
  package var text: String { lines.joined(separator: "\n") + "\n" }

  /// A page with its heading and its NAME.
  ///
  /// - Parameter title: one line, without a full stop.
  package init(_ name: String, section: Int, title: String, version: String) {
    self.name = name
    self.section = section
    // Neither words divided at a line's end nor lines stretched to the margin: what is shown may be
    // copied.
    lines = [
      ".\\\" Written by `hookkit help --generate`; changes go into hookkit's sources.",
      ".TH \(name.uppercased()) \(section) \"\" \"hookkit \(version)\" \"hookkit\"",
      ".nh", ".ad l", ".SH NAME", "\(Self.escaped(name)) \\- \(Self.escaped(title))",
    ]
  }

  /// A page that is another one by a second name.
  package init(_ name: String, sameAs page: ManualPage) {
    self.name = name
    section = page.section
    lines = [".so man\(page.section)/\(page.fileName)"]
  }

  // MARK: What a page is made of

  /// A heading: `SYNOPSIS`.
  package mutating func section(_ title: String) { lines.append(".SH \(Self.argument(title))") }

  /// A heading below a section's.
  package mutating func subsection(_ title: String) { lines.append(".SS \(Self.argument(title))") }

  /// Paragraphs of plain text; what stands between backquotes is shown bold.
  package mutating func prose(_ text: String) {
    for paragraph in Paragraphs.of(text) { lines += [".PP", Self.marked(paragraph)] }
  }

  /// A word and what it means; the word may have been marked by ``bold(_:)`` and ``variable(_:)``.
  package mutating func definition(marked word: String, _ meaning: String) {
    lines += [".TP", word, meaning.isEmpty ? "\\&" : Self.marked(meaning)]
  }

  /// Lines that are shown as they are.
  package mutating func verbatim(_ text: [String]) {
    lines += [".PP", ".RS 4", ".nf"] + text.map(Self.escaped) + [".fi", ".RE"]
  }

  /// A line of a synopsis, marked.
  package mutating func synopsis(marked line: String) {
    // The second line of a long one begins deeper.
    lines += [".HP", line]
  }

  /// The blocks of a help page, its headings one level below a section's.
  package mutating func blocks(_ blocks: [HelpBlock]) {
    for block in blocks {
      switch block {
      case .heading(let title): subsection(title)
      case .prose(let text): prose(text)
      case .definitions(let definitions):
        for definition in definitions {
          let word = definition.word.drop { $0 == " " }
          self.definition(marked: Self.bold(String(word)), definition.meaning)
        }
      case .verbatim(let text): verbatim(text)
      }
    }
  }

  /// Other pages, in the order of their sections.
  package mutating func seeAlso(_ pages: [(name: String, section: Int)]) {
    section("SEE ALSO")
    let ordered = pages.sorted { ($0.section, $0.name) < ($1.section, $1.name) }
    lines += ordered.enumerated().map { number, page in
      ".BR \(Self.escaped(page.name)) (\(page.section))\(number + 1 < ordered.count ? "," : "")"
    }
  }

  // MARK: roff

  package static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }
  package static func variable(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

  /// A line of text that stands for itself: nothing in it is an escape or a request of roff, and
  /// what is a minus or a quote for a shell stays one (groff_char(7)).
  package static func escaped(_ text: String) -> String {
    let text = Ascii.line(text)
    var result = text.first == "." || text.first == "'" ? "\\&" : ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      default: result.append(character)
      }
    }
    return result
  }

  /// Text whose words between backquotes are shown bold; a backquote without a second stays one.
  private static func marked(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    guard parts.count % 2 == 1 else { return escaped(text) }
    return parts.enumerated().map { number, part in
      if number % 2 == 1 { return bold(part) }
      // Only at a line's start is a full stop a request.
      return number == 0 ? escaped(part) : String(escaped("x" + part).dropFirst())
    }.joined()
  }

  /// An argument of a macro.
  private static func argument(_ text: String) -> String {
    "\"\(escaped(text).replacing("\"", with: "\\(dq"))\""
  }
}
