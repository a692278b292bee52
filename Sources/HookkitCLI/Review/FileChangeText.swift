internal import DependencyChecks
internal import Git
internal import Primitives
internal import Report

/// What becomes of one file, for a person who vouches for it: every text line by line, whatever an attribute,
/// a configuration or the file itself calls it; anything else by size, kind and SHA-256, told apart loudly.
struct FileChangeText {
  let blobs: Blobs
  let page: Page
  let terminal: Terminal
  /// The command that shows more of the same change, without what it is to show.
  let command: [String]
  /// Whether no more of a file is shown than a person reads at once.
  let isFolded: Bool

  /// So many lines and bytes of a file are shown before the rest is folded.
  private static let most = (lines: 2000, bytes: 256 << 10)
  /// The same of what is no text.
  private static let mostReadable = 40
  /// Unchanged lines around a change.
  private static let context = 3

  // MARK: One change

  /// - Parameter source: where a new file's very bytes stood so far, under a path that goes away.
  func write(_ change: PathChange, movedFrom source: [UInt8]? = nil) throws {
    let path = Legible.path(change.path)
    if let source {
      try title(path, "\(Self.words(new: change.newMode)), moved here byte for byte from \(source)")
      return
    }
    let old = try Side(change.oldMode, change.oldID, blobs, before: nil)
    let new = try Side(change.newMode, change.newID, blobs, before: old)
    switch (old.text, new.text) {
    case (nil, nil):
      try title(path, Self.words(change))
      if change.oldID != change.newID {
        try untold(old, change.newMode == .absent ? "it was" : "before")
        try untold(new, change.oldMode == .absent ? "it is" : "now")
      }
    default:
      // A side that is no text is told of, and the other one is shown whole.
      let diff = TextDiff(old.text, new.text)
      let counts = change.oldID == change.newID ? "" : ", +\(diff.added) -\(diff.removed)"
      try title(path, Self.words(change) + counts)
      try remark(old, change.newMode == .absent ? "it was" : "before")
      try remark(new, change.oldMode == .absent ? "it is" : "now")
      try untold(old, "before")
      try untold(new, "now")
      guard change.oldID != change.newID else { return }
      try write(diff, change.path)
      if diff.hunks.isEmpty, old.text != nil, new.text != nil {
        try page.line(loud("no line differs: its encoding does"))
      }
      if old.mayBePlain || new.mayBePlain {
        try page.line(loud("the same, byte by byte:"))
        try write(TextDiff(old.singleBytes, new.singleBytes), change.path)
      }
    }
  }

  /// What is said of a file that moves, at its old place.
  func writeMoved(_ change: PathChange, to target: [UInt8]) throws {
    try title(Legible.path(change.path), "moved to \(Legible.path(target)), see there")
  }

  private func title(_ path: String, _ words: String) throws {
    try page.line(terminal.styled("== \(path)", .strong) + ": \(words)")
  }

  private func title(_ path: String, _ words: String, _ source: [UInt8]) throws {
    try title(path, "\(words) \(Legible.path(source))")
  }

  private func remark(_ side: Side, _ when: String) throws {
    if let remark = side.content?.remark { try page.line(loud("\(when) \(remark)")) }
    if let elsewhere = side.elsewhere { try page.line(loud("\(when) \(elsewhere)")) }
  }

  private func loud(_ text: String) -> String { terminal.styled("!! \(text)", .warning) }

  // MARK: What is no text

  private func untold(_ side: Side, _ when: String) throws {
    guard let reason = side.reason, let id = side.id else { return }
    page.withheld += 1
    try page.line(terminal.styled("!! NOT SHOWN, \(when) \(reason)", .error))
    try page.line(loud("SHA-256 \(blobs.digest(id))"))
    try page.line(loud("its bytes: \(CommandLineText.of(command + ["--raw", id.hex]))"))
    let lines = side.readableLines
    guard !lines.isEmpty else { return }
    try page.line(loud("\(lines.count.counted("line")) in it can be read:"))
    let shown = isFolded ? lines.prefix(Self.mostReadable) : lines[...]
    for line in shown { try page.line(Array("  | ".utf8) + Legible.line(line)) }
    guard shown.count < lines.count else { return }
    page.folded += 1
    try page.line(loud("FOLDED: \((lines.count - shown.count).counted("more line"))"))
  }

