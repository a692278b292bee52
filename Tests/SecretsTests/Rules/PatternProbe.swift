@testable import Secrets

/// A pattern tried by itself, without keywords, proofs and windows.
struct PatternProbe {
  struct TooCostly: Error {}

  private let pattern: BytePattern

  init(_ pattern: String, matchLimit: UInt32 = 10_000_000) throws {
    self.pattern = try BytePattern(pattern, steps: matchLimit)
  }

  /// The secrets of all matches.
  func secrets(in text: [UInt8]) throws -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var start = 0
    while start <= text.count {
      switch text.withUnsafeBytes({ pattern.search($0, from: start) }) {
      case .nothing: return found
      case .tooCostly: throw TooCostly()
      case .found(let whole, let secret):
        found.append(text[secret])
        start = max(whole.upperBound, start + 1)
      }
    }
    return found
  }
}
