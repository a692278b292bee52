internal import Documents
internal import Lockfiles
internal import Primitives

/// What the checks look at: the compared files, and what the old sides tell about names and hosts.
struct CheckedChanges {
  let files: [FileDiff]
  let rules: DependencyRules
  /// Whether any file had entries before: else nothing is usual yet.
  let hasBase: Bool
  /// Locks that take the place of another tool's, by their files.
  let migrations: [Int: LockMigration]
  let memory = Memory()

  init(_ files: [FileDiff], _ rules: DependencyRules, _ migrations: [LockMigration] = []) {
    self.files = files
    self.rules = rules
    self.migrations = Dictionary(migrations.map { ($0.to, $0) }) { first, _ in first }
    hasBase = files.contains { $0.old.inventory.map { !$0.entries.isEmpty } ?? false }
  }

  /// What is looked up once, when the first check asks.
  final class Memory {
    var declared: DeclaredSources?
    /// How often it was asked what manifests declare.
    var questions = 0
    var oldNames: KnownNames?
    var newNames: KnownNames?
    var hosts: KnownHosts?
    var folders: [ByteKey: [Int]]?
    var paths: [ByteKey: Int]?
  }

  // MARK: Hosts

  /// The hosts and registries that entries of the old sides were fetched from.
  private var hosts: KnownHosts {
    if let known = memory.hosts { return known }
    let found = KnownHosts(files)
    memory.hosts = found
    return found
  }

  /// Whether an entry of an old side was fetched from a host, or the policy names it.
  func isKnown(host: [UInt8]) -> Bool {
    rules.hosts.contains(host) || hosts.hosts.contains(ByteKey(host))
  }

  /// The same of scheme, host and port.
  func isKnown(authorityOf address: SourceAddress) -> Bool {
    hosts.authorities.contains(ByteKey(address.authority))
  }

  /// The same of a registry, by its host and folder (`SourceAddress.registry`).
  func isKnown(registry: [UInt8]) -> Bool { hosts.registries.contains(ByteKey(registry)) }

  // MARK: Files

  /// The files of one folder, in the order of their paths.
  func files(in folder: ArraySlice<UInt8>) -> [Int] {
    if let folders = memory.folders { return folders[ByteKey(Array(folder))] ?? [] }
    var folders: [ByteKey: [Int]] = [:]
    for (index, file) in files.enumerated() {
      folders[ByteKey(Array(file.folder)), default: []].append(index)
    }
    memory.folders = folders
    return folders[ByteKey(Array(folder))] ?? []
  }

  /// The file at a path.
  func file(at path: [UInt8]) -> Int? {
    if let paths = memory.paths { return paths[ByteKey(path)] }
    var paths: [ByteKey: Int] = [:]
    for (index, file) in files.enumerated() { paths[ByteKey(file.path)] = index }
    memory.paths = paths
    return paths[ByteKey(path)]
  }

  // MARK: Names

  /// What the old sides say of a name in an ecosystem.
  func old(_ view: EntryView) -> KnownName { oldName(view.name, view.entry.ecosystem) }

