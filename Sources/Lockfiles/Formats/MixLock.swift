internal import Documents
internal import Primitives

/// Elixir's `mix.lock` (hex documentation; Hex.SCM, Mix.SCM.Git): a map from names to tuples.
///
/// `{:hex, :package, "version", inner, managers, dependencies, repository, outer}`, where older files
/// have fewer elements, or `{:git, "url", "revision", options}`. Before hex 0.7 a package was no more than
/// `{:package, "version"}`.
enum MixLock {
  static let format = Format(
    "mix-lock", files: ["mix.lock"], .locks, .elixir,
    keys: [
      KeyRule("*", .dependency), KeyRule("*/[]", .dependency), KeyRule("*/[]/[]", .dependency),
      KeyRule("*/[]/[]/[]", .dependency),
      KeyRule(
        ["branch", "ref", "tag", "submodules", "sparse", "sparse/[]", "subdir", "depth"],
        in: "*/[]", is: .dependency),
      KeyRule(["hex", "repo", "optional"], in: "*/[]/[]/[]", is: .dependency),
    ],
    freeOrder: [.lines], recordsIntegrity: true, digestsArchives: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard reader.document.isObject(reader.root) else {
      throw reader.unread(.wrongShape, reader.root)
    }
    for node in reader.children(of: reader.root) {
      let parts = reader.children(of: node)
      guard parts.count >= 2, reader.document.isArray(node) else {
        throw reader.unread(.wrongShape, node)
      }
      let kind = reader.document.text(parts[0])
      let key = reader.document.key(node)
      var entry = Entry(node: node, locator: key, name: key, ecosystem: .hex)
      if parts.count == 2 {
        guard reader.document.equals(kind, ":package"), reader.document.kind(parts[1]) == .string
        else { throw reader.unread(.wrongShape, node) }
        entry.version = reader.document.text(parts[1])
        entry.sourceKind = .registry
        reader.add(entry)
      } else if reader.document.equals(kind, ":hex") {
        try addPackage(parts, &entry, &reader)
      } else if reader.document.equals(kind, ":git") {
        entry.sourceKind = .git
        entry.source = reader.document.text(parts[1])
        entry.revision = reader.document.text(parts[2])
        guard reader.document.isScalar(parts[1]), reader.document.isScalar(parts[2]) else {
          throw reader.unread(.wrongShape, node)
        }
        reader.add(entry)
      } else {
        throw reader.unread(.unsupported, node)
      }
    }
  }

  private static func addPackage(
    _ parts: [NodeID], _ entry: inout Entry, _ reader: inout EntryReader
  ) throws(Unread) {
    let package = reader.document.text(parts[1])
    guard reader.document.starts(package, with: ":"), parts.count <= 8 else {
      throw reader.unread(.wrongShape, entry.node)
    }
    let name = reader.document.dropFirst(1, of: package)
    if !reader.document.equal(name, entry.name) {
      entry.alias = entry.name
      entry.name = name
    }
    entry.version = reader.document.text(parts[2])
    entry.sourceKind = .registry
    if parts.count > 6 {
      let repository = reader.document.text(parts[6])
      if !reader.document.equals(repository, "hexpm") {
        entry.source = repository
        entry.sourceIsName = true
      }
    }
    var digests: [Text] = []
    // The inner one is over the parts of the archive, the outer one over all of it.
    for (index, word) in [(3, "inner-sha256:"), (7, "sha256:")] as [(Int, StaticString)]
    where index < parts.count {
      let digest = reader.document.text(parts[index])
      guard reader.document.kind(parts[index]) == .string, !digest.isEmpty else { continue }
      digests.append(try reader.compose(word, digest))
    }
    reader.add(entry, integrity: digests)
  }
}
