internal import Documents
internal import Primitives

/// How a tool writes a value that decides nothing. One that is written in any other way may stop the tool, or
/// be more to it than was meant, and is not neutral.
package enum ValueForm: Sendable {
  /// Text on one line.
  case line
  /// `true` or `false`.
  case flag
  /// A whole number of so many digits at most.
  case number(Int)
  /// A date with its time (RFC 3339) as a text.
  case dateText
  /// The same as a value of the syntax, which has such dates.
  case date
  /// So many hexadecimal digits, with or without a word before them.
  case digest(StaticString, Int)
  /// One of these words.
  case word([StaticString])

  /// Whether a scalar has this form.
  ///
  /// - Parameters:
  ///   - isQuoted: whether it is a text, whatever stands in it.
  ///   - isTyped: whether its syntax tells texts from numbers, dates and truth values at all.
  package func matches(_ text: some Collection<UInt8>, isQuoted: Bool, isTyped: Bool) -> Bool {
    let bytes = Array(text)
    let isText = isQuoted || !isTyped
    switch self {
    case .line:
      return Self.isLine(bytes) && (isText || !Self.isTyped(bytes))
    case .flag:
      return !(isTyped && isQuoted)
        && (bytes.elementsEqual("true".utf8) || bytes.elementsEqual("false".utf8))
    case .number(let digits):
      return !(isTyped && isQuoted) && !bytes.isEmpty && bytes.count <= digits
        && bytes.allSatisfy(Self.isDigit) && (bytes.count == 1 || bytes[0] != UInt8(ascii: "0"))
    case .dateText: return isText && Self.isDate(bytes)
    case .date: return !(isTyped && isQuoted) && Self.isDate(bytes)
    case .digest(let word, let count):
      let start = word.utf8CodeUnitCount
      let hasWord = word.withUTF8Buffer { bytes.starts(with: $0) }
      let digits = bytes.dropFirst(hasWord ? start : 0)
      return digits.count == count && digits.allSatisfy { Hex.value(of: $0) != nil }
        && (isText || digits.count < bytes.count || digits.contains { !Self.isDigit($0) })
    case .word(let words):
      return words.contains { $0.withUTF8Buffer { bytes.elementsEqual($0) } }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// No control character, none of the line ends that Unicode has besides, and no expression that a pipeline
  /// puts its secrets in.
  private static func isLine(_ bytes: [UInt8]) -> Bool {
    !bytes.contains(bytes: "${{".utf8)
      && bytes.enumerated().allSatisfy { place, byte in
        switch byte {
        case 0..<0x20, 0x7f: return false
        case 0xc2:
          // U+0080 to U+009F
          return place + 1 >= bytes.count || bytes[place + 1] >= 0xa0
        case 0xe2:
          // U+2028 and U+2029
          return place + 2 >= bytes.count || bytes[place + 1] != 0x80
            || !(0xa8...0xa9).contains(bytes[place + 2])
        default: return true
        }
      }
  }

  /// Whether a bare word is no text but a number, a date, a truth value or nothing (JSON, TOML, YAML 1.1).
  private static func isTyped(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return true }
    let isNumber =
      (isDigit(first) || "+-.".utf8.contains(first))
      && bytes.allSatisfy { isDigit($0) || "+-._:eExXoTtZz ".utf8.contains($0) }
    let isHexadecimal =
      bytes.starts(with: "0x".utf8) && bytes.dropFirst(2).allSatisfy { Hex.value(of: $0) != nil }
    return isNumber || isHexadecimal
      || bytes.count <= 5 && words.contains(String(decoding: bytes, as: UTF8.self).lowercased())
  }

  private static let words: Set<String> = [
    "true", "false", "null", "yes", "no", "on", "off", "y", "n", "~", ".inf", ".nan", "inf", "nan",
  ]

  /// `2026-11-30T12:00:00.5Z`, `2026-11-30 12:00:00+01:00`, or a day alone.
  private static func isDate(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    func take(_ digits: Int, _ range: ClosedRange<Int>, _ end: String = "") -> Int? {
      let own = rest.prefix(digits)
      guard own.count == digits, own.allSatisfy(isDigit) else { return nil }
      let value = own.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      rest = rest.dropFirst(digits)
      guard range.contains(value), end.isEmpty || rest.first.map({ end.utf8.contains($0) }) ?? false
      else { return nil }
      if !end.isEmpty { rest = rest.dropFirst() }
      return value
    }
    guard let year = take(4, 1...9999, "-"), let month = take(2, 1...12, "-"),
      let day = take(2, 1...31)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= days[month - 1] else { return false }
    guard let separator = rest.popFirst() else { return true }
    guard "Tt ".utf8.contains(separator), take(2, 0...23, ":") != nil,
      take(2, 0...59, ":") != nil, take(2, 0...59) != nil
    else { return false }
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix(while: isDigit)
      guard (1...9).contains(digits.count) else { return false }
      rest = rest[digits.endIndex...]
    }
    guard let zone = rest.popFirst() else { return true }
    if "Zz".utf8.contains(zone) { return rest.isEmpty }
    guard "+-".utf8.contains(zone), take(2, 0...23, ":") != nil, take(2, 0...59) != nil else {
      return false
    }
    return rest.isEmpty
  }
}

extension Format {
  /// Whether values of this syntax are texts, numbers or truth values by the way they are written.
  package var hasTypes: Bool {
    switch syntax {
    case .json, .jsonc, .json5, .toml, .yaml, .yamlWithReferences, .edn, .zon, .hcl: true
    default: false
    }
  }
}
