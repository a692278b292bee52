#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A whole regular file, mapped for reading. It stays as it was when another file takes its place.
package final class MappedFile {
  package let bytes: UnsafeRawBufferPointer

  /// - Throws: `SystemError`: missing, not a regular file, or not to be mapped.
  package init(_ path: String) throws(SystemError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .last("read", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw SystemError("read", path, .notARegularFile)
    }
    guard status.st_size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let map = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let map, map != MAP_FAILED else { throw .last("map", path) }
    bytes = UnsafeRawBufferPointer(start: map, count: Int(status.st_size))
  }

  deinit {
    guard let start = bytes.baseAddress else { return }
    munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
  }
}