  func oldName(_ name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> KnownName {
    let names = memory.oldNames ?? KnownNames(files.map(\.old.inventory))
    memory.oldNames = names
    return names.find(name, ecosystem)
  }

  func newName(_ name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> KnownName {
    let names = memory.newNames ?? KnownNames(files.map(\.new.inventory))
    memory.newNames = names
    return names.find(name, ecosystem)
  }

  /// Old entries of the same name and version: the one at the same place when it is one, else all.
  func sameVersion(as changed: ChangedEntry) -> [KnownEntry] {
    let new = changed.new
    if let old = changed.old, old.isSameRelease(as: new), old.name == new.name,
      !changed.fields.contains(.locator) || new.entry.version.isEmpty
    {
      return [KnownEntry(old)]
    }
    guard !new.entry.version.isEmpty else { return [] }
    return old(new).sameRelease(as: new)
  }

  /// Every entry that is new or different.
  func eachNewEntry(_ body: (ChangedEntry) -> Void) {
    for (index, file) in files.enumerated() {
      guard let inventory = file.new.inventory else { continue }
      let carried = migrations[index]?.carried ?? []
      for (place, change) in file.changes.enumerated() {
        guard let new = change.new, !carried.contains(place) else { continue }
        let old = change.old.flatMap { old in
          file.old.inventory.map { EntryView(inventory: $0, entry: $0.entries[old]) }
        }
        body(
          ChangedEntry(
            file: index, format: file.format, change: place, fields: change.fields, old: old,
            new: EntryView(inventory: inventory, entry: inventory.entries[new])))
      }
    }
  }

  /// Every value outside of entries that differs.
  func eachFact(_ body: (ChangedFact) -> Void) {
    for (index, file) in files.enumerated() {
      for (place, fact) in file.facts.enumerated() {
        body(
          ChangedFact(file: index, fact: place, change: fact, diff: file))
      }
    }
  }
}

/// An entry with the inventory that it stands in.
struct EntryView {
  let inventory: Inventory
  let entry: Entry

  var name: ArraySlice<UInt8> { inventory.document.bytes(entry.name) }
  var version: ArraySlice<UInt8> { inventory.document.bytes(entry.version) }
  var source: ArraySlice<UInt8> { inventory.document.bytes(entry.source) }
  var revision: ArraySlice<UInt8> { inventory.document.bytes(entry.revision) }
  var alias: ArraySlice<UInt8> { inventory.document.bytes(entry.alias) }
  var aliases: [ArraySlice<UInt8>] {
    inventory.aliases(of: entry).map { inventory.document.bytes($0) }
  }
  var locator: ArraySlice<UInt8> { inventory.document.bytes(entry.locator) }
  var integrity: [ArraySlice<UInt8>] { inventory.integrity(of: entry).map { $0[...] } }
  /// Whether it says where it comes from, or that it comes from the usual place.
  var isFetched: Bool { entry.sourceKind != .unknown || !entry.source.isEmpty }
  /// Whether it comes from a place that keeps no releases.
  var isExotic: Bool {
    entry.sourceKind == .git || entry.sourceKind == .url || entry.sourceKind == .path
  }
  /// Whether it is a folder or file of this machine or repository, now and before.
  var isLocal: Bool {
    (entry.sourceKind == .path || entry.sourceKind == .workspace) && address.host.isEmpty
      && !source.starts(with: "http".utf8)
  }
  /// The first address of its source.
  var address: SourceAddress {
    let first = entry.ecosystem == .gem ? source.prefix { $0 != 0x20 } : source
    return SourceAddress(first, entry.sourceKind)
  }

  /// Whether two entries are of one version: without one of one commit, or without that of one address.
  func isSameRelease(as other: EntryView) -> Bool {
    guard version == other.version else { return false }
    if !entry.version.isEmpty { return true }
    guard entry.revision.isEmpty, other.entry.revision.isEmpty else {
      return revision == other.revision
    }
    return entry.sourceKind == .url && other.entry.sourceKind == .url && source == other.source
  }

  /// Where the entry and its archives are fetched from: its source, and the addresses in those of its
  /// values that package managers fetch.
  var addresses: [SourceAddress] {
    var found: [SourceAddress] = []
    // Several servers in one section of a Gemfile.lock: any of them may answer.
    for server in entry.ecosystem == .gem ? source.split(separator: 0x20) : [source] {
      let address = SourceAddress(server, entry.sourceKind)
      // CocoaPods' registries are repositories.
      let isShort = entry.ecosystem == .cocoapods && !address.host.isEmpty
      found.append(entry.sourceIsName || isShort ? address : address.requiringHost())
    }
    guard hasArchives else { return found }
    let document = inventory.document
    for child in document.children(entry.node) {
      let key = document.key(child)
      if Self.fetched.contains(where: { document.equals(key, $0) }) {
        addAddresses(at: child, isAddress: isAddress(key), to: &found)
      } else if document.starts(key, with: "platforms") {
        addArchives(of: child, to: &found)
      }
    }
    return found
  }

  /// Whether an entry names archives or repositories beside its source.
  var hasArchives: Bool {
    switch entry.ecosystem {
    case .pypi, .conda, .composer, .nix, .bazel, .julia, .generic: true
    default: false
    }
  }

  /// The origins of all of them, each once.
  var origins: [Origin] {
    var found = [origin]
    for address in addresses.dropFirst() where !address.host.isEmpty {
      let origin = address.origin(of: name, entry.ecosystem)
      if origin != found.last { found.append(origin) }
    }
    return found
  }

  /// The archives that a Python or conda entry names beside its source: by addresses, or as poetry and
  /// pdm do by file names alone.
  var archives: [SourceAddress] {
    guard entry.ecosystem == .pypi || entry.ecosystem == .conda else { return [] }
    var found = addresses
    for list in inventory.document.children(entry.node) {
      for file in inventory.document.children(list) {
        guard let name = inventory.document.text("file", of: file) else { continue }
        found.append(SourceAddress(inventory.document.bytes(name), .registry))
      }
    }
    return found
  }

  /// What mise fetches for each platform, beside digests and signers.
  private func addArchives(of node: NodeID, to found: inout [SourceAddress]) {
    let document = inventory.document
    for child in document.children(node) {
      let key = document.key(child)
      if !document.isScalar(child) {
        addArchives(of: child, to: &found)
      } else if document.equals(key, "url") || document.equals(key, "url_api") {
        addAddresses(at: child, isAddress: true, to: &found)
      }
    }
  }

  /// - Parameter isAddress: whether the format has an address here, and nothing else.
  private func addAddresses(
    at node: NodeID, isAddress: Bool, to found: inout [SourceAddress]
  ) {
    let document = inventory.document
    guard document.isScalar(node) else {
      // Composer copies a folder of the repository.
      if let type = document.text("type", of: node), document.equals(type, "path") { return }
      for child in document.children(node) {
        let key = document.key(child)
        addAddresses(
          at: child, isAddress: key.isEmpty ? isAddress : self.isAddress(key), to: &found)
      }
      return
    }
    let text = document.bytes(document.text(node))
    guard !text.isEmpty, !text.elementsEqual(source) else { return }
    if isAddress {
      found.append(SourceAddress(text, .registry).requiringHost())
      return
    }
    guard text.prefix(32).contains(UInt8(ascii: ":")) else { return }
    let address = SourceAddress(text, .registry)
    if !address.host.isEmpty || !address.flaws.isEmpty { found.append(address) }
  }

  private func isAddress(_ key: Text) -> Bool {
    ["url", "urls", "tarball", "resolved"].contains { inventory.document.equals(key, $0) }
  }

  /// The archives of a Python entry that are files of this machine or repository, where others have an
  /// address.
  var localArchives: [ArraySlice<UInt8>] {
    guard entry.ecosystem == .pypi, inventory.document.isObject(entry.node) else { return [] }
    let document = inventory.document
    var found: [ArraySlice<UInt8>] = []
    for child in document.children(entry.node) {
      let key = document.key(child)
      guard ["wheels", "sdist", "archive", "files"].contains(where: { document.equals(key, $0) })
      else { continue }
      for file in document.isArray(child) ? Array(document.children(child)) : [child] {
        if let path = document.text("path", of: file), !path.isEmpty {
          found.append(document.bytes(path))
        } else if let url = document.text("url", of: file), !url.isEmpty {
          let address = SourceAddress(document.bytes(url), .registry)
          if address.host.isEmpty { found.append(document.bytes(url)) }
        }
      }
    }
    return found
  }

  /// The host that its archives come from, beside its source.
  var archiveHost: [UInt8]? {
    guard entry.ecosystem == .pypi || entry.ecosystem == .generic else { return nil }
    return addresses.dropFirst().first { !$0.host.isEmpty }?.host
  }

  /// What it has lost of the places that it was fetched from, in words: its own, or that of its archives,
  /// which may be files now.
  func lostOrigin(since old: EntryView) -> String? {
    guard old.name == name else { return nil }
    if entry.sourceKind == .unknown || entry.sourceKind == .git || entry.sourceKind == .url,
      source.isEmpty, !old.address.host.isEmpty
    {
      return "\(Escaped.text(old.address.host, limit: 120)) -> no place any more"
    }
    guard let host = old.archiveHost else { return nil }
    if let file = localArchives.first, old.localArchives.isEmpty {
      return "\(Escaped.text(host, limit: 120)) -> the file \(Escaped.text(file, limit: 120))"
    }
    guard archiveHost == nil, localArchives.isEmpty, entry.sourceKind == old.entry.sourceKind else {
      return nil
    }
    return "\(Escaped.text(host, limit: 120)) -> no address any more"
  }

  /// Whether it comes within another package's archive (npm).
  var isBundled: Bool {
    guard entry.ecosystem == .npm, inventory.document.isObject(entry.node) else { return false }
    return ["inBundle", "bundled"].contains { (key: StaticString) in
      inventory.document.text(key, of: entry.node).map {
        inventory.document.equals($0, "true")
      } ?? false
    }
  }

  /// The keys of an entry whose values are fetched, in any format.
  private static let fetched: [StaticString] = [
    "resolved", "url", "urls", "wheels", "sdist", "archive", "files", "dist", "source", "tarball",
    "resolution", "vcs", "original",
  ]

  /// `ms 1.0.0 (registry.corp.example) -> 99.0.0 (registry.example)`, safe for a terminal.
  func move(from old: EntryView) -> String {
    let (before, now) = EntryView.places(old, self)
    func release(_ view: EntryView) -> String {
      let text = view.version.isEmpty ? view.revision.prefix(12) : view.version
      return text.isEmpty ? "" : Escaped.text(text, limit: 60) + " "
    }
    return
      "\(Escaped.text(name, limit: 214)) \(release(old))(\(before)) -> \(release(self))(\(now))"
  }

  /// `is-number 7.0.0`, safe for a terminal.
  var words: String {
    let version = entry.version.isEmpty ? "" : " " + Escaped.text(self.version, limit: 48)
    return Escaped.text(name, limit: 80) + version
  }
}

/// An entry that is added or changed.
struct ChangedEntry {
  let file: Int
  let format: Format?
  let change: Int
  let fields: EntryChange.Fields
  let old: EntryView?
  let new: EntryView

  func finding(_ check: DependencyCheck, _ detail: String) -> DependencyFinding {
    finding(check, check.severity, detail)
  }

  func finding(
    _ check: DependencyCheck, _ severity: DependencyCheck.Severity, _ detail: String
  ) -> DependencyFinding {
    DependencyFinding(
      check: check.id, code: check.code, severity: severity, file: file, subject: .change(change),
      title: check.title, detail: detail)
  }
}

/// A value outside of entries that differs.
struct ChangedFact {
  let file: Int
  let fact: Int
  let change: FactChange
  fileprivate let diff: FileDiff

  var old: Document? { diff.old.inventory?.document }
  var new: Document? { diff.new.inventory?.document }

  /// The text of the value, an object or array as it stands in the file; `nil` where there is none.
  var oldText: ArraySlice<UInt8>? { change.old.flatMap { old?.written($0) } }
  var newText: ArraySlice<UInt8>? { change.new.flatMap { new?.written($0) } }

  /// The path in words: `scripts.postinstall`.
  var words: String {
    change.path.map { $0.isEmpty ? "\"\"" : Escaped.text($0, limit: 60) }.joined(separator: ".")
  }

  func finding(_ check: DependencyCheck, _ detail: String) -> DependencyFinding {
    finding(check, check.severity, detail)
  }

  func finding(
    _ check: DependencyCheck, _ severity: DependencyCheck.Severity, _ detail: String
  ) -> DependencyFinding {
    DependencyFinding(
      check: check.id, code: check.code, severity: severity, file: file, subject: .fact(fact),
      title: check.title, detail: detail)
  }

  /// `path: old -> new`, safe for a terminal.
  var line: String { diff.words(of: change, limit: 160) }
}

extension FileDiff {
  func finding(
    _ check: DependencyCheck, _ index: Int, _ detail: String,
    _ severity: DependencyCheck.Severity? = nil, _ subject: DependencyFinding.Subject = .file
  ) -> DependencyFinding {
    DependencyFinding(
      check: check.id, code: check.code, severity: severity ?? check.severity, file: index,
      subject: subject, title: check.title, detail: detail)
  }
}
