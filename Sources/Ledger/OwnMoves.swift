package import Git
package import Platform
package import Primitives

/// Moves of references that hookkit makes by itself, one process after another.
///
/// git and libgit2 lock a reference by a file beside it. A process that is killed leaves that file, and
/// from then on nobody can move the reference (git says "File exists"). So each writer notes which
/// reference it is about to move, and whoever comes next takes away what a killed one has left.
package struct OwnMoves: ~Copyable {
  private let note: LockedFile

  private init(_ note: consuming LockedFile) {
    self.note = note
  }

  private static func path(_ gitDirectory: String) -> String {
    ServerState(gitDirectory: gitDirectory).folder + "/records-lock"
  }

  /// Waits for the other writers: libgit2 looks whether a new reference is there before it locks it, so
  /// that two could both make it.
  package static func inTurn(_ gitDirectory: String) throws(SystemError) -> OwnMoves {
    try FileBytes.makeFolder(ServerState(gitDirectory: gitDirectory).folder, mode: 0o700)
    let note = try LockedFile(path(gitDirectory))
    let left = RefName(try note.tail(RefName.maximumCount))
    if left.isWellFormed, left.hasPrefix("refs/"),
      let path = String(validating: left.bytes, as: UTF8.self)
    {
      try FileBytes.remove("\(gitDirectory)/\(path).lock")
    }
    if try note.count > 0 { try note.truncate(to: 0) }
    return OwnMoves(note)
  }

  /// Takes away what a killed writer has left, if any.
  package static func mend(_ gitDirectory: String) throws(SystemError) {
    let left = try FileBytes.readIfPresent(path(gitDirectory), limit: RefName.maximumCount) ?? []
    if !left.isEmpty { _ = try inTurn(gitDirectory) }
  }

  /// Moves one reference.
  package func move<Result>(
    _ ref: RefName, _ body: () throws(GitError) -> Result
  ) throws(GitError) -> Result {
    do throws(SystemError) { try note.append(ref.bytes, durable: false) } catch {
      throw .file(action: "moving \(ref)", message: error.words)
    }
    // A note that stays costs the next writer a look, no more.
    defer { try? note.truncate(to: 0) }
    return try body()
  }

  /// Waits for the other writers, and moves one reference.
  package static func move<Result>(
    _ ref: RefName, in gitDirectory: String, _ body: () throws(GitError) -> Result
  ) throws(GitError) -> Result {
    try turn(gitDirectory, ref).move(ref, body)
  }

  private static func turn(_ gitDirectory: String, _ ref: RefName) throws(GitError) -> OwnMoves {
    do throws(SystemError) { return try inTurn(gitDirectory) } catch {
      throw .file(action: "moving \(ref)", message: error.words)
    }
  }
}
