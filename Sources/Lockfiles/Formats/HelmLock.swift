internal import Documents
internal import Primitives

/// `Chart.lock` of Helm 3 and `requirements.lock` of Helm 2 (helm documentation, "helm dependency").
///
/// The digest covers what was asked for and not the charts, so no entry has any integrity.
enum HelmLock {
  static let format = Format(
    "helm-lock", files: ["chart.lock", "requirements.lock"], .locks, .yaml,
    keys: [
      KeyRule("dependencies", .dependency),
      KeyRule(["name", "version", "repository"], in: "dependencies/*", is: .dependency),
    ],
    neutral: [
      NeutralKey(
        "digest", .digest("sha256:", 64),
        because: "of the chart's wishes: helm refuses to build where it does not fit"),
      NeutralKey(
        "generated", .dateText, because: "the time of writing, which helm does not read"),
    ],
    freeOrder: [.yaml], recognises: hasDigest, read: read)

  /// Python's tools also write a `requirements.lock`.
  private static func hasDigest(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      if bytes[start] == 0x64, bytes[start...].starts(with: "digest:".utf8) { return true }
      start = bytes.endOfLine(from: start) + 1
    }
    return false
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    guard let list = reader.document.child("dependencies", of: reader.root) else {
      throw reader.unread(.wrongShape, reader.root)
    }
    var seen = TextTable()
    for node in reader.children(of: list) {
      let name = try reader.text("name", of: node)
      let repository = reader.document.text("repository", of: node) ?? .empty
      var locator = try reader.compose(name, " ", repository)
      // One chart may stand here under several aliases, which the lock does not tell.
      if seen.insert(node.index, for: locator, in: reader.document) != nil {
        let version = reader.document.text("version", of: node) ?? .empty
        let repeated = try reader.compose(locator, "@", version)
        let place = try reader.compose(String(reader.entries.count).utf8)
        locator = try reader.compose(repeated, " #", place)
      }
      var entry = Entry(node: node, locator: locator, name: name, ecosystem: .helm)
      entry.version = try reader.text("version", of: node)
      entry.source = repository
      // A repository by the name that the user's settings give it (Helm documentation, "Charts").
      entry.sourceIsName =
        reader.document.starts(repository, with: "@")
        || reader.document.starts(repository, with: "alias:")
      entry.isDirect = true
      // Charts are templates; what they start runs in a cluster.
      entry.runsCode = .no
      let isLocal = repository.isEmpty || reader.document.starts(repository, with: "file:")
      entry.sourceKind = isLocal ? .path : .registry
      reader.add(entry)
    }
  }
}
