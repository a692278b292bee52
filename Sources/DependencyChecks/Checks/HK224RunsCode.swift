internal import Documents
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
    let files = changes.files
    var toolchains: [Int: [UInt8]] = [:]
    changes.eachFact { fact in
      guard fact.change.keyClass == .runsCode, fact.change.new != nil else { return }
      let isRelease = fact.isNextRelease(in: files[fact.file], &toolchains)
      found.append(
        fact.finding(check, isRelease.isPlain ? .notice : check.severity, isRelease.words))
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

extension ChangedFact {
  /// Whether the same program as before is asked for in another plain release, and the change in words.
  fileprivate func isNextRelease(
    in diff: FileDiff, _ toolchains: inout [Int: [UInt8]]
  ) -> (isPlain: Bool, words: String) {
    let path = change.path
    if path.count == 2, path[0].elementsEqual("toolchain".utf8), diff.format?.syntax == .goMod {
      let before =
        toolchains[file]
        ?? diff.facts.first { $0.new == nil && $0.path.first == path[0] }?.path.last ?? []
      toolchains[file] = before
      let old = before.isEmpty ? "(none)" : Escaped.text(before, limit: 60)
      let from = before.isEmpty ? Array("go1".utf8) : before
      return (
        PlainRelease.differ(from[...], path[1][...]) && path[1].starts(with: "go".utf8),
        "toolchain: \(old) -> \(Escaped.text(path[1], limit: 60))"
      )
    }
    guard let oldText, let newText, diff.format?.fileClass == .manifests,
      path == [Array("packageManager".utf8)]
        || path.starts(with: [Array("build-system".utf8), Array("requires".utf8)])
    else { return (false, line) }
    // What stands behind the `+` is the digest of the release, which corepack checks: it may change with
    // the release, and not go, nor become one of another kind.
    let (old, new) = (oldText.prefix { $0 != 0x2b }, newText.prefix { $0 != 0x2b })
    func digestKind(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      text.drop { $0 != 0x2b }.prefix { $0 != UInt8(ascii: ".") }
    }
    let keepsDigest =
      old.count == oldText.count || digestKind(oldText) == digestKind(newText)
    return (old != new && keepsDigest && PlainRelease.differ(old, new), line)
  }
}

/// Versions of tools, in whatever stands around them: `go1.22.3`, `pnpm@9.0.0`, `hatchling>=1`.
enum PlainRelease {
  /// Whether two texts are the same but for a version of digits and dots.
  static func differ(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || byte == UInt8(ascii: ".") }
    func parts(_ text: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
      let start = (text.lastIndex { !isDigit($0) } ?? text.startIndex - 1) + 1
      return (text[..<start], text[start...])
    }
    let (before, after) = (parts(old), parts(new))
    return !before.1.isEmpty && !after.1.isEmpty && before.0 == after.0
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
