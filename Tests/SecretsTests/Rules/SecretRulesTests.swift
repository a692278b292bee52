import Foundation
import TestSupport
import Testing

@testable import Secrets

@Suite("SecretRules")
struct SecretRulesTests {
  /// Those that are found in any text; what is found in files of some names is in ``SecretFilesTests``.
  private static let kinds = SecretRules.kinds.filter { $0.rule.files.isEmpty }

  @Test("there are at least 260 kinds, each with an id of its own")
  func count() {
    #expect(SecretRules.all.count >= 260)
    #expect(Set(SecretRules.all.map(\.id)).count == SecretRules.all.count)
    for rule in SecretRules.all {
      #expect(rule.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(rule.id)")
      #expect(!rule.title.isEmpty && !rule.revoked.isEmpty, "\(rule.id)")
    }
  }

  @Test("keywords are lower case and say enough to look a line up by")
  func keywords() {
    for rule in SecretRules.all {
      #expect(!rule.keywords.isEmpty || !rule.files.isEmpty, "\(rule.id)")
      for keyword in rule.keywords {
        #expect(
          keyword.utf8.count >= 3 && keyword == keyword.lowercased(), "\(rule.id) \(keyword)")
      }
    }
  }

  @Test(
    "a true secret is found whole, wherever it stands, and proves itself",
    arguments: Self.kinds)
  func truth(kind: SecretKind) throws {
    let rule = kind.rule
    let probe = try PatternProbe(rule.pattern)
    var dice = Dice(seed: 1)
    for _ in 0..<5 {
      let sample = try #require(Sample(of: kind, dice: &dice))
      for text in sample.texts {
        let secrets = try probe.secrets(in: text)
        let shown = String(decoding: text, as: UTF8.self)
        if sample.secret.isEmpty {
          #expect(secrets.contains { rule.proof.holds($0) }, "\(shown)")
        } else {
          #expect(
            secrets.contains { $0.elementsEqual(sample.secret) && rule.proof.holds($0) },
            "\(shown) gives \(secrets.map { String(decoding: $0, as: UTF8.self) })")
        }
        let lower = shown.lowercased()
        #expect(rule.keywords.contains { lower.contains($0) }, "\(shown)")
        for secret in secrets { #expect(entropy(secret) >= rule.entropy) }
      }
    }
  }

  @Test("a text of nearly the shape is none", arguments: Self.kinds)
  func nearly(kind: SecretKind) throws {
    guard let (shape, name) = parts(of: kind) else { return }
    let probe = try PatternProbe(kind.rule.pattern)
    var dice = Dice(seed: 2)

    func expectNone(_ secret: [UInt8], _ why: String) throws {
      for text in Sample.lines(around: secret, name: name) {
        let found = try probe.secrets(in: text).filter { kind.proof.holds($0) }
        #expect(found.isEmpty, "\(why): \(String(decoding: text, as: UTF8.self))")
      }
    }
    for (index, piece) in shape.pieces.enumerated() {
      guard case .run(_, let least, _) = piece, least > 0 else { continue }
      try expectNone(
        Sample.made(shape.pieces, .least, shortened: index, &dice),
        "one character short at \(index)")
      var foreign = Sample.made(shape.pieces, .least, &dice)
      let start = Sample.made(Array(shape.pieces[..<index]), .least, &dice).count
      foreign[start + least / 2] = 0x07
      try expectNone(foreign, "a foreign character at \(index)")
    }
    let longest = shape.pieces.contains { if case .run(_, 8..., _) = $0 { true } else { false } }
    if longest {
      for byte in [UInt8(ascii: "x"), UInt8(ascii: "0"), UInt8(ascii: "F")] {
        try expectNone(Sample.made(shape.pieces, .least, only: byte, &dice), "a placeholder")
      }
    }
    let sample = try #require(Sample(of: kind, dice: &dice))
    let glued =
      Sample.lines(around: Array("x".utf8) + sample.secret, name: name)
      + Sample.lines(around: sample.secret + Array("x".utf8), name: name)
    for text in glued {
      #expect(try !probe.secrets(in: text).contains { $0.elementsEqual(sample.secret) })
    }
  }

  @Test("a wrong checksum is no secret", arguments: Self.kinds)
  func checksums(kind: SecretKind) throws {
    switch kind.proof {
    case .crc32Base62, .crc32Base36, .crc32Hex, .bech32: break
    default: return
    }
    var dice = Dice(seed: 3)
    let sample = try #require(Sample(of: kind, dice: &dice))
    for place in [sample.secret.count - 1, sample.secret.count - 12] {
      var wrong = sample.secret
      wrong[place] = wrong[place] == 0x61 ? 0x62 : 0x61
      #expect(!kind.proof.holds(wrong[...]))
    }
  }

  @Test("no text makes a pattern work without end", arguments: Self.kinds)
  func hostile(kind: SecretKind) throws {
    let probe = try PatternProbe(kind.rule.pattern, matchLimit: 1_000_000)
    var dice = Dice(seed: 4)
    let sample = try #require(Sample(of: kind, dice: &dice))
    var units: [[UInt8]] = sample.texts.prefix(1).flatMap { [$0, $0.dropLast(3) + [0x20]] }
    units += kind.rule.keywords.prefix(2).flatMap { [Array($0.utf8), Array("\($0)_key = ".utf8)] }
    if let shape = parts(of: kind)?.shape {
      units.append(Sample.made(shape.pieces, .least, &dice).dropLast())
      for case .run(let alphabet, _, _) in shape.pieces {
        let members = Sample.members(of: alphabet)
        units.append((0..<1_000).map { _ in dice.pick(members) })
      }
    }
    for unit in units {
      var text: [UInt8] = []
      while text.count < 100_000 { text += unit }
      _ = try probe.secrets(in: text)
    }
  }

  @Test("what is made from the table of kinds is as the table says")
  func made() throws {
    let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
      url.deletingLastPathComponent()
    }
    let files = [
      "Documentation/Secrets.md": SecretsDocument.text,
      "Sources/Secrets/RuleData.swift": SecretsDocument.data,
    ]
    for (name, text) in files {
      let file = root.appendingPathComponent(name)
      if ProcessInfo.processInfo.environment["HOOKKIT_RECORD"] == "1" {
        try Data(text.utf8).write(to: file)
      }
      let isSame = (try? Data(contentsOf: file)) == Data(text.utf8)
      #expect(isSame, "record \(name) with HOOKKIT_RECORD=1")
    }
  }

  @Test("the table in the executable has every rule in its order")
  func table() throws {
    let table = RuleTable.own()
    try #require(table.count == SecretRules.all.count)
    for (index, rule) in SecretRules.all.enumerated() {
      #expect(table.rule(index).id == rule.id && table.pattern(index) == rule.pattern)
      #expect(table.spansLines(index) == rule.spansLines && table.files(index) == rule.files)
    }
    var keywords: [Int: [String]] = [:]
    table.eachKeyword { keywords[$0, default: []].append(String(decoding: $1, as: UTF8.self)) }
    #expect(
      SecretRules.all.indices.allSatisfy { keywords[$0] ?? [] == SecretRules.all[$0].keywords })
  }

  private func parts(of kind: SecretKind) -> (shape: TokenShape, name: String?)? {
    switch kind.anchor {
    case .shape(let shape): (shape, nil)
    case .name(let names, let shape): (shape, names[0])
    case .pattern, .block: nil
    }
  }

  private func entropy(_ text: ArraySlice<UInt8>) -> Double {
    let counts = Dictionary(grouping: text) { $0 }.values.map { Double($0.count) }
    return counts.reduce(0) { $0 - $1 / Double(text.count) * log2($1 / Double(text.count)) }
  }
}

extension SecretKind: CustomTestStringConvertible {
  package var testDescription: String { id }
}
