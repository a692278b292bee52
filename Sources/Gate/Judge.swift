internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// Judges a push: the one decision that every hook, `hookkit check` and `hookkit verify` ask for.
///
/// Nothing is written, no clock or environment is read. Whatever cannot be decided is a finding of
/// severity `doubt`, and the gate stays shut.
package func judge(_ push: Push, in surroundings: Surroundings) -> Decision {
  let policy: PolicyInForce
  do throws(PolicyInForce.Problem) {
    policy = try PolicyInForce(in: surroundings)
  } catch {
    return Decision(
      undecided: push.updates, because: PolicyMissing.find(error), pusher: push.pusher,
      time: push.time)
  }
  return judge(push, under: policy, in: surroundings)
}

/// The same under a policy that the caller has read already.
package func judge(
  _ push: Push, under policy: PolicyInForce, in surroundings: Surroundings
) -> Decision {
  var ledgerTip: ObjectID?
  var judgements: [Judgement] = []
  do throws(GitError) {
    ledgerTip = try surroundings.references.resolve(.ledger)
    tell(policy, ledgerTip, surroundings.trace)
    let bench = Bench(push: push, policy: policy, surroundings: surroundings, ledgerTip: ledgerTip)
    let limit = policy.policy.limits.refs
    guard push.updates.count <= limit else {
      throw .overLimit("\(push.updates.count) references in one push, the limit is \(limit)")
    }
    judgements = push.updates.map { bench.judge($0) }
    let ofContents = bench.contentFindings()
    if !ofContents.isEmpty {
      judgements = judgements.map { $0.update.isDeletion ? $0 : $0.adding(ofContents) }
    }
    if let observed = policy.ofObserved {
      let bench = Bench(
        push: push, policy: observed, surroundings: surroundings, ledgerTip: ledgerTip)
      judgements = judgements.map { $0.observing(bench) }
    }
  } catch {
    judgements = push.updates.map {
      Judgement(update: $0, findings: [Unreadable.find(error)], isGuarded: true)
    }
  }
  return Decision(
    judgements: judgements, pusher: push.pusher,
    principal: push.pusher.account.flatMap { policy.policy.principal(account: $0) }?.name,
    policyDigest: policy.digest, ledger: ledgerTip, time: push.time)
}

extension Judgement {
  /// The same with what rules that are only watched would say.
  fileprivate func observing(_ bench: Bench) -> Judgement {
    guard bench.policy.isGuarded(update.name) else { return self }
    let seen = bench.judge(update).findings.filter { finding in
      finding.severity.standsAgainst && !findings.contains { $0.code == finding.code }
    }
    bench.surroundings.trace("\(update.name): \(seen.count) findings of rules that are observed")
    return adding(seen.map(\.observed))
  }
}

private func tell(_ policy: PolicyInForce, _ ledger: ObjectID?, _ trace: JudgeTrace) {
  trace("policy \(Hex.string(policy.digest).prefix(12)), ledger \(ledger?.short ?? "none")")
  for layer in policy.policy.layers {
    // Not the name: a pusher may trace, and is not told where a server keeps its files.
    trace("layer \(layer.kind.word), serial \(layer.serial)")
  }
}

/// What one push is judged with.
struct Bench {
  let push: Push
  let inForce: PolicyInForce
  let surroundings: Surroundings
  let ledgerTip: ObjectID?
  let pusher: Principal?
  private let pushedNames: PushedNames
  let nested: NestedRepository.Folders
  let protectedNames: ProtectedNames
  private let branches: Branches
  private let opened = Opened()

  var policy: Policy { inForce.policy }

  init(push: Push, policy: PolicyInForce, surroundings: Surroundings, ledgerTip: ObjectID?) {
    self.push = push
    inForce = policy
    self.surroundings = surroundings
    self.ledgerTip = ledgerTip
    pushedNames = PushedNames(push.updates)
    nested = NestedRepository.Folders(surroundings.references)
    protectedNames = ProtectedNames(policy.policy)
    branches = Branches(surroundings.references)
    pusher = push.pusher.account.flatMap { policy.policy.principal(account: $0) }
  }

