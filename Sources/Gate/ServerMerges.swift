internal import Git
internal import Platform
internal import Primitives

/// Merges recomputed by git itself (`git merge-tree --write-tree`, git 2.38 and later), because it is git
/// whose merge a person has made: libgit2 gives another tree, or one where git gives none, when a side
/// has renamed a folder or histories cross. Only on a server with an older git libgit2 decides.
///
/// git works in a git directory of its own that is taken away again, with the repository's objects as
/// alternates. So the objects that it makes are not kept, and nothing but the two commits has a say:
/// neither configuration nor merge drivers, neither attributes of the machine, the repository or the
/// push, nor grafts and replacement objects.
final class ServerMerges: MergeOracle {
  private let gitDirectory: String
  private let quarantine: String?
  private let environment: Environment
  private var repository: Repository?
  /// What is known: several rules of one push ask for the same.
  private var known: [Pair: GitMerge] = [:]

  init(gitDirectory: String, quarantine: String?, environment: Environment) {
    self.gitDirectory = gitDirectory
    self.quarantine = quarantine
    self.environment = environment
  }

  func isCleanMerge(
    of ours: ObjectID, and theirs: ObjectID, giving tree: ObjectID
  ) throws(GitError) -> Bool {
    let pair = Pair(ours: ours, theirs: theirs)
    let merge = if let merge = known[pair] { merge } else { try gitMerge(ours, theirs) }
    known[pair] = merge
    return switch merge {
    case .tree(let merged): merged == tree
    case .conflict: false
    case .tooOld: try libraryMerge(ours, theirs) == tree
    }
  }

  private struct Pair: Hashable {
    let ours: ObjectID
    let theirs: ObjectID
  }

  /// What `git merge-tree --write-tree` says.
  private enum GitMerge {
    case tree(ObjectID)
    case conflict
    /// git before 2.38, which does not know the option.
    case tooOld
  }

  private func gitMerge(_ ours: ObjectID, _ theirs: ObjectID) throws(GitError) -> GitMerge {
    let outcome: Subprocess.Outcome
    do throws(SystemError) {
      outcome = try run("--write-tree", "--allow-unrelated-histories", ours.hex, theirs.hex)
    } catch {
      throw .library(action: "merging with git", message: error.words)
    }
    switch outcome.status {
    case 0:
      if let tree = ObjectID(hex: outcome.output.prefix { $0 != 0x0a }) { return .tree(tree) }
    case 1: return .conflict
    case Self.usage: return .tooOld
    default: break
    }
    // What git itself says of it names paths of the server.
    throw .library(
      action: "merging with git", message: "git merge-tree ended with \(outcome.status)")
  }

  private func run(_ arguments: String...) throws(SystemError) -> Subprocess.Outcome {
    let scratch = try ScratchFolder(in: environment["TMPDIR"] ?? "/tmp")
    defer { scratch.remove() }
    for folder in ["objects", "refs"] { try FileBytes.makeFolder("\(scratch.path)/\(folder)") }
    for (name, text) in [("HEAD", "ref: refs/heads/none\n"), ("config", Self.configuration)] {
      try FileBytes.replace("\(scratch.path)/\(name)", with: Array(text.utf8), durable: false)
    }
    let stores = [FileBytes.real(gitDirectory) + "/objects"] + (quarantine.map { [$0] } ?? [])
    // Of git's own variables only the path of its programs stays.
    let kept = environment.all.filter {
      !$0.name.hasPrefix("GIT_") || $0.name == "GIT_EXEC_PATH"
    }
    let command = Subprocess(
      ["git", "--git-dir=\(scratch.path)", "merge-tree", "--name-only", "--no-messages"]
        + arguments,
      environment: kept)
    return
      try command
      .setting("GIT_CONFIG_NOSYSTEM", "1").setting("GIT_CONFIG_GLOBAL", "/dev/null")
      .setting("GIT_ATTR_NOSYSTEM", "1").setting("GIT_NO_REPLACE_OBJECTS", "1")
      .setting(
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", stores.map(Self.quoted).joined(separator: ":")
      ).run()
  }

  /// The exit code with which git's commands end that do not know an option.
  private static let usage: Int32 = 129

  private static let configuration = """
    [core]
    \trepositoryformatversion = 0
    \tbare = true
    \tattributesFile = /dev/null

    """

  /// A path as git reads it in a list separated by colons (git(1), GIT_ALTERNATE_OBJECT_DIRECTORIES).
  private static func quoted(_ path: String) -> String {
    let escaped = path.utf8.flatMap { byte -> [UInt8] in
      byte == 0x22 || byte == 0x5c ? [0x5c, byte] : [byte]
    }
    return "\"" + String(decoding: escaped, as: UTF8.self) + "\""
  }

  /// What libgit2 gives; `nil` for a conflict, and for histories that cross, whose several bases it
  /// merges in a way of its own.
  private func libraryMerge(_ ours: ObjectID, _ theirs: ObjectID) throws(GitError) -> ObjectID? {
    let repository = try opened()
    guard try repository.mergeBaseCount(ours, theirs) <= 1 else { return nil }
    return try repository.mergedTree(ours, theirs, renames: true)
  }

  private func opened() throws(GitError) -> Repository {
    if let repository { return repository }
    let opened = try Repository(
      gitDirectory: gitDirectory, quarantine: quarantine, scratch: true)
    repository = opened
    return opened
  }
}
