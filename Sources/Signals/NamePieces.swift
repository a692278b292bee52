/// A display name as the words it is made of, in pieces that could each name somebody.
///
/// `Claude Opus 4.6 (1M context)` is two pieces, `claude opus 4.6` and `1m context`; `kimi-k2 via
/// Crush` is `kimi k2` and `crush`. Reads folded text.
struct NamePieces {
  /// The words of the present piece, a space between two.
  private(set) var words: [UInt8] = []
  /// Where each word ends in `words`.
  private(set) var ends: [Int] = []
  /// The present piece ended in a colon: `Crush:model`.
  private(set) var endedInColon = false
  private var position = 0
  private var end = 0

  /// A name of more words than this is a sentence.
  static let maximumWordCount = 12

  mutating func start(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// Reads the next piece that has a word in it; false behind the last one.
  mutating func next(_ text: [UInt8]) -> Bool {
    words.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    endedInColon = false
    var wordStart = 0
    var inWord = false
    while position < end {
      let byte = text[position]
      if Self.isWord(byte) || inWord && joins(byte, text) {
        if !inWord {
          if !words.isEmpty { words.append(0x20) }
          wordStart = words.count
          inWord = true
        }
        words.append(byte)
        position += 1
        continue
      }
      position += 1
      if inWord {
        inWord = false
        if isConnector(from: wordStart) {
          words.removeLast(words.count - Swift.max(0, wordStart - 1))
          if !ends.isEmpty { return true }
          continue
        }
        ends.append(words.count)
      }
      switch byte {
      case 0x28, 0x29, 0x2c, 0x2f, 0x3b, 0x26, 0x2b, 0x3a:
        if !ends.isEmpty {
          endedInColon = byte == 0x3a
          return true
        }
      case 0x5b:
        // `model [tool]`, but not `name[bot]`.
        if !ends.isEmpty, text[position - 2] == 0x20 { return true }
      default: break
      }
    }
    if inWord { ends.append(words.count) }
    return !ends.isEmpty
  }

  /// Takes the last word away when it is one of these and not the only one.
  mutating func dropLast(_ candidates: [StaticString]) {
    guard ends.count > 1 else { return }
    let start = ends[ends.count - 2]
    let last = words[(start + 1)...]
    guard
      candidates.contains(where: { word in
        word.withUTF8Buffer { $0.elementsEqual(last) }
      })
    else { return }
    words.removeLast(words.count - start)
    ends.removeLast()
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7a, 0x30...0x39, 0x80...: true
    default: false
    }
  }

  /// A full stop or apostrophe within a word: `4.6`, `o'brien`.
  private func joins(_ byte: UInt8, _ text: [UInt8]) -> Bool {
    (byte == 0x2e || byte == 0x27) && position + 1 < end && Self.isWord(text[position + 1])
  }

  /// Whether the word that begins at `start` joins two names.
  private func isConnector(from start: Int) -> Bool {
    let word = words[start...]
    return word.elementsEqual("and".utf8) || word.elementsEqual("via".utf8)
      || word.elementsEqual("with".utf8) || word.elementsEqual("using".utf8)
  }

  /// A name of the catalog in the form that a piece has.
  static func words(of name: [UInt8]) -> [UInt8] {
    let folded = Folding.folded(name)
    var pieces = NamePieces()
    var result: [UInt8] = []
    pieces.start(0..<folded.count)
    while pieces.next(folded) {
      if !result.isEmpty { result.append(0x20) }
      result += pieces.words
    }
    return result
  }
}
