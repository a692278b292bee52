internal import Gate
internal import Git
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signals
internal import Signing

/// What a reviewer reads before signing: the commit, what it brings and who made it, what the rules
/// ask, the reviews that are there, the summary of changed files, the changes.
struct ReviewPage {
  let proposal: Proposal
  let view: ServerView
  let terminal: Terminal

  /// Most commits that are listed one by one.
  private static let mostCommits = 500

  /// The whole page.
  func bytes() throws -> [UInt8] {
    let parts = [head(), rules(), reviews(), log()].map { $0.joined(separator: "\n") }
    let text = parts.joined(separator: "\n\n") + "\n\n"
    let changes = try DiffText.changes(
      from: proposal.oldTree, to: proposal.head.tree, in: view.repository)
    return Array(text.utf8) + DiffText.legible(changes, on: terminal)
  }

  // MARK: Parts

  /// What would be signed.
  func head() -> [String] {
    let commit = proposal.head
    let layers = view.policy.policy.layers.map { "\($0.kind.word) \($0.serial)" }
    return [
      terminal.styled("review of \(commit.id.short) for \(proposal.ref)", .strong),
      "  repository  \(Escaped.text(view.policy.policy.repository))",
      "  base        \(proposal.base?.hex ?? "none: the ref is not there yet")",
      "  head        \(commit.id.hex)",
      "  tree        \(commit.tree.hex)",
      "  policy      \(view.policySource) (serial: \(layers.joined(separator: ", ")))",
      "  vouches for \(proposal.vouchWords)",
    ]
  }

  private func rules() -> [String] {
    var lines = [terminal.styled("what the rules ask", .strong)]
    if proposal.isPolicyChange {
      lines.append("  the policy itself is changed: people with the role maintainer review it")
    }
    for rule in proposal.rules {
      lines.append("  \(rule.location) \(RuleText.refs(rule.refs))")
      lines += RuleText.lines(rule).map { "    \($0)" }
    }
    return lines
  }

  private func reviews() -> [String] {
    guard !proposal.filed.isEmpty else {
      return [terminal.styled("reviews of it so far: none", .strong)]
    }
    return [terminal.styled("reviews of it so far", .strong)]
      + proposal.filed.map { review in
        let who = review.person ?? review.key.fingerprint
        let problem = review.problem.map { "  does not count: \($0)" } ?? ""
        return "  \(Clock.text(review.statement.time))  \(who) (\(review.presence))\(problem)"
          + review.remark(under: view.policy)
      }
  }

  private func log() -> [String] {
    let count = proposal.commits.count
    var lines = [
      terminal.styled("\(count) \(count == 1 ? "commit" : "commits"), the newest first", .strong)
    ]
    for commit in proposal.commits.prefix(Self.mostCommits) {
      let object = commit.object
      let merge = object.parents.count > 1 ? " (merge)" : ""
      lines.append(
        "  \(object.id.short) \(Escaped.quoted(object.subject, limit: 72))\(merge)")
      lines.append("    by \(Self.identity(object.author)); \(Self.words(commit.origin))")
      if object.committer.email != object.author.email {
        lines.append("    committed by \(Self.identity(object.committer))")
      }
      lines += commit.origin.signals.prefix(5).map { signal in
        "    signal \(signal.id): \(Escaped.quoted(signal.quote, limit: 100))"
      }
    }
    if count > Self.mostCommits { lines.append("  and \(count - Self.mostCommits) more") }
    return lines
  }

  private static func identity(_ signature: CommitObject.Signature) -> String {
    "\(Escaped.quoted(signature.name, limit: 64)) <\(Escaped.text(signature.email, limit: 96))>"
  }

  /// `agent (declared): Codex, named in a trailer`
  private static func words(_ origin: Origin) -> String {
    let grade = origin.gradeWord.map { " (\($0))" } ?? ""
    return "\(origin.kindWord)\(grade): \(origin.because)"
  }
}

extension Proposal {
  /// `code, dependencies`
  var vouchWords: String {
    ReviewStatement.Vouch.allCases.filter(vouches.contains).map(\.rawValue).joined(separator: ", ")
  }

  /// The commits, rules and reviews as data.
  func json(in view: ServerView) -> JSON {
    [
      "schema": "hookkit.proposal/1",
      "repository": .string(view.policy.policy.repository),
      "ref": .string(ref.bytes),
      "base": base.map { .text($0.hex) } ?? .null,
      "head": .text(head.id.hex),
      "tree": .text(head.tree.hex),
      "vouches": .array(
        ReviewStatement.Vouch.allCases.filter(vouches.contains).map { .text($0.rawValue) }),
      "asks": .array(
        rules.map { rule in
          [
            "file": .text(rule.location.name),
            "line": .integer(Int64(rule.location.position.line)),
            "approvals": .integer(Int64(rule.review.approvals)),
            "words": .array(RuleText.lines(rule).map { .text($0) }),
          ]
        }),
      "commits": .array(
        commits.map { commit in
          [
            "id": .text(commit.object.id.hex), "subject": .string(Array(commit.object.subject)),
            "author": .string(commit.object.author.email),
            "origin": [
              "kind": .text(commit.origin.kindWord),
              "grade": commit.origin.gradeWord.map { .text($0) } ?? .null,
              "because": .text(commit.origin.because),
              "signals": .array(
                commit.origin.signals.map { signal in
                  [
                    "id": .text(signal.id), "where": .text(signal.place.rawValue),
                    "quote": .string(signal.quote),
                  ]
                }),
            ],
          ]
        }),
      "reviews": .array(filed.map { $0.json(under: view.policy) }),
    ]
  }
}

extension FiledReview {
  /// Whether the reviewer had another policy in mind. That is for people to weigh: it does not make a
  /// review invalid.
  private func isUnderAnother(_ policy: PolicyInForce) -> Bool {
    statement.policyDigest != policy.digest
  }

  /// What to say behind the review for that.
  func remark(under policy: PolicyInForce) -> String {
    isUnderAnother(policy) ? ", signed under another policy" : ""
  }

  /// One element of `hookkit.reviews/1`.
  func json(under policy: PolicyInForce) -> JSON {
    [
      "head": .text(statement.head.hex),
      "ref": .string(statement.ref.bytes),
      "base": statement.base.isZero ? .null : .text(statement.base.hex),
      "tree": .text(statement.resultTree.hex),
      "reviewer": person.map { .text($0) } ?? .null,
      "key": .text(key.fingerprint),
      "presence": .text(presence.rawValue),
      "vouches": .array(
        ReviewStatement.Vouch.allCases.filter(statement.vouches.contains)
          .map { .text($0.rawValue) }),
      "time": .text(Clock.text(statement.time)),
      "expires": statement.expires.map { .text(Clock.text($0)) } ?? .null,
      "comment": .string(statement.comment),
      "digest": .text(Hex.string(envelope.payloadDigest)),
      "policy": .text(Hex.string(statement.policyDigest)),
      "underAnotherPolicy": .bool(isUnderAnother(policy)),
      "valid": .bool(problem == nil),
      "problem": problem.map { .text($0) } ?? .null,
    ]
  }
}