  // MARK: Lines

  private func write(_ diff: TextDiff, _ path: [UInt8]) throws {
    var room = isFolded ? Self.most : (.max, .max)
    var left = 0
    var last: TextDiff.Piece?
    for piece in diff.pieces(around: Self.context) {
      if room.lines > 0, room.bytes > 0, !(last?.isLast(before: piece) ?? false) {
        let place = "@@ -\(piece.oldLine + 1) +\(piece.newLine + 1) @@"
        try page.line(terminal.styled(place, .place))
      }
      last = piece
      for line in piece.lines {
        room.lines -= 1
        room.bytes -= line.count
        if room.lines >= 0, room.bytes >= 0 {
          try put(piece.sign, line)
        } else if piece.sign != " " {
          left += 1
        }
      }
    }
    guard left > 0 else { return }
    page.folded += 1
    try page.line(
      terminal.styled(
        "!! FOLDED: \(left.counted("more changed line", "more changed lines")) of "
          + Legible.path(path), .error))
    try page.line(
      loud(
        "all of it: \(CommandLineText.of(command + ["--path", Escaped.text(path, limit: .max)]))"))
  }

  private func put(_ sign: String, _ line: ArraySlice<UInt8>) throws {
    let body = line.last == 0x0a ? line.dropLast() : line
    let text = Array(sign.utf8) + ReadableLines.legible(body)
    let style: Terminal.Style? = sign == "+" ? .good : sign == "-" ? .removed : nil
    if let style, terminal.hasColors {
      try page.line(terminal.styled(String(decoding: text, as: UTF8.self), style))
    } else {
      try page.line(text)
    }
    if line.last != 0x0a { try page.line("\\ no line feed at the end") }
  }

  // MARK: Words

  /// `new executable file`, `changed, 100644 -> 100755 (now executable)`
  private static func words(_ change: PathChange) -> String {
    switch (change.oldMode, change.newMode) {
    case (.absent, let mode): return "new \(words(new: mode))"
    case (let mode, .absent): return "\(words(new: mode)) removed"
    case (let old, let new) where old == new: return "\(words(new: new)) changed"
    case (let old, let new):
      let same = change.oldID == change.newID ? ", its bytes are the same" : ""
      return "\(old.octal) \(words(new: old)) becomes \(new.octal) \(words(new: new))\(same)"
    }
  }

  static func words(new mode: FileMode) -> String {
    switch mode {
    case .file: "file"
    case .executable: "executable file"
    case .link: "symbolic link"
    case .gitlink: "submodule"
    default: "file of mode \(mode.octal)"
    }
  }
}

/// One side of a change.
private struct Side {
  let id: ObjectID?
  /// What the lines are read from; `nil` when there are none to show.
  private(set) var text: [UInt8]?
  private(set) var content: FileContent?
  /// Why the bytes are not shown, with their size.
  private(set) var reason: String?
  private(set) var singleBytes: [UInt8]?
  /// What stands elsewhere and is no part of the page.
  private(set) var elsewhere: String?
  /// Of what is no text the lines that can be read.
  private(set) var readableLines: [ArraySlice<UInt8>] = []

  var mayBePlain: Bool {
    if case .wide(_, _, true)? = content { true } else { false }
  }

  init(_ mode: FileMode, _ id: ObjectID, _ blobs: Blobs, before: Side?) throws {
    switch mode {
    case .absent: self.id = nil
    case .gitlink:
      self.id = nil
      text = Array("Subproject commit \(id.hex)\n".utf8)
      elsewhere = "a submodule: its files are in another repository, and not shown"
    default:
      self.id = id
      let size = try blobs.size(id)
      guard size <= Blobs.largest else {
        reason = "it is too large to be compared line by line: \(size.grouped) bytes"
        return
      }
      let bytes = try blobs.bytes(id)
      let wasText = before?.content?.isText ?? false && before?.id != nil
      let content =
        mode.isLink ? .plain : bytes.withUnsafeBytes { FileContent($0, wasText: wasText) }
      self.content = content
      if bytes.starts(with: "version https://git-lfs".utf8) {
        elsewhere = "a pointer of git-lfs: the file itself is elsewhere, and not shown"
      }
      if case .other(let claim) = content {
        reason =
          "NOT TEXT: \(size.grouped) bytes, begins like \(claim ?? "nothing that is known here")"
        readableLines = FileContent.readableLines(of: bytes)
        return
      }
      text = bytes.withUnsafeBytes { ReadableLines($0, as: content).bytes }
      if mode.isLink { text?.append(0x0a) }
      singleBytes =
        mayBePlain ? bytes.withUnsafeBytes { ReadableLines(singleBytesOf: $0).bytes } : text
    }
  }
}

