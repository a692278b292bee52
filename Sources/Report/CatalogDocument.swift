internal import Lockfiles

/// `Documentation/Catalog.md`: every file that hookkit guards, written from the catalog.
package enum CatalogDocument {
  /// The whole file, in Markdown.
  package static var text: String {
    let rows = Catalog.rows
    var lines = ["# The catalog", ""]
    lines += Paragraphs.folded(HelpText.catalogWords, to: 100)
    lines += ["", "## What it does not see", ""]
    lines += Paragraphs.folded(HelpText.catalogGaps, to: 100)
    lines += ["", "## The files", ""]
    lines += Paragraphs.folded(
      """
      \(rows.count) names. This file is written from `Sources/Lockfiles/Catalog/Catalog.Table.swift` and, as \
      far as locks go, from the formats in `Sources/Lockfiles/Formats`, and a test compares: change \
      them, then run the tests with `HOOKKIT_RECORD=1`. `hookkit help catalog` shows the same.
      """, to: 100)
    lines += ["", "| name | classes | source | looked up |", "|---|---|---|---|"]
    lines += rows.map { row in
      "| `\(row.pattern)` | \(row.words) | \(row.source) | \(row.lookedUp ?? "") |"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
