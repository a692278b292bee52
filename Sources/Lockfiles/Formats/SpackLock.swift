internal import Documents
internal import Primitives

/// `spack.lock`, versions 4 to 8 (Spack documentation, "Lockfile format", "Spec file format").
///
/// One entry for each concrete spec, by the hash of it and of all that it depends on. How it is built
/// says a recipe of Spack's repositories, whose hash is part of the entry.
enum SpackLock {
  static let format = Format(
    "spack-lock", files: ["spack.lock"],
    source: "Spack: Lockfile format 2026-11-30", .locks, .json,
    keys: [
      KeyRule("_meta/file-type", .dependency), KeyRule("_meta/lockfile-version", .dependency),
      KeyRule(["hash", "spec", "group"], in: "roots/*", is: .dependency),
      KeyRule("roots", .dependency), KeyRule("concrete_specs", .dependency),
      // The recipe, its patches, variants and flags of compilers.
      KeyRule(
        ["package_hash", "patches/*", "parameters/**"], in: "concrete_specs/*", is: .selectsCode),
      KeyRule(["external/**", "build_spec/**"], in: "concrete_specs/*", is: .origin),
      KeyRule(
        [
          "name", "version", "namespace", "arch/**", "compiler/**", "provided_virtuals/*",
          "dependencies/**",
          "annotations/**", "hash",
        ], in: "concrete_specs/*", is: .dependency),
      KeyRule("include_concrete/**", .origin),
    ],
    neutral: [
      NeutralKey(
        "_meta/specfile-version", .number(4),
        because: "Spack does not use it when it reads the file"),
      NeutralKey(
        ["version", "type", "commit"], in: "spack", because: "says which Spack wrote the file"),
    ],
    freeOrder: [.json], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let about = try reader.root.object("_meta")
    guard try about.text("file-type") == "spack-lockfile" else { throw about.unread(.wrongShape) }
    try reader.setFormatVersion(
      about.text("lockfile-version"), oneOf: "4", "5", "6", "7", "8", at: about)
    var roots: Set<Excerpt> = []
    try addEnvironment(reader.root, at: .empty, &roots, &reader, depth: 0)
    reader.updateEntries { _, entry in entry.isDirect = roots.contains(entry.locator) }
  }

  /// An environment, and those that it includes.
  private static func addEnvironment(
    _ environment: Cursor, at place: Excerpt, _ roots: inout Set<Excerpt>,
    _ reader: inout EntryReader, depth: Int
  ) throws(Unread) {
    guard depth < 16 else { throw environment.unread(.tooDeep) }
    for root in try environment.tables("roots") {
      roots.insert(try locator(of: root.text("hash"), at: place))
      let spec = try root.text("spec")
      // `zlib-ng` of `zlib-ng@2.1:+shared %gcc`
      let end = spec.pythonNameEnd
      reader.addRequirement(root, spec.prefix(end), spec.dropFirst(end), member: place)
    }
    for spec in try environment.values("concrete_specs") { try add(spec, at: place, &reader) }
    for other in try environment.values("include_concrete") {
      let inner = try locator(of: other.key, at: place)
      try addEnvironment(other, at: inner, &roots, &reader, depth: depth + 1)
    }
  }

  private static func locator(of hash: Excerpt, at place: Excerpt) throws(Unread) -> Excerpt {
    place.isEmpty ? hash : try place + " " + hash
  }

  private static func add(
    _ spec: Cursor, at place: Excerpt, _ reader: inout EntryReader
  ) throws(Unread) {
    var entry = Draft(
      spec, .generic, try spec.text("name"), locator: try locator(of: spec.key, at: place))
    entry.version = try spec.text("version")
    if let external = spec["external"], !external.isNull {
      // Something of the machine's own, which Spack does not fetch.
      entry.sourceKind = .path
      entry.source = external[text: "path"] ?? .empty
    } else {
      // The repository of recipes.
      entry.sourceKind = .registry
      entry.source = try spec.scalar("namespace")
    }
    entry.sourceIsName = true
    reader.add(entry)
  }
}
