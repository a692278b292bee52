/// Text in UTF-16, which has a zero beside each letter of ASCII.
enum WideText {
  /// The same with one byte for each letter of ASCII and a `?` for others; `nil` for what is no UTF-16.
  static func narrowed(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard text.count >= 4 else { return nil }
    let isMarked = (text[0], text[1]) == (0xff, 0xfe) || (text[0], text[1]) == (0xfe, 0xff)
    let start = isMarked ? 2 : 0
    let low: Int
    if isMarked {
      low = text[0] == 0xff ? 0 : 1
    } else {
      // Without a mark: nearly every second byte is zero, and always on one side.
      let head = text.prefix(256)
      let zeros = stride(from: 0, to: head.count - 1, by: 2).reduce(into: (0, 0)) { zeros, index in
        if head[index] == 0 { zeros.0 += 1 }
        if head[index + 1] == 0 { zeros.1 += 1 }
      }
      let pairs = head.count / 2
      if zeros.1 * 10 >= pairs * 8, zeros.0 * 10 <= pairs {
        low = 0
      } else if zeros.0 * 10 >= pairs * 8, zeros.1 * 10 <= pairs {
        low = 1
      } else {
        return nil
      }
    }
    return stride(from: start, to: text.count - 1, by: 2).map { index in
      text[index + 1 - low] == 0 ? text[index + low] : UInt8(ascii: "?")
    }
  }
}
