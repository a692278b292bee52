internal import Primitives
internal import Signing

/// One table of a layer, read by key; each refusal names the key and its place.
struct PolicyTable {
  let layer: PolicyLayer
  /// What messages call the table, for example `[people.dana]`.
  let name: String
  let position: SourcePosition
  let entries: [TOMLTable.Entry]

  /// Reads a table whose keys must all be in the registry.
  init(
    _ table: TOMLTable, named name: String, at position: SourcePosition, of layer: PolicyLayer,
    keys: PolicyKey.Table
  ) throws(PolicyError) {
    self.init(table, named: name, at: position, of: layer)
    let known = PolicyKey.names(in: keys)
    for entry in entries where !known.contains(where: { entry.key.elementsEqual($0.utf8) }) {
      throw PolicyError(
        .unknownKey(entry.key, in: name, nearest: nearest(to: entry.key, among: known)),
        at: layer.location(entry.position))
    }
  }

  /// Reads a table whose keys are names that the author of the policy chose.
  init(
    _ table: TOMLTable, named name: String, at position: SourcePosition, of layer: PolicyLayer
  ) {
    self.layer = layer
    self.name = name
    self.position = position
    entries = table.entries
  }

  func entry(_ key: String) -> TOMLTable.Entry? {
    entries.first { $0.key.elementsEqual(key.utf8) }
  }

  func location(of key: String) -> SourceLocation {
    layer.location(entry(key)?.position ?? position)
  }

  func error(_ problem: PolicyError.Problem, at key: String) -> PolicyError {
    PolicyError(problem, at: location(of: key))
  }

  private func wrongType(_ key: String, _ wanted: String, _ value: TOMLValue) -> PolicyError {
    PolicyError(
      .wrongType(key: key, wanted: wanted, found: value.noun), at: layer.location(value.position))
  }

  func invalid(_ key: String, _ value: [UInt8], _ reason: String, at position: SourcePosition)
    -> PolicyError
  {
    PolicyError(
      .invalid(key: key, value: value, reason: reason), at: layer.location(position))
  }

  // MARK: Single values

  func bool(_ key: String) throws(PolicyError) -> Bool? {
    guard let value = entry(key)?.value else { return nil }
    guard case .bool(let bool) = value.kind else { throw wrongType(key, "true or false", value) }
    return bool
  }

  func integer(_ key: String, in range: ClosedRange<Int64>) throws(PolicyError) -> Int64? {
    guard let value = entry(key)?.value else { return nil }
    guard case .integer(let integer) = value.kind else { throw wrongType(key, "an integer", value) }
    guard range.contains(integer) else {
      throw invalid(
        key, Array(String(integer).utf8),
        "is not between \(range.lowerBound) and \(range.upperBound)", at: value.position)
    }
    return integer
  }

  func string(_ key: String) throws(PolicyError) -> (bytes: [UInt8], position: SourcePosition)? {
    guard let value = entry(key)?.value else { return nil }
    guard case .string(let bytes) = value.kind else { throw wrongType(key, "a string", value) }
    return (bytes, value.position)
  }

