internal import Primitives

/// The names of files that rules are for.
///
/// A push may have very many names, and few of them come to be compared: a rule is asked only for a name
/// that ends, or else begins, with a byte that one of its globs does.
final class FileNames {
  private let table: RuleTable
  private var byEnd: [UInt8: Set<Int>] = [:]
  private var byStart: [UInt8: Set<Int>] = [:]
  private var others: Set<Int> = []
  /// Globs of the rules that were asked.
  private var patterns: [Int: [Pattern]] = [:]

  private static let wild = [UInt8(ascii: "*"), UInt8(ascii: "?")]

  init(_ table: RuleTable) {
    self.table = table
    table.eachFile { rule, glob in
      // Each is `**/` and a name, with folders or without.
      guard let first = glob.dropFirst(3).first, let last = glob.last else { return }
      if !Self.wild.contains(last) {
        byEnd[last, default: []].insert(rule)
      } else if !Self.wild.contains(first), !glob.dropFirst(3).contains(UInt8(ascii: "/")) {
        byStart[first, default: []].insert(rule)
      } else {
        others.insert(rule)
      }
    }
  }

  /// The rules that are for the file at a path, in no order.
  func rules(for path: ArraySlice<UInt8>) -> Set<Int> {
    let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path
    guard let first = name.first, let last = name.last else { return [] }
    var meant: Set<Int> = []
    for rules in [byEnd[last], byStart[first], others] {
      for rule in rules ?? [] where are(of: rule, path) { meant.insert(rule) }
    }
    return meant
  }

  private func are(of rule: Int, _ path: ArraySlice<UInt8>) -> Bool {
    if patterns[rule] == nil { patterns[rule] = table.files(rule) }
    return patterns[rule]?.contains { $0.matches(path) } ?? false
  }
}
