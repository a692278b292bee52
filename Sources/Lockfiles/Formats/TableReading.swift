package import Documents

// What several formats have in common.

extension Excerpt {
  /// `name version (source)`: where that is what a package is.
  func locator(_ version: Excerpt, _ source: Excerpt = .empty) throws(Unread) -> Excerpt {
    let name = version.isEmpty ? self : try self + " " + version
    return source.isEmpty ? name : try name + " (" + source + ")"
  }

  /// An address and what stands behind its first or last `#`, where that is something else than a
  /// place: a commit, a digest. `nil` where one ends the host already, so that all of it is shown.
  func cutFragment(last: Bool = false) -> (address: Excerpt, fragment: Excerpt)? {
    guard let (address, fragment) = last ? cut(atLast: "#") : cut(at: "#") else { return nil }
    if let scheme = firstIndex(of: "://"), scheme + 3 <= address.count,
      firstIndex(of: "/", from: scheme + 3) ?? count >= address.count
    {
      return nil
    }
    return (address, fragment)
  }

  /// Digests with spaces between them (W3C Subresource Integrity, 3.3).
  var integrityValues: some Sequence<Excerpt> { parts(at: " ").lazy.filter { !$0.isEmpty } }

  /// `name` and `range` of `name@range`; the `@` of a scope is no separator.
  var descriptor: (name: Excerpt, range: Excerpt)? { cut(at: "@", from: 1).map { ($0, $1) } }

  /// `name` or `@scope/name` at the end of a path.
  var packageAtEnd: Excerpt {
    guard let (parent, name) = cut(atLast: "/") else { return self }
    let scope = parent.suffix(afterLast: "/")
    return scope.starts(with: "@") ? dropFirst(parent.count - scope.count) : name
  }

  /// `name` and `rest` of `name (rest)`.
  var cutParenthesis: (name: Excerpt, rest: Excerpt)? {
    guard let (name, tail) = cut(at: " ("), let rest = tail.removing(suffix: ")") else {
      return nil
    }
    return (name, rest)
  }

  /// `group:name` and `version` of `group:name:version`, none of which may be empty.
  func mavenModule(_ line: Cursor) throws(Unread) -> (name: Excerpt, version: Excerpt) {
    guard let (name, version) = cut(atLast: ":"), !version.isEmpty,
      let (group, artifact) = name.cut(at: ":"), !group.isEmpty, !artifact.isEmpty
    else { throw line.unread(.wrongShape) }
    return (name, version)
  }

  /// Whether it is `owner/name`, as forges know repositories.
  var isRepositoryName: Bool {
    guard let (owner, name) = cut(at: "/") else { return false }
    return [owner, name].allSatisfy {
      !$0.isEmpty && !$0.starts(with: ".") && $0.pythonNameEnd == $0.count
    }
  }

  /// Where the name of a requirement of Python ends (PEP 508).
  var pythonNameEnd: Int { countOfPrefix(while: isPythonName) }

  /// What stands behind the extras of such a name: `>=1` of `[extra] >=1`.
  var behindExtras: Excerpt {
    let rest = trimmed
    return (rest.starts(with: "[") ? rest.cut(at: "]")?.after ?? rest : rest).trimmed
  }
}

extension EntryReader {
  /// Adds the members of some of a value's objects: `name: specification`.
  mutating func addRequirements(
    of value: Cursor, _ groups: [(StaticString, Entry.Scope)], member: Excerpt
  ) {
    for (group, scope) in groups {
      for wanted in value.children(group) {
        addRequirement(wanted, wanted.key, wanted.text, scope, member: member)
      }
    }
  }

  /// Adds what a table asks for: `name = "1.0"`, `name = {version = "1.0"}`, or a list of either.
  ///
  /// - Parameter realName: the key that says what a dependency is called where it comes from.
  mutating func addRequirements(
    in table: Cursor?, _ scope: Entry.Scope = .runtime, realName: StaticString? = nil,
    member: Excerpt = .empty
  ) {
    guard let table, table.isObject else { return }
    for node in table {
      for value in node.isArray ? Array(node) : [node] {
        let name = realName.flatMap { value[text: $0] } ?? node.key
        let specification = value.isScalar ? value.text : value[text: "version"]
        addRequirement(node, name, specification, scope, member: member)
      }
    }
  }

  /// Adds a list of Python's requirements (PEP 508): `name[extra]>=1,<2; marker` and
  /// `name @ https://...`.
  mutating func addPythonRequirements(in list: Cursor?, _ scope: Entry.Scope = .runtime) {
    guard let list, list.isArray else { return }
    for wanted in list where wanted.isScalar {
      let end = wanted.text.pythonNameEnd
      guard end > 0 else { continue }
      let specification = wanted.text.dropFirst(end).behindExtras.prefix(before: ";").trimmed
      addRequirement(wanted, wanted.text.prefix(end), specification, scope)
    }
  }
}

extension Draft {
  /// Takes what a package is called where it comes from; when that is another name, the one so far is
  /// what it is imported by.
  mutating func setRealName(_ name: Excerpt) {
    guard name != self.name else { return }
    self.alias = self.name
    self.name = name
  }

  /// Takes the first of some keys that has a text, and what kind of source it means.
  mutating func setSource(
    _ package: Cursor, orElse kind: Entry.SourceKind, _ kinds: (StaticString, Entry.SourceKind)...
  ) throws(Unread) {
    self.sourceKind = kind
    for (key, kind) in kinds {
      let source = try package.scalar(key)
      guard !source.isEmpty else { continue }
      self.sourceKind = kind
      self.source = source
      return
    }
  }
}

extension [Cursor] {
  /// Digests that are written with their algorithm, under a key of each table: those of each table.
  func digests(_ key: StaticString) throws(Unread) -> [[Excerpt]] {
    var found: [[Excerpt]] = []
    for table in self {
      let digest = try table.scalar(key)
      found.append(digest.isEmpty ? [] : [digest])
    }
    return found
  }
}

extension Document {
  /// Where the name of a requirement of Python ends (PEP 508).
  package func pythonNameEnd(_ text: Text) -> Int {
    bytes(text).prefix(while: isPythonName).count
  }
}

private func isPythonName(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-")
    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
}
