/// Bytes of a push made safe to show on a stranger's terminal or in a log.
///
/// Printable ASCII stands as it is. Every other byte becomes `\xNN`, and a backslash becomes `\\`, so
/// that two different byte strings never look alike and no terminal obeys either.
package enum Escaped {
  /// ASCII only, at most `limit` characters; of a longer text so much as fits, and `...` behind it.
  package static func text(_ bytes: [UInt8], limit: Int = 256) -> String {
    var shown: [UInt8] = []
    for byte in bytes {
      let character: [UInt8]
      switch byte {
      case 0x5c: character = [0x5c, 0x5c]
      case 0x20...0x7e: character = [byte]
      default: character = [0x5c, 0x78] + Hex.encode([byte])
      }
      guard shown.count + character.count <= limit else {
        shown += Array("...".utf8)
        break
      }
      shown += character
    }
    return String(decoding: shown, as: UTF8.self)
  }

  package static func text(_ bytes: some Collection<UInt8>, limit: Int = 256) -> String {
    text(Array(bytes.prefix(limit + 1)), limit: limit)
  }

  /// The same in double quotes, with `"` escaped.
  package static func quoted(_ bytes: some Collection<UInt8>, limit: Int = 256) -> String {
    "\""
      + text(bytes, limit: limit).split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\\\"") + "\""
  }
}
