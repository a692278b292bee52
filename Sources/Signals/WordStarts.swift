/// How the words begin that stand in the catalog's names and addresses: a filter that turns nearly
/// every person's name and address away without reading it.
///
/// The first eight letters or digits of every word are hashed into a set. Text in which no word
/// begins so names nobody of the catalog.
struct WordStarts: Sendable {
  private(set) var bits = [UInt64](repeating: 0, count: 256)

  init() {}

  /// - Parameter bits: A set that was made before.
  init(bits: [UInt64]) {
    self.bits = bits
  }

  /// - Parameter range: a folded name or address in `bytes`; its first word is what counts.
  mutating func insert(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var code = Code()
    for index in range {
      if !code.add(bytes[index]), code.count > 0 { break }
    }
    bits[code.hash >> 6] |= 1 << UInt64(code.hash & 63)
  }

  private func contains(_ code: Code) -> Bool {
    bits[code.hash >> 6] >> UInt64(code.hash & 63) & 1 == 1
  }

  /// Whether `bytes[range]` deserves to be read: some word begins like one of the catalog, or there
  /// is something in it that `Folding` would change.
  func mayName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var code = Code()
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      if code.add(byte) { continue }
      if code.count > 0 {
        if contains(code) { return true }
        code = Code()
      }
      switch byte {
      case 0x80..., 0x7f, 0..<0x09, 0x0e..<0x20: return true
      case 0x40:
        // Domains are never matched.
        while index < range.upperBound, Self.isDomain(bytes[index]) { index += 1 }
      default: break
      }
    }
    return code.count > 0 && contains(code)
  }

  static func isDomain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7a, 0x41...0x5a, 0x30...0x39, 0x2d, 0x2e: true
    default: false
    }
  }

  /// The first letters and digits of a word.
  private struct Code {
    private var value: UInt64 = 0
    private(set) var count = 0

    /// Takes one byte; false when no word has it.
    mutating func add(_ byte: UInt8) -> Bool {
      let small = byte | 0x20
      guard small >= 0x61 && small <= 0x7a || byte >= 0x30 && byte <= 0x39 else { return false }
      if count < 8 { value = value << 8 | UInt64(small) }
      count += 1
      return true
    }

    var hash: Int { Int((value &* 0x9e37_79b9_7f4a_7c15) >> 50) }
  }
}
