internal import Primitives

/// What a push brings, made legible: every character is seen and none is obeyed.
///
/// Letters, digits, marks and signs of any script stand as they are. Everything else that is not
/// printable ASCII, tab or line feed is named in angle brackets: `<ESC>`, `<U+202E>`, `<\xff>`. That
/// takes in the controls that turn text around or hide it (CVE-2021-42574), and spaces that are none.
/// Blanks that would push the rest of a line out of sight are counted: `<200 blanks>`.
package enum Legible {
  /// So many columns of blanks, at the start of a line and behind it, stand as they are.
  private static let mostBlanks = (indent: 160, gap: 60)
  private static let tabWidth = 8
  /// So many marks over one letter do.
  private static let mostMarks = 3
  /// So many of the same unseen character are named one by one.
  private static let mostAlike = 3

  /// One line without its line feed.
  package static func line(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    if bytes.allSatisfy({ (0x20...0x7e).contains($0) || $0 == 0x09 }) {
      return bytes.count * tabWidth <= mostBlanks.gap ? Array(bytes) : blanksCounted(bytes)
    }
    return Array(text(bytes).utf8)
  }

  /// The same as a string.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return runs(
        bytes.map { byte in
          isPlain(byte) ? .seen(UnicodeScalar(byte)) : .named("\\x\(Hex.string([byte]))")
        })
    }
    var marks = mostMarks
    var turnsAround = false
    var pieces: [Piece] = []
    for scalar in text.unicodeScalars {
      let isMark = scalar.properties.generalCategory == .nonspacingMark
      // The first of a line would sit on the sign in front of it.
      marks = isMark ? marks + 1 : 0
      turnsAround = turnsAround || isRightToLeft(scalar)
      pieces.append(
        isVisible(scalar) && marks <= mostMarks ? .seen(scalar) : .named(name(of: scalar)))
    }
    return (turnsAround ? "<RTL>" : "") + runs(pieces)
  }

  private enum Piece: Equatable {
    case seen(UnicodeScalar)
    case named(String)
  }

  /// The pieces in a row, with long runs of blanks and of one unseen character counted.
  private static func runs(_ pieces: [Piece]) -> String {
    var shown = ""
    var index = 0
    while index < pieces.count {
      let start = index
      let piece = pieces[index]
      switch piece {
      case .seen(let scalar):
        var columns = 0
        while index < pieces.count, case .seen(let next) = pieces[index], isBlank(next) {
          columns += next == "\t" ? tabWidth : 1
          index += 1
        }
        if columns > (start == 0 ? mostBlanks.indent : mostBlanks.gap) {
          shown += "<\(index - start) blanks>"
        } else if index > start {
          for case .seen(let blank) in pieces[start..<index] { shown.unicodeScalars.append(blank) }
        } else {
          shown.unicodeScalars.append(scalar)
          index += 1
        }
      case .named(let name):
        while index < pieces.count, pieces[index] == piece { index += 1 }
        let count = index - start
        shown +=
          count > mostAlike
          ? "<\(name) x \(count)>" : String(repeating: "<\(name)>", count: count)
      }
    }
    return shown
  }

  private static func blanksCounted(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var shown: [UInt8] = []
    var index = line.startIndex
    while index < line.endIndex {
      var end = index
      var columns = 0
      while end < line.endIndex, line[end] == 0x20 || line[end] == 0x09 {
        columns += line[end] == 0x09 ? tabWidth : 1
        end += 1
      }
      if columns > (index == line.startIndex ? mostBlanks.indent : mostBlanks.gap) {
        shown += Array("<\(end - index) blanks>".utf8)
      } else {
        shown += line[index..<end]
      }
      if end < line.endIndex { shown.append(line[end]) }
      index = end + 1
    }
    return shown
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7e).contains(byte) || byte == 0x09
  }

  private static func isBlank(_ scalar: UnicodeScalar) -> Bool { scalar == " " || scalar == "\t" }

  private static func isVisible(_ scalar: UnicodeScalar) -> Bool {
    if scalar.isASCII { return isPlain(UInt8(truncatingIfNeeded: scalar.value)) }
    guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
    // U+2800 is a letter of Braille that looks like a space.
    guard scalar.value != 0x2800 else { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  /// Letters that some terminals show from right to left, with the signs between them: what is seen is
  /// then not the order that a program reads (Unicode Standard Annex 9).
  private static func isRightToLeft(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0x590...0x8ff, 0xfb1d...0xfdff, 0xfe70...0xfefe, 0x10800...0x10fff, 0x1e800...0x1efff:
      true
    default: false
    }
  }

  private static func name(of scalar: UnicodeScalar) -> String {
    switch scalar.value {
    case 0x0d: return "CR"
    case 0x1b: return "ESC"
    default:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }

  /// A path: its bytes as text that can be given back to a command, and in brackets how it reads where
  /// it is not ASCII.
  package static func path(_ bytes: [UInt8]) -> String {
    let escaped = Escaped.text(bytes, limit: .max)
    guard bytes.contains(where: { $0 >= 0x80 }) else { return escaped }
    return "\(escaped) (\(text(bytes)))"
  }
}
