internal import Documents
internal import Primitives

/// `package-lock.json` and `npm-shrinkwrap.json`, lockfileVersion 1 to 3 (npm documentation,
/// "package-lock.json").
///
/// Versions 2 and 3 have `packages`, keyed by install path. Version 2 also has `dependencies` for npm 6,
/// and the two must agree: otherwise two npms install different things from one file.
enum NPMLock {
  static let format = Format(
    "npm-lock", files: ["package-lock.json", "npm-shrinkwrap.json", ".package-lock.json"], .locks,
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
    freeOrder: [.json], recordsIntegrity: true, digestsArchives: true,
    manifest: .of("package-json", isRepeated: true),
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
    let version = reader.document.text("lockfileVersion", of: reader.root) ?? .empty
    reader.setFormatVersion(version)
    guard reader.document.isObject(reader.root) else {
      throw reader.unread(.wrongShape, reader.root)
    }
    let old = reader.document.child("dependencies", of: reader.root)
    if reader.document.equals(version, "2") || reader.document.equals(version, "3") {
      try readPackages(&reader, try reader.object("packages", of: reader.root))
      if let old { try requireAgreement(&reader, old) }
    } else if version.isEmpty || reader.document.equals(version, "1") {
      guard reader.document.child("packages", of: reader.root) == nil else {
        throw reader.unread(.contradiction, reader.root)
      }
      if let old { try readDependencies(&reader, old, path: []) }
    } else {
      throw reader.unread(.unknownVersion, reader.root)
    }
  }

  // MARK: Versions 2 and 3

  private static func readPackages(
    _ reader: inout EntryReader, _ packages: NodeID
  ) throws(Unread) {
    reader.reserve(reader.document.childCount(packages))
    var next = reader.document.firstChild(of: packages)
    while let node = next {
      next = reader.document.sibling(after: node)
      guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
      let path = reader.document.key(node)
      if path.isEmpty {
        try addRequirements(&reader, node, member: .empty)
      } else {
        try addPackage(&reader, node, path)
      }
    }
    nameMembers(&reader)
    markDirect(&reader)
  }

  /// A part of the project is called as the link to it is, or as its folder (npm's `name-from-folder`):
  /// npm writes its name only where that is another one.
  private static func nameMembers(_ reader: inout EntryReader) {
    let document = reader.document
    var links = TextTable()
    var names: [Text] = []
    for entry in reader.entries
    where entry.sourceKind == .workspace && !entry.source.isEmpty
      && document.starts(entry.locator, with: "node_modules/")
    {
      if links.insert(names.count, for: entry.source, in: document) == nil {
        names.append(entry.alias.isEmpty ? entry.name : entry.alias)
      }
    }
    reader.updateEntries { entry in
      guard entry.sourceKind == .workspace, entry.name.start == entry.locator.start,
        entry.name.count == entry.locator.count
      else { return }
      if let link = links.value(for: entry.locator, in: document) {
        entry.name = names[link]
        return
      }
      guard let slash = document.lastIndex(of: 0x2f, in: entry.locator) else { return }
      let parent = document.prefix(slash, of: entry.locator)
      let outer = document.lastIndex(of: 0x2f, in: parent).map { $0 + 1 } ?? 0
      let isScoped = document.byte(outer, of: entry.locator) == 0x40
      entry.name = document.dropFirst(isScoped ? outer : slash + 1, of: entry.locator)
    }
  }

  private static func addPackage(
    _ reader: inout EntryReader, _ node: NodeID, _ path: Text
  ) throws(Unread) {
    let folder = nameInPath(path, reader.document)
    var integrity = Text.empty
    let entry = package(node, path, folder, &integrity, reader.document)
    if folder == nil { try addRequirements(&reader, node, member: path) }
    reader.add(entry, integrityValues: integrity)
  }

