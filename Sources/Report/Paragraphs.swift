/// Texts of several paragraphs, written in the sources with line feeds where the sources need them.
enum Paragraphs {
  /// The paragraphs, each in one line.
  static func of(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .split(whereSeparator: { $0.allSatisfy { $0 == " " } })
      .map { $0.joined(separator: " ") }
  }

  /// One line a paragraph, and an empty one between them.
  static func joined(_ text: String) -> String {
    of(text).joined(separator: "\n\n")
  }

  /// Folded to a width, each line behind an indent, and an empty line between paragraphs.
  static func folded(_ text: String, to width: Int, indent: String = "") -> [String] {
    Array(
      of(text).map { paragraph in
        Ascii.fold(Ascii.line(paragraph), to: width - indent.utf8.count, most: .max).map {
          indent + $0
        }
      }.joined(separator: [""]))
  }
}
