/// Somebody whom a line of a commit message names as having had a part in the work.
package struct ClaimedAuthor: Hashable, Sendable {
  /// The key as an eye reads it, in small letters: `co-authored-by`.
  package let key: [UInt8]
  /// What stands before the address, in small letters.
  package let name: [UInt8]
  /// What stands in the last angle brackets, or what looks like an address; empty for none.
  package let email: [UInt8]
}

extension ClaimedAuthor {
  /// Most lines of one message that are looked at; a message with more names nobody further.
  private static let most = 256

  /// The people and programs whom `Co-authored-by`, `Signed-off-by` and their spellings name, wherever
  /// in the message the line stands (Rule N).
  package static func all(in message: ArraySlice<UInt8>) -> [ClaimedAuthor] {
    var found: [ClaimedAuthor] = []
    for line in message.split(separator: 0x0a) {
      guard found.count < most else { break }
      if let author = ClaimedAuthor(line: line) { found.append(author) }
    }
    return found
  }

  private init?(line: ArraySlice<UInt8>) {
    // As an eye reads it: a hyphen from elsewhere in Unicode is a hyphen.
    var folded: [UInt8] = []
    Folding.fold(line.span, 0..<line.count, lookAlikes: true, into: &folded)
    guard let colon = folded.firstIndex(of: 0x3a), colon <= 2 * Claim.maximumKeyCount else {
      return nil
    }
    let letters = folded[..<colon].filter { (0x61...0x7a).contains($0) }
    guard let claim = Claim(folded: letters), claim.subject == .author else { return nil }
    let value = folded[(colon + 1)...]
    if let open = value.lastIndex(of: 0x3c) {
      name = Self.trimmed(value[..<open])
      email = Self.trimmed(value[(open + 1)...].prefix { $0 != 0x3e })
    } else {
      name = Self.trimmed(value)
      email = value.split(separator: 0x20).first { $0.contains(0x40) }.map { Array($0) } ?? []
    }
    key = Self.trimmed(folded[..<colon])
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d }
    return Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