  private static func package(
    _ node: NodeID, _ path: Text, _ folder: Text?, _ integrity: inout Text,
    _ document: borrowing Document
  ) -> Entry {
    var entry = Entry(node: node, locator: path, name: folder ?? path, ecosystem: .npm)
    entry.sourceKind = folder == nil ? .workspace : .unknown
    entry.runsCode = .no
    var next = document.firstChild(of: node)
    while let child = next {
      next = document.sibling(after: child)
      let key = document.key(child)
      let value = document.text(child)
      if document.equals(key, "version") {
        entry.version = value
      } else if document.equals(key, "resolved") {
        entry.source = value
      } else if document.equals(key, "integrity") {
        integrity = value
      } else if document.equals(key, "name") {
        if let folder, !document.equal(folder, value, in: document) { entry.alias = folder }
        entry.name = value
      } else if document.equals(key, "link") {
        if document.equals(value, "true") { entry.sourceKind = .workspace }
      } else if document.equals(key, "hasInstallScript") {
        if document.equals(value, "true") { entry.runsCode = .yes }
      } else if document.equals(key, "dev") {
        if document.equals(value, "true") { entry.scope = .development }
      } else if document.equals(key, "optional") || document.equals(key, "devOptional") {
        if document.equals(value, "true") { entry.scope = .optional }
      } else if document.equals(key, "peer") {
        if document.equals(value, "true"), entry.scope == .runtime { entry.scope = .peer }
      }
    }
    if entry.sourceKind == .unknown, entry.source.isEmpty, !isRelease(entry.version, document) {
      // npm asks for `name@version` where no address stands, and that may be any place.
      entry.source = entry.version
    }
    classifySource(&entry, document)
    return entry
  }

  /// Whether a text is a version and nothing else: `1.2.3-beta.1+build`.
  private static func isRelease(_ text: Text, _ document: borrowing Document) -> Bool {
    guard let first = document.byte(0, of: text) else { return true }
    guard first &- 0x30 < 10 || first == UInt8(ascii: "v") else { return false }
    for place in 0..<Int(text.count) {
      switch document.byte(place, of: text) ?? 0 {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x2b: continue
      default: return false
      }
    }
    return true
  }

  /// The folder name behind the last `node_modules/`; `nil` for a part of the project.
  private static func nameInPath(_ path: Text, _ document: borrowing Document) -> Text? {
    let marker: StaticString = "node_modules/"
    var end = Int(path.count)
    while let slash = document.lastIndex(of: 0x2f, in: document.prefix(end, of: path)) {
      let index = slash + 1 - marker.utf8CodeUnitCount
      guard index >= 0 else { return nil }
      let isStart = index == 0 || document.pool[Int(path.start) + index - 1] == 0x2f
      if isStart, document.starts(document.dropFirst(index, of: path), with: marker) {
        return document.dropFirst(slash + 1, of: path)
      }
      end = slash
    }
    return nil
  }

  /// What `resolved` says about the place that a package comes from (npm-package-arg).
  static func classifySource(_ entry: inout Entry, _ document: borrowing Document) {
    let source = entry.source
    guard entry.sourceKind != .workspace else { return }
    if source.isEmpty {
      // Bundled in another package, or left out by the writer: where from is not known.
      entry.sourceKind = .unknown
    } else if document.starts(source, with: "https:") || document.starts(source, with: "http:") {
      entry.sourceKind = isRegistryURL(source, document) ? .registry : .url
      // An archive that a git host makes of the commit that its last part names.
      if document.starts(source, with: "https://codeload.github.com/"),
        let slash = document.lastIndex(of: 0x2f, in: source)
      {
        entry.sourceKind = .git
        let revision = document.dropFirst(slash + 1, of: source)
        let end = document.firstIndex(of: 0x23, in: revision) ?? Int(revision.count)
        entry.revision = document.prefix(end, of: revision)
      }
    } else if document.starts(source, with: "git+") || document.starts(source, with: "git:")
      || document.starts(source, with: "github:") || document.starts(source, with: "gitlab:")
      || document.starts(source, with: "bitbucket:") || document.starts(source, with: "gist:")
      || document.starts(source, with: "git@") || document.starts(source, with: "ssh:")
    {
      entry.sourceKind = .git
      if let hash = document.lastIndex(of: 0x23, in: source) {
        entry.revision = document.dropFirst(hash + 1, of: source)
      }
    } else if document.starts(source, with: "file:") {
      entry.sourceKind = .path
    } else {
      entry.sourceKind = .unknown
    }
  }

