internal import Lockfiles
internal import Primitives

/// HK219: a git source without a full commit id.
enum MutableRevision {
  static let check = DependencyCheck(
    219, "mutable-revision", name: "MutableRevision", .high,
    title: "a git source is not pinned to a commit",
    why: """
      A branch, a tag or a shortened id names whatever stands there tomorrow. Only a full commit id \
      says which code is installed, and only a digest says which image.

      In a lock every git source has to be pinned; where locks name the release or the branch that is \
      followed, a release that becomes a branch is told. A manifest may ask for a branch, because its lock pins \
      it; there a pin that is given up is told.
      """,
    ends: "Pin the source to a full commit id.",
    examples: [
      .found(
        "a branch is followed",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.3"),
            Sample.entry("x", "1.0.0", url: "git+https://git.example/o/x.git#main")))),
      .found(
        "an image by its digest becomes one by its tag",
        .init(
          "Dockerfile",
          old: "FROM registry.example/base@sha256:" + String(repeating: "0", count: 64) + "\n",
          new: "FROM registry.example/base:latest\n")),
      .found(
        "a manifest gives a commit up for a branch",
        .init(
          "Cargo.toml",
          old: "[dependencies]\nx = { git = \"https://git.example/o/x\", rev = \""
            + String(repeating: "0", count: 40) + "\" }\n",
          new: "[dependencies]\nx = { git = \"https://git.example/o/x\", branch = \"main\" }\n")),
      .passes(
        "a full id is named",
        .npm(
          Sample.npm(Sample.entry("ms", "2.1.3")),
          Sample.npm(
            Sample.entry("ms", "2.1.3"),
            Sample.entry(
              "x", "1.0.0",
              url: "git+https://git.example/o/x.git#0123456789012345678901234567890123456789")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachNewEntry { changed in
      let new = changed.new
      guard new.entry.sourceKind == .git, new.entry.ecosystem != .githubactions,
        changed.old == nil || !changed.fields.isDisjoint(with: [.source, .revision]),
        !isFull(new.revision), !isRelease(new)
      else { return }
      let revision = new.revision.isEmpty ? "nothing" : Escaped.text(new.revision, limit: 60)
      found.append(changed.finding(check, "\(new.words)   pinned to \(revision)"))
    }
    changes.eachNewEntry { changed in
      let new = changed.new
      guard let old = changed.old, releases.contains(new.entry.ecosystem),
        VersionOrder.Version(old.version) != nil, VersionOrder.Version(new.version) == nil
      else { return }
      let branch = new.version.isEmpty ? "a commit" : Escaped.text(new.version, limit: 60)
      found.append(changed.finding(check, "\(old.words) -> \(branch)   is no release any more"))
    }
    let files = changes.files
    changes.eachNewWish { wish in
      guard let old = wish.old, old.isPinned, !wish.new.isPinned else { return }
      let now = wish.new.revision.isEmpty ? "nothing" : Escaped.text(wish.new.revision, limit: 60)
      found.append(
        wish.finding(
          check, in: files,
          "\(Escaped.text(wish.new.name, limit: 160))   pinned to "
            + "\(Escaped.text(old.revision, limit: 20)) -> \(now)"))
    }
    for (index, file) in files.enumerated() where file.wishEcosystem == nil || file.isText {
      let lost = ImagePins.lost(in: file)
      for (image, place) in lost.shown {
        found.append(
          file.finding(
            check, index, "\(Escaped.text(image, limit: 160))   was pinned to a digest", nil,
            .bytes(isOld: false, place)))
      }
      if lost.more > 0 {
        found.append(
          file.finding(check, index, "and \(lost.more) more images that were pinned to a digest"))
      }
    }
    return found
  }

  /// Whose locks have the number of a release, or the branch that is followed in its place.
  private static let releases: Set<Ecosystem> = [.swift, .composer]

  /// Carthage locks the tags of releases and leaves it at that.
  private static func isRelease(_ view: EntryView) -> Bool {
    view.entry.ecosystem == .carthage && VersionOrder.Version(view.revision) != nil
  }

  /// 40 or 64 hexadecimal digits.
  static func isFull(_ revision: ArraySlice<UInt8>) -> Bool {
    (revision.count == 40 || revision.count == 64)
      && revision.allSatisfy { Hex.value(of: $0) != nil }
  }
}
