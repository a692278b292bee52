internal import Documents
internal import Primitives

/// `pixi.lock`, versions 1 to 7 (conda/rattler, `rattler_lock`).
///
/// Up to version 3 it was a `conda-lock.yml` under another name.
///
/// One entry for each element of `packages`: a conda archive or a wheel by its URL, or what is built from
/// a folder or repository. Up to version 5 name and version are written down, later those of a conda
/// package are part of its file's name. What is built says where its sources come from, in version 7
/// under another key.
enum PixiLock {
  static let format = Format(
    "pixi-lock", files: ["pixi.lock"], .locks, .yaml,
    keys: [
      KeyRule("version", .dependency), KeyRule("platforms/**", .dependency),
      KeyRule("environments/*/channels/**", .origin), KeyRule("environments/*/indexes/**", .origin),
      KeyRule("environments/*/find-links/**", .origin),
      KeyRule("environments/*/options/**", .dependency),
      KeyRule("environments/*/packages/**", .dependency), KeyRule("packages", .dependency),
      KeyRule("metadata/channels/**", .origin), KeyRule("metadata/content_hash/**", .dependency),
      KeyRule("metadata/platforms/**", .dependency), KeyRule("metadata/sources/**", .dependency),
      KeyRule("package", .dependency),
      KeyRule(sourceKeys, in: "packages/*", is: .origin),
      KeyRule(entryKeys, in: "packages/*", is: .dependency),
      KeyRule(entryKeys + CondaLock.entryKeys, in: "package/*", is: .dependency),
    ],
    neutral: [
      NeutralKey(
        ["license", "license_family"], in: "packages/[]", "package/[]",
        because: "copied from the channel's index; pixi checks archives by their digests"),
      NeutralKey(
        ["size", "timestamp"], in: "packages/[]", "package/[]", form: .number(15),
        because: "copied from the channel's index; pixi checks archives by their digests"),
    ],
    freeOrder: [.yaml], recordsIntegrity: true, digestsArchives: true, read: read)

  /// What says where an archive or the sources of a build come from, besides the entry's own address.
  private static let sourceKeys: [StaticString] = [
    "channel", "index", "package_build_source/**", "source/**", "source_depends/**", "sources/**",
  ]

  private static let entryKeys: [StaticString] = [
    "conda", "pypi", "conda_source", "kind", "url", "path", "name", "version", "build",
    "build_number", "subdir", "arch", "platform", "sha256", "md5", "legacy_bz2_md5",
    "legacy_bz2_size", "noarch", "depends", "depends/*", "constrains", "constrains/*", "features",
    "track_features/*", "file_name", "purls/*", "python_site_packages_path", "input/hash",
    "input/globs/*", "requires_dist", "requires_dist/*",
    "requires_python", "editable", "run_exports/**", "extra_depends/**", "variants/**",
    "build_packages/*", "host_packages/*", "flags/*",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let version = try reader.text("version", of: reader.root)
    reader.setFormatVersion(version)
    let early: [StaticString] = ["1", "2", "3"]
    if early.contains(where: { reader.document.equals(version, $0) }) {
      try CondaLock.addPackages(&reader)
      return
    }
    let known: [StaticString] = ["4", "5", "6", "7"]
    guard known.contains(where: { reader.document.equals(version, $0) }) else {
      throw reader.unread(.unknownVersion, reader.root)
    }
    guard let packages = reader.document.child("packages", of: reader.root) else { return }
    let sources: StaticString =
      reader.document.equals(version, "7") ? "source" : "package_build_source"
    for node in reader.children(of: packages) { try add(node, sources, &reader) }
  }

  private static func add(
    _ node: NodeID, _ sources: StaticString, _ reader: inout EntryReader
  ) throws(Unread) {
    let place = try place(of: node, reader)
    let (name, version) = try self.name(of: node, place, reader)
    var entry = Entry(
      node: node, locator: try reader.compose(place.kind, " ", place.address), name: name,
      ecosystem: place.isPyPI ? .pypi : .conda)
    entry.version = version
    let isNamed = !place.isPyPI && reader.document.text("name", of: node) != nil
    setSource(&entry, place, isNamed: isNamed, reader.document)
    if entry.sourceKind != .registry, let platform = reader.document.text("subdir", of: node) {
      // What is built from a folder or repository is listed for every platform.
      let own = try reader.compose(name, " ", platform)
      entry.locator = try reader.compose(entry.locator, " ", own)
    }
    var digests: [Text] = []
    if let source = reader.document.child(sources, of: node) {
      try setBuildSource(&entry, source, &digests, &reader)
    }
    if let sha = reader.document.text("sha256", of: node) {
      digests.append(try reader.compose("sha256:", sha))
    }
    if let md5 = reader.document.text("md5", of: node) {
      digests.append(try reader.compose("md5:", md5))
    }
    reader.add(entry, integrity: digests)
  }

