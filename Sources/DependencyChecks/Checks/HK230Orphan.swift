internal import Documents
internal import Lockfiles
internal import Primitives

/// HK230: an entry that nothing asks for.
enum Orphan {
  static let check = DependencyCheck(
    230, "orphan-entry", name: "Orphan", .high, title: "nothing asks for this entry",
    why: """
      Package managers write what a project or another package asks for. An entry whose name stands \
      nowhere else in the file was put there by hand; some package managers install it all the same.
      """,
    ends: "Let the package manager write the file again and see whether the entry stays.",
    examples: [
      .found(
        "an entry without anybody that asks for it",
        .npm(
          Sample.npm(wants: #""ms": "2""#, Sample.entry("ms", "2.1.3")),
          Sample.npm(
            wants: #""ms": "2""#, Sample.entry("ms", "2.1.3"), Sample.entry("once", "1.4.0")))),
      .passes(
        "another package asks for the new entry",
        .npm(
          Sample.npm(wants: #""ms": "2""#, Sample.entry("ms", "2.1.3")),
          Sample.npm(
            wants: #""ms": "2""#,
            Sample.entry("ms", "2.1.4", more: #", "dependencies": {"once": "1"}"#),
            Sample.entry("once", "1.4.0")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var added: [Int: [ChangedEntry]] = [:]
    changes.eachNewEntry { changed in
      guard changed.old == nil, changed.format?.listsDependents == true,
        changed.new.entry.sourceKind != .workspace, !changed.new.entry.isDirect,
        // What deno fetches by its address is asked for in the code.
        changed.new.entry.ecosystem != .deno
      else { return }
      added[changed.file, default: []].append(changed)
    }
    var found: [DependencyFinding] = []
    for (index, entries) in added.sorted(by: { $0.key < $1.key }) {
      guard let inventory = changes.files[index].new.inventory,
        // A file that asks for nothing at all is not complete: of a workspace's member, or a sample.
        entries.count < inventory.entries.count || !inventory.requirements.isEmpty
      else { continue }
      let mentions = Mentions(of: entries.map { wanted($0) }, in: inventory)
      let lost = entries.filter { isUnreachable($0) || !mentions.contains(wanted($0)) }
      guard !lost.isEmpty else { continue }
      let asked = askedElsewhere(changes, than: index)
      for changed in lost where !asked.contains(wanted(changed)) {
        found.append(changed.finding(check, changed.new.words))
      }
    }
    return found
  }

  /// What a flake's reader found no way to.
  private static func isUnreachable(_ changed: ChangedEntry) -> Bool {
    changed.new.entry.ecosystem == .nix && changed.new.locator.starts(with: "unreachable:".utf8)
  }

  /// What the manifests of the push ask for: Python's locks do not say it again.
  private static func askedElsewhere(
    _ changes: borrowing CheckedChanges, than index: Int
  ) -> Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    for (place, file) in changes.files.enumerated() where place != index {
      guard let inventory = file.new.inventory else { continue }
      for requirement in inventory.requirements {
        names.insert(Mentions.folded(inventory.document.bytes(requirement.name)))
      }
    }
    return names
  }

  /// What others call it.
  private static func wanted(_ changed: ChangedEntry) -> [UInt8] {
    let name = changed.new.alias.isEmpty ? changed.new.name : changed.new.alias
    return Mentions.folded(name)
  }
}

/// Which names a document has as a key or at the start of a value, outside of their own entries.
private struct Mentions {
  private var found: Set<[UInt8]> = []
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
    look(for: text[..<end], owner, inventory)
    guard isSpecifier || !isKey, let at = text[..<end].dropFirst().firstIndex(of: UInt8(ascii: "@"))
    else { return }
    look(for: text[..<at], owner, inventory)
  }

  private mutating func look(
    for name: Slice<UnsafeRawBufferPointer>, _ owner: UInt32, _ inventory: Inventory
  ) {
    guard counts.contains(name.count) else { return }
    let folded = Self.folded(Array(name)[...])
    guard names.contains(folded), !found.contains(folded) else { return }
    if owner > 0 {
      let entry = inventory.entries[Int(owner) - 1]
      let own = entry.alias.isEmpty ? entry.name : entry.alias
      // What an entry says of itself is nobody else's wish.
      if Self.folded(inventory.document.bytes(own)) == folded { return }
    }
    found.insert(folded)
  }

  func contains(_ name: [UInt8]) -> Bool { found.contains(name) }

  /// In lower case with one separator: Python's names are written in several ways (PEP 503).
  static func folded(_ name: ArraySlice<UInt8>) -> [UInt8] { ArchiveName.normalised(name) }
}