  /// Registries serve archives as `/NAME/-/FILE.tgz` (npm registry API).
  private static func isRegistryURL(_ url: Text, _ document: borrowing Document) -> Bool {
    var index = 0
    while let slash = document.firstIndex(of: 0x2f, in: url, from: index) {
      if document.byte(slash + 1, of: url) == 0x2d, document.byte(slash + 2, of: url) == 0x2f {
        return true
      }
      index = slash + 1
    }
    return false
  }

  /// The values of one Subresource Integrity string, which spaces part (W3C SRI, 3.3).
  static func integrityValues(_ text: Text, _ document: Document) -> [Text] {
    var values: [Text] = []
    var rest = text
    while !rest.isEmpty {
      let end = document.firstIndex(of: 0x20, in: rest) ?? Int(rest.count)
      if end > 0 { values.append(document.prefix(end, of: rest)) }
      rest = document.dropFirst(end + 1, of: rest)
    }
    return values
  }

  private static func addRequirements(
    _ reader: inout EntryReader, _ node: NodeID, member: Text
  ) throws(Unread) {
    let document = reader.document
    let groups: [(StaticString, Entry.Scope)] = [
      ("dependencies", .runtime), ("devDependencies", .development),
      ("optionalDependencies", .optional), ("peerDependencies", .peer),
    ]
    for (group, scope) in groups {
      guard let wanted = document.child(group, of: node) else { continue }
      for child in document.children(wanted) {
        reader.add(
          Requirement(
            node: child, name: document.key(child), specification: document.text(child),
            scope: scope, member: member))
      }
    }
  }

  /// What the root asks for stands in the root's own `node_modules`.
  private static func markDirect(_ reader: inout EntryReader) {
    for place in directPlaces(reader) { reader.setDirect(place) }
  }

  private static func directPlaces(_ reader: borrowing EntryReader) -> [Int] {
    let table = LocatorTable(reader.entries, in: reader.document)
    let folder = Array("node_modules/".utf8)
    return reader.requirements.compactMap { requirement in
      guard requirement.member.isEmpty else { return nil }
      return table.index(
        of: folder + reader.document.bytes(requirement.name), among: reader.entries,
        of: reader.document)
    }
  }

  // MARK: Version 1

  /// Reads `dependencies`, whose packages stand in one another's `node_modules`.
  ///
  /// - Parameter links: where a path really is, when it is a link to another part of the project.
  private static func readDependencies(
    _ reader: inout EntryReader, _ dependencies: NodeID, path: [UInt8],
    links: (_ entry: Entry, _ document: Document) -> [UInt8]? = { _, _ in nil }
  ) throws(Unread) {
    for node in reader.children(of: dependencies) {
      guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
      let own =
        path + (path.isEmpty ? [] : [0x2f]) + Array("node_modules/".utf8)
        + reader.document.bytes(reader.document.key(node))
      let locator = try reader.compose(own)
      let (entry, digests) = oldEntry(node, locator: locator, reader.document)
      reader.add(entry, integrity: digests)
      if let nested = reader.document.child("dependencies", of: node) {
        let target = links(entry, reader.document)
        try readDependencies(&reader, nested, path: target ?? own, links: links)
      }
    }
  }

  private static func oldEntry(
    _ node: NodeID, locator: Text, _ document: Document
  ) -> (Entry, [Text]) {
    let key = document.key(node)
    var entry = Entry(node: node, locator: locator, name: key, ecosystem: .npm)
    var digests: [Text] = []
    for child in document.children(node) {
      let key = document.key(child)
      let value = document.text(child)
      if document.equals(key, "version") {
        entry.version = value
      } else if document.kind(child) == .bare, document.equals(value, "false") {
        // `"resolved": false`: npm 6 wrote so what it did not know, and what is not.
        continue
      } else if document.equals(key, "resolved") {
        entry.source = value
      } else if document.equals(key, "integrity") {
        digests = integrityValues(value, document)
      } else if document.equals(key, "dev") {
        if document.equals(value, "true") { entry.scope = .development }
      } else if document.equals(key, "optional") {
        if document.equals(value, "true"), entry.scope == .runtime { entry.scope = .optional }
      }
    }
    let version = entry.version
    if document.starts(version, with: "npm:") {
      // `npm:real@1.0.0`, installed under the key.
      let target = document.dropFirst(4, of: version)
      if let at = document.lastIndex(of: 0x40, in: target), at > 0 {
        entry.alias = key
        entry.name = document.prefix(at, of: target)
        entry.version = document.dropFirst(at + 1, of: target)
      }
    } else if document.firstIndex(of: 0x3a, in: version) != nil
      || (entry.source.isEmpty && !isRelease(version, document))
    {
      // A URL, a git address or a file stands where the version belongs.
      entry.source = version
    }
    classifySource(&entry, document)
    return (entry, digests)
  }

