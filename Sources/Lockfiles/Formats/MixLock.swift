internal import Documents
internal import Primitives

/// Elixir's `mix.lock` (hex documentation; Hex.SCM, Mix.SCM.Git): a map from names to tuples.
///
/// `{:hex, :package, "version", inner, managers, dependencies, repository, outer}`, where older files
/// have fewer elements, or `{:git, "url", "revision", options}`. Before hex 0.7 a package was no more than
/// `{:package, "version"}`.
enum MixLock {
  static let format = Format(
    "mix-lock", files: ["mix.lock"],
    source: "Mix: mix deps 2026-11-30", .locks, .elixir,
    keys: [
      KeyRule("*", .dependency), KeyRule("*/[]", .dependency), KeyRule("*/[]/[]", .dependency),
      KeyRule("*/[]/[]/[]", .dependency),
      KeyRule(
        ["branch", "ref", "tag", "submodules", "sparse", "sparse/[]", "subdir", "depth"],
        in: "*/[]", is: .dependency),
      KeyRule(["hex", "repo", "optional"], in: "*/[]/[]/[]", is: .dependency),
    ],
    freeOrder: [.lines], digests: DigestForm.sha256 + [.hexadecimal("inner-sha256:", 32)],
    digestsArchives: true, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    for package in try reader.root.object() {
      let parts = Array(package)
      guard parts.count >= 2, package.isArray else { throw package.unread(.wrongShape) }
      var entry = Draft(package, .hex, package.key)
      if parts.count == 2 {
        guard parts[0] == ":package", parts[1].isString else { throw package.unread(.wrongShape) }
        entry.version = parts[1].text
        entry.sourceKind = .registry
        reader.add(entry)
      } else if parts[0] == ":hex" {
        try addPackage(parts, &entry, &reader)
      } else if parts[0] == ":git" {
        guard parts[1].isScalar, parts[2].isScalar else { throw package.unread(.wrongShape) }
        entry.sourceKind = .git
        entry.source = parts[1].text
        entry.revision = parts[2].text
        reader.add(entry)
      } else {
        throw package.unread(.unsupported)
      }
    }
  }

  private static func addPackage(
    _ parts: [Cursor], _ entry: inout Draft, _ reader: inout EntryReader
  ) throws(Unread) {
    guard let name = parts[1].text.removing(prefix: ":"), parts.count <= 8 else {
      throw entry.node.unread(.wrongShape)
    }
    entry.setRealName(name)
    entry.version = parts[2].text
    entry.sourceKind = .registry
    if parts.count > 6, parts[6].text != "hexpm" {
      entry.source = parts[6].text
      entry.sourceIsName = true
    }
    var digests: [Excerpt] = []
    // The inner one is over the parts of the archive, the outer one over all of it.
    for (index, word) in [(3, "inner-sha256:"), (7, "sha256:")] as [(Int, StaticString)]
    where index < parts.count {
      guard parts[index].isString, !parts[index].text.isEmpty else { continue }
      digests.append(try word + parts[index].text)
    }
    reader.add(entry, integrity: digests)
  }
}