  /// The verdict on one update: what its name forbids, then what its reference's rules ask.
  func judge(_ update: RefUpdate) -> Judgement {
    let named = NamedUpdate(bench: self, update: update)
    do throws(GitError) {
      let malformed = try InputMalformed.rule.findings(in: named)
      guard malformed.isEmpty, update.name != .ledger else {
        let ofLedger = [Rule<NamedUpdate>].ofLedger
        return Judgement(
          update: update,
          findings: malformed.isEmpty ? try ofLedger.firstFindings(in: named) : malformed,
          isGuarded: true)
      }
      if let repair = PolicyRepair(bench: self, update: update)?.judgement { return repair }
      let findings = try nameFindings(update)
      let rules = try rules(for: update)
      let quarantines = policy.quarantines(for: update.name)
      surroundings.trace(
        "\(update.name) \(update.old.short)..\(update.new.short) by \(pusher?.name ?? "somebody unknown"): "
          + "\(rules.count) rules, \(quarantines.count) quarantine rules")
      let notes = LookAlikeName.note(update, protectedNames).map { [$0] } ?? []
      let isGuarded = !(findings + notes).isEmpty || !rules.isEmpty || !quarantines.isEmpty
      guard findings.isEmpty, isGuarded else {
        return Judgement(update: update, findings: findings + notes, isGuarded: isGuarded)
      }
      var answer = ProtectedUpdate.Answer()
      if !rules.isEmpty {
        answer = try ProtectedUpdate(bench: self, update: update, rules: rules).judge()
      }
      var held = HeldUpdate.Answer()
      if !quarantines.isEmpty {
        held = try HeldUpdate(bench: self, update: update, rules: quarantines).judge()
      }
      let hold = held.hold?.waiting(forReviewOf: answer.unreviewed) ?? answer.hold
      // What the work itself lacks is said first; where nothing is, who pushes still matters. What is
      // held must be able to land once people have answered, so there it matters at once.
      var remaining = answer.findings
      if remaining.isEmpty || hold != nil, !rules.isEmpty {
        remaining += OutsideNamespace.find(named)
      }
      // A rejection stands against the update once, whichever rules ask for it.
      remaining += held.findings.filter { finding in
        finding.code != HoldRejected.code || !remaining.contains { $0.code == finding.code }
      }
      let judgement = Judgement(
        update: update, findings: remaining + notes, isGuarded: true,
        coverage: landingRecord(held.record(in: answer.coverage)), arrivals: answer.arrivals,
        expires: [answer.expires, policy.nextEnd(after: push.time)].compactMap { $0 }.min(),
        hold: hold)
      return obstacle(to: hold, answer, under: rules).map { judgement.refusingHold(because: $0) }
        ?? judgement
    } catch {
      surroundings.trace("\(update.name): \(error.words)")
      return Judgement(
        update: update, findings: [Unreadable.find(error, judging: update.name)],
        isGuarded: true)
    }
  }

  /// The rules that name the reference. HEAD's branch is guarded where none does: what changes the
  /// policy there waits for a maintainer, and everything else is free.
  private func rules(for update: RefUpdate) throws(GitError) -> [Protection] {
    let rules = policy.protections(for: update.name)
    guard rules.isEmpty, update.name == inForce.head else { return rules }
    if update.isDeletion {
      return try PolicyChange.holdsPolicy(update, self) ? [.ofThePolicy] : []
    }
    let target = try surroundings.objects.peel(update.new)
    guard target.kind == .commit, target.id == update.new else { return [.ofThePolicy] }
    return try PolicyChange(bench: self, update: update, tip: target.id).isNet
      ? [.ofThePolicy] : []
  }

  /// What stands against everything that is brought, because one of its objects must not be stored.
  func contentFindings() -> [Finding] {
    guard let contents = push.contents else { return [] }
    let findings =
      SecretFound.find(contents, under: policy.secrets)
      + ContentUnread.find(contents, under: policy.secrets)
    surroundings.trace(
      "\(contents.objectCount) objects, \(contents.byteCount) bytes scanned: \(findings.count) findings"
    )
    return findings
  }

