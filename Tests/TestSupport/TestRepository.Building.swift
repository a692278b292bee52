import Foundation
package import Primitives

extension TestRepository {
  // MARK: Commits

  /// Makes a commit from the tree of its first parent and some changes, and moves a branch to it.
  ///
  /// Objects are written by git's plumbing, so any author, date, mode or message can be had, and no
  /// hook runs. The work tree follows when the branch is checked out. The clock moves by a minute.
  ///
  /// - Parameters:
  ///   - branch: A branch, or a full reference name; `nil` moves nothing.
  ///   - committer: The author when left out.
  ///   - signer: Whose key signs the commit; unsigned when left out.
  ///   - parents: What `branch` names when left out; an empty list makes a root.
  ///   - date: Seconds since 1970 for both dates; the sandbox's clock when left out.
  @discardableResult
  package func commit(
    _ message: String, _ changes: [String: TreeChange] = [:], on branch: String? = "main",
    author: TestPerson = TestPerson("Test Person", email: "test@example.org"),
    committer: TestPerson? = nil, signedBy signer: TestPerson? = nil,
    parents: [ObjectID]? = nil, date: Int? = nil
  ) throws -> ObjectID {
    let reference = branch.map(Self.fullName)
    let lineage = try parents ?? reference.flatMap { try id($0) }.map { [$0] } ?? []
    let tree = try tree(from: lineage.first, changes)
    let commit = try commit(
      message, tree: tree, parents: lineage, author: author, committer: committer,
      signedBy: signer, date: date)
    if let reference { try move(reference, to: commit) }
    return commit
  }

  /// Makes a commit of a tree that is already there; moves no branch.
  package func commit(
    _ message: String, tree: ObjectID, parents: [ObjectID],
    author: TestPerson = TestPerson("Test Person", email: "test@example.org"),
    committer: TestPerson? = nil, signedBy signer: TestPerson? = nil, date: Int? = nil
  ) throws -> ObjectID {
    var arguments: [String] = []
    if let key = signer?.key { arguments += ["-c", "user.signingkey=\(key.path)"] }
    arguments += ["commit-tree", tree.hex]
    if signer != nil { arguments.append("-S") }
    for parent in parents { arguments += ["-p", parent.hex] }
    let committer = committer ?? author
    let time = "\(date ?? sandbox.now) +0000"
    sandbox.advance()
    return try git(
      arguments, stdin: Array(message.utf8),
      env: [
        "GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email,
        "GIT_AUTHOR_DATE": time, "GIT_COMMITTER_NAME": committer.name,
        "GIT_COMMITTER_EMAIL": committer.email, "GIT_COMMITTER_DATE": time,
      ]
    ).objectID()
  }

  /// Merges a revision into a branch with the tree git's own merge gives.
  ///
  /// With `changes` the tree differs from that in those paths, which makes the merge an evil one.
  @discardableResult
  package func merge(
    _ theirs: String, into branch: String = "main", evil changes: [String: TreeChange] = [:],
    message: String? = nil,
    author: TestPerson = TestPerson("Test Person", email: "test@example.org"),
    signedBy signer: TestPerson? = nil
  ) throws -> ObjectID {
    let reference = Self.fullName(branch)
    let ours = try git("rev-parse", "--verify", "\(reference)^{commit}").objectID()
    let other = try git("rev-parse", "--verify", "\(theirs)^{commit}").objectID()
    let merged = try git("merge-tree", "--write-tree", ours.hex, other.hex).objectID()
    let tree = changes.isEmpty ? merged : try self.tree(from: merged, changes)
    let commit = try commit(
      message ?? "Merge \(theirs)", tree: tree, parents: [ours, other], author: author,
      signedBy: signer)
    try move(reference, to: commit)
    return commit
  }

  // MARK: Objects

  /// The tree of a commit or tree with some changes; `nil` starts from the empty tree.
  package func tree(from base: ObjectID?, _ changes: [String: TreeChange]) throws -> ObjectID {
    let index = "\(gitDirectory)/index-of-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: index) }
    let env = ["GIT_INDEX_FILE": index]
    if let base { try git(["read-tree", base.hex], env: env) }
    var lines: [UInt8] = []
    for (path, change) in changes.sorted(by: { $0.key < $1.key }) {
      let (mode, id): (String, ObjectID) =
        switch change {
        case .file(let bytes): ("100644", try blob(bytes))
        case .executable(let bytes): ("100755", try blob(bytes))
        case .symlink(let target): ("120000", try blob(Array(target.utf8)))
        case .gitlink(let commit): ("160000", commit)
        case .object(let id, let mode): (mode, id)
        case .delete: ("0", .zero)
        }
      lines += Array("\(mode) \(id)\t\(path)\0".utf8)
    }
    if !lines.isEmpty {
      try git(["update-index", "--replace", "-z", "--index-info"], stdin: lines, env: env)
    }
    return try git(["write-tree", "--missing-ok"], env: env).objectID()
  }

  /// A tree of exactly these entries in this order, valid or not: `mode name NUL id` each, so that
  /// `.git`, `..`, double and unsorted names can be had.
  package func rawTree(
    _ entries: [(mode: String, name: String, id: ObjectID)]
  ) throws -> ObjectID {
    var bytes: [UInt8] = []
    for entry in entries { bytes += Array("\(entry.mode) \(entry.name)\0".utf8) + entry.id.bytes }
    return try object("tree", bytes)
  }

  /// A blob with these bytes.
  package func blob(_ bytes: [UInt8]) throws -> ObjectID {
    try git("hash-object", "-w", "--stdin", stdin: bytes).objectID()
  }

  /// An object of any type with exactly these bytes, valid or not.
  package func object(_ type: String, _ bytes: [UInt8]) throws -> ObjectID {
    try git("hash-object", "-w", "--literally", "-t", type, "--stdin", stdin: bytes).objectID()
  }

  /// The bytes of an object.
  package func contents(_ type: String, _ revision: String) throws -> [UInt8] {
    try git("cat-file", type, revision).stdout
  }

  /// An annotated tag; moves no reference unless `git push` or ``move(_:to:)`` does.
  package func tag(
    _ name: String, of target: ObjectID, message: String = "tag\n",
    by person: TestPerson = TestPerson("Test Person", email: "test@example.org"),
    signed: Bool = false
  ) throws {
    var arguments: [String] = []
    if let key = person.key { arguments += ["-c", "user.signingkey=\(key.path)"] }
    arguments += ["tag", signed ? "-s" : "-a", "-F", "-", name, target.hex]
    try git(
      arguments, stdin: Array(message.utf8),
      env: ["GIT_COMMITTER_NAME": person.name, "GIT_COMMITTER_EMAIL": person.email])
  }

  // MARK: References

  /// Sets a reference without any hook; the work tree follows when it is checked out.
  package func move(_ reference: String, to id: ObjectID) throws {
    let name = Self.fullName(reference)
    try setReferences([(name, id)])
    guard !isBare, try attempt("symbolic-ref", "--quiet", "HEAD").value == name else { return }
    try git("-c", "core.hooksPath=/dev/null", "reset", "--quiet", "--hard")
  }

  private static func fullName(_ branch: String) -> String {
    branch.hasPrefix("refs/") || branch == "HEAD" ? branch : "refs/heads/\(branch)"
  }
}
