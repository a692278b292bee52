/// Text made fit for a stranger's terminal: printable ASCII, cut and folded to a width.
///
/// Every line that hookkit shows goes through here. Findings are safe by the time they arrive; this is
/// the last door, so it does not rely on that.
package enum Ascii {
  /// One line: every byte outside 0x20 to 0x7e becomes `\xNN`.
  package static func line(_ text: String) -> String {
    guard text.utf8.contains(where: { !(0x20...0x7e).contains($0) }) else { return text }
    var result: [UInt8] = []
    for byte in text.utf8 {
      if (0x20...0x7e).contains(byte) {
        result.append(byte)
      } else {
        result += Array("\\x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// So much of an ASCII line as fits, and `...` in the place of the rest.
  package static func cut(_ line: String, to width: Int) -> String {
    guard line.utf8.count > width else { return line }
    return String(line.prefix(max(0, width - 3))) + "..."
  }

  /// Cuts the longest word until the line fits, so that the words behind a long name stay.
  ///
  /// The result may still be too wide when no word is longer than `shortest`.
  package static func squeeze(_ line: String, to width: Int, shortest: Int = 24) -> String {
    guard line.utf8.count > width else { return line }
    var words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard let longest = words.indices.max(by: { words[$0].utf8.count < words[$1].utf8.count })
    else { return line }
    let size = words[longest].utf8.count
    guard size > shortest else { return line }
    let excess = line.utf8.count - width
    words[longest] = cut(words[longest], to: max(shortest, size - excess))
    return words.joined(separator: " ")
  }

  /// The line folded at spaces to a width; what a last line cannot hold is cut.
  ///
  /// - Parameter most: how many lines at most, 1 or more.
  package static func fold(_ line: String, to width: Int, most: Int) -> [String] {
    var lines: [String] = []
    var rest = line[...]
    while lines.count + 1 < most, rest.utf8.count > width {
      let head = rest.prefix(width + 1)
      guard let space = head.lastIndex(of: " "), space > head.startIndex,
        head[..<space].contains(where: { $0 != " " })
      else {
        lines.append(String(rest.prefix(width)))
        rest = rest.dropFirst(width)
        continue
      }
      lines.append(trimmed(rest[..<space]))
      rest = rest[space...].drop { $0 == " " }
    }
    if !rest.isEmpty || lines.isEmpty { lines.append(cut(String(rest), to: width)) }
    return lines
  }

  /// Without the spaces at its end.
  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
