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

  /// The line folded to a width, between columns (two spaces or more) where there are any, else at a
  /// space; what a last line cannot hold is cut.
  ///
  /// - Parameters:
  ///   - most: how many lines at most, 1 or more.
  ///   - hanging: the indent of every line but the first, less than the width.
  package static func fold(
    _ line: String, to width: Int, most: Int, hanging: Int = 0
  ) -> [String] {
    var lines: [String] = []
    var rest = Array(line.utf8)[...]
    func put(_ text: ArraySlice<UInt8>) {
      let indent = String(repeating: " ", count: lines.isEmpty ? 0 : hanging)
      lines.append(indent + String(decoding: text, as: UTF8.self))
    }
    var room = width
    while lines.count + 1 < most, rest.count > room {
      let end = breakPoint(of: rest, within: room)
      var text = rest[..<end]
      while text.last == 0x20 { text.removeLast() }
      put(text)
      rest = rest[end...].drop { $0 == 0x20 }
      room = width - hanging
    }
    if !rest.isEmpty || lines.isEmpty {
      put(Array(cut(String(decoding: rest, as: UTF8.self), to: room).utf8)[...])
    }
    return lines
  }

  /// The line in as many lines as its words need: broken at spaces only, so that a name, a path or a command
  /// stays whole even where it is wider.
  ///
  /// - Parameter hanging: the indent of every line but the first.
  package static func wrap(_ line: String, to width: Int, hanging: Int = 0) -> [String] {
    guard line.utf8.count > width else { return [line] }
    var lines: [String] = []
    var current = ""
    var gap = 0
    var isEmpty = true
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      if !isEmpty, !word.isEmpty, current.utf8.count + gap + word.utf8.count > width {
        lines.append(current)
        current = String(repeating: " ", count: hanging)
        gap = 0
      }
      if !word.isEmpty {
        current += String(repeating: " ", count: gap) + word
        isEmpty = false
        gap = 0
      }
      gap += 1
    }
    return lines + [current]
  }

  /// Where to break a text that is longer than the room: behind something that is no space.
  private static func breakPoint(of text: ArraySlice<UInt8>, within room: Int) -> Int {
    let head = text.prefix(room + 1)
    let start = head.firstIndex { $0 != 0x20 } ?? head.endIndex
    let spaces = head.indices.filter { $0 > start && head[$0] == 0x20 }
    let gap = spaces.last { $0 + 1 < text.endIndex && text[$0 + 1] == 0x20 }
    return gap ?? spaces.last ?? min(text.startIndex + max(1, room), text.endIndex)
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
