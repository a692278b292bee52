internal import Documents
internal import Primitives

/// `Podfile.lock` of CocoaPods (CocoaPods/Core, `lockfile.rb`).
///
/// A pod of `PODS` is `Name (1.0)` or such a key over what it needs; where it comes from and its
/// checksum stand in sections of their own, under the name before the first slash.
enum PodfileLock {
  static let format = Format(
    "podfile-lock", files: ["Podfile.lock"],
    source: "CocoaPods: Using CocoaPods, \"What is Podfile.lock\" 2026-11-30", .locks, .yaml,
    keys: [
      KeyRule("PODS", .dependency), KeyRule("PODS/*", .dependency),
      // A pod over what it needs.
      KeyRule("PODS/*/*", .dependency), KeyRule("PODS/*/*/*", .dependency),
      KeyRule("DEPENDENCIES/**", .dependency),
      KeyRule("SPEC REPOS/**", .origin), KeyRule("EXTERNAL SOURCES/**", .origin),
      KeyRule("CHECKOUT OPTIONS/**", .origin), KeyRule("SPEC CHECKSUMS/**", .dependency),
      KeyRule("PODFILE CHECKSUM", .dependency), KeyRule("COCOAPODS", .dependency),
    ], freeOrder: [.yaml], digests: DigestForm.sha1, read: read)

  private struct Origin {
    var kind: Entry.SourceKind
    var source: Excerpt = .empty
    var revision: Excerpt = .empty
  }

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    guard let pods = root["PODS"], pods.isArray else { throw root.unread(.wrongShape) }
    let origins = origins(root)
    var direct: Set<Excerpt> = []
    for wanted in root.children("DEPENDENCIES") {
      let (name, version) = wanted.text.cutParenthesis ?? (wanted.text, .empty)
      direct.insert(name)
      reader.addRequirement(wanted, name, version)
    }
    var checksums: [Excerpt: Excerpt] = [:]
    for checksum in root.children("SPEC CHECKSUMS") { checksums[checksum.key] = checksum.text }
    for pod in pods { try add(pod, origins, checksums, direct, &reader) }
  }

  /// By the pods' names. What was checked out names the commit; of what is external only the wish is
  /// known.
  private static func origins(_ root: Cursor) -> [Excerpt: Origin] {
    var origins: [Excerpt: Origin] = [:]
    for section: StaticString in ["CHECKOUT OPTIONS", "EXTERNAL SOURCES"] {
      for pod in root.children(section) where origins[pod.key] == nil {
        origins[pod.key] = origin(of: pod)
      }
    }
    for repository in root.children("SPEC REPOS") {
      // `trunk` is the default.
      let url = repository.key == "trunk" ? .empty : repository.key
      for pod in repository where origins[pod.text] == nil {
        origins[pod.text] = Origin(kind: .registry, source: url)
      }
    }
    return origins
  }

  private static func origin(of pod: Cursor) -> Origin {
    var origin = Origin(kind: .unknown)
    let kinds: [(StaticString, Entry.SourceKind)] = [
      (":git", .git), (":http", .url), (":podspec", .path), (":path", .path),
    ]
    for (key, kind) in kinds {
      guard let source = pod[text: key] else { continue }
      // A specification may be fetched too.
      origin = Origin(kind: kind == .path && source.contains("://") ? .url : kind, source: source)
      break
    }
    for key: StaticString in [":commit", ":tag", ":branch"] where origin.revision.isEmpty {
      origin.revision = pod[text: key] ?? .empty
    }
    return origin
  }

  private static func add(
    _ pod: Cursor, _ origins: [Excerpt: Origin], _ checksums: [Excerpt: Excerpt],
    _ direct: Set<Excerpt>, _ reader: inout EntryReader
  ) throws(Unread) {
    // A pod that depends on others is an object with one member.
    guard !pod.isObject || pod.count == 1 else { throw pod.unread(.wrongShape) }
    let text = pod.isObject ? pod.first?.key ?? .empty : pod.text
    guard let (name, version) = text.cutParenthesis, !version.isEmpty else {
      throw pod.unread(.wrongShape)
    }
    var entry = Draft(pod, .cocoapods, name)
    entry.version = version
    entry.isDirect = direct.contains(name)
    let root = name.prefix(before: "/")
    // Locks of CocoaPods before 1.2 do not say which repository.
    let origin = origins[root] ?? Origin(kind: .registry)
    entry.sourceKind = origin.kind
    entry.source = origin.source
    entry.revision = origin.revision
    let digests = try checksums[root].map { (sum) throws(Unread) in [try "sha1:" + sum] }
    reader.add(entry, integrity: digests ?? [])
  }
}
