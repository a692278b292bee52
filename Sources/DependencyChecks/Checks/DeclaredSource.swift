internal import Documents
internal import Lockfiles
internal import Primitives

// What makes another source of a package less than a surprise: a manifest of the same push says so, the
// bytes are proven to be the same, or the package is a part of the repository.

extension CheckedChanges {
  /// The path of a manifest of this push, beside, above or below the lock, that declares where a package
  /// moves: a changed value names the package together with its new repository; or, for one that comes
  /// from the registry now, together with the old one, which is gone from it. A repository of several
  /// packages is declared for all of them by one that moves along.
  func manifestDeclaring(_ changed: ChangedEntry, from old: EntryView) -> [UInt8]? {
    let declared = memory.declared ?? DeclaredSources(files)
    memory.declared = declared
    // Each answer takes a walk over the manifests: who moves more packages is told the worst.
    memory.questions += 1
    guard memory.questions <= 1024 else { return nil }
    let (new, folder) = (changed.new, files[changed.file].folder)
    func isNear(_ file: Int) -> Bool { Self.areRelated(files[file].folder, folder) }
    let place: Int?
    switch new.entry.sourceKind {
    case .git, .url:
      let (from, to) = (old.address.place, new.address.place)
      guard let to else { return nil }
      place =
        declared.added.first {
          $0.place == to && isNear($0.file)
            && ($0.isAbout(new.name)
              || (from != nil && $0.replaced.contains(from ?? []))
              || $0.names.contains { isMoving($0, new.entry.ecosystem, to: to, like: old) })
        }?.file
        ?? declared.texts.first {
          memory.questions <= 64 && isNear($0) && files[$0].hasChangedLine(naming: new.name, at: to)
        }
    case .registry:
      guard new.source.isEmpty || isKnown(authorityOf: new.address) else { return nil }
      let from = old.entry.sourceKind == .workspace ? DeclaredSources.folder : old.address.place
      guard let from else { return nil }
      place =
        declared.removed.first {
          $0.place == from && isNear($0.file)
            && ($0.isAbout(new.name)
              || (old.entry.sourceKind == .git
                && $0.names.contains { isLeaving($0, new.entry.ecosystem, from: from) }))
        }?.file
        ?? declared.texts.first {
          memory.questions <= 64 && isNear($0)
            && files[$0].hasChangedLine(naming: new.name, at: from, isOld: true)
            && files[$0].hasChangedLine(naming: new.name, at: [])
            && !files[$0].hasChangedLine(naming: new.name, at: from)
        }
    case .path, .workspace, .unknown:
      place = nil
    }
    return place.map { files[$0].path }
  }

  /// Whether one folder is the other, or lies in it.
  private static func areRelated(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    return long.starts(with: short)
      && (short.isEmpty || long.count == short.count || long.dropFirst(short.count).first == 0x2f)
  }

  /// Whether a package that was there before comes from a repository now, as another does.
  private func isMoving(
    _ name: [UInt8], _ ecosystem: Ecosystem, to place: [UInt8], like old: EntryView
  ) -> Bool {
    let before = oldName(name[...], ecosystem)
    return newName(name[...], ecosystem).places.contains(ByteKey(place))
      && before.first(old.entry.sourceKind) != nil && !before.places.contains(ByteKey(place))
  }

  /// Whether a package came from a repository, and comes from the registry now.
  private func isLeaving(_ name: [UInt8], _ ecosystem: Ecosystem, from place: [UInt8]) -> Bool {
    oldName(name[...], ecosystem).places.contains(ByteKey(place))
      && newName(name[...], ecosystem).first(.registry) != nil
  }
}

extension FileDiff {
  /// Whether a changed line of a manifest that is a program names a package and its repository:
  /// `{:plug, github: "owner/plug"}`.
  ///
  /// - Parameters:
  ///   - place: host and repository; empty for a line that need name none.
  ///   - isOld: whether a line is meant that is gone.
  fileprivate func hasChangedLine(
    naming name: ArraySlice<UInt8>, at place: [UInt8], isOld: Bool = false
  ) -> Bool {
    let bytes = isOld ? old.bytes : new.bytes
    let short = place.drop { $0 != 0x2f }.dropFirst()
    for hunk in lines.hunks {
      let span = isOld ? hunk.old.bytes : hunk.new.bytes
      for line in bytes[span].split(separator: 0x0a) {
        let words = line.drop { $0 == 0x20 || $0 == 0x09 }
        guard words.count < 1024, words.first != 0x23, !words.starts(with: "//".utf8) else {
          continue
        }
        let lower = words.map { ($0 &- 0x41) < 26 ? $0 | 0x20 : $0 }
        let isShort = place.starts(with: "github.com/".utf8) && lower.contains(bytes: "github".utf8)
        if words.contains(word: name),
          place.isEmpty || lower.contains(bytes: place) || (isShort && lower.contains(bytes: short))
        {
          return true
        }
      }
    }
    return false
  }
}

/// Where the changed values of manifests say that packages come from.
struct DeclaredSources {
  struct Declaration {
    let file: Int
    /// Host and repository, or `folder`.
    let place: [UInt8]
    /// The keys above the address, one of which is the package's name.
    let names: [[UInt8]]
    /// The repositories that the same value named before.
    var replaced: [[UInt8]] = []

    func isAbout(_ name: ArraySlice<UInt8>) -> Bool {
      let name = DeclaredSources.normal(name)
      return names.contains { DeclaredSources.normal($0[...]) == name }
    }
  }

