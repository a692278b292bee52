// The values of TOML without quotes: booleans, numbers, dates and times. They are checked and not
// computed.

extension TOMLSyntax {
  mutating func bareValue() throws(Unread) -> Text {
    let start = position
    skipWord()
    // "For the sake of readability" a date and its time may have a space between them.
    if position - start == 10, isDate(start..<position), position + 3 < bytes.count,
      bytes[position] == 0x20, isDigit(position + 1), isDigit(position + 2),
      bytes[position + 3] == 0x3a
    {
      position += 1
      skipWord()
    }
    let range = start..<position
    guard isBoolean(range) || isInteger(range) || isFloat(range) || isDateOrTime(range) else {
      throw Unread(
        position == bytes.count ? .truncated : .unexpected, at: start,
        range.isEmpty ? .value : .word)
    }
    return Text(start: start, count: range.count)
  }

  private mutating func skipWord() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x2e, 0x3a, 0x5f: position += 1
      default: return
      }
    }
  }

  private func isDigit(_ index: Int) -> Bool { bytes[index] &- 0x30 < 10 }

  private func isWord(_ range: Range<Int>, _ word: StaticString) -> Bool {
    builder.document.equals(Text(start: range.lowerBound, count: range.count), word)
  }

  private func isBoolean(_ range: Range<Int>) -> Bool {
    isWord(range, "true") || isWord(range, "false")
  }

  // MARK: Numbers

  private func isInteger(_ range: Range<Int>) -> Bool {
    if range.count > 2, bytes[range.lowerBound] == 0x30 {
      let digits = range.dropFirst(2)
      switch bytes[range.lowerBound + 1] {
      case 0x78: return isDigits(digits) { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 6 }
      case 0x6f: return isDigits(digits) { $0 &- 0x30 < 8 }
      case 0x62: return isDigits(digits) { $0 &- 0x30 < 2 }
      default: return false
      }
    }
    return isDecimal(withoutSign(range))
  }

  private func withoutSign(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first, bytes[first] == 0x2b || bytes[first] == 0x2d else {
      return range
    }
    return range.dropFirst()
  }

  /// Digits without a zero in front.
  private func isDecimal(_ range: Range<Int>) -> Bool {
    guard isDigits(range, { $0 &- 0x30 < 10 }) else { return false }
    return range.count == 1 || bytes[range.lowerBound] != 0x30
  }

  /// Digits, with an underscore only between two of them.
  private func isDigits(_ range: Range<Int>, _ isDigit: (UInt8) -> Bool) -> Bool {
    var mayBreak = false
    for index in range {
      if isDigit(bytes[index]) {
        mayBreak = true
      } else {
        guard bytes[index] == 0x5f, mayBreak else { return false }
        mayBreak = false
      }
    }
    return mayBreak
  }

  private func isFloat(_ range: Range<Int>) -> Bool {
    var rest = withoutSign(range)
    if isWord(rest, "inf") || isWord(rest, "nan") { return true }
    if let mark = rest.first(where: { bytes[$0] | 0x20 == 0x65 }) {
      let exponent = withoutSign(mark + 1..<rest.upperBound)
      guard isDigits(exponent, { $0 &- 0x30 < 10 }) else { return false }
      rest = rest.lowerBound..<mark
      if isDecimal(rest) { return true }
    }
    guard let point = rest.first(where: { bytes[$0] == 0x2e }) else { return false }
    return isDecimal(rest.lowerBound..<point)
      && isDigits(point + 1..<rest.upperBound) { $0 &- 0x30 < 10 }
  }

  // MARK: Dates and times (RFC 3339)

  private func isDateOrTime(_ range: Range<Int>) -> Bool {
    if isTime(range) || isDate(range) { return true }
    guard range.count > 11, isDate(range.prefix(10)) else { return false }
    switch bytes[range.lowerBound + 10] {
    case 0x54, 0x74, 0x20: return isTime(withoutOffset(range.dropFirst(11)))
    default: return false
    }
  }

  /// A time without its `Z` or `+01:00`; an offset that is none stays, and is no time then.
  private func withoutOffset(_ range: Range<Int>) -> Range<Int> {
    guard let last = range.last else { return range }
    if bytes[last] | 0x20 == 0x7a { return range.dropLast() }
    let offset = range.suffix(6)
    guard offset.count == 6, bytes[offset.lowerBound] == 0x2b || bytes[offset.lowerBound] == 0x2d,
      bytes[offset.lowerBound + 3] == 0x3a, let hours = number(offset.lowerBound + 1, 2),
      let minutes = number(offset.lowerBound + 4, 2), hours < 24, minutes < 60
    else { return range }
    return range.dropLast(6)
  }

  private func isDate(_ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard range.count == 10, bytes[start + 4] == 0x2d, bytes[start + 7] == 0x2d,
      let year = number(start, 4), let month = number(start + 5, 2),
      let day = number(start + 8, 2), (1...12).contains(month), day >= 1
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    return day <= days
  }

  /// `07:32:00`, with digits of a second; since TOML 1.1 `07:32` as well.
  private func isTime(_ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard range.count >= 5, bytes[start + 2] == UInt8(ascii: ":"), let hour = number(start, 2),
      let minute = number(start + 3, 2), hour < 24, minute < 60
    else { return false }
    guard range.count > 5 else { return true }
    guard range.count >= 8, bytes[start + 5] == UInt8(ascii: ":"),
      let second = number(start + 6, 2), second <= 60
    else { return false }
    guard range.count > 8 else { return true }
    let digits = start + 9..<range.upperBound
    return bytes[start + 8] == 0x2e && !digits.isEmpty && digits.allSatisfy(isDigit)
  }

  private func number(_ start: Int, _ count: Int) -> Int? {
    var value = 0
    for index in start..<(start + count) {
      guard isDigit(index) else { return nil }
      value = value * 10 + Int(bytes[index] & 0x0f)
    }
    return value
  }
}
