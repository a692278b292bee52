internal import Git
internal import Policy
internal import Primitives

/// HK507: a push of `refs/replace/`, which makes git show other content than it has.
enum ReplaceRef {
  static let code = Code(507)

  static let page = RulePage(
    code: code, name: "ReplaceRef", title: "no replacement objects",
    endedBy: .nobody,
    why: """
      With a reference below `refs/replace/`, git's own commands show another object in the place of
      the real one, so that a reviewer sees what is not there (git-replace(1)). hookkit never follows
      them; it also keeps them out.
      """,
    ends: "Nothing need be done. A replacement can be kept in one's own clone.",
    examples: [
      Example(
        "a replacement object is refused", .refuse,
        .push(
          "main", to: "refs/replace/0123456789012345678901234567890123456789", by: .dana)),
      Example(
        "a branch is not", .allow, .push("main", to: "refs/heads/replace/me", by: .dana)),
    ])

  static let rule = Rule(code) { (named: NamedUpdate) throws(GitError) -> [Finding] in
    guard holds(named.name), try !named.isOwnDeletion() else { return [] }
    return [finding(named.name)]
  }

  /// Whether the name is one of git's for these, in capital letters or small ones: some disks fold them.
  static func holds(_ name: RefName) -> Bool {
    asciiLowercased(name.bytes.prefix("refs/replace/".utf8.count))
      .elementsEqual("refs/replace/".utf8)
  }

  static func finding(_ name: RefName) -> Finding {
    Finding(
      code, headline: "\(name): replacement objects are refused",
      reason: "replacement objects are refused",
      hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
