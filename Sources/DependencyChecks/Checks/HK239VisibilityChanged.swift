internal import Lockfiles
internal import Primitives

/// HK239: something is hidden together with what there is to hide.
enum VisibilityChanged {
  static let check = DependencyCheck(
    239, "visibility-changed", name: "VisibilityChanged", .high,
    title: "what people and tools get to see is changed too",
    why: """
      Attributes that keep a file out of diffs, owners that need not be asked any more, scanners told \
      to look away: harmless alone, and the first half of an attack when dependencies change in the \
      same push.
      """,
    ends: "Push the change of visibility by itself.",
    examples: [
      .found(
        "a lock is kept out of diffs in the push that changes it",
        .init(".gitattributes", old: nil, new: "package-lock.json -diff\n"),
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
      .passes(
        "attributes alone",
        .init(".gitattributes", old: nil, new: "*.png binary\n")),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    let others = changes.files.filter {
      !$0.isUntouched && $0.classes.subtracting(.visibility) != []
    }
    guard !others.isEmpty else { return [] }
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated()
    where file.classes.contains(.visibility) && !file.isUntouched && !file.isNeutral {
      let path = Escaped.text(file.path, limit: 160)
      guard let hidden = hidden(by: file, among: others) else {
        found.append(file.finding(check, index, path, .notice))
        continue
      }
      found.append(file.finding(check, index, "\(path)\(hidden)"))
    }
    return found
  }

  /// What of the other files is hidden, in words; `nil` for nothing of them.
  private static func hidden(by file: FileDiff, among others: [FileDiff]) -> String? {
    let name = file.name
    func isCalled(_ words: String...) -> Bool {
      words.contains { name.elementsEqual($0.utf8) || name.starts(with: $0.utf8) }
    }
    if isCalled("renovate.", ".renovaterc", "dependabot.") { return nil }
    let isAttributes = isCalled(".gitattributes")
    guard isAttributes || isCalled("codeowners") else { return "" }
    for line in isAttributes ? lines(file, ofOld: false) : lines(file, ofOld: true) {
      let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
      guard let pattern = words.first, pattern.first != UInt8(ascii: "#") else { continue }
      guard !isAttributes || words.dropFirst().contains(where: hides) else { continue }
      if let other = others.prefix(most).first(where: { mayMatch(pattern, $0, in: file.folder) }) {
        return "   for \(Escaped.text(other.path, limit: 160))"
      }
    }
    return nil
  }

  /// Files that are looked for in patterns.
  private static let most = 64
  /// Lines of one file that are looked at; in more of them anything may be hidden.
  private static let mostLines = 512

  /// Attributes that keep changes from people (gitattributes(5), "Generating diff text"; GitHub Linguist).
  private static func hides(_ attribute: ArraySlice<UInt8>) -> Bool {
    let words = [
      "-diff", "binary", "linguist-generated", "linguist-vendored", "gitlab-generated", "-text",
    ]
    return words.contains { attribute.starts(with: $0.utf8) }
      || ["diff=", "filter=", "merge=", "textconv="].contains { attribute.starts(with: $0.utf8) }
  }

  private static func lines(_ file: FileDiff, ofOld isOld: Bool) -> [ArraySlice<UInt8>] {
    let bytes = isOld ? file.old.bytes : file.new.bytes
    var found: [ArraySlice<UInt8>] = []
    for hunk in file.lines.hunks where found.count < mostLines {
      let range = (isOld ? hunk.old : hunk.new).bytes.clamped(to: 0..<bytes.count)
      found += bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)]
        .split(separator: 0x0a)
    }
    // What is not looked at may hide anything.
    return found.count > mostLines ? [Array("* -diff".utf8)[...]] : found
  }

  /// Whether a pattern of gitignore(5)'s kind may be for a file. In doubt it is.
  private static func mayMatch(
    _ pattern: ArraySlice<UInt8>, _ file: FileDiff, in folder: ArraySlice<UInt8>
  ) -> Bool {
    let parts = pattern.split(separator: UInt8(ascii: "/"))
    guard let last = parts.last, pattern.count < 256, last.first != UInt8(ascii: "!") else {
      return true
    }
    // A folder, or all below one.
    if pattern.last == UInt8(ascii: "/") || last.contains(bytes: "**".utf8) {
      let start = parts.dropLast(pattern.last == UInt8(ascii: "/") ? 0 : 1)
      return start.allSatisfy { part in
        file.folder.split(separator: UInt8(ascii: "/")).contains { matches(part, $0) }
      }
    }
    let own = file.path[((file.path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
    if matches(last, own) { return true }
    // CODEOWNERS takes the name of a folder for all below it.
    return file.folder.split(separator: UInt8(ascii: "/")).contains { matches(last, $0) }
  }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    if pattern.contains(where: {
      [UInt8(ascii: "["), UInt8(ascii: "\\"), UInt8(ascii: "\"")].contains($0)
    }) {
      return true
    }
    func lower(_ text: ArraySlice<UInt8>) -> [UInt8] {
      text.map { ($0 &- 0x41) < 26 ? $0 | 0x20 : $0 }
    }
    return Pattern(lower(pattern)).matches(lower(name))
  }
}
