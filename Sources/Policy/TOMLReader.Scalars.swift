internal import Primitives

extension TOMLReader {
  // MARK: Strings

  /// `"..."` on one line, with escapes.
  mutating func basicString() throws(TOMLError) -> [UInt8] {
    let start = position
    index += 1
    var text: [UInt8] = []
    while let next = byte, next != 0x0a, next != 0x0d {
      switch next {
      case 0x22:
        index += 1
        return text
      case 0x5c: try escape(into: &text)
      default:
        text.append(next)
        index += 1
      }
    }
    throw TOMLError(.unterminatedString, at: start)
  }

  /// `'...'` on one line, as it stands.
  mutating func literalString() throws(TOMLError) -> [UInt8] {
    let start = position
    index += 1
    let text = bytes[index...].prefix { $0 != 0x27 && $0 != 0x0a && $0 != 0x0d }
    index += text.count
    guard byte == 0x27 else { throw TOMLError(.unterminatedString, at: start) }
    index += 1
    return Array(text)
  }

  /// `"""..."""`, with escapes and with lines joined by a backslash at their end.
  mutating func multiLineBasicString() throws(TOMLError) -> [UInt8] {
    let start = position
    index += 3
    _ = skipLineEnd()
    var text: [UInt8] = []
    while let next = byte {
      if next == 0x22, closes(0x22, into: &text) { return text }
      if next == 0x5c {
        if try !joinLines() { try escape(into: &text) }
      } else if skipLineEnd() {
        text.append(0x0a)
      } else if next != 0x22 {
        text.append(next)
        index += 1
      }
    }
    throw TOMLError(.unterminatedString, at: start)
  }

  /// `'''...'''`, as it stands.
  mutating func multiLineLiteralString() throws(TOMLError) -> [UInt8] {
    let start = position
    index += 3
    _ = skipLineEnd()
    var text: [UInt8] = []
    while let next = byte {
      if next == 0x27, closes(0x27, into: &text) { return text }
      if skipLineEnd() {
        text.append(0x0a)
      } else if next != 0x27 {
        text.append(next)
        index += 1
      }
    }
    throw TOMLError(.unterminatedString, at: start)
  }

  /// Takes the run of quotes that is next. One or two of them are text; of three to five the last
  /// three end the string (TOML 1.0.0, "String"); after five the string has ended too.
  private mutating func closes(_ quote: UInt8, into text: inout [UInt8]) -> Bool {
    var run = 0
    while run < 5, index < bytes.count, bytes[index] == quote {
      run += 1
      index += 1
    }
    text += [UInt8](repeating: quote, count: run < 3 ? run : run - 3)
    return run >= 3
  }

  /// Steps over a backslash at the end of a line and all blanks and line ends after it.
  private mutating func joinLines() throws(TOMLError) -> Bool {
    let after = bytes[(index + 1)...].prefix { $0 == 0x20 || $0 == 0x09 }
    guard after.endIndex < bytes.count, [0x0a, 0x0d].contains(bytes[after.endIndex]) else {
      return false
    }
    index = after.endIndex
    while skipLineEnd() { skipBlanks() }
    return true
  }

  private mutating func escape(into text: inout [UInt8]) throws(TOMLError) {
    let start = position
    index += 1
    let letter = byte
    index += 1
    switch letter {
    case 0x62: text.append(0x08)
    case 0x74: text.append(0x09)
    case 0x6e: text.append(0x0a)
    case 0x66: text.append(0x0c)
    case 0x72: text.append(0x0d)
    case 0x22, 0x5c: text.append(letter ?? 0)
    case 0x75: try scalar(digits: 4, start, into: &text)
    case 0x55: try scalar(digits: 8, start, into: &text)
    default: throw TOMLError(.invalidEscape, at: start)
    }
  }

  private mutating func scalar(
    digits: Int, _ start: SourcePosition, into text: inout [UInt8]
  ) throws(TOMLError) {
    var code: UInt32 = 0
    for _ in 0..<digits {
      guard let next = byte, let digit = Hex.value(of: next) else {
        throw TOMLError(.invalidEscape, at: start)
      }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    guard let scalar = Unicode.Scalar(code) else { throw TOMLError(.invalidEscape, at: start) }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  // MARK: Numbers, booleans and what looks like them

  mutating func plainValue() throws(TOMLError) -> TOMLValue.Kind {
    let start = position
    let word = bytes[index...].prefix { TOMLReader.isPlain($0) }
    guard !word.isEmpty else { throw error(expected: "a value") }
    index += word.count
    if word.elementsEqual("true".utf8) { return .bool(true) }
    if word.elementsEqual("false".utf8) { return .bool(false) }
    switch TOMLNumber.read(word) {
    case .success(let value): return .integer(value)
    case .failure(let failure): throw TOMLError(failure.problem, at: start)
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d, 0x2b, 0x2e, 0x3a: true
    default: false
    }
  }
}

/// The integers of TOML 1.0.0: decimal with a sign, hexadecimal, octal, binary; underscores between
/// digits only.
enum TOMLNumber {
  struct Failure: Error {
    let problem: TOMLError.Problem
  }

  static func read(_ word: ArraySlice<UInt8>) -> Result<Int64, Failure> {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] as [(String, Int64)]
    where word.starts(with: prefix.utf8) {
      return digits(word.dropFirst(2), radix: radix, isNegative: false)
    }
    let isSigned = word.first == 0x2b || word.first == 0x2d
    let body = isSigned ? word.dropFirst() : word
    guard body.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x5f }) else {
      return .failure(Failure(problem: other(body)))
    }
    guard body.count == 1 || body.first != 0x30 else {
      return .failure(Failure(problem: .invalidNumber))
    }
    return digits(body, radix: 10, isNegative: word.first == 0x2d)
  }

  private static func digits(
    _ text: ArraySlice<UInt8>, radix: Int64, isNegative: Bool
  ) -> Result<Int64, Failure> {
    var value: Int64 = 0
    var previousIsDigit = false
    for character in text {
      if character == 0x5f, previousIsDigit {
        previousIsDigit = false
        continue
      }
      guard let digit = Hex.value(of: character), Int64(digit) < radix else {
        return .failure(Failure(problem: .invalidNumber))
      }
      previousIsDigit = true
      let shifted = value.multipliedReportingOverflow(by: radix)
      let sum =
        isNegative
        ? shifted.partialValue.subtractingReportingOverflow(Int64(digit))
        : shifted.partialValue.addingReportingOverflow(Int64(digit))
      guard !shifted.overflow, !sum.overflow else {
        return .failure(Failure(problem: .integerOutOfRange))
      }
      value = sum.partialValue
    }
    return previousIsDigit ? .success(value) : .failure(Failure(problem: .invalidNumber))
  }

  /// Tells a float and a date, which hookkit does not use, from what is no value at all.
  private static func other(_ body: ArraySlice<UInt8>) -> TOMLError.Problem {
    if body.elementsEqual("inf".utf8) || body.elementsEqual("nan".utf8) {
      return .unused("a float")
    }
    guard let first = body.first, (0x30...0x39).contains(first) else { return .invalidNumber }
    let marks = body.drop { (0x30...0x39).contains($0) || $0 == 0x5f }
    switch marks.first {
    case 0x2d, 0x3a: return .unused("a date")
    case 0x2e, 0x65, 0x45: return .unused("a float")
    default: return .invalidNumber
    }
  }
}
