internal import Git
internal import Ledger
internal import Policy
internal import Primitives

/// The next steps for one update: commands that name its reference, so that they can be run as they
/// stand.
struct ReviewSteps {
  private let bench: Bench
  private let update: RefUpdate
  /// `--ref NAME`; nothing for the branch that HEAD names, which a command means when told nothing.
  let refArgument: [String]

  /// What the step is called that brings refused commits to the server.
  private static let showing = "so that a reviewer can see it"

  init(_ bench: Bench, _ update: RefUpdate) {
    self.bench = bench
    self.update = update
    let home = try? bench.surroundings.references.head()
    refArgument = home == update.name ? [] : ["--ref", Self.word(update.name)]
  }

  /// A reference as a person writes it.
  private static func word(_ name: RefName) -> String {
    let heads = "refs/heads/"
    let text = "\(name)"
    guard text.hasPrefix(heads), !text.dropFirst(heads.count).hasPrefix("refs/") else {
      return text
    }
    return String(text.dropFirst(heads.count))
  }

  /// How a commit gets a review: first it must be where a reviewer can see it.
  ///
  /// - Parameter who: whose step it is, such as `a reviewer runs`.
  func approve(
    _ commit: ObjectID, _ who: String = "a reviewer runs", in range: CommitRange
  ) -> [Hint] {
    let review = Hint(
      who, ["hookkit", "review", "approve", commit.hex] + refArgument)
    guard let tip = range.commits.first?.id, !isShown(range) else { return [review] }
    return [showing(tip)].compactMap { $0 } + [review]
  }

  /// Whether the work lies on a branch that anybody may look at: at its tip, or it was pushed there first.
  private func isShown(_ range: CommitRange) -> Bool {
    if let tip = range.commits.first?.id, bench.branchTips.contains(tip) { return true }
    guard let first = range.arrivals.first?.ref, first != update.name, first.isBranch,
      bench.policy.protections(for: first).isEmpty
    else { return false }
    return (try? bench.surroundings.references.resolve(first)) != nil
  }

  /// The push that shows a commit, to a branch that its pusher may push to.
  func showing(_ commit: ObjectID, _ label: String = showing) -> Hint? {
    guard let branch = openBranch("review-\(commit.short)") else { return nil }
    return .init(label, ["git", "push", "origin", "\(commit.short):\(branch)"])
  }

  /// A branch that no rule guards and that the pusher may make.
  private func openBranch(_ name: String) -> RefName? {
    let limits: [[Pattern]] =
      switch bench.pusher {
      case .agent(let agent): agent.pushLimits
      case .service(let service): service.pushLimits
      case .person, nil: []
      }
    let candidates =
      limits.first?.map { RefName(Self.filled($0.bytes, with: Array(name.utf8))) }
      ?? [RefName("refs/heads/\(name)")]
    return candidates.first { candidate in
      candidate.isBranch && candidate.isWellFormed
        && bench.policy.protections(for: candidate).isEmpty
        && limits.allSatisfy { limit in limit.contains { $0.matches(candidate.bytes) } }
    }
  }

  /// The pattern with a name in the place of each run of stars.
  private static func filled(_ pattern: [UInt8], with name: [UInt8]) -> [UInt8] {
    var filled: [UInt8] = []
    for (index, byte) in pattern.enumerated() {
      if byte == UInt8(ascii: "?") {
        filled.append(UInt8(ascii: "x"))
      } else if byte != UInt8(ascii: "*") {
        filled.append(byte)
      } else if index == 0 || pattern[index - 1] != byte {
        filled += name
      }
    }
    return filled
  }

  /// The steps of an update that is held: there it can be seen already.
  static func withoutShowing(_ hints: [Hint]) -> [Hint] {
    hints.filter { $0.label != showing }
  }

  /// Whether a step asks people for an answer: where something else must be mended first, it comes to
  /// nothing.
  static func asksPeople(_ hint: Hint) -> Bool {
    if hint.label == showing { return true }
    return hint.command.first == "hookkit" && hint.command.count > 1
      && ["review", "quarantine"].contains(hint.command[1])
  }
}

extension RefName {
  fileprivate var isBranch: Bool { hasPrefix("refs/heads/") }
}
