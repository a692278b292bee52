/// Somebody whom a line of a commit message names as having had a part in the work.
package struct ClaimedAuthor: Hashable, Sendable {
  /// The key as it is written, such as `Co-authored-by`.
  package let key: [UInt8]
  /// What stands before the address.
  package let name: [UInt8]
  /// What stands in the last angle brackets, or all that looks like an address; empty for none.
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
    guard let colon = line.firstIndex(of: 0x3a), colon - line.startIndex <= Claim.maximumKeyCount
    else { return nil }
    let key = line[..<colon]
    let folded = key.compactMap { byte -> UInt8? in
      switch byte {
      case 0x20, 0x09, 0x2d, 0x5f, 0x3e, 0x2a: nil
      case 0x41...0x5a: byte + 0x20
      default: byte
      }
    }
    guard let claim = Claim(folded: folded), claim.subject == .author else { return nil }
    let value = line[(colon + 1)...]
    if let open = value.lastIndex(of: 0x3c) {
      name = Self.trimmed(value[..<open])
      email = Self.trimmed(value[(open + 1)...].prefix { $0 != 0x3e })
    } else {
      name = Self.trimmed(value)
      email = value.split(separator: 0x20).first { $0.contains(0x40) }.map { Array($0) } ?? []
    }
    self.key = Self.trimmed(key)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d }
    return Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
