internal import Primitives

/// The names of files that rules are for.
struct FileNames {
  private let ofRules: [Int: [Pattern]]
  /// Names that stand for themselves, without a folder, and what is looked at one by one.
  private let plain: Set<ArraySlice<UInt8>>
  private let patterns: [Pattern]

  init(_ table: RuleTable) {
    var ofRules: [Int: [Pattern]] = [:]
    for rule in 0..<table.count where table.hasFiles(rule) { ofRules[rule] = table.files(rule) }
    // Each is `**/` and a name.
    let all = Set(ofRules.values.joined())
    let literal = all.filter { file in
      let name = Array(file.bytes.dropFirst(3))
      return Pattern(name).isLiteral && !name.contains(UInt8(ascii: "/"))
    }
    self.ofRules = ofRules
    plain = Set(literal.map { $0.bytes.dropFirst(3) })
    patterns = Array(all.subtracting(literal))
  }

  /// Whether a rule is for the file at a path.
  func are(of rule: Int, _ path: ArraySlice<UInt8>) -> Bool {
    ofRules[rule]?.contains { $0.matches(path) } ?? false
  }

  /// Whether some rule is for it.
  func contain(_ path: ArraySlice<UInt8>) -> Bool {
    let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path
    return plain.contains(name) || patterns.contains { $0.matches(path) }
  }
}
