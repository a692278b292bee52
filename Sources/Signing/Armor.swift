internal import Primitives

/// The text form of binary data that OpenSSH writes: a BEGIN line, base64 lines, an END line.
enum Armor {
  /// The columns that ssh-keygen writes.
  private static let columns = 70
  /// The columns that PROTOCOL.sshsig allows a writer.
  private static let columnLimit = 76

  static func encode(_ bytes: [UInt8], label: String) -> [UInt8] {
    var text = Array("-----BEGIN \(label)-----\n".utf8)
    var rest = Base64.encode(bytes)[...]
    while !rest.isEmpty {
      text += rest.prefix(columns)
      text.append(0x0a)
      rest = rest.dropFirst(columns)
    }
    return text + Array("-----END \(label)-----\n".utf8)
  }

  /// The bytes inside, or `nil` unless `text` is one armoured block and nothing else but one final
  /// newline.
  ///
  /// Lines are equally long but for the last, so that white space cannot carry anything.
  static func decode(_ text: [UInt8], label: String) -> [UInt8]? {
    let begin = Array("-----BEGIN \(label)-----\n".utf8)
    let end = Array("\n-----END \(label)-----".utf8)
    let body = text.last == 0x0a ? text.dropLast() : text[...]
    guard body.count >= begin.count + end.count, body.starts(with: begin),
      body.suffix(end.count).elementsEqual(end)
    else { return nil }
    let lines = body.dropFirst(begin.count).dropLast(end.count)
      .split(separator: 0x0a, omittingEmptySubsequences: false)
    guard let width = lines.first?.count, let last = lines.last, (1...columnLimit).contains(width),
      (1...width).contains(last.count), lines.dropLast().allSatisfy({ $0.count == width })
    else { return nil }
    return Base64.decode(Array(lines.joined()))
  }
}
