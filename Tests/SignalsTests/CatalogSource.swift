/// The Swift source that a catalog is compiled in as.
enum CatalogSource {
  /// The text of `CatalogData.swift` for a compact catalog: one static string, so that starting up
  /// reads and allocates nothing.
  static func swift(compact: [UInt8]) -> String {
    var source = """
      // Made from templates/agent-signals.json by CatalogDataTests; record it anew, do not edit it.

      // swift-format-ignore-file

      /// The built-in catalog in the form that `CatalogIndex` reads.
      enum CatalogData {
        static let compact: StaticString = \"\"\"

      """
    for line in compact.split(separator: 0x0a) {
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
    return source + "\n    \"\"\"\n}\n"
  }
}
