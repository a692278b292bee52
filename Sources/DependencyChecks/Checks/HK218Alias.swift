internal import Documents
internal import Lockfiles
internal import Primitives

/// HK218: a package under another name.
enum Alias {
  static let check = DependencyCheck(
    218, "alias", name: "Alias", .high, title: "a package is installed under another name",
    why: """
      An alias lets code import one name and get another package. That is a feature, and also the \
      quietest way to replace a dependency, so both names are shown whenever one is new.
      """,
    ends: "Look at both names and release the push if the alias is meant.",
    examples: [
      .found(
        "a trusted folder holds another package",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry(
              "malice", "1.0.0", path: "node_modules/ms", more: #", "name": "malice""#)))),
      .passes(
        "an alias that was there before is updated",
        .npm(
          Sample.npm(
            Sample.entry("real", "1.0.0", path: "node_modules/other", more: #", "name": "real""#)),
          Sample.npm(
            Sample.entry("real", "1.0.1", path: "node_modules/other", more: #", "name": "real""#)))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard !new.entry.alias.isEmpty else { return }
      let known = changes.old(new).aliases
      for alias in new.aliases where !known.contains(ByteKey(Array(alias))) {
        found.append(
          changed.finding(check, "\(Escaped.text(alias, limit: 80))   is really \(new.words)"))
      }
    }
    let files = changes.files
    changes.eachNewWish { wish in
      // What an import is called in Deno is the project's own choice, until it means something else.
      guard !wish.new.alias.isEmpty,
        wish.old.map({ $0.name != wish.new.name }) ?? (wish.new.ecosystem != .deno)
      else { return }
      found.append(
        wish.finding(
          check, in: files,
          "\(Escaped.text(wish.new.alias, limit: 214))   is really \(wish.new.words)"))
    }
    return found
  }
}
