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
    "pixi-lock", files: ["pixi.lock"],
    source: "pixi: Lock file; rattler_lock: file_format_version 2026-11-30", .locks, .yaml,
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
    freeOrder: [.yaml], digests: DigestForm.sha256 + DigestForm.md5, digestsArchives: true,
    read: { (reader) throws(Unread) in
      try read(&reader)
      try requirePackages(reader.root)
    })

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
    let root = reader.root
    let version = try reader.setFormatVersion(
      root.text("version"), oneOf: "1", "2", "3", "4", "5", "6", "7", at: root)
    if version.isOne(of: "1", "2", "3") { return try CondaLock.addPackages(&reader) }
    let sources: StaticString = version == "7" ? "source" : "package_build_source"
    for package in root.children("packages") { try add(package, sources, &reader) }
  }

  private static func add(
    _ package: Cursor, _ sources: StaticString, _ reader: inout EntryReader
  ) throws(Unread) {
    let place = try place(of: package)
    let (name, version) = self.name(of: package, place)
    var entry = Draft(
      package, place.isPyPI ? .pypi : .conda, name,
      locator: try place.kind + " " + place.address)
    entry.version = version
    setSource(&entry, place, isNamed: !place.isPyPI && package[text: "name"] != nil)
    if entry.sourceKind != .registry, let platform = package[text: "subdir"] {
      // What is built from a folder or repository is listed for every platform.
      entry.locator = try entry.locator + " " + name + " " + platform
    }
    var digests: [Excerpt] = []
    if let source = package[sources] { try setBuildSource(&entry, source, &digests) }
    if let sha = package[text: "sha256"] { digests.append(try "sha256:" + sha) }
    if let md5 = package[text: "md5"] { digests.append(try "md5:" + md5) }
    reader.add(entry, integrity: digests)
  }

  /// What a package is built of, where that is not the folder with its recipe: exactly one of an
  /// address with its digest, a commit and a folder.
  private static func setBuildSource(
    _ entry: inout Draft, _ source: Cursor, _ digests: inout [Excerpt]
  ) throws(Unread) {
    let url = try source.scalar("url")
    let repository = try source.scalar("git")
    let path = try source.scalar("path")
    guard [url, repository, path].count(where: { !$0.isEmpty }) == 1 else {
      throw source.unread(.contradiction)
    }
    entry.runsCode = .yes
    if !url.isEmpty {
      entry.source = url
      entry.sourceKind = .url
      digests.append(try "sha256:" + source.text("sha256"))
    } else if !repository.isEmpty {
      entry.source = repository
      entry.sourceKind = .git
      entry.revision = try source.text("rev")
    } else {
      entry.source = path
      entry.sourceKind = .path
    }
  }

  private struct Place {
    let kind: Excerpt
    let address: Excerpt
    let isPyPI: Bool
    var isSource = false
  }

  private static func place(of package: Cursor) throws(Unread) -> Place {
    for kind: StaticString in ["conda", "pypi", "conda_source"] {
      guard let value = package[kind], value.isScalar else { continue }
      return Place(
        kind: value.key, address: value.text, isPyPI: value.key == "pypi",
        isSource: value.key == "conda_source")
    }
    guard let kind = package[text: "kind"],
      let address = package[text: "url"] ?? package[text: "path"]
    else { throw package.unread(.wrongShape) }
    return Place(kind: kind, address: address, isPyPI: kind == "pypi")
  }

  private static func name(
    of package: Cursor, _ place: Place
  ) -> (name: Excerpt, version: Excerpt) {
    let version = package[text: "version"] ?? .empty
    if let name = package[text: "name"] { return (name, version) }
    if place.isSource, let (name, _) = place.address.cut(at: "["), !name.isEmpty {
      return (name, version)
    }
    let parts = place.isPyPI ? nil : archive(place.address.suffix(afterLast: "/"))
    return parts ?? (place.address, version)
  }

  /// The parts of `NAME-VERSION-BUILD.conda`.
  static func archive(_ file: Excerpt) -> (name: Excerpt, version: Excerpt)? {
    guard let (name, version) = file.cut(atLast: "-")?.before.cut(atLast: "-"), !name.isEmpty else {
      return nil
    }
    return (name, version)
  }

  private static func setSource(_ entry: inout Draft, _ place: Place, isNamed: Bool) {
    var address = place.address
    // `name[hash] @ where`
    if place.isSource, let (_, rest) = address.cut(at: " @ ") { address = rest }
    entry.source = address
    if address.starts(with: "git+", "direct+git") {
      entry.sourceKind = .git
      if let (_, commit) = address.cut(atLast: "#") { entry.revision = commit }
    } else if address.starts(with: "https:", "http:") {
      entry.sourceKind = .registry
    } else if address.starts(with: "direct+http") {
      entry.sourceKind = .url
    } else {
      // A folder with a recipe is listed with its name, an archive without.
      let isPath = place.isSource || isNamed || CondaLock.isPath(address)
      entry.sourceKind = isPath ? .path : .unknown
    }
    if place.isSource || entry.sourceKind == .git { entry.runsCode = .yes }
  }
}

extension PixiLock {
  /// What environments name has to be among the packages; pixi refuses the lock otherwise (`rattler_lock`,
  /// "missing package").
  private static func requirePackages(_ root: Cursor) throws(Unread) {
    var known: Set<Reference> = []
    for package in root.children("packages") {
      // `kind` and its address, or one key for both.
      if let kind = package[text: "kind"],
        let address = package[text: "url"] ?? package[text: "path"]
      {
        known.insert(Reference(kind: kind, address: address))
      }
      if let first = package.first, first.isScalar {
        known.insert(Reference(kind: first.key, address: first.text))
      }
    }
    for environment in root.children("environments") {
      for platform in environment.children("packages") {
        for wanted in platform {
          guard let place = wanted.first, place.isScalar else { throw wanted.unread(.wrongShape) }
          guard known.contains(Reference(kind: place.key, address: place.text)) else {
            throw wanted.unread(.contradiction)
          }
        }
      }
    }
  }

  private struct Reference: Hashable {
    let kind: Excerpt
    let address: Excerpt
  }
}
