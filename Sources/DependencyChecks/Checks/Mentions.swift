internal import Documents
internal import Lockfiles
internal import Primitives

/// Which names a document has as a key or at the start of a value, outside of their own entries.
struct Mentions {
  private var found: Set<[UInt8]> = []
  /// Those that are a key of another entry, as what a package depends on is.
  private var keys: Set<[UInt8]> = []
  private var names: Set<[UInt8]>
  /// How long the names are: most texts are ruled out by that alone.
  private var counts: Set<Int>

  init(of names: [[UInt8]], in inventory: Inventory) {
    self.names = Set(names)
    counts = Set(names.map(\.count))
    inventory.withView { view in
      // The entry that each value stands in, counted from 1.
      var owners = [UInt32](repeating: 0, count: view.nodes.count)
      for (index, entry) in inventory.entries.enumerated() {
        owners[entry.node.index] = UInt32(index + 1)
      }
      for node in view.nodes.indices {
        let owner = owners[node]
        if !view.isEntry[node] { look(for: view.key(node), isKey: true, owner, inventory) }
        guard !view.isScalar(node) else {
          look(for: view.text(node), isKey: false, owner, inventory)
          continue
        }
        var child = view.firstChild(of: node)
        while child != 0 {
          owners[child] = owner
          child = view.next(after: child)
        }
      }
    }
  }

  private mutating func look(
    for whole: UnsafeRawBufferPointer, isKey: Bool, _ owner: UInt32, _ inventory: Inventory
  ) {
    // deno asks for `npm:name@1`; a key `name@1.0.0` is none of a wish but of what there is.
    let isSpecifier = whole.starts(with: "npm:".utf8) || whole.starts(with: "jsr:".utf8)
    let text = isSpecifier ? UnsafeRawBufferPointer(rebasing: whole.dropFirst(4)) : whole
    // `alias@npm:name@1.0.0`
    if !isKey, let at = text.dropFirst().firstIndex(of: 0x40),
      text[(at + 1)...].starts(with: "npm:".utf8)
    {
      look(for: .init(rebasing: text[(at + 1)...]), isKey: false, owner, inventory)
    }
    // `name 1.0.0 (source)`, `name (>= 1)`, `name!`, `name@1.0.0`: no name has a blank in it.
    let end = text.firstIndex { $0 == 0x20 || $0 == UInt8(ascii: "!") } ?? text.count
    look(for: text[..<end], isKey: isKey, owner, inventory)
    guard isSpecifier || !isKey, let at = text[..<end].dropFirst().firstIndex(of: UInt8(ascii: "@"))
    else { return }
    look(for: text[..<at], isKey: isKey, owner, inventory)
  }

  private mutating func look(
    for name: Slice<UnsafeRawBufferPointer>, isKey: Bool, _ owner: UInt32, _ inventory: Inventory
  ) {
    guard counts.contains(name.count) else { return }
    let folded = Self.folded(Array(name)[...])
    guard names.contains(folded), !keys.contains(folded) else { return }
    if owner > 0 {
      let entry = EntryView(inventory: inventory, entry: inventory.entries[Int(owner) - 1])
      // What an entry says of itself is nobody else's wish.
      if entry.wantedName == folded { return }
      if isKey { keys.insert(folded) }
    }
    found.insert(folded)
  }

  func contains(_ name: [UInt8]) -> Bool { found.contains(name) }

  /// Whether an entry of another name has it as a key: a package's dependencies are written so, what a
  /// package says of itself is not.
  func isDependency(_ name: [UInt8]) -> Bool { keys.contains(name) }

  /// In lower case with one separator: Python's names are written in several ways (PEP 503).
  static func folded(_ name: ArraySlice<UInt8>) -> [UInt8] { ArchiveName.normalised(name) }
}

extension EntryView {
  /// What others call it, folded.
  var wantedName: [UInt8] { Mentions.folded(alias.isEmpty ? name : alias) }
}
