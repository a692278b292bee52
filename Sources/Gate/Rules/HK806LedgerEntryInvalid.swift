internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Signing

/// HK806: a push to the ledger that is not an addition of valid statements.
enum LedgerEntryInvalid {
  static let code = Code(806)

  static let page = RulePage(
    code: code, name: "LedgerEntryInvalid", title: "not a valid addition to the ledger",
    endedBy: .pusher,
    why: """
      The ledger only grows: every push to `refs/hookkit/ledger` fast-forwards it, adds files and
      changes none, and each file is a statement signed by an enrolled person, at the path that its
      content gives it.
      """,
    ends: """
      Let hookkit write it: `hookkit review approve` and `hookkit review withdraw` fetch the ledger,
      add to its end and push.
      """,
    examples: [
      Example(
        "the ledger is not replaced by another history", .refuse,
        .push("main", to: "refs/hookkit/ledger", by: .dana))
    ])

  static let rule = Rule(code) { (named: NamedUpdate) throws(GitError) -> [Finding] in
    if named.update.isDeletion { return [finding("the ledger cannot be deleted")] }
    return try LedgerPush(bench: named.bench).problem(in: named.update).map { [finding($0)] } ?? []
  }

  static func finding(_ why: String) -> Finding {
    Finding(
      code, headline: "not a valid addition to the review ledger",
      reason: "not a valid addition to the ledger", details: [why],
      hints: [.init("let hookkit write it", "hookkit", "review", "approve", "COMMIT")])
  }
}

/// What a push adds to the ledger: fast-forward, additions only, each file a valid statement of an enrolled
/// person at the path that its content says.
private struct LedgerPush {
  let bench: Bench
  /// Most files that one push may add.
  private static let mostAdditions = 1000

  /// The first thing that is wrong, in words; `nil` when nothing is.
  func problem(in update: RefUpdate) throws(GitError) -> String? {
    let objects = bench.surroundings.objects
    guard try objects.header(update.new).kind == .commit else { return "its tip is not a commit" }
    let hidden = update.isCreation ? [] : [update.old]
    let commits = try objects.commits(
      reachableFrom: [update.new], hiding: hidden, limit: Self.mostAdditions)
    var expected = update.new
    for commit in commits {
      guard commit.id == expected, commit.parents.count <= 1 else {
        return "the ledger is one line of commits, without merges"
      }
      expected = commit.parents.first ?? .zero
    }
    guard update.isCreation || expected == update.old else {
      return "the push does not fast-forward the ledger; fetch it and add to its end"
    }
    let old = update.isCreation ? nil : try objects.tree(ofCommit: update.old)
    let changes = try objects.changes(from: old, to: objects.tree(ofCommit: update.new))
    // Each commit by itself only adds, so nothing can be put in and taken out again unseen.
    for commit in commits {
      let parent = try commit.parents.first.map { (id) throws(GitError) in
        try objects.tree(ofCommit: id)
      }
      for change in try objects.changes(from: parent, to: commit.tree) {
        if let problem = self.problem(shape: change) { return problem }
      }
    }
    guard changes.count <= Self.mostAdditions else {
      throw .overLimit("more than \(Self.mostAdditions) statements in one push")
    }
    for change in changes {
      let bytes = try objects.bytes(of: change.newID, .blob, limit: Envelope.limit)
      if let problem = self.problem(bytes, at: change.path) {
        return "\(Escaped.text(change.path, limit: 160)): \(problem)"
      }
    }
    return nil
  }

  private func problem(shape change: PathChange) -> String? {
    let path = Escaped.text(change.path, limit: 160)
    guard change.oldMode == .absent else { return "\(path) is changed; the ledger only grows" }
    guard change.newMode == .file else { return "\(path) is not an ordinary file" }
    return nil
  }

  private func problem(_ bytes: [UInt8], at path: [UInt8]) -> String? {
    let entry: LedgerEntry
    do throws(LedgerEntry.Problem) {
      entry = try LedgerEntry(reading: bytes)
    } catch {
      return "not a signed statement that hookkit knows"
    }
    guard entry.path == path else { return "it belongs at \(Escaped.text(entry.path))" }
    guard entry.repository == bench.policy.repository else {
      return "it is about another repository, \(Escaped.quoted(entry.repository))"
    }
    for signature in entry.envelope.signatures {
      do throws(Discount) {
        _ = try bench.policy.signatory(
          of: entry.envelope, signature, for: entry.namespace, at: bench.push.time)
      } catch {
        return Self.words(error, signature.publicKey)
      }
    }
    return nil
  }

  private static func words(_ why: Discount, _ key: PublicKey) -> String {
    switch why {
    case .ended(let name): "it is signed by \(name), whose enrolment has ended"
    case .invalidSignature(let name): "its signature by \(name) is not valid"
    default: "it is signed by a key that is not an enrolled person's, \(key.fingerprint)"
    }
  }
}
