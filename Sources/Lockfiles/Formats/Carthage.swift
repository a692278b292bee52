internal import Documents
internal import Primitives

/// Carthage's `Cartfile.resolved` and `Cartfile` (Carthage documentation, "Artifacts"):
/// `github "owner/name" "version"`.
enum Carthage {
  static let lock = Format(
    "cartfile-resolved", files: ["Cartfile.resolved"],
    source: "Carthage: Artifacts 2026-11-30", .locks, .lines, otherKeys: .dependency,
    read: { reader throws(Unread) in try read(&reader, isLock: true) })

  static let manifest = Format(
    "cartfile", files: ["cartfile", "cartfile.private"], .manifests, .lines,
    otherKeys: .dependency,
    read: { reader throws(Unread) in try read(&reader, isLock: false) })

  private static func read(_ reader: inout EntryReader, isLock: Bool) throws(Unread) {
    for line in reader.root {
      var rest = line.text
      guard let kind = rest.nextWord(), let place = quoted(&rest) else {
        throw line.unread(.wrongShape)
      }
      guard isLock else {
        reader.addRequirement(line, place, rest.trimmed)
        continue
      }
      guard let version = quoted(&rest) else { throw line.unread(.wrongShape) }
      // Two of one name would be checked out at one place.
      var entry = Draft(line, .carthage, lastName(place))
      entry.version = version
      entry.source = place
      switch kind {
      case "github", "git":
        entry.sourceKind = .git
        entry.sourceIsName = kind == "github" && place.isRepositoryName
        entry.revision = version
      case "binary":
        entry.sourceKind = .url
      default:
        throw line.unread(.unsupported)
      }
      reader.add(entry)
    }
  }

  /// `name` of `owner/name`, `https://git.example/owner/name.git` and `https://files.example/name.json`.
  private static func lastName(_ place: Excerpt) -> Excerpt {
    let name = place.suffix(afterLast: "/")
    return name.removing(suffix: ".git") ?? name.removing(suffix: ".json")
      ?? (name.isEmpty ? place : name)
  }

  private static func quoted(_ rest: inout Excerpt) -> Excerpt? {
    let start = rest.trimmed.removing(prefix: "\"")
    guard let (text, after) = start?.cut(at: "\"") else { return nil }
    rest = after
    return text
  }
}
