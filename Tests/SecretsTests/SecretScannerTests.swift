import Primitives
import TestSupport
import Testing

@testable import Secrets

@Suite("SecretScanner")
struct SecretScannerTests {
  private let scanner = SecretScanner()
  private let key = MadeUp.key()

  private func scan(_ text: String, path: String = "a.txt") -> TextScan {
    scan(Array(text.utf8), path: path)
  }

  private func scan(_ bytes: [UInt8], path: String = "a.txt") -> TextScan {
    bytes.withUnsafeBytes { scanner.scan($0, path: Array(path.utf8)[...]) }
  }

  @Test(
    "a key is found wherever it stands in a text",
    arguments: [
      "%", "x\ny\n%", "KEY=%\n", "\"%\"", "(%)", "a %\r\nb", "\0\0\u{1}%\0\0",
      String(repeating: "a ", count: 100_000) + "%" + String(repeating: " b", count: 100_000),
    ])
  func places(_ frame: String) throws {
    let found = scan(
      frame.split(separator: "%", omittingEmptySubsequences: false).joined(separator: key))
    #expect(found.matches.map(\.rule.id) == ["groq-api-key"])
    #expect(found.matches.first?.secret == Array(key.utf8))
    #expect(found.doubts.isEmpty && found.unseen.isEmpty)
  }

  @Test("a line is counted from 1, and each key is told once")
  func lines() {
    let other = MadeUp.key(8)
    let found = scan("a\n\(key) and \(other)\n\n\(key)\n")
    #expect(found.matches.map(\.line) == [2, 2, 4])
  }

  @Test("what is longer, shorter or stands for a key is none")
  func noKeys() {
    for text in [
      key.dropLast() + "", key + "x", "x" + key, "gsk_your_key_here",
      "gs" + "k_" + String(repeating: "x", count: 52),
      "gs" + "k_" + String(repeating: "abcd", count: 13),
    ] {
      #expect(scan(String(text)).matches.isEmpty, "\(text.count)")
    }
  }

  @Test("a key is found behind one coding, which is named")
  func codings() throws {
    let text = "the key is \(key) and nothing else, so there"
    let bytes = Array(text.utf8)
    let base64 = Base64.encode(bytes)
    let wide = bytes.flatMap { [$0, 0] as [UInt8] }
    let swapped = bytes.flatMap { [0, $0] as [UInt8] }
    let percents = bytes.map { "%\(Hex.string([$0]))" }.joined()
    let cases: [([UInt8], String)] = [
      (Array("data: ".utf8) + base64 + Array(" end".utf8), "base64"),
      (Array(base64.map { $0 == 0x2b ? 0x2d : $0 == 0x2f ? 0x5f : $0 }), "base64"),
      (Array(Hex.string(bytes).utf8), "hexadecimal digits"),
      (Array(percents.utf8), "percent signs"),
      ([0xff, 0xfe] + wide, "UTF-16"), (wide, "UTF-16"),
      ([0xfe, 0xff] + swapped, "UTF-16"),
    ]
    for (text, coding) in cases {
      let found = scan(text)
      #expect(found.matches.map(\.wrapping) == [[coding]], "\(coding)")
      #expect(found.matches.first?.secret == Array(key.utf8), "\(coding)")
    }
  }

  @Test("a coding is undone wherever its digits begin, and whatever stands around them")
  func hiddenCodings() throws {
    let bytes = Array("the key is \(key) and nothing else, so there".utf8)
    let base64 = String(decoding: Base64.encode(bytes), as: UTF8.self)
    func wrapped(_ count: Int, _ between: String) -> String {
      stride(from: 0, to: base64.count, by: count).map {
        String(base64.dropFirst($0).prefix(count))
      }.joined(separator: between)
    }
    let junk = Array(UInt8(0)..<UInt8(60))
    let texts: [[UInt8]] = [
      Array("SECRET=\(base64)".utf8), Array("x=\(base64)\n".utf8), Array("v1.\(base64).".utf8),
      Array("a\(base64)".utf8), Array("ab\(base64)".utf8), Array("abc/\(base64)".utf8),
      Array("~\(base64)%".utf8), Array(wrapped(76, "\n").utf8), Array(wrapped(64, "\r\n    ").utf8),
      Base64.encode(junk + bytes), Array("0\(Hex.string(bytes))".utf8),
      Base64.encode([UInt8](repeating: 0x20, count: 800_000) + bytes),
      [0xff, 0xfe] + Array(" \(key)".utf8), [0, 0x41, 0, 0x42] + Array(" \(key)".utf8),
      Array(repeating: UInt8(0x61), count: 600) + [0x0a] + bytes.flatMap { [$0, 0] as [UInt8] },
      Array(repeating: UInt8(0x61), count: 601) + bytes.flatMap { [0, $0] as [UInt8] } + [0x0a],
      Array("https://a.example/?q=a%20b%20c&k=%67sk_\(key.dropFirst(4))".utf8),
    ]
    for (index, text) in texts.enumerated() {
      #expect(scan(text).matches.contains { $0.secret == Array(key.utf8) }, "\(index)")
    }
  }

