@testable import Signals

/// The Swift source that a catalog is compiled in as.
enum CatalogSource {
  /// The text of `CatalogData.swift` for a catalog: one static string and the bits of its filters,
  /// so that starting up reads and allocates nothing.
  static func swift(_ catalog: SignalCatalog) -> String {
    var source = """
      // Made from templates/agent-signals.json by CatalogDataTests; record it anew, do not edit it.

      // swift-format-ignore-file

      /// The built-in catalog in the form that `CatalogIndex` reads.
      enum CatalogData {
        static let compact: StaticString = \"\"\"

      """
    for line in catalog.compact.split(separator: 0x0a) {
      source += "    "
      for character in String(decoding: line, as: UTF8.self).unicodeScalars {
        switch character {
        case "\t": source += "\\t"
        case "\\": source += "\\\\"
        case "\"": source += "\\\""
        default: source.unicodeScalars.append(character)
        }
      }
      source += "\n"
    }
    source += "\n    \"\"\"\n"
    source += bits("starts", catalog.filters.starts.bits)
    source += bits("termStarts", catalog.filters.termStarts.bits)
    source += bits("words", catalog.filters.words.bits)
    return source + "}\n"
  }

  private static func bits(_ name: String, _ bits: [UInt64]) -> String {
    var source = "\n  static let \(name): [UInt64] = [\n"
    for row in stride(from: 0, to: bits.count, by: 4) {
      let words = bits[row..<row + 4].map { "0x" + String($0, radix: 16) }
      source += "    " + words.joined(separator: ", ") + ",\n"
    }
    return source + "  ]\n"
  }
}
