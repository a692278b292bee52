internal import Primitives

/// One table of a layer, read by its rows; each refusal names the key and its place.
struct PolicyTable {
  let reading: Reading
  /// What messages call the table, for example `[people.dana]`.
  let name: String
  let position: SourcePosition
  let entries: [TOMLTable.Entry]

  /// A layer while it is laid over those above it.
  struct Reading {
    let layer: PolicyLayer
    /// Whether there is none above.
    let isTop: Bool
    /// Whether those above let this one enrol people.
    let mayEnrol: Bool
    /// Where errors are collected; `nil` where the first one ends the reading, as at the gate.
    let errors: PolicyErrors?

    /// Throws an error, or keeps it where all are wanted.
    func fail(_ error: PolicyError) throws(PolicyError) {
      guard let errors else { throw error }
      errors.all.append(error)
    }
  }

  var layer: PolicyLayer { reading.layer }

  init(
    _ table: TOMLTable, named name: String, at position: SourcePosition, in reading: Reading
  ) {
    self.reading = reading
    self.name = name
    self.position = position
    entries = table.entries
  }

  /// What a key of the table is called from the top: `people.dana.roles`.
  func path(_ key: String) -> String {
    name.first == "[" ? name.filter { $0 != "[" && $0 != "]" } + "." + key : key
  }

  /// Reads every key; one that no row knows is an error.
  ///
  /// - Parameter isWhole: whether what must be given has to be given here.
  func read<Target>(
    _ rows: [PolicyRow<Target>], into target: inout Target, isWhole: Bool = true
  ) throws(PolicyError) {
    // What was meant by a key that is told is not missed besides.
    var misspelt: Set<String> = []
    for entry in entries where !rows.contains(where: { entry.key.elementsEqual($0.name.utf8) }) {
      let meant = nearest(to: entry.key, among: rows.map(\.name))
      if let meant { misspelt.insert(meant) }
      try reading.fail(
        PolicyError(
          .unknownKey(entry.key, in: name, nearest: meant),
          at: layer.location(entry.position)))
    }
    for row in rows {
      do throws(PolicyError) {
        guard let value = value(row.name) else {
          guard row.byDefault != nil || !isWhole || misspelt.contains(row.name) else {
            throw missing(row.name)
          }
          continue
        }
        switch row.givers {
        case .administrators where layer.kind == .tree:
          throw value.error(.administratorOnly(key: row.name))
        case .enrolling where !reading.mayEnrol:
          throw value.error(.notDelegated(path(row.name)))
        case .everyLayer, .administrators, .enrolling: try row.apply(&target, value)
        }
      } catch {
        try reading.fail(error)
      }
    }
  }

  func value(_ key: String) -> PolicyValue? {
    guard let entry = entries.first(where: { $0.key.elementsEqual(key.utf8) }) else { return nil }
    return PolicyValue(key: key, value: entry.value, keyPosition: entry.position, table: self)
  }

  func missing(_ key: String) -> PolicyError {
    PolicyError(.missing(key: key, in: name), at: layer.location(position))
  }
}

/// The errors of a policy that is read to its end for somebody who is to mend all of them.
final class PolicyErrors {
  var all: [PolicyError] = []
}

/// One value of a layer, or an element of its list, with the key that it is given to.
struct PolicyValue {
  let key: String
  let value: TOMLValue
  let keyPosition: SourcePosition
  let table: PolicyTable

  var location: SourceLocation { table.layer.location(value.position) }

  func error(_ problem: PolicyError.Problem) -> PolicyError {
    PolicyError(problem, at: table.layer.location(keyPosition))
  }

  /// A value that the layers above do not let stand.
  func loosens(_ reason: String) -> PolicyError {
    error(.loosens(key: table.path(key), reason: reason))
  }

  func invalid(_ bytes: [UInt8], _ reason: String) -> PolicyError {
    PolicyError(.invalid(key: key, value: bytes, reason: reason), at: location)
  }

  func wrongType(_ wanted: String) -> PolicyError {
    PolicyError(.wrongType(key: key, wanted: wanted, found: value.noun), at: location)
  }

  // MARK: Kinds of TOML

  func integer() throws(PolicyError) -> Int64 {
    guard case .integer(let integer) = value.kind else { throw wrongType("an integer") }
    return integer
  }

  func string(_ wanted: String = "a string") throws(PolicyError) -> [UInt8] {
    guard case .string(let bytes) = value.kind else { throw wrongType(wanted) }
    return bytes
  }

  func elements(_ wanted: String) throws(PolicyError) -> [PolicyValue] {
    guard case .array(let elements) = value.kind else { throw wrongType(wanted) }
    return elements.map { with($0, key: key) }
  }

  /// A value inside this one.
  func with(_ inner: TOMLValue, key: String) -> PolicyValue {
    PolicyValue(key: key, value: inner, keyPosition: keyPosition, table: table)
  }

  /// - Parameter name: what messages call the table.
  func table(
    named name: String, _ wanted: String = "a table"
  ) throws(PolicyError) -> PolicyTable {
    guard case .table(let inner) = value.kind else { throw wrongType(wanted) }
    return PolicyTable(inner, named: name, at: value.position, in: table.reading)
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