/// Two texts and where they differ.
private struct TextDiff {
  private let old: [UInt8]
  private let new: [UInt8]
  let hunks: [LineDiff.Hunk]
  let added: Int
  let removed: Int

  init(_ old: [UInt8]?, _ new: [UInt8]?) {
    self.old = old ?? []
    self.new = new ?? []
    let diff = LineDiff(self.old[...], self.new[...])
    hunks = diff.hunks
    added = diff.added
    removed = diff.removed
  }

  /// Lines that are all removed, added or unchanged.
  struct Piece {
    let sign: String
    let oldLine: Int
    let newLine: Int
    let lines: Lines
    /// How many lines of each side it stands for.
    let old: Int
    let new: Int

    func isLast(before next: Piece) -> Bool {
      oldLine + old == next.oldLine && newLine + new == next.newLine
    }
  }

  /// Changed lines with a few unchanged ones around them, in their order.
  func pieces(around context: Int) -> [Piece] {
    var pieces: [Piece] = []
    var oldEnd = 0
    // Behind the last change: a place and a line of the new text.
    var end = 0
    var endLine = 0
    func keep(_ range: Range<Int>, _ line: Int, _ oldLine: Int, _ count: Int) {
      guard !range.isEmpty else { return }
      pieces.append(
        Piece(
          sign: " ", oldLine: oldLine, newLine: line, lines: Lines(new[range]), old: count,
          new: count))
    }
    for (number, hunk) in hunks.enumerated() {
      let gap = hunk.new.first - endLine
      let start = hunk.new.bytes.lowerBound
      if number > 0, gap <= 2 * context {
        keep(end..<start, endLine, oldEnd, gap)
      } else {
        if number > 0 {
          let after = place(behind: context, from: end, upTo: start)
          keep(end..<after.place, endLine, oldEnd, after.count)
        }
        let before = place(before: context, from: start, downTo: end)
        keep(
          before.place..<start, hunk.new.first - before.count, hunk.old.first - before.count,
          before.count)
      }
      if hunk.old.count > 0 {
        pieces.append(
          Piece(
            sign: "-", oldLine: hunk.old.first, newLine: hunk.new.first,
            lines: Lines(old[hunk.old.bytes]), old: hunk.old.count, new: 0))
      }
      if hunk.new.count > 0 {
        pieces.append(
          Piece(
            sign: "+", oldLine: hunk.old.first + hunk.old.count, newLine: hunk.new.first,
            lines: Lines(new[hunk.new.bytes]), old: 0, new: hunk.new.count))
      }
      end = hunk.new.bytes.upperBound
      endLine = hunk.new.first + hunk.new.count
      oldEnd = hunk.old.first + hunk.old.count
    }
    if !hunks.isEmpty {
      let after = place(behind: context, from: end, upTo: new.count)
      keep(end..<after.place, endLine, oldEnd, after.count)
    }
    return pieces
  }

  private func place(
    behind count: Int, from start: Int, upTo limit: Int
  ) -> (place: Int, count: Int) {
    var (place, found) = (start, 0)
    while found < count, place < limit {
      place = (new[place..<limit].firstIndex(of: 0x0a) ?? limit - 1) + 1
      found += 1
    }
    return (place, found)
  }

  private func place(
    before count: Int, from start: Int, downTo limit: Int
  ) -> (place: Int, count: Int) {
    var (place, found) = (start, 0)
    while found < count, place > limit {
      place = new[limit..<place - 1].lastIndex(of: 0x0a).map { $0 + 1 } ?? limit
      found += 1
    }
    return (place, found)
  }
}

/// The lines of a text with their line feeds, without a list of them.
struct Lines: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  mutating func next() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: 0x0a).map { $0 + 1 } ?? rest.endIndex
    let line = rest[..<end]
    rest = rest[end...]
    return line
  }
}
