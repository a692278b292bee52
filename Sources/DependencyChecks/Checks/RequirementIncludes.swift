internal import Documents
internal import Lockfiles
internal import Primitives

/// Which other files pip's requirements take in (pip documentation, "Requirements File Format"), as far
/// as nobody would be asked when those change.
enum RequirementIncludes {
  /// What is wrong with the files that a changed value names, in words; none for other values.
  ///
  /// - Parameter before: what the option named in the old file, kept from one fact to the next.
  static func words(
    _ fact: ChangedFact, in file: FileDiff, _ before: inout [String: Set<ByteKey>]
  ) -> [String] {
    guard let includes = file.format?.includes, !includes.isEmpty, let node = fact.change.new,
      let document = fact.new, let option = fact.change.path.first,
      let include = includes.first(where: {
        $0.option.withUTF8Buffer { option.elementsEqual($0) }
      })
    else { return [] }
    let letter = include.short
    let nodes = document.isScalar(node) ? [node] : Array(document.children(node))
    let key = "\(fact.file) \(letter)"
    var known = before[key] ?? []
    if before[key] == nil {
      if let old = fact.old, let list = old.child(include.option, of: .root) {
        known = Set(old.children(list).map { ByteKey(Array(old.bytes(old.text($0)))) })
      }
      before[key] = known
    }
    var words: [String] = []
    for node in nodes {
      let value = document.bytes(document.text(node))
      guard !known.contains(ByteKey(Array(value))), let what = judge(value, file) else {
        continue
      }
      words.append("\(letter) \(Escaped.text(value, limit: 160))   \(what)")
    }
    return words
  }

  private static func judge(
    _ value: ArraySlice<UInt8>, _ file: FileDiff
  ) -> String? {
    var path = value
    if path.count > 1, let quote = path.first, quote == 0x22 || quote == 0x27, path.last == quote {
      path = path.dropFirst().dropLast()
    }
    let scheme = path.prefix(6).map { ($0 &- 0x41) < 26 ? $0 | 0x20 : $0 }
    if ["http:", "https:", "file:"].contains(where: { scheme.starts(with: $0.utf8) }) {
      return "takes in an address"
    }
    // A variable of the environment, or a path that systems read differently.
    guard !path.contains(0x24), !path.contains(0x5c), !path.isEmpty else {
      return "takes in a file that cannot be told"
    }
    // A file of the repository is guarded because it is named.
    guard path.first != 0x2f, RepositoryPath.resolve(path, from: file.folder) != nil else {
      return "takes in a file outside of the repository"
    }
    return nil
  }
}
