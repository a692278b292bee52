/// Rule N's reading of text: what an eye would read, as far as that can be said without doubt.
///
/// The result is UTF-8. ASCII letters become small, tabs and every Unicode space one space (runs
/// collapse), control characters fall out, and so does everything that is not seen: format
/// characters (general category Cf: zero-width, bidirectional, tags, soft hyphen), variation
/// selectors and the other default-ignorable scalars. Of NFKC it does what can spell ASCII, see
/// `Compatibility`. All other scalars stay. Bytes that are not UTF-8 fall out.
///
/// With `lookAlikes`, scalars that only resemble ASCII are taken for it as well, and combining marks
/// fall out; what is found only that way is suspected, never declared.
enum Folding {
  /// Appends the fold of `bytes[range]` to `result`.
  ///
  /// - Returns: Whether a scalar was there that `lookAlikes` would have read differently.
  @discardableResult
  static func fold(
    _ bytes: Span<UInt8>, _ range: Range<Int>, lookAlikes: Bool, into result: inout [UInt8]
  ) -> Bool {
    var index = range.lowerBound
    var resembles = false
    var afterSpace = result.last == 0x20
    while index < range.upperBound {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        switch byte {
        case 0x41...0x5a:
          result.append(byte | 0x20)
          afterSpace = false
        case 0x21...0x7e:
          result.append(byte)
          afterSpace = false
        case 0x09...0x0d, 0x20:
          if !afterSpace { result.append(0x20) }
          afterSpace = true
        default: break
        }
        continue
      }
      let (scalar, width) = UTF8Scalar.decode(bytes, at: index, end: range.upperBound)
      index += width
      guard let scalar else { continue }
      switch fold(scalar, lookAlikes: lookAlikes, resembles: &resembles) {
      case .nothing: break
      case .space:
        if !afterSpace { result.append(0x20) }
        afterSpace = true
      case .ascii(let packed):
        var rest = packed
        while rest != 0 {
          result.append(UInt8(truncatingIfNeeded: rest))
          rest >>= 8
        }
        afterSpace = false
      case .itself:
        for position in index - width..<index { result.append(bytes[position]) }
        afterSpace = false
      }
    }
    return resembles
  }

  enum Folded {
    case nothing
    case space
    /// One to four ASCII bytes, the first one lowest.
    case ascii(UInt32)
    case itself
  }

  /// The fold of one scalar outside ASCII.
  static func fold(
    _ scalar: Unicode.Scalar, lookAlikes: Bool, resembles: inout Bool
  ) -> Folded {
    if let ascii = Compatibility.ascii(scalar.value) { return .ascii(ascii) }
    if let ascii = LookAlikes.ascii(scalar.value) {
      resembles = true
      return lookAlikes ? .ascii(ascii) : .itself
    }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return .nothing }
    switch properties.generalCategory {
    case .format, .control: return .nothing
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return .space
    case .nonspacingMark, .enclosingMark, .spacingMark:
      resembles = true
      return lookAlikes ? .nothing : .itself
    case .dashPunctuation:
      resembles = true
      return lookAlikes ? .ascii(0x2d) : .itself
    default: return .itself
    }
  }

  /// The fold of text of our own or of an administrator.
  static func folded(_ bytes: [UInt8], lookAlikes: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    bytes.withUnsafeBufferPointer { bytes in
      _ = fold(bytes.span, 0..<bytes.count, lookAlikes: lookAlikes, into: &result)
    }
    return result
  }
}

/// Reading scalars from bytes that may be anything.
enum UTF8Scalar {
  /// The scalar at `index` and how many bytes it takes; no scalar and one byte where the bytes are
  /// not well-formed UTF-8 (RFC 3629: shortest form, no surrogates, at most U+10FFFF).
  static func decode(
    _ bytes: Span<UInt8>, at index: Int, end: Int
  ) -> (scalar: Unicode.Scalar?, width: Int) {
    let lead = bytes[index]
    let width: Int
    let smallest: UInt32
    var value: UInt32
    switch lead {
    case 0x00...0x7f: return (Unicode.Scalar(lead), 1)
    case 0xc2...0xdf: (width, smallest, value) = (2, 0x80, UInt32(lead & 0x1f))
    case 0xe0...0xef: (width, smallest, value) = (3, 0x800, UInt32(lead & 0x0f))
    case 0xf0...0xf4: (width, smallest, value) = (4, 0x10000, UInt32(lead & 0x07))
    default: return (nil, 1)
    }
    guard end - index >= width else { return (nil, 1) }
    for offset in 1..<width {
      let byte = bytes[index + offset]
      guard byte & 0xc0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(byte & 0x3f)
    }
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return (nil, 1) }
    return (scalar, width)
  }
}
