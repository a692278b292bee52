extension JSON {
  /// The one-line form: no white space, members in their order, ASCII only.
  ///
  /// Bytes that are not well-formed UTF-8 become U+FFFD; where exact bytes matter the caller writes
  /// them as hexadecimal or Base64. Well-formed scalars beyond ASCII are written as `\uNNNN`, so that
  /// a log line is safe for a terminal.
  package var compact: [UInt8] {
    var output: [UInt8] = []
    write(to: &output, indent: nil, depth: 0)
    return output
  }

  /// The form for people: two spaces a level and a final line feed.
  package var pretty: [UInt8] {
    var output: [UInt8] = []
    write(to: &output, indent: 2, depth: 0)
    output.append(0x0a)
    return output
  }

  private func write(to output: inout [UInt8], indent: Int?, depth: Int) {
    switch self {
    case .null: output += Array("null".utf8)
    case .bool(let value): output += Array((value ? "true" : "false").utf8)
    case .integer(let value): output += Array(String(value).utf8)
    case .string(let bytes): JSON.write(bytes, to: &output)
    case .array(let elements):
      JSON.writeList(elements, "[", "]", to: &output, indent, depth) { element, output in
        element.write(to: &output, indent: indent, depth: depth + 1)
      }
    case .object(let members):
      JSON.writeList(members, "{", "}", to: &output, indent, depth) { member, output in
        JSON.write(member.key, to: &output)
        output.append(0x3a)
        if indent != nil { output.append(0x20) }
        member.value.write(to: &output, indent: indent, depth: depth + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to output: inout [UInt8],
    _ indent: Int?, _ depth: Int, _ body: (Element, inout [UInt8]) -> Void
  ) {
    output += Array(open.utf8)
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(0x2c) }
      newLine(to: &output, indent, depth + 1)
      body(element, &output)
    }
    if !elements.isEmpty { newLine(to: &output, indent, depth) }
    output += Array(close.utf8)
  }

  private static func newLine(to output: inout [UInt8], _ indent: Int?, _ depth: Int) {
    guard let indent else { return }
    output.append(0x0a)
    output += [UInt8](repeating: 0x20, count: indent * depth)
  }

  private static func write(_ bytes: [UInt8], to output: inout [UInt8]) {
    output.append(0x22)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x22: output += [0x5c, 0x22]
      case 0x5c: output += [0x5c, 0x5c]
      case 0x0a: output += [0x5c, 0x6e]
      case 0x20...0x7e: output.append(UInt8(scalar.value))
      default:
        for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
          output += [0x5c, 0x75]
          output += Hex.encode([UInt8(unit >> 8), UInt8(unit & 255)])
        }
      }
    }
    output.append(0x22)
  }
}
