internal import Git
package import Primitives

/// HK509: a name that would complete a git directory made of references.
package enum NestedRepository {
  static let code = Code(509)

  static let page = RulePage(
    code: code, name: "NestedRepository", title: "references that make a git directory",
    endedBy: .pusher,
    why: """
      References are files. A file `HEAD` and folders `objects` and `refs` side by side are all that git
      asks of a repository (gitrepository-layout(5)), so that `refs/heads/r/HEAD`,
      `refs/heads/r/objects/a` and `refs/heads/r/refs/heads/a` make one inside of the repository: it can
      be fetched from and pushed to, has no hooks, and what is pushed to it stands in the outer
      repository as references whose objects are not there. Then nobody can clone or fetch any more.

      The name that would complete one is refused, whichever it is, and so is `HEAD` beside
      `commondir`, which says that the rest lies elsewhere. What is there counts, loose, packed or only
      just being made, and capital letters count as small ones, because some disks take them so.
      """,
    ends: """
      Choose a name in which no part is `HEAD`, `objects`, `refs` or `commondir`, or first delete the
      references that it would stand beside.
      """,
    examples: [
      Example(
        "the third of HEAD, objects and refs in one folder is refused", .refuse,
        .push("main", to: "refs/heads/r/HEAD", by: .dana),
        .push("main", to: "refs/heads/r/objects/a", by: .dana),
        .push("main", to: "refs/heads/r/refs/heads/a", by: .dana)),
      Example(
        "whichever comes last", .refuse,
        .push("main", to: "refs/heads/r/refs/heads/a", by: .erin),
        .push("main", to: "refs/heads/r/objects/a", by: .erin),
        .push("main", to: "refs/heads/r/HEAD", by: .erin)),
      Example(
        "a folder that says that its parts lie elsewhere is one too", .refuse,
        .push("main", to: "refs/heads/r/commondir", by: .dana),
        .push("main", to: "refs/heads/r/HEAD", by: .dana)),
      Example(
        "capital letters make no difference", .refuse,
        .push("main", to: "refs/x/r/head", by: .dana),
        .push("main", to: "refs/x/R/Objects/a", by: .dana),
        .push("main", to: "refs/x/r/REFS", by: .dana)),
      Example(
        "in folders of their own they are ordinary names", .allow,
        .push("main", to: "refs/heads/a/HEAD", by: .dana),
        .push("main", to: "refs/heads/b/objects/a", by: .dana),
        .push("main", to: "refs/heads/c/refs/a", by: .dana)),
      Example(
        "a third that only begins so is one as well", .allow,
        .push("main", to: "refs/heads/r/HEAD", by: .dana),
        .push("main", to: "refs/heads/r/objects/a", by: .dana),
        .push("main", to: "refs/heads/r/refs-to-update", by: .dana)),
    ])

  static let rule = Rule(code) { (named: NamedUpdate) throws(GitError) -> [Finding] in
    try named.bench.nested.wouldComplete(named.update) ? [finding(named.update)] : []
  }

  /// Whether the name has a part that a git directory could be made with. Few have.
  package static func concerns(_ name: RefName) -> Bool {
    var isPart = false
    forEachPart(of: name.bytes) { _, _ in isPart = true }
    return isPart
  }

  /// What lies in one folder of what makes a git directory.
  fileprivate struct Parts: OptionSet {
    let rawValue: UInt8

    static let head = Parts(rawValue: 1)
    static let objects = Parts(rawValue: 2)
    static let refs = Parts(rawValue: 4)
    static let common = Parts(rawValue: 8)

    /// git takes the folder for a git directory (setup.c, `is_git_directory`).
    var isGitDirectory: Bool {
      isSuperset(of: [.head, .objects, .refs]) || isSuperset(of: [.head, .common])
    }
  }

  /// A folder's name, hashed with small letters alone. A name may have two thousand folders above it:
  /// they are told apart by the hash, which no pusher can foresee, and not written out.
  fileprivate typealias Folder = Int

  /// Calls `body` for each part of the name, with the folder in which it stands. A name that ends in a
  /// slash is that of a folder.
  fileprivate static func forEachPart(of name: [UInt8], _ body: (Folder, Parts) -> Void) {
    var hasher = Hasher()
    var hashed = 0
    // The folder at the top is the repository itself.
    guard var start = name.firstIndex(of: 0x2f).map({ $0 + 1 }) else { return }
    while start < name.count {
      let end = name[start...].firstIndex(of: 0x2f) ?? name.count
      if let part = part(name, start, end) {
        while hashed < start {
          hasher.combine(folded(name[hashed]))
          hashed += 1
        }
        body(hasher.finalize(), part)
      }
      start = end + 1
    }
  }

  private static func part(_ name: [UInt8], _ start: Int, _ end: Int) -> Parts? {
    func reads(_ word: StaticString) -> Bool {
      (0..<(end - start)).allSatisfy { folded(name[start + $0]) == word.utf8Start[$0] }
    }
    let isLast = end == name.count
    return switch end - start {
    case 4 where isLast && reads("head"): .head
    case 4 where reads("refs"): .refs
    case 7 where reads("objects"): .objects
    case 9 where isLast && reads("commondir"): .common
    default: nil
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
  }

  /// The parts that lie in the folders of a repository, looked for when they are first asked for.
  final class Folders {
    private let references: any ReferenceReading
    private var parts: [Folder: Parts]?

    init(_ references: any ReferenceReading) {
      self.references = references
    }

    /// Whether the update's name would complete a git directory; one that would not is there for the
    /// names that are asked about after it.
    func wouldComplete(_ update: RefUpdate) throws(GitError) -> Bool {
      // To delete what is not there makes the folders for a moment, and for good when it fails.
      guard concerns(update.name), try references.resolve(update.name) == nil else { return false }
      var known = if let parts { parts } else { try present() }
      var isComplete = false
      forEachPart(of: update.name.bytes) { folder, part in
        isComplete = isComplete || known[folder, default: []].union(part).isGitDirectory
      }
      if !isComplete, !update.isDeletion {
        forEachPart(of: update.name.bytes) { known[$0, default: []].formUnion($1) }
      }
      parts = known
      return isComplete
    }

    private func present() throws(GitError) -> [Folder: Parts] {
      var known: [Folder: Parts] = [:]
      try references.forEachName { name in
        forEachPart(of: name) { known[$0, default: []].formUnion($1) }
      }
      return known
    }
  }

  static func finding(_ update: RefUpdate) -> Finding {
    Finding(
      code, headline: "\(update.name) would make a git directory inside of the repository",
      reason: "would make a git directory",
      details: ["HEAD, objects and refs would stand side by side in one folder of references"],
      hints: [.init("why", "hookkit", "explain", "\(code)")]
        + [.pushElsewhere(update)].compactMap { $0 })
  }
}
