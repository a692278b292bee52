internal import Primitives

/// What a check says of one file, of which there may be more than a person reads: told apart by all of its
/// bytes, which the words may cut, and counted.
struct Statements {
  private struct Statement {
    let severity: DependencyCheck.Severity
    let words: String
  }

  private var all: [ByteKey: Statement] = [:]

  /// So many are shown, and the others counted.
  static let most = 20

  var isEmpty: Bool { all.isEmpty }

  /// - Parameter parts: everything that the words are made of.
  mutating func insert(
    _ parts: [ArraySlice<UInt8>], _ severity: DependencyCheck.Severity, _ words: String
  ) {
    let key = ByteKey(Array(parts.joined(separator: [0])))
    if all[key] == nil { all[key] = Statement(severity: severity, words: words) }
  }

  mutating func formUnion(_ other: Statements) { all.merge(other.all) { first, _ in first } }

  /// Leaves out what was so before, which is no doing of this push.
  mutating func subtract(_ other: Statements) { for key in other.all.keys { all[key] = nil } }

  /// The worst first; behind the last one shown how many there are besides.
  var listed: [(severity: DependencyCheck.Severity, words: String)] {
    let order = all.sorted { left, right in
      if left.value.severity != right.value.severity {
        return left.value.severity > right.value.severity
      }
      if left.value.words != right.value.words { return left.value.words < right.value.words }
      return left.key.bytes.lexicographicallyPrecedes(right.key.bytes)
    }.map { (severity: $0.value.severity, words: $0.value.words) }
    guard order.count > Self.most else { return order }
    return order.prefix(Self.most) + [
      (order[Self.most].severity, "and \(order.count - Self.most) more")
    ]
  }
}
