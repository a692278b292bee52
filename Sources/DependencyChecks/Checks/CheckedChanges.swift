internal import Documents
internal import Lockfiles
internal import Primitives

/// What the checks look at: the compared files, and what the old sides tell about names and hosts.
struct CheckedChanges {
  let files: [FileDiff]
  let rules: DependencyRules
  /// Whether any file had entries before: else nothing is usual yet.
  let hasBase: Bool
  let memory = Memory()

  init(_ files: [FileDiff], _ rules: DependencyRules) {
    self.files = files
    self.rules = rules
    hasBase = files.contains { $0.old.inventory.map { !$0.entries.isEmpty } ?? false }
  }

  /// What is looked up once, when the first check asks.
  final class Memory {
    var declared: DeclaredSources?
    /// How often it was asked what manifests declare.
    var questions = 0
    var oldNames: [NameTable]?
    var newNames: [NameTable]?
    var isKnown: [[UInt8]: Bool] = [:]
  }

  // MARK: Hosts

  /// Whether an old side of any file fetches from a host, or the policy names it.
  func isKnown(host: [UInt8]) -> Bool {
    rules.hosts.contains(host)
      || [[0x2f] + host, [0x40] + host].contains { isUsed($0) }
  }

  /// Whether scheme, host and port stand in an old side as they are here.
  func isKnown(authorityOf address: SourceAddress) -> Bool {
    isUsed(
      address.scheme + Array("://".utf8) + address.host
        + (address.port.isEmpty ? [] : [0x3a] + address.port))
  }

  /// Whether bytes stand in an old side, with no further letter of a host behind them.
  private func isUsed(_ wanted: [UInt8]) -> Bool {
    if let known = memory.isKnown[wanted] { return known }
    // Who brings hundreds of hosts is told about those that were looked for.
    guard memory.isKnown.count < 64 else { return false }
    let found = files.contains { file in
      file.old.inventory != nil && Self.stands(wanted, in: file.old.bytes)
    }
    memory.isKnown[wanted] = found
    return found
  }

