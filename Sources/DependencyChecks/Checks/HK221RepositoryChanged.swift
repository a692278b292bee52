internal import Documents
internal import Lockfiles
internal import Primitives

/// HK221: a git source moves to another repository.
enum RepositoryChanged {
  static let check = DependencyCheck(
    221, "repository-changed", name: "RepositoryChanged", .high,
    title: "a package comes from another repository",
    why: """
      The owner or the name of the repository changed together with the version. A fork may be meant, \
      or may be somebody else's.
      """,
    ends: "Find out whose repository that is, then release the push.",
    examples: [
      .found(
        "a submodule gets another address",
        .init(
          ".gitmodules", old: "[submodule \"x\"]\n\tpath = x\n\turl = https://git.example/o/x\n",
          new: "[submodule \"x\"]\n\tpath = x\n\turl = https://git.example/evil/x\n")),
      .found(
        "an update comes from another owner",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", url: "git+https://git.example/x/ms.git#0a1b")),
          Sample.npm(Sample.entry("ms", "2.1.4", url: "git+https://git.example/y/ms.git#0c2d")))),
      .found(
        "a workflow's action has another owner",
        .init(
          ".github/workflows/ci.yml",
          old: "jobs:\n  a:\n    steps:\n      - uses: good/build@v1\n",
          new: "jobs:\n  a:\n    steps:\n      - uses: evil/build@v1\n")),
      .found(
        "an image comes from another registry",
        .init(
          "compose.yml",
          old: "services:\n  a:\n    image: registry.example/app:1\n",
          new: "services:\n  a:\n    image: other.example/app:1\n")),
      .passes(
        "letter case and .git are written differently",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", url: "git+https://git.example/X/ms.git#0a1b")),
          Sample.npm(Sample.entry("ms", "2.1.4", url: "git+ssh://git@git.example/x/ms#0c2d")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard let old = changed.old, changed.fields.contains(.source),
        // At the same version the change is reported by HK210.
        !old.isSameRelease(as: new), old.entry.sourceKind == .git,
        new.entry.sourceKind == .git
      else { return }
      guard old.origin != new.origin else { return }
      found.append(changed.finding(check, new.move(from: old)))
    }
    let files = changes.files
    var actions: [Int: [ByteKey: ArraySlice<UInt8>]] = [:]
    changes.eachNewWish { wish in
      let new = wish.new
      if let old = wish.old, old.kind == .git, new.kind == .git, old.repository != new.repository {
        found.append(
          wish.finding(check, in: files, "\(new.words)   \(old.placeWords) -> \(new.placeWords)"))
      }
      // What pipelines ask for is found by its name without its owner.
      guard wish.old == nil, new.ecosystem == .githubactions || new.ecosystem == .generic else {
        return
      }
      let before = actions[wish.file] ?? Self.actions(changes.oldWishes(of: files[wish.file]))
      actions[wish.file] = before
      guard let old = before[ByteKey(Self.base(new.repository))], !old.elementsEqual(new.repository)
      else { return }
      found.append(
        wish.finding(
          check, in: files,
          "\(new.words)   \(Escaped.text(old, limit: 120)) -> \(Escaped.text(new.repository, limit: 120))"
        ))
    }
    return found
  }

  /// Repositories of actions, images and orbs by their names without owners.
  private static func actions(_ wishes: [Wish]) -> [ByteKey: ArraySlice<UInt8>] {
    var found: [ByteKey: ArraySlice<UInt8>] = [:]
    for wish in wishes {
      let repository = wish.repository
      if !repository.isEmpty { found[ByteKey(base(repository))] = repository[...] }
    }
    return found
  }

  private static func base(_ repository: [UInt8]) -> [UInt8] {
    Array(repository.split(separator: UInt8(ascii: "/")).last ?? [])
  }
}
