internal import Documents
internal import Lockfiles
internal import Primitives

/// What HK228 says of manifests whose locks do not repeat their words: a wish that came with this push
/// is locked under its name, and in its version where it names one.
struct ManifestWishes {
  private struct Wish: Hashable {
    let name: [UInt8]
    let specification: [UInt8]
  }

  private let file: FileDiff
  private let manifest: Inventory
  private let kind: String

  /// - Returns: nothing for a file that is no manifest, or asks for what it asked for before.
  private init?(_ file: FileDiff) {
    guard file.format?.fileClass == .manifests, !file.isUntouched,
      let manifest = file.new.inventory, let kind = file.format?.name
    else { return nil }
    self.file = file
    self.manifest = manifest
    self.kind = kind
  }

  /// What is wrong, in words, and how bad it is, for each manifest of the push.
  static func words(
    _ file: FileDiff, among changes: borrowing CheckedChanges
  ) -> Statements {
    var nothing = Statements()
    guard let wishes = ManifestWishes(file) else { return nothing }
    let locks = FormatRegistry.all.filter { $0.manifest?.format == wishes.kind }
    guard !locks.isEmpty else { return nothing }
    let kinds = Set(locks.map(\.name))
    let fresh = wishes.fresh()
    let near = wishes.foldersAbove().flatMap { changes.files(in: $0) }.map { changes.files[$0] }
      .filter { kinds.contains($0.format?.name ?? "") && !$0.isUntouched }
    guard !near.isEmpty else {
      // A library has no lock at all, so that this is worth a line and no more.
      let isOther = file.old.inventory != nil && (!fresh.isEmpty || wishes.hasDropped())
      if isOther {
        nothing.insert(
          [], .notice, "asks for other packages than before, and no lock changed with it")
      }
      return nothing
    }
    // What a lock repeats word for word is compared with it elsewhere.
    guard !locks.contains(where: { $0.manifest?.isRepeated == true }), !fresh.isEmpty,
      let lock = near.max(by: { $0.folder.count < $1.folder.count })?.new.inventory,
      wishes.isPart(of: lock)
    else { return nothing }
    return wishes.missing(fresh, in: lock)
  }

  /// Where the manifest's lock may be: beside it, or above for what has workspaces.
  private func foldersAbove() -> [ArraySlice<UInt8>] {
    var folder = file.folder
    var folders = [folder]
    guard kind == "cargo-manifest" || kind == "package-json" else { return folders }
    while !folder.isEmpty {
      folder = folder[..<(folder.lastIndex(of: UInt8(ascii: "/")) ?? folder.startIndex)]
      folders.append(folder)
    }
    return folders
  }

  /// Requirements that count, and were not there before in the same words.
  private func fresh() -> [Requirement] {
    let before = Set(wishes(of: file.old.inventory))
    return manifest.requirements.filter {
      counts($0, in: manifest) && !before.contains(wish($0, manifest))
    }
  }

  private func hasDropped() -> Bool {
    let now = Set(wishes(of: manifest).map(\.name))
    return wishes(of: file.old.inventory).contains { !now.contains($0.name) }
  }

  private func wishes(of inventory: Inventory?) -> [Wish] {
    guard let inventory else { return [] }
    return inventory.requirements.filter { counts($0, in: inventory) }.map { wish($0, inventory) }
  }

  private func wish(_ requirement: Requirement, _ inventory: Inventory) -> Wish {
    Wish(
      name: Array(inventory.document.bytes(requirement.name)),
      specification: Array(inventory.document.bytes(requirement.specification)))
  }

  /// Whether a requirement must be locked whatever the platform: what a marker, a workspace or a build
  /// leaves open is not judged.
  private func counts(_ requirement: Requirement, in inventory: Inventory) -> Bool {
    let (document, node) = (inventory.document, requirement.node)
    let name = document.bytes(requirement.name)
    switch kind {
    case "cargo-manifest":
      // `[workspace.dependencies]` has no member, and is not locked while no member uses it.
      return !requirement.member.isEmpty && document.child("workspace", of: node) == nil
    case "pyproject":
      guard requirement.scope == .runtime, !name.elementsEqual("python".utf8) else { return false }
      if document.isScalar(node) {
        return document.firstIndex(of: 0x3b, in: document.text(node)) == nil
      }
      return document.isObject(node)
        && !(["markers", "python", "platform", "optional", "extras"] as [StaticString])
          .contains { document.child($0, of: node) != nil }
    case "composer-manifest":
      // Those without a vendor stand for PHP and its extensions.
      return name.contains(0x2f)
    default:
      return true
    }
  }

