internal import Documents
internal import Primitives

/// `yarn.lock` of yarn 1 (yarn documentation, "yarn.lock"; yarn v1.22, `src/lockfile`).
///
/// One entry for each header, which joins all that was asked for and came to the same archive. yarn
/// finds an entry by one of these, so none may stand in two headers.
enum YarnClassicLock {
  static let format = Format(
    "yarn-classic-lock", files: ["yarn.lock"], .locks, .syml,
    keys: [
      KeyRule(
        [
          "version", "resolved", "integrity", "name", "uid", "registry", "dependencies/*",
          "optionalDependencies/*", "permissions/*",
        ], in: "*", is: .dependency)
    ],
    freeOrder: [.lines], recordsIntegrity: true, digestsArchives: true,
    manifest: .of("package-json"),
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
    var asked = TextTable(capacity: reader.document.childCount(reader.root) * 2)
    let nodes = reader.children(of: reader.root)
    reader.reserve(nodes.count)
    for node in nodes {
      guard reader.document.isObject(node) else { throw reader.unread(.wrongShape, node) }
      var rest = reader.document.key(node)
      while let specification = YarnHeader.next(&rest, reader.document) {
        guard asked.insert(node.index, for: specification, in: reader.document) == nil else {
          throw reader.unread(.duplicateEntry, node)
        }
      }
      try add(try entry(node, reader.document), &reader)
    }
  }

  /// An entry, its digests, and the SHA-1 that stands behind its URL.
  private struct Found {
    var entry: Entry
    var digests: [Text] = []
    var fragment: Text = .empty
  }

  private static func add(_ found: Found, _ reader: inout EntryReader) throws(Unread) {
    var digests = found.digests
    if !found.fragment.isEmpty { digests.append(try reader.compose("sha1:", found.fragment)) }
    reader.add(found.entry, integrity: digests)
  }

  private static func entry(_ node: NodeID, _ document: Document) throws(Unread) -> Found {
    let header = document.key(node)
    var rest = header
    guard let first = YarnHeader.next(&rest, document) else {
      throw Unread(.wrongShape, at: document.range(node).lowerBound)
    }
    // Without a range any version was asked for, or `owner/repository`.
    let asked = YarnHeader.parts(of: first, document) ?? (name: first, range: .empty)
    var found = Found(entry: Entry(node: node, locator: header, name: asked.name, ecosystem: .npm))
    if document.starts(asked.range, with: "npm:"),
      let real = YarnHeader.parts(of: document.dropFirst(4, of: asked.range), document)
    {
      found.entry.alias = asked.name
      found.entry.name = real.name
    }
    for child in document.children(node) {
      let key = document.key(child)
      if document.equals(key, "version") {
        found.entry.version = document.text(child)
      } else if document.equals(key, "resolved") {
        found.entry.source = document.text(child)
      } else if document.equals(key, "integrity") {
        found.digests = NPMLock.integrityValues(document.text(child), document)
      } else if document.equals(key, "name"), !document.equal(document.text(child), asked.name) {
        found.entry.alias = asked.name
        found.entry.name = document.text(child)
      }
    }
    guard !found.entry.version.isEmpty else {
      throw Unread(.wrongShape, at: document.range(node).lowerBound)
    }
    classify(&found, asked.range, document)
    return found
  }

  private static func classify(_ found: inout Found, _ range: Text, _ document: Document) {
    if found.entry.source.isEmpty {
      // Only what is on this machine has no URL.
      found.entry.sourceKind = .unknown
      if document.starts(range, with: "file:") || document.starts(range, with: "link:") {
        found.entry.source = range
        found.entry.sourceKind = .path
      }
      return
    }
    NPMLock.classifySource(&found.entry, document)
    guard let hash = document.fragmentMark(in: found.entry.source, last: true) else { return }
    let fragment = document.dropFirst(hash + 1, of: found.entry.source)
    let url = document.prefix(hash, of: found.entry.source)
    if isRepository(url, document) {
      found.entry.sourceKind = .git
      found.entry.revision = fragment
    } else if found.entry.sourceKind != .git, isHexadecimal(fragment, document) {
      // What is none belongs to the address: `https://host#@other/` names a host that it does not seem to.
      found.entry.source = url
      found.fragment = fragment
    }
  }

  private static func isHexadecimal(_ text: Text, _ document: Document) -> Bool {
    !text.isEmpty && document.bytes(text).allSatisfy { Hex.value(of: $0) != nil }
  }

  /// Whether what stands behind the `#` is a commit: behind the URL of an archive it is its SHA-1.
  private static func isRepository(_ url: Text, _ document: Document) -> Bool {
    if document.ends(url, with: ".git") { return true }
    let hosts: [StaticString] = [
      "https://github.com/", "https://gitlab.com/", "https://bitbucket.org/",
    ]
    guard let host = hosts.first(where: { document.starts(url, with: $0) }) else { return false }
    // `OWNER/NAME` and no more.
    let path = document.dropFirst(host.utf8CodeUnitCount, of: url)
    guard let slash = document.firstIndex(of: 0x2f, in: path) else { return false }
    return document.firstIndex(of: 0x2f, in: path, from: slash + 1) == nil
  }
}

/// The headers of both yarn locks: what was asked for, parted by commas.
enum YarnHeader {
  /// The next thing that was asked for; `rest` is left behind it.
  static func next(_ rest: inout Text, _ document: borrowing Document) -> Text? {
    guard !rest.isEmpty else { return nil }
    guard let comma = document.firstIndex(of: ", ", in: rest) else {
      defer { rest = .empty }
      return rest
    }
    defer { rest = document.dropFirst(comma + 2, of: rest) }
    return document.prefix(comma, of: rest)
  }

  /// `name` and `range` of `name@range`; the `@` of a scope is no separator.
  static func parts(of text: Text, _ document: Document) -> (name: Text, range: Text)? {
    guard let at = document.firstIndex(of: 0x40, in: text, from: 1) else { return nil }
    return (document.prefix(at, of: text), document.dropFirst(at + 1, of: text))
  }
}