  @Test("thousands of encoded keys are no more than thousands of plain ones")
  func manyEncoded() {
    let lines = (0..<2500).map { index in
      String(decoding: Base64.encode(Array("key \(MadeUp.key(UInt64(index)))".utf8)), as: UTF8.self)
    }
    let found = scan(lines.joined(separator: "; "))
    #expect(found.matches.count == 2000 && found.doubts.count == 1)
  }

  @Test("a comment is seen, and whether it counts is for others to say")
  func comments() {
    for word in ["hookkit:allow", "gitleaks:allow", "betterleaks:allow"] {
      #expect(scan("\(key)  # \(word)\n").matches.map(\.isAllowedByComment) == [true])
    }
    #expect(scan("\(key)\n# hookkit:allow\n").matches.map(\.isAllowedByComment) == [false])
  }

  @Test("what is told of a key is its kind's beginning and its length, and no more")
  func redacted() {
    #expect(scan(key).matches.map(\.redacted) == ["gsk_... (56 bytes)"])
    let named = scan("password = \"Tr0ub4dor-and-3-more\"").matches
    #expect(named.map(\.redacted) == ["... (20 bytes)"])
  }

  @Test("a file of credentials is known by its name")
  func files() {
    let login = "machine a.example login dana password " + MadeUp.letters(12)
    #expect(scan(login, path: "home/.netrc").matches.map(\.rule.id) == ["netrc-password"])
    #expect(scan(login, path: "doc/netrc.md").matches.isEmpty)
    let line = "db.corp:5432:app:dana:" + MadeUp.letters(9)
    #expect(scan(line, path: ".pgpass").matches.map(\.rule.id) == ["pgpass-password"])
  }

  @Test("a text of thousands of keys is not known to its end")
  func many() {
    let text = (0..<2500).map { MadeUp.key(UInt64($0)) }.joined(separator: "\n")
    #expect(scan(text).doubts.count == 1)
  }

  @Test("a rule that costs too much makes a doubt, and never a clean text")
  func hostileRule() {
    let rule = SecretRule(
      "hostile", "hostile", .high, keywords: ["key"], "(?:a|aa)+$", revoked: "")
    let hostile = SecretScanner(RuleTable([rule]))
    let text = Array(("key " + String(repeating: "a", count: 300) + "!").utf8)
    let found = text.withUnsafeBytes { hostile.scan($0) }
    #expect(found.matches.isEmpty && found.doubts == ["rule hostile costs too much here"])
    let broken = SecretScanner(
      RuleTable([SecretRule("broken", "broken", .high, keywords: ["key"], "(key", revoked: "")]))
    #expect(text.withUnsafeBytes { broken.scan($0) }.doubts.count == 1)
  }
}

@Suite("KeywordIndex")
struct KeywordIndexTests {
  private func rule(_ keyword: String) -> SecretRule {
    SecretRule("x", "x", .low, keywords: [keyword], "x", revoked: "")
  }

  @Test("finds what a naive search finds, in either case")
  func naive() {
    let words = ["key", "ghp_", "token", "://", "abc", "abcd", "[x]"]
    let index = KeywordIndex(RuleTable(words.map { rule($0) }))
    var state: UInt64 = 3
    let letters = Array("kKeEyYghp_GHP:/toknabcdABCD[x]{X}\n".utf8)
    for _ in 0..<200 {
      let text = (0..<80).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return letters[Int(state >> 33) % letters.count]
      }
      let folded = text.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
      var expected: Set<[Int]> = []
      for (rule, word) in words.enumerated() {
        for place in 0...(text.count - word.utf8.count)
        where folded[place...].starts(with: word.utf8) { expected.insert([rule, place]) }
      }
      var found: Set<[Int]> = []
      text.withUnsafeBytes { index.find(in: $0) { found.insert([$0, $1]) } }
      #expect(found == expected)
    }
  }

  @Test("a text of two bytes has no keyword, one of three may")
  func short() {
    let index = KeywordIndex(RuleTable([rule("key")]))
    func count(_ text: String) -> Int {
      var count = 0
      Array(text.utf8).withUnsafeBytes { index.find(in: $0) { _, _ in count += 1 } }
      return count
    }
    #expect(["", "k", "ke", "key", "keyke", "xkey", "keykey"].map(count) == [0, 0, 0, 1, 1, 1, 2])
  }
}
