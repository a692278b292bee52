#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of this process's own, mode 0700, removed with all that is in it.
package struct ScratchFolder: Sendable {
  package let path: String

  /// Makes the folder below `parent`, which is made too if it is missing.
  package init(in parent: String) throws(SystemError) {
    try FileBytes.makeFolder(parent, mode: 0o700)
    var template = Array((parent + "/tmp-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw .last("make folder", parent) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes the folder; links in it are removed, not followed.
  package func remove() {
    Self.remove(path, depth: 0)
  }

  private static func remove(_ path: String, depth: Int) {
    if FileBytes.kind(path) == .folder, depth < 16 {
      for name in (try? FileBytes.names(in: path)) ?? [] {
        remove(path + "/" + name, depth: depth + 1)
      }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
