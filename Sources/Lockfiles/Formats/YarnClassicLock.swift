internal import Documents
internal import Primitives

/// `yarn.lock` of yarn 1 (yarn documentation, "yarn.lock"; yarn v1.22, `src/lockfile`).
///
/// One entry for each header, which joins all that was asked for and came to the same archive. yarn
/// finds an entry by one of these, so none may stand in two headers.
enum YarnClassicLock {
  static let format = Format(
    "yarn-classic-lock", files: ["yarn.lock"],
    source: "Yarn 1: yarn.lock", .locks, .syml,
    keys: [
      KeyRule(
        [
          "version", "resolved", "integrity", "name", "uid", "registry", "dependencies/*",
          "optionalDependencies/*", "permissions/*",
        ], in: "*", is: .dependency)
    ],
    freeOrder: [.lines], digests: DigestForm.integrity + DigestForm.sha1, digestsArchives: true,
    family: .npm,
    manifest: .locked("package-json"),
    recognises: hasHeader, read: read)

  /// Whether the comment at the top names the version, as yarn 2 asks it (`Project.setupResolutions`).
  private static func hasHeader(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count, bytes[start] == 0x23 {
      let end = bytes.endOfLine(from: start)
      let words = bytes[start + 1..<end].split { $0 == 0x20 || $0 == 0x0d }
      if words.map({ Array($0) }) == ["yarn", "lockfile", "v1"].map({ Array($0.utf8) }) {
        return true
      }
      start = end + 1
    }
    return false
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    reader.reserve(reader.root.count)
    var asked: Set<Excerpt> = []
    asked.reserveCapacity(reader.root.count * 2)
    for package in reader.root {
      try package.object()
      for descriptor in package.key.split(at: ", ") where !asked.insert(descriptor).inserted {
        throw package.unread(.duplicateEntry)
      }
      try add(package, &reader)
    }
  }

  private static func add(_ package: Cursor, _ reader: inout EntryReader) throws(Unread) {
    guard let first = package.key.split(at: ", ").first else { throw package.unread(.wrongShape) }
    // Without a range any version was asked for, or `owner/repository`.
    let asked = first.descriptor ?? (first, .empty)
    var entry = Draft(package, .npm, asked.name, locator: package.key)
    if let real = asked.range.removing(prefix: "npm:")?.descriptor {
      entry.alias = asked.name
      entry.name = real.name
    }
    var digests: [Excerpt] = []
    for value in package {
      switch value.key {
      case "version": entry.version = value.text
      case "resolved": entry.source = value.text
      case "integrity": digests += value.text.integrityValues
      case "name" where value.text != asked.name:
        entry.alias = asked.name
        entry.name = value.text
      default: break
      }
    }
    guard !entry.version.isEmpty else { throw package.unread(.wrongShape) }
    // yarn installs the archive under the name of each that asks for it.
    reader.setAliases(
      package.key.split(at: ", ").map { $0.descriptor?.name ?? $0 }, of: &entry)
    if let hash = classify(&entry, asked.range) { digests.append(try "sha1:" + hash) }
    reader.add(entry, integrity: digests)
  }

  /// - Returns: the SHA-1 that stands behind the URL of an archive.
  private static func classify(_ entry: inout Draft, _ range: Excerpt) -> Excerpt? {
    NPMLock.classifySource(&entry)
    guard !entry.source.isEmpty else {
      // Only what is on this machine has no URL.
      if range.starts(with: "file:", "link:") {
        entry.source = range
        entry.sourceKind = .path
      }
      return nil
    }
    guard let (url, fragment) = entry.source.cutFragment(last: true) else { return nil }
    if isRepository(url) {
      entry.sourceKind = .git
      entry.revision = fragment
    } else if entry.sourceKind != .git, !fragment.isEmpty,
      fragment.bytes.allSatisfy({ Hex.value(of: $0) != nil })
    {
      // What is none belongs to the address: `https://host#@other/` names a host that it does not seem to.
      entry.source = url
      return fragment
    }
    return nil
  }

  /// Whether what stands behind the `#` is a commit: behind the URL of an archive it is its SHA-1.
  private static func isRepository(_ url: Excerpt) -> Bool {
    if url.ends(with: ".git") { return true }
    let hosts: [StaticString] = [
      "https://github.com/", "https://gitlab.com/", "https://bitbucket.org/",
    ]
    // `OWNER/NAME` and no more.
    return hosts.contains { host in
      guard let (_, name) = url.removing(prefix: host)?.cut(at: "/") else { return false }
      return !name.contains("/")
    }
  }
}
