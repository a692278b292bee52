internal import CGit2
package import Primitives

/// The objects of one repository, read as raw bytes.
///
/// Opened without a `git_repository`, because reading a configuration costs more than judging a small
/// push. Objects that git still holds in a push's quarantine are seen as well. Nothing is written.
/// Use from one thread; several stores over one repository may run side by side.
package final class ObjectStore {
  private let database: OpaquePointer
  /// Trees read lately, each in the slot of its name. Neighbours in a history share their roots, which
  /// in a large project are more than libgit2 itself keeps.
  private var trees = [OpaquePointer?](repeating: nil, count: 256)
  /// The last walk: who judges a history also counts it.
  var lastWalk: Walk?
  /// Who is asked for what is not here: in a clone only. A server has its objects or stays shut.
  package var promisor: (any ObjectPromisor)?

  /// Bytes of a tree that libgit2 keeps by itself, and of the largest that is kept here.
  private static let keptTree = 4096...65536

  /// Most bytes of one object that is read into memory.
  package static let largestObject = 512 << 20

  /// Opens `objects/` below a git directory.
  ///
  /// - Parameters:
  ///   - gitDirectory: the repository's common directory (of a bare repository, itself).
  ///   - quarantine: `GIT_QUARANTINE_PATH` of a running push, if any. It is added beside the store
  ///     instead of being read from the environment, which libgit2 gets wrong when a path has a colon.
  package init(gitDirectory: String, quarantine: String? = nil) throws(GitError) {
    try Git.start()
    var database: OpaquePointer?
    guard git_odb_open(&database, gitDirectory + "/objects") == 0, let database else {
      throw .last("opening the object store")
    }
    self.database = database
    if let quarantine, git_odb_add_disk_alternate(database, quarantine) != 0 {
      throw .last("opening the push's quarantine")
    }
  }

  /// Opens one folder of objects alone, such as a push's quarantine, with nothing that it borrows from.
  package init(objectsFolder: String) throws(GitError) {
    try Git.start()
    var database: OpaquePointer?
    guard git_odb_open(&database, objectsFolder) == 0, let database else {
      throw .last("opening the push's quarantine")
    }
    self.database = database
  }

  deinit {
    for tree in trees { git_odb_object_free(tree) }
    git_odb_free(database)
  }

  /// An object's bytes, valid as long as the value that is returned.
  ///
  /// - Throws: `GitError`: missing, of another kind, larger than `limit` bytes, unreadable.
  package func object(
    _ id: ObjectID, _ kind: ObjectKind, limit: Int = ObjectStore.largestObject
  ) throws(GitError) -> RawObject {
    if kind == .blob {
      // A delta of a few bytes may stand for any size; what is too large is not even unpacked.
      let header = try header(id)
      guard header.kind == kind else { throw .wrongKind(id, expected: kind) }
      guard header.count <= limit else { throw .tooLarge(id, kind, header.count, limit) }
    }
    var name = git_oid(id)
    var object: OpaquePointer?
    let slot = Int(withUnsafeBytes(of: name) { $0[0] }) & (trees.count - 1)
    if kind == .tree, let kept = trees[slot], git_oid_equal(git_odb_object_id(kept), &name) != 0,
      git_odb_object_dup(&object, kept) == 0, let object
    {
      return RawObject(object)
    }
    var code = git_odb_read(&object, database, &name)
    if code == GIT_ENOTFOUND.rawValue, try brings(id) {
      code = git_odb_read(&object, database, &name)
    }
    guard code == 0, let object else {
      if code == GIT_ENOTFOUND.rawValue { throw .missing(id) }
      throw .last("reading object \(id.hex)")
    }
    let raw = RawObject(object)
    guard ObjectKind(git_odb_object_type(object)) == kind else {
      throw .wrongKind(id, expected: kind)
    }
    guard raw.bytes.count <= limit else {
      throw .tooLarge(id, kind, raw.bytes.count, limit)
    }
    if kind == .tree, Self.keptTree.contains(raw.bytes.count) {
      git_odb_object_free(trees[slot])
      trees[slot] = nil
      git_odb_object_dup(&trees[slot], object)
    }
    return raw
  }

  /// The bytes of an object that must be of `kind`.
  package func bytes(
    of id: ObjectID, _ kind: ObjectKind, limit: Int = ObjectStore.largestObject
  ) throws(GitError) -> [UInt8] {
    let object = try object(id, kind, limit: limit)
    return Array(object.bytes)
  }

  /// An object's kind and size in bytes, without reading it whole.
  package func header(_ id: ObjectID) throws(GitError) -> (kind: ObjectKind, count: Int) {
    var name = git_oid(id)
    var count = 0
    var type = GIT_OBJECT_INVALID
    var code = git_odb_read_header(&count, &type, database, &name)
    if code == GIT_ENOTFOUND.rawValue, try brings(id) {
      code = git_odb_read_header(&count, &type, database, &name)
    }
    guard code == 0 else {
      if code == GIT_ENOTFOUND.rawValue { throw .missing(id) }
      throw .last("reading object \(id.hex)")
    }
    guard let kind = ObjectKind(type) else { throw .malformed(id, "unknown kind") }
    return (kind, count)
  }

  /// Whether an object that was not here may be here now.
  private func brings(_ id: ObjectID) throws(GitError) -> Bool {
    guard let promisor, try promisor.bring(id) else { return false }
    guard git_odb_refresh(database) == 0 else { throw .last("reading what was fetched") }
    return true
  }

  /// Whether an object is here; nobody is asked for it.
  package func has(_ id: ObjectID) -> Bool {
    var name = git_oid(id)
    return git_odb_exists_ext(database, &name, UInt32(GIT_ODB_LOOKUP_NO_REFRESH.rawValue)) == 1
  }

  /// The names of all objects that are here, in no order.
  ///
  /// - Parameter limit: most of them; one more is an error.
  package func everything(limit: Int) throws(GitError) -> [ObjectID] {
    struct Listing {
      var names: [ObjectID] = []
      let limit: Int
    }
    var listing = Listing(limit: limit)
    let code = withUnsafeMutablePointer(to: &listing) { listing in
      git_odb_foreach(
        database,
        { name, listing in
          guard let name, let listing = listing?.assumingMemoryBound(to: Listing.self) else {
            return 1
          }
          listing.pointee.names.append(ObjectID(name.pointee))
          return listing.pointee.names.count > listing.pointee.limit ? 1 : 0
        }, listing)
    }
    guard listing.names.count <= limit else { throw .overLimit("more than \(limit) objects") }
    guard code == 0 else { throw .last("listing the objects of the push") }
    return listing.names
  }

  /// The commit's headers and message.
  package func commit(_ id: ObjectID) throws(GitError) -> CommitObject {
    let object = try object(id, .commit, limit: CommitObject.largest)
    do throws(CommitObject.Malformation) {
      return try CommitObject(object.bytes, id: id)
    } catch .tooManyParents(let limit) {
      throw .overLimit("commit \(id.hex) has more than \(limit) parents")
    } catch {
      throw .malformed(id, error.words)
    }
  }
}