  /// One of the words of an enumeration.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) throws(PolicyError) -> Choice? {
    guard let (bytes, position) = try string(key) else { return nil }
    return try choice(key, bytes, position)
  }

  private func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ bytes: [UInt8], _ position: SourcePosition
  ) throws(PolicyError) -> Choice {
    if let choice = Choice.allCases.first(where: { $0.rawValue.utf8.elementsEqual(bytes) }) {
      return choice
    }
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw invalid(key, bytes, "is not one of \(words)", at: position)
  }

  /// A name of ASCII letters, digits and a few marks, which is safe to compare as a `String`.
  func word(_ key: String, marks: String = "._-") throws(PolicyError) -> String? {
    guard let (bytes, position) = try string(key) else { return nil }
    return try word(key, bytes, position, marks: marks)
  }

  func word(
    _ key: String, _ bytes: [UInt8], _ position: SourcePosition, marks: String = "._-"
  ) throws(PolicyError) -> String {
    guard PolicyTable.isWord(bytes, marks: marks) else {
      throw invalid(
        key, bytes, "is not a word of at most 64 ASCII letters, digits and \(marks)", at: position)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func isWord(_ bytes: [UInt8], marks: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
    guard let first = bytes.first, isAlphanumeric(first), bytes.count <= 64 else { return false }
    return bytes.allSatisfy { isAlphanumeric($0) || marks.utf8.contains($0) }
  }

  // MARK: Lists

  /// A list of strings, each with its place.
  func strings(_ key: String) throws(PolicyError) -> [(bytes: [UInt8], position: SourcePosition)]? {
    guard let value = entry(key)?.value else { return nil }
    guard case .array(let elements) = value.kind else {
      throw wrongType(key, "a list of strings", value)
    }
    var strings: [(bytes: [UInt8], position: SourcePosition)] = []
    for element in elements {
      guard case .string(let bytes) = element.kind else {
        throw wrongType(key, "a list of strings", element)
      }
      strings.append((bytes, element.position))
    }
    return strings
  }

  func words(_ key: String, marks: String = "._-") throws(PolicyError) -> [String]? {
    guard let strings = try strings(key) else { return nil }
    var words: [String] = []
    for (bytes, position) in strings { words.append(try word(key, bytes, position, marks: marks)) }
    return words
  }

  func choices<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) throws(PolicyError) -> [Choice]? {
    guard let strings = try strings(key) else { return nil }
    var choices: [Choice] = []
    for (bytes, position) in strings { choices.append(try choice(key, bytes, position)) }
    return choices
  }

  // MARK: Tables

  /// The sub-table at a key, its keys checked.
  func table(_ key: String, keys: PolicyKey.Table) throws(PolicyError) -> PolicyTable? {
    guard let entry = entry(key) else { return nil }
    guard case .table(let table) = entry.value.kind else {
      throw wrongType(key, "a table", entry.value)
    }
    return try PolicyTable(
      table, named: "[\(key)]", at: entry.value.position, of: layer, keys: keys)
  }

  /// The tables below a key whose names the author chose, such as `[people.<name>]`.
  func namedTables(
    _ key: String, keys: PolicyKey.Table
  ) throws(PolicyError) -> [(name: String, table: PolicyTable)] {
    guard let entry = entry(key) else { return [] }
    guard case .table(let all) = entry.value.kind else {
      throw wrongType(key, "a table", entry.value)
    }
    var tables: [(name: String, table: PolicyTable)] = []
    for inner in all.entries {
      let name = try word("a name in [\(key)]", inner.key, inner.position)
      guard case .table(let table) = inner.value.kind else {
        throw wrongType("\(key).\(name)", "a table", inner.value)
      }
      let view = try PolicyTable(
        table, named: "[\(key).\(name)]", at: inner.value.position, of: layer, keys: keys)
      tables.append((name, view))
    }
    return tables
  }

  /// The elements of `[[key]]`.
  func tableList(_ key: String, keys: PolicyKey.Table) throws(PolicyError) -> [PolicyTable] {
    guard let entry = entry(key) else { return [] }
    guard case .array(let elements) = entry.value.kind else {
      throw wrongType(key, "a list of tables, [[\(key)]]", entry.value)
    }
    var tables: [PolicyTable] = []
    for element in elements {
      guard case .table(let table) = element.kind else {
        throw wrongType(key, "a list of tables, [[\(key)]]", element)
      }
      tables.append(
        try PolicyTable(
          table, named: "[[\(key)]]", at: element.position, of: layer, keys: keys))
    }
    return tables
  }
}

/// The known word that differs from `key` by one byte added, left out or changed, or by two that
/// stand the wrong way round; else by `_` written for `-`.
private func nearest(to key: [UInt8], among known: [String]) -> String? {
  known.first { isOneSlip(key, Array($0.utf8)) }
    ?? known.first { $0.utf8.elementsEqual(key.map { $0 == 0x5f ? 0x2d : $0 }) }
}

private func isOneSlip(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  let front = zip(left, right).prefix { $0 == $1 }.count
  let leftRest = left[front...]
  let rightRest = right[front...]
  if leftRest.count == rightRest.count {
    return leftRest.dropFirst() == rightRest.dropFirst()
      || (leftRest.count > 1 && leftRest.prefix(2).elementsEqual(rightRest.prefix(2).reversed())
        && leftRest.dropFirst(2) == rightRest.dropFirst(2))
  }
  return leftRest.dropFirst().elementsEqual(rightRest)
    || leftRest.elementsEqual(rightRest.dropFirst())
}
