import Primitives
import TestSupport
import Testing

/// Our reading of git-check-ref-format(1) against git's own.
@Suite struct RefNameTests {
  private static let pieces = [
    "a", "b", ".", "..", "/", "//", ".lock", "lock", "@", "{", "@{", "}", "~", "^", ":", "?", "*",
    "[", "]", "\\", " ", "\t", "\n", "\u{7f}", "\u{1}", "-", "caf\u{e9}", "\u{202e}", "HEAD",
    "refs",
  ]

  @Test("every pair of pieces gets git's own answer, under refs/ and alone")
  func pairs() throws {
    let sandbox = try Sandbox()
    var names: Set<String> = ["@", "HEAD", "refs", "x@", "a@b"]
    var next: UInt32 = 12345
    for first in Self.pieces {
      for _ in 0..<8 {
        // A linear congruence is enough to choose: the same names on every run.
        next = next &* 1_664_525 &+ 1_013_904_223
        let second = Self.pieces[Int(next >> 16) % Self.pieces.count]
        names.formUnion(["refs/heads/\(first)\(second)", "refs/\(first)/\(second)x", "x\(second)"])
      }
    }
    for name in names.sorted() {
      let full = try sandbox.run(["git", "check-ref-format", name]).succeeded
      let anywhere = try sandbox.run(["git", "check-ref-format", "--allow-onelevel", name])
        .succeeded
      #expect(RefName(name).isWellFormed == (full && name.hasPrefix("refs/")), "\(name)")
      #expect(RefName(name).isWellFormedPseudoref == anywhere, "\(name)")
    }
  }
}