/// An object that libgit2 holds in memory until this value ends.
package struct RawObject: ~Copyable {
  private let handle: OpaquePointer
  package let bytes: UnsafeRawBufferPointer

  fileprivate init(_ handle: OpaquePointer) {
    self.handle = handle
    bytes = UnsafeRawBufferPointer(
      start: git_odb_object_data(handle), count: git_odb_object_size(handle))
  }

  deinit {
    git_odb_object_free(handle)
  }
}

/// Process-wide start of libgit2.
enum Git {
  private static let code: Int32 = hookkit_git2_start(0, 0)

  static func start() throws(GitError) {
    guard code >= 0 else { throw .last("starting libgit2") }
  }
}

extension git_oid {
  init(_ id: ObjectID) {
    self.init()
    withUnsafeMutableBytes(of: &self) { id.write(to: $0) }
  }
}

extension ObjectID {
  init(_ id: git_oid) {
    var copy = id
    self = withUnsafeBytes(of: &copy) { ObjectID(raw: $0) } ?? .zero
  }
}

extension GitError {
  fileprivate static func tooLarge(
    _ id: ObjectID, _ kind: ObjectKind, _ count: Int, _ limit: Int
  ) -> GitError {
    .overLimit("\(kind) \(id.hex) has \(count) bytes, the limit is \(limit)")
  }
}

extension ObjectKind {
  fileprivate init?(_ type: git_object_t) {
    switch type {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }
}
