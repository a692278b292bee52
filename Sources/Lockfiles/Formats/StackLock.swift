internal import Documents
internal import Primitives

/// `stack.yaml.lock` (commercialhaskell/stack documentation, "Lock files").
///
/// What `original` asks for and `completed` pins: packages, and snapshots, which name hundreds more.
enum StackLock {
  static let format = Format(
    "stack-lock", files: ["stack.yaml.lock", "stack-*.yaml.lock"], .locks, .yaml,
    keys: [
      KeyRule("packages", .dependency), KeyRule("snapshots", .dependency),
      // A snapshot may be asked for by its name alone.
      KeyRule("snapshots/*/original", .dependency),
      KeyRule(
        addressKeys, in: "packages/*/completed", "packages/*/original", "snapshots/*/completed",
        "snapshots/*/original", is: .dependency),
    ],
    freeOrder: [.yaml],
    recordsIntegrity: true, read: read)

  /// Pantry's locations of packages and snapshots.
  private static let addressKeys: [StaticString] = [
    "hackage", "pantry-tree/sha256", "pantry-tree/size", "url", "sha256", "size", "git", "commit",
    "hg", "archive", "filepath", "subdir", "subdirs/*", "name", "version", "github",
    "cabal-file/sha256",
    "cabal-file/size",
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard
      reader.document.child("packages", of: reader.root) != nil
        || reader.document.child("snapshots", of: reader.root) != nil
    else { throw reader.unread(.wrongShape, reader.root) }
    for section in ["packages", "snapshots"] as [StaticString] {
      guard let list = reader.document.child(section, of: reader.root) else { continue }
      for node in reader.children(of: list) { try add(node, &reader) }
    }
  }

  private static func add(_ node: NodeID, _ reader: inout EntryReader) throws(Unread) {
    let completed = try reader.object("completed", of: node)
    var digests: [Text] = []
    var entry = Entry(node: node, locator: .empty, name: .empty, ecosystem: .hackage)
    entry.isDirect = true
    if let hackage = reader.document.text("hackage", of: completed) {
      try setHackage(&entry, hackage, &digests, &reader)
    } else {
      setArchive(&entry, completed, reader.document)
      if let sha = reader.document.text("sha256", of: completed) {
        digests.append(try reader.compose("sha256:", sha))
      }
    }
    if let tree = reader.document.child("pantry-tree", of: completed),
      let sha = reader.document.text("sha256", of: tree)
    {
      digests.append(try reader.compose("tree-sha256:", sha))
    }
    guard !entry.name.isEmpty else { throw reader.unread(.wrongShape, node) }
    let address = try reader.compose(entry.source, " ", entry.revision)
    let subfolder = reader.document.text("subdir", of: completed) ?? .empty
    let place = try reader.compose(address, " ", subfolder)
    let own = try reader.compose(entry.name, "@", entry.version)
    entry.locator = try reader.compose(own, " ", place)
    reader.add(entry, integrity: digests)
  }

  /// `name-1.0@sha256:HEX,SIZE` or, without a digest, `name-1.0@rev:1`.
  private static func setHackage(
    _ entry: inout Entry, _ text: Text, _ digests: inout [Text], _ reader: inout EntryReader
  ) throws(Unread) {
    let at = reader.document.firstIndex(of: 0x40, in: text) ?? Int(text.count)
    let package = reader.document.prefix(at, of: text)
    guard let dash = reader.document.lastIndex(of: 0x2d, in: package), dash > 0 else { return }
    entry.name = reader.document.prefix(dash, of: package)
    entry.version = reader.document.dropFirst(dash + 1, of: package)
    entry.sourceKind = .registry
    let rest = reader.document.dropFirst(at + 1, of: text)
    if reader.document.starts(rest, with: "sha256:") {
      let comma = reader.document.firstIndex(of: 0x2c, in: rest) ?? Int(rest.count)
      digests.append(reader.document.prefix(comma, of: rest))
    } else {
      entry.revision = rest
    }
  }

  /// An archive, a commit or a snapshot.
  private static func setArchive(_ entry: inout Entry, _ completed: NodeID, _ document: Document) {
    if let git = document.text("git", of: completed) {
      entry.source = git
      entry.sourceKind = .git
      entry.revision = document.text("commit", of: completed) ?? .empty
    } else if let url = document.text("url", of: completed) {
      entry.source = url
      entry.sourceKind = .url
    } else if let file = document.text("filepath", of: completed) {
      entry.source = file
      entry.sourceKind = .path
    }
    // A snapshot has no name but its address.
    entry.name = document.text("name", of: completed) ?? entry.source
    entry.version = document.text("version", of: completed) ?? .empty
  }
}
