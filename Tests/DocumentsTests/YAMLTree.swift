import Documents

/// A document as nested values with no place in a file, to compare one reader with another.
indirect enum YAMLTree {
  case object([(key: String, value: YAMLTree)])
  case array([YAMLTree])
  case scalar(String)

  static func read(_ text: String) throws -> YAMLTree {
    YAMLTree(try Syntax.yaml.read(Array(text.utf8), limits: ReadingLimits()), .root)
  }

  static func json(_ text: String) throws -> YAMLTree {
    YAMLTree(try Syntax.json.read(Array(text.utf8), limits: ReadingLimits()), .root)
  }

  init(_ document: Document, _ node: NodeID) {
    func string(_ text: Text) -> String { String(decoding: document.bytes(text), as: UTF8.self) }
    switch document.kind(node) {
    case .object:
      self = .object(
        document.children(node).map { (string(document.key($0)), YAMLTree(document, $0)) })
    case .array: self = .array(document.children(node).map { YAMLTree(document, $0) })
    case .string, .bare: self = .scalar(string(document.text(node)))
    }
  }

  /// The tree on one line: what is compared.
  var described: String {
    switch self {
    case .object(let members):
      "{"
        + members.map { "\"\(Self.escaped($0.key))\":" + $0.value.described }.joined(separator: ",")
        + "}"
    case .array(let elements): "[" + elements.map(\.described).joined(separator: ",") + "]"
    case .scalar(let text): "\"\(Self.escaped(text))\""
    }
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { $0.value < 0x20 ? "\\\($0.value);" : String($0) }.joined()
  }
}
