internal import DependencyChecks
internal import Gate
internal import HookRuntime
internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Report
internal import Signing

/// An update that waits for people, as a clone sees it: a hold of the server, or a commit with a change of
/// dependency files that a server without holds has refused.
struct WaitingChange {
  /// `nil` for a commit that is not held.
  let hold: Hold?
  let ref: RefName
  /// What it is compared with; zero when everything is new.
  let base: ObjectID
  let head: ObjectID
  let change: DependencyChange
  let rules: [Quarantine]

  /// What a person calls it.
  var name: String { hold?.id ?? head.short }

  /// - Parameters:
  ///   - word: the name of a hold, or a commit.
  ///   - ref: for a commit, the reference that it is to reach.
  init(_ word: String, ref: String?, in view: ServerView, at time: Int64) throws {
    let policy = view.policy.policy
    if let hold = try HeldList(in: view).find(word, for: ref) {
      self.hold = hold
      self.ref = hold.ref
      head = hold.commit
      base = hold.base
    } else {
      hold = nil
      head = try view.commit(named: word)
      self.ref = try Self.ref(named: ref, in: view)
      if let tip = try view.base(of: self.ref) {
        base = tip
      } else {
        base = try Self.baseOfNew(head, for: self.ref, in: view, at: time) ?? .zero
      }
    }
    rules = policy.quarantines(for: self.ref)
    let asksForRelease = hold.map { $0.digest != Hold.noRelease } ?? true
    guard !rules.isEmpty || !asksForRelease else {
      throw CommandError(
        .refused, "no quarantine rule names \(self.ref); there is nothing to answer",
        hints: [.init("the rules", "hookkit", "policy", "show")])
    }
    // Opened anew: what the server holds has just been fetched.
    let objects = try view.repository.objects()
    view.repository.promised.expect(from: base, to: head, .judged)
    change = try DependencyChange(
      from: base.isZero ? nil : objects.tree(ofCommit: base), to: objects.tree(ofCommit: head),
      under: rules, in: objects, limit: policy.limits.paths)
    guard asksForRelease else { return }
    guard !change.isEmpty else {
      throw CommandError(
        .refused, "\(word.quoted) changes no file that the rules of \(self.ref) name")
    }
    if let hold, hold.digest != change.digest {
      throw CommandError(
        .undecided, "the change of \(hold.id) hashes differently here than on the server",
        details: ["the policy or hookkit's own tables have changed since it was held"],
        hints: [.init("push again to create a new hold", "git", "push")])
    }
  }

  /// Whether a change of dependency files waits; a hold may wait for a review alone.
  var asksForRelease: Bool { hold.map { $0.digest != Hold.noRelease } ?? true }

  /// What whoever releases it must be, and sign with.
  func demand(in view: ServerView) throws -> Reviewer.Demand {
    let objects = try view.repository.objects()
    return .init(
      noun: "release", ref: ref, commit: try objects.commit(head), roles: rules.map(\.role),
      presence: rules.map(\.presence).max() ?? .none)
  }

  /// An answer to it, to be signed.
  func statement(
    _ answer: ReleaseStatement.Answer, in view: ServerView, at time: Int64, until: Int64? = nil,
    comment: [UInt8]
  ) throws -> ReleaseStatement {
    try ReleaseStatement(
      answer, repository: view.policy.policy.repository, ref: ref, old: base, new: head,
      dependencyDigest: change.digest, blobs: change.blobs, policyDigest: view.policy.digest,
      time: time, until: until, comment: comment)
  }

  /// The review that a hold waits for.
  func approval(in view: ServerView) -> [String] {
    ["hookkit", "review", "approve", head.hex] + refArgument(in: view)
  }

  /// The release that the change waits for.
  func release(in view: ServerView) -> [String] {
    let change = hold.map { [$0.id] } ?? [head.hex] + refArgument(in: view)
    return ["hookkit", "quarantine", "release"] + change
  }

  private func refArgument(in view: ServerView) -> [String] {
    view.references.head() == ref ? [] : ["--ref", "\(ref)"]
  }

  private static func ref(named word: String?, in view: ServerView) throws -> RefName {
    if let word { return try RefArgument.full(word) }
    if let home = view.references.head(), !view.policy.policy.quarantines(for: home).isEmpty {
      return home
    }
    throw CommandError(
      .usage, "cannot tell which ref; pass --ref", hints: [.init("name it with", "--ref", "REF")])
  }

