/// Makes new inputs out of seeds, the same ones on every run.
struct Mutator {
  /// The most bytes of an input that it makes.
  static let maximumCount = 64 << 10

  private var state: UInt64

  /// - Parameter seed: two mutators of one seed make the same inputs.
  init(seed: UInt64) {
    // xorshift stays at zero for ever, and a small seed stays small for the first few numbers.
    state = (seed &+ 1) &* 0x9e37_79b9_7f4a_7c15 | 1
  }

  /// A number below `bound`, which is at least 1 (Marsaglia's xorshift64).
  private mutating func number(below bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  /// One to four changes to `seed`, some of which may splice in a part of `other`.
  mutating func mutate(_ seed: [UInt8], with other: [UInt8]) -> [UInt8] {
    var bytes = seed
    for _ in 0...number(below: 4) { change(&bytes, other) }
    return Array(bytes.prefix(Mutator.maximumCount))
  }

  private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = other
      return
    }
    let place = number(below: bytes.count)
    let count = number(below: min(bytes.count - place, 64) + 1)
    switch number(below: 8) {
    case 0: bytes[place] ^= 1 << UInt8(number(below: 8))
    case 1: bytes[place] = UInt8(number(below: 256))
    case 2: bytes.insert(Mutator.special[number(below: Mutator.special.count)], at: place)
    case 3: bytes[place] = Mutator.special[number(below: Mutator.special.count)]
    case 4: bytes.removeSubrange(place..<place + count)
    case 5: bytes.insert(contentsOf: bytes[place..<place + count], at: place)
    case 6: bytes.removeSubrange(place...)
    default:
      guard !other.isEmpty else { return }
      let start = number(below: other.count)
      let end = start + number(below: min(other.count - start, 256) + 1)
      bytes.replaceSubrange(place..<place + count, with: other[start..<end])
    }
  }

  /// Bytes at which readers turn: separators, quotes, ends of ranges.
  private static let special: [UInt8] = [
    0x00, 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x27, 0x28, 0x2d, 0x2f, 0x30, 0x3a, 0x3c, 0x3d, 0x3e, 0x40,
    0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0xc0, 0xe2, 0xed, 0xf4, 0xff,
  ]
}
