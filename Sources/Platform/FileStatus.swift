#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whose a file is and who may do what with it (stat(2)).
package struct FileStatus: Hashable, Sendable {
  /// The permission bits, without the file's type.
  package let mode: UInt32
  /// The owner's user id.
  package let owner: UInt32
  /// In bytes.
  package let size: Int64

  /// - Parameter links: with `.refused`, a link at the end of the path is looked at itself.
  /// - Returns: `nil` when there is nothing at the path.
  package init?(_ path: String, links: FileBytes.Links = .followed) {
    var status = stat()
    let code = links == .followed ? stat(path, &status) : lstat(path, &status)
    guard code == 0 else { return nil }
    mode = UInt32(status.st_mode) & 0o7777
    owner = UInt32(status.st_uid)
    size = Int64(status.st_size)
  }

  /// The user id that this process acts with.
  package static var ownUser: UInt32 { UInt32(geteuid()) }
}

extension FileBytes {
  package static func setMode(_ path: String, _ mode: UInt32) throws(SystemError) {
    guard chmod(path, mode_t(mode)) == 0 else { throw .last("set the mode of", path) }
  }

  /// Removes a folder that holds nothing; one that does stays.
  package static func removeIfEmpty(_ folder: String) {
    _ = rmdir(folder)
  }

  /// Moves a file, over another one if there is one.
  package static func move(_ path: String, to other: String) throws(SystemError) {
    guard rename(path, other) == 0 else { throw .last("rename", path) }
  }

  /// Gives a file, or a link itself, a second name that must not exist yet.
  ///
  /// - Returns: false when the file system has no second names.
  package static func name(_ path: String, also other: String) throws(SystemError) -> Bool {
    if linkat(AT_FDCWD, path, AT_FDCWD, other, 0) == 0 { return true }
    guard [EPERM, ENOTSUP, EMLINK, EXDEV].contains(errno) else { throw .last("rename", path) }
    return false
  }

  /// The absolute path without links, `.` and `..`; of the longest part that exists, with the rest
  /// behind it.
  package static func real(_ path: String) -> String {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    guard let slash = path.lastIndex(of: "/") else { return path }
    let parent = slash == path.startIndex ? "/" : String(path[..<slash])
    let name = path[path.index(after: slash)...]
    guard parent != path, !name.isEmpty else { return path }
    let above = real(parent)
    return above == "/" ? "/\(name)" : "\(above)/\(name)"
  }

  /// Makes a folder the one that this process works in.
  package static func work(in folder: String) throws(SystemError) {
    guard chdir(folder) == 0 else { throw .last("change to", folder) }
  }

  /// The folder that this process works in.
  package static func workingFolder() throws(SystemError) -> String {
    guard let path = getcwd(nil, 0) else { throw .last("find", ".") }
    defer { free(path) }
    return String(cString: path)
  }
}
