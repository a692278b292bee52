package import Documents

/// A document as one line: `{key: "string", key: [bare]}`.
package func tree(_ document: Document, _ node: NodeID = .root) -> String {
  func string(_ text: Text) -> String {
    String(decoding: document.bytes(text), as: UTF8.self)
  }
  switch document.kind(node) {
  case .object:
    let members = document.children(node).map {
      "\(string(document.key($0))): \(tree(document, $0))"
    }
    return "{\(members.joined(separator: ", "))}"
  case .array:
    return "[\(document.children(node).map { tree(document, $0) }.joined(separator: ", "))]"
  case .string: return "\"\(string(document.text(node)))\""
  case .bare: return string(document.text(node))
  }
}

/// Why a text of a syntax is not read; `nil` when it is.
package func refusal(_ syntax: Syntax, _ text: String) -> Unread.Reason? {
  do throws(Unread) {
    _ = try syntax.read(Array(text.utf8), limits: ReadingLimits())
    return nil
  } catch { return error.reason }
}

/// The tree of a text of a syntax.
package func tree(_ syntax: Syntax, _ text: String) throws -> String {
  tree(try syntax.read(Array(text.utf8), limits: ReadingLimits()))
}
