internal import Dispatch
internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Synchronization

/// Counts who made the commits of an update, on one thread or several.
struct HistorySurvey {
  let vantage: Vantage
  let named: KnownPolicy?
  /// What the update was judged in and by, for the first thread.
  let surroundings: Surroundings
  let policy: PolicyInForce
  let update: RefUpdate
  let pusher: Pusher
  let time: Int64
  let depth: Survey.Depth

  /// How many commits a thread takes at a time: neighbours share trees, which are then near at hand.
  private static let portion = 1024

  func run(threads: Int, on terminal: Terminal) throws -> Survey {
    let history = try SurveyedHistory(
      of: update, in: surroundings, limit: policy.policy.limits.commits)
    guard threads > 1, history.commits.count > Self.portion else {
      var survey = Survey()
      let reader = try reader(surroundings, policy)
      var done = 0
      while done < history.commits.count {
        let part = done..<min(done + Self.portion, history.commits.count)
        try count(part, of: history, reader, surroundings, into: &survey)
        done = part.upperBound
        terminal.progress("counting commits: \(done) of \(history.commits.count)")
      }
      return survey
    }
    return try Shared(self, history).run(threads: threads)
  }

  private func opened() throws -> (surroundings: Surroundings, policy: PolicyInForce) {
    let (surroundings, policy) = try vantage.surroundings(named: named)
    guard let policy else { throw vantage.noPolicy }
    return (surroundings, policy)
  }

  private func reader(
    _ surroundings: Surroundings, _ policy: PolicyInForce
  ) throws(GitError) -> OriginReader {
    try OriginReader(policy: policy.policy, surroundings: surroundings, time: time)
  }

  private func count(
    _ part: Range<Int>, of history: SurveyedHistory, _ reader: OriginReader,
    _ surroundings: Surroundings, into survey: inout Survey
  ) throws(GitError) {
    try survey.add(
      part, of: history, to: depth, reader: reader, memory: surroundings.memory,
      now: Arrival(.pushed(by: pusher.account, to: update.name, at: time)),
      objects: surroundings.objects)
  }

  /// What the threads share: where the next portion begins, and what is counted or went wrong.
  ///
  /// Each thread opens the repository for itself, because an object store is one thread's.
  private final class Shared: @unchecked Sendable {
    private struct State {
      var next = 0
      var survey = Survey()
      var failure: (any Error)?
    }

    private let whole: HistorySurvey
    private let history: SurveyedHistory
    private let state = Mutex(State())

    init(_ whole: HistorySurvey, _ history: SurveyedHistory) {
      self.whole = whole
      self.history = history
    }

    func run(threads: Int) throws -> Survey {
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        do {
          try work()
        } catch {
          let failure = error
          state.withLock { $0.failure = $0.failure ?? failure }
        }
      }
      return try state.withLock { state in
        if let failure = state.failure { throw failure }
        return state.survey
      }
    }

    private func work() throws {
      let (surroundings, policy) = try whole.opened()
      let reader = try whole.reader(surroundings, policy)
      var survey = Survey()
      while let part = take() {
        try whole.count(part, of: history, reader, surroundings, into: &survey)
      }
      let counted = survey
      state.withLock { $0.survey.add(counted) }
    }

    private func take() -> Range<Int>? {
      state.withLock { state in
        guard state.failure == nil, state.next < history.commits.count else { return nil }
        let part = state.next..<min(state.next + HistorySurvey.portion, history.commits.count)
        state.next = part.upperBound
        return part
      }
    }
  }
}

extension Survey {
  /// The origins in the order of Documentation/Design/Model.md, the highest class first.
  private static let order: [(kind: Origin.Kind, word: String, grade: String?)] = [
    (.agent(.attested), "agent", "attested"), (.agent(.declared), "agent", "declared"),
    (.agent(.suspected), "agent", "suspected"), (.service, "service", nil),
    (.unverified, "unverified", nil), (.person(.touch), "person", "touch"),
    (.person(.key), "person", "key"),
  ]

  /// `81,966 commits: 120 agent (90 declared, 30 suspected), 81,846 unverified; 137,899 changed paths`
  func line(withPaths: Bool) -> String {
    var kinds: [String] = []
    for word in ["agent", "service", "unverified", "person"] {
      let parts = Self.order.filter { $0.word == word }
        .map { (count: origins[$0.kind] ?? 0, grade: $0.grade) }.filter { $0.count > 0 }
      let sum = parts.reduce(0) { $0 + $1.count }
      guard sum > 0 else { continue }
      let grades = parts.compactMap { part in part.grade.map { "\(part.count.grouped) \($0)" } }
      kinds.append(
        "\(sum.grouped) \(word)" + (grades.isEmpty ? "" : " (\(grades.joined(separator: ", ")))"))
    }
    let head = "\(commits.grouped) \(commits == 1 ? "commit" : "commits")"
    let paths = "\(changedPaths.grouped) changed \(changedPaths == 1 ? "path" : "paths")"
    return head + (kinds.isEmpty ? "" : ": " + kinds.joined(separator: ", "))
      + (withPaths ? "; \(paths)" : "")
  }

  var json: JSON {
    [
      "commits": .integer(Int64(commits)), "merges": .integer(Int64(merges)),
      "changedPaths": .integer(Int64(changedPaths)),
      "origins": .array(
        Self.order.compactMap { entry in
          origins[entry.kind].map { count in
            [
              "kind": .text(entry.word), "grade": entry.grade.map { .text($0) } ?? .null,
              "count": .integer(Int64(count)),
            ]
          }
        }),
    ]
  }
}

extension Int {
  /// With a comma between thousands.
  var grouped: String {
    let digits = String(magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (self < 0 ? "-" : "") + text
  }
}
