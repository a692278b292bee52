internal import Documents
internal import Primitives

/// `stack.yaml.lock` (commercialhaskell/stack documentation, "Lock files").
///
/// What `original` asks for and `completed` pins: packages, and snapshots, which name hundreds more.
enum StackLock {
  static let format = Format(
    "stack-lock", files: ["stack.yaml.lock", "stack-*.yaml.lock"],
    source: "Stack: Lock files", .locks, .yaml,
    keys: [
      KeyRule("packages", .dependency), KeyRule("snapshots", .dependency),
      // A snapshot may be asked for by its name alone.
      KeyRule("snapshots/*/original", .dependency),
      KeyRule(
        addressKeys, in: "packages/*/completed", "packages/*/original", "snapshots/*/completed",
        "snapshots/*/original", is: .dependency),
    ],
    freeOrder: [.yaml],
    digests: DigestForm.sha256 + [.hexadecimal("tree-sha256:", 32)], read: read)

  /// Pantry's locations of packages and snapshots.
  private static let addressKeys: [StaticString] = [
    "hackage", "pantry-tree/sha256", "pantry-tree/size", "url", "sha256", "size", "git", "commit",
    "hg", "archive", "filepath", "subdir", "subdirs/*", "name", "version", "github",
    "cabal-file/sha256",
    "cabal-file/size",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    guard root["packages"] != nil || root["snapshots"] != nil else {
      throw root.unread(.wrongShape)
    }
    for package in Array(root.children("packages")) + Array(root.children("snapshots")) {
      try add(package, &reader)
    }
  }

  private static func add(_ package: Cursor, _ reader: inout EntryReader) throws(Unread) {
    let completed = try package.object("completed")
    var digests: [Excerpt] = []
    var entry = Draft(package, .hackage, .empty)
    entry.isDirect = true
    if let hackage = completed[text: "hackage"] {
      setHackage(&entry, hackage, &digests)
    } else {
      setArchive(&entry, completed)
      if let sha = completed[text: "sha256"] { digests.append(try "sha256:" + sha) }
    }
    if let sha = completed["pantry-tree"]?[text: "sha256"] {
      digests.append(try "tree-sha256:" + sha)
    }
    guard !entry.name.isEmpty else { throw package.unread(.wrongShape) }
    entry.locator = try entry.name + "@" + entry.version
    for part in [entry.source, entry.revision, completed[text: "subdir"] ?? .empty] {
      entry.locator = try entry.locator + " " + part
    }
    reader.add(entry, integrity: digests)
  }

  /// `name-1.0@sha256:HEX,SIZE` or, without a digest, `name-1.0@rev:1`.
  private static func setHackage(
    _ entry: inout Draft, _ text: Excerpt, _ digests: inout [Excerpt]
  ) {
    let (package, rest) = text.cut(at: "@") ?? (text, .empty)
    guard let (name, version) = package.cut(atLast: "-"), !name.isEmpty else { return }
    entry.name = name
    entry.version = version
    entry.sourceKind = .registry
    if rest.starts(with: "sha256:") {
      digests.append(rest.prefix(before: ","))
    } else {
      entry.revision = rest
    }
  }

  /// An archive, a commit or a snapshot.
  private static func setArchive(_ entry: inout Draft, _ completed: Cursor) {
    if let git = completed[text: "git"] {
      entry.source = git
      entry.sourceKind = .git
      entry.revision = completed[text: "commit"] ?? .empty
    } else if let url = completed[text: "url"] {
      entry.source = url
      entry.sourceKind = .url
    } else if let file = completed[text: "filepath"] {
      entry.source = file
      entry.sourceKind = .path
    }
    // A snapshot has no name but its address.
    entry.name = completed[text: "name"] ?? entry.source
    entry.version = completed[text: "version"] ?? .empty
  }
}
