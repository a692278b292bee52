package import Primitives

/// One kind of credential: how it is found, what proves that it is one, and where it is revoked.
package struct SecretRule: Sendable {
  package enum Severity: String, CaseIterable, Sendable {
    case low, medium, high, critical
  }

  /// Lower-case words joined by hyphens, vendor first: `github-classic-pat`.
  package let id: String
  /// What a person reads: "GitHub personal access token (classic)".
  package let title: String
  package let severity: Severity
  /// Lower-case texts of at least three bytes of which one must stand in a line, in either case of ASCII
  /// letters, before the pattern is tried there. They belong to the rule's meaning and are not only
  /// speed. None for a rule that is tried on all of the files that it names.
  package let keywords: [String]
  /// A pattern of PCRE2 over bytes. The secret is the first group that took part in the match, or the
  /// whole match where no group did.
  package let pattern: String
  /// Names of the only files that it is tried in, as globs over the end of a path: `.netrc`, `*.pgpass`.
  /// Empty for any text.
  package let files: [Pattern]
  /// Whether what it matches goes on over many lines.
  package let spansLines: Bool
  /// What must also be true of the secret.
  package let proof: StructureCheck
  /// How many bits a byte of the secret must carry at least (Shannon), from 0 to 8.
  package let entropy: Double
  /// Where its owner revokes it: an address or a command.
  package let revoked: String

  package init(
    _ id: String, _ title: String, _ severity: Severity, keywords: [String], _ pattern: String,
    proof: StructureCheck = .none, entropy: Double = 0, files: [String] = [],
    spansLines: Bool = false, revoked: String
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.keywords = keywords
    self.pattern = pattern
    self.files = files.map { Pattern(Array("**/\($0)".utf8)) }
    self.spansLines = spansLines
    self.proof = proof
    self.entropy = entropy
    self.revoked = revoked
  }
}
