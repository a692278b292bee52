internal import Primitives

/// The header lines of a raw commit or tag, read one after another.
struct HeaderReader {
  let raw: UnsafeRawBufferPointer
  var position = 0

  init(_ raw: UnsafeRawBufferPointer) {
    self.raw = raw
  }

  /// The line at the position without its line feed; `nil` when no line feed follows.
  func peekLine() -> Range<Int>? {
    memoryIndex(of: 0x0a, in: raw, from: position).map { position..<$0 }
  }

  /// The value of the next line if that line begins with `prefix`; steps over it then.
  mutating func value(_ prefix: StaticString) -> Range<Int>? {
    let count = prefix.utf8CodeUnitCount
    let expected = UnsafeRawBufferPointer(start: prefix.utf8Start, count: count)
    guard raw.count - position > count, compareBytes(raw, position, expected, 0, count) == 0,
      let line = peekLine()
    else { return nil }
    position = line.upperBound + 1
    return (line.lowerBound + count)..<line.upperBound
  }

  /// The object name on the next line if that line begins with `prefix`; steps over it then.
  mutating func objectID(_ prefix: StaticString) -> ObjectID? {
    let start = position
    guard let range = value(prefix) else { return nil }
    guard let id = ObjectID(hex: UnsafeRawBufferPointer(rebasing: raw[range])) else {
      position = start
      return nil
    }
    return id
  }

  /// A header's first line and its continuation lines, which begin with a space.
  func header(startingWith line: Range<Int>) -> Range<Int> {
    var end = line.upperBound + 1
    while end < raw.count, raw[end] == 0x20 {
      guard let feed = memoryIndex(of: 0x0a, in: raw, from: end) else {
        return line.lowerBound..<raw.count
      }
      end = feed + 1
    }
    return line.lowerBound..<end
  }

  /// The header's name: the bytes before the first space, or the whole line of a header that has no
  /// value; `nil` when it is empty.
  func name(of line: Range<Int>) -> Slice<UnsafeRawBufferPointer>? {
    let name = raw[line].prefix { $0 != 0x20 }
    return name.isEmpty ? nil : name
  }
}
