internal import Documents
internal import Primitives

/// Runs of a text that are another text in base64, in hexadecimal digits or with percent signs.
enum EncodedRuns {
  struct Run {
    let coding: String
    /// Where it begins in the text.
    let place: Int
    let bytes: [UInt8]
  }

  /// Shorter ones hold no credential.
  private static let least = 24
  /// Longer ones are read in parts, each of which begins with the end of the one before.
  private static let most = (digits: 1 << 20, overlap: 1 << 13)
  /// From so many digits on a line of base64 may go on in the next (RFC 2045 has 76, PEM 64).
  private static let leastOfLine = 40
  /// So many printable bytes in a row are text; what is decoded from another place seldom has them.
  private static let leastText = 16

  /// Calls `body` for each run that has text in it, until it says false.
  static func each(in text: UnsafeRawBufferPointer, _ body: (Run) -> Bool) {
    guard eachOfDigits(in: text, body) else { return }
    eachOfPercents(in: text, body)
  }

  // MARK: base64 and hexadecimal digits

  private static let base64: UInt8 = 1
  private static let hex: UInt8 = 2

  private static let kinds: [UInt8] = (0..<256).map { byte in
    switch UInt8(byte) {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: base64 | hex
    case 0x47...0x5a, 0x67...0x7a, 0x2b, 0x2f, 0x2d, 0x5f: base64
    default: 0
    }
  }

  private static func eachOfDigits(
    in text: UnsafeRawBufferPointer, _ body: (Run) -> Bool
  ) -> Bool {
    var place = 0
    while place < text.count {
      guard kinds[Int(text[place])] != 0 else {
        place += 1
        continue
      }
      let start = place
      while place < text.count, kinds[Int(text[place])] != 0 { place += 1 }
      guard place - start >= least else { continue }
      var digits = Array(text[start..<place])
      var line = place - start
      while line >= leastOfLine, line % 4 == 0, digits.count < most.digits,
        let next = nextLine(text, from: place)
      {
        place = next
        while place < text.count, kinds[Int(text[place])] != 0 { place += 1 }
        digits += text[next..<place]
        line = place - next
      }
      guard each(of: digits, at: start, body) else { return false }
    }
    return true
  }

  /// Where the digits go on behind a line's end and the next one's indentation.
  private static func nextLine(_ text: UnsafeRawBufferPointer, from place: Int) -> Int? {
    var next = place
    if next < text.count, text[next] == 0x0d { next += 1 }
    guard next < text.count, text[next] == 0x0a else { return nil }
    next += 1
    let indentation = next
    while next < text.count, next - indentation < 64, text[next] == 0x20 || text[next] == 0x09 {
      next += 1
    }
    return next < text.count && kinds[Int(text[next])] != 0 ? next : nil
  }

  /// What the digits are, from each of the places that a byte may begin at: other digits may stand before.
  private static func each(of digits: [UInt8], at place: Int, _ body: (Run) -> Bool) -> Bool {
    let isHex = digits.allSatisfy { kinds[Int($0)] & hex != 0 }
    var start = 0
    repeat {
      let part = digits[start..<min(digits.count, start + most.digits + most.overlap)]
      for shift in 0..<4 {
        let bytes = decoded(part.dropFirst(shift))
        if hasText(bytes), !body(Run(coding: "base64", place: place, bytes: bytes)) { return false }
      }
      for shift in 0..<2 where isHex {
        let even = part.dropFirst(shift)
        let bytes = Hex.decode(Array(even.dropLast(even.count % 2))) ?? []
        if hasText(bytes),
          !body(Run(coding: "hexadecimal digits", place: place, bytes: bytes))
        {
          return false
        }
      }
      start += most.digits
    } while start < digits.count
    return true
  }

  /// base64 in either alphabet, without its padding.
  private static func decoded(_ digits: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count * 3 / 4)
    var (value, bits): (UInt32, UInt32) = (0, 0)
    for byte in digits {
      let digit: UInt8 =
        switch byte {
        case 0x41...0x5a: byte - 0x41
        case 0x61...0x7a: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case 0x2b, 0x2d: 62
        default: 63
        }
      value = value << 6 | UInt32(digit)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: value >> bits))
      }
    }
    return bytes
  }

  private static func hasText(_ bytes: [UInt8]) -> Bool {
    var count = 0
    for byte in bytes {
      count = byte >= 0x20 && byte < 0x7f ? count + 1 : 0
      if count == leastText { return true }
    }
    return false
  }

  // MARK: Percent signs

  private static func eachOfPercents(
    in text: UnsafeRawBufferPointer, _ body: (Run) -> Bool
  ) {
    var place = 0
    while let sign = text.firstIndex(of: UInt8(ascii: "%"), from: place) {
      var start = sign
      while start > place, sign - start < most.overlap, isOfURL(text[start - 1]) { start -= 1 }
      var end = sign
      var signs = 0
      while end < text.count, end - sign < most.digits, isOfURL(text[end]) {
        if text[end] == UInt8(ascii: "%") { signs += 1 }
        end += 1
      }
      if signs > 2 {
        let bytes = PercentEncoding.decoded(Array(text[start..<end])[...])
        if !body(Run(coding: "percent signs", place: start, bytes: bytes)) { return }
      }
      place = max(end, sign + 1)
    }
  }

  private static func isOfURL(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
      && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
  }
}
