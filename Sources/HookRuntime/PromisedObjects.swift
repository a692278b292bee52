package import Gate
package import Git
internal import Lockfiles
package import Platform
internal import Policy
package import Primitives
internal import Synchronization

/// What a partial clone has left on its server, brought here by git when it is asked for: the first time
/// together with all that will be asked for soon, because each time is a connection.
///
/// git's own way of getting such an object when it meets one (`fetch_objects` in promisor-remote.c) is
/// used, but for many at once.
package final class PromisedObjects: ObjectPromisor {
  /// Which files of a range are going to be read.
  package enum Use: Sendable {
    /// Those that rules look into.
    case judged
    /// All that have changed, to be shown.
    case shown
  }

  private struct Range {
    let old: ObjectID
    let new: ObjectID
    let use: Use
  }

  private struct State {
    /// Whoever is asked; `nil` in a clone that is not partial.
    var remote: String??
    var ranges: [Range] = []
    var asked: Set<ObjectID> = []
    var failure: GitError?
  }

  private let commonDirectory: String
  private let git: @Sendable ([String]) -> Subprocess
  private let state = Mutex(State())

  /// - Parameter git: a command of git's in the clone.
  package init(commonDirectory: String, git: @escaping @Sendable ([String]) -> Subprocess) {
    self.commonDirectory = commonDirectory
    // From git 2.45 on: no command that is started here fetches by itself, object by object.
    self.git = { git($0).setting("GIT_NO_LAZY_FETCH", "1") }
  }

  /// A store of the clone's objects that asks here for what it has not got.
  package func store() throws(GitError) -> ObjectStore {
    let store = try ObjectStore(gitDirectory: commonDirectory)
    store.promisor = self
    return store
  }

  /// Says what is going to be read; nothing is asked for before something is missing.
  ///
  /// - Parameters:
  ///   - old: zero for a creation.
  ///   - new: nothing is read of a deletion.
  package func expect(from old: ObjectID, to new: ObjectID, _ use: Use) {
    guard !new.isZero else { return }
    state.withLock { $0.ranges.append(Range(old: old, new: new, use: use)) }
  }

  package func bring(_ id: ObjectID) throws(GitError) -> Bool {
    let result = state.withLock { state -> Result<Bool, GitError> in
      do throws(GitError) {
        return .success(try bring(id, &state))
      } catch {
        state.failure = error
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func bring(_ id: ObjectID, _ state: inout State) throws(GitError) -> Bool {
    // A server that did not answer is not asked again by each object.
    if let failure = state.failure { throw failure }
    let remote = state.remote ?? promisor()
    state.remote = .some(remote)
    guard let remote else { return false }
    // It came with an earlier one, or is nowhere.
    guard !state.asked.contains(id) else { return true }
    let ranges = state.ranges
    state.ranges = []
    // Of trees each brings those below it, so that everything is known after one round.
    for soon in [try trees(of: ranges), try files(of: ranges)] {
      let wanted = soon.subtracting(state.asked)
      guard !wanted.isEmpty else { continue }
      try fetch(wanted, for: id, from: remote)
      state.asked.formUnion(wanted)
    }
    if !state.asked.contains(id) {
      if try !ObjectStore(gitDirectory: commonDirectory).has(id) {
        try fetch([id], for: id, from: remote)
      }
      state.asked.insert(id)
    }
    return true
  }

  // MARK: Merges

  /// Merges that are recomputed elsewhere, with all files that this takes.
  package func merges(by merges: any MergeOracle) -> any MergeOracle {
    Merges(merges: merges, promised: self)
  }

  private struct Merges: MergeOracle {
    let merges: any MergeOracle
    let promised: PromisedObjects

    func isCleanMerge(
      of ours: ObjectID, and theirs: ObjectID, giving tree: ObjectID
    ) throws(GitError) -> Bool {
      do throws(GitError) {
        return try merges.isCleanMerge(of: ours, and: theirs, giving: tree)
      } catch {
        guard try promised.bringMerge(of: ours, and: theirs) else { throw error }
        return try merges.isCleanMerge(of: ours, and: theirs, giving: tree)
      }
    }
  }

  /// Lets git make a merge here, which fetches what it needs in one piece; what comes of it is not asked.
  private func bringMerge(of ours: ObjectID, and theirs: ObjectID) throws(GitError) -> Bool {
    let failure = state.withLock { $0.failure }
    if let failure { throw failure }
    guard promisor() != nil else { return false }
    let merge = git(["merge-tree", "--write-tree", "--no-messages", ours.hex, theirs.hex])
      .setting("GIT_NO_LAZY_FETCH", nil)
    return (try? merge.run(seconds: 3600)) != nil
  }

  // MARK: git

  /// The remote that has promised, as git finds it (`remote.<name>.promisor`).
  private func promisor() -> String? {
    let listed = lines(["config", "--get-regexp", #"^remote\..*\.promisor$"#, "^(true|yes|on|1)$"])
    return listed.first.flatMap { line in
      String(validating: line.prefix { $0 != 0x20 }, as: UTF8.self)
        .map { String($0.dropFirst("remote.".count).dropLast(".promisor".count)) }
    }
  }

  private func fetch(
    _ wanted: Set<ObjectID>, for id: ObjectID, from remote: String
  ) throws(GitError) {
    let command = git([
      "-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags",
      "--no-write-fetch-head", "--recurse-submodules=no", "--filter=blob:none", "--stdin", remote,
    ])
    let outcome: Subprocess.Outcome
    do throws(SystemError) {
      outcome = try command.run(input: Self.list(wanted), seconds: 3600)
    } catch {
      throw .promised(id, by: remote, words: Array(error.words.utf8))
    }
    guard outcome.succeeded else {
      let words = outcome.errors.split(separator: 0x0a)
      let fatal = words.first { $0.starts(with: "fatal: ".utf8) || $0.starts(with: "error: ".utf8) }
      throw .promised(id, by: remote, words: Array(fatal ?? words.first ?? []))
    }
  }

  /// What git prints, line by line; nothing where it fails: then objects come one by one.
  private func lines(_ arguments: [String], input: [UInt8] = [], separator: UInt8 = 0x0a)
    -> [[UInt8]]
  {
    guard let outcome = try? git(arguments).run(input: input, limit: 1 << 30, seconds: 3600),
      outcome.succeeded
    else { return [] }
    return outcome.output.split(separator: separator).map(Array.init)
  }

  private static func list(_ ids: some Sequence<ObjectID>) -> [UInt8] {
    ids.flatMap { Array("\($0.hex)\n".utf8) }
  }

  // MARK: What is asked for soon

  private func absent(_ ids: some Sequence<ObjectID>) throws(GitError) -> Set<ObjectID> {
    let here = try ObjectStore(gitDirectory: commonDirectory)
    return Set(ids.filter { !here.has($0) })
  }

  /// The server's policies, ledger and landings, which are read whole.
  private func records() -> [[UInt8]] {
    lines(
      ["for-each-ref", "--format=%(objectname)"]
        + ["policy", "ledger", "landings"].map { "refs/hookkit/remotes/*/\($0)" })
  }

  /// The root trees that are not here, of records, of commits in the ranges and of those below them.
  private func trees(of ranges: [Range]) throws(GitError) -> Set<ObjectID> {
    var found: Set<ObjectID> = []
    func look(_ options: [String], _ tips: [[UInt8]]) {
      guard !tips.isEmpty else { return }
      for line in lines(
        ["rev-list", "--format=%T"] + options + ["--stdin"],
        input: Array(tips.joined(separator: [0x0a])) + [0x0a])
      {
        if let id = ObjectID(hex: line) { found.insert(id) }
      }
    }
    look([], records())
    for range in ranges {
      look(["--boundary"], Self.selection(range))
      look(["--no-walk"], [range.old, range.new].filter { !$0.isZero }.map { Array($0.hex.utf8) })
    }
    look(["--no-walk"], heads())
    return try absent(found)
  }

  /// Where the branches stand that the servers' HEADs name.
  private func heads() -> [[UInt8]] {
    lines(["for-each-ref", "--format=%(objectname)", "refs/remotes/*/HEAD"])
  }

  private static func selection(_ range: Range) -> [[UInt8]] {
    [Array(range.new.hex.utf8)] + (range.old.isZero ? [] : [Array("^\(range.old.hex)".utf8)])
  }

  /// The files that are not here of those that are going to be read.
  private func files(of ranges: [Range]) throws(GitError) -> Set<ObjectID> {
    var found: Set<ObjectID> = []
    let records = records()
    if !records.isEmpty {
      for line in lines(
        ["rev-list", "--objects", "--no-object-names", "--missing=print", "--stdin"],
        input: Array(records.joined(separator: [0x0a])) + [0x0a])
      where line.first == UInt8(ascii: "?") {
        if let id = ObjectID(hex: line.dropFirst()) { found.insert(id) }
      }
    }
    var wholes = Set(heads())
    for range in ranges {
      var ends = [range.new]
      if !range.old.isZero { ends.append(range.old) }
      wholes.formUnion(ends.map { Array($0.hex.utf8) })
      let commits = lines(
        ["rev-list", "--stdin"],
        input: Array(Self.selection(range).joined(separator: [0x0a])) + [0x0a])
      found.formUnion(
        changes(
          ["diff-tree", "--stdin", "-m", "--root", "--no-commit-id"],
          input: Array(commits.joined(separator: [0x0a])) + [0x0a], range.use))
      if ends.count == 2 {
        found.formUnion(changes(["diff-tree", range.old.hex, range.new.hex], range.use))
      }
    }
    for commit in wholes { found.formUnion(ruled(String(decoding: commit, as: UTF8.self))) }
    return try absent(found)
  }

  /// Both sides of the changes of files (git-diff-tree(1), "RAW OUTPUT FORMAT").
  private func changes(
    _ command: [String], input: [UInt8] = [], _ use: Use
  ) -> [ObjectID] {
    var found: [ObjectID] = []
    var sides: [ObjectID] = []
    for field in lines(
      [command[0], "-r", "-z", "--raw", "--no-abbrev", "--no-renames"] + command.dropFirst(),
      input: input, separator: 0)
    {
      if field.first == UInt8(ascii: ":") {
        let words = field.dropFirst().split(separator: 0x20)
        guard words.count == 5 else { continue }
        sides = zip(words[0...1], words[2...3]).compactMap { mode, name in
          mode.elementsEqual("160000".utf8) ? nil : ObjectID(hex: name)
        }.filter { !$0.isZero }
      } else {
        if use == .shown || Self.isRuled(field) { found += sides }
        sides = []
      }
    }
    return found
  }

  /// The files of a commit that rules look into, changed or not: they may name others.
  private func ruled(_ commit: String) -> [ObjectID] {
    lines(["ls-tree", "-r", "-z", "--full-tree", commit], separator: 0).compactMap { entry in
      let words = entry.split(separator: 0x09, maxSplits: 1)
      guard words.count == 2, Self.isRuled(Array(words[1])) else { return nil }
      let fields = words[0].split(separator: 0x20)
      guard fields.count == 3, fields[1].elementsEqual("blob".utf8) else { return nil }
      return ObjectID(hex: fields[2])
    }
  }

  private static func isRuled(_ path: [UInt8]) -> Bool {
    path.starts(with: ".hookkit/".utf8) || CodeOwners.locations.contains(path)
      || !path.withUnsafeBytes { Catalog.classes($0) }.isEmpty
  }
}
