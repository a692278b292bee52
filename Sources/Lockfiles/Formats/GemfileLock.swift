internal import Documents
internal import Primitives

/// Bundler's `Gemfile.lock`, `gems.locked` and `Gemfile.next.lock` (bundler documentation, "Gemfile.lock").
///
/// Gems stand below `specs:` of the section that they come from; `CHECKSUMS` (bundler 2.5 and later)
/// names their digests by the same words.
enum GemfileLock {
  static let format = Format(
    "gemfile-lock", files: ["Gemfile.lock", "gems.locked", "Gemfile.next.lock", "*.gemfile.lock"],
    source: "Bundler: Gemfile.lock",
    .locks,
    .indentedText,
    keys: [
      KeyRule("*/*/specs/**", .dependency), KeyRule("*/*/remote/**", .origin),
      KeyRule("GIT/**", .origin), KeyRule("PATH/**", .origin), KeyRule("PLUGIN SOURCE/**", .origin),
      KeyRule("PLATFORMS/**", .dependency), KeyRule("DEPENDENCIES/**", .dependency),
      KeyRule("RUBY VERSION/**", .dependency), KeyRule("BUNDLED WITH/**", .dependency),
      KeyRule("CHECKSUMS/**", .dependency),
    ],
    freeOrder: [
      FreeOrder(
        "PLATFORMS/*", "DEPENDENCIES/*", "CHECKSUMS/*",
        because: "bundler sorts them, and looks each up by its name")
    ], digests: DigestForm.sha256 + [.hexadecimal("sha512:", 64), .hexadecimal("sha384:", 48)],
    toolDigests: bundlerDigests, family: .gem, manifest: .listed, listsDependents: true, read: read)

  private static let kinds: [(StaticString, Entry.SourceKind)] = [
    ("GEM", .registry), ("GIT", .git), ("PATH", .path), ("PLUGIN SOURCE", .unknown),
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let checksums = try checksums(reader.root)
    // `name`, `name (~> 1.0)`, either with a `!` when the Gemfile says where it comes from.
    var direct: Set<Excerpt> = []
    for section in reader.root.children("DEPENDENCIES") {
      for line in section {
        let wanted = line.key.removing(suffix: "!") ?? line.key
        let (name, specification) = wanted.cutParenthesis ?? (wanted, .empty)
        direct.insert(name)
        reader.addRequirement(line, name, specification)
      }
    }
    for title in reader.root {
      guard let kind = kinds.first(where: { title.key == $0.0 })?.1 else { continue }
      for section in title {
        let origin = try origin(section, kind)
        for gem in section.children("specs") { try add(gem, origin, checksums, direct, &reader) }
      }
    }
  }

  /// Where the gems of one section come from.
  private struct Origin {
    var kind: Entry.SourceKind
    var source: Excerpt = .empty
    var revision: Excerpt
  }

  private static func origin(
    _ section: Cursor, _ kind: Entry.SourceKind
  ) throws(Unread) -> Origin {
    func pinned(_ name: StaticString) -> Excerpt? { section[name]?.first?.key }
    let revision = pinned("revision") ?? pinned("tag") ?? pinned("branch") ?? .empty
    var origin = Origin(kind: kind, revision: revision)
    for remote in section.children("remote") {
      // Several servers in one section, as bundler 1 wrote them: any of them may answer.
      origin.source =
        origin.source.isEmpty ? remote.key : try origin.source + " " + remote.key
    }
    if kind == .path, origin.source == "." { origin.kind = .workspace }
    return origin
  }

  /// `name (1.2.3)` or `name (1.2.3-platform)`.
  private static func add(
    _ gem: Cursor, _ origin: Origin, _ checksums: [Excerpt: Cursor], _ direct: Set<Excerpt>,
    _ reader: inout EntryReader
  ) throws(Unread) {
    guard let (name, version) = gem.key.cutParenthesis, !name.isEmpty else {
      throw gem.unread(.wrongShape)
    }
    var entry = Draft(gem, .gem, name)
    entry.version = version
    if let (release, platform) = version.cut(at: "-") {
      entry.version = release
      entry.locator = try name + " " + platform
    }
    entry.sourceKind = origin.kind
    entry.source = origin.source
    entry.revision = origin.revision
    entry.isDirect = direct.contains(name)
    reader.add(entry, integrity: try digests(gem.key, checksums))
  }

  // MARK: CHECKSUMS

  private static func checksums(_ root: Cursor) throws(Unread) -> [Excerpt: Cursor] {
    var table: [Excerpt: Cursor] = [:]
    for section in root.children("CHECKSUMS") {
      for line in section {
        guard let close = line.key.firstIndex(of: ") ") else { continue }
        guard table.updateValue(line, forKey: line.key.prefix(close + 1)) == nil else {
          throw line.unread(.duplicateKey)
        }
      }
    }
    return table
  }

  /// `sha256=HEX`, several parted by commas.
  private static func digests(
    _ gem: Excerpt, _ checksums: [Excerpt: Cursor]
  ) throws(Unread) -> [Excerpt] {
    guard let line = checksums[gem] else { return [] }
    var list: [Excerpt] = []
    for digest in line.key.dropFirst(gem.count + 1).split(at: ",") {
      guard let (algorithm, value) = digest.trimmed.cut(at: "=") else {
        throw line.unread(.wrongShape)
      }
      list.append(try algorithm + ":" + value)
    }
    return list
  }

  /// Bundler's own, which are among those of the gems and of none of them (rubygems/rubygems#9366).
  private static func bundlerDigests(_ document: Document) -> [[UInt8]: [UInt8]] {
    guard let title = document.child("CHECKSUMS", of: .root) else { return [:] }
    var found: [[UInt8]: [UInt8]] = [:]
    for section in document.children(title) {
      for line in document.children(section) {
        let text = document.bytes(document.key(line))
        guard text.starts(with: "bundler (".utf8),
          let close = text.firstIndex(of: UInt8(ascii: ")"))
        else { continue }
        found[Array(text[...close])] = Array(text[(close + 1)...])
      }
    }
    return found
  }
}
