import DependencyChecks
import Documents
import Lockfiles
import Testing

@Suite("Manifests and the locks that do not repeat them")
struct ManifestWishesTests {
  private func words(_ changes: (path: String, old: String?, new: String?)...) throws -> [String] {
    let files = try changes.map { change in
      let path = Array(change.path.utf8)
      return DependencyFile(
        path: path, match: try #require(Catalog.match(path)),
        old: change.old.map { .init(bytes: Array($0.utf8)) },
        new: change.new.map { .init(bytes: Array($0.utf8)) })
    }
    let diff = DependencyDiff(files)
    #expect(diff.files.allSatisfy { $0.unread == nil })
    return diff.findings.filter { $0.code == 228 }.map { "\($0.severity) \($0.detail)" }
  }

  private static func cargo(_ packages: String...) -> String {
    packages.reduce("version = 4\n") { text, package in
      let parts = package.split(separator: " ")
      let source = parts[0] == "app" ? "" : "source = \"registry+https://git.example/index\"\n"
      return text + "\n[[package]]\nname = \"\(parts[0])\"\nversion = \"\(parts[1])\"\n\(source)"
    }
  }

  @Test(
    "what a crate asks for since this push is locked",
    arguments: [
      ("once = \"1\"", ["high once 1   is asked for and not locked"]),
      ("ms = \"2\"", []), ("ms = \"=2.1.3\"", []),
      ("ms = \"=2.1.4\"", ["high ms =2.1.4   is locked as 2.1.3"]),
      ("x = { package = \"ms\", version = \"2\" }", []),
      ("once = { workspace = true }", []),
    ])
  func cargo(line: String, expected: [String]) throws {
    let manifest = "[package]\nname = \"app\"\n[dependencies]\nold = \"1\"\n"
    let lock = Self.cargo("app 0.1.0", "ms 2.1.3")
    for path in ["Cargo.toml", "crates/app/Cargo.toml"] {
      let found = try words(
        (path, manifest, manifest + line + "\n"),
        ("Cargo.lock", Self.cargo("app 0.1.0"), lock))
      #expect(found == expected, "\(path)")
    }
  }

