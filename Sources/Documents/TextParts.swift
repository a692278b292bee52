/// Parts of texts, as syntaxes need them.
extension Document {
  /// A text without the spaces and tabs at both its ends.
  public func trimmed(_ text: Text) -> Text { Text(pool.trimmed(text.range)) }

  public func byte(_ index: Int, of text: Text) -> UInt8? {
    index >= 0 && index < Int(text.count) ? pool[Int(text.start) + index] : nil
  }

  public func ends(_ text: Text, with word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    return Int(text.count) >= count
      && equals(Text(start: Int(text.start) + Int(text.count) - count, count: count), word)
  }

  /// The first place of a word in a text, counted from the text's start.
  public func firstIndex(of word: StaticString, in text: Text, from start: Int = 0) -> Int? {
    let count = word.utf8CodeUnitCount
    guard count > 0 else { return nil }
    let lead = word.utf8Start[0]
    var index = start
    while let found = firstIndex(of: lead, in: text, from: index) {
      if starts(dropFirst(found, of: text), with: word) { return found }
      index = found + 1
    }
    return nil
  }

  /// The value under a key of an object; `nil` when there is none.
  public func child(withKey key: Text, of node: NodeID) -> NodeID? {
    var next = nodes[node.index].firstChild
    while next != 0 {
      let child = NodeID(Int(next))
      if equal(self.key(child), key, in: self) { return child }
      next = nodes[Int(next)].nextSibling
    }
    return nil
  }

  /// Whether two texts have the same bytes.
  public func equal(_ text: Text, _ other: Text) -> Bool { equal(text, other, in: self) }
}
