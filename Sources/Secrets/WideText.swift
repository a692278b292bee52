/// Letters of ASCII in UTF-16, which have a zero beside each of them, whatever stands before and behind.
enum WideText {
  /// Fewer of them in a row are no text.
  private static let least = 8

  /// The letters without their zeros, a space between two runs; `nil` where there are none.
  ///
  /// In either byte order a letter is followed by a zero, but for the last one of a run.
  static func narrowed(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard text.contains(0) else { return nil }
    var letters: [UInt8] = []
    var place = 0
    while place + 1 < text.count {
      guard isLetter(text[place]), text[place + 1] == 0 else {
        place += 1
        continue
      }
      let start = place
      while place + 1 < text.count, isLetter(text[place]), text[place + 1] == 0 { place += 2 }
      var count = (place - start) / 2
      // The last letter of big-endian text has no zero behind it.
      if place < text.count, isLetter(text[place]), start > 0, text[start - 1] == 0 { count += 1 }
      guard count >= least else { continue }
      for index in 0..<count { letters.append(text[start + 2 * index]) }
      letters.append(0x20)
    }
    return letters.isEmpty ? nil : letters
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x20..<0x7f).contains(byte) || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }
}
