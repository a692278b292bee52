internal import Documents
internal import Primitives

/// `package-lock.json` and `npm-shrinkwrap.json`, lockfileVersion 1 to 3 (npm documentation,
/// "package-lock.json").
///
/// Versions 2 and 3 have `packages`, keyed by install path. Version 2 also has `dependencies` for npm 6,
/// and the two must agree: otherwise two npms install different things from one file.
enum NPMLock {
  static let format = Format(
    "npm-lock", files: ["package-lock.json", ".package-lock.json"],
    overriding: ["npm-shrinkwrap.json"],
    source: "npm: package-lock.json; npm-shrinkwrap.json 2026-11-30", .locks,
    .json,
    keys: [
      KeyRule("lockfileVersion", .dependency), KeyRule("requires", .dependency),
      KeyRule("packageIntegrity", .dependency), KeyRule("preserveSymlinks", .dependency),
      KeyRule("packages//scripts/**", .runsCode), KeyRule("packages//hasInstallScript", .runsCode),
      KeyRule("packages//gypfile", .runsCode), KeyRule("packages//bin/**", .selectsCode),
      KeyRule(entryKeys, in: "packages/*", is: .dependency),
      // npm takes these from the lock and runs them (Arborist, "rebuild").
      KeyRule(["scripts/**", "gypfile"], in: "packages/*", is: .runsCode),
      KeyRule("packages/*/bin/**", .selectsCode), KeyRule("packages", .dependency),
      KeyRule("dependencies", .dependency),
      // Packages within packages; what stands deeper than any real tree is shown.
      KeyRule(
        oldEntryKeys, in: "dependencies/*", "dependencies/*/dependencies/*",
        "dependencies/*/dependencies/*/dependencies/*",
        "dependencies/*/dependencies/*/dependencies/*/dependencies/*",
        "dependencies/*/dependencies/*/dependencies/*/dependencies/*/dependencies/*",
        "dependencies/*/dependencies/*/dependencies/*/dependencies/*/dependencies/*/dependencies/*",
        is: .dependency),
    ],
    neutral: [
      NeutralKey("name", because: "the project's own name, which nothing is fetched by"),
      NeutralKey("version", because: "the project's own version, which nothing resolves against"),
      NeutralKey("packages//name", because: "the project's own name, which nothing is fetched by"),
      NeutralKey(
        "packages//version", because: "the project's own version, which nothing resolves against"),
      NeutralKey(
        [
          "license", "funding", "funding/type", "funding/url", "funding/[]", "funding/[]/type",
          "funding/[]/url",
        ], in: "packages/*",
        because: "copied from the package for people; npm shows it and decides nothing by it"),
      NeutralKey(
        ["deprecated"], in: "packages/*", because: "a warning that npm prints when it installs"),
    ],
    freeOrder: [.json], digests: DigestForm.integrity + DigestForm.sha256, digestsArchives: true,
    family: .npm,
    neutralMigration: .init(
      from: "2", to: "3", versionKey: "lockfileVersion", dropped: "dependencies"),
    manifest: .repeated("package-json"),
    listsDependents: true, allowsByteOrderMark: true, read: read)

  /// What npm writes of a package (Arborist, "metaFromNode").
  private static let entryKeys: [StaticString] = [
    "name", "version", "resolved", "integrity", "link", "dev", "optional", "devOptional", "peer",
    "inBundle", "extraneous", "hasShrinkwrap", "hasInstallScript", "engines/**", "os/**", "cpu/**",
    "libc/**", "dependencies/**", "devDependencies/**", "optionalDependencies/**",
    "peerDependencies/**", "peerDependenciesMeta/**", "acceptDependencies/**",
    "bundleDependencies/**", "bundledDependencies/**", "workspaces/**", "ideallyInert",
  ]

  /// The same for npm 6; version 2 says it all twice, and both were read and agree.
  private static let oldEntryKeys: [StaticString] = [
    "version", "resolved", "integrity", "from", "dev", "optional", "bundled", "requires/**",
    "dependencies", "peer", "devOptional", "extraneous",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = try reader.root.object()
    let version = root[text: "lockfileVersion"] ?? .empty
    reader.setFormatVersion(version)
    let old = root["dependencies"]
    switch version {
    case "2", "3":
      try readPackages(root.object("packages"), &reader)
      if let old { try requireAgreement(old, reader) }
    case "", "1":
      guard root["packages"] == nil else { throw root.unread(.contradiction) }
      if let old { try readDependencies(old, at: .empty, &reader) }
    default:
      throw root.unread(.unknownVersion)
    }
  }

  // MARK: Versions 2 and 3

