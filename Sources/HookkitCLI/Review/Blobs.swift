internal import Git
internal import Platform
internal import Primitives
internal import Report
internal import Signing

/// The files of a clone, read for a person: in memory where they are of a usual size, else piece by piece.
struct Blobs {
  private let objects: ObjectStore
  private let repository: LocalRepository

  /// Most bytes of a file that is compared line by line.
  static let largest = 96 << 20

  /// Opened anew: objects may just have been fetched.
  init(of repository: LocalRepository) throws(GitError) {
    self.repository = repository
    objects = try repository.objects()
  }

  func size(_ id: ObjectID) throws(GitError) -> Int { try objects.header(id).count }

  /// The bytes of a file that is no larger than ``largest``.
  func bytes(_ id: ObjectID) throws(GitError) -> [UInt8] { try objects.bytes(of: id, .blob) }

  /// Hands on the bytes of a file of any size.
  func stream(_ id: ObjectID, _ take: ([UInt8]) -> Bool) throws {
    var wanted = true
    let status = try repository.command(["cat-file", "blob", id.hex]).stream { piece in
      wanted = take(piece)
      return wanted
    }
    guard status == 0 || !wanted else {
      throw CommandError(.undecided, "git cannot read the file \(id.hex)")
    }
  }

  /// SHA-256 in hexadecimal digits, or that it cannot be had: a few bytes may unpack to more than this
  /// machine holds.
  func digest(_ id: ObjectID) -> String {
    var hasher = Digest.Sha256Hasher()
    do {
      try stream(id) { piece in
        hasher.update(piece)
        return true
      }
    } catch {
      return "is not known: git cannot unpack the file here"
    }
    return Hex.string(hasher.finish())
  }
}

/// What stands under the paths of one tree, for many look-ups in neighbouring folders.
final class PathLookup {
  private let objects: ObjectStore
  private let root: ObjectID?
  private var folders: [[UInt8]: [[UInt8]: FoundEntry]] = [:]
  private var count = 0

  /// Most entries that are kept.
  private static let most = 200_000

  /// - Parameter root: `nil` for the empty tree.
  init(_ root: ObjectID?, in objects: ObjectStore) {
    self.objects = objects
    self.root = root
  }

  /// The file at a path; `nil` when there is none.
  func file(_ path: [UInt8]) throws(GitError) -> FoundEntry? {
    guard let entry = try entry(path), !entry.mode.isTree else { return nil }
    return entry
  }

  private func entry(_ path: [UInt8]) throws(GitError) -> FoundEntry? {
    guard let slash = path.lastIndex(of: 0x2f) else { return try entries(of: [])[path] }
    return try entries(of: Array(path[..<slash]))[Array(path[(slash + 1)...])]
  }

  private func entries(of folder: [UInt8]) throws(GitError) -> [[UInt8]: FoundEntry] {
    if let known = folders[folder] { return known }
    var tree = root
    if !folder.isEmpty {
      let found = try entry(folder)
      tree = found.flatMap { $0.mode.isTree ? $0.id : nil }
    }
    var entries: [[UInt8]: FoundEntry] = [:]
    if let tree {
      try objects.forEachEntry(in: tree) { (entry) throws(GitError) in
        entries[Array(entry.name)] = FoundEntry(mode: entry.mode, id: entry.id)
      }
    }
    count += entries.count
    if count > Self.most {
      folders = [:]
      count = entries.count
    }
    folders[folder] = entries
    return entries
  }
}
