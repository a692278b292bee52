internal import Gate
internal import HookRuntime
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// What a clone has to know of its server before a person can review: its references as they stand,
/// its policy, its ledger.
struct ServerView {
  let repository: LocalRepository
  let remote: Remote
  let references: RemoteReferences
  let policy: PolicyInForce
  /// Where the policy was found, for a person.
  let policySource: String
  let objects: ObjectStore
  let ledger: Ledger
  /// Recomputes merges in this clone.
  let merges: any MergeOracle
  private let terminal: Terminal

  /// Asks the server, and brings its ledger and its policy here.
  init(remote name: String?, in context: CommandContext) throws {
    terminal = context.terminal
    repository = try context.repository()
    remote = try Remote(name, of: repository)
    merges = repository.promised.merges(
      by: ServerRepository(
        gitDirectory: repository.commonDirectory, quarantine: nil, environment: context.environment
      ).merges)
    terminal.progress("asking \(remote.name.quoted)")
    let references = try remote.references()
    self.references = references
    let named = try KnownPolicy.named(in: context)
    let wanted = [RefName.ledger] + (named == nil ? [.policy] : [])
    try remote.fetch(wanted.filter { references.resolve($0) != nil }, standingAt: references)
    objects = try repository.objects()
    let known = try named ?? Self.policy(of: remote, references, objects)
    policy = try PolicyInForce(layers: known.layers, head: references.head())
    policySource = known.source
    ledger = try Ledger(at: references.resolve(.ledger), objects: objects)
  }

  /// The policy that the server has on record, or else the file in its default branch.
  private static func policy(
    of remote: Remote, _ references: RemoteReferences, _ objects: ObjectStore
  ) throws -> KnownPolicy {
    if let tip = references.resolve(.policy) {
      return KnownPolicy(
        layers: try recordedLayers(at: tip, objects: objects),
        source: "in force on \(Escaped.text(remote.name.utf8))", head: references.head())
    }
    if let home = references.head(), let tip = references.resolve(home) {
      try remote.fetch([home], standingAt: references)
      if let layer = try PolicyInForce.treeLayer(at: tip, objects: objects) {
        return KnownPolicy(
          layers: [layer], source: "in \(home), as the server records none", head: home)
      }
    }
    throw CommandError(
      .undecided, code: Code(801),
      "the policy of \(remote.name.quoted) is not known here",
      details: [
        "it has no refs/hookkit/policy and no .hookkit/policy.toml in its default branch"
      ],
      hints: [.init("name a file with", "--policy", "FILE")])
  }

  // MARK: What is reviewed

  /// The reference that a review is for: the one named, or else the server's default branch when it is
  /// protected, or else the only one that the policy protects by its full name.
  func ref(named word: String?) throws -> RefName {
    let name: RefName
    if let word {
      name = try RefArgument.full(word)
    } else if let home = references.head(), policy.policy.isProtected(home) {
      // A hint leaves out the branch that HEAD names, and no other.
      name = home
    } else {
      let literal = Set(
        policy.policy.protections.flatMap(\.refs)
          .filter { $0.isLiteral && $0 != .head })
      if literal.count == 1, let only = literal.first {
        name = RefName(only.bytes)
      } else {
        let refs = policy.policy.protections.map { RuleText.refs($0.refs) }
        throw CommandError(
          .usage, "cannot tell which ref the review is for; pass --ref",
          details: ["the policy protects " + refs.joined(separator: ", ")],
          hints: [.init("name it with", "--ref", "REF")])
      }
    }
    // The branch that holds the policy is guarded where no rule names it.
    guard policy.policy.isProtected(name) || name == references.head() else {
      throw CommandError(
        .refused, "no rule of the policy protects \(name); a review for it would mean nothing",
        hints: [.init("the rules", "hookkit", "policy", "show")])
    }
    return name
  }

  /// The commit that a person names, brought here when it is not.
  ///
  /// Hexadecimal digits always mean an object, never a branch or tag of that name: a push can make
  /// such a name, and the person reads the digits in a refusal.
  ///
  /// A branch means the server's before one of this clone.
  func commit(named word: String) throws -> ObjectID {
    if let found = try serverBranch(named: word) { return found }
    if let found = try localCommit(named: word) { return found }
    terminal.progress("fetching the branches of \(remote.name.quoted)")
    try remote.fetchBranches()
    if let found = try localCommit(named: word) { return found }
    // What the server holds is on no branch.
    _ = try HeldList(in: self)
    if let found = try localCommit(named: word) { return found }
    throw CommandError(
      .undecided,
      "there is no commit \(word.quoted), here or on a branch of \(remote.name.quoted)")
  }

  private func serverBranch(named word: String) throws -> ObjectID? {
    guard !Self.isDigits(word) else { return nil }
    let full = RefName(word.hasPrefix("refs/") ? word : "refs/heads/\(word)")
    guard full.isBranch, references.resolve(full) != nil else { return nil }
    return try base(of: full)
  }

  /// Whether a word is read as the digits of an object.
  static func isDigits(_ word: String) -> Bool {
    (4...ObjectID.hexCount).contains(word.utf8.count) && word.utf8.allSatisfy(\.isHexDigit)
  }

  private func localCommit(named word: String) throws -> ObjectID? {
    if Self.isDigits(word) {
      let listed = try repository.run("rev-parse", "--disambiguate=\(word.lowercased())")
      let commits = LocalRepository.lines(listed.output).compactMap { ObjectID(hex: $0) }
        .filter { (try? objects.header($0).kind) == .commit }
      guard commits.count < 2 else {
        throw CommandError(
          .usage, "\(word.quoted) is short for \(commits.count) commits",
          details: commits.prefix(5).map(\.hex))
      }
      return commits.first
    }
    return try repository.commit(word)
  }

  /// Where the reference stands on the server, brought here; `nil` when it is not there.
  func base(of ref: RefName) throws -> ObjectID? {
    guard let tip = references.resolve(ref) else { return nil }
    terminal.progress("fetching \(ref) from \(remote.name.quoted)")
    try remote.fetch([ref], standingAt: references)
    let target = try objects.peel(tip)
    guard target.kind == .commit else {
      throw CommandError(.undecided, "\(ref) is a \(target.kind), not a commit")
    }
    return target.id
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
