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
      let root = try reader.root.object()
      try addAll(in: root[":deps"], under: .empty, .runtime, &reader)
      for alias in try root.values(":aliases") where alias.isObject {
        let lists: [StaticString] = [
          ":deps", ":extra-deps", ":replace-deps", ":override-deps", ":default-deps",
        ]
        for list in lists {
          try addAll(in: alias[list], under: alias.key, .development, &reader)
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
    in list: Cursor?, under alias: Excerpt, _ scope: Entry.Scope, _ reader: inout EntryReader
  ) throws(Unread) {
    // `nil` stands for an empty map.
    guard let list, !list.isScalar else { return }
    let place = alias.isEmpty ? alias : try alias + " " + list.key
    for library in try list.object() { try add(library, at: place, scope, &reader) }
  }

  private static func add(
    _ library: Cursor, at place: Excerpt, _ scope: Entry.Scope, _ reader: inout EntryReader
  ) throws(Unread) {
    let name = library.key
    var entry = Draft(
      library, .maven, name, locator: place.isEmpty ? name : try place + " " + name)
    entry.scope = scope
    entry.isDirect = true
    // A library without a coordinate takes it from another list.
    guard !library.isScalar else { return }
    try library.object()
    if let version = library[text: ":mvn/version"] {
      entry.version = version
      entry.sourceKind = .registry
    } else if let root = library[text: ":local/root"] {
      entry.source = root
      entry.sourceKind = .path
    } else if let revision = library[text: ":git/sha"] ?? library[text: ":sha"] {
      entry.sourceKind = .git
      entry.revision = revision
      entry.version = library[text: ":git/tag"] ?? library[text: ":tag"] ?? .empty
      let own = library[text: ":git/url"]
      entry.source = if let own { own } else { try address(of: name) }
    }
    // A Git library may have to be compiled first, by a function of its own (`:deps/prep-lib`).
    reader.add(entry)
  }

  /// `io.github.owner/name` is a repository without saying so.
  private static func address(of name: Excerpt) throws(Unread) -> Excerpt {
    let forges: [(StaticString, StaticString)] = [
      ("io.github.", "https://github.com/"), ("com.github.", "https://github.com/"),
      ("io.gitlab.", "https://gitlab.com/"), ("com.gitlab.", "https://gitlab.com/"),
      ("io.bitbucket.", "https://bitbucket.org/"), ("org.bitbucket.", "https://bitbucket.org/"),
      ("io.beanstalkapp.", "https://beanstalkapp.com/"), ("ht.sr.", "https://git.sr.ht/"),
    ]
    for (prefix, address) in forges {
      if let path = name.removing(prefix: prefix) { return try address + path }
    }
    return .empty
  }
}
