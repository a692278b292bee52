internal import Primitives

// The statements of each layer, one by one.
extension Policy {
  /// One layer as it was read.
  struct LayerText: Sendable {
    let layer: PolicyLayer
    let root: TOMLTable
    /// How many rules the layers above have: those of this one are counted on from there.
    let protectionsAbove: Int
    let quarantinesAbove: Int
  }

  /// Every setting that a layer makes, in the order of the layers.
  package var statements: [Statement] {
    var statements: [Statement] = []
    for text in texts {
      for entry in text.root.entries {
        let key = String(decoding: entry.key, as: UTF8.self)
        guard case .array(let elements) = entry.value.kind,
          key == "protect" || key == "quarantine"
        else {
          Policy.state(entry, key, text.layer, &statements)
          continue
        }
        let above = key == "protect" ? text.protectionsAbove : text.quarantinesAbove
        for (index, element) in elements.enumerated() {
          guard case .table(let table) = element.kind else { continue }
          for inner in table.entries {
            let path = "\(key)[\(above + index)].\(Policy.pathPart(inner.key))"
            Policy.state(inner, path, text.layer, &statements)
          }
        }
      }
    }
    return statements
  }

  private static func state(
    _ entry: TOMLTable.Entry, _ path: String, _ layer: PolicyLayer,
    _ statements: inout [Statement]
  ) {
    guard case .table(let table) = entry.value.kind else {
      statements.append(
        Statement(
          path: path, value: text(of: entry.value), location: layer.location(entry.position)))
      return
    }
    for inner in table.entries {
      state(inner, path + "." + pathPart(inner.key), layer, &statements)
    }
  }

  private static func pathPart(_ key: [UInt8]) -> String {
    Policy.isWord(key, marks: "_-") ? String(decoding: key, as: UTF8.self) : TOML.quoted(key)
  }

  private static func text(of value: TOMLValue) -> String {
    switch value.kind {
    case .string(let bytes): TOML.quoted(bytes)
    case .integer(let integer): String(integer)
    case .bool(let bool): bool ? "true" : "false"
    case .array(let elements): "[" + elements.map(text(of:)).joined(separator: ", ") + "]"
    case .table(let table):
      "{ "
        + table.entries.map { pathPart($0.key) + " = " + text(of: $0.value) }
        .joined(separator: ", ") + " }"
    }
  }
}
