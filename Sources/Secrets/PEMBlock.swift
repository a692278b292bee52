import Primitives

/// A block between `-----BEGIN X-----` and `-----END X-----` (RFC 7468, RFC 9580), as it stands in a
/// file or, with its line ends escaped, within a string. Only what a key is told by is read, so a block
/// that was cut off is still one.
struct PEMBlock {
  /// Between `BEGIN` and the dashes.
  let label: [UInt8]
  /// Lines such as `Proc-Type: 4,ENCRYPTED`.
  let hasCipherHeader: Bool
  let isWhole: Bool
  let content: [UInt8]

  init?(_ text: ArraySlice<UInt8>) {
    let lines = Self.lines(text)
    guard let first = lines.first, first.starts(with: "-----BEGIN ".utf8), first.count > 16 else {
      return nil
    }
    label = Array(first.dropFirst(11).dropLast(5))
    let end = lines.firstIndex { $0.starts(with: "-----END".utf8) }
    isWhole = end != nil
    let body = lines[1..<(end ?? lines.count)]
    hasCipherHeader = body.contains { $0.contains(Array("ENCRYPTED".utf8)) }
    let digits = body.filter { !$0.contains(0x3a) && $0.first != 0x3d }.joined()
    guard let content = StructureCheck.decode(Array(digits.prefix(digits.count / 4 * 4))[...])
    else {
      return nil
    }
    self.content = content
  }

  /// The lines, without what strings of programs put around them.
  private static func lines(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    var isEscape = false
    for byte in text {
      if isEscape || byte == 0x0a || byte == 0x0d {
        if lines.last?.isEmpty == false { lines.append([]) }
        isEscape = false
      } else if byte == 0x5c {
        isEscape = true
      } else if ![0x09, 0x22, 0x27, 0x2c].contains(byte), byte != 0x20 || lines.last?.first == 0x2d
      {
        lines[lines.count - 1].append(byte)
      }
    }
    return lines.filter { !$0.isEmpty && $0 != [0x2b] }
  }

  /// DER: a sequence that begins with a version (RFC 8017, 5915, 5958) or, where PKCS #8 is
  /// encrypted, with the cipher's own sequence.
  func isPrivateKey(encrypted: Bool) -> Bool {
    let isEncrypted = hasCipherHeader || label.starts(with: "ENCRYPTED".utf8)
    guard isEncrypted == encrypted else { return false }
    if hasCipherHeader { return content.count >= 32 }
    guard content.count >= 32, content[0] == 0x30 else { return false }
    let extra = content[1] & 0x80 == 0 ? 0 : Int(content[1] & 0x7f)
    guard extra <= 3 else { return false }
    let length =
      extra == 0 ? Int(content[1]) : content[2..<(2 + extra)].reduce(0) { $0 << 8 | Int($1) }
    let inner = content[(2 + extra)...]
    return (isWhole ? inner.count == length : inner.count <= length)
      && (isEncrypted ? inner.first == 0x30 : inner.starts(with: [0x02, 0x01]))
  }

  func isOpenSSH(encrypted: Bool) -> Bool {
    let magic = Array("openssh-key-v1".utf8) + [0, 0, 0, 0]
    guard content.starts(with: magic), content.count > 100 else { return false }
    return content.dropFirst(magic.count).starts(with: [4] + Array("none".utf8)) != encrypted
  }

  /// The first packet is a secret key, tag 5 in the old or the new form of RFC 9580 section 4.2.
  var isPGPSecretKey: Bool {
    content.count > 32 && (content[0] & 0xfc == 0x94 || content[0] == 0xc5)
  }
}
