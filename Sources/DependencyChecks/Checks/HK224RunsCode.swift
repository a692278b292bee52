internal import Lockfiles
internal import Primitives

/// HK224: something runs by itself that did not before.
enum RunsCode {
  static let check = DependencyCheck(
    224, "runs-code-new", name: "RunsCode", .high, title: "runs code by itself",
    why: """
      Install scripts, build hooks, task files and wrappers run on the machine of everybody who \
      installs, builds or opens the project. This is where nearly all malicious packages do their \
      work, so each one that is new or different is shown as it stands.

      A text of fastlane's for a shop (`fastlane/metadata/**.txt`) is a notice: it runs where another file, \
      which is guarded itself, reads it as a program.
      """,
    ends: "Read what runs; release the push if it is meant.",
    examples: [
      .found(
        "a package brings an install script",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(Sample.entry("ms", "2.1.4", more: #", "hasInstallScript": true"#)))),
      .found(
        "a file that git runs is changed",
        .init(".husky/pre-commit", old: "npm test\n", new: "npm test; sh x\n")),
      .passes(
        "a package that always had a script is updated",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3", more: #", "hasInstallScript": true"#)),
          Sample.npm(Sample.entry("ms", "2.1.4", more: #", "hasInstallScript": true"#)))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard new.entry.runsCode == .yes, changed.old?.entry.runsCode != .yes,
        !changes.old(new).runsCode
      else { return }
      found.append(changed.finding(check, "\(new.words)   when it is installed"))
    }
    changes.eachFact { fact in
      guard fact.change.keyClass == .runsCode, fact.change.new != nil else { return }
      found.append(fact.finding(check, fact.line))
    }
    for (index, file) in changes.files.enumerated() where file.classes.contains(.runsCode) {
      guard file.isText, !file.lines.hunks.isEmpty, !file.new.bytes.isEmpty else { continue }
      found.append(
        file.finding(
          check, index, Escaped.text(file.path, limit: 120), file.isStoreText ? .notice : nil))
    }
    return found
  }
}

extension FileDiff {
  /// Whether it is a text that fastlane puts into a shop (`deliver`, `supply`): a program only where another
  /// file, which is guarded itself, reads it as one.
  fileprivate var isStoreText: Bool {
    let names = path.split(separator: UInt8(ascii: "/"))
    guard names.count > 3, newMode == .file, path.suffix(4).elementsEqual(".txt".utf8),
      let place = names.firstIndex(where: { $0.elementsEqual("fastlane".utf8) })
    else { return false }
    return names.dropFirst(place + 1).first?.elementsEqual("metadata".utf8) ?? false
  }
}
