internal import Primitives

/// What git prints of a hostile commit, made legible: every character is seen and none is obeyed.
///
/// Letters, digits, marks and signs of any script stand as they are. Everything else that is not
/// printable ASCII, tab or line feed is named in angle brackets: `<ESC>`, `<U+202E>`, `<\xff>`. That
/// takes in the controls that turn text around or hide it (CVE-2021-42574), and spaces that are none.
package enum DiffText {
  /// The text with its hidden characters shown and, where there are colours, its lines in them.
  static func legible(_ bytes: [UInt8], on terminal: Terminal) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var isHeader = true
    for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
      // The last piece is what stands behind the last line feed: nothing.
      if line.isEmpty, line.endIndex == bytes.endIndex { break }
      if line.starts(with: "diff --git ".utf8) { isHeader = true }
      if line.starts(with: "@@ ".utf8) { isHeader = false }
      let style = style(of: line, isHeader: isHeader)
      let shown = isPlain(line) ? Array(line) : Array(visible(line).utf8)
      if let style, terminal.hasColors {
        output += Array(terminal.styled(String(decoding: shown, as: UTF8.self), style).utf8)
      } else {
        output += shown
      }
      output.append(0x0a)
    }
    return output
  }

  private static func style(of line: ArraySlice<UInt8>, isHeader: Bool) -> Terminal.Style? {
    if isHeader { return line.starts(with: "diff --git ".utf8) ? .strong : nil }
    switch line.first {
    case UInt8(ascii: "+"): return .good
    case UInt8(ascii: "-"): return .removed
    case UInt8(ascii: "@"): return .place
    default: return nil
    }
  }

  private static func isPlain(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x09 }
  }

  /// One line, with what cannot be seen named.
  package static func visible(_ line: some Collection<UInt8>) -> String {
    guard let text = String(validating: line, as: UTF8.self) else {
      return line.map { byte in
        (0x20...0x7e).contains(byte) || byte == 0x09
          ? String(UnicodeScalar(byte)) : "<\\x\(Hex.string([byte]))>"
      }.joined()
    }
    var shown = ""
    for scalar in text.unicodeScalars {
      if isVisible(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += name(of: scalar)
      }
    }
    return shown
  }

  private static func isVisible(_ scalar: UnicodeScalar) -> Bool {
    if scalar.isASCII { return (0x20...0x7e).contains(scalar.value) || scalar == "\t" }
    guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  private static func name(of scalar: UnicodeScalar) -> String {
    switch scalar.value {
    case 0x0d: return "<CR>"
    case 0x1b: return "<ESC>"
    default:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }
  }
}
