internal import Primitives

/// The parts of XML below its elements: names, character data, references, comments.
extension XMLSyntax {
  func current() throws(Unread) -> UInt8 {
    guard position < bytes.count else { throw Unread(.truncated, at: position) }
    return bytes[position]
  }

  mutating func expect(_ word: StaticString) throws(Unread) {
    guard bytes.has(word, at: position) else {
      let isCut = bytes.count - position < word.utf8CodeUnitCount
      throw Unread(isCut ? .truncated : .unexpected, at: position)
    }
    position += word.utf8CodeUnitCount
  }

  /// Goes over white space; whether there was some, or the tag ends here anyway.
  mutating func skipSpace() throws(Unread) -> Bool {
    let start = position
    while position < bytes.count, isSpace(bytes[position]) { position += 1 }
    let byte = try current()
    guard
      position > start || byte == 0x3e || byte == 0x2f || byte == 0x3d || byte == 0x22
        || byte == 0x27
    else { throw Unread(.unexpected, at: position) }
    return true
  }

  /// A name of ASCII letters, digits, `_`, `:`, `-` and `.` (XML 1.0, production 5, without the letters
  /// beyond ASCII, which may look like others).
  mutating func name() throws(Unread) -> Text {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case 0x41...0x5a, 0x61...0x7a, 0x5f, 0x3a: position += 1
      case 0x30...0x39 where position > start: position += 1
      case 0x2d where position > start: position += 1
      case 0x2e where position > start: position += 1
      case 0x80...: throw Unread(.unsupported, at: position)
      default:
        guard position > start else { throw Unread(.unexpected, at: position) }
        return Text(start..<position)
      }
    }
    throw Unread(.truncated, at: position)
  }

  // MARK: Outside of elements

  /// `<?xml version="1.0" encoding="UTF-8"?>`: the encodings whose bytes are read as they stand.
  mutating func declaration() throws(Unread) {
    guard bytes.has("<?xml", at: position), position + 5 < bytes.count,
      isSpace(bytes[position + 5])
    else { return }
    let start = position
    position += 5
    var isVersionRead = false
    while true {
      let hadSpace = position < bytes.count && isSpace(bytes[position])
      while position < bytes.count, isSpace(bytes[position]) { position += 1 }
      if bytes.has("?>", at: position) { break }
      guard hadSpace else { throw Unread(.unexpected, at: position) }
      let name = try name()
      while position < bytes.count, isSpace(bytes[position]) { position += 1 }
      try expect("=")
      while position < bytes.count, isSpace(bytes[position]) { position += 1 }
      let quote = try current()
      guard quote == 0x22 || quote == 0x27,
        let end = bytes.firstIndex(of: quote, in: position + 1..<min(bytes.count, start + 256))
      else { throw Unread(.unexpected, at: position) }
      let value = bytes[position + 1..<end].map { $0 | ((0x41...0x5a).contains($0) ? 0x20 : 0) }
      try requireKnown(bytes[name.range], value, isVersionRead, at: position)
      isVersionRead = true
      position = end + 1
    }
    guard isVersionRead else { throw Unread(.unexpected, at: start) }
    position += 2
  }

  private func requireKnown(
    _ name: ArraySlice<UInt8>, _ value: [UInt8], _ isVersionRead: Bool, at place: Int
  ) throws(Unread) {
    let isKnown: Bool
    if name.elementsEqual("version".utf8), !isVersionRead {
      isKnown = value.elementsEqual("1.0".utf8)
    } else if name.elementsEqual("encoding".utf8), isVersionRead {
      let isUTF8 = value.elementsEqual("utf-8".utf8)
      // Single-byte encodings agree with UTF-8 as long as the file is ASCII.
      let singles = ["us-ascii", "ascii", "iso-8859-1", "windows-1252", "cp1252"]
      isKnown =
        isUTF8
        || (singles.contains { value.elementsEqual($0.utf8) } && bytes.allSatisfy { $0 < 0x80 })
    } else if name.elementsEqual("standalone".utf8), isVersionRead {
      isKnown = value.elementsEqual("yes".utf8) || value.elementsEqual("no".utf8)
    } else {
      throw Unread(.unexpected, at: place)
    }
    guard isKnown else { throw Unread(.unsupported, at: place) }
  }

  /// White space and comments before or behind the document's element.
  mutating func skipMiscellany() throws(Unread) {
    while position < bytes.count {
      if isSpace(bytes[position]) {
        position += 1
      } else if bytes.has("<!--", at: position) {
        try skipComment()
      } else if bytes.has("<!", at: position) || bytes.has("<?", at: position) {
        throw Unread(.unsupported, at: position)
      } else {
        return
      }
    }
  }

  mutating func skipComment() throws(Unread) {
    let start = position
    position += 4
    while let dash = bytes.firstIndex(of: 0x2d, in: position..<bytes.count) {
      position = dash + 1
      guard bytes.has("-", at: position) else { continue }
      position += 1
      try expect(">")
      return
    }
    throw Unread(.truncated, at: start)
  }

  // MARK: Character data

  /// All character data up to the next tag, with comments taken away and CDATA sections opened.
  mutating func characterData(into builder: inout DocumentBuilder) throws(Unread) -> Text {
    var whole = Text.empty
    while true {
      let part: Text
      if bytes.has("<!--", at: position) {
        try skipComment()
        continue
      } else if bytes.has("<![CDATA[", at: position) {
        part = try cdata(into: &builder)
      } else if try current() == 0x3c {
        if bytes.has("<!", at: position) || bytes.has("<?", at: position) {
          throw Unread(.unsupported, at: position)
        }
        return whole
      } else {
        part = try text(upTo: 0x3c, isAttribute: false, into: &builder)
      }
      if whole.isEmpty {
        whole = part
      } else if !part.isEmpty {
        // Pieces stand one behind the other in the pool, so that many of them are not copied often.
        whole = try builder.join(whole, part)
      }
    }
  }

  private mutating func cdata(into builder: inout DocumentBuilder) throws(Unread) -> Text {
    let start = position + 9
    position = start
    while let bracket = bytes.firstIndex(of: 0x5d, in: position..<bytes.count) {
      guard bytes.has("]]>", at: bracket) else {
        position = bracket + 1
        continue
      }
      position = bracket + 3
      return try withoutReturns(start..<bracket, into: &builder)
    }
    throw Unread(.truncated, at: start)
  }

  private func withoutReturns(
    _ range: Range<Int>, into builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    try requireCharacters(range)
    guard bytes.firstIndex(of: 0x0d, in: range) != nil else { return Text(range) }
    return try builder.keep(bytes[range].filter { $0 != 0x0d })
  }

  /// Text up to a byte, which is not taken: references resolved, line ends as line feeds, and in an
  /// attribute all white space as spaces (XML 1.0, 2.11 and 3.3.3).
  mutating func text(
    upTo end: UInt8, isAttribute: Bool, into builder: inout DocumentBuilder
  ) throws(Unread) -> Text {
    let start = position
    try skipPlainText(upTo: end, isAttribute)
    if try current() == end {
      try requireCharacters(start..<position)
      return Text(start..<position)
    }
    var decoded = Array(bytes[start..<position])
    while true {
      let byte = try current()
      switch byte {
      case end:
        try requireCharacters(start..<position)
        return try builder.keep(decoded)
      case 0x3c: throw Unread(.unexpected, at: position)
      case 0x26: try reference(into: &decoded)
      case 0x0d: position += 1
      case 0x0a, 0x09:
        decoded.append(isAttribute ? 0x20 : byte)
        position += 1
      case 0x5d where !isAttribute && bytes.has("]]>", at: position):
        throw Unread(.unexpected, at: position)
      default:
        decoded.append(byte)
        position += 1
      }
    }
  }

  /// Goes on to the first byte that ends a text or has to be looked at.
  private mutating func skipPlainText(upTo end: UInt8, _ isAttribute: Bool) throws(Unread) {
    position = bytes.withUnsafeBufferPointer { bytes in
      var index = position
      while index < bytes.count {
        let byte = bytes[index]
        if byte == end || byte == 0x26 || byte == 0x3c || byte == 0x0d { return index }
        if isAttribute, byte < 0x20 { return index }
        if byte == 0x5d, !isAttribute { return index }
        index += 1
      }
      return index
    }
  }

  /// U+FFFE and U+FFFF are no characters (XML 1.0, production 2); the other exclusions are control
  /// characters and surrogates, which no file has that gets here.
  private func requireCharacters(_ range: Range<Int>) throws(Unread) {
    var index = range.lowerBound
    while let lead = bytes.firstIndex(of: 0xef, in: index..<range.upperBound) {
      if bytes.has("\u{FFFE}", at: lead) || bytes.has("\u{FFFF}", at: lead) {
        throw Unread(.unexpected, at: lead)
      }
      index = lead + 1
    }
  }

  private mutating func reference(into text: inout [UInt8]) throws(Unread) {
    let start = position
    let limit = min(bytes.count, start + 16)
    guard let end = bytes.firstIndex(of: 0x3b, in: start..<limit) else {
      throw Unread(limit == bytes.count ? .truncated : .unexpected, at: start)
    }
    let name = bytes[start + 1..<end]
    position = end + 1
    if name.first == 0x23 {
      let scalar = try number(name.dropFirst(), at: start)
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      return
    }
    let entities: [(StaticString, UInt8)] = [
      ("lt", 0x3c), ("gt", 0x3e), ("amp", 0x26), ("quot", 0x22), ("apos", 0x27),
    ]
    for (entity, byte) in entities
    where name.count == entity.utf8CodeUnitCount && bytes.has(entity, at: start + 1) {
      text.append(byte)
      return
    }
    throw Unread(.unsupported, at: start)
  }

  /// `65` or `x41`, a character that XML has.
  private func number(_ digits: ArraySlice<UInt8>, at start: Int) throws(Unread) -> Unicode.Scalar {
    let isHex = digits.first == 0x78
    let digits = isHex ? digits.dropFirst() : digits
    guard !digits.isEmpty, digits.count <= 8 else { throw Unread(.unexpected, at: start) }
    var code: UInt32 = 0
    for byte in digits {
      guard let digit = Hex.value(of: byte), isHex || digit < 10 else {
        throw Unread(.unexpected, at: start)
      }
      code = code &* (isHex ? 16 : 10) &+ UInt32(digit)
    }
    let isWhite = code == 0x09 || code == 0x0a || code == 0x0d
    guard isWhite || code >= 0x20, code != 0xfffe, code != 0xffff,
      let scalar = Unicode.Scalar(code)
    else { throw Unread(.unexpected, at: start) }
    return scalar
  }
}
