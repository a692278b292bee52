internal import Git
internal import Policy
package import Primitives
internal import Signals

/// HK505: a name that stands for something else.
package enum LookAlikeName {
  static let code = Code(505)

  static let page = RulePage(
    code: code, name: "LookAlikeName", title: "a name that stands for something else",
    endedBy: .pusher,
    why: """
      People and tools ask for a reference by a short name, and git tries several full ones for it
      (gitrevisions(7)): a tag `main`, `refs/main`, or a branch `heads/main` is handed out in the place
      of the protected branch `main`; a tag `origin/main` in the place of what was fetched of it; a
      branch named like a commit, or `HEAD`, in the place of that. On a disk that folds case,
      `refs/heads/MAIN` is `refs/heads/main`. A branch `quarantine/Q7F3D` would be taken for a hold.

      Such a name is not made, and one that was there before is deleted as any other. Where letters only
      look like those of a protected name, the push lands and is told so.
      """,
    ends: "Choose a name that differs in more than its kind or its capital letters.",
    examples: [
      Example(
        "a tag named like the protected branch is refused", .refuse,
        .push("main", to: "refs/tags/main", by: .dana)),
      Example(
        "a reference that git would look up before the branch is refused", .refuse,
        .push("main", to: "refs/main", by: .dana)),
      Example(
        "a branch that differs from it by capital letters is refused", .refuse,
        .push("main", to: "refs/heads/MAIN", by: .dana)),
      Example(
        "a branch whose short name is the protected branch's with its kind is refused", .refuse,
        .push("main", to: "refs/heads/heads/main", by: .dana)),
      Example(
        "a branch whose short name is the protected branch's full name is refused", .refuse,
        .push("main", to: "refs/heads/refs/heads/main", by: .dana)),
      Example(
        "a branch that reads like a protected tag is refused, also before that is made", .refuse,
        .push("main", to: "refs/heads/tags/v1", by: .dana)),
      Example(
        "a tag that reads like a protected branch with its kind is refused", .refuse,
        .push("main", to: "refs/tags/heads/release/1", by: .dana)),
      Example(
        "a tag that clones would take for what they fetched of the branch is refused", .refuse,
        .push("main", to: "refs/tags/origin/main", by: .dana)),
      Example(
        "a remote-tracking reference of the branch is refused", .refuse,
        .push("main", to: "refs/remotes/fork/main", by: .dana)),
      Example(
        "a branch named HEAD is refused", .refuse,
        .push("main", to: "refs/heads/HEAD", by: .dana)),
      Example(
        "a tag named like what git keeps for itself is refused", .refuse,
        .push("main", to: "refs/tags/FETCH_HEAD", by: .dana)),
      Example(
        "a branch named like a commit is refused", .refuse,
        .push(
          "main", to: "refs/heads/0123456789abcdef0123456789abcdef01234567", by: .dana)),
      Example(
        "a branch that reads like a hold is refused", .refuse,
        .push("main", to: "refs/heads/quarantine/Q7F3D", by: .dana)),
      Example(
        "a branch that only begins like it is not", .allow,
        .push("main", to: "refs/heads/mainline", by: .dana)),
      Example(
        "a branch of a person's is not", .allow,
        .push("main", to: "refs/heads/users/main", by: .dana)),
      Example(
        "a word of git's in a longer name is not", .allow,
        .push("main", to: "refs/heads/feature/heads-up", by: .dana)),
      Example(
        "a service's branch of many parts is not", .allow,
        .push("main", to: "refs/heads/dependabot/npm_and_yarn/tags/1.0", by: .dana)),
      Example(
        "a short number in base 16 is not", .allow,
        .push("main", to: "refs/heads/deadbeef", by: .dana)),
    ])

  static let rule = Rule(code) { (named: NamedUpdate) throws(GitError) -> [Finding] in
    let likeness = try likeness(
      of: named.update, named.bench.policy, named.bench.protectedNames,
      exists: { (twin) throws(GitError) in try named.exists(twin) },
      isFolded: { () throws(GitError) in try !named.isOwnDeletion() })
    return likeness.map { [finding(named.update, $0)] } ?? []
  }

  /// What a name could be taken for.
  enum Likeness {
    /// A protected reference of this name.
    case reference(RefName)
    /// One that differs by capital letters alone.
    case letters
    /// What git means by the word.
    case word
    case object
    /// What hookkit keeps below `refs/hookkit/` or `refs/quarantine/`.
    case record

    var words: String {
      switch self {
      case .reference(let other): "it reads like \(other)"
      case .letters: "it differs from a protected name only by case"
      case .word: "git gives the word a meaning of its own"
      case .object: "git takes it for the name of an object"
      case .record: "it reads like a record or a hold of hookkit's"
      }
    }
  }

  /// What git looks up in the repository itself before all references (gitglossary(7), "pseudoref"),
  /// `@`, and the name that a clone gives to where it comes from.
  private static let words: Set<ByteKey> = Set(
    [
      "head", "@", "origin", "fetch_head", "orig_head", "merge_head", "cherry_pick_head",
      "revert_head", "bisect_head", "rebase_head", "auto_merge", "bisect_expected_rev",
      "merge_autostash", "notes_merge_partial", "notes_merge_ref",
    ].map { ByteKey(Array($0.utf8)) })

  private static func isWord(_ short: ArraySlice<UInt8>) -> Bool {
    if words.contains(ByteKey(asciiLowercased(short))) { return true }
    // Those that git has yet to think of.
    return short.ends(with: "_HEAD")
      && short.allSatisfy { (0x41...0x5a).contains($0) || $0 == 0x5f || $0 == 0x2d }
  }

  private static func isObject(_ folded: [UInt8]) -> Bool {
    [40, 64].contains(folded.count)
      && folded.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static func isRecord(_ folded: [UInt8]) -> Bool {
    let name = folded.starts(with: "refs/".utf8) ? folded.dropFirst(5) : folded[...]
    return name.starts(with: "hookkit/".utf8) || name.starts(with: "quarantine/".utf8)
  }

  /// What an update's name could be taken for, or what would be taken for it; `nil` when there is nothing.
  ///
  /// - Parameters:
  ///   - exists: whether a reference is there, or comes with the same push.
  ///   - isFolded: whether what is there has its name in other letters.
  static func likeness(
    of update: RefUpdate, _ policy: Policy, _ names: ProtectedNames,
    exists: (RefName) throws(GitError) -> Bool, isFolded: () throws(GitError) -> Bool
  ) throws(GitError) -> Likeness? {
    let name = update.name
    // What a rule names letter by letter is meant as it is.
    if policy.names(name) { return nil }
    let isProtected = policy.isProtected(name)
    if !isProtected, names.covers(name) {
      if update.isDeletion, try !isFolded() { return nil }
      return .letters
    }
    if update.isDeletion { return nil }
    let short = ShortNames(name)
    if update.isCreation, let likeness = likeness(of: name, short) { return likeness }
    for reading in short.readings(besides: name) {
      if names.isNamed(reading.name) { return .reference(reading.name) }
      guard update.isCreation else { continue }
      let isOther = names.covers(reading.name)
      if isOther, reading.saysKind { return .reference(reading.name) }
      // A rule for a whole kind (refs/tags/**) protects names that need not exist. Whichever of the two
      // comes second is the one in doubt.
      if isOther || isProtected, try exists(reading.name) { return .reference(reading.name) }
    }
    if update.isCreation, let branch = short.tracked.first(where: names.covers) {
      return .reference(branch)
    }
    return nil
  }

  /// What a new name could be taken for, whatever a policy says.
  private static func likeness(of name: RefName, _ short: ShortNames) -> Likeness? {
    // Remote-tracking names are tried last, and take nothing away from others.
    guard !short.isRemote else { return nil }
    let isReserved = ReservedNamespace.holds(name) || name == .ledger
    for short in short.names {
      if isWord(short) { return .word }
      let folded = asciiLowercased(short)
      if isObject(folded) { return .object }
      if isRecord(folded), !isReserved { return .record }
    }
    return nil
  }

  /// The first parts of short names that say more than an ordinary one: a kind, twice where one stands
  /// before it already, or a place of hookkit's or of a clone's.
  private static let telling: Set<ByteKey> = Set(
    ["heads", "tags", "refs", "remotes", "origin", "hookkit", "quarantine"].map {
      ByteKey(Array($0.utf8))
    })

  /// Whether a name may be one of these. Ordinary names are not, whatever a policy says, unless it
  /// protects another one of the same short name, or in other capital letters.
  package static func mayBe(_ name: RefName) -> Bool {
    if name.bytes.contains(where: { $0 >= 0x80 }) { return true }
    for short in ShortNames(name).names {
      if isWord(short) || isObject(asciiLowercased(short)) { return true }
      let first = asciiLowercased(short.prefix { $0 != 0x2f })
      // `heads/` and `tags/` stand before the short name of every branch and tag.
      let isKind = short.startIndex == 5 && (name.isBranch || name.isTag)
      if !isKind, telling.contains(ByteKey(first)) { return true }
    }
    return false
  }

  static func finding(_ update: RefUpdate, _ likeness: Likeness) -> Finding {
    let name = update.name
    let headline: String
    let reason: String
    switch likeness {
    case .reference, .letters:
      headline = "\(name) could be taken for a protected reference"
      reason = "a name like that of a protected reference"
    case .word, .object, .record:
      headline = "\(name) could be taken for something else"
      reason = "a name that stands for something else"
    }
    return Finding(
      code, headline: headline, reason: reason, details: [likeness.words],
      hints: [.init("why", "hookkit", "explain", "\(code)")]
        + [.pushElsewhere(update)].compactMap { $0 })
  }

  /// What is said of a new name that an eye could take for a protected one.
  static func note(_ update: RefUpdate, _ names: ProtectedNames) -> Finding? {
    let name = update.name
    guard update.isCreation, name.bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    let skeleton = RefName(Skeleton.of(name.bytes))
    guard skeleton != name, names.covers(skeleton), !names.covers(name) else { return nil }
    return Finding(
      code, .note, headline: "looks like \(skeleton) and is not: \(name)",
      reason: "a name that looks like that of a protected reference")
  }
}
