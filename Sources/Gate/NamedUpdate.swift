internal import Git
internal import Policy
internal import Primitives

/// An update by its name alone.
struct NamedUpdate: Judged {
  let bench: Bench
  let update: RefUpdate

  var name: RefName { update.name }

  /// Whether a reference is there, or comes with the same push.
  func exists(_ name: RefName) throws(GitError) -> Bool {
    if bench.comesWithPush(name) { return true }
    return try bench.surroundings.references.resolve(name) != nil
  }

  /// Whether the update takes away a reference that is really called so. On a disk that folds case,
  /// `refs/heads/MAIN` is there where `refs/heads/main` is; what git keeps of it has the other name.
  func isOwnDeletion() throws(GitError) -> Bool {
    guard update.isDeletion else { return false }
    if ReservedNamespace.isOurs(name) || name.hasPrefix("refs/replace/") { return false }
    let references = bench.surroundings.references
    guard try references.resolve(name) != nil else { return true }
    return try references.list(prefix: name.bytes).contains { $0.name == name }
  }
}