  // MARK: Version 2, whose two halves are for npm 6 and for later ones

  /// Every package of version 2's `dependencies` must be what `packages` says at the same path.
  private static func requireAgreement(
    _ reader: inout EntryReader, _ dependencies: NodeID
  ) throws(Unread) {
    let (new, newEntries) = (reader.document, reader.entries)
    let table = LocatorTable(newEntries, in: new)
    func entry(at path: Text, in document: Document) -> Entry? {
      table.index(of: path, in: document, among: newEntries, of: new).map { newEntries[$0] }
    }
    var old = EntryReader(new, limits: ReadingLimits())
    try readDependencies(&old, dependencies, path: []) { own, document in
      if own.version.isEmpty {
        // Before 7.0 was out, npm listed parts of the project by their paths.
        let path = document.key(own.node)
        return entry(at: path, in: document).map { _ in Array(document.bytes(path)) }
      }
      // Below a link `packages` names what stands at the other end.
      guard own.sourceKind == .path, let link = entry(at: own.locator, in: document),
        link.sourceKind == .workspace, !link.source.isEmpty
      else { return nil }
      return Array(new.bytes(link.source))
    }
    for entry in old.entries {
      guard let other = self.other(entry, table, newEntries, new, old) else {
        // npm 6 lists linked and bundled packages that npm 7 keeps elsewhere; what is fetched must
        // stand in both.
        if entry.source.isEmpty || entry.sourceKind == .path { continue }
        throw old.unread(.contradiction, entry.node)
      }
      guard agrees(entry, other, old, reader) else {
        throw old.unread(.contradiction, entry.node)
      }
    }
  }

  private static func other(
    _ entry: Entry, _ table: LocatorTable, _ entries: [Entry], _ document: Document,
    _ old: EntryReader
  ) -> Entry? {
    table.index(of: entry.locator, in: old.document, among: entries, of: document).map {
      entries[$0]
    }
  }

  /// Whether both npms fetch and check the same. What comes from git, a file or a URL has its address
  /// for its version and no digest for npm 6.
  private static func agrees(
    _ entry: Entry, _ other: Entry, _ old: EntryReader, _ reader: EntryReader
  ) -> Bool {
    let isFetched = entry.sourceKind == .registry || entry.sourceKind == .unknown
    let isSameSource =
      entry.source.isEmpty || entry.sourceKind == .path || other.source.isEmpty
      || reader.document.equal(other.source, entry.source, in: old.document)
      || isSameCommit(entry, other, old, reader)
    // npm 6 writes an address where the version belongs; npm 7 has both.
    let isSameVersion =
      !isFetched || entry.version.isEmpty || other.version.isEmpty
      || (entry.versionIsSource && !other.source.isEmpty)
      || reader.document.equal(other.version, entry.version, in: old.document)
    let isSameIntegrity =
      reader.digestsEqual(other, entry, of: old) || (!isFetched && entry.digestCount == 0)
    return isSameSource && isSameVersion && isSameIntegrity
  }

  /// npm 6 may write `github:` where npm 7 writes the whole address; the commit says what is meant.
  private static func isSameCommit(
    _ entry: Entry, _ other: Entry, _ old: EntryReader, _ reader: EntryReader
  ) -> Bool {
    entry.sourceKind == .git && other.sourceKind == .git && entry.revision.count >= 40
      && reader.document.equal(other.revision, entry.revision, in: old.document)
  }
}
