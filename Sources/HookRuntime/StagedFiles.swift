internal import Documents
internal import Git
internal import Lockfiles
internal import Platform
internal import Primitives

/// The dependency files that a commit is about to change, from the index that git names to its hooks.
///
/// `git commit -a` and `git commit PATH` build an index of their own, which `GIT_INDEX_FILE` names to
/// git here as well.
struct StagedFiles {
  struct File {
    let path: [UInt8]
    /// The object in the index; empty where there is no plain file to read.
    let object: ArraySlice<UInt8>
    let match: Catalog.Match
  }

  /// Dependency files.
  let files: [File]
  /// All files.
  let changes: [PathChange]
  private let environment: Environment

  /// - Returns: `nil` when git cannot say.
  init?(_ environment: Environment) {
    self.environment = environment
    let listing = Subprocess(
      ["git", "diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff"],
      environment: environment.all)
    guard let outcome = try? listing.run(limit: 64 << 20), outcome.succeeded else { return nil }
    let staged = Self.read(outcome.output)
    changes = staged
    files = staged.compactMap { change in
      guard let match = Catalog.match(change.path, isLink: change.newMode == .link) else {
        return nil
      }
      let isPlain = change.newMode == .file || change.newMode == .executable
      return File(
        path: change.path, object: isPlain ? Array(change.newID.hex.utf8)[...] : [], match: match)
    }
  }

  /// Reads `:<mode> <mode> <object> <object> <letter> NUL <path> NUL` (git-diff(1), "Raw output").
  private static func read(_ output: [UInt8]) -> [PathChange] {
    let fields = output.split(separator: 0, omittingEmptySubsequences: false)
    return stride(from: 0, to: fields.count - 1, by: 2).compactMap { index in
      let words = fields[index].split(separator: 0x20)
      guard words.count == 5, let oldMode = FileMode(octal: words[0].dropFirst()),
        let newMode = FileMode(octal: words[1]), let old = ObjectID(hex: words[2]),
        let new = ObjectID(hex: words[3])
      else { return nil }
      return PathChange(
        path: Array(fields[index + 1]), oldMode: oldMode, oldID: old, newMode: newMode, newID: new)
    }
  }

  /// Lock files that nobody can read as they stand, and why.
  func unreadable() -> [(path: [UInt8], reason: Unread.Reason, line: Int)] {
    let locks = files.filter {
      $0.match.classes.contains(.locks) && !$0.match.formats.isEmpty && !$0.object.isEmpty
    }
    guard !locks.isEmpty else { return [] }
    var input: [UInt8] = []
    for lock in locks { input += lock.object + [0x0a] }
    let command = Subprocess(["git", "cat-file", "--batch"], environment: environment.all)
    guard let outcome = try? command.run(input: input), outcome.succeeded else { return [] }
    var rest = outcome.output[...]
    var found: [(path: [UInt8], reason: Unread.Reason, line: Int)] = []
    for lock in locks {
      guard let bytes = Self.nextBlob(&rest) else { break }
      guard let format = lock.match.format(of: bytes) ?? lock.match.formats.first else { continue }
      do throws(Unread) {
        _ = try format.inventory(of: bytes)
      } catch {
        let line = bytes.prefix(error.offset).count { $0 == 0x0a } + 1
        found.append((lock.path, error.reason, line))
      }
    }
    return found
  }

  /// Takes `<object> blob <size> LF <bytes> LF` from the front (git-cat-file(1), "Batch output").
  private static func nextBlob(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard let end = rest.firstIndex(of: 0x0a) else { return nil }
    let words = rest[..<end].split(separator: 0x20)
    guard words.count == 3, let size = Int(String(decoding: words[2], as: UTF8.self)), size >= 0,
      size < rest.endIndex - end - 1
    else { return nil }
    let bytes = Array(rest[(end + 1)..<(end + 1 + size)])
    rest = rest[(end + 1 + size)...].dropFirst()
    return bytes
  }
}