  /// What a manifest says now, and did not say before.
  private(set) var added: [Declaration] = []
  /// What it said before, and does not say now.
  private(set) var removed: [Declaration] = []
  /// Changed manifests that are programs.
  private(set) var texts: [Int] = []

  /// The place of a package that is a folder of the project.
  static let folder = Array("path".utf8)
  /// A push that declares more is not judged by its manifests.
  private static let most = 512

  init(_ files: [FileDiff]) {
    for (index, file) in files.enumerated() where file.format?.fileClass == .manifests {
      if file.format?.syntax == .text {
        let size = file.lines.hunks.reduce(0) { $0 + $1.new.bytes.count }
        if texts.count < 4, size < 1 << 16 { texts.append(index) }
        continue
      }
      for fact in file.facts {
        guard added.count + removed.count < Self.most else { return }
        let before = Self.declarations(index, file.old.inventory?.document, fact.old, fact.path)
        let after = Self.declarations(index, file.new.inventory?.document, fact.new, fact.path)
        added += after.filter { new in !before.contains { $0.place == new.place } }.map {
          var declaration = $0
          declaration.replaced = before.map(\.place)
          return declaration
        }
        removed += before.filter { old in !after.contains { $0.place == old.place } }
      }
    }
  }

  /// The addresses in a value, each with the keys above it.
  private static func declarations(
    _ file: Int, _ document: Document?, _ node: NodeID?, _ path: [[UInt8]]
  ) -> [Declaration] {
    guard let document, let node else { return [] }
    var found: [Declaration] = []
    add(node, path, document, file, &found)
    guard !found.isEmpty else { return [] }
    let real = realName(at: path, in: document)
    return found.map { Declaration(file: file, place: $0.place, names: $0.names + real) }
  }

  /// Cargo's `package` is the name of what has another one in its table.
  private static func realName(of node: NodeID, in document: Document) -> [[UInt8]] {
    document.text("package", of: node).map { [Array(document.bytes($0))] } ?? []
  }

  /// The same for a value by the keys that lead to it.
  private static func realName(at path: [[UInt8]], in document: Document) -> [[UInt8]] {
    var node = NodeID.root
    for key in path.dropLast() {
      guard document.isObject(node),
        let child = document.children(node).first(where: {
          document.bytes(document.key($0)).elementsEqual(key)
        })
      else { return [] }
      node = child
    }
    return realName(of: node, in: document)
  }

  private static func add(
    _ node: NodeID, _ path: [[UInt8]], _ document: Document, _ file: Int,
    _ found: inout [Declaration]
  ) {
    guard found.count < most, path.count < 16 else { return }
    guard document.isScalar(node) else {
      let real = realName(of: node, in: document)
      for child in document.children(node) {
        let key = document.bytes(document.key(child))
        add(child, path + real + (key.isEmpty ? [] : [Array(key)]), document, file, &found)
      }
      return
    }
    let text = document.text(node)
    if path.last == folder {
      found.append(Declaration(file: file, place: folder, names: path))
      return
    }
    var (address, names) = (document.bytes(text), path)
    // `name @ git+https://...` (PEP 508)
    if let mark = document.firstIndex(of: " @ ", in: text) {
      let name = document.prefix(document.pythonNameEnd(text), of: text)
      names.append(Array(document.bytes(name)))
      address = address.dropFirst(mark + 3)
    }
    guard address.count < 1024, let place = SourceAddress(address, .git).place else { return }
    found.append(Declaration(file: file, place: place, names: names))
  }

  /// A name in the one form that all its spellings have (PEP 503; crates.io and pub allow no two names
  /// that differ in this only).
  static func normal(_ name: ArraySlice<UInt8>) -> [UInt8] {
    name.map { byte in
      switch byte {
      case 0x41...0x5a: byte | 0x20
      case 0x2d, 0x2e: 0x5f
      default: byte
      }
    }
  }
}

extension SourceAddress {
  /// Host and repository: `git.example/owner/name`; `nil` for what has no host.
  var place: [UInt8]? {
    var repository = repository
    // A commit may stand behind it: `name.git@0a1b`.
    if let at = repository.lastIndex(of: 0x40), at > 0 {
      repository.removeSubrange(at...)
      if repository.suffix(4).elementsEqual(".git".utf8) { repository.removeLast(4) }
    }
    return host.isEmpty || repository.isEmpty ? nil : host + [0x2f] + repository
  }
}

extension Collection<UInt8> {
  /// Whether a name stands in these by itself: not in another name, nor in a path.
  fileprivate func contains(word: ArraySlice<UInt8>) -> Bool {
    split { !Self.isName($0) }.contains { $0.elementsEqual(word) }
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d, 0x2e, 0x2f: true
    default: false
    }
  }
}

extension EntryView {
  /// Whether it is fetched as one file, which its digest is over.
  var isArchive: Bool { entry.sourceKind == .registry || entry.sourceKind == .url }

  /// Whether its digests prove that it is the same bytes as another entry: each that cannot be forged
  /// stands there, and there is one.
  func hasDigests(of other: EntryView) -> Bool {
    let theirs = Set(other.integrity.map { ByteKey(Array($0)) })
    let strong = integrity.filter { (IntegrityValue($0)?.algorithm ?? .unknown) >= .sha256 }
    return !strong.isEmpty && strong.allSatisfy { theirs.contains(ByteKey(Array($0))) }
  }

  /// Whether a path, seen from a folder of the repository, leads to no place outside of it.
  func staysInside(_ folder: ArraySlice<UInt8>) -> Bool {
    UnusualSource.staysInside(source, folder)
  }
}
