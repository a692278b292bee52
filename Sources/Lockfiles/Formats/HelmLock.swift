internal import Documents
internal import Primitives

/// `Chart.lock` of Helm 3 and `requirements.lock` of Helm 2 (helm documentation, "helm dependency").
///
/// The digest covers what was asked for and not the charts, so no entry has any integrity.
enum HelmLock {
  static let format = Format(
    "helm-lock", files: ["Chart.lock", "requirements.lock"],
    source: "Helm: Chart dependencies; Helm 2: requirements.lock; Rye: Syncing and locking", .locks,
    .yaml,
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
    guard let list = reader.root["dependencies"] else { throw reader.root.unread(.wrongShape) }
    var seen: Set<Excerpt> = []
    for chart in list {
      let name = try chart.text("name")
      let repository = chart[text: "repository"] ?? .empty
      var locator = try name + " " + repository
      // One chart may stand here under several aliases, which the lock does not tell.
      if !seen.insert(locator).inserted {
        let place = chart.compose(String(reader.count).utf8)
        locator = try locator + "@" + (chart[text: "version"] ?? .empty) + " #" + place
      }
      var entry = Draft(chart, .helm, name, locator: locator)
      entry.version = try chart.text("version")
      entry.source = repository
      // A repository by the name that the user's settings give it (Helm documentation, "Charts").
      entry.sourceIsName = repository.starts(with: "@", "alias:")
      entry.isDirect = true
      // Charts are templates; what they start runs in a cluster.
      entry.runsCode = .no
      let isLocal = repository.isEmpty || repository.starts(with: "file:")
      entry.sourceKind = isLocal ? .path : .registry
      reader.add(entry)
    }
  }
}
