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
    raw[position...].firstIndex(of: 0x0a).map { position..<$0 }
  }

  /// The value of the next line if that line begins with `prefix`; steps over it then.
  mutating func value(_ prefix: String) -> Range<Int>? {
    guard let line = peekLine(), raw[line].starts(with: prefix.utf8) else { return nil }
    position = line.upperBound + 1
    return (line.lowerBound + prefix.utf8.count)..<line.upperBound
  }

  /// The object name on the next line if that line begins with `prefix`; steps over it then.
  mutating func objectID(_ prefix: String) -> ObjectID? {
    let start = position
    guard let range = value(prefix) else { return nil }
    guard let id = ObjectID(hex: raw[range]) else {
      position = start
      return nil
    }
    return id
  }

  /// A header's first line and its continuation lines, which begin with a space.
  func header(startingWith line: Range<Int>) -> Range<Int> {
    var end = line.upperBound + 1
    while end < raw.count, raw[end] == 0x20 {
      guard let feed = raw[end...].firstIndex(of: 0x0a) else { return line.lowerBound..<raw.count }
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
