internal import Gate
internal import Git
internal import HookWire
internal import Ledger
internal import Platform
internal import Primitives
internal import Report

/// reference-transaction: the same decision once more, on the references that git is really about to
/// move, whoever asked: a push through a symbolic alias, `update-ref`, a merge made on the server.
enum ReferenceTransaction {
  static func run(_ arguments: [String], _ environment: Environment) throws -> Int32 {
    guard arguments.count == 2 else {
      let found = arguments.count - 1
      throw Refusal.input(InputError(.wrongArgumentCount(expected: 1, found: found), line: 0))
    }
    let state = TransactionState(Array(arguments[1].utf8))
    if state == .aborted { clearAway(environment) }
    guard state == .prepared || state == .committed else { return ExitCode.allowed.rawValue }
    let bytes = try StandardInput.bytes()
    // `git pack-refs` with nothing to pack runs a transaction of no references.
    guard !bytes.isEmpty else { return ExitCode.allowed.rawValue }
    let lines: [TransactionUpdate]
    lines = try TransactionInput.read(bytes)
    let session = try Session(.referenceTransaction, environment)
    let asked = lines.compactMap(\.refUpdate)
    if state == .committed { return Landing.afterwards(session, asked) }
    let decision: Decision
    do throws(GitError) {
      let moves = try present(asked, session)
      guard !moves.isEmpty else { return ExitCode.allowed.rawValue }
      decision = session.decide(moves).refusingHolds(because: "only a push can be held")
    } catch {
      decision = session.undecided(asked, because: .git(error))
    }
    try session.record(decision, decision.judgements)
    if decision.verdict != .allow { Console.say(RefusalText.lines(for: decision)) }
    return decision.verdict.exitCode
  }

  /// Takes the folders away that git made for references which then did not come, where they could be
  /// parts of a git directory (HK509): git leaves them, and an empty folder `refs` is part enough.
  /// Nothing has moved and nothing can be refused any more, so what cannot be done is left.
  private static func clearAway(_ environment: Environment) {
    guard let bytes = try? StandardInput.bytes(), let lines = try? TransactionInput.read(bytes)
    else { return }
    let names = lines.compactMap(\.refUpdate?.name).filter(NestedRepository.concerns)
    guard !names.isEmpty,
      let session = try? Session(.referenceTransaction, environment),
      let references = try? ReferenceStore(gitDirectory: session.server.gitDirectory)
    else { return }
    for name in names { references.removeEmptyFolders(above: name) }
  }

  /// The moves with the values that the references really have: a caller that does not care about the
  /// old value writes zeros, and a transaction may only repack what is there (git-pack-refs(1)).
  private static func present(
    _ asked: [RefUpdate], _ session: Session
  ) throws(GitError) -> [RefUpdate] {
    let references = try ReferenceStore(gitDirectory: session.server.gitDirectory)
    var moves: [RefUpdate] = []
    for update in asked {
      let old = try references.resolve(update.name) ?? .zero
      guard old != update.new, try !isPruning(update, references) else { continue }
      moves.append(RefUpdate(old: old, new: update.new, name: update.name))
    }
    return moves
  }

  /// Whether this only takes away the loose file of a reference that `git pack-refs` has packed.
  ///
  /// git calls that a deletion. The packed value alone does not tell the two apart, so the program that
  /// runs the transaction is asked for too.
  private static func isPruning(
    _ update: RefUpdate, _ references: ReferenceStore
  ) throws(GitError) -> Bool {
    guard update.isDeletion, !update.old.isZero,
      try references.isPacked(update.name, at: update.old)
    else { return false }
    return ParentProcess.arguments.contains("pack-refs")
  }
}