  /// What people have signed, opened when it is first asked for.
  func signatories() throws(GitError) -> Signatories {
    if let known = opened.signatories { return known }
    let signatories = Signatories(
      under: policy, in: try Ledger(at: ledgerTip, objects: surroundings.objects), at: push.time)
    opened.signatories = signatories
    return signatories
  }

  private final class Opened {
    var signatories: Signatories?
    var classifier: Classifier?
  }

  /// What has landed on the references that count.
  func landed(where counts: @escaping (RefName) -> Bool) throws(GitError) -> LandedCommits {
    try surroundings.landings.landed(where: counts) { name, tip in
      (try? Adoption(bench: self).isAdopted(name, at: tip)) ?? false
    }
  }

  /// Why an update cannot be held that waits for people; `nil` where it can.
  private func obstacle(
    to hold: PendingHold?, _ answer: ProtectedUpdate.Answer, under rules: [Protection]
  ) -> String? {
    guard let hold else { return nil }
    if !answer.isReviewable { return "nobody may give the review that is missing" }
    // Reviewers' attention is not for everybody to ask for.
    if pusher == nil, hold.change == nil { return "the policy does not know who pushes" }
    // When it lands, its certificate is gone.
    return rules.contains(where: \.requiresSignedPush) ? "a signed push cannot be held" : nil
  }

  /// The coverage of a landing, with the hold that lands, or that no push made it: whoever judges it
  /// again must know.
  private func landingRecord(_ coverage: JSON) -> JSON {
    guard var members = coverage.members else { return coverage }
    if let id = push.heldAs {
      members.append(JSON.Member(key: Array("held".utf8), value: .text(id)))
    }
    if push.isMadeOnServer {
      members.append(JSON.Member(key: Array("on-server".utf8), value: true))
    }
    return .object(members)
  }

  /// The commits that an update brings.
  func range(
    hiding hidden: HiddenCommits, to tip: ObjectID, of update: RefUpdate
  ) throws(GitError) -> CommitRange {
    try CommitRange(
      hiding: hidden, to: tip, update: update, push: push, classifier: classifier())
  }

  private func classifier() throws(GitError) -> Classifier {
    if let known = opened.classifier { return known }
    let classifier = try Classifier(policy: policy, surroundings: surroundings, time: push.time)
    opened.classifier = classifier
    return classifier
  }

  func comesWithPush(_ name: RefName) -> Bool {
    push.updates.count > 1 && pushedNames.names.contains(name)
  }

  /// The references that the push makes or moves, put in order when they are first asked for: a push
  /// may have very many.
  private final class PushedNames {
    private let updates: [RefUpdate]
    lazy var names = Set(updates.filter { !$0.isDeletion }.map(\.name))

    init(_ updates: [RefUpdate]) {
      self.updates = updates
    }
  }

  /// Where the branches stand that were here before the push.
  var branchTips: Set<ObjectID> { branches.tips }

  /// Read when a refusal first asks for them.
  private final class Branches {
    private let references: any ReferenceReading
    lazy var tips = Set(((try? references.list(prefix: Array("refs/heads/".utf8))) ?? []).map(\.id))

    init(_ references: any ReferenceReading) {
      self.references = references
    }
  }

  /// What is wrong with the name alone, whatever the update brings.
  private func nameFindings(_ update: RefUpdate) throws(GitError) -> [Finding] {
    let findings = try [Rule<NamedUpdate>].ofNames.findings(
      in: NamedUpdate(bench: self, update: update))
    guard !policy.isProtected(update.name) else { return findings }
    let outside = OutsideNamespace.find(NamedUpdate(bench: self, update: update))
    // Another name of that kind is no way out for who may not push it either.
    return (outside.isEmpty ? findings : findings.map(\.withoutOtherName)) + outside
  }
}
