/// Messages whose trailers git is asked about.
enum TrailerMessages {
  /// Written by hand, one a rule of git or a habit of people.
  static let table: [String] =
    paragraphs + separators + folds + quarters + comments + endings + bytes + blocksWithTitle

  private static let blocksWithTitle: [String] = lastParagraphs.map { "title\n\nbody\n\n" + $0 }

  /// Last paragraphs, tried behind a title and a body.
  private static let lastParagraphs: [String] = [
    "A: b", "A: b\n", "A: b\nC: d\n", "A: b\n\n", "A: b\n\n\n", "A:b\n", "A:\n", "A: \n", ": b\n",
    "A : b\n", "A  : b\n", "A\t: b\n", "A b: c\n", "A- : c\n", "-: c\n", "-A: b\n", "A-B: c\n",
    "A_B: c\n", "A.B: c\n", "A/B: c\n", "1: 2\n", "A=b\n", "A #b\n", "A\n", "A b\n", "A:b:c\n",
    "A: b: c\n", "A:: b\n", " A: b\n", "\tA: b\n", "A: b\n C: d\n", "A: b\n  c\n\td\nE: f\n",
    "A: b\n \nC: d\n", "A: b\n\t\n", "A: b\n  \n  \n", "A:\n b\n", "A: b \n", "A:  b  c \n",
    "A: b\nplain\n", "plain\nA: b\n", "A: b\nplain\nC: d\n", "Signed-off-by: x\nplain\n",
    "plain\nSigned-off-by: x\n", "Signed-off-by: x\na\nb\nc\n", "Signed-off-by: x\na\nb\nc\nd\n",
    "a\nb\nc\nSigned-off-by: x\n", "a\nb\nc\nd\nSigned-off-by: x\n",
    "signed-off-by: x\nplain\n", "Signed-off-by:x\nplain\n", "Signed-off-by : x\nplain\n",
    "(cherry picked from commit 0123456)\n", "A: b\n(cherry picked from commit 0123456)\n",
    "(cherry picked from commit 0123456)\nA: b\n", "plain\n(cherry picked from commit 01)\nA: b\n",
    "(cherry picked from 01)\nA: b\n", "(Cherry picked from commit 01)\nA: b\n",
    "(cherry picked from commit 01)\na\nb\nc\n", "(cherry picked from commit 01)\na\nb\nc\nd\n",
    "(cherry picked from commit 01)\n fold\nA: b\n",
    "A: b\n(cherry picked from commit 01)\n c: d\n",
    "Co-authored-by: A B <a@example.org>\n", "Co-authored-by: A B\n <a@example.org>\n",
    "Co Authored By: A\n", "Co-authored-by: A\nCo-authored-by: A\n", "* A: b\n", "- A: b\n",
    "> A: b\n", "A: b\r\n", "A: b\r\nC: d\r\n", "A: b\r\n c\r\n", "A: b\r\n\r\n", "A\r: b\n",
    "\u{FEFF}A: b\n", "Ä: b\n", "A: ä\n", "A\u{200B}: b\n", "A： b\n", "A:\u{A0}b\n", "A\u{A0}: b\n",
    "🤖 A: b\nC: d\n", "https://example.org\nA: b\n", "https://example.org\n",
    "A: b\nhttps://example.org\n", "Link: https://example.org/?a=b:c\n", "Fixes: 01 (\"a: b\")\n",
    "Fixes: 01 (\"a: b\")\nSigned-off-by: x\n[x: changed]\nSigned-off-by: y\n",
    "[x: changed]\nSigned-off-by: y\n", "A: b\\nC: d\n", "A: b\u{0B}c\n", "A: b\u{0C}\n",
    "\u{0B}A: b\n", "\u{0C}\nA: b\n", "A: b\n\u{0C}c\n", "A: b\n\u{0B}\nC: d\n",
  ]

  private static let paragraphs: [String] = [
    "", "\n", "\n\n", " ", " \n", "title", "title\n", "A: b", "A: b\n", "A: b\nC: d\n",
    "title\nA: b\n", "title\n\nA: b", "title\n\nA: b\n", "\nA: b\n", "\n\nA: b\n", " \nA: b\n",
    "\n\ntitle\n\nA: b\n", "title\n \nA: b\n", "title\n\t\nA: b\n", "title\n\r\nA: b\n",
    "title\r\n\r\nA: b\r\n", "title\n\nA: b\n\nplain\n", "title\n\nA: b\n\nC: d\n",
    "title\n\nA: b\n\n\nC: d\n\n\n", "title\n\nA: b\n \nC: d\n",
    "title\n\nSigned-off-by: x\n\nA: b\n",
    "title\n\nA: b\n\nhttps://example.org\n", "A: b\n\nC: d\n", "title\nmore\n\nA: b\n",
    "title\n\n\n\n\nA: b\n", "title\n\nbody\nSigned-off-by: x", "Signed-off-by: x\n",
  ]

  private static let separators: [String] = [
    "t\n\nA: b\n---\nC: d\n", "t\n\nA: b\n---\n", "t\n\n---\nA: b\n", "---\n\nA: b\n",
    "t\n\nA: b\n\n---\n file | 1 +\n", "t\n\nA: b\n--- \nx\n", "t\n\nA: b\n----\n",
    "t\n---\n\nA: b\n", "t\n\n--\nA: b\n", "t\n\nA: b\n--\nsignature\n",
    "t\n\nA: b\n\ndiff --git a/x b/x\n", "t\n\nA: b\n\n-- \n2.39.5\n",
  ]

