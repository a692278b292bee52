internal import Primitives

/// What the checks look at: the compared files, and what the old sides tell about names and hosts.
struct CheckedChanges {
  let files: [FileDiff]
  let rules: DependencyRules
  /// Hosts that the old side of any of the files fetches from, and those that the policy adds.
  let knownHosts: Set<[UInt8]>
  /// The same with scheme and port.
  let knownAuthorities: Set<[UInt8]>
  /// Old entries by name, one table a file.
  private let oldNames: [NameTable]
  private let newNames: [NameTable]

  init(_ files: [FileDiff], _ rules: DependencyRules) {
    self.files = files
    self.rules = rules
    // Where no entry changes, nobody asks.
    let isNeeded = files.contains { !$0.changes.isEmpty }
    var hosts = Set(rules.hosts)
    var authorities: Set<[UInt8]> = []
    if isNeeded {
      for file in files {
        if let inventory = file.old.inventory { inventory.addHosts(to: &hosts, &authorities) }
      }
    }
    knownHosts = hosts
    knownAuthorities = authorities
    oldNames = files.map { file in
      NameTable(isNeeded ? file.old.inventory : nil)
    }
    newNames = files.map { file in
      NameTable(isNeeded ? file.new.inventory : nil)
    }
  }

  /// The old entries of a name, of the same ecosystem, in any of the files.
  func oldEntries(named name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> [EntryView] {
    entries(named: name, ecosystem, oldNames) { $0.old }
  }

  func newEntries(named name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> [EntryView] {
    entries(named: name, ecosystem, newNames) { $0.new }
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
    guard !new.entry.version.isEmpty else { return [] }
    if let old = changed.old, old.version == new.version, old.name == new.name,
      !changed.fields.contains(.locator)
    {
      return [old]
    }
    return oldEntries(named: new.name, new.entry.ecosystem).filter { $0.version == new.version }
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
  var integrity: [ArraySlice<UInt8>] {
    inventory.integrity(of: entry).map { inventory.document.bytes($0) }
  }
  /// Whether it says where it comes from, or that it comes from the usual place.
  var isFetched: Bool { entry.sourceKind != .unknown || !entry.source.isEmpty }
  /// Whether it comes from a place that keeps no releases.
  var isExotic: Bool {
    entry.sourceKind == .git || entry.sourceKind == .url || entry.sourceKind == .path
  }
  var address: SourceAddress { SourceAddress(source, entry.sourceKind) }

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
    return document.isScalar(node)
      ? document.bytes(document.text(node)) : document.pool[document.range(node)]
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
        let slot = Self.hash(UnsafeRawBufferPointer(rebasing: pool[name])) & (size - 1)
        following[index] = slots[slot]
        slots[slot] = UInt32(index + 1)
      }
    }
  }

  func places(of name: ArraySlice<UInt8>, in inventory: Inventory) -> [Int] {
    guard !slots.isEmpty else { return [] }
    let slot = name.withUnsafeBytes { Self.hash($0) } & (slots.count - 1)
    var places: [Int] = []
    var next = slots[slot]
    while next != 0 {
      let index = Int(next) - 1
      if inventory.document.bytes(inventory.entries[index].name) == name { places.append(index) }
      next = following[index]
    }
    return places
  }

  private static func hash(_ name: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: name)
    return hasher.finalize()
  }
}

extension Inventory {
  /// Adds the hosts that entries are fetched from.
  fileprivate func addHosts(to hosts: inout Set<[UInt8]>, _ authorities: inout Set<[UInt8]>) {
    var last: [UInt8] = []
    for entry in entries where !entry.source.isEmpty {
      let source = document.bytes(entry.source)
      // Neighbours mostly come from one place, whose address need not be read again.
      if !last.isEmpty, source.starts(with: last) { continue }
      let address = SourceAddress(source, entry.sourceKind)
      guard !address.host.isEmpty else { continue }
      last = Array(source[..<address.path.startIndex]) + [0x2f]
      hosts.insert(address.host)
      authorities.insert(address.authority)
    }
  }
}
