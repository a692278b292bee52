internal import Documents
internal import Lockfiles
internal import Primitives

/// HK234: the place where packages come from is configured anew.
enum OriginChanged {
  static let check = DependencyCheck(
    234, "origin-changed", name: "OriginChanged", .high,
    title: "where code comes from is configured anew",
    why: """
      One line of registry, mirror, override or replacement moves every package of a project at once, \
      without any change of a lock. Each such value is shown before and after.

      So are lines of pip's requirements that take in another file (`-r`, `-c`) by an address or from \
      outside of the repository, so that nobody is asked when that file changes.
      """,
    ends: "Let a person decide on it, in a push of its own.",
    examples: [
      .found(
        "the registry of a scope is another one",
        .init(
          ".npmrc", old: "@acme:registry=https://npm.acme.example/\n",
          new: "@acme:registry=https://registry.example/\n")),
      .found(
        "requirements are taken from an address",
        .init("requirements.txt", old: "a==1\n", new: "a==1\n-r https://files.example/more.txt\n")),
      .passes(
        "requirements are taken from another guarded file",
        .init("requirements.txt", old: "a==1\n", new: "a==1\n-c constraints.txt\n")),
      .passes(
        "a version changes",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    let files = changes.files
    var included: [String: Set<ByteKey>] = [:]
    changes.eachFact { fact in
      guard fact.change.keyClass == .origin else {
        for words in RequirementIncludes.words(fact, in: files[fact.file], &included) {
          found.append(fact.finding(check, words))
        }
        if files[fact.file].isToolVersion(fact.change.path), let text = fact.newText,
          Self.isPlace(text)
        {
          found.append(fact.finding(check, fact.line))
        }
        return
      }
      if files[fact.file].isToolVersion(fact.change.path), let old = fact.oldText,
        let new = fact.newText, PlainRelease.differ(old, new)
      {
        return
      }
      found.append(fact.finding(check, fact.line))
    }
    for (index, file) in changes.files.enumerated() where file.classes.contains(.origins) {
      guard !file.lines.hunks.isEmpty, file.isText else { continue }
      found.append(file.finding(check, index, Escaped.text(file.path, limit: 120)))
    }
    return found
  }
}

extension OriginChanged {
  /// Whether a file of versions names a folder, a program or a fork in the place of one.
  fileprivate static func isPlace(_ text: ArraySlice<UInt8>) -> Bool {
    // `lts/iron` is a release of Node.
    !text.starts(with: "lts/".utf8)
      && text.contains { $0 == 0x2f || $0 == 0x5c || $0 == UInt8(ascii: ":") }
  }
}

extension FileDiff {
  /// Whether a value is the version of a tool.
  fileprivate func isToolVersion(_ path: [[UInt8]]) -> Bool {
    format?.toolVersions.contains { words in
      let words = words.split(separator: "/")
      return words.count <= path.count
        && zip(words, path).allSatisfy { $0 == "*" || $1.elementsEqual($0.utf8) }
    } ?? false
  }

  /// Whether a side is text that hookkit shows without knowing its meaning.
  var isText: Bool {
    guard newMode != .link, newMode != .submodule else { return false }
    if format?.syntax == .text { return true }
    for side in [new, old] {
      if case .text = side { return true }
    }
    return false
  }
}