  private static func baseOfNew(
    _ head: ObjectID, for ref: RefName, in view: ServerView, at time: Int64
  ) throws -> ObjectID? {
    let landings = [RefName.landings].filter { view.references.resolve($0) != nil }
    try view.remote.fetch(landings, standingAt: view.references)
    let objects = try view.repository.objects()
    return try holdBase(
      of: head, to: ref, under: view.policy, in: view.surroundings(objects), at: time)
  }

  /// What the server will have against a release by this person, as far as a clone can see; `nil` for
  /// nothing.
  func obstacle(
    toReleaseBy signatory: Signatory, in view: ServerView, at time: Int64
  ) throws -> String? {
    // Opened anew: what the server holds has just been fetched.
    let objects = try view.repository.objects()
    return try Gate.obstacle(
      toReleaseBy: signatory, of: change, in: RefUpdate(old: base, new: head, name: ref),
      pushedBy: hold?.pusher, under: view.policy, in: view.surroundings(objects), at: time)
  }

  func diff(in view: ServerView) throws -> DependencyDiff {
    try change.diff(in: view.repository.objects())
  }
}

extension ServerView {
  /// The server's hold of one update; `nil` when it holds none.
  func hold(of update: RefUpdate) throws -> Hold? {
    for id in Hold.ids(of: update) {
      let name = RefName(Hold.prefix + Array(id.utf8))
      guard let target = references.resolve(name) else { continue }
      try remote.fetch([name], standingAt: references)
      let objects = try repository.objects()
      if let hold = try Hold(at: target, id: id, in: objects), hold.update == update { return hold }
    }
    return nil
  }
}

/// The holds of a server.
struct HeldList {
  let holds: [Hold]

  /// Fetches them all; only their tags and commits, into `refs/hookkit/remotes/`.
  init(in view: ServerView) throws {
    let listed = view.references.list(prefix: Hold.prefix)
    try view.remote.fetch(listed.map(\.name), standingAt: view.references)
    let objects = try view.repository.objects()
    holds = try listed.compactMap { name, target in
      let id = String(decoding: name.bytes.dropFirst(Hold.prefix.count), as: UTF8.self)
      return try Hold(at: target, id: id, in: objects)
    }
  }

  /// The hold that a word means: its name or the beginning of one, in either case, its commit, or the
  /// branch that it is for.
  ///
  /// - Parameter ref: of several holds of a commit, the one for this reference.
  /// - Returns: `nil` for a word that means none of them and may mean something else.
  /// - Throws: `CommandError`: it could only be a hold, and there is none, or there are several.
  func find(_ word: String, for ref: String? = nil) throws -> Hold? {
    let id = word.uppercased()
    if let found = holds.first(where: { $0.id == id }) { return found }
    let isName = id.hasPrefix("Q")
    let digits = word.lowercased()
    let wanted = try ref.map(RefArgument.full)
    let found = holds.filter { hold in
      if isName, hold.id.hasPrefix(id) { return true }
      if digits.utf8.count >= 4, hold.commit.hex.hasPrefix(digits) {
        return wanted == nil || hold.ref == wanted
      }
      // A push can make a branch whose name reads like a commit; digits never mean one.
      guard !ServerView.isDigits(word) else { return false }
      return hold.ref.bytes.elementsEqual(word.utf8) || hold.ref.shortWords == word
    }
    guard found.count < 2 else {
      throw CommandError(
        .usage, "\(word.quoted) means several holds",
        details: found.prefix(8).map { "\($0.id)  \($0.commit.short) for \($0.ref)" })
    }
    // Q is no hexadecimal digit, so such a word is no commit either.
    guard found.isEmpty, Hold.isID(id) else { return found.first }
    throw unknown(word)
  }

  /// For a word that can only mean a hold, with what there is.
  func unknown(_ word: String) -> CommandError {
    CommandError(
      .undecided, "no such hold: \(word.quoted)",
      details: holds.isEmpty
        ? ["it holds nothing: it may have landed, been rejected, or expired"]
        : ["it may have landed, been rejected, or expired; held are:"]
          + holds.prefix(8).map { "\($0.id)  \($0.commit.short) for \($0.ref)" },
      hints: [.init("what it holds", "hookkit", "quarantine", "list")])
  }
}
