internal import CGit2
package import Primitives

/// A repository opened whole, for what raw reading cannot do: configuration, merges and writing.
///
/// Costs more to open than `ObjectStore`, so hooks open it only when they need it. References written
/// here run no hooks: that is how the server keeps its own (`refs/hookkit/landings`).
package final class Repository {
  private let handle: OpaquePointer
  private let database: OpaquePointer
  package let gitDirectory: String

  /// - Parameters:
  ///   - gitDirectory: the repository's git directory.
  ///   - quarantine: `GIT_QUARANTINE_PATH` of a running push, if any.
  ///   - scratch: objects that are made stay in memory and end with this value. Always so in a hook
  ///     that runs before the push is accepted.
  package init(
    gitDirectory: String, quarantine: String? = nil, scratch: Bool
  ) throws(GitError) {
    try Git.start()
    self.gitDirectory = gitDirectory
    var handle: OpaquePointer?
    guard git_repository_open(&handle, gitDirectory) == 0, let handle else {
      throw .last("opening the repository")
    }
    self.handle = handle
    var database: OpaquePointer?
    guard git_repository_odb(&database, handle) == 0, let database else {
      throw .last("opening the object store")
    }
    self.database = database
    if let quarantine, git_odb_add_disk_alternate(database, quarantine) != 0 {
      throw .last("opening the push's quarantine")
    }
    if scratch {
      var memory: UnsafeMutablePointer<git_odb_backend>?
      guard git_mempack_new(&memory) == 0, git_odb_add_backend(database, memory, 999) == 0 else {
        throw .last("preparing memory for objects")
      }
    }
  }

  deinit {
    git_odb_free(database)
    git_repository_free(handle)
  }

  // MARK: Configuration

  /// All values of a configuration key in this repository's own file and what it includes.
  package func configuration(_ key: String) throws(GitError) -> [[UInt8]] {
    var config: OpaquePointer?
    guard git_repository_config_snapshot(&config, handle) == 0, let config else {
      throw .last("reading the configuration")
    }
    defer { git_config_free(config) }
    var iterator: OpaquePointer?
    guard git_config_multivar_iterator_new(&iterator, config, key, nil) == 0 else { return [] }
    defer { git_config_iterator_free(iterator) }
    var values: [[UInt8]] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator) == 0, let found = entry {
      guard let value = found.pointee.value else {
        values.append([])
        continue
      }
      values.append(Array(String(cString: value).utf8))
    }
    return values
  }

  // MARK: Merging

  /// The tree that a merge of two commits gives, or `nil` when it has conflicts.
  ///
  /// Where there is more than one base, libgit2 merges them first in a way of its own, which may give
  /// another tree than git does: see `mergeBaseCount`.
  ///
  /// - Parameter renames: whether a file that one side has moved is looked for at its new place.
  package func mergedTree(
    _ ours: ObjectID, _ theirs: ObjectID, renames: Bool
  ) throws(GitError) -> ObjectID? {
    let left = try commit(ours)
    defer { git_commit_free(left) }
    let right = try commit(theirs)
    defer { git_commit_free(right) }
    var options = git_merge_options()
    git_merge_options_init(&options, UInt32(GIT_MERGE_OPTIONS_VERSION))
    options.flags = renames ? GIT_MERGE_FIND_RENAMES.rawValue : 0
    // What a file's two sides changed is merged by git's default driver, never by one named in
    // attributes that the push brings along.
    options.flags |= GIT_MERGE_FAIL_ON_CONFLICT.rawValue
    var index: OpaquePointer?
    let code = git_merge_commits(&index, handle, left, right, &options)
    if code == GIT_EMERGECONFLICT.rawValue { return nil }
    guard code == 0, let index else { throw .last("merging") }
    defer { git_index_free(index) }
    guard git_index_has_conflicts(index) == 0 else { return nil }
    var tree = git_oid()
    guard git_index_write_tree_to(&tree, index, handle) == 0 else { throw .last("merging") }
    return ObjectID(tree)
  }

  /// How many best common ancestors two commits have (git-merge-base(1), `--all`).
  package func mergeBaseCount(_ ours: ObjectID, _ theirs: ObjectID) throws(GitError) -> Int {
    var left = git_oid(ours)
    var right = git_oid(theirs)
    var bases = git_oidarray()
    let code = git_merge_bases(&bases, handle, &left, &right)
    if code == GIT_ENOTFOUND.rawValue { return 0 }
    guard code == 0 else { throw .last("looking for merge bases") }
    defer { git_oidarray_dispose(&bases) }
    return bases.count
  }

  private func commit(_ id: ObjectID) throws(GitError) -> OpaquePointer {
    var name = git_oid(id)
    var commit: OpaquePointer?
    guard git_commit_lookup(&commit, handle, &name) == 0, let commit else {
      throw .last("reading commit \(id.hex)")
    }
    return commit
  }

  // MARK: Writing

  /// Stores an object and returns its name.
  package func write(_ kind: ObjectKind, _ bytes: [UInt8]) throws(GitError) -> ObjectID {
    let type =
      switch kind {
      case .commit: GIT_OBJECT_COMMIT
      case .tree: GIT_OBJECT_TREE
      case .blob: GIT_OBJECT_BLOB
      case .tag: GIT_OBJECT_TAG
      }
    var id = git_oid()
    let code = bytes.withUnsafeBytes {
      git_odb_write(&id, database, $0.baseAddress, $0.count, type)
    }
    guard code == 0 else { throw .last("writing an object") }
    return ObjectID(id)
  }

  /// Stores a tree whose files are given by path; folders are made as needed.
  ///
  /// - Parameters:
  ///   - base: a tree whose other entries are kept.
  ///   - files: path to content; the content becomes an ordinary file.
  package func writeTree(
    base: ObjectID?, adding files: [(path: [UInt8], content: [UInt8])]
  ) throws(GitError) -> ObjectID {
    var empty = base.map(git_oid.init) ?? git_oid()
    var baseTree: OpaquePointer?
    if base != nil, git_tree_lookup(&baseTree, handle, &empty) != 0 {
      throw .last("reading a tree")
    }
    if base == nil {
      var id = git_oid(try write(.tree, []))
      guard git_tree_lookup(&baseTree, handle, &id) == 0 else { throw .last("reading a tree") }
    }
    defer { git_tree_free(baseTree) }
    var paths: [UnsafeMutablePointer<CChar>] = []
    defer { for path in paths { path.deallocate() } }
    var updates: [git_tree_update] = []
    for file in files {
      let path = UnsafeMutablePointer<CChar>.allocate(capacity: file.path.count + 1)
      for (index, byte) in file.path.enumerated() { path[index] = CChar(bitPattern: byte) }
      path[file.path.count] = 0
      paths.append(path)
      updates.append(
        git_tree_update(
          action: GIT_TREE_UPDATE_UPSERT, id: git_oid(try write(.blob, file.content)),
          filemode: GIT_FILEMODE_BLOB, path: path))
    }
    var tree = git_oid()
    guard git_tree_create_updated(&tree, handle, baseTree, updates.count, &updates) == 0 else {
      throw .last("writing a tree")
    }
    return ObjectID(tree)
  }

  /// Moves a reference if it still has the value it is expected to have.
  ///
  /// - Parameter old: the present value, or `nil` when the reference must not exist yet.
  /// - Returns: false when somebody else was faster.
  package func move(
    _ name: RefName, from old: ObjectID?, to new: ObjectID, because message: String
  ) throws(GitError) -> Bool {
    var target = git_oid(new)
    var reference: OpaquePointer?
    let text = String(decoding: name.bytes, as: UTF8.self)
    let code: Int32
    if let old {
      var present = git_oid(old)
      code = git_reference_create_matching(&reference, handle, text, &target, 1, &present, message)
    } else {
      code = git_reference_create(&reference, handle, text, &target, 0, message)
    }
    git_reference_free(reference)
    let lost = [GIT_EMODIFIED, GIT_EEXISTS, GIT_ENOTFOUND, GIT_ELOCKED].map(\.rawValue)
    if lost.contains(code) { return false }
    guard code == 0 else { throw .last("moving \(name)") }
    return true
  }

  /// Takes a reference away; one that is not there is no error.
  package func remove(_ name: RefName) throws(GitError) {
    let code = git_reference_remove(handle, String(decoding: name.bytes, as: UTF8.self))
    guard code == 0 || code == GIT_ENOTFOUND.rawValue else { throw .last("removing \(name)") }
  }
}
