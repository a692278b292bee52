internal import Primitives

/// A credential that was found in a text.
package struct SecretMatch: Sendable {
  package let rule: SecretRule
  /// The credential itself. It is compared, and never shown, kept or logged.
  package let secret: [UInt8]
  /// The line it stands in, counted from 1; of an archive's member, in the member.
  package let line: Int
  /// What it was behind, from the outside: `base64`, `!member.txt`.
  package let wrapping: [String]
  /// Whether its line says that it may stand there (`hookkit:allow`).
  package let isAllowedByComment: Bool

  /// By what it is known again; nobody is shown it.
  package var key: [UInt8] { Array(rule.id.utf8) + [0] + secret }

  /// What may be told of it: a beginning that is the same in all of its kind, and how long it is.
  package var redacted: String {
    let shown = rule.publicPrefix.flatMap { prefix in
      secret.starts(with: prefix.utf8) && secret.count >= prefix.utf8.count + 12 ? prefix : nil
    }
    return "\(shown ?? "")... (\(secret.count) bytes)"
  }
}

/// What is known of a text after it was looked through.
package struct TextScan: Sendable {
  package internal(set) var matches: [SecretMatch] = []
  /// What should have been looked at and could not, and why: the text may hold anything.
  package internal(set) var doubts: [String] = []
  /// What is never looked into, and why.
  package internal(set) var unseen: [String] = []
  /// Bytes that were looked at, unpacked and decoded ones included.
  package internal(set) var byteCount = 0

  package init() {}

  /// Whether there is nothing to be said of it.
  package var isClean: Bool { matches.isEmpty && doubts.isEmpty && unseen.isEmpty }

  /// The same with these matches in the place of all.
  package mutating func keep(_ matches: [SecretMatch]) { self.matches = matches }

  static let tooMany = "thousands of credentials"

  /// Whether fewer were found than one text may have; where not, it is doubtful what else there is.
  mutating func hasRoom(for most: Int) -> Bool {
    if matches.count < most { return true }
    if !doubts.contains(Self.tooMany) { doubts.append(Self.tooMany) }
    return false
  }

  mutating func add(_ other: TextScan, behind wrapping: String, line: Int? = nil) {
    // What is not packed tightly stands in the text as it is.
    let known = Set(matches.map(\.key))
    matches += other.matches.filter { !known.contains($0.key) }.map {
      SecretMatch(
        rule: $0.rule, secret: $0.secret, line: line ?? $0.line,
        wrapping: [wrapping] + $0.wrapping, isAllowedByComment: $0.isAllowedByComment)
    }
    doubts += other.doubts.map { "\(wrapping): \($0)" }
    unseen += other.unseen.map { "\(wrapping): \($0)" }
    byteCount += other.byteCount
  }
}

extension SecretRule {
  /// What all credentials of the kind begin with: the longest keyword that the pattern has as it is, up
  /// to its last sign. Nothing where that could be a part of the secret.
  var publicPrefix: String? {
    keywords.filter { word in
      word.utf8.count >= 3 && word.utf8.last.map { $0 == 0x5f || $0 == 0x2d } ?? false
        && pattern.contains(word)
    }.max { $0.utf8.count < $1.utf8.count }
  }
}
