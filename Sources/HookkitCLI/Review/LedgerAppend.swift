internal import Gate
internal import Git
internal import Ledger
internal import Platform
internal import Primitives
internal import Report
internal import Signing

/// Appends signed statements to the server's ledger, again when somebody else was faster.
struct LedgerAppend {
  let view: ServerView
  let terminal: Terminal

  /// How often another's faster append is followed.
  private static let mostAttempts = 10

  /// - Parameters:
  ///   - message: what the ledger's commit says, one line.
  ///   - hold: what is answered; where others were faster and it waits no more, nothing is filed.
  /// - Returns: the ledger's new tip.
  func append(_ entries: LedgerEntry..., message: String, to hold: Hold? = nil) throws -> ObjectID {
    try append(entries, message: message, to: hold)
  }

  /// The same for several, which the server gets at once.
  func append(_ entries: [LedgerEntry], message: String, to hold: Hold? = nil) throws -> ObjectID {
    let repository = try Repository(
      gitDirectory: view.repository.commonDirectory, scratch: false)
    var tip = view.references.resolve(.ledger)
    for attempt in 1...Self.mostAttempts {
      let commit = try commit(entries, on: tip, message, in: repository)
      terminal.progress("pushing the ledger to \(view.remote.name.quoted)")
      switch try view.remote.push(commit, to: .ledger) {
      case .done(let words):
        for line in words { terminal.say(line) }
        try view.remote.remember(commit, as: .ledger)
        return commit
      case .refused(let words):
        let now = try view.remote.references()
        guard now.resolve(.ledger) != tip else {
          throw CommandError(
            .refused, "the server refused it; nothing was changed", details: words)
        }
        if let hold { try requireWaiting(hold, now) }
        terminal.mention("the ledger has grown meanwhile (attempt \(attempt))")
        tip = now.resolve(.ledger)
        try view.remote.fetch([.ledger], standingAt: now)
      }
    }
    throw CommandError(
      .undecided, "others were faster \(Self.mostAttempts) times; nothing has changed")
  }

  private func requireWaiting(_ hold: Hold, _ now: RemoteReferences) throws {
    guard now.resolve(RefName(Hold.prefix + Array(hold.id.utf8))) == nil else { return }
    try view.remote.fetch([hold.ref].filter { now.resolve($0) != nil }, standingAt: now)
    let objects = try view.repository.objects()
    let tip = try now.resolve(hold.ref).map { try objects.peel($0).id }
    let hasLanded =
      try tip.map { try objects.isAncestor(hold.commit, of: $0, limit: .max) } ?? false
    throw CommandError(
      .refused,
      hasLanded
        ? "\(hold.id) has landed meanwhile; nothing of yours was filed"
        : "\(hold.id) is held no more, and has not landed; nothing of yours was filed",
      hints: [.init("what became of it", "hookkit", "explain", hold.commit.hex)])
  }

  private func commit(
    _ entries: [LedgerEntry], on tip: ObjectID?, _ message: String, in repository: Repository
  ) throws -> ObjectID {
    // Opened anew: the ledger may just have been fetched.
    let objects = try view.repository.objects()
    let base = try tip.map { try objects.tree(ofCommit: $0) }
    let tree = try repository.writeTree(
      base: base, adding: entries.map { ($0.path, $0.envelope.serialized) })
    // The same words signed twice in one second are one statement.
    if let tip, tree == base { return tip }
    let identity = try view.repository.line("var", "GIT_COMMITTER_IDENT")
    guard let identity else {
      throw CommandError(
        .undecided, "git does not know who you are",
        hints: [.init("tell it", "git", "config", "user.email", "you@example.org")])
    }
    var bytes = Array("tree \(tree.hex)\n".utf8)
    if let tip { bytes += Array("parent \(tip.hex)\n".utf8) }
    for role in ["author", "committer"] { bytes += Array("\(role) ".utf8) + identity + [0x0a] }
    bytes += Array("\n\(message)\n".utf8)
    return try repository.write(.commit, bytes)
  }
}
