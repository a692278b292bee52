internal import Signing
internal import Git
internal import Gate
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// What waits on a server for people, as the reader of the clone sees it.
struct Inbox {
  /// One hold of the server.
  struct Item {
    let hold: Hold
    let awaits: Awaited
    /// What the reader's answer would be worth.
    let own: Own
  }

  enum Own: Hashable {
    /// It is asked for, and would count as far as a clone can tell.
    case counts
    /// It has been given.
    case given
    /// It would not count, and why.
    case discounted(String)
    /// Who reads is not known.
    case unknown

    var words: String {
      switch self {
      case .counts: "you can"
      case .given: "you have"
      case .discounted(let why): "not you: \(why)"
      case .unknown: "not known"
      }
    }

    var word: String {
      switch self {
      case .counts: "counts"
      case .given: "given"
      case .discounted: "discounted"
      case .unknown: "unknown"
      }
    }
  }

  /// The oldest first.
  let items: [Item]

  /// - Parameter ref: only what is to reach it.
  init(in view: ServerView, ref: RefName? = nil, reader: Person?, at time: Int64) throws {
    items = try HeldList(in: view).holds.filter { ref == nil || $0.ref == ref }
      .sorted { ($0.time, $0.id) < ($1.time, $1.id) }
      .map { hold in
        Item(
          hold: hold, awaits: Awaited(hold),
          own: try Self.own(reader, hold, in: view, at: time))
      }
  }

  /// What a server holds, read by nobody in particular.
  init(on holds: [Hold]) {
    items = holds.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
      .map { Item(hold: $0, awaits: Awaited($0), own: .unknown) }
  }

  var answerable: [Item] { items.filter { $0.own == .counts } }

  /// What a hold needs of a reader, and whether they have given it or could.
  private static func own(
    _ reader: Person?, _ hold: Hold, in view: ServerView, at time: Int64
  ) throws -> Own {
    guard let reader else { return .unknown }
    let policy = view.policy.policy
    let awaits = Awaited(hold)
    var roles: Set<Role> = []
    if awaits.review { roles.formUnion(policy.protections(for: hold.ref).map(\.review.role)) }
    if awaits.release { roles.formUnion(policy.quarantines(for: hold.ref).map(\.role)) }
    if let role = reader.lacks(roles.sorted { $0.name < $1.name }).first {
      return .discounted("lacks the role \(role.name)")
    }
    if let account = hold.pusher, reader.accounts.contains(account) {
      return .discounted("you pushed it")
    }
    let signatories = Signatories(under: policy, in: view.ledger, at: time)
    let hasReviewed =
      try !awaits.review
      || view.ledger.filedReviews(
        of: hold.commit, under: policy, objects: view.objects, at: time
      ).contains { $0.person == reader.name && $0.statement.ref == hold.ref && $0.problem == nil }
    let hasReleased =
      try !awaits.release
      || !signatories.standingReleases(of: hold.commit, by: reader)
        .filter { $0.statement.ref == hold.ref }.isEmpty
    if hasReviewed, hasReleased { return .given }
    if let tie = try tie(of: reader, to: hold, in: view, at: time) { return .discounted("\(tie)") }
    return .counts
  }

  /// What ties the reader to the commit that waits; that of commits below it is for its page to say.
  private static func tie(
    of reader: Person, to hold: Hold, in view: ServerView, at time: Int64
  ) throws -> String? {
    let policy = view.policy.policy
    let isOpen = policy.protections(for: hold.ref).allSatisfy(\.review.sponsorMayReview)
    guard !isOpen else { return nil }
    let origins = try view.originReader(at: time)
    let commit = try view.objects.commit(hold.commit)
    let origin = try origins.origin(of: commit, arrival: hold.arrival)
    return origins.tie(of: reader, to: commit, origin: origin, account: hold.arrival.account)
  }

  // MARK: Output

  func table(at time: Int64, numbered: Bool) -> Table {
    var table =
      numbered
      ? Table("", "HOLD", "COMMIT", "FOR", "PUSHED BY", "AGE", "NEEDS", "YOU")
      : Table("HOLD", "COMMIT", "FOR", "PUSHED BY", "AGE", "NEEDS", "YOU")
    for (number, item) in items.enumerated() {
      let hold = item.hold
      let cells = [
        hold.id, hold.commit.short, hold.ref.shortWords,
        hold.pusher.map { Escaped.text($0, limit: 40) } ?? "unknown",
        Age.past(hold.time, from: time),
        hold.expires <= time ? "nothing: expired" : item.awaits.words, item.own.words,
      ]
      table.add(numbered ? ["\(number + 1)"] + cells : cells)
    }
    return table
  }

  var json: JSON {
    .array(
      items.map { item in
        .object(
          (item.hold.json.members ?? []) + [
            .init(key: Array("you".utf8), value: .text(item.own.word))
          ])
      })
  }
}

extension RefName {
  /// A branch by its short name, anything else in full.
  var shortWords: String {
    isBranch ? Escaped.text(bytes.dropFirst("refs/heads/".utf8.count)) : "\(self)"
  }
}
