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
    digests: DigestForm.sha256 + [DigestForm(word: "zig:", digits: .zig, count: 33)],
    digestsArchives: true, allowsByteOrderMark: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for package in try reader.root.object().values("dependencies") { try add(package, &reader) }
  }

  private static func add(_ package: Cursor, _ reader: inout EntryReader) throws(Unread) {
    var entry = Draft(package, .generic, package.key)
    entry.isDirect = true
    entry.runsCode = .yes
    let url = try package.object().scalar("url")
    let path = try package.scalar("path")
    guard url.isEmpty != path.isEmpty else { throw package.unread(.contradiction) }
    if url.isEmpty {
      entry.source = path
      entry.sourceKind = .path
    } else if url.starts(with: "git+") {
      entry.sourceKind = .git
      (entry.source, entry.revision) = url.cutFragment() ?? (url, .empty)
    } else if let release = release(url) {
      entry.source = release.repository
      entry.version = release.version
      entry.sourceKind = .registry
    } else {
      entry.source = url
      entry.sourceKind = .url
    }
    // A multihash of SHA-256 up to zig 0.13; since then `name-version-data`, cut to 200 bits.
    let hash = try package.scalar("hash")
    if hash.count == 68, let digits = hash.removing(prefix: "1220") {
      try reader.add(entry, digest: digits, behind: "sha256:")
    } else {
      try reader.add(entry, digest: hash, behind: "zig:")
    }
  }

  /// The repository and the version of what a forge packs: `https://git.example/a/b/archive/v1.0.tar.gz`,
  /// `.../releases/download/v1.0/b.tar.gz`.
  private static func release(_ url: Excerpt) -> (repository: Excerpt, version: Excerpt)? {
    if let (repository, path) = url.cut(at: "/releases/download/") {
      guard let (tag, _) = path.cut(at: "/"), !tag.isEmpty else { return nil }
      return (repository, tag)
    }
    guard let (repository, path) = url.cut(at: "/archive/") else { return nil }
    let file = path.suffix(afterLast: "/")
    let endings: [StaticString] = [".tar.gz", ".tgz", ".tar.xz", ".tar.zst", ".zip"]
    guard let version = endings.lazy.compactMap({ file.removing(suffix: $0) }).first,
      !version.isEmpty
    else { return nil }
    return (repository, version)
  }
}