  /// What a package is built of, where that is not the folder with its recipe: exactly one of an
  /// address with its digest, a commit and a folder.
  private static func setBuildSource(
    _ entry: inout Entry, _ source: NodeID, _ digests: inout [Text], _ reader: inout EntryReader
  ) throws(Unread) {
    let url = try reader.scalar("url", of: source)
    let repository = try reader.scalar("git", of: source)
    let path = try reader.scalar("path", of: source)
    guard [url, repository, path].count(where: { !$0.isEmpty }) == 1 else {
      throw reader.unread(.contradiction, source)
    }
    entry.runsCode = .yes
    if !url.isEmpty {
      entry.source = url
      entry.sourceKind = .url
      digests.append(try reader.compose("sha256:", try reader.text("sha256", of: source)))
    } else if !repository.isEmpty {
      entry.source = repository
      entry.sourceKind = .git
      entry.revision = try reader.text("rev", of: source)
    } else {
      entry.source = path
      entry.sourceKind = .path
    }
  }

  private struct Place {
    let kind: Text
    let address: Text
    let isPyPI: Bool
    var isSource = false
  }

  private static func place(of node: NodeID, _ reader: EntryReader) throws(Unread) -> Place {
    let document = reader.document
    let kinds: [(StaticString, isPyPI: Bool, isSource: Bool)] = [
      ("conda", false, false), ("pypi", true, false), ("conda_source", false, true),
    ]
    for (word, isPyPI, isSource) in kinds {
      guard let child = document.child(word, of: node), document.isScalar(child) else { continue }
      return Place(
        kind: document.key(child), address: document.text(child), isPyPI: isPyPI,
        isSource: isSource)
    }
    guard let kind = document.text("kind", of: node),
      let address = document.text("url", of: node) ?? document.text("path", of: node)
    else { throw reader.unread(.wrongShape, node) }
    return Place(kind: kind, address: address, isPyPI: document.equals(kind, "pypi"))
  }

  private static func name(
    of node: NodeID, _ place: Place, _ reader: EntryReader
  ) throws(Unread) -> (name: Text, version: Text) {
    let document = reader.document
    let version = document.text("version", of: node) ?? .empty
    if let name = document.text("name", of: node) { return (name, version) }
    if place.isSource, let end = document.firstIndex(of: 0x5b, in: place.address), end > 0 {
      return (document.prefix(end, of: place.address), version)
    }
    let slash = document.lastIndex(of: 0x2f, in: place.address).map { $0 + 1 } ?? 0
    let file = document.dropFirst(slash, of: place.address)
    guard !place.isPyPI, let parts = archive(file, document) else {
      return (place.address, version)
    }
    return parts
  }

  /// The parts of `NAME-VERSION-BUILD.conda`.
  static func archive(_ file: Text, _ document: Document) -> (name: Text, version: Text)? {
    guard let build = document.lastIndex(of: 0x2d, in: file), build > 0,
      let dash = document.lastIndex(of: 0x2d, in: document.prefix(build, of: file)), dash > 0
    else { return nil }
    return (document.prefix(dash, of: file), document.part(dash + 1..<build, of: file))
  }

  private static func setSource(
    _ entry: inout Entry, _ place: Place, isNamed: Bool, _ document: Document
  ) {
    var address = place.address
    // `name[hash] @ where`
    if place.isSource, let at = document.firstIndex(of: " @ ", in: address) {
      address = document.dropFirst(at + 3, of: address)
    }
    entry.source = address
    if document.starts(address, with: "git+") || document.starts(address, with: "direct+git") {
      entry.sourceKind = .git
      if let hash = document.lastIndex(of: 0x23, in: address) {
        entry.revision = document.dropFirst(hash + 1, of: address)
      }
    } else if document.starts(address, with: "https:") || document.starts(address, with: "http:") {
      entry.sourceKind = .registry
    } else if document.starts(address, with: "direct+http") {
      entry.sourceKind = .url
    } else {
      // A folder with a recipe is listed with its name, an archive without.
      let isPath = place.isSource || isNamed || CondaLock.isPath(address, document)
      entry.sourceKind = isPath ? .path : .unknown
    }
    if place.isSource || entry.sourceKind == .git { entry.runsCode = .yes }
  }
}
