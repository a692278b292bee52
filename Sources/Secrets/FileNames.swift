internal import Primitives

/// The names of files that rules are for.
struct FileNames {
  private let ofRules: [Int: [Pattern]]
  /// Names that stand for themselves, without a folder.
  private let plain: Set<ArraySlice<UInt8>>
  /// All others, by the byte that a name must end with, or else begin with: a push may have very many
  /// names, and few of them come to be compared.
  private var byEnd: [UInt8: [Pattern]] = [:]
  private var byStart: [UInt8: [Pattern]] = [:]
  private var others: [Pattern] = []

  private static let wild = [UInt8(ascii: "*"), UInt8(ascii: "?")]

  init(_ table: RuleTable) {
    var ofRules: [Int: [Pattern]] = [:]
    for rule in 0..<table.count where table.hasFiles(rule) { ofRules[rule] = table.files(rule) }
    self.ofRules = ofRules
    var plain: Set<ArraySlice<UInt8>> = []
    for pattern in Set(ofRules.values.joined()) {
      // Each is `**/` and a name, with folders or without.
      let glob = pattern.bytes.dropFirst(3)
      let name = glob.split(separator: UInt8(ascii: "/")).last ?? glob
      guard let first = name.first, let last = name.last else { continue }
      if name.count == glob.count, !name.contains(where: Self.wild.contains) {
        plain.insert(name)
      } else if !Self.wild.contains(last) {
        byEnd[last, default: []].append(pattern)
      } else if !Self.wild.contains(first) {
        byStart[first, default: []].append(pattern)
      } else {
        others.append(pattern)
      }
    }
    self.plain = plain
  }

  /// Whether a rule is for the file at a path.
  func are(of rule: Int, _ path: ArraySlice<UInt8>) -> Bool {
    ofRules[rule]?.contains { $0.matches(path) } ?? false
  }

  /// Whether some rule is for it.
  func contain(_ path: ArraySlice<UInt8>) -> Bool {
    let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path
    guard let first = name.first, let last = name.last else { return false }
    func match(_ patterns: [Pattern]?) -> Bool { patterns?.contains { $0.matches(path) } ?? false }
    return plain.contains(name) || match(byEnd[last]) || match(byStart[first]) || match(others)
  }
}
