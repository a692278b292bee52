import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Every file, folder and link below a folder, so that a test can say that nothing has changed.
package struct FileTree: Equatable, Sendable {
  /// Mode and content by path; a link's content is what it points to.
  package let entries: [String: Entry]

  package struct Entry: Equatable, Sendable {
    /// Type and permission bits.
    package let mode: UInt32
    package let content: [UInt8]
  }

  /// - Parameter excluding: Paths whose last part is one of these are left out, with what they hold.
  package init(_ folder: String, excluding: Set<String> = []) throws {
    var entries: [String: Entry] = [:]
    try FileTree.add(folder, "", excluding, to: &entries)
    self.entries = entries
  }

  private static func add(
    _ root: String, _ relative: String, _ excluding: Set<String>, to entries: inout [String: Entry]
  ) throws {
    let path = root + relative
    var status = stat()
    guard lstat(path, &status) == 0 else { throw SystemCallFailed("lstat \(path)") }
    let mode = UInt32(status.st_mode)
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      entries[relative] = Entry(mode: mode, content: [])
      for name in try FileManager.default.contentsOfDirectory(atPath: path)
      where !excluding.contains(name) {
        try add(root, "\(relative)/\(name)", excluding, to: &entries)
      }
    case S_IFLNK:
      let target = try FileManager.default.destinationOfSymbolicLink(atPath: path)
      entries[relative] = Entry(mode: mode, content: Array(target.utf8))
    default:
      entries[relative] = Entry(
        mode: mode, content: Array(FileManager.default.contents(atPath: path) ?? Data()))
    }
  }
}
