internal import Documents

/// Elements of a document that `XMLSyntax` read.
extension EntryReader {
  /// The elements of one name in an element.
  func elements(_ name: StaticString, of node: NodeID) -> [NodeID] {
    guard let array = document.child(name, of: node), document.isArray(array) else { return [] }
    return children(of: array)
  }

  /// The text of an element without the white space around it.
  func elementText(_ node: NodeID) -> Text {
    if document.isScalar(node) { return document.trimmed(document.text(node)) }
    return document.trimmed(document.text("#text", of: node) ?? .empty)
  }

  /// The text of the only element of a name; `nil` when there is none or more than one.
  func elementText(_ name: StaticString, of node: NodeID) -> Text? {
    let list = elements(name, of: node)
    return list.count == 1 ? elementText(list[0]) : nil
  }

  /// The document's element, which must have this name.
  func documentElement(_ name: StaticString) throws(Unread) -> NodeID {
    guard let node = document.child(name, of: root) else { throw unread(.wrongShape, root) }
    return node
  }
}
