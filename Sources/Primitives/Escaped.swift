/// Bytes of a push made safe to show on a stranger's terminal or in a log.
///
/// Printable ASCII stands as it is; so does well-formed UTF-8 text that has no control, format,
/// bidirectional or look-invisible scalars when `unicode` is asked for. Every other byte becomes
/// `\xNN`, and a backslash becomes `\\`, so that two different byte strings never look alike.
package enum Escaped {
  /// ASCII only, at most `limit` characters; a longer text ends in `...`.
  package static func text(_ bytes: some Collection<UInt8>, limit: Int = 256) -> String {
    var shown: [UInt8] = []
    shown.reserveCapacity(Swift.min(bytes.count, limit))
    for byte in bytes {
      if shown.count >= limit {
        shown += Array("...".utf8)
        break
      }
      switch byte {
      case 0x5c: shown += [0x5c, 0x5c]
      case 0x20...0x7e: shown.append(byte)
      default:
        shown += [0x5c, 0x78]
        shown += Hex.encode([byte])
      }
    }
    return String(decoding: shown, as: UTF8.self)
  }

  /// The same in double quotes, with `"` escaped.
  package static func quoted(_ bytes: some Collection<UInt8>, limit: Int = 256) -> String {
    "\""
      + text(bytes, limit: limit).split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\\\"") + "\""
  }
}
