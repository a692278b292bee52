import Primitives
import Testing

@Suite struct PatternTests {
  @Test(
    "what a pattern matches",
    arguments: [
      ("refs/heads/main", "refs/heads/main"), ("refs/heads/*", "refs/heads/main"),
      ("refs/heads/**", "refs/heads/a/b"), ("refs/heads/release/**", "refs/heads/release/1/2"),
      ("refs/heads/v?", "refs/heads/v1"), ("**", "anything/at/all"), ("*", "name"),
      ("**/x", "x"), ("**/x", "a/x"), ("**/x", "a/b/x"), ("a/**/z", "a/z"), ("a/**/z", "a/b/c/z"),
      ("a*c", "ac"), ("a*c", "abbbc"), ("*a*b*", "xxaxxbxx"), ("a**c", "a/b/c"), ("", ""),
      ("[a]", "[a]"), ("a\\*", "a\\b"), ("***", "a/b"), ("*/**", "a/b/c"), ("*.lock", ".lock"),
      ("refs/**/main", "refs/heads/x/main"), ("**/*.swift", "Sources/A/B.swift"),
      ("**/*.swift", "B.swift"),
    ])
  func matches(_ pattern: String, _ subject: String) {
    #expect(Pattern(pattern).matches(Array(subject.utf8)))
    #expect(Pattern(pattern).matches(subject.utf8), "any other collection gives the same answer")
  }

  @Test(
    "what it does not match",
    arguments: [
      ("refs/heads/main", "refs/heads/mainline"), ("refs/heads/main", "refs/heads/mai"),
      ("refs/heads/main", "refs/heads/Main"), ("refs/heads/*", "refs/heads/a/b"),
      ("refs/heads/release/**", "refs/heads/release"), ("refs/heads/release/**", "refs/heads/rel"),
      ("refs/heads/v?", "refs/heads/v"), ("refs/heads/v?", "refs/heads/v10"), ("?", "/"),
      ("*", "a/b"), ("**/x", "ax"), ("**/x", "a/xx"), ("a/**/z", "az"), ("a/**/z", "a/bz"),
      ("a*c", "acb"), ("*a*b*", "ba"), ("", "a"), ("a", ""), ("[ab]", "a"), ("*/**", "a"),
      ("**/*.swift", "a.swift/b"),
    ])
  func doesNotMatch(_ pattern: String, _ subject: String) {
    #expect(!Pattern(pattern).matches(Array(subject.utf8)))
    #expect(!Pattern(pattern).matches(subject.utf8))
  }

  @Test("the literal prefix ends before the first meta-character")
  func literalPrefix() {
    #expect(Array(Pattern("refs/heads/*").literalPrefix) == Array("refs/heads/".utf8))
    #expect(Array(Pattern("?a").literalPrefix) == [])
    #expect(Array(Pattern("main").literalPrefix) == Array("main".utf8))
    #expect(Pattern("main").isLiteral)
    #expect(!Pattern("main*").isLiteral)
  }

  @Test("bytes are compared, not characters: a composed and a decomposed letter differ")
  func bytes() {
    #expect(!Pattern("caf\u{e9}").matches(Array("cafe\u{301}".utf8)))
    #expect(Pattern([0xff, 0x2a]).matches([0xff, 0x00, 0xfe]))
  }

  @Test("a pattern made to explode answers all the same")
  func manyStars() {
    let pattern = Pattern(String(repeating: "*a", count: 200) + "b")
    #expect(!pattern.matches([UInt8](repeating: 0x61, count: 4000)))
    let folders = Pattern(String(repeating: "**/", count: 200) + "z")
    #expect(!folders.matches(Array(String(repeating: "a/", count: 2000).utf8)))
    #expect(folders.matches(Array((String(repeating: "a/", count: 2000) + "z").utf8)))
  }

  @Test("the matcher agrees with the definition on every short pattern and subject")
  func exhaustive() {
    let patterns = Self.words(over: Array("a/*?".utf8), upTo: 5)
    let subjects = Self.words(over: Array("a/".utf8), upTo: 5)
    for pattern in patterns {
      // A run of three stars or more means what two mean; the definition below knows one and two.
      guard !pattern.contains([0x2a, 0x2a, 0x2a]) else { continue }
      let compiled = Pattern(pattern)
      for subject in subjects {
        let expected = Self.matches(pattern[...], subject[...], startsName: true)
        if compiled.matches(subject) != expected {
          Issue.record("\(Escaped.text(pattern)) on \(Escaped.text(subject)): not \(expected)")
        }
      }
    }
  }

  private static func words(over alphabet: [UInt8], upTo count: Int) -> [[UInt8]] {
    var all: [[UInt8]] = [[]]
    var last = all
    for _ in 0..<count {
      last = last.flatMap { word in alphabet.map { word + [$0] } }
      all += last
    }
    return all
  }

  /// The definition, by recursion and without cleverness.
  private static func matches(
    _ pattern: ArraySlice<UInt8>, _ subject: ArraySlice<UInt8>, startsName: Bool
  ) -> Bool {
    guard let first = pattern.first else { return subject.isEmpty }
    let rest = pattern.dropFirst()
    if startsName, pattern.starts(with: "**/".utf8) {
      let behind = pattern.dropFirst(3)
      if matches(behind, subject, startsName: true) { return true }
      return subject.indices.contains { index in
        subject[index] == 0x2f && matches(behind, subject[(index + 1)...], startsName: true)
      }
    }
    if pattern.starts(with: "**".utf8) {
      return (subject.startIndex...subject.endIndex).contains {
        matches(pattern.dropFirst(2), subject[$0...], startsName: false)
      }
    }
    switch first {
    case 0x2a:
      let name = subject.prefix { $0 != 0x2f }
      return (name.startIndex...name.endIndex).contains {
        matches(rest, subject[$0...], startsName: false)
      }
    case 0x3f:
      guard let byte = subject.first, byte != 0x2f else { return false }
      return matches(rest, subject.dropFirst(), startsName: false)
    default:
      guard subject.first == first else { return false }
      return matches(rest, subject.dropFirst(), startsName: first == 0x2f)
    }
  }
}
