/// Why bytes are not JSON that hookkit reads, and at which byte.
package struct JSONError: Error, Hashable, Sendable {
  package enum Reason: String, Hashable, Sendable {
    case unexpectedByte = "unexpected byte"
    case truncated = "ends too early"
    case tooDeep = "nested too deeply"
    case tooLarge = "too large"
    case duplicateKey = "the same key twice"
    case invalidText = "a string is not valid UTF-8 or has an unpaired surrogate"
    case numberOutOfRange = "a number that is not a 64-bit integer"
    case trailingBytes = "bytes behind the value"
  }

  package let reason: Reason
  package let offset: Int

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

extension JSON {
  /// Reads one JSON text (RFC 8259), stricter than most readers: no duplicate keys by byte equality,
  /// no byte-order mark, no fractions, nothing behind the value.
  ///
  /// - Parameters:
  ///   - bytes: the whole text; at most `maximumCount` bytes.
  ///   - maximumDepth: how many arrays and objects may stand within one another.
  package init(
    reading bytes: [UInt8], maximumCount: Int = 16 << 20, maximumDepth: Int = 64
  ) throws(JSONError) {
    guard bytes.count <= maximumCount else { throw JSONError(.tooLarge, at: maximumCount) }
    var reader = JSONReader(bytes: bytes, maximumDepth: maximumDepth)
    self = try reader.whole()
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  let maximumDepth: Int
  var position = 0

  init(bytes: [UInt8], maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  mutating func whole() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw JSONError(.trailingBytes, at: position) }
    return value
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) {
      position += 1
    }
  }

  private func current() throws(JSONError) -> UInt8 {
    guard position < bytes.count else { throw JSONError(.truncated, at: position) }
    return bytes[position]
  }

  private mutating func expect(_ word: String) throws(JSONError) {
    for byte in word.utf8 {
      guard try current() == byte else { throw JSONError(.unexpectedByte, at: position) }
      position += 1
    }
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth <= maximumDepth else { throw JSONError(.tooDeep, at: position) }
    skipSpace()
    switch try current() {
    case 0x6e:
      try expect("null")
      return .null
    case 0x74:
      try expect("true")
      return .bool(true)
    case 0x66:
      try expect("false")
      return .bool(false)
    case 0x22: return .string(try string())
    case 0x5b: return try array(depth: depth)
    case 0x7b: return try object(depth: depth)
    case 0x2d, 0x30...0x39: return .integer(try integer())
    default: throw JSONError(.unexpectedByte, at: position)
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    position += 1
    var elements: [JSON] = []
    skipSpace()
    if try current() == 0x5d {
      position += 1
      return .array([])
    }
    while true {
      elements.append(try value(depth: depth + 1))
      if try endsList(0x5d) { return .array(elements) }
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    var keys: Set<[UInt8]> = []
    skipSpace()
    if try current() == 0x7d {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      let start = position
      guard try current() == 0x22 else { throw JSONError(.unexpectedByte, at: position) }
      let key = try string()
      guard keys.insert(key).inserted else { throw JSONError(.duplicateKey, at: start) }
      skipSpace()
      try expect(":")
      members.append(JSON.Member(key: key, value: try value(depth: depth + 1)))
      if try endsList(0x7d) { return .object(members) }
    }
  }

  /// Reads the comma or the closing byte behind an element; true when the list is closed.
  private mutating func endsList(_ close: UInt8) throws(JSONError) -> Bool {
    skipSpace()
    let byte = try current()
    guard byte == 0x2c || byte == close else { throw JSONError(.unexpectedByte, at: position) }
    position += 1
    return byte == close
  }

  private mutating func integer() throws(JSONError) -> Int64 {
    let start = position
    if bytes[position] == 0x2d { position += 1 }
    let digits = bytes[position...].prefix { (0x30...0x39).contains($0) }
    position += digits.count
    if position < bytes.count, [0x2e, 0x65, 0x45].contains(bytes[position]) {
      throw JSONError(.numberOutOfRange, at: start)
    }
    guard let first = digits.first, first != 0x30 || digits.count == 1 else {
      throw JSONError(.unexpectedByte, at: start)
    }
    guard let value = Int64(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      throw JSONError(.numberOutOfRange, at: start)
    }
    return value
  }

  private mutating func string() throws(JSONError) -> [UInt8] {
    let start = position
    position += 1
    var text: [UInt8] = []
    while true {
      let byte = try current()
      position += 1
      switch byte {
      case 0x22:
        guard String(validating: text, as: UTF8.self) != nil else {
          throw JSONError(.invalidText, at: start)
        }
        return text
      case 0x5c: try escape(into: &text)
      case 0..<0x20: throw JSONError(.unexpectedByte, at: position - 1)
      default: text.append(byte)
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    let byte = try current()
    position += 1
    switch byte {
    case 0x22, 0x5c, 0x2f: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0c)
    case 0x6e: text.append(0x0a)
    case 0x72: text.append(0x0d)
    case 0x74: text.append(0x09)
    case 0x75:
      let start = position
      var code = UInt32(try unit())
      if (0xd800..<0xdc00).contains(code) {
        guard bytes[position...].starts(with: "\\u".utf8) else {
          throw JSONError(.invalidText, at: start)
        }
        position += 2
        let low = UInt32(try unit())
        guard (0xdc00..<0xe000).contains(low) else { throw JSONError(.invalidText, at: start) }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw JSONError(.invalidText, at: start) }
      text += Array(String(Character(scalar)).utf8)
    default: throw JSONError(.unexpectedByte, at: position - 1)
    }
  }

  private mutating func unit() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Hex.value(of: try current()) else {
        throw JSONError(.unexpectedByte, at: position)
      }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }
}