  /// Whether the lock is the manifest's own: a crate outside of the workspace has another one.
  private func isPart(of lock: Inventory) -> Bool {
    guard kind == "cargo-manifest" else { return true }
    guard let member = manifest.requirements.first(where: { !$0.member.isEmpty })?.member else {
      return false
    }
    let name = manifest.document.bytes(member)
    return lock.entries.contains {
      $0.sourceKind == .workspace && lock.document.bytes($0.name) == name
    }
  }

  private func missing(_ wishes: [Requirement], in lock: Inventory) -> Statements {
    var versions: [[UInt8]: [Entry]] = [:]
    let replaced = kind == "go-mod" ? goReplaced() : composerReplaced(lock)
    for wish in wishes { versions[normal(manifest.document.bytes(wish.name))] = [] }
    for entry in lock.entries {
      let name = normal(lock.document.bytes(entry.name))
      if versions[name] != nil { versions[name]?.append(entry) }
    }
    var words = Statements()
    for wish in wishes {
      let name = manifest.document.bytes(wish.name)
      let held = versions[normal(name)] ?? []
      let asked = manifest.document.bytes(wish.specification)
      let shown = "\(Escaped.text(name, limit: 80)) \(Escaped.text(asked, limit: 40))"
      if replaced.contains(Array(name)) { continue }
      if held.isEmpty {
        words.insert([name, asked], .high, "\(shown)   is asked for and not locked")
      } else if let exact = exact(asked), !held.contains(where: { isVersion(exact, $0, lock) }) {
        let version = held.first.map { Escaped.text(lock.document.bytes($0.version), limit: 40) }
        words.insert([name, asked, exact], .high, "\(shown)   is locked as \(version ?? "")")
      }
    }
    return words
  }

  private func normal(_ name: ArraySlice<UInt8>) -> [UInt8] {
    kind == "go-mod" ? Array(name) : DeclaredSources.normal(name)
  }

  /// The version that a requirement names without leaving a choice; `nil` where it leaves one.
  private func exact(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    switch kind {
    case "go-mod": return text
    case "cargo-manifest":
      guard text.first == 0x3d else { return nil }
      return plain(text.dropFirst())
    case "pyproject":
      return text.starts(with: "==".utf8) ? plain(text.dropFirst(2)) : nil
    case "pubspec-yaml", "composer-manifest": return plain(text)
    default: return nil
    }
  }

  /// A version of three numbers and nothing else.
  private func plain(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let text = text.drop { $0 == 0x20 }
    let isPlain = text.allSatisfy { $0 == 0x2e || (0x30...0x39).contains($0) }
    return isPlain && text.split(separator: 0x2e).count == 3 ? text : nil
  }

  private func isVersion(_ wanted: ArraySlice<UInt8>, _ entry: Entry, _ lock: Inventory) -> Bool {
    let version = lock.document.bytes(entry.version)
    if kind == "go-mod" { return version == wanted }
    // What comes from elsewhere has the version that it has there.
    guard entry.sourceKind == .registry, let order = VersionOrder.compare(version, wanted) else {
      return true
    }
    return order == 0
  }

  /// Modules that a `replace` moves: go.sum has their replacements.
  private func goReplaced() -> Set<[UInt8]> {
    guard let list = manifest.document.child("replace", of: .root) else { return [] }
    return Set(
      manifest.document.children(list).map {
        Array(manifest.document.bytes(manifest.document.key($0)).prefix { $0 != 0x20 })
      })
  }

  /// Packages that another one stands for (`replace` and `provide` of composer).
  private func composerReplaced(_ lock: Inventory) -> Set<[UInt8]> {
    guard kind == "composer-manifest" else { return [] }
    var names: Set<[UInt8]> = []
    for entry in lock.entries {
      for key in ["replace", "provide"] as [StaticString] {
        guard let list = lock.document.child(key, of: entry.node) else { continue }
        for node in lock.document.children(list) {
          names.insert(Array(lock.document.bytes(lock.document.key(node))))
        }
      }
    }
    return names
  }
}
