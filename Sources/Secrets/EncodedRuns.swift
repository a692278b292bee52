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
  /// Longer ones are read in parts of this size, a multiple of the four digits that make three bytes.
  private static let most = 1 << 20

  /// Calls `body` for each run whose bytes are text.
  static func each(in text: UnsafeRawBufferPointer, _ body: (Run) -> Void) {
    var place = 0
    var percents = 0
    while place < text.count {
      guard Self.kinds[Int(text[place])] & run != 0 else {
        place += 1
        continue
      }
      let start = place
      // Which kinds of digits all bytes of the run are.
      var kinds: UInt8 = 0xff
      percents = 0
      while place < text.count, place - start < most {
        let kind = Self.kinds[Int(text[place])]
        guard kind & run != 0 else { break }
        kinds &= kind
        if text[place] == UInt8(ascii: "%") { percents += 1 }
        place += 1
      }
      guard place - start >= least else { continue }
      let part = text[start..<place]
      if percents > 2 {
        body(Run(coding: "percent signs", place: start, bytes: unescaped(part)))
      } else if kinds & hex != 0, part.count % 2 == 0 {
        if let bytes = isText(Hex.decode(Array(part.prefix(32)))) ? Hex.decode(Array(part)) : nil {
          body(Run(coding: "hexadecimal digits", place: start, bytes: bytes))
        }
      } else if kinds & base64 != 0 {
        if let bytes = isText(base64(part.prefix(32))) ? base64(part) : nil {
          body(Run(coding: "base64", place: start, bytes: bytes))
        }
      }
    }
  }

  // MARK: Kinds of bytes

  private static let run: UInt8 = 1
  private static let hex: UInt8 = 2
  private static let base64: UInt8 = 4

  private static let kinds: [UInt8] = (0..<256).map { byte in
    switch UInt8(byte) {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: run | hex | base64
    case 0x47...0x5a, 0x67...0x7a, 0x2b, 0x2f, 0x2d, 0x5f, 0x3d: run | base64
    case UInt8(ascii: "%"), UInt8(ascii: "."), UInt8(ascii: "~"): run
    default: 0
    }
  }

  // MARK: Decoding

  /// Whether the beginning of a run decodes to printable ASCII.
  private static func isText(_ bytes: [UInt8]?) -> Bool {
    guard let bytes, bytes.count >= 12 else { return false }
    let printable = bytes.count {
      $0 >= 0x20 && $0 < 0x7f || $0 == 0x0a || $0 == 0x0d || $0 == 0x09
    }
    return printable * 10 >= bytes.count * 9
  }

  /// In either alphabet, with or without padding; up to the first byte that is no digit.
  private static func base64(_ text: some Collection<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var (value, bits): (UInt32, UInt32) = (0, 0)
    for byte in text {
      let digit: UInt8
      switch byte {
      case 0x41...0x5a: digit = byte - 0x41
      case 0x61...0x7a: digit = byte - 0x61 + 26
      case 0x30...0x39: digit = byte - 0x30 + 52
      case 0x2b, 0x2d: digit = 62
      case 0x2f, 0x5f: digit = 63
      default: return bytes
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

  private static func unescaped(_ text: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = text.startIndex
    while place < text.endIndex {
      if text[place] == UInt8(ascii: "%"), place + 2 < text.endIndex,
        let high = Hex.value(of: text[place + 1]), let low = Hex.value(of: text[place + 2])
      {
        bytes.append(high << 4 | low)
        place += 3
      } else {
        bytes.append(text[place])
        place += 1
      }
    }
    return bytes
  }
}
