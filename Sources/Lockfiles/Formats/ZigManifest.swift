internal import Documents
internal import Primitives

/// `build.zig.zon` (ziglang/zig, `doc/build.zig.zon.md`).
///
/// A dependency is a folder, or what is fetched from an address and has a hash: "packages do not come
/// from a url; they come from a hash". The build program of each is compiled and run.
enum ZigManifest {
  static let format = Format(
    "zig-manifest", files: ["build.zig.zon"], .manifests, .zon,
    keys: [
      KeyRule("name", .dependency), KeyRule("version", .dependency),
      KeyRule("minimum_zig_version", .dependency), KeyRule("dependencies", .dependency),
      // Says which package this is, whatever its name.
      KeyRule("fingerprint", .origin),
      // Which files are the package.
      KeyRule("paths/*", .selectsCode),
      KeyRule(["url", "path", "hash", "lazy"], in: "dependencies/*", is: .dependency),
    ],
    freeOrder: [
      FreeOrder("**", because: "zig finds the fields of a struct by their names")
    ],
    recordsIntegrity: true, digestsArchives: true, allowsByteOrderMark: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard reader.document.isObject(reader.root) else {
      throw reader.unread(.wrongShape, reader.root)
    }
    for node in try reader.values("dependencies", of: reader.root) { try add(node, &reader) }
  }

  private static func add(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
    let name = reader.document.key(node)
    var entry = Entry(node: node, locator: name, name: name, ecosystem: .generic)
    entry.isDirect = true
    entry.runsCode = .yes
    let url = try reader.scalar("url", of: node)
    let path = try reader.scalar("path", of: node)
    guard url.isEmpty != path.isEmpty else { throw reader.unread(.contradiction, node) }
    if url.isEmpty {
      entry.source = path
      entry.sourceKind = .path
    } else if reader.document.starts(url, with: "git+") {
      entry.sourceKind = .git
      entry.source = url
      if let hash = reader.document.fragmentMark(in: url) {
        entry.source = reader.document.prefix(hash, of: url)
        entry.revision = reader.document.dropFirst(hash + 1, of: url)
      }
    } else if let release = release(url, reader.document) {
      entry.source = release.repository
      entry.version = release.version
      entry.sourceKind = .registry
    } else {
      entry.source = url
      entry.sourceKind = .url
    }
    let hash = try reader.scalar("hash", of: node)
    reader.add(entry, digest: hash.isEmpty ? nil : try digest(hash, &reader))
  }

  /// The repository and the version of what a forge packs: `https://git.example/a/b/archive/v1.0.tar.gz`,
  /// `.../releases/download/v1.0/b.tar.gz`.
  private static func release(
    _ url: Text, _ document: Document
  ) -> (repository: Text, version: Text)? {
    if let place = document.firstIndex(of: "/releases/download/", in: url) {
      let tag = document.dropFirst(place + 19, of: url)
      let end = document.firstIndex(of: UInt8(ascii: "/"), in: tag) ?? 0
      return end > 0 ? (document.prefix(place, of: url), document.prefix(end, of: tag)) : nil
    }
    guard let place = document.firstIndex(of: "/archive/", in: url) else { return nil }
    var file = document.dropFirst(place + 9, of: url)
    if let slash = document.lastIndex(of: UInt8(ascii: "/"), in: file) {
      file = document.dropFirst(slash + 1, of: file)
    }
    let endings: [StaticString] = [".tar.gz", ".tgz", ".tar.xz", ".tar.zst", ".zip"]
    for ending in endings where document.ends(file, with: ending) {
      let version = document.prefix(Int(file.count) - ending.utf8CodeUnitCount, of: file)
      return version.isEmpty ? nil : (document.prefix(place, of: url), version)
    }
    return nil
  }

  /// A multihash of SHA-256 up to zig 0.13; since then `name-version-data`, cut to 200 bits.
  private static func digest(_ hash: Text, _ reader: inout EntryReader) throws(Unread) -> Text {
    if reader.document.starts(hash, with: "1220"), hash.count == 68 {
      return try reader.compose("sha256:", reader.document.dropFirst(4, of: hash))
    }
    return try reader.compose("zig:", hash)
  }
}
