internal import Documents
internal import Primitives

/// `yarn.lock` of yarn 2 and later, `__metadata.version` 4 to 10 (yarnpkg/berry, `Project.ts`,
/// `structUtils.ts`).
///
/// An entry is named by its `resolution`: one name and version may come from the registry and, patched,
/// from there and a file.
enum YarnBerryLock {
  static let format = Format(
    "yarn-berry-lock", files: ["yarn.lock"],
    source: "Yarn: Lockfile", .locks, .yaml,
    keys: [
      KeyRule("__metadata/version", .dependency), KeyRule("__metadata/cacheKey", .dependency),
      KeyRule(
        [
          "version", "resolution", "checksum", "languageName", "linkType", "conditions",
          "dependencies/*", "optionalDependencies/*", "devDependencies/*", "peerDependencies/*",
          "dependenciesMeta/*/optional", "dependenciesMeta/*/unplugged",
          "peerDependenciesMeta/*/optional",
        ], in: "*", is: .dependency),
      // What yarn runs of a package is what its manifest says, except for what it links.

      KeyRule("*/dependenciesMeta/*/built", .runsCode), KeyRule("*/bin/*", .selectsCode),
      KeyRule("*/bin", .selectsCode),
    ],
    freeOrder: [.yaml],
    digests: [.hexadecimal("/", 64)],
    family: .npm, manifest: .locked("package-json"), listsDependents: true,
    recognises: hasMetadata, read: read)

  private static func hasMetadata(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      if bytes[start] == 0x5f, bytes[start...].starts(with: "__metadata:".utf8) { return true }
      start = bytes.endOfLine(from: start) + 1
    }
    return false
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    guard reader.page.documentCount == 1 else { throw root.unread(.wrongShape) }
    let metadata = try root.object("__metadata")
    try reader.setFormatVersion(
      metadata.text("version"), oneOf: "4", "5", "6", "7", "8", "9", "10", at: metadata)
    let cacheKey = metadata[text: "cacheKey"] ?? metadata.key.prefix(0)
    var asked: [Excerpt: Int] = [:]
    var resolutions: [Excerpt: Cursor] = [:]
    asked.reserveCapacity(root.count * 2)
    resolutions.reserveCapacity(root.count)
    reader.reserve(root.count)
    for package in root where package != metadata {
      for descriptor in package.key.split(at: ", ") {
        guard asked.updateValue(reader.count, forKey: descriptor) == nil else {
          throw package.unread(.duplicateEntry)
        }
      }
      try add(package, cacheKey, &resolutions, &reader)
    }
    try markDirect(&reader, asked)
  }

  private static func add(
    _ package: Cursor, _ cacheKey: Excerpt, _ resolutions: inout [Excerpt: Cursor],
    _ reader: inout EntryReader
  ) throws(Unread) {
    let resolution = try package.object().text("resolution")
    guard let locator = resolution.descriptor else { throw package.unread(.wrongShape) }
    var entry = Draft(package, .npm, locator.name, locator: resolution)
    entry.version = try package.text("version")
    // The names under which it is asked for, when they are others: `alias@npm:name@^1`.
    reader.setAliases(
      package.key.split(at: ", ").compactMap(\.descriptor?.name), of: &entry)
    try setSource(&entry, locator.range)
    if entry.sourceKind == .workspace {
      reader.addRequirements(
        of: package, [("dependencies", .runtime), ("peerDependencies", .peer)],
        member: locator.name)
    }
    if let first = resolutions[resolution] {
      // One package under two headers, which yarn leaves until it is told to put them together.
      for key: StaticString in ["version", "checksum"] {
        guard package[text: key] ?? .empty == first[text: key] ?? .empty else {
          throw package.unread(.duplicateEntry)
        }
      }
      entry.locator = try resolution.locator(.empty, package.key)
    } else {
      resolutions[resolution] = package
    }
    // `10c0/HEX`: the SHA-512 of the archive that yarn packs itself, in the form that the cache key
    // names. Digests under different keys cannot be compared. Before version 8 one key stands for all.
    var checksum = package[text: "checksum"] ?? .empty
    if !checksum.isEmpty, !checksum.contains("/") { checksum = try cacheKey + "/" + checksum }
    try reader.add(entry, digest: checksum)
  }

  // MARK: Sources

  /// What the part of a locator behind the name says: `npm:1.0.0`, `patch:...`, `workspace:.`.
  private static func setSource(_ entry: inout Draft, _ reference: Excerpt) throws(Unread) {
    if let version = reference.removing(prefix: "npm:") {
      entry.sourceKind = .registry
      let parts = version.cut(at: "::") ?? (version, .empty)
      guard parts.before == entry.version else { throw entry.node.unread(.contradiction) }
      if let url = archiveURL(parts.after) { entry.source = entry.node.compose(url) }
      return
    }
    entry.source = reference
    let (address, fragment) = reference.cut(at: "#") ?? (.empty, .empty)
    if reference.starts(with: "workspace:") {
      entry.sourceKind = .workspace
    } else if reference.starts(with: "patch:") {
      // yarn's own patches change nothing about where the package comes from.
      let isBuiltin = fragment.contains("builtin<") && !fragment.contains(".patch")
      entry.sourceKind = isBuiltin ? .registry : .path
      // What is patched has an entry of its own, and the patch is a file of the repository.
      entry.sourceIsName = true
    } else if let (_, commit) = fragment.cut(at: "commit=") ?? fragment.cut(at: "commit:") {
      entry.sourceKind = .git
      entry.revision = commit.prefix(before: "&")
    } else if !fragment.isEmpty,
      // Whether yarn clones such an address (plugin-git, `gitUtils.isGitUrl`).
      address.starts(with: "git", "ssh:") || address.ends(with: ".git")
    {
      entry.sourceKind = .git
      entry.revision = fragment.cut(at: "=")?.after ?? fragment
    } else if reference.starts(with: "https:", "http:") {
      entry.sourceKind = .url
    } else if reference.starts(with: "exec:") {
      // The package is what a script of the repository writes.
      entry.sourceKind = .path
      entry.runsCode = .yes
    } else if reference.starts(with: "file:", "link:", "portal:") {
      entry.sourceKind = .path
    }
  }

  /// The URL in `::__archiveUrl=https%3A%2F%2F...`, for archives that are not where registries have them.
  private static func archiveURL(_ parameters: Excerpt) -> [UInt8]? {
    parameters.cut(at: "__archiveUrl=").flatMap {
      PercentEncoding.decoded($0.after.prefix(before: "&").bytes)
    }
  }

  // MARK: Requirements

  /// What a workspace asks for is found by its descriptor; before version 8 the lock leaves `npm:` out.
  private static func markDirect(
    _ reader: inout EntryReader, _ asked: [Excerpt: Int]
  ) throws(Unread) {
    for requirement in reader.requirements where requirement.scope != .peer {
      let name = Excerpt(reader.page, requirement.name)
      let specification = Excerpt(reader.page, requirement.specification)
      for separator: StaticString in ["@", "@npm:"] {
        guard let place = asked[try name + separator + specification] else { continue }
        reader.setDirect(place)
      }
    }
  }
}
