/// How the lines begin that could be a claim, a trailer key or a footer: a filter that turns nearly
/// every ordinary line away after its first letters.
///
/// The first four letters or digits, counted from the first letter and with spaces, `-`, `_`, `*`
/// and back-ticks left out, are hashed into a set. A line that is not in the set cannot be a signal;
/// one that is may be anything.
struct LineStarts: Sendable {
  private(set) var bits = [UInt64](repeating: 0, count: 64)
  /// Some term begins outside ASCII, so lines that do must be read in full.
  private(set) var outsideASCII = false

  init() {}

  /// - Parameter bits: A set that was made before, of terms that all begin in ASCII.
  init(bits: [UInt64]) {
    self.bits = bits
  }

  /// - Parameter range: a folded term in `bytes`.
  mutating func insert(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var code = Code()
    for index in range {
      guard bytes[index] < 0x80 else {
        outsideASCII = outsideASCII || code.count < 4
        break
      }
      if !code.add(bytes[index]) { break }
    }
    insert(code)
  }

  mutating func insert(_ text: StaticString) {
    var code = Code()
    text.withUTF8Buffer { bytes in
      for byte in bytes {
        if !code.add(byte) { break }
      }
    }
    insert(code)
  }

  private mutating func insert(_ code: Code) {
    bits[code.hash >> 6] |= 1 << UInt64(code.hash & 63)
  }

  private func contains(_ code: Code) -> Bool {
    bits[code.hash >> 6] >> UInt64(code.hash & 63) & 1 == 1
  }

  /// Whether the line that begins at `start` and ends before `end` deserves to be read.
  func mayBegin(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var code = Code()
    var index = start
    while index < end {
      let byte = bytes[index]
      guard byte < 0x80 else { return mayBegin(bytes, index, end, after: code) }
      if byte == 0x5b, code.count == 0, Self.isCheckbox(bytes, index, end) {
        index += 3
        continue
      }
      if !code.add(byte) { break }
      index += 1
    }
    return code.count > 0 && contains(code)
  }

  /// The same from the first byte outside ASCII on.
  private func mayBegin(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, after: Code) -> Bool {
    if outsideASCII { return true }
    var code = after
    var index = start
    var resembles = false
    while index < end {
      let (scalar, width) = UTF8Scalar.decode(bytes, at: index, end: end)
      index += width
      guard let scalar else { continue }
      if scalar.isASCII {
        if scalar == "[", code.count == 0, Self.isCheckbox(bytes, index - 1, end) {
          index += 2
          continue
        }
        if !code.add(UInt8(scalar.value)) { break }
        continue
      }
      switch Folding.fold(scalar, lookAlikes: true, resembles: &resembles) {
      case .nothing: break
      case .space: _ = code.add(0x20)
      case .ascii(let packed):
        // A flag is an emoji to one reading and letters to the other.
        if code.count == 0, resembles, !scalar.properties.isAlphabetic { return true }
        var rest = packed
        var goesOn = true
        while rest != 0, goesOn {
          goesOn = code.add(UInt8(truncatingIfNeeded: rest))
          rest >>= 8
        }
        if !goesOn { return contains(code) }
      case .itself:
        // An emoji or a bullet before the first letter is skipped; a letter ends the matter.
        if code.count > 0 || scalar.properties.isAlphabetic { return false }
      }
    }
    return code.count > 0 && contains(code)
  }

  /// `[x]` or `[ ]`, with which an item of a list begins.
  private static func isCheckbox(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> Bool {
    end - index > 3 && bytes[index + 2] == 0x5d
  }

  /// The first letters of a line, taken byte by byte.
  private struct Code {
    private var value: UInt32 = 0
    private(set) var count = 0

    /// Takes one ASCII byte; false when nothing behind it counts.
    mutating func add(_ byte: UInt8) -> Bool {
      let small = byte | 0x20
      if small >= 0x61, small <= 0x7a {
        value = value << 8 | UInt32(small)
        count += 1
        return count < 4
      }
      switch byte {
      case 0x30...0x39:
        guard count > 0 else { return true }
        value = value << 8 | UInt32(byte)
        count += 1
        return count < 4
      case 0...0x20, 0x7f, 0x2d, 0x5f, 0x2a, 0x60: return true
      default: return count == 0
      }
    }

    var hash: Int { Int((value &* 0x9e37_79b1) >> 20) }
  }
}
