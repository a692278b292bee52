internal import Documents
internal import Lockfiles
internal import Primitives

/// Container images in the changed lines of programs, whatever the syntax: `FROM name:tag@sha256:...`.
enum ImagePins {
  /// Images that a removed line has by a digest and an added line without one: what stands there now, and
  /// where; and how many there are besides those.
  static func lost(
    in file: FileDiff
  ) -> (shown: [(image: ArraySlice<UInt8>, place: Range<Int>)], more: Int) {
    guard !file.lines.hunks.isEmpty, !file.new.bytes.isEmpty else { return ([], 0) }
    var pinned: Set<ByteKey> = []
    for hunk in file.lines.hunks {
      for word in words(file.old.bytes, hunk.old.bytes) where isPinned(word) {
        pinned.insert(ByteKey(Array(name(word))))
      }
    }
    guard !pinned.isEmpty else { return ([], 0) }
    var found: [(image: ArraySlice<UInt8>, place: Range<Int>)] = []
    var more = 0
    let bytes = file.new.bytes
    for hunk in file.lines.hunks {
      for word in words(bytes, hunk.new.bytes) {
        guard !isPinned(word), pinned.contains(ByteKey(Array(name(word)))) else { continue }
        guard found.count < Statements.most else {
          more += 1
          continue
        }
        let start = word.startIndex - bytes.startIndex
        found.append((word, start..<start + word.count))
      }
    }
    return (found, more)
  }

  private static func words(_ bytes: ArraySlice<UInt8>, _ range: Range<Int>) -> [ArraySlice<UInt8>]
  {
    let range = range.clamped(to: 0..<bytes.count)
    return bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)]
      .split { byte in
        byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
          || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "=")
      }
  }

  private static func isPinned(_ word: ArraySlice<UInt8>) -> Bool {
    guard let at = word.lastIndex(of: UInt8(ascii: "@")) else { return false }
    return word[at...].starts(with: "@sha256:".utf8) && word[at...].count == 72
  }

  /// The image without its tag and digest.
  private static func name(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let name = word.prefix { $0 != UInt8(ascii: "@") }
    guard let colon = name.lastIndex(of: UInt8(ascii: ":")),
      !name[colon...].contains(UInt8(ascii: "/"))
    else { return name }
    return name[..<colon]
  }
}
