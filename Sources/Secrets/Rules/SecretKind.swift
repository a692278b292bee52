/// A row of the table of credentials.
package struct SecretKind: Sendable {
  /// By what a token of the kind is found.
  package enum Anchor: Sendable {
    /// Its own shape.
    case shape(TokenShape)
    /// Its shape where one of the names is given that value. `_` in a name is also read as `-`, a
    /// space or nothing.
    case name([String], TokenShape)
    /// A pattern of PCRE2.
    case pattern(String)
    /// A pattern of PCRE2 for what goes on over many lines.
    case block(String)
  }

  package private(set) var id: String
  package let severity: SecretRule.Severity
  package private(set) var title: String
  package private(set) var anchor: Anchor
  package let proof: StructureCheck
  private var keywords: [String]
  private var files: [String]
  private var entropy = 0.0
  private var revoked = ""

  private init(
    _ id: String, _ severity: SecretRule.Severity, _ title: String, _ anchor: Anchor,
    _ proof: StructureCheck, keywords: [String] = [], files: [String] = []
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.anchor = anchor
    self.proof = proof
    self.keywords = keywords
    self.files = files
  }

  static func token(
    _ id: String, _ severity: SecretRule.Severity, _ title: String, _ shape: TokenShape,
    _ proof: StructureCheck = .none
  ) -> SecretKind {
    SecretKind(id, severity, title, .shape(shape), proof)
  }

  /// Without names, the vendor's is the one.
  static func named(
    _ id: String, _ severity: SecretRule.Severity, _ title: String, by names: [String] = [],
    _ shape: TokenShape, _ proof: StructureCheck = .digitsAndLetters
  ) -> SecretKind {
    SecretKind(id, severity, title, .name(names, shape), proof)
  }

  static func pattern(
    _ id: String, _ severity: SecretRule.Severity, _ title: String, keywords: [String],
    _ pattern: String, _ proof: StructureCheck = .none
  ) -> SecretKind {
    SecretKind(id, severity, title, .pattern(pattern), proof, keywords: keywords)
  }

  static func block(
    _ id: String, _ severity: SecretRule.Severity, _ title: String, keywords: [String],
    _ pattern: String, _ proof: StructureCheck = .none
  ) -> SecretKind {
    SecretKind(id, severity, title, .block(pattern), proof, keywords: keywords)
  }

  /// What stands in files of some names only; without keywords the pattern is tried on all of one.
  static func file(
    _ id: String, _ severity: SecretRule.Severity, _ title: String, in files: [String],
    keywords: [String] = [], _ pattern: String, _ proof: StructureCheck = .none
  ) -> SecretKind {
    SecretKind(id, severity, title, .pattern(pattern), proof, keywords: keywords, files: files)
  }

  /// A value that its name alone tells, and that is as random as a credential is.
  static func assigned(
    _ id: String, _ severity: SecretRule.Severity, _ title: String, keywords: [String],
    _ pattern: String, entropy: Double, _ proof: StructureCheck
  ) -> SecretKind {
    var kind = SecretKind(id, severity, title, .pattern(pattern), proof, keywords: keywords)
    kind.entropy = entropy
    return kind
  }

  /// The kinds of one vendor, and where it revokes them.
  static func of(_ vendor: String, at revoked: String, _ kinds: SecretKind...) -> [SecretKind] {
    let words = vendor.lowercased().split { !$0.isLetter && !$0.isNumber }
    return kinds.map { kind in
      var kind = kind
      kind.id = (words + [Substring(kind.id)]).joined(separator: "-")
      kind.title = vendor + " " + kind.title
      kind.revoked = revoked
      if case .name([], let shape) = kind.anchor {
        kind.anchor = .name([words.joined(separator: "_")], shape)
      }
      return kind
    }
  }

  /// The same for kinds that are no vendor's.
  static func ofAnybody(at revoked: String, _ kinds: SecretKind...) -> [SecretKind] {
    kinds.map { kind in
      var kind = kind
      kind.revoked = revoked
      return kind
    }
  }

  package var rule: SecretRule {
    let (pattern, words, least) =
      switch anchor {
      case .shape(let shape): (shape.pattern, shape.keywords, shape.leastCount)
      case .name(let names, let shape):
        (Self.assignment(to: names, shape), names.flatMap(Self.spellings), shape.leastCount)
      case .pattern(let pattern), .block(let pattern): (pattern, keywords, 0)
      }
    var spansLines = false
    if case .block = anchor { spansLines = true }
    return SecretRule(
      id, title, severity, keywords: words, pattern, proof: proof,
      // A random text of twenty characters carries more, in hexadecimal digits too.
      entropy: least >= 20 ? 2.5 : entropy, files: files, spansLines: spansLines, revoked: revoked)
  }

  private static let nouns = ["key", "token", "secret", "pass", "pwd", "auth", "cred", "pat"]

  private static func spellings(_ name: String) -> [String] {
    name.contains("_")
      ? ["_", "-", " ", ""].map { name.split(separator: "_").joined(separator: $0) } : [name]
  }

  /// `name = "value"`, `"name": "value"`, `name: str = "value"`, `-H "Name: value"`, `--name value`,
  /// `vendor.Client(key="value")`. A name that does not say what it holds (`mistral`) is followed by a
  /// word that does, in the same line.
  private static func assignment(to names: [String], _ shape: TokenShape) -> String {
    let named = Dictionary(grouping: names) { name in nouns.contains { name.contains($0) } }
    let whole = named[true, default: []].flatMap(spellings)
    let vendors = named[false, default: []].flatMap(spellings)
    var heads = whole
    if !vendors.isEmpty {
      heads.append(
        "(?:\(vendors.joined(separator: "|")))[^\\r\\n,;]{0,40}?(?:\(nouns.joined(separator: "|")))"
      )
    }
    return "(?i:\(heads.joined(separator: "|")))\\w{0,24}"
      + "(?:\\s?:\\s?[\\w&?]{1,16}\\s?=\\s?[\"'`]|[\\s:=,(>|?\"'`\\\\\\])]{1,12})"
      + "(?:(?i:bearer|token|basic|splunk|sso-key)\\s)?(\(shape.body))\(shape.end)"
  }
}

/// The kinds of credentials that hookkit knows by itself.
package enum SecretRules {
  package static let kinds: [SecretKind] = [
    SecretKind.ai, SecretKind.clouds, SecretKind.databases, SecretKind.forges, SecretKind.keys,
    SecretKind.messaging, SecretKind.observability, SecretKind.packages, SecretKind.payments,
    SecretKind.services, SecretKind.texts, SecretKind.files, SecretKind.assigned,
  ].flatMap { $0.flatMap { $0 } }

  package static let all = kinds.map(\.rule)
}