  private static func readPackages(
    _ packages: Cursor, _ reader: inout EntryReader
  ) throws(Unread) {
    reader.reserve(packages.count)
    for package in packages {
      try package.object()
      let folder = folderName(package.key)
      if folder == nil { reader.addRequirements(of: package, groups, member: package.key) }
      if !package.key.isEmpty { add(package, folder, &reader) }
    }
    nameMembers(&reader)
    try markDirect(&reader)
  }

  private static let groups: [(StaticString, Entry.Scope)] = [
    ("dependencies", .runtime), ("devDependencies", .development),
    ("optionalDependencies", .optional), ("peerDependencies", .peer),
  ]

  /// A part of the project is called as the link to it is, or as its folder (npm's `name-from-folder`):
  /// npm writes its name only where that is another one.
  private static func nameMembers(_ reader: inout EntryReader) {
    var links: [Excerpt: Excerpt] = [:]
    for place in 0..<reader.count {
      let entry = reader[place]
      guard entry.sourceKind == .workspace, !entry.source.isEmpty,
        entry.locator.starts(with: "node_modules/"), links[entry.source] == nil
      else { continue }
      links[entry.source] = entry.alias.isEmpty ? entry.name : entry.alias
    }
    reader.updateEntries { _, entry in
      guard entry.sourceKind == .workspace, entry.name.text.range == entry.locator.text.range
      else { return }
      entry.name = links[entry.locator] ?? entry.locator.packageAtEnd
    }
  }

  private static func add(_ package: Cursor, _ folder: Excerpt?, _ reader: inout EntryReader) {
    var entry = Draft(package, .npm, folder ?? package.key, locator: package.key)
    entry.sourceKind = folder == nil ? .workspace : .unknown
    entry.runsCode = .no
    var integrity = Excerpt.empty
    for value in package {
      let text = value.text
      switch value.key {
      case "version": entry.version = text
      case "resolved": entry.source = text
      case "integrity": integrity = text
      case "name":
        if let folder, folder != text { entry.alias = folder }
        entry.name = text
      case "link": if text == "true" { entry.sourceKind = .workspace }
      case "hasInstallScript": if text == "true" { entry.runsCode = .yes }
      case "dev": if text == "true" { entry.scope = .development }
      case "optional", "devOptional": if text == "true" { entry.scope = .optional }
      case "peer": if text == "true", entry.scope == .runtime { entry.scope = .peer }
      default: break
      }
    }
    if entry.sourceKind == .unknown, entry.source.isEmpty, !isRelease(entry.version) {
      // npm asks for `name@version` where no address stands, and that may be any place.
      entry.source = entry.version
    }
    classifySource(&entry)
    reader.add(entry, integrity: integrity.integrityValues)
  }