  @Test("a crate that the lock does not know, and a lock elsewhere, are not compared")
  func otherWorkspaces() throws {
    let (old, new) = (Self.cargo("app 0.1.0"), Self.cargo("app 0.1.0", "ms 2.1.3"))
    let manifest = "[package]\nname = \"fuzz\"\n[dependencies]\n"
    #expect(
      try words(
        ("fuzz/Cargo.toml", manifest, manifest + "once = \"1\"\n"), ("Cargo.lock", old, new)
      ).isEmpty)
    #expect(
      try words(
        ("a/Cargo.toml", manifest, manifest + "once = \"1\"\n"), ("b/Cargo.lock", old, new)
      ) == ["notice asks for other packages than before, and no lock changed with it"])
  }

  @Test(
    "what a Python project asks for without a marker is locked",
    arguments: [
      ("Once-More>=1", ["high Once-More >=1   is asked for and not locked"]),
      ("Zope.Interface>=1", []), ("zope-interface==1.2.3", []),
      ("zope-interface==1.2.4", ["high zope-interface ==1.2.4   is locked as 1.2.3"]),
      ("once; python_version < '3.8'", []),
    ])
  func python(line: String, expected: [String]) throws {
    func lock(_ text: String) -> String {
      "lock-version = \"2.0\"\n" + text
        + "[metadata]\nlock-version = \"2.0\"\npython-versions = \"*\"\ncontent-hash = \"00\"\n"
    }
    let package = "[[package]]\nname = \"zope-interface\"\nversion = \"1.2.3\"\noptional = false\n"
    let found = try words(
      (
        "pyproject.toml", "[project]\nname = \"app\"\ndependencies = []\n",
        "[project]\nname = \"app\"\ndependencies = [\"\(line)\"]\n"
      ), ("poetry.lock", lock(""), lock(package)))
    #expect(found == expected)
  }

  @Test("a module that go.mod requires has its line in go.sum, but for one that is replaced")
  func go() throws {
    let digest = "h1:" + String(repeating: "A", count: 43) + "="
    func found(_ more: String) throws -> [String] {
      try words(
        (
          "go.mod", "module example.org/a\n\ngo 1.22\n",
          "module example.org/a\n\ngo 1.22\n\nrequire example.org/b v1.0.0\n\(more)"
        ),
        (
          "go.sum", "example.org/x v1.0.0/go.mod \(digest)\n",
          "example.org/b v1.0.0/go.mod \(digest)\n"
        ))
    }
    #expect(try found("").isEmpty)
    let missing = try found("\nrequire example.org/c v1.0.0\n")
    #expect(missing == ["high example.org/c v1.0.0   is asked for and not locked"])
    let other = try found("\nrequire example.org/b v1.1.0\n")
    #expect(other.isEmpty || other == ["high example.org/b v1.1.0   is locked as v1.0.0"])
    let replaced = try found(
      "\nrequire example.org/c v1.0.0\n\nreplace example.org/c => ../c\n")
    #expect(replaced.isEmpty)
  }

  @Test("composer locks packages, or others that stand for them, and no part of PHP")
  func composer() throws {
    func found(_ wish: String) throws -> [String] {
      try words(
        ("composer.json", #"{"require": {}}"#, #"{"require": {\#(wish)}}"#),
        (
          "composer.lock", #"{"packages": [], "packages-dev": []}"#,
          #"{"packages": [{"name": "a/b", "version": "1.0.0", "replace": {"a/c": "*"}}], "packages-dev": []}"#
        ))
    }
    #expect(try found(#""a/b": "^1.0", "a/c": "*", "php": ">=8", "ext-zip": "*""#).isEmpty)
    #expect(try found(#""a/d": "*""#) == ["high a/d *   is asked for and not locked"])
  }

  @Test("pub locks what a pubspec asks for")
  func pub() throws {
    func lock(_ version: String) -> String {
      "packages:\n  a:\n    dependency: \"direct main\"\n    description:\n      name: a\n"
        + "      url: \"https://pub.example\"\n    source: hosted\n    version: \"\(version)\"\n"
    }
    func found(_ wish: String) throws -> [String] {
      try words(
        ("pubspec.yaml", "name: app\n", "name: app\ndependencies:\n  \(wish)\n"),
        ("pubspec.lock", lock("1.0.0"), lock("1.2.0")))
    }
    #expect(try found("a: ^1.0.0").isEmpty)
    #expect(try found("a: 1.2.0").isEmpty)
    #expect(try found("a: 1.3.0") == ["high a 1.3.0   is locked as 1.2.0"])
    #expect(try found("b: any") == ["high b any   is asked for and not locked"])
  }

  @Test("a manifest that asks for other packages while no lock changes is a notice")
  func alone() throws {
    let silent = "notice asks for other packages than before, and no lock changed with it"
    #expect(
      try words(
        ("package.json", #"{"dependencies": {}}"#, #"{"dependencies": {"ms": "^2.0.0"}}"#)
      ) == [silent])
    #expect(
      try words(
        (
          "Cargo.toml", "[package]\nname = \"a\"\n[dependencies]\nb = \"1\"\n",
          "[package]\nname = \"a\"\n"
        )
      ) == [silent])
    // Other words, other files, a first manifest.
    #expect(
      try words(
        (
          "package.json", #"{"name": "a", "dependencies": {}}"#,
          #"{"name": "b", "dependencies": {}}"#
        )
      ).isEmpty)
    #expect(try words(("package.json", nil, #"{"dependencies": {"ms": "^2.0.0"}}"#)).isEmpty)
  }

  // MARK: Programs

  private static func gems(_ wishes: String...) -> String {
    """
    GEM
      remote: https://gems.example/
      specs:
        native (1.0.0-x86_64-linux)
        rake (13.0.1)

    PLATFORMS
      x86_64-linux

    DEPENDENCIES
    \(wishes.map { "  \($0)\n" }.joined())
    """
  }

  @Test(
    "what a Gemfile.lock repeats of its Gemfile is locked, in the one version that it names",
    arguments: [
      ("rake", []), ("rake (~> 99)", []), ("rake (= 13.0.1)", []), ("rake (= 13.0.1.0)!", []),
      ("native (= 1.0.0)", []), ("bundler (= 2.0.0)", []), ("rake (= 13, < 14)", []),
      ("rake (= 13.0.0)", ["high rake = 13.0.0   is locked as 13.0.1"]),
      ("native (= 1.0.1)!", ["high native = 1.0.1   is locked as 1.0.0"]),
      ("tzinfo-data", ["notice tzinfo-data    is asked for and not locked"]),
      ("once (= 1.0.0)", ["notice once = 1.0.0   is asked for and not locked"]),
    ])
  func gems(wish: String, expected: [String]) throws {
    #expect(try words(("Gemfile.lock", Self.gems("x"), Self.gems(wish))) == expected)
    // What was so before is no doing of the push.
    #expect(
      try words(("Gemfile.lock", Self.gems(wish), Self.gems(wish) + "\nBUNDLED WITH\n   2.5.0\n"))
        == [])
  }

  @Test("what a program asks for is not compared with its lock")
  func programs() throws {
    #expect(
      try words(
        ("mix.exs", "[\n]\n", "[\n  {:once, \"~> 1.0\"}\n]\n"),
        ("mix.lock", "%{\n}\n", #"%{"a": {:hex, :a, "1.0.0", "00"}}"#)) == [])
  }
}