  private static func stands(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      guard bytes.count >= wanted.count, let first = wanted.first, let last = wanted.last else {
        return false
      }
      var index = 0
      while index + wanted.count <= bytes.count {
        if bytes[index] == first, bytes[index + wanted.count - 1] == last,
          (1..<wanted.count).allSatisfy({ bytes[index + $0] == wanted[$0] })
        {
          let behind = index + wanted.count
          if behind == bytes.count || !isHostByte(bytes[behind]) { return true }
        }
        index += 1
      }
      return false
    }
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x80...0xff: true
    default: false
    }
  }

  // MARK: Names

  /// The old entries of a name, of the same ecosystem, in any of the files.
  func oldEntries(named name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> [EntryView] {
    let tables = memory.oldNames ?? files.map { NameTable($0.old.inventory) }
    memory.oldNames = tables
    return entries(named: name, ecosystem, tables) { $0.old }
  }

  func newEntries(named name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> [EntryView] {
    let tables = memory.newNames ?? files.map { NameTable($0.new.inventory) }
    memory.newNames = tables
    return entries(named: name, ecosystem, tables) { $0.new }
  }

  private func entries(
    named name: ArraySlice<UInt8>, _ ecosystem: Ecosystem, _ tables: [NameTable],
    _ side: (FileDiff) -> FileDiff.Reading
  ) -> [EntryView] {
    var found: [EntryView] = []
    for (index, file) in files.enumerated() {
      guard let inventory = side(file).inventory else { continue }
      for place in tables[index].places(of: name, in: inventory) {
        let view = EntryView(inventory: inventory, entry: inventory.entries[place])
        if view.entry.ecosystem == ecosystem { found.append(view) }
      }
    }
    return found
  }

  /// Old entries of the same name and version: the one at the same place when it is one, else all.
  func sameVersion(as changed: ChangedEntry) -> [EntryView] {
    let new = changed.new
    if let old = changed.old, old.isSameRelease(as: new), old.name == new.name,
      !changed.fields.contains(.locator) || new.entry.version.isEmpty
    {
      return [old]
    }
    guard !new.entry.version.isEmpty else { return [] }
    return oldEntries(named: new.name, new.entry.ecosystem).filter {
      $0.version == new.version && $0.mayBe(new)
    }
  }

  /// Every entry that is new or different.
  func eachNewEntry(_ body: (ChangedEntry) -> Void) {
    for (index, file) in files.enumerated() {
      guard let inventory = file.new.inventory else { continue }
      for (place, change) in file.changes.enumerated() {
        guard let new = change.new else { continue }
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
          ChangedFact(
            file: index, fact: place, change: fact, old: file.old.inventory?.document,
            new: file.new.inventory?.document))
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
  var address: SourceAddress { SourceAddress(source, entry.sourceKind) }

  /// Whether two entries are of one version: without one of one commit, or without that of one address.
  func isSameRelease(as other: EntryView) -> Bool {
    guard version == other.version else { return false }
    if !entry.version.isEmpty { return true }
    guard entry.revision.isEmpty, other.entry.revision.isEmpty else {
      return revision == other.revision
    }
    return entry.sourceKind == .url && other.entry.sourceKind == .url && source == other.source
  }

  /// Whether two entries of one name and version may be the same thing, from one place or two. A Go
  /// module and its `go.mod`, or two builds of one conda package, have digests of their own and are not.
  func mayBe(_ other: EntryView) -> Bool {
    guard entry.sourceKind == other.entry.sourceKind, entry.sourceKind != .git else { return true }
    if source.isEmpty, other.source.isEmpty {
      return entry.ecosystem != .golang || locator.elementsEqual(other.locator)
    }
    guard let file = artifact, let otherFile = other.artifact else { return true }
    return file.elementsEqual(otherFile)
  }

  /// The file that the address names, when the version is part of its name; for conda with the folder of
  /// its platform, because one file name stands in several.
  private var artifact: ArraySlice<UInt8>? {
    let (source, version) = (source, version)
    guard let slash = source.lastIndex(of: 0x2f), !version.isEmpty else { return nil }
    let file = source[(slash + 1)...].prefix { $0 != 0x23 && $0 != 0x3f }
    guard file.indices.contains(where: { file[$0...].starts(with: version) }) else { return nil }
    guard entry.ecosystem == .conda, let folder = source[..<slash].lastIndex(of: 0x2f) else {
      return file
    }
    return source[(folder + 1)..<file.endIndex]
  }

  /// Every address in the entry's own values, those of single archives among them; not the ones that
  /// are for people.
  var addresses: [SourceAddress] {
    var found: [SourceAddress] = []
    addAddresses(below: entry.node, to: &found)
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

  private func addAddresses(below node: NodeID, to found: inout [SourceAddress]) {
    let document = inventory.document
    for child in document.children(node) {
      let key = document.key(child)
      if Self.forPeople.contains(where: { document.equals(key, $0) }) { continue }
      if document.isScalar(child) {
        let text = document.bytes(document.text(child))
        guard text.count > 8, text.prefix(24).contains(0x3a) else { continue }
        let address = SourceAddress(text, .registry)
        if !address.host.isEmpty { found.append(address) }
      } else {
        addAddresses(below: child, to: &found)
      }
    }
  }

  /// Addresses that nothing is installed from.
  private static let forPeople: [StaticString] = [
    "homepage", "support", "funding", "bugs", "issues", "docs", "authors", "notification-url",
    "license", "deprecated", "description", "keywords",
    // No address: `name-1.0@sha256:...`.
    "hackage",
  ]

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
  let old: Document?
  let new: Document?

  /// The text of the value, an object or array as it stands in the file; `nil` where there is none.
  var oldText: ArraySlice<UInt8>? { Self.text(change.old, old) }
  var newText: ArraySlice<UInt8>? { Self.text(change.new, new) }

  private static func text(_ node: NodeID?, _ document: Document?) -> ArraySlice<UInt8>? {
    guard let node, let document else { return nil }
    guard !document.isScalar(node) else { return document.bytes(document.text(node)) }
    let range = document.range(node)
    guard range.isEmpty else { return document.pool[range] }
    // What stands on lines all over the file, as pip's options do, is told by its parts.
    let parts = document.children(node).prefix(16).map { child in
      let words = [document.key(child), document.text(child)].map { document.bytes($0) }
      return Array(words.filter { !$0.isEmpty }.joined(separator: [0x20]))
    }
    return Array(parts.joined(separator: Array(", ".utf8)))[...]
  }

  /// The path in words: `scripts.postinstall`.
  var words: String {
    change.path.map { $0.isEmpty ? "\"\"" : Escaped.text($0, limit: 60) }.joined(separator: ".")
  }

  func finding(_ check: DependencyCheck, _ detail: String) -> DependencyFinding {
    DependencyFinding(
      check: check.id, code: check.code, severity: check.severity, file: file,
      subject: .fact(fact), title: check.title, detail: detail)
  }

  /// `path: old -> new`, safe for a terminal.
  var line: String {
    func shown(_ text: ArraySlice<UInt8>?) -> String {
      text.map { Escaped.text($0, limit: 160) } ?? "(none)"
    }
    return "\(words): \(shown(oldText)) -> \(shown(newText))"
  }
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

/// Finds entries by their names.
struct NameTable {
  private var slots: [UInt32] = []
  /// For every entry the next one of the same slot; 0 at the end. Places are counted from 1.
  private var following: [UInt32] = []

  init(_ inventory: Inventory?) {
    guard let inventory, !inventory.entries.isEmpty else { return }
    var size = 16
    while size < inventory.entries.count { size *= 2 }
    slots = Array(repeating: 0, count: size)
    following = Array(repeating: 0, count: inventory.entries.count)
    inventory.document.pool.withUnsafeBytes { pool in
      for index in inventory.entries.indices.reversed() {
        let name = inventory.entries[index].name.range
        let slot = Document.hash(UnsafeRawBufferPointer(rebasing: pool[name])) & (size - 1)
        following[index] = slots[slot]
        slots[slot] = UInt32(index + 1)
      }
    }
  }

  func places(of name: ArraySlice<UInt8>, in inventory: Inventory) -> [Int] {
    guard !slots.isEmpty else { return [] }
    let slot = name.withUnsafeBytes { Document.hash($0) } & (slots.count - 1)
    var places: [Int] = []
    var next = slots[slot]
    while next != 0 {
      let index = Int(next) - 1
      if inventory.document.bytes(inventory.entries[index].name) == name { places.append(index) }
      next = following[index]
    }
    return places
  }
}
