internal import Documents
internal import Primitives

/// `deno.lock`, versions 2 to 5 (denoland/deno_lockfile).
///
/// Packages of npm and JSR by name and version, and modules by URL.
enum DenoLock {
  static let format = Format(
    "deno-lock", files: ["deno.lock"],
    source: "Deno: deno.json, \"lock\"", .locks, .json,
    keys: [
      KeyRule("version", .dependency), KeyRule("specifiers/**", .dependency),
      KeyRule("packages/specifiers/**", .dependency), KeyRule("npm/specifiers/**", .dependency),
      KeyRule("redirects/**", .origin), KeyRule("workspace/links/**", .origin),
      KeyRule("workspace/patches/**", .origin), KeyRule("workspace/**", .dependency),
      // Empty where nothing of the kind is used.
      KeyRule("npm", .dependency), KeyRule("jsr", .dependency), KeyRule("remote", .dependency),
      KeyRule("npm/packages", .dependency), KeyRule("packages/npm", .dependency),
      KeyRule("packages/jsr", .dependency), KeyRule("packages", .dependency),
      KeyRule("remote/*", .dependency),
      KeyRule(entryKeys, in: "npm/packages/*", is: .dependency),
      KeyRule(entryKeys, in: "packages/npm/*", is: .dependency),
      KeyRule(entryKeys, in: "packages/jsr/*", is: .dependency),
      KeyRule(entryKeys, in: "npm/*", is: .dependency),
      KeyRule(entryKeys, in: "jsr/*", is: .dependency),
    ],
    freeOrder: [.json], digests: DigestForm.integrity + DigestForm.sha256, digestsArchives: true,
    family: .npm, standsBesideOthers: true, listsDependents: true,
    read: read)

  private static let entryKeys: [StaticString] = [
    "integrity", "tarball", "dependencies/**", "optionalDependencies/**", "optionalPeers/**",
    "os/*", "cpu/*", "bin", "scripts", "deprecated",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    let version = try reader.setFormatVersion(
      root.text("version"), oneOf: "2", "3", "4", "5", at: root)
    let packages: Cursor
    var npm: Cursor?
    switch version {
    case "2":
      packages = root["npm"] ?? root
      npm = packages == root ? nil : packages["packages"]
    case "3":
      packages = root["packages"] ?? root
      npm = packages == root ? nil : packages["npm"]
    default:
      packages = root
      npm = root["npm"]
    }
    var places: [Excerpt: Int] = [:]
    if let npm {
      for package in npm { try addPackage(package, "npm:", .npm, version == "5", &places, &reader) }
    }
    for package in packages.children("jsr") {
      try addPackage(package, "jsr:", .jsr, false, &places, &reader)
    }
    try addModules(&reader)
    guard let workspace = root["workspace"] else { return }
    var specifiers: [Excerpt: Excerpt] = [:]
    for specifier in packages.children("specifiers") {
      specifiers[specifier.key] = specifier.text
    }
    try readWorkspace(workspace, specifiers, places, &reader)
  }

  /// `chalk@5.3.0`, `@scope/name@1.0.0_peer@2.0.0`.
  private static func addPackage(
    _ package: Cursor, _ registry: StaticString, _ ecosystem: Ecosystem, _ recordsScripts: Bool,
    _ places: inout [Excerpt: Int], _ reader: inout EntryReader
  ) throws(Unread) {
    guard let parts = package.key.descriptor, package.isObject else {
      throw package.unread(.wrongShape)
    }
    let locator = try registry + package.key
    var entry = Draft(package, ecosystem, parts.name, locator: locator)
    entry.version = parts.range.prefix(before: "_")
    entry.sourceKind = .registry
    if recordsScripts { entry.runsCode = .no }
    var digests: [Excerpt] = []
    for value in package {
      switch value.key {
      case "integrity":
        // JSR's are the bare SHA-256 of the manifest.
        digests =
          ecosystem == .jsr ? [try "sha256:" + value.text] : Array(value.text.integrityValues)
      case "tarball":
        entry.source = value.text
        NPMLock.classifySource(&entry)
      case "scripts":
        if value == "true" { entry.runsCode = .yes }
      default:
        break
      }
    }
    places[locator] = reader.count
    reader.add(entry, integrity: digests)
  }

  /// Modules by URL, with the SHA-256 of their text.
  private static func addModules(_ reader: inout EntryReader) throws(Unread) {
    for module in reader.root.children("remote") {
      let digest = try "sha256:" + module.anyScalar()
      var entry = Draft(module, .deno, module.key)
      entry.sourceKind = .url
      entry.source = module.key
      // What a module does on loading is not the lock's matter, and nothing runs before.
      entry.runsCode = .no
      reader.add(entry, integrity: [digest])
    }
  }

  // MARK: What is asked for

  private static func readWorkspace(
    _ workspace: Cursor, _ specifiers: [Excerpt: Excerpt], _ places: [Excerpt: Int],
    _ reader: inout EntryReader
  ) throws(Unread) {
    var members = [(workspace, Excerpt.empty)]
    members += workspace.children("members").map { ($0, $0.key) }
    for (member, name) in members {
      for list in [member["dependencies"], member["packageJson", "dependencies"]] {
        guard let list else { continue }
        for wanted in list {
          try addRequirement(wanted, name, specifiers, places, &reader)
        }
      }
    }
  }

  /// `npm:chalk@^5.0.0`, which `specifiers` maps to a version or, in version 3, to a package.
  private static func addRequirement(
    _ wanted: Cursor, _ member: Excerpt, _ specifiers: [Excerpt: Excerpt],
    _ places: [Excerpt: Int], _ reader: inout EntryReader
  ) throws(Unread) {
    guard let (registry, rest) = wanted.text.cut(at: ":") else {
      throw wanted.unread(.wrongShape)
    }
    let parts = rest.descriptor ?? (rest, .empty)
    reader.addRequirement(wanted, parts.name, parts.range, member: member)
    guard let resolved = specifiers[wanted.text] else { return }
    let own = wanted.text.prefix(registry.count + 1 + parts.name.count)
    let locator = try own + "@" + resolved
    if let place = places[resolved] ?? places[locator] { reader.setDirect(place) }
  }
}
