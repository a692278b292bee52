internal import Documents
internal import Primitives

/// Carthage's `Cartfile.resolved` and `Cartfile` (Carthage documentation, "Artifacts"):
/// `github "owner/name" "version"`.
enum Carthage {
  static let lock = Format(
    "cartfile-resolved", files: ["cartfile.resolved"], .locks, .lines, otherKeys: .dependency,
    read: { reader throws(Unread) in try read(&reader, isLock: true) })

  static let manifest = Format(
    "cartfile", files: ["cartfile", "cartfile.private"], .manifests, .lines,
    otherKeys: .dependency,
    read: { reader throws(Unread) in try read(&reader, isLock: false) })

  private static func read(_ reader: inout EntryReader, isLock: Bool) throws(Unread) {
    let document = reader.document
    for node in document.children(reader.root) {
      var rest = document.text(node)
      guard let kind = document.nextWord(&rest), let place = quoted(&rest, document) else {
        throw reader.unread(.wrongShape, node)
      }
      guard isLock else {
        reader.add(Requirement(node: node, name: place, specification: document.trimmed(rest)))
        continue
      }
      guard let version = quoted(&rest, document) else { throw reader.unread(.wrongShape, node) }
      // Two of one name would be checked out at one place.
      let name = lastName(place, document)
      var entry = Entry(node: node, locator: name, name: name, ecosystem: .carthage)
      entry.version = version
      if document.equals(kind, "github") || document.equals(kind, "git") {
        entry.sourceKind = .git
        entry.source = place
        entry.sourceIsName =
          document.equals(kind, "github") && document.isRepositoryName(place)
        entry.revision = version
      } else if document.equals(kind, "binary") {
        entry.sourceKind = .url
        entry.source = place
      } else {
        throw reader.unread(.unsupported, node)
      }
      reader.add(entry)
    }
  }

  /// `name` of `owner/name`, `https://git.example/owner/name.git` and `https://files.example/name.json`.
  private static func lastName(_ place: Text, _ document: Document) -> Text {
    let slash = document.lastIndex(of: 0x2f, in: place).map { $0 + 1 } ?? 0
    let name = document.dropFirst(slash, of: place)
    for ending in [".git", ".json"] as [StaticString] where document.ends(name, with: ending) {
      return document.prefix(Int(name.count) - ending.utf8CodeUnitCount, of: name)
    }
    return name.isEmpty ? place : name
  }

  private static func quoted(_ rest: inout Text, _ document: Document) -> Text? {
    let text = document.trimmed(rest)
    guard document.byte(0, of: text) == 0x22,
      let end = document.firstIndex(of: 0x22, in: text, from: 1)
    else { return nil }
    rest = document.dropFirst(end + 1, of: text)
    return document.part(1..<end, of: text)
  }
}
