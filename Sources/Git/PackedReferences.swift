#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
internal import Primitives

/// A `packed-refs` file in a memory map: `<40 hex> <name>` lines, sorted by name.
///
/// A file whose header does not say `sorted` is searched from the first line to the last.
final class PackedReferences {
  private let raw: UnsafeRawBufferPointer
  private let sorted: Bool
  private let start: Int

  /// `nil` when there is no such file or it is empty.
  init?(path: String) throws(GitError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .file(action: "opening packed-refs", message: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .file(action: "opening packed-refs", message: String(cString: strerror(errno)))
    }
    guard status.st_size > 0 else { return nil }
    // git replaces the file by renaming a new one over it, so a map of the old one stays whole.
    let map = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let map, map != MAP_FAILED else {
      throw .file(action: "mapping packed-refs", message: String(cString: strerror(errno)))
    }
    raw = UnsafeRawBufferPointer(start: map, count: Int(status.st_size))
    // The first line says how git wrote the rest: `# pack-refs with: peeled fully-peeled sorted `.
    let end = raw.first == 0x23 ? memoryIndex(of: 0x0a, in: raw, from: 0) ?? raw.count : 0
    start = min(end == 0 ? 0 : end + 1, raw.count)
    sorted = Self.hasWord(" sorted ", in: UnsafeRawBufferPointer(rebasing: raw[..<end]))
  }

  private static func hasWord(_ word: StaticString, in line: UnsafeRawBufferPointer) -> Bool {
    let count = word.utf8CodeUnitCount
    let wanted = UnsafeRawBufferPointer(start: word.utf8Start, count: count)
    return line.count >= count
      && (0...(line.count - count)).contains { compareBytes(line, $0, wanted, 0, count) == 0 }
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: raw.baseAddress), raw.count)
  }

  func value(of name: RefName) throws(GitError) -> ObjectID? {
    var result: ObjectID?
    var position = try lowerBound(name.bytes)
    while let line = try line(at: position) {
      if raw[line.name].elementsEqual(name.bytes) {
        result = line.id
        break
      }
      if sorted { break }
      position = line.end
    }
    return result
  }

  /// Calls `body` for every name that begins with `prefix`.
  func forEach(prefix: [UInt8], _ body: (RefName, ObjectID) -> Void) throws(GitError) {
    var position = try lowerBound(prefix)
    while let line = try line(at: position) {
      if raw[line.name].starts(with: prefix) {
        body(RefName(Array(raw[line.name])), line.id)
      } else if sorted {
        return
      }
      position = line.end
    }
  }

  private struct Line {
    let id: ObjectID
    let name: Range<Int>
    let end: Int
  }

  /// The line that begins at `position`, stepping over comments and `^` lines of peeled tags.
  private func line(at position: Int) throws(GitError) -> Line? {
    var position = position
    while position < raw.count, raw[position] == 0x23 || raw[position] == 0x5e {
      position = (memoryIndex(of: 0x0a, in: raw, from: position) ?? raw.count) + 1
    }
    guard position < raw.count else { return nil }
    let name = position + ObjectID.hexCount + 1
    guard let end = memoryIndex(of: 0x0a, in: raw, from: position), end > name,
      raw[name - 1] == 0x20,
      let id = ObjectID(hex: UnsafeRawBufferPointer(rebasing: raw[position..<(name - 1)]))
    else {
      throw .library(action: "reading packed-refs", message: "a line is not `object name`")
    }
    return Line(id: id, name: name..<end, end: end + 1)
  }

  /// Where the first line whose name is not less than `name` begins; the first line when unsorted.
  private func lowerBound(_ name: [UInt8]) throws(GitError) -> Int {
    guard sorted else { return start }
    var low = start
    var high = raw.count
    while low < high {
      var middle = (low + high) / 2
      while middle > low, raw[middle - 1] != 0x0a { middle -= 1 }
      // A `^` line belongs to the line before it.
      while middle > low, raw[middle] == 0x5e {
        middle -= 1
        while middle > low, raw[middle - 1] != 0x0a { middle -= 1 }
      }
      guard let line = try line(at: middle) else {
        high = middle
        continue
      }
      if raw[line.name].lexicographicallyPrecedes(name) {
        low = line.end
      } else {
        high = middle
      }
    }
    return low
  }
}
