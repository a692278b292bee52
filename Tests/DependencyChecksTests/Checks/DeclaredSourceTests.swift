import DependencyChecks
import Lockfiles
import Testing

@Suite("Moves that are explained")
struct DeclaredSourceTests {
  private static let registry = "registry+https://git.example/index"

  /// A `Cargo.lock` of packages, each from a source and with a digest when it is the registry.
  private static func lock(_ packages: (name: String, source: String)...) -> String {
    packages.reduce("version = 4\n") { text, package in
      let digest =
        package.source == registry ? "checksum = \"\(String(repeating: "a", count: 64))\"\n" : ""
      return text + "\n[[package]]\nname = \"\(package.name)\"\nversion = \"1.0.0\"\n"
        + "source = \"\(package.source)\"\n" + digest
    }
  }

  private static func git(_ repository: String) -> String {
    "git+https://git.example/\(repository)?branch=main#0123456789012345678901234567890123456789"
  }

  private struct Change {
    let path: String
    let old: String?
    let new: String?
  }

  /// The severities of the findings of one kind.
  private func severities(
    _ codes: Set<Int>, _ changes: Change..., rules: DependencyRules = DependencyRules()
  ) throws -> [String] {
    let files = try changes.map { change in
      let path = Array(change.path.utf8)
      return DependencyFile(
        path: path, match: try #require(Catalog.match(path)),
        old: change.old.map { .init(bytes: Array($0.utf8)) },
        new: change.new.map { .init(bytes: Array($0.utf8)) })
    }
    return DependencyDiff(files, rules: rules).findings.filter { codes.contains($0.code) }
      .map { "\($0.severity) \($0.detail)" }
  }

  private static let moved = Change(
    path: "Cargo.lock", old: lock(("a", registry), ("b", registry)),
    new: lock(("a", git("o/a")), ("b", registry)))

  @Test(
    "a move to a repository is high where a manifest beside, above or below names both",
    arguments: [
      ("Cargo.toml", "[dependencies]\na = { git = \"https://git.example/o/a\" }\n"),
      ("Cargo.toml", "[patch.crates-io]\na = { git = \"https://git.example/o/a.git\" }\n"),
      (
        "Cargo.toml", "[dependencies]\nx = { package = \"a\", git = \"https://git.example/o/a\" }\n"
      ),
      ("crates/x/Cargo.toml", "[dependencies.a]\ngit = \"https://git.example/O/A\"\n"),
    ])
  func declared(path: String, manifest: String) throws {
    let found = try severities(
      [210], Self.moved,
      Change(path: path, old: "[dependencies]\na = \"1\"\n", new: manifest))
    #expect(found == ["high a 1.0.0   git.example -> git git.example/o/a, as \(path) says"])
  }

