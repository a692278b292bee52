internal import Documents

/// Elements of a document that `XMLSyntax` read.
extension Cursor {
  /// The elements at the end of a path of names.
  func elements(_ path: StaticString...) -> [Cursor] {
    path.reduce([self]) { found, name in
      found.flatMap { element in
        guard let list = element[name], list.isArray else { return [Cursor]() }
        return Array(list)
      }
    }
  }

  /// The document's element, which must have this name.
  func element(_ name: StaticString) throws(Unread) -> Cursor {
    guard let element = self[name] else { throw unread(.wrongShape) }
    return element
  }

  /// The text of the only element of a name, without the white space around it; `nil` when there is
  /// none or more than one.
  func elementText(_ name: StaticString) -> Excerpt? {
    let list = elements(name)
    guard list.count == 1 else { return nil }
    return (list[0].isScalar ? list[0].text : list[0][text: "#text"] ?? .empty).trimmed
  }
}
