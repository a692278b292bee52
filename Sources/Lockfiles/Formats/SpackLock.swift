internal import Documents
internal import Primitives

/// `spack.lock`, versions 4 to 8 (Spack documentation, "Lockfile format", "Spec file format").
///
/// One entry for each concrete spec, by the hash of it and of all that it depends on. How it is built
/// says a recipe of Spack's repositories, whose hash is part of the entry.
enum SpackLock {
  static let format = Format(
    "spack-lock", files: ["spack.lock"], .locks, .json,
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
    let about = try reader.object("_meta", of: reader.root)
    let kind = try reader.text("file-type", of: about)
    guard reader.document.equals(kind, "spack-lockfile") else {
      throw reader.unread(.wrongShape, about)
    }
    let version = try reader.text("lockfile-version", of: about)
    reader.setFormatVersion(version)
    let known: [StaticString] = ["4", "5", "6", "7", "8"]
    try reader.requireVersion(
      version, known.contains { reader.document.equals(version, $0) }, about)
    var roots = TextTable()
    try addEnvironment(reader.root, at: .empty, &roots, &reader, depth: 0)
    let document = reader.document
    reader.updateEntries { entry in
      entry.isDirect = roots.value(for: entry.locator, in: document) != nil
    }
  }

  /// An environment, and those that it includes.
  private static func addEnvironment(
    _ node: NodeID, at place: Text, _ roots: inout TextTable, _ reader: inout EntryReader,
    depth: Int
  ) throws(Unread) {
    guard depth < 16 else { throw reader.unread(.tooDeep, node) }
    for root in try reader.tables("roots", of: node) {
      let hash = try reader.text("hash", of: root)
      let locator = place.isEmpty ? hash : try reader.compose(place, " ", hash)
      _ = roots.insert(root.index, for: locator, in: reader.document)
      let spec = try reader.text("spec", of: root)
      let end = nameEnd(spec, reader.document)
      reader.add(
        Requirement(
          node: root, name: reader.document.prefix(end, of: spec),
          specification: reader.document.dropFirst(end, of: spec), member: place))
    }
    for spec in try reader.values("concrete_specs", of: node) {
      try add(spec, at: place, &reader)
    }
    for other in try reader.values("include_concrete", of: node) {
      let key = reader.document.key(other)
      let inner = place.isEmpty ? key : try reader.compose(place, " ", key)
      try addEnvironment(other, at: inner, &roots, &reader, depth: depth + 1)
    }
  }

  private static func add(
    _ node: NodeID, at place: Text, _ reader: inout EntryReader
  ) throws(Unread) {
    let hash = reader.document.key(node)
    let locator = place.isEmpty ? hash : try reader.compose(place, " ", hash)
    var entry = Entry(
      node: node, locator: locator, name: try reader.text("name", of: node), ecosystem: .generic)
    entry.version = try reader.text("version", of: node)
    if let external = reader.document.child("external", of: node), !reader.isNull(external) {
      // Something of the machine's own.
      entry.sourceKind = .path
      entry.source = reader.document.text("path", of: external) ?? .empty
      // A part of the machine, which Spack does not fetch.
      entry.sourceIsName = true
    } else {
      // The repository of recipes.
      entry.sourceKind = .registry
      entry.source = try reader.scalar("namespace", of: node)
      entry.sourceIsName = true
    }
    reader.add(entry)
  }

  /// The end of `zlib-ng` in `zlib-ng@2.1:+shared %gcc`.
  private static func nameEnd(_ spec: Text, _ document: Document) -> Int {
    var end = 0
    while let byte = document.byte(end, of: spec),
      byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    {
      end += 1
    }
    return end
  }
}
