/// A lock, an honest change of it, and what an attacker would do to it besides.
struct MutatedLock: Sendable {
  let path: String
  let old: String
  /// The honest change: each text for the other, at its first place.
  let change: [Edit]
  /// What is done to an entry: attack, text, replacement. The text may be one that only the honest
  /// change brings in.
  let attacks: [(attack: Attack, text: String, replacement: String)]
  /// Why the format has nothing that an attack could change.
  let without: [Attack: Reason]

  typealias Edit = (text: String, replacement: String)

  init(
    _ path: String, _ old: String, change: [Edit],
    attacks: [(attack: Attack, text: String, replacement: String)],
    without: [Attack: Reason] = [:]
  ) {
    self.path = path
    self.old = old
    self.change = change
    self.attacks = attacks
    self.without = without
  }

  /// Every format that locks has a row here, as a test makes sure.
  static let all: [MutatedLock] =
    Array(
      [
        javaScript, runtimes, python, conda, tables, json, builds, yaml, lines, terms, tools,
      ].joined())

  static func edited(_ text: String, _ old: String, _ new: String) -> String? {
    guard let place = text.firstRange(of: old) else { return nil }
    return text.replacingCharacters(in: place, with: new)
  }

  var new: String? {
    var text = old
    for (before, after) in change {
      guard let next = Self.edited(text, before, after) else { return nil }
      text = next
    }
    return text
  }
}

/// Why a format goes without an attack.
struct Reason: ExpressibleByStringLiteral, Sendable {
  let words: String

  init(stringLiteral words: String) { self.words = words }

  static let noAddress: Reason = "entries have no addresses"
  static let noDigest: Reason = "entries have no digests"
  static let oneAlgorithm: Reason = "digests are of one algorithm, which the file does not name"
  static let noGit: Reason = "entries do not come from git repositories"
  static let noRelease: Reason = "a commit is all the version that an entry from git has"
  static let noLayout: Reason = "addresses do not have to bear the package's name and version"
  static let noAlias: Reason = "other names of a package stand in the manifest"
  static let noCode: Reason = "the format does not say what runs code"
  static let rootsElsewhere: Reason = "what the project asks for stands in the manifest only"
  static let noVersion: Reason = "the format has no version of its own"
}

/// What can be done to any text, whatever it means.
struct WholeFileAttack: Sendable {
  let name: String
  let apply: @Sendable (String) -> [UInt8]

  static let all: [WholeFileAttack] = [
    .init(name: "conflict markers at the start") {
      Array("<<<<<<< ours\n".utf8) + Array($0.utf8)
    },
    .init(name: "conflict markers in the middle") { text in
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      lines.insert("<<<<<<< ours", at: lines.count / 2)
      lines.insert("=======", at: lines.count / 2 + 2)
      lines.append(">>>>>>> theirs\n")
      return Array(lines.joined(separator: "\n").utf8)
    },
    .init(name: "a byte-order mark") { [0xef, 0xbb, 0xbf] + Array($0.utf8) },
    .init(name: "a pointer of Git LFS") { _ in
      Array(
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n".utf8)
    },
    .init(name: "a NUL byte") { Array($0.utf8) + [0] },
    .init(name: "bytes that are no UTF-8") { Array($0.utf8) + [0xff, 0xfe, 0x0a] },
    .init(name: "UTF-16") { $0.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] } },
    .init(name: "a direction control in the last line") {
      Array($0.utf8) + Array("# \u{202e}\n".utf8)
    },
    .init(name: "all of it twice") { Array($0.utf8) + Array($0.utf8) },
    .init(name: "a bomb of brackets") {
      Array($0.utf8) + [UInt8](repeating: 0x5b, count: 100_000)
    },
    .init(name: "a bomb of lines") { Array($0.utf8) + [UInt8](repeating: 0x61, count: 2 << 20) },
    .init(name: "a second document") { Array($0.utf8) + Array("\n---\nx: 1\n".utf8) },
    .init(name: "nothing") { _ in [] },
  ]
}

extension String {
  fileprivate func firstRange(of text: String) -> Range<String.Index>? {
    guard let first = text.utf8.first else { return nil }
    var index = startIndex
    while index < endIndex {
      if utf8[index] == first, self[index...].hasPrefix(text) {
        return index..<self.index(index, offsetBy: text.count)
      }
      index = self.index(after: index)
    }
    return nil
  }

  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
