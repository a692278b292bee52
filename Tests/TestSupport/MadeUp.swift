/// Credentials of nobody's, put together when the tests run, so that no scanner takes this repository for
/// a place of keys.
package enum MadeUp {
  private static let letters = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  package static func letters(_ count: Int, seed: UInt64 = 7) -> String {
    var state = seed
    return String(
      decoding: (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return letters[Int(state >> 33) % letters.count]
      }, as: UTF8.self)
  }

  /// A key of Groq's, a kind without a checksum.
  package static func key(_ seed: UInt64 = 7) -> String { "gs" + "k_" + letters(52, seed: seed) }
}
