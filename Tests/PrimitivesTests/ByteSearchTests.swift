import Primitives
import Testing

@Suite("Bytes in bytes")
struct ByteSearchTests {
  @Test("the first place is the one that comparing at every place finds")
  func firstPlace() {
    var state: UInt64 = 1
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<3000 {
      let text = (0..<next(24)).map { _ in UInt8(next(2)) }
      let pattern = (0..<next(6)).map { _ in UInt8(next(2)) }
      let expected = (0...text.count).first { text[$0...].starts(with: pattern) }
      #expect(text.firstIndex(of: pattern) == expected)
      #expect(([9] + text)[1...].firstIndex(of: pattern) == expected.map { $0 + 1 })
    }
  }

  @Test("a pattern is found behind its own beginnings without going back")
  func repeated() {
    // Comparing at every place would take forty thousand million steps.
    let text = [UInt8](repeating: 1, count: 400_000)
    #expect(!text.contains(bytes: [UInt8](repeating: 1, count: 200_000) + [2]))
  }
}
