internal import Documents
internal import Primitives

/// `deps.edn` (Clojure documentation, "deps.edn reference") and Babashka's `bb.edn`.
///
/// A coordinate names a version of a Maven artifact, a commit of a repository or a folder, so each is an
/// entry. Everything else in the two files is a class path, a function or an option of the JVM.
enum ClojureDependencies {
  static let format = Format(
    "deps-edn", files: ["deps.edn", "bb.edn"], .manifests, .edn,
    keys: [
      KeyRule(":mvn~1repos/**", .origin), KeyRule(":mvn~1local-repo", .origin),
      KeyRule(":paths/**", .runsCode), KeyRule(":deps~1prep-lib/**", .runsCode),
      KeyRule(":tools~1usage/**", .runsCode), KeyRule(":tasks/**", .runsCode),
      KeyRule(":pods/**", .runsCode), KeyRule(":deps", .dependency),
      KeyRule(
        versionKeys, in: ":deps/*", ":aliases/*/:deps/*", ":aliases/*/:extra-deps/*",
        ":aliases/*/:replace-deps/*", ":aliases/*/:override-deps/*",
        ":aliases/*/:default-deps/*", is: .dependency),
      KeyRule(
        sourceKeys, in: ":deps/*", ":aliases/*/:deps/*", ":aliases/*/:extra-deps/*",
        ":aliases/*/:replace-deps/*", ":aliases/*/:override-deps/*",
        ":aliases/*/:default-deps/*", is: .origin),
      KeyRule(":aliases/*/:classpath-overrides/**", .origin),
      // An alias is any data, and tools run what is in it.
      KeyRule(":aliases/**", .runsCode),
    ],
    freeOrder: [
      FreeOrder("**", because: "maps of EDN have no order (edn-format, Maps); Clojure reads maps")
    ],
    read: { (reader) throws(Unread) in
      guard reader.document.isObject(reader.root) else {
        throw reader.unread(.wrongShape, reader.root)
      }
      try addAll(in: ":deps", of: reader.root, under: .empty, .runtime, &reader)
      for alias in try reader.values(":aliases", of: reader.root) {
        guard reader.document.isObject(alias) else { continue }
        let lists: [StaticString] = [
          ":deps", ":extra-deps", ":replace-deps", ":override-deps", ":default-deps",
        ]
        for list in lists {
          try addAll(
            in: list, of: alias, under: reader.document.key(alias), .development, &reader)
        }
      }
    })

  private static let versionKeys: [StaticString] = [
    ":mvn~1version", ":git~1sha", ":git~1tag", ":sha", ":tag", ":exclusions/**", ":classifier",
    ":extension", ":git~1url", ":local~1root",
  ]

  private static let sourceKeys: [StaticString] = [
    ":deps~1root", ":deps~1manifest",
  ]

  private static func addAll(
    in key: StaticString, of node: NodeID, under alias: Text, _ scope: Entry.Scope,
    _ reader: inout EntryReader
  ) throws(Unread) {
    guard let list = reader.document.child(key, of: node) else { return }
    // `nil` stands for an empty map.
    if reader.document.isScalar(list) { return }
    guard reader.document.isObject(list) else { throw reader.unread(.wrongShape, list) }
    let place =
      alias.isEmpty ? .empty : try reader.compose(alias, " ", reader.document.key(list))
    for coordinate in reader.children(of: list) {
      try add(coordinate, at: place, scope, &reader)
    }
  }

  private static func add(
    _ node: NodeID, at place: Text, _ scope: Entry.Scope, _ reader: inout EntryReader
  ) throws(Unread) {
    let document = reader.document
    let name = document.key(node)
    let locator = place.isEmpty ? name : try reader.compose(place, " ", name)
    var entry = Entry(node: node, locator: locator, name: name, ecosystem: .maven)
    entry.scope = scope
    entry.isDirect = true
    // A library without a coordinate takes it from another list.
    guard document.isObject(node) else {
      guard document.isScalar(node) else { throw reader.unread(.wrongShape, node) }
      return
    }
    if let version = document.text(":mvn/version", of: node) {
      entry.version = version
      entry.sourceKind = .registry
    } else if let root = document.text(":local/root", of: node) {
      entry.source = root
      entry.sourceKind = .path
    } else if let revision = document.text(":git/sha", of: node)
      ?? document.text(":sha", of: node)
    {
      entry.sourceKind = .git
      entry.revision = revision
      entry.version =
        document.text(":git/tag", of: node) ?? document.text(":tag", of: node) ?? .empty
      if let address = document.text(":git/url", of: node) {
        entry.source = address
      } else {
        entry.source = try address(of: name, &reader)
      }
    }
    // A Git library may have to be compiled first, by a function of its own (`:deps/prep-lib`).
    reader.add(entry)
  }

  /// `io.github.owner/name` is a repository without saying so.
  private static func address(of name: Text, _ reader: inout EntryReader) throws(Unread) -> Text {
    let forges: [(StaticString, StaticString)] = [
      ("io.github.", "https://github.com/"), ("com.github.", "https://github.com/"),
      ("io.gitlab.", "https://gitlab.com/"), ("com.gitlab.", "https://gitlab.com/"),
      ("io.bitbucket.", "https://bitbucket.org/"), ("org.bitbucket.", "https://bitbucket.org/"),
      ("io.beanstalkapp.", "https://beanstalkapp.com/"), ("ht.sr.", "https://git.sr.ht/"),
    ]
    for (prefix, address) in forges where reader.document.starts(name, with: prefix) {
      return try reader.compose(
        address, reader.document.dropFirst(prefix.utf8CodeUnitCount, of: name))
    }
    return .empty
  }
}
