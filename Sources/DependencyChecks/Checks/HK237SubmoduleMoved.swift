internal import Lockfiles
internal import Primitives

/// HK237: a submodule stands for another commit.
enum SubmoduleMoved {
  static let check = DependencyCheck(
    237, "submodule-moved", name: "SubmoduleMoved", .high,
    title: "a submodule stands for another commit",
    why: """
      A submodule is the code of another repository by its commit id. Nothing of that code is in the \
      push, so that nobody who reads the push has seen it.
      """,
    ends: "Look at what lies between both commits in the other repository.",
    examples: [
      .found(
        "the id changes",
        .init(
          "vendor/x", old: String(repeating: "a", count: 40),
          new: String(repeating: "b", count: 40), mode: .submodule)),
      .passes(
        "a file changes", .npm(Sample.npm(), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    for (index, file) in changes.files.enumerated()
    where file.newMode == .submodule || file.oldMode == .submodule {
      func short(_ mode: DependencyFile.Mode?, _ blob: String) -> String {
        guard let mode else { return "(none)" }
        return mode == .submodule ? String(blob.prefix(12)) : "a \(mode.rawValue)"
      }
      let change = "\(short(file.oldMode, file.oldBlob)) -> \(short(file.newMode, file.newBlob))"
      found.append(
        file.finding(check, index, "\(Escaped.text(file.path, limit: 120))   \(change)"))
    }
    return found
  }
}