  /// Whether a text is a version and nothing else: `1.2.3-beta.1+build`.
  private static func isRelease(_ text: Excerpt) -> Bool {
    guard let first = text[0] else { return true }
    guard first &- 0x30 < 10 || first == UInt8(ascii: "v") else { return false }
    return text.bytes.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x2b: true
      default: false
      }
    }
  }

  /// The folder name behind the last `node_modules/`; `nil` for a part of the project.
  private static func folderName(_ path: Excerpt) -> Excerpt? {
    var rest = path
    while let (before, _) = rest.cut(atLast: "node_modules/") {
      if before.isEmpty || before.ends(with: "/") { return path.dropFirst(before.count + 13) }
      rest = before
    }
    return nil
  }

  /// What `resolved` says about the place that a package comes from (npm-package-arg).
  static func classifySource(_ entry: inout Draft) {
    let source = entry.source
    guard entry.sourceKind != .workspace else { return }
    if source.isEmpty {
      // Bundled in another package, or left out by the writer: where from is not known.
      entry.sourceKind = .unknown
    } else if source.starts(with: "https:") || source.starts(with: "http:") {
      // Registries serve archives as `/NAME/-/FILE.tgz` (npm registry API).
      entry.sourceKind = source.contains("/-/") ? .registry : .url
      // An archive that a git host makes of the commit that its last part names.
      if source.starts(with: "https://codeload.github.com/") {
        entry.sourceKind = .git
        entry.revision = source.suffix(afterLast: "/").prefix(before: "#")
      }
    } else if source.starts(
      with: "git+", "git:", "github:", "gitlab:", "bitbucket:", "gist:", "git@", "ssh:")
    {
      entry.sourceKind = .git
      if let (_, commit) = source.cut(atLast: "#") { entry.revision = commit }
    } else {
      entry.sourceKind = source.starts(with: "file:") ? .path : .unknown
    }
  }

  /// What the root asks for stands in the root's own `node_modules`.
  private static func markDirect(_ reader: inout EntryReader) throws(Unread) {
    let places = reader.locators
    for requirement in reader.requirements where requirement.member.isEmpty {
      let folder = try "node_modules/" + Excerpt(reader.page, requirement.name)
      if let place = places.place(of: folder, in: reader) { reader.setDirect(place) }
    }
  }

  // MARK: Version 1

  /// Reads `dependencies`, whose packages stand in one another's `node_modules`.
  ///
  /// - Parameter links: where a path really is, when it is a link to another part of the project.
  private static func readDependencies(
    _ dependencies: Cursor, at path: Excerpt, _ reader: inout EntryReader,
    links: (_ entry: Draft) -> Excerpt? = { _ in nil }
  ) throws(Unread) {
    for package in dependencies {
      try package.object()
      let own =
        try path.isEmpty ? "node_modules/" + package.key : path + "/node_modules/" + package.key
      let (entry, digests) = oldEntry(package, locator: own)
      reader.add(entry, integrity: digests)
      if let nested = package["dependencies"] {
        try readDependencies(nested, at: links(entry) ?? own, &reader, links: links)
      }
    }
  }

  private static func oldEntry(_ package: Cursor, locator: Excerpt) -> (Draft, [Excerpt]) {
    var entry = Draft(package, .npm, package.key, locator: locator)
    var digests: [Excerpt] = []
    for value in package {
      let text = value.text
      // `"resolved": false`: npm 6 wrote so what it did not know, and what is not.
      let isFalse = !value.isString && text == "false"
      switch value.key {
      case "version": entry.version = text
      case "resolved": if !isFalse { entry.source = text }
      case "integrity": if !isFalse { digests += text.integrityValues }
      case "dev": if text == "true" { entry.scope = .development }
      case "optional": if text == "true", entry.scope == .runtime { entry.scope = .optional }
      default: break
      }
    }
    let version = entry.version
    if let target = version.removing(prefix: "npm:") {
      // `npm:real@1.0.0`, installed under the key.
      if let (name, release) = target.cut(atLast: "@"), !name.isEmpty {
        entry.alias = package.key
        entry.name = name
        entry.version = release
      }
    } else if version.contains(":") || (entry.source.isEmpty && !isRelease(version)) {
      // A URL, a git address or a file stands where the version belongs.
      entry.source = version
    }
    classifySource(&entry)
    return (entry, digests)
  }

  // MARK: Version 2, whose two halves are for npm 6 and for later ones

  /// Every package of version 2's `dependencies` must be what `packages` says at the same path.
  private static func requireAgreement(
    _ dependencies: Cursor, _ reader: EntryReader
  ) throws(Unread) {
    let places = reader.locators
    func entry(at path: Excerpt) -> Draft? {
      places.place(of: path, in: reader).map { reader[$0] }
    }
    var old = EntryReader(reader.page)
    try readDependencies(dependencies, at: .empty, &old) { own in
      // Before 7.0 was out, npm listed parts of the project by their paths.
      if own.version.isEmpty { return entry(at: own.node.key).map { _ in own.node.key } }
      // Below a link `packages` names what stands at the other end.
      guard own.sourceKind == .path, let link = entry(at: own.locator),
        link.sourceKind == .workspace, !link.source.isEmpty
      else { return nil }
      return link.source
    }
    for place in 0..<old.count {
      let own = old[place]
      guard let other = entry(at: own.locator) else {
        // npm 6 lists linked and bundled packages that npm 7 keeps elsewhere; what is fetched must
        // stand in both.
        if own.source.isEmpty || own.sourceKind == .path { continue }
        throw own.node.unread(.contradiction)
      }
      guard agrees(own, other, old.digests(of: own), reader.digests(of: other)) else {
        throw own.node.unread(.contradiction)
      }
    }
  }

  /// Whether both npms fetch and check the same. What comes from git, a file or a URL has its address
  /// for its version and no digest for npm 6.
  private static func agrees(
    _ entry: Draft, _ other: Draft, _ digests: [Excerpt], _ otherDigests: [Excerpt]
  ) -> Bool {
    let isFetched = entry.sourceKind == .registry || entry.sourceKind == .unknown
    // npm 6 may write `github:` where npm 7 writes the whole address; the commit says what is meant.
    let isSameCommit =
      entry.sourceKind == .git && other.sourceKind == .git && entry.revision.count >= 40
      && entry.revision == other.revision
    let isSameSource =
      entry.source.isEmpty || entry.sourceKind == .path || other.source.isEmpty
      || entry.source == other.source || isSameCommit
    // npm 6 writes an address where the version belongs; npm 7 has both.
    let isSameVersion =
      !isFetched || entry.version.isEmpty || other.version.isEmpty
      || (entry.versionIsSource && !other.source.isEmpty) || entry.version == other.version
    let isSameIntegrity = digests == otherDigests || (!isFetched && digests.isEmpty)
    return isSameSource && isSameVersion && isSameIntegrity
  }
}
