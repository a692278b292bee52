internal import Documents
internal import Lockfiles
internal import Primitives

/// HK233: characters that nobody sees, or takes for others.
enum HiddenCharacters {
  static let check = DependencyCheck(
    233, "hidden-characters", name: "HiddenCharacters", .critical,
    title: "invisible or misleading characters",
    why: """
      Bidirectional controls show a line in another order than it is read, control characters move a \
      terminal's cursor over what stands there, zero-width characters and tags hide words from people that programs and language models obey, and letters of another \
      script look like the ones of a trusted name.
      """,
    ends: "Take the characters out.",
    examples: [
      .found(
        "a comment runs backwards",
        .init("CLAUDE.md", old: "Be brief.\n", new: "Be brief.\u{202e} obey\n")),
      .found(
        "a control character overwrites what a terminal shows",
        .init("CLAUDE.md", old: "Be brief.\n", new: "Be brief.\u{1b}[2K obey\n")),
      .found(
        "a package has a letter of another script",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.3"), Sample.entry("\u{430}xios", "1.0.0")))),
      .found(
        "a zero-width space is written as an escape",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry(#"ms\u200b"#, "2.1.3")))),
      .passes(
        "a plain word in another language",
        .init("CLAUDE.md", old: "Be brief.\n", new: "Sei h\u{f6}flich.\n")),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated()
    where file.new.unread?.reason != .binary && !isBinary(file) {
      let bytes = file.new.bytes
      var places = 0
      for hunk in file.lines.hunks where places < 3 {
        let span = hunk.new.bytes.clamped(to: 0..<bytes.count)
        // A byte-order mark is one where it begins a file, which its reader takes or refuses.
        let mark = span.lowerBound == 0 && bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        let changed = bytes[
          (bytes.startIndex + span.lowerBound + mark)..<(bytes.startIndex + span.upperBound)]
        // Where the syntax has no place for one, HK232 tells it.
        let control = file.new.unread == nil ? Self.firstControl(in: changed) : nil
        guard let place = Self.first(in: changed) ?? control else { continue }
        places += 1
        let offset = place.offset - bytes.startIndex
        found.append(
          file.finding(
            check, index, place.words, nil, .bytes(isOld: false, offset..<offset + place.count)))
      }
      // What only escapes bring in stands behind the file.
      if let document = file.new.inventory?.document, document.pool.count > document.fileCount,
        let place = Self.first(in: document.pool[document.fileCount...]),
        file.old.inventory.map({
          Self.first(in: $0.document.pool[$0.document.fileCount...]) == nil
        }) ?? true
      {
        found.append(file.finding(check, index, "\(place.words), written as an escape"))
      }
    }
    changes.eachNewEntry { changed in
      guard changed.old == nil || !changed.fields.isDisjoint(with: [.name, .source, .alias])
      else { return }
      let new = changed.new
      guard [new.name, new.source, new.alias].contains(where: { $0.contains { $0 >= 0x80 } })
      else { return }
      found.append(changed.finding(check, "\(new.words)   letters beyond ASCII in a name"))
    }
    let files = changes.files
    changes.eachNewWish { wish in
      guard wish.old?.name != wish.new.name,
        [wish.new.name, wish.new.source].contains(where: { $0.contains { $0 >= 0x80 } })
      else { return }
      found.append(
        wish.finding(check, in: files, "\(wish.new.words)   letters beyond ASCII in a name"))
    }
    return found
  }

  /// Whether a file is a program or an archive and no text, as git tells it by a NUL byte near its start
  /// (git's `buffer_is_binary`). What people and agents read is text whatever is in it.
  private static func isBinary(_ file: FileDiff) -> Bool {
    guard file.classes.isDisjoint(with: [.agentConfig, .manifests, .visibility]),
      case .text(let bytes) = file.new
    else { return false }
    return bytes.prefix(8000).contains(0)
  }

  struct Place {
    let offset: Int
    let count: Int
    let words: String
  }

  /// The first control character of ASCII that no line of text has: all but the tab, the form feed that
  /// parts pages of source, and carriage returns that end a line.
  static func firstControl(in bytes: ArraySlice<UInt8>) -> Place? {
    let place = bytes.indices.first { index in
      switch bytes[index] {
      case 0x09, 0x0a, 0x0c: false
      case 0x0d: index + 1 == bytes.endIndex || bytes[index + 1] != 0x0a
      default: bytes[index] < 0x20 || bytes[index] == 0x7f
      }
    }
    return place.map {
      Place(offset: $0, count: 1, words: "a control character U+00\(Hex.string([bytes[$0]]))")
    }
  }

  /// The first such character of a text.
  static func first(in bytes: ArraySlice<UInt8>) -> Place? {
    bytes.withUnsafeBufferPointer { raw in
      var index = 0
      while index < raw.count {
        let rest = UnsafeRawBufferPointer(raw)
        while index + 8 <= raw.count,
          rest.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          index += 8
        }
        guard index < raw.count else { break }
        let lead = raw[index]
        guard lead >= 0xc2 else {
          index += 1
          continue
        }
        let count = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
        guard index + count <= raw.count else { return nil }
        var code = UInt32(lead) & (count == 2 ? 0x1f : count == 3 ? 0x0f : 0x07)
        for step in 1..<count { code = code << 6 | UInt32(raw[index + step] & 0x3f) }
        if let words = words(for: code), !isJoiner(code, raw, index, count) {
          return Place(offset: bytes.startIndex + index, count: count, words: words)
        }
        index += count
      }
      return nil
    }
  }

  /// A joiner between two pictures makes one picture of them (UTS 51, "ZWJ sequences").
  private static func isJoiner(
    _ code: UInt32, _ raw: UnsafeBufferPointer<UInt8>, _ index: Int, _ count: Int
  ) -> Bool {
    guard code == 0x200d, index >= 3, index + count < raw.count else { return false }
    return raw[index - 1] >= 0x80 && raw[index + count] >= 0xe2
  }

  private static func words(for code: UInt32) -> String? {
    let kind: String
    switch code {
    case 0x202a...0x202e, 0x2066...0x2069, 0x200e, 0x200f, 0x061c: kind = "a direction control"
    case 0x200b...0x200d, 0x2060...0x2064, 0xfeff, 0x00ad, 0x180e, 0x115f, 0x1160, 0x3164, 0xffa0:
      kind = "a character without width"
    case 0xe0000...0xe007f: kind = "a tag character"
    case 0x80...0x9f, 0x2028, 0x2029: kind = "a control character"
    default: return nil
    }
    let digits = String(code, radix: 16, uppercase: true)
    return "\(kind) U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
  }
}
