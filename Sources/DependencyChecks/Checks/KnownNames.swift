internal import Documents
internal import Lockfiles
internal import Primitives

/// Finds what one side of all files says of a name.
final class KnownNames {
  private let inventories: [Inventory?]
  private let tables: [NameTable]
  private var found: [Key: KnownName] = [:]
  /// Entries that were looked at, again and again included.
  private(set) var steps = 0

  private struct Key: Hashable {
    let name: ByteKey
    let ecosystem: Ecosystem
  }

  init(_ inventories: [Inventory?]) {
    self.inventories = inventories
    tables = inventories.map { NameTable($0) }
  }

  func find(_ name: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> KnownName {
    let folded = ecosystem.folded(name)
    let key = Key(name: ByteKey(folded), ecosystem: ecosystem)
    if let known = found[key] { return known }
    var known = KnownName()
    for (index, inventory) in inventories.enumerated() {
      guard let inventory else { continue }
      for place in tables[index].places(of: folded, in: inventory) {
        steps += 1
        let entry = inventory.entries[place]
        guard entry.ecosystem == ecosystem else { continue }
        known.add(EntryView(inventory: inventory, entry: entry))
      }
    }
    found[key] = known
    return known
  }
}

extension Ecosystem {
  /// A name in the one form that all its spellings have to the registry (for Python PEP 503).
  func folded(_ name: ArraySlice<UInt8>) -> [UInt8] {
    switch self {
    case .pypi: ArchiveName.normalised(name)
    case .nuget: name.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    default: Array(name)
    }
  }

  fileprivate var foldsNames: Bool { self == .pypi || self == .nuget }
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
        let entry = inventory.entries[index]
        let name = UnsafeRawBufferPointer(rebasing: pool[entry.name.range])
        let hash =
          entry.ecosystem.foldsNames
          ? entry.ecosystem.folded(Array(name)[...]).withUnsafeBytes { Document.hash($0) }
          : Document.hash(name)
        let slot = hash & (size - 1)
        following[index] = slots[slot]
        slots[slot] = UInt32(index + 1)
      }
    }
  }

  /// - Parameter name: as its ecosystem folds names.
  func places(of name: [UInt8], in inventory: Inventory) -> [Int] {
    guard !slots.isEmpty else { return [] }
    let slot = name.withUnsafeBytes { Document.hash($0) } & (slots.count - 1)
    var places: [Int] = []
    var next = slots[slot]
    while next != 0 {
      let index = Int(next) - 1
      let entry = inventory.entries[index]
      let own = inventory.document.bytes(entry.name)
      if entry.ecosystem.foldsNames
        ? entry.ecosystem.folded(own) == name : own.elementsEqual(name)
      {
        places.append(index)
      }
      next = following[index]
    }
    return places
  }
}

/// The hosts that the entries of old sides were fetched from: what a file says of a host anywhere else
/// makes it no better known, because whoever brings the text brings the host.
struct KnownHosts {
  private(set) var hosts: Set<ByteKey> = []
  /// `scheme://host:port`
  private(set) var authorities: Set<ByteKey> = []
  private(set) var registries: Set<ByteKey> = []

  init(_ files: [FileDiff]) {
    for file in files {
      guard let inventory = file.old.inventory else { continue }
      for entry in inventory.entries { add(EntryView(inventory: inventory, entry: entry)) }
    }
  }

  /// What stands before a package's own part in the addresses of the registry that was found last: most
  /// entries of a lock come from one.
  private var last: [UInt8] = []

  private mutating func add(_ view: EntryView) {
    let source = view.source
    if !last.isEmpty, !view.hasArchives, source.starts(with: last) {
      let rest = source.dropFirst(last.count)
      if rest.isEmpty
        || (rest.starts(with: view.name)
          && rest.dropFirst(view.name.count).starts(with: "/-/".utf8))
      {
        return
      }
    }
    let addresses = view.addresses
    for address in addresses where !address.host.isEmpty {
      hosts.insert(ByteKey(address.host))
      authorities.insert(ByteKey(address.authority))
    }
    guard let first = addresses.first, !first.host.isEmpty else { return }
    if let registry = first.registry(of: view.name, view.entry.ecosystem) {
      registries.insert(ByteKey(registry))
    } else if !first.isPublicRegistry(view.entry.ecosystem) {
      return
    }
    let own = Array(view.name) + Array("/-/".utf8)
    last = source.firstIndex(of: own).map { Array(source[..<$0]) } ?? Array(source)
  }
}
