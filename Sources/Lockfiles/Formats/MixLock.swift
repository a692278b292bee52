internal import Primitives

/// Elixir's `mix.lock` (hex documentation; Hex.SCM, Mix.SCM.Git): a map from names to tuples.
///
/// `{:hex, :package, "version", inner, managers, dependencies, repository, outer}`, where older files
/// have fewer elements, or `{:git, "url", "revision", options}`.
enum MixLock {
  static let format = Format(
    "mix-lock", files: ["mix.lock"], .locks, .elixir, recordsIntegrity: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard reader.document.isObject(reader.root) else {
      throw reader.unread(.wrongShape, reader.root)
    }
    for node in reader.children(of: reader.root) {
      let parts = reader.children(of: node)
      guard parts.count >= 3, reader.document.isArray(node) else {
        throw reader.unread(.wrongShape, node)
      }
      let kind = reader.document.text(parts[0])
      let key = reader.document.key(node)
      var entry = Entry(node: node, locator: key, name: key, ecosystem: .hex)
      if reader.document.equals(kind, ":hex") {
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
      if !reader.document.equals(repository, "hexpm") { entry.source = repository }
    }
    var digests: [Text] = []
    for index in [3, 7] where index < parts.count {
      let digest = reader.document.text(parts[index])
      guard reader.document.kind(parts[index]) == .string, !digest.isEmpty else { continue }
      digests.append(try reader.compose("sha256:", digest))
    }
    reader.add(entry, integrity: digests)
  }
}
