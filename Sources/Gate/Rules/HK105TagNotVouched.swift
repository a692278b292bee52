internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// HK105: an annotated tag that no person vouches for.
enum TagNotVouched {
  static let code = Code(105)

  static let page = RulePage(
    code: code, name: "TagNotVouched", title: "a tag that no person vouches for",
    endedBy: .pusher,
    why: """
      An annotated tag is an object of its own: it has a tagger, a message and may have a signature, and it
      is what people download and build. So it is judged like a commit. One that an agent or a service
      made or brought, or nobody is known to have, makes no protected tag. A review covers commits, not
      tag objects.
      """,
    ends: """
      A person makes the tag anew, with `git tag --sign`, and pushes it; or pushes a tag without an object
      of its own, `git push REMOTE COMMIT:refs/tags/NAME`.
      """,
    examples: [
      Example(
        "an agent's tag object of a reviewed commit is refused", .refuse,
        .tag("v1", of: "main", by: .codex), .push("v1", to: "refs/tags/v1", by: .codex)),
      Example(
        "a person's signed tag object is made", .allow,
        .tag("v1", of: "main", by: .dana, signed: true),
        .push("v1", to: "refs/tags/v1", by: .dana)),
    ])

  /// Asks of the annotated tags between the reference and its commit: a tag object is somebody's work as
  /// well, and no review covers it.
  static let rule = Rule(code) { (subject: ProtectedRange) throws(GitError) -> [Finding] in
    let (bench, update) = (subject.bench, subject.update)
    let asking = subject.rules.filter { $0.review.approvals > 0 || $0.review.owners }
    guard update.name.isTag, !asking.isEmpty else { return [] }
    let classifier = try Classifier(
      policy: bench.policy, surroundings: bench.surroundings, time: bench.push.time)
    let now = Arrival(
      .pushed(by: bench.push.pusher.account, to: update.name, at: bench.push.time), number: .max)
    for tag in try bench.surroundings.objects.annotatedTags(from: update.new) {
      let recorded = try bench.surroundings.memory.arrival(of: tag.id) ?? now
      let arrival = recorded.source == .baseline ? now : recorded
      let origin = try classifier.origin(
        of: tag, by: Delivery(arrival: arrival, pusher: bench.pusher))
      let asks = asking.contains {
        $0.asksAbout(
          origin, broughtBy: arrival.account, under: bench.policy, at: bench.push.time)
      }
      if asks { return [finding(update, tag.id, origin, of: subject.tip)] }
    }
    return []
  }

  /// - Parameter commit: what the tag stands for in the end.
  static func finding(
    _ update: RefUpdate, _ tag: ObjectID, _ origin: Origin, of commit: ObjectID
  ) -> Finding {
    Finding(
      code, headline: "\(update.name): no person vouches for the tag object",
      reason: "no person vouches for the tag \(tag.short)",
      details: [
        "\(tag.short)   \(GapText.who(origin))",
        "a person must make the tag anew; or it does without an object of its own",
      ],
      hints: [
        .init("why", "hookkit", "explain", "\(code)"),
        .push("without an object", of: commit, to: update.name),
      ], commit: tag)
  }
}