  @Test(
    "a move stays critical where no manifest explains it",
    arguments: [
      // Another repository, another package, a place elsewhere, a value that did not change.
      ("Cargo.toml", "[dependencies]\na = { git = \"https://git.example/o/other\" }\n"),
      ("Cargo.toml", "[dependencies]\na = { git = \"https://evil.example/o/a\" }\n"),
      ("Cargo.toml", "[dependencies]\nz = { git = \"https://git.example/o/a\" }\n"),
      ("package.json", #"{"dependencies": {"b": "git+https://git.example/o/a.git"}}"#),
      ("Cargo.toml", "[dependencies]\na = \"1\"\n# https://git.example/o/a\n"),
    ])
  func undeclared(path: String, manifest: String) throws {
    let old = path == "Cargo.toml" ? "[dependencies]\na = \"1\"\n" : "{}"
    let found = try severities([210], Self.moved, Change(path: path, old: old, new: manifest))
    #expect(found == ["critical a 1.0.0   git.example -> git git.example/o/a"])
  }

  @Test("a manifest of a folder that is neither above nor below explains nothing")
  func elsewhere() throws {
    let found = try severities(
      [210],
      Change(path: "one/Cargo.lock", old: Self.moved.old, new: Self.moved.new),
      Change(
        path: "one-more/Cargo.toml", old: "[dependencies]\na = \"1\"\n",
        new: "[dependencies]\na = { git = \"https://git.example/o/a\" }\n"))
    #expect(found == ["critical a 1.0.0   git.example -> git git.example/o/a"])
  }

  @Test("what the manifest said before the push explains nothing now")
  func stale() throws {
    let manifest = "[dependencies]\na = { git = \"https://git.example/o/a\" }\n"
    let found = try severities(
      [210], Self.moved, Change(path: "Cargo.toml", old: manifest, new: manifest + "z = \"1\"\n"))
    #expect(found == ["critical a 1.0.0   git.example -> git git.example/o/a"])
  }

  @Test("packages of one repository are declared by one of them that moves along, others are not")
  func siblings() throws {
    let old = Self.lock(("a-core", Self.registry), ("b", Self.registry), ("c", Self.registry))
    let new = Self.lock(
      ("a-core", Self.git("o/a")), ("b", Self.git("o/a")), ("c", Self.git("evil/c")))
    let found = try severities(
      [210], Change(path: "Cargo.lock", old: old, new: new),
      Change(
        path: "Cargo.toml", old: "[dependencies]\na-core = \"1\"\n",
        new: "[dependencies]\na-core = { git = \"https://git.example/o/a\" }\n"))
    #expect(found.count == 3)
    #expect(found.filter { $0.hasPrefix("critical") }.map { $0.hasPrefix("critical c ") } == [true])
  }

  @Test("a way back to the registry is high where the manifest drops the repository")
  func back() throws {
    let lock = Change(path: "Cargo.lock", old: Self.moved.new, new: Self.moved.old)
    let git = "[dependencies]\na = { git = \"https://git.example/o/a\" }\n"
    let declared = try severities(
      [210], lock, Change(path: "Cargo.toml", old: git, new: "[dependencies]\na = \"1\"\n"))
    #expect(declared.map { $0.prefix(4) } == ["high"])
    let silent = try severities([210], lock)
    #expect(silent.map { $0.prefix(8) } == ["critical"])
  }

  @Test("a package that leaves its registry with a new version is high where the manifest says so")
  func leaving() throws {
    let old = Self.lock(("a", Self.registry))
    let new = Self.lock(("a", Self.git("o/a"))).split(separator: "1.0.0").joined(separator: "1.1.0")
    let lock = Change(path: "Cargo.lock", old: old, new: new)
    let silent = try severities([214], lock)
    #expect(silent.map { $0.prefix(8) } == ["critical"])
    let declared = try severities(
      [214], lock,
      Change(
        path: "Cargo.toml", old: "",
        new: "[patch.crates-io]\na = { git = \"https://git.example/o/a\" }\n"))
    #expect(declared.map { $0.prefix(4) } == ["high"])
  }

  @Test(
    "a line of a program declares a move, a comment does not",
    arguments: [
      ("{:a, github: \"o/a\"},", "high"), ("{:a, git: \"https://github.com/o/a.git\"}", "high"),
      ("# {:a, github: \"o/a\"}", "critical"), ("{:ab, github: \"o/a\"}", "critical"),
      ("{:a, github: \"o/b\"}", "critical"), ("{:a, \"~> 1.0\"}", "critical"),
    ])
  func programs(line: String, severity: String) throws {
    let found = try severities(
      [210, 214],
      Change(
        path: "mix.lock", old: #"%{"a": {:hex, :a, "1.0.0", "00"}}"#,
        new: #"%{"a": {:git, "https://github.com/o/a.git", "0123456789", []}}"#),
      Change(path: "mix.exs", old: "[\n]\n", new: "[\n  \(line)\n]\n"))
    #expect(found.map { String($0.prefix { $0 != " " }) } == [severity])
  }

  @Test(
    "a package that comes back to its registry is high where a program said otherwise before",
    arguments: [
      ("{:a, github: \"o/a\"},", "{:a, \"~> 1.1\"},", "high"),
      ("{:a, git: \"https://github.com/o/a.git\"}", "{:a, \"~> 1.1\"}", "high"),
      // Only another version, a line that names another one, one that stays, none at all.
      ("{:a, \"~> 1.0\"}", "{:a, \"~> 1.1\"}", "critical"),
      ("{:b, github: \"o/a\"}", "{:a, \"~> 1.1\"}", "critical"),
      ("{:a, github: \"o/a\"}", "{:a, github: \"o/a\", tag: \"1\"}", "critical"),
      ("{:a, github: \"o/a\"}", "", "critical"),
      ("# {:a, github: \"o/a\"}", "{:a, \"~> 1.1\"}", "critical"),
      ("{:a, github: \"o/a\"}", "# {:a, \"~> 1.1\"}", "critical"),
    ])
  func programsBack(old: String, new: String, severity: String) throws {
    let found = try severities(
      [229],
      Change(
        path: "mix.lock", old: #"%{"a": {:git, "https://github.com/o/a.git", "0123456789", []}}"#,
        new: #"%{"a": {:hex, :a, "1.1.0", "00"}}"#),
      Change(path: "mix.exs", old: "[\n  \(old)\n]\n", new: "[\n  \(new)\n]\n"))
    #expect(found.map { String($0.prefix { $0 != " " }) } == [severity])
  }

  // MARK: The same bytes

  private static func npm(_ host: String, _ digest: String) -> String {
    #"""
    {"lockfileVersion": 3, "packages": {"": {},
    "node_modules/a": {"version": "1.0.0", "resolved": "https://\#(host)/a/-/a-1.0.0.tgz", "integrity": "\#(digest)"},
    "node_modules/b": {"version": "1.0.0", "resolved": "https://b.example/b/-/b-1.0.0.tgz", "integrity": "sha512-BB=="}}}

    """#
  }

  @Test(
    "another host is high only where it is a known one and a strong digest stays",
    arguments: [
      ("b.example", "sha512-AA==", "sha512-AA==", "high"),
      ("evil.example", "sha512-AA==", "sha512-AA==", "critical"),
      ("b.example", "sha1-AA=", "sha1-AA=", "critical"),
      ("b.example", "sha512-AA==", "sha512-CC==", "critical"),
      ("b.example", "sha512-AA==", "sha512-AA== sha512-CC==", "critical"),
    ])
  func sameBytes(host: String, before: String, after: String, severity: String) throws {
    let found = try severities(
      [210],
      Change(
        path: "package-lock.json", old: Self.npm("a.example", before), new: Self.npm(host, after)))
    #expect(found.map { String($0.prefix { $0 != " " }) } == [severity])
  }

  @Test("a mirror that the policy names is known")
  func mirror() throws {
    var rules = DependencyRules()
    rules.hosts = [Array("mirror.example".utf8)]
    let found = try severities(
      [210],
      Change(
        path: "package-lock.json", old: Self.npm("a.example", "sha512-AA=="),
        new: Self.npm("mirror.example", "sha512-AA==")), rules: rules)
    #expect(found == ["high a 1.0.0   a.example -> mirror.example, the same digest"])
  }

  // MARK: Folders

  @Test(
    "another folder is high inside of the repository, and critical outside of it",
    arguments: [
      ("ios", "packages/a", "high"), ("ios", "../a", "high"), ("", "../a", "critical"),
      ("ios", "../../a", "critical"), ("ios", "/a", "critical"), ("ios", "~/a", "critical"),
    ])
  func folders(folder: String, place: String, severity: String) throws {
    func pods(_ place: String, _ digest: Character) -> String {
      "PODS:\n  - a (1.0.0)\n\nEXTERNAL SOURCES:\n  a:\n    :path: \"\(place)\"\n\n"
        + "SPEC CHECKSUMS:\n  a: \(String(repeating: digest, count: 40))\n"
    }
    let path = (folder.isEmpty ? "" : folder + "/") + "Podfile.lock"
    let found = try severities(
      [210], Change(path: path, old: pods("here", "a"), new: pods(place, "a")))
    #expect(found.map { String($0.prefix { $0 != " " }) } == [severity])
    // What is in a folder of one's own changes without a release.
    let digest = try severities(
      [211], Change(path: path, old: pods("here", "a"), new: pods("here", "b")))
    #expect(digest.map { String($0.prefix { $0 != " " }) } == ["notice"])
  }
}
