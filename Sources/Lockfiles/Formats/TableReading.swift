package import Documents

// What the locks of tables have in common: packages as a list of tables, with a name, a version and a
// source.

extension EntryReader {
  /// The objects of a list; none when there is no such list.
  func tables(_ key: StaticString, of node: NodeID) throws(Unread) -> [NodeID] {
    guard let list = document.child(key, of: node) else { return [] }
    guard document.isArray(list) else { throw unread(.wrongShape, list) }
    let tables = children(of: list)
    for table in tables where !document.isObject(table) { throw unread(.wrongShape, table) }
    return tables
  }

  /// The values of an object; none when there is no such object.
  func values(_ key: StaticString, of node: NodeID) throws(Unread) -> [NodeID] {
    guard let table = document.child(key, of: node) else { return [] }
    guard document.isObject(table) else { throw unread(.wrongShape, table) }
    return children(of: table)
  }

  /// The text under a key; empty when there is none, or a JSON `null`.
  func scalar(_ key: StaticString, of node: NodeID) throws(Unread) -> Text {
    guard let child = document.child(key, of: node) else { return .empty }
    return try scalar(child)
  }

  /// The text of a value; empty for a JSON `null`.
  func scalar(_ node: NodeID) throws(Unread) -> Text {
    guard document.isScalar(node) else { throw unread(.wrongShape, node) }
    return isNull(node) ? .empty : document.text(node)
  }

  func isNull(_ node: NodeID) -> Bool {
    document.kind(node) == .bare && document.equals(document.text(node), "null")
  }

  func isTrue(_ key: StaticString, of node: NodeID) -> Bool {
    document.text(key, of: node).map { document.equals($0, "true") } ?? false
  }

  /// Digests that are written with their algorithm, under `hash` in each table of a list: those of each
  /// table.
  func hashes(_ tables: [NodeID]) throws(Unread) -> [[Text]] {
    var found: [[Text]] = []
    for table in tables {
      let hash = try scalar("hash", of: table)
      found.append(hash.isEmpty ? [] : [hash])
    }
    return found
  }

  /// Requires a format version that is known.
  func requireVersion(
    _ version: Text, _ isKnown: Bool, _ node: NodeID
  ) throws(Unread) {
    guard isKnown else { throw unread(.unknownVersion, node) }
  }
}

/// Requirements of Python (PEP 508): `name[extra]>=1,<2; marker` and `name @ https://...`.
extension Document {
  /// The first or last `#` of an address, behind which something else stands than its place: a commit, a
  /// digest. `nil` where one ends the host already, so that all of it is shown.
  func fragmentMark(in address: Text, last: Bool = false) -> Int? {
    guard let mark = last ? lastIndex(of: 0x23, in: address) : firstIndex(of: 0x23, in: address),
      let scheme = firstIndex(of: "://", in: address), scheme + 3 <= mark
    else { return last ? lastIndex(of: 0x23, in: address) : firstIndex(of: 0x23, in: address) }
    let slash = firstIndex(of: 0x2f, in: address, from: scheme + 3)
    return slash.map { $0 < mark } ?? false ? mark : nil
  }

  /// Whether a text is `owner/name`, as forges know repositories.
  func isRepositoryName(_ text: Text) -> Bool {
    guard let slash = firstIndex(of: 0x2f, in: text), slash > 0, slash + 1 < text.count else {
      return false
    }
    return bytes(text).enumerated().allSatisfy { place, byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f: true
      case 0x2e: place > 0 && place != slash + 1
      default: place == slash
      }
    }
  }

  /// Where the name of a requirement ends.
  package func pythonNameEnd(_ text: Text) -> Int {
    var end = 0
    while let byte = byte(end, of: text),
      (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2d || byte == 0x5f
        || byte == 0x2e
    {
      end += 1
    }
    return end
  }

  /// The name and what stands behind it and its extras, without the marker.
  func pythonRequirement(_ text: Text) -> (name: Text, specification: Text) {
    let end = pythonNameEnd(text)
    var rest = trimmed(dropFirst(end, of: text))
    if byte(0, of: rest) == 0x5b, let close = firstIndex(of: 0x5d, in: rest) {
      rest = trimmed(dropFirst(close + 1, of: rest))
    }
    if let marker = firstIndex(of: 0x3b, in: rest) { rest = trimmed(prefix(marker, of: rest)) }
    return (prefix(end, of: text), rest)
  }
}

extension EntryReader {
  /// Adds what a table asks for: `name = "1.0"`, `name = {version = "1.0"}`, or a list of either.
  ///
  /// - Parameter realName: the key that says what a dependency is called where it comes from.
  mutating func addRequirements(
    in table: NodeID?, _ scope: Entry.Scope = .runtime, realName: StaticString? = nil,
    member: Text = .empty
  ) {
    guard let table, document.isObject(table) else { return }
    for node in children(of: table) {
      let wanted = document.isArray(node) ? children(of: node) : [node]
      for value in wanted {
        var name = document.key(node)
        if let realName, let real = document.text(realName, of: value) { name = real }
        let specification =
          document.isScalar(value)
          ? document.text(value) : document.text("version", of: value) ?? .empty
        add(
          Requirement(
            node: node, name: name, specification: specification, scope: scope, member: member))
      }
    }
  }

  /// Adds a list of Python's requirements (PEP 508).
  mutating func addPythonRequirements(
    in list: NodeID?, _ scope: Entry.Scope = .runtime
  ) {
    guard let list, document.isArray(list) else { return }
    for node in children(of: list) where document.isScalar(node) {
      let (name, specification) = document.pythonRequirement(document.text(node))
      guard !name.isEmpty else { continue }
      add(Requirement(node: node, name: name, specification: specification, scope: scope))
    }
  }

  /// The value at the end of a path of keys.
  func value(_ path: StaticString...) -> NodeID? {
    var node = root
    for key in path {
      guard let child = document.child(key, of: node) else { return nil }
      node = child
    }
    return node
  }
}
