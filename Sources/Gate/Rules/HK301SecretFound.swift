package import Policy
internal import Primitives
internal import Secrets

/// HK301: a credential would be stored.
package enum SecretFound {
  static let code = Code(301)

  static let page = RulePage(
    code: code, name: "SecretFound", title: "a credential would be stored",
    endedBy: .pusher,
    why: """
      Whoever can read a repository can read every version of every file in it, and so can each of its
      clones: a credential that was pushed once is known. hookkit looks through all that a push brings,
      once, before git stores it: files of every commit, merges included, messages, names of files and
      references, tags; behind base64, hexadecimal digits and percent signs, in UTF-16, gzip, tar and zip.
      What a parent's file had already is not what the push brings, and may stay or move.

      The whole push is refused, and nothing of it stays on the server. What is told of the credential is
      where it stands, what kind it is, and how long. Grave kinds refuse; of others there is a note.
      """,
    ends: """
      Revoke it first: it has left your machine. Then take it out of the commits that are not pushed yet,
      and push again. A text that only looks like a credential is put together when the program runs
      (`"gh" + "p_..."`), or made up in the test; or a maintainer takes its rule or its path out in the
      policy (`[secrets]`, `hookkit help policy`).
      """,
    examples: [
      Example(
        "a key in a file is not stored", .refuse,
        .commit("work", by: .dana, files: ["deploy.env": "KEY=\(madeUp)\n"], signed: true),
        .push("work", by: .dana)),
      Example(
        "nor one in a branch that no rule names, or in a message", .refuse,
        .commit("work", by: .dana, message: "Use \(madeUp) for now", signed: true),
        .push("work", to: "refs/heads/topic", by: .dana)),
      Example(
        "nor one that a later commit takes away again", .refuse,
        .commit("with", by: .dana, files: ["deploy.env": "KEY=\(madeUp)\n"], signed: true),
        .commit("without", by: .dana, on: ["with"], files: ["deploy.env": "KEY=\n"], signed: true),
        .push("without", by: .dana)),
      Example(
        "what stands for a key passes", .allow,
        .commit("work", by: .dana, files: ["deploy.env": "KEY=gsk_your_key_here\n"], signed: true),
        .push("work", by: .dana)),
    ])

  /// A key of nobody's, put together here so that no scanner takes this file for a place of keys.
  private static let madeUp: String = {
    let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    var state: UInt64 = 301
    return "gs" + "k_"
      + String(
        (0..<52).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return letters[Int(state >> 33) % letters.count]
        })
  }()

  /// What is said of the credentials that a push brings: the grave ones refuse it.
  package static func find(_ scan: ContentScan, under screening: SecretScreening) -> [Finding] {
    // One that stands at several places is told by the first of them that the policy does not leave out.
    var told: Set<[UInt8]> = []
    let counted = scan.found.filter { screening.asks($0) && told.insert($0.match.key).inserted }
    let refused = counted.filter { $0.match.rule.isGrave }
    var findings: [Finding] = []
    if let first = refused.first {
      findings.append(finding(first, refused, scan, screening))
    }
    let noted = counted.filter { !$0.match.rule.isGrave }
    if let first = noted.first {
      let more = noted.count > 1 ? ", and \(noted.count - 1) more" : ""
      findings.append(
        Finding(
          code, .note,
          headline: "perhaps a credential in \(first.words)\(more): \(first.match.rule.id)",
          commit: first.commit))
    }
    return findings
  }

  private static func finding(
    _ first: ContentScan.Found, _ all: [ContentScan.Found], _ scan: ContentScan,
    _ screening: SecretScreening
  ) -> Finding {
    let rule = first.match.rule
    var details = all.prefix(3).map { "\($0.words): \($0.match.rule.id), \($0.match.redacted)" }
    if all.count > 3 { details.append("and \(all.count - 3) more") }
    details.append("revoke it first: \(rule.revoked)")
    details.append("\(scan.objectCount) objects, \(scan.byteCount) bytes scanned")
    var hints: [Hint] = []
    switch first.base {
    case .commit(let base):
      hints.append(.init("undo, keep the files", "git", "reset", "--soft", base.hex))
    case .nothing:
      hints.append(.init("undo, keep the files", "git", "update-ref", "-d", "HEAD"))
    case .unknown: break
    }
    hints.append(.init("why, and what if it is none", "hookkit", "explain", "\(code)"))
    let severity: Finding.Severity = screening.mode == .observe ? .observed : .refusal
    return Finding(
      code, severity, headline: "a credential would be stored: \(rule.title)",
      reason: "brings a credential: \(rule.id)", details: details,
      hints: severity == .observed ? [] : hints, commit: first.commit)
  }
}

extension SecretRule {
  /// Whether it refuses a push; what is likely to be none is only told.
  var isGrave: Bool { severity == .high || severity == .critical }
}

extension SecretScreening {
  /// Whether the policy leaves something in.
  fileprivate func asks(_ found: ContentScan.Found) -> Bool {
    if skippedRules.contains(found.match.rule.id) { return false }
    if allowsComments, found.match.isAllowedByComment { return false }
    guard case .file(let path) = found.place else { return true }
    return !skippedPaths.contains { $0.matches(path) }
  }
}

extension ContentScan.Found {
  /// `deploy.env line 3 of 3f1c9e2, in base64`
  fileprivate var words: String {
    let of = commit.map { " of \($0.short)" } ?? ""
    let behind = match.wrapping.isEmpty ? "" : ", in \(match.wrapping.joined(separator: ", "))"
    let line = " line \(match.line)"
    return switch place {
    case .file(let path): "\(Escaped.text(path, limit: 120))\(line)\(of)\(behind)"
    case .message: "the message\(of)\(behind)"
    // The name has it: to show it would show the credential.
    case .path: "the name of a file\(of)\(behind)"
    case .reference: "the name of a reference\(behind)"
    case .unnamed: "a file that nothing leads to\(line)\(behind)"
    }
  }
}
