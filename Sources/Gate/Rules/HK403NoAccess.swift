internal import Primitives

/// HK403: the policy does not let somebody into a repository, or not to push.
package enum NoAccess {
  static let code = Code(403)

  static let page = RulePage(
    code: code, name: "NoAccess", title: "the policy gives no access to this repository",
    endedBy: .administrator,
    why: """
      `hookkit-shell` serves a repository to those whom its policy knows: by the name and the key that
      sshd has found, until their time is over, as far as `access` and `repositories` say. Whether a
      repository that somebody may not see exists is not told. A repository inside of another one is
      not served at all: whoever may push to the outer one could have made it.
      """,
    ends: "The administrator enrols the key, or widens `access` or `repositories`, in the policy.",
    examples: [])

  /// The finding for a repository that is not there, or not for this principal.
  ///
  /// - Parameters:
  ///   - label: the principal, such as `agents.codex`.
  ///   - path: what the client asked for.
  package static func finding(_ label: String, _ path: [UInt8]) -> Finding {
    Finding(
      code, headline: "no access to \(Escaped.quoted(path, limit: 120))", reason: "no access",
      details: ["it does not exist, or it is not for \(Escaped.text(label.utf8))"], hints: hints)
  }

  /// The finding for somebody who gets further than this, but not to the end.
  package static func finding(_ label: String, why: String) -> Finding {
    Finding(
      code, headline: "no access for \(Escaped.text(label.utf8))", reason: "no access",
      details: [why], hints: hints)
  }

  private static var hints: [Hint] { [.init("why", "hookkit", "explain", "\(code)")] }
}
