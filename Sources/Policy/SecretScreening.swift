package import Primitives

/// How what a push brings is looked through for credentials (`[secrets]`).
///
/// Without a line of it every text of every push is, by every rule. The top layer that has the table
/// says what is left out; the layers below it may only take less out.
package struct SecretScreening: Hashable, Sendable {
  package internal(set) var mode = RuleMode.enforce
  /// Rules that are not asked, by their names: `jwt`.
  package internal(set) var skippedRules: Set<String> = []
  /// Paths in which nothing is looked for.
  package internal(set) var skippedPaths: [Pattern] = []
  /// Whether a comment beside a credential lets it pass.
  package internal(set) var allowsComments = false
  /// Whether a layer has said something of it.
  var isSaid = false

  package init() {}
}

extension SecretScreening {
  private static let reason = "takes out more than the layer above does"

  static let rows: [PolicyRow<SecretScreening>] = [
    .init(
      "mode", Form.choice(RuleMode.self), else: "enforce",
      "observe: credentials are told and journalled, and refuse nothing"
    ) {
      $2.set(
        &$0.mode, to: $1, if: !$0.isSaid || $1 == .enforce || $0.mode == .observe, else: reason)
    },
    .init(
      "skip-rules", Form.words, else: "[]", "rules that are not asked, by their names: \"jwt\""
    ) {
      $2.set(
        &$0.skippedRules, to: Set($1), if: !$0.isSaid || $0.skippedRules.isSuperset(of: $1),
        else: reason)
    },
    .init(
      "skip-paths", Form.paths, else: "[]",
      "paths in which nothing is looked for, such as \"Tests/Fixtures/**\""
    ) {
      $2.set(
        &$0.skippedPaths, to: $1, if: !$0.isSaid || Set($1).isSubset(of: $0.skippedPaths),
        else: reason)
    },
    .init(
      "allow-comments", Form.bool, else: "false",
      "lets a line pass that says hookkit:allow, gitleaks:allow or betterleaks:allow"
    ) {
      $2.set(
        &$0.allowsComments, to: $1, if: !$0.isSaid || !$1 || $0.allowsComments, else: reason)
    },
  ]
}
