import Lockfiles

/// A lock, an honest change of it, and what an attacker would do to it besides.
struct MutatedLock: Sendable {
  let path: String
  let old: String
  /// The honest change: each text for the other, at its first place.
  let change: [(String, String)]
  /// What is done to an entry that the honest change leaves alone: operator, text, replacement.
  let attacks: [(name: String, text: String, replacement: String)]

  init(
    _ path: String, _ old: String, change: [(String, String)],
    attacks: [(name: String, text: String, replacement: String)]
  ) {
    self.path = path
    self.old = old
    self.change = change
    self.attacks = attacks
  }

  static func edited(_ text: String, _ old: String, _ new: String) -> String? {
    guard let place = text.firstRange(of: old) else { return nil }
    return text.replacingCharacters(in: place, with: new)
  }

  var new: String? {
    var text = old
    for (before, after) in change {
      guard let next = Self.edited(text, before, after) else { return nil }
      text = next
    }
    return text
  }

  /// What can be done to any text, whatever it means.
  static let general: [(name: String, apply: @Sendable (String) -> [UInt8])] = [
    ("conflict markers at the start", { Array("<<<<<<< ours\n".utf8) + Array($0.utf8) }),
    (
      "conflict markers in the middle",
      { text in
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        lines.insert("<<<<<<< ours", at: lines.count / 2)
        lines.insert("=======", at: lines.count / 2 + 2)
        lines.append(">>>>>>> theirs\n")
        return Array(lines.joined(separator: "\n").utf8)
      }
    ),
    ("a byte-order mark", { [0xef, 0xbb, 0xbf] + Array($0.utf8) }),
    ("a NUL byte", { Array($0.utf8) + [0] }),
    ("bytes that are no UTF-8", { Array($0.utf8) + [0xff, 0xfe, 0x0a] }),
    ("UTF-16", { $0.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] } }),
    ("a direction control in the last line", { Array($0.utf8) + Array("# \u{202e}\n".utf8) }),
    ("all of it twice", { Array($0.utf8) + Array($0.utf8) }),
    ("a bomb of brackets", { Array($0.utf8) + [UInt8](repeating: 0x5b, count: 100_000) }),
    ("a bomb of lines", { Array($0.utf8) + [UInt8](repeating: 0x61, count: 2 << 20) }),
    ("a second document", { Array($0.utf8) + Array("\n---\nx: 1\n".utf8) }),
    ("half of it", { Array($0.utf8.prefix($0.utf8.count / 2 + 1)) }),
    ("nothing", { _ in [] }),
  ]
}

extension String {
  fileprivate func firstRange(of text: String) -> Range<String.Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
      index = self.index(after: index)
    }
    return nil
  }

  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
