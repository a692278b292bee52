package import Git
package import Policy
package import Primitives

/// The CODEOWNERS files of one tree, as far as they can be read.
package struct OwnersFiles {
  /// A file that cannot be read exactly: who owns what is then not known.
  package struct Flaw: Hashable, Sendable {
    /// Safe for any terminal.
    package let path: String
    /// `line 3: the pattern "[a-z]" cannot be read exactly`
    package let words: String
  }

  /// A file that was read.
  package struct File: Sendable {
    let path: [UInt8]
    let id: ObjectID
    let owners: CodeOwners
  }

  package private(set) var files: [File] = []
  package private(set) var flaws: [Flaw] = []

  var owners: [CodeOwners] { files.map(\.owners) }
  /// Whether there is one in a place that hosts read in different ways.
  package var hasShared: Bool {
    files.contains { $0.path.first != UInt8(ascii: ".") }
      || flaws.contains { !$0.path.hasPrefix(".") }
  }
  package var isEmpty: Bool { files.isEmpty && flaws.isEmpty }

  /// Of a repository that holds nothing yet.
  init() {}

  /// - Throws: where the repository itself cannot be read, never for what a file says.
  package init(
    ofCommit commit: ObjectID, under policy: Policy, in objects: ObjectStore
  ) throws(GitError) {
    let tree = try objects.tree(ofCommit: commit)
    for path in CodeOwners.locations {
      guard let entry = try objects.entry(atPath: path, in: tree) else { continue }
      let name = Escaped.text(path)
      guard entry.mode == .file || entry.mode == .executable else {
        flaws.append(Flaw(path: name, words: "it is not an ordinary file"))
        continue
      }
      let size = try objects.header(entry.id).count
      guard size <= CodeOwners.byteLimit else {
        flaws.append(Flaw(path: name, words: "\(CodeOwnersError.Problem.tooLarge(bytes: size))"))
        continue
      }
      let bytes = try objects.bytes(of: entry.id, .blob, limit: CodeOwners.byteLimit)
      do throws(CodeOwnersError) {
        let owners = try CodeOwners(
          bytes, as: CodeOwners.Dialect(at: path, shared: policy.codeowners))
        files.append(File(path: path, id: entry.id, owners: owners))
      } catch {
        flaws.append(Flaw(path: name, words: "\(error)"))
      }
    }
  }

  /// The lines that nobody can satisfy whom the policy knows, as `CODEOWNERS, line 3: @nobody`.
  package func unknown(
    under policy: Policy, at time: Int64, besides known: OwnersFiles? = nil
  ) -> [String] {
    var people: [[UInt8]: Set<String>] = [:]
    var lines: [String] = []
    for file in files {
      if let known, known.files.contains(where: { $0.path == file.path && $0.id == file.id }) {
        continue
      }
      for demand in file.owners.demands {
        var able: Set<String> = []
        for owner in demand.owners {
          let names =
            people[owner]
            ?? Set(policy.people(ownedAs: owner).filter { $0.isActive(at: time) }.map(\.name))
          people[owner] = names
          able.formUnion(names)
        }
        guard able.count < demand.approvals else { continue }
        let owners = demand.owners.prefix(8).map { Escaped.text($0, limit: 64) }
        let more = demand.owners.count > owners.count ? " ..." : ""
        lines.append(
          "\(Escaped.text(file.path)), line \(demand.line): "
            + owners.joined(separator: " ") + more)
      }
    }
    return lines
  }
}

/// The CODEOWNERS files that an update of a protected reference is judged by, and those that it leaves.
struct OwnersBeforeAndAfter {
  let before: OwnersFiles
  let after: OwnersFiles

  /// Whether all that a range does is to change CODEOWNERS files.
  func isMend(_ range: CommitRange) throws(GitError) -> Bool {
    guard !range.commits.isEmpty else { return false }
    for position in range.commits.indices {
      let changes = try range.changes(position)
      guard changes.allSatisfy({ CodeOwners.locations.contains($0.path) }) else { return false }
    }
    return true
  }
}
