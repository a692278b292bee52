internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// How a commit came to stand on a guarded reference, by what the server has recorded.
struct LandedWork {
  /// The move that brought it, the first on each reference.
  let landings: [LandingStatement]
  /// The reviews of it, and of the commits with which it landed.
  let reviews: [FiledReview]

  /// - Parameters:
  ///   - references: the server's, with its landings.
  ///   - ref: only how it came to this one.
  init(
    _ commit: ObjectID, on ref: RefName? = nil, _ references: any ReferenceReading,
    _ ledger: Ledger?, under policy: Policy?, in objects: ObjectStore, at time: Int64
  ) throws {
    let chain = try Landings(objects: objects).chain(from: references.resolve(.landings)).reversed()
    var lines: [RefName: [LandingStatement]] = [:]
    for landing in chain where ref == nil || landing.statement.ref == ref {
      lines[landing.statement.ref, default: []].append(landing.statement)
    }
    landings = try lines.values.compactMap { try Self.first(of: $0, with: commit, in: objects) }
      .sorted { ($0.time, $0.ref) < ($1.time, $1.ref) }
    var found: [FiledReview] = []
    if let ledger, let policy {
      var heads = [commit]
      for landing in landings where !heads.contains(landing.new) { heads.append(landing.new) }
      for head in heads {
        found += try ledger.filedReviews(of: head, under: policy, objects: objects, at: time)
          .filter { ref == nil || $0.statement.ref == ref }
      }
    }
    reviews = found
  }

  /// The first move of a reference to something that has the commit: from then on, all have it, but for
  /// references that were deleted or forced back, behind which it is looked for again.
  private static func first(
    of line: [LandingStatement], with commit: ObjectID, in objects: ObjectStore
  ) throws -> LandingStatement? {
    func has(_ landing: LandingStatement) throws -> Bool {
      guard !landing.new.isZero else { return false }
      return try landing.new == commit || objects.isAncestor(commit, of: landing.new, limit: .max)
    }
    guard let last = line.lastIndex(where: { !$0.new.isZero }), try has(line[last]) else {
      return nil
    }
    var (low, high) = (0, last)
    while low < high {
      let middle = (low + high) / 2
      if try has(line[middle]) { high = middle } else { low = middle + 1 }
    }
    return line[low]
  }

  var isEmpty: Bool { landings.isEmpty && reviews.isEmpty }

  /// What is said of it, a label and words each.
  var rows: [(label: String, words: String)] {
    var rows: [(String, String)] = landings.map { landing in
      let who = landing.pusher.isEmpty ? "nobody who is known" : Escaped.text(landing.pusher)
      let words =
        landing.kind == .baseline
        ? "\(landing.ref) had it before hookkit came (\(Clock.text(landing.time)))"
        : "on \(landing.ref) at \(Clock.text(landing.time)), pushed by \(who)"
      return ("landed", words)
    }
    for review in reviews {
      let who = review.person ?? review.key.fingerprint
      let problem = review.problem.map { "; does not count: \($0)" } ?? ""
      rows.append(
        (
          "reviewed",
          "by \(who) at \(Clock.text(review.statement.time)), as \(review.statement.head.short) for \(review.statement.ref)\(problem)"
        ))
      if !review.statement.comment.isEmpty {
        rows.append(("", Escaped.quoted(review.statement.comment, limit: 1000)))
      }
    }
    return rows
  }

  var json: JSON {
    .array(
      landings.map { landing in
        [
          "ref": .string(landing.ref.bytes), "old": .text(landing.old.hex),
          "new": .text(landing.new.hex), "time": .text(Clock.text(landing.time)),
          "pusher": landing.pusher.isEmpty ? .null : .text(Escaped.text(landing.pusher)),
          "kind": .text(landing.kind.rawValue),
          "policy": .text(Hex.string(landing.policyDigest)),
        ]
      })
  }
}
