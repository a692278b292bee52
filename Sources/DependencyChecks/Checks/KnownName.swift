internal import Documents
internal import Lockfiles
internal import Primitives

/// What one side of all files says of one name, gathered in one walk over its entries, however often it
/// is asked for.
///
/// A name may have any number of entries. Those that say the same count once, and of one release as many
/// are kept as a reviewer could look at: an entry that is compared with fewer is called different sooner.
struct KnownName {
  /// The first entry of each kind of source, in the order of the files.
  private(set) var kinds: [EntryView] = []
  private(set) var origins: Set<Origin> = []
  private(set) var aliases: Set<ByteKey> = []
  /// Whether installing any of them runs code.
  private(set) var runsCode = false
  private(set) var highest: EntryView?
  private(set) var isEmpty = true
  private var releases: [ByteKey: KnownRelease] = [:]
  /// Where git repositories and registries are.
  private(set) var places: Set<ByteKey> = []

  mutating func add(_ view: EntryView) {
    isEmpty = false
    if !kinds.contains(where: { $0.entry.sourceKind == view.entry.sourceKind }) {
      kinds.append(view)
    }
    for alias in view.aliases { aliases.insert(ByteKey(Array(alias))) }
    if view.entry.runsCode == .yes { runsCode = true }
    if let highest {
      if VersionOrder.compare(highest.version, view.version) ?? 0 < 0 { self.highest = view }
    } else {
      highest = view
    }
    if releases[ByteKey(Array(view.version)), default: KnownRelease()].add(view) {
      origins.insert(view.origin)
      if let place = view.address.place { places.insert(ByteKey(place)) }
    }
  }

  func first(_ kind: Entry.SourceKind) -> EntryView? {
    kinds.first { $0.entry.sourceKind == kind }
  }

  func contains(version: ArraySlice<UInt8>) -> Bool {
    releases[ByteKey(Array(version))] != nil
  }

  /// Entries of the same version that may be the same archive as another one (`EntryView.mayBe`).
  func sameRelease(as view: EntryView) -> [KnownEntry] {
    releases[ByteKey(Array(view.version))]?.candidates(for: view) ?? []
  }
}

/// An entry and what checks ask of it, worked out once.
final class KnownEntry {
  let view: EntryView
  private(set) lazy var origin = view.origin
  /// Where it and its archives come from.
  private(set) lazy var archiveOrigins = Set(view.origins)
  private(set) lazy var digests = DigestSet(view)

  init(_ view: EntryView) { self.view = view }
}

/// The entries of one name and version.
private struct KnownRelease {
  /// By kind, and by what tells archives of one release apart.
  private var lists: [Key: [KnownEntry]] = [:]
  private var seen: Set<ByteKey> = []

  /// More of them say nothing more.
  private static let most = 16

  private struct Key: Hashable {
    let kind: Entry.SourceKind
    let shape: ArchiveMark.Shape?
    let mark: ArchiveMark?
  }

  /// - Returns: whether it says anything new.
  mutating func add(_ view: EntryView) -> Bool {
    let (kind, mark) = (view.entry.sourceKind, view.archiveMark)
    let keys = [
      Key(kind: kind, shape: nil, mark: mark), Key(kind: kind, shape: mark.shape, mark: nil),
      Key(kind: kind, shape: nil, mark: nil),
    ]
    guard keys.contains(where: { lists[$0]?.count ?? 0 < Self.most }),
      seen.insert(ByteKey(view.statement)).inserted
    else { return false }
    let known = KnownEntry(view)
    for key in keys where lists[key]?.count ?? 0 < Self.most {
      lists[key, default: []].append(known)
    }
    return true
  }

  func candidates(for view: EntryView) -> [KnownEntry] {
    let (kind, mark) = (view.entry.sourceKind, view.archiveMark)
    var found: [KnownEntry] = []
    if kind == .git || mark.shape == .none {
      found += lists[Key(kind: kind, shape: nil, mark: nil)] ?? []
    } else {
      found += lists[Key(kind: kind, shape: nil, mark: mark)] ?? []
      for shape in ArchiveMark.Shape.allCases where shape != mark.shape {
        found += lists[Key(kind: kind, shape: shape, mark: nil)] ?? []
      }
    }
    for other in Entry.SourceKind.allCases where other != kind {
      found += lists[Key(kind: other, shape: nil, mark: nil)] ?? []
    }
    return found
  }
}

/// What tells the archives of one release apart, as far as an entry says: two builds of one conda package,
/// the platforms of one gem, a Go module and its `go.mod` have digests of their own and are not the same.
enum ArchiveMark: Hashable {
  case none
  /// The name of the file.
  case file(ByteKey)
  /// The locator.
  case own(ByteKey)

  enum Shape: CaseIterable { case none, file, own }

  var shape: Shape {
    switch self {
    case .none: .none
    case .file: .file
    case .own: .own
    }
  }

  func mayBe(_ other: ArchiveMark) -> Bool {
    shape != other.shape || self == other
  }
}

extension EntryView {
  var archiveMark: ArchiveMark {
    if entry.sourceKind == .git { return .none }
    if entry.ecosystem == .gem
      // Gradle's verification names each file of a module: the archive, its POM, its sources.
      || ((entry.ecosystem == .golang || entry.ecosystem == .maven) && source.isEmpty)
    {
      return .own(ByteKey(Array(locator)))
    }
    return artifact.map { .file(ByteKey(Array($0))) } ?? .none
  }

  /// Whether two entries of one name and version may be the same archive.
  func mayBe(_ other: EntryView) -> Bool {
    guard entry.sourceKind == other.entry.sourceKind, entry.sourceKind != .git else { return true }
    return archiveMark.mayBe(other.archiveMark)
  }

  /// The file that the address names, when the version is part of its name; for conda with the folder of
  /// its platform, because one file name stands in several.
  private var artifact: ArraySlice<UInt8>? {
    let (source, version) = (source, version)
    guard let slash = source.lastIndex(of: UInt8(ascii: "/")), !version.isEmpty else { return nil }
    let file = source[(slash + 1)...].prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
    guard file.contains(bytes: version) else { return nil }
    guard entry.ecosystem == .conda,
      let folder = source[..<slash].lastIndex(of: UInt8(ascii: "/"))
    else { return file }
    return source[(folder + 1)..<file.endIndex]
  }

  /// All that a comparison of two releases looks at, as one key.
  fileprivate var statement: [UInt8] {
    var key = Array(entry.sourceKind.rawValue.utf8)
    for text in [source, revision] + integrity {
      key.append(0)
      key += text
    }
    return key
  }
}