  private static let folds: [String] = [
    "t\n\nA: b\n c\n d\n e\nF: g\n", "t\n\n a\nB: c\n", "t\n\n a\n b\nC: d\n", "t\n\nA: b\n c: d\n",
    "t\n\nplain\n a\nB: c\n", "t\n\nplain\n a\nSigned-off-by: x\n",
    "t\n\nSigned-off-by: x\n a\n b\n c\n d\n e\n f\n", "t\n\nplain\n a\n b\n c\nSigned-off-by: x\n",
    "t\n\nSigned-off-by: x\nplain\n a\n b\n c\n d\n", "t\n\nA:\n\tb\n\n",
    "t\n\nA: b\n   c   \n\td \n",
    "t\n\nA:\n \n b\n", "t\n\nA: b\n c\n\nplain\n", "t\n\n a\n b\n",
    "t\n\n A: b\nSigned-off-by: x\n",
  ]

  private static let quarters: [String] =
    (0...6).flatMap { trailers in
      [0, 1, 2, 3, 4, 8, 9, 12, 13].map { others in
        "t\n\n" + String(repeating: "plain\n", count: others)
          + String(repeating: "Signed-off-by: x\n", count: trailers)
      }
    }
    + (0...3).map { "t\n\n" + String(repeating: "p\n", count: $0) + "A: b\nSigned-off-by: x\n" }

  private static let comments: [String] = [
    "t\n\nA: b\n# c\n", "t\n\n# c\nA: b\n", "t\n\nA: b\n# c\nD: e\n", "# c\n\nA: b\n",
    "# c\nt\n\nA: b\n", "t\n\nA: b\n\n# c\n# d\n", "t\n\nA: b\n\n# c\n\n# d\n\n",
    "t\n# c\n\nA: b\n",
    "t\n\nA: b\n#\n", "t\n\n#A: b\n", "t\n\nA: b\n #c\n", "t\n#\nA: b\n", "#\n#\n",
    "t\n\nplain\n# c\nA: b\n",
    "t\n\nplain\n a\n# c\nA: b\n",
    "t\n\nA: b\n# ------------------------ >8 ------------------------\nC: d\n",
    "t\n\nA: b\n# ------------------------ >8 ------------------------",
    "# ------------------------ >8 ------------------------\n\nA: b\n",
    "t\n\nA: b\n\n# ------------------------ >8 ------------------------\n# x\nplain\n",
    "t\n\nA: b\n ------------------------ >8 ------------------------\nC: d\n",
    "t\n\nA: b\n# ------------------------ >8 ----------------------- \nC: d\n",
    "t\n\nA: b\n\nConflicts:\n\tfile\n", "t\n\nA: b\n\nConflicts:\n\tfile\n\tother\n\n",
    "t\n\nA: b\nConflicts:\n\tfile\n", "t\n\nA: b\n\nConflicts:\n file\n",
    "t\n\nA: b\n\nConflicts:\n",
    "t\n\nA: b\n\nConflicts:\n\tfile\nC: d\n", "t\n\nA: b\n\n# Conflicts:\n#\tfile\n",
    "t\n\nA: b\n\nconflicts:\n\tfile\n", "t\n\nConflicts:\n\tfile\n\nA: b\n",
    "t\n\nA: b\n\n\tfile\n", "Conflicts:\n\tfile\n\nA: b\n", "t\n\nA: b\n\nConflicts: \n\tfile\n",
  ]

  private static let endings: [String] = [
    "t\n\nA: b\n\n \n", "t\n\nA: b\n \n\n \n", "t\n\nA: b\n\t\t", "t\n\nA: b ", "t\n\nA:", "t\n\nA",
    "t\n\n:", "t\n\n::", "t\n\n: :\nA: b\n", "t\n\nA: b\n\r\n\r\n", "t\n\nA: b\r", "t\n\n\r",
    "t\n\rA: b\n",
    "t\r\rA: b\r", "t\n\nA: b\n\n#", "t\n\nA: b\n#", "t\n\nA:b\n  \n#\n  \n",
  ]

  private static let bytes: [String] = [
    "t\n\nA: b\u{0}c\nD: e\n", "t\n\nA: b\n\u{0}\n\nplain\n", "\u{0}", "t\u{0}\n\nA: b\n",
    "t\n\nA: \u{1}\n", "t\n\n\u{1}A: b\n", "t\n\nA: \u{7f}\u{80}\u{FFFF}\n", "t\n\nЁ: b\n",
    "t\n\nA: 🤖\nB: \u{202E}c\n", "t\n\n\u{2028}A: b\n", "t\u{85}\u{85}A: b\n",
  ]

  /// Put together from pieces; the same on every run.
  static func random(_ count: Int) -> [[UInt8]] {
    let pieces = [
      "A: b\n", "Signed-off-by: x\n", "(cherry picked from commit 01)\n", " fold\n", "\tfold: y\n",
      "plain\n", "\n", "\n", " \n", "# c\n", "---\n", "Conflicts:\n", "\r\n", "A: b\r\n",
      "A b : c\n",
      "A", ":", " ", "#", "\n", "-", "\u{0}", "é",
      "# ------------------------ >8 ------------------------\n",
    ].map { Array($0.utf8) }
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    return (0..<count).map { _ in
      var message: [UInt8] = []
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<(state >> 33) % 14 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        message += pieces[Int((state >> 33) % UInt64(pieces.count))]
      }
      return message
    }
  }
}
