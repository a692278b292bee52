#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
package import Primitives

/// The references of a repository with git's "files" storage, read without loading them all.
///
/// A loose file is read where there is one; otherwise the name is looked up in `packed-refs` by binary
/// search in a memory map, so that a repository with 100,000 references costs what one with ten does.
/// Source: gitrepository-layout(5), git-pack-refs(1). Writing goes through `Repository`.
package final class ReferenceStore {
  private let directory: String
  private let packed: PackedReferences?

  /// - Parameter gitDirectory: the repository's common directory.
  /// - Throws: `GitError.unsupported` for a repository whose references are kept otherwise.
  package init(gitDirectory: String) throws(GitError) {
    directory = gitDirectory
    if access(gitDirectory + "/reftable", F_OK) == 0 {
      throw .unsupported("references in reftable format")
    }
    packed = try PackedReferences(path: gitDirectory + "/packed-refs")
  }

  /// What a reference stands for, following symbolic references; `nil` when it does not exist.
  package func resolve(_ name: RefName) throws(GitError) -> ObjectID? {
    try resolveSymbolic(name).id
  }

  /// The name at the end of a chain of symbolic references, and its value if it exists.
  package func resolveSymbolic(_ name: RefName) throws(GitError) -> (name: RefName, id: ObjectID?) {
    var name = name
    for _ in 0..<6 {
      guard let content = try looseContent(name) else { return (name, try packed?.value(of: name)) }
      if content.starts(with: "ref:".utf8) {
        let target = content.dropFirst(4).drop { $0 == 0x20 || $0 == 0x09 }
        name = RefName(Array(target.prefix { $0 != 0x0a && $0 != 0x0d }))
        guard name.isWellFormed else { throw .reference(name, "not a reference name") }
        continue
      }
      guard content.count >= ObjectID.hexCount,
        content.count == ObjectID.hexCount || [0x0a, 0x20, 0x0d].contains(content[40]),
        let id = ObjectID(hex: content.prefix(ObjectID.hexCount))
      else { throw .reference(name, "its file is not an object name") }
      return (name, id)
    }
    throw .reference(name, "symbolic references lead in a circle")
  }

  /// Whether `packed-refs` holds this very value, so that taking away the loose file changes nothing.
  package func isPacked(_ name: RefName, at id: ObjectID) throws(GitError) -> Bool {
    try packed?.value(of: name) == id
  }

  /// The branch that `HEAD` names, also when it has no commit yet; `nil` when HEAD is detached.
  package func head() throws(GitError) -> RefName? {
    let target = try resolveSymbolic(RefName("HEAD")).name
    return target == RefName("HEAD") ? nil : target
  }

  /// All references under `refs/` whose names begin with `prefix`, in byte order.
  ///
  /// - Parameter limit: most references; more is an error.
  package func list(
    prefix: some Collection<UInt8>, limit: Int = 1_000_000
  ) throws(GitError) -> [(name: RefName, id: ObjectID)] {
    var found: [RefName: ObjectID] = [:]
    try packed?.forEach(prefix: Array(prefix)) { name, id in found[name] = id }
    // The folder part of the prefix is where loose files can be.
    let bytes = Array(prefix)
    let folder = bytes.lastIndex(of: 0x2f).map { bytes[..<$0] } ?? Array("refs".utf8)[...]
    if folder.starts(with: "refs".utf8) {
      try listLoose(Array(folder), bytes, depth: 0, into: &found)
    }
    guard found.count <= limit else { throw .overLimit("more than \(limit) references") }
    return found.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
  }

  /// Calls `body` with every name that is taken on disk: of references, loose and packed, of those that
  /// git holds a lock for because it is about to make them, and of folders, empty ones too, which end in
  /// a slash. In no order, and some twice.
  package func forEachName(_ body: ([UInt8]) -> Void) throws(GitError) {
    try packed?.forEach(prefix: []) { name, _ in body(name.bytes) }
    var folders = [Array("refs".utf8)]
    while let folder = folders.popLast() {
      try forEachEntry(of: folder) { name, type in
        let full = RefName(folder + [0x2f] + name)
        if isFolder(type, full) {
          body(full.bytes + [0x2f])
          folders.append(full.bytes)
        } else {
          body(Array(full.bytes.dropLast(name.ends(with: ".lock") ? 5 : 0)))
        }
      }
    }
  }

  /// Takes away the folders that git has made for a reference and that hold nothing: it leaves them there
  /// when a transaction fails (refs/files-backend.c). `refs/heads` and `refs/tags` stay.
  package func removeEmptyFolders(above name: RefName) {
    var folder = name.bytes[...]
    while let slash = folder.lastIndex(of: 0x2f) {
      folder = folder[..<slash]
      let isKept = ["refs", "refs/heads", "refs/tags"].contains { folder.elementsEqual($0.utf8) }
      let code = (path(Array(folder)) + [0]).withUnsafeBytes { raw in
        raw.bindMemory(to: CChar.self).baseAddress.map { isKept ? -1 : rmdir($0) } ?? -1
      }
      guard code == 0 else { return }
    }
  }

  private func path(_ name: [UInt8]) -> [UInt8] {
    Array((directory + "/").utf8) + name
  }

  private func looseContent(_ name: RefName) throws(GitError) -> [UInt8]? {
    guard name.bytes == Array("HEAD".utf8) || name.isWellFormed else {
      throw .reference(name, "not a reference name")
    }
    let descriptor = (path(name.bytes) + [0]).withUnsafeBytes { raw in
      raw.bindMemory(to: CChar.self).baseAddress.map {
        open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      } ?? -1
    }
    guard descriptor >= 0 else {
      if [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) { return nil }
      throw .reference(name, String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var failed: Int32 = 0
    let content = [UInt8](unsafeUninitializedCapacity: 4200) { buffer, count in
      let got = read(descriptor, buffer.baseAddress, buffer.count)
      failed = got < 0 ? errno : 0
      count = max(got, 0)
    }
    // A folder of that name (refs/heads/a beside refs/heads/a/b) is no reference.
    if failed == EISDIR { return nil }
    guard failed == 0 else { throw .reference(name, String(cString: strerror(failed))) }
    return content
  }

  /// Not every file system says in the folder what an entry is (readdir(3), DT_UNKNOWN).
  private func isFolder(_ type: UInt8, _ name: RefName) -> Bool {
    guard type == UInt8(DT_UNKNOWN) else { return type == UInt8(DT_DIR) }
    var status = stat()
    let code = (path(name.bytes) + [0]).withUnsafeBytes { raw in
      raw.bindMemory(to: CChar.self).baseAddress.map { lstat($0, &status) } ?? -1
    }
    return code == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func listLoose(
    _ folder: [UInt8], _ prefix: [UInt8], depth: Int, into found: inout [RefName: ObjectID]
  ) throws(GitError) {
    guard depth < 64 else { throw .overLimit("reference folders nested more than 64 deep") }
    try forEachEntry(of: folder) { (name, type) throws(GitError) in
      guard !name.ends(with: ".lock") else { return }
      let full = RefName(folder + [0x2f] + name)
      if isFolder(type, full) {
        let below = full.bytes + [0x2f]
        if below.starts(with: prefix) || prefix.starts(with: below) {
          try listLoose(full.bytes, prefix, depth: depth + 1, into: &found)
        }
      } else if full.bytes.starts(with: prefix), full.isWellFormed {
        found[full] = try resolve(full)
      }
    }
  }

  /// Calls `body` with what lies in a folder of references, but for names that begin with a dot, which
  /// no reference can have; nothing where there is no such folder.
  private func forEachEntry(
    of folder: [UInt8], _ body: (_ name: [UInt8], _ type: UInt8) throws(GitError) -> Void
  ) throws(GitError) {
    let handle = (path(folder) + [0]).withUnsafeBytes { raw in
      raw.bindMemory(to: CChar.self).baseAddress.flatMap { opendir($0) }
    }
    guard let handle else {
      if errno == ENOENT || errno == ENOTDIR { return }
      throw .reference(RefName(folder), String(cString: strerror(errno)))
    }
    defer { closedir(handle) }
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard name.first != 0x2e else { continue }
      try body(name, entry.pointee.d_type)
    }
  }
}
