import DependencyChecks
import Lockfiles
import Testing

@Suite("Vendored bytes")
struct VendoredBytesTests {
  private struct Change {
    let path: String
    let old: String?
    let new: String?
    var mode = DependencyFile.Mode.file

    init(_ path: String, _ old: String?, _ new: String?, mode: DependencyFile.Mode = .file) {
      (self.path, self.old, self.new, self.mode) = (path, old, new, mode)
    }
  }

  /// What HK245 says, each with its file's path where the words do not begin with it.
  private func found(_ changes: Change...) throws -> [String] {
    try found(changes)
  }

  private func found(_ changes: [Change]) throws -> [String] {
    let files = try changes.map { change in
      let path = Array(change.path.utf8)
      return DependencyFile(
        path: path, match: try #require(Catalog.match(path, isLink: change.mode != .file)),
        old: change.old.map { .init(bytes: Array($0.utf8)) },
        new: change.new.map { .init(mode: change.mode, bytes: Array($0.utf8)) })
    }
    return DependencyDiff(files).findings.filter { $0.code == 245 }.map {
      "\($0.severity) \($0.detail)"
    }
  }

  /// SHA-256 of `fn a() {}` and a line feed, and of nothing.
  private static let a = "509a0a5b5ce4e59f5039e30a39324342d7a161296bb8eba761983faaeebf6efd"
  private static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  private static let source = "fn a() {}\n"

  private static func list(_ package: String?, _ files: KeyValuePairs<String, String>) -> String {
    let files = files.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
    let package = package.map { "\"\($0)\"" } ?? "null"
    return "{\"files\":{\(files)},\"package\":\(package)}"
  }

  private static let path = "vendor/once/.cargo-checksum.json"

  private static func lock(
    _ digest: String?, version: String = "1.0.0",
    source: String = "registry+https://git.example/index"
  ) -> String {
    "version = 4\n\n[[package]]\nname = \"once\"\nversion = \"\(version)\"\nsource = \"\(source)\"\n"
      + (digest.map { "checksum = \"\($0)\"\n" } ?? "")
  }

  // MARK: Lists

  @Test("other digests in the same archive are found, one by one")
  func sameArchive() throws {
    let old = Self.list("11", ["a.rs": "01", "b.rs": "02", "c.rs": "03", ".gitignore": "04"])
    let new = Self.list("11", ["a.rs": "01", "b.rs": "ff", "d.rs": "05", "Cargo.toml.orig": "06"])
    #expect(
      try found(Change(Self.path, old, new)) == [
        "critical b.rs   another digest in the same archive 11",
        "critical d.rs   listed newly in the same archive 11",
        "high c.rs   no longer listed in the same archive 11",
      ])
  }

  @Test("what a newer vendoring tool writes is no attack: more of the archive, another layout")
  func newerTool() throws {
    let old = Self.list("11", ["Cargo.toml": "01", "a.rs": "02"])
    let new = Self.list(
      "11", ["Cargo.toml": "ff", "a.rs": "02", ".github/ci.yml": "03", ".gitignore": "04"])
    #expect(
      try found(Change(Self.path, old, new)) == [
        "high .github/ci.yml   listed newly in the same archive 11",
        "high Cargo.toml   another digest in the same archive 11",
      ])
  }

  @Test("another archive may have other files, and what comes from a repository has no archive")
  func otherArchive() throws {
    let old = Self.list("11", ["a.rs": "01", "Cargo.toml": "02"])
    let new = Self.list("22", ["a.rs": "ff", "Cargo.toml": "03"])
    #expect(try found(Change(Self.path, old, new)) == [])
    #expect(
      try found(
        Change(Self.path, Self.list(nil, ["a.rs": "01"]), Self.list(nil, ["a.rs": "ff"]))) == [])
  }

  @Test("another archive for the same manifest is another content of one release")
  func sameManifest() throws {
    let old = Self.list("11", ["a.rs": "01", "Cargo.toml": "02"])
    #expect(
      try found(Change(Self.path, old, Self.list("22", ["a.rs": "ff", "Cargo.toml": "02"])))
        == ["critical another archive for the same Cargo.toml"])
    #expect(
      try found(Change(Self.path, old, Self.list(nil, ["a.rs": "ff", "Cargo.toml": "02"])))
        == ["high the digest of the crate's archive is gone"])
  }

  @Test("a list that names nothing verifies nothing")
  func emptyList() throws {
    let full = Self.list("11", ["a.rs": "01"])
    let empty = Self.list("11", [:])
    let file = Change("vendor/once/a.rs", "x", "y")
    #expect(
      try found(Change(Self.path, full, empty), file)
        == ["critical lists no file any more: nothing of the crate is verified"])
    #expect(
      try found(Change(Self.path, nil, empty), file)
        == ["notice lists no file: nothing of the crate is verified"])
    #expect(try found(Change(Self.path, empty, empty + "\n"), file) == [])
    #expect(try found(Change(Self.path, empty, full)) == [])
  }

  @Test(
    "a list that Cargo would not read in one way is found",
    arguments: [
      (#"{"files":{"a":"1","a":"2"},"package":null}"#, "the same key twice, byte 18"),
      (#"{"package":"11"}"#, "a value of another kind than the format has here, byte 0"),
      (#"{"files":{"a":1}}"#, "a value of another kind than the format has here, byte 10"),
      (#"{"files":{},"package":[]}"#, "a value of another kind than the format has here, byte 12"),
      (#"{"files":[]}"#, "a value of another kind than the format has here, byte 0"),
      ("[", "ends too early, byte 1"), ("", "ends too early, byte 0"),
    ])
  func unreadable(text: String, words: String) throws {
    #expect(try found(Change(Self.path, nil, text)) == ["critical cannot be read: \(words)"])
  }

  // MARK: Files

  @Test("a vendored file is what its list says, or it is found")
  func files() throws {
    let list = Change(
      Self.path, nil,
      Self.list("11", ["a.rs": Self.a, "b.rs": Self.a, "src/c.rs": Self.empty, "d.rs": Self.a]))
    let found = try found(
      list, Change("vendor/once/a.rs", nil, Self.source),
      Change("vendor/once/b.rs", nil, Self.source + " "),
      Change("vendor/once/src/c.rs", "x", ""), Change("vendor/once/d.rs", "x", nil),
      Change("vendor/once/build.rs", nil, Self.source),
      Change("vendor/once/data.bin", nil, "\u{1}"),
      Change("vendor/once/.gitignore", nil, "target\n"),
      Change("vendor/once/gone.rs", "x", nil),
      Change("vendor/once/link.rs", nil, "../../x", mode: .link),
      // Neighbours have lists of their own.
      Change("vendor/once-more/e.rs", nil, "x"), Change("vendor/onc/e.rs", nil, "x"))
    #expect(
      found == [
        "critical vendor/once/b.rs   is not what .cargo-checksum.json lists",
        "critical vendor/once/build.rs   is not in .cargo-checksum.json",
        "critical vendor/once/link.rs   is a link, which vendoring never writes",
        "high vendor/once/d.rs   is deleted and still listed",
        "high vendor/once/data.bin   is not in .cargo-checksum.json",
      ])
  }

  @Test("a list within a crate does not stand in for the crate's own")
  func nested() throws {
    let inner = Self.list(nil, ["lib.rs": Self.a])
    let found = try found(
      Change(Self.path, nil, Self.list("11", ["Cargo.toml": "00"])),
      Change("vendor/once/src/.cargo-checksum.json", nil, inner),
      Change("vendor/once/src/lib.rs", nil, Self.source))
    #expect(
      found == [
        "critical vendor/once/src/lib.rs   is not in .cargo-checksum.json",
        "high vendor/once/src/.cargo-checksum.json   is not in .cargo-checksum.json",
      ])
  }

  @Test("a file whose list is not in the push is not judged")
  func noList() throws {
    #expect(try found(Change("vendor/once/a.rs", Self.source, "fn evil() {}\n")) == [])
  }

  @Test("many wrong files of one crate are counted, the worst of them named")
  func many() throws {
    var changes = (0..<50).map { Change("vendor/once/f\($0 + 10)", nil, "x") }
    changes.append(Change("vendor/once/z.rs", nil, "x"))
    changes.append(Change(Self.path, nil, Self.list("11", ["Cargo.toml": "00"])))
    let found = try found(changes)
    #expect(found.count == 21)
    #expect(found.first == "critical vendor/once/z.rs   is not in .cargo-checksum.json")
    #expect(found.contains("high and 31 more"))
  }

  @Test("names of a push are shown escaped")
  func hostile() throws {
    let found = try found(
      Change(Self.path, nil, Self.list("11", ["a.rs": "00"])),
      Change("vendor/once/\u{1b}[2J.rs", nil, "x"))
    #expect(found == ["critical vendor/once/\\x1b[2J.rs   is not in .cargo-checksum.json"])
  }

  // MARK: Locks

  @Test(
    "the archive is the lock's where it is told which release the folder is",
    arguments: [
      ("vendor/once-1.0.0", nil, false), ("vendor/x", "1.0.0", false),
      // Which version it is is not told, or not locked.
      ("vendor/once", nil, true), ("vendor/once-1.0.1", nil, true), ("vendor/x", "1.0.1", true),
    ] as [(String, String?, Bool)])
  func archive(folder: String, version: String?, isQuiet: Bool) throws {
    var changes = [Change("\(folder)/.cargo-checksum.json", nil, Self.list("22", ["a": "00"]))]
    if let version {
      let manifest = "[package]\nname = \"once\"\nversion = \"\(version)\"\n"
      changes[0] = Change(
        "\(folder)/.cargo-checksum.json", nil, Self.list("22", ["Cargo.toml": "00"]))
      changes.append(Change("\(folder)/Cargo.toml", nil, manifest))
    }
    func archives(_ lock: String, at path: String = "Cargo.lock") throws -> [String] {
      try found(changes + [Change(path, nil, lock)]).filter { $0.contains("archive") }
    }
    #expect(
      try archives(Self.lock("11"))
        == (isQuiet
          ? [] : ["critical once 1.0.0   the archive 22 is not the one that the lock has"]))
    #expect(try archives(Self.lock("22")) == [])
    #expect(try archives(Self.lock(nil)) == [])
    #expect(try archives(Self.lock("11"), at: "other/Cargo.lock") == [])
    #expect(try archives(Self.lock(nil, source: "git+https://git.example/o#0123")) == [])
  }

  @Test("a crate without an archive is not the release that the lock has")
  func noArchive() throws {
    #expect(
      try found(
        Change("vendor/once-1.0.0/.cargo-checksum.json", nil, Self.list(nil, ["a": "00"])),
        Change("Cargo.lock", nil, Self.lock("11")))
        == ["critical once 1.0.0   no archive is not the one that the lock has"])
  }

  // MARK: Go

  private static func modules(_ version: String, _ mark: String = "## explicit; go 1.20") -> String
  {
    "# mod.example/a \(version)\n\(mark)\nmod.example/a\n# mod.example/b v1.0.0\nmod.example/b\n"
  }

  private static func manifest(_ version: String) -> String {
    "module m\n\ngo 1.20\n\nrequire mod.example/a \(version)\n"
  }

  @Test("what go.mod requires is vendored in that version, in its own folder")
  func go() throws {
    let manifest = Change("go.mod", Self.manifest("v1.0.0"), Self.manifest("v1.2.0"))
    func words(_ path: String, _ new: String) throws -> [String] {
      try found(manifest, Change(path, Self.modules("v1.0.0"), new))
    }
    let path = "vendor/modules.txt"
    #expect(try words(path, Self.modules("v1.2.0")) == [])
    #expect(
      try words(path, Self.modules("v1.1.0")) == [
        "high mod.example/a v1.1.0   is vendored as required, and go.mod does not require it",
        "high mod.example/a v1.2.0   is required by go.mod and not vendored as such",
      ])
    #expect(try words("x/vendor/modules.txt", Self.modules("v1.1.0")) == [])
    // A workspace has several manifests, and before Go 1.14 nothing was marked.
    #expect(try words(path, "## workspace\n" + Self.modules("v1.1.0")) == [])
    #expect(try words(path, Self.modules("v1.1.0", "mod.example/a/x")) == [])
    #expect(
      try words(
        path,
        "# mod.example/a v1.2.0 => ../a\n## explicit\nmod.example/a\n# mod.example/a => ../a\n")
        == [])
  }

  @Test("a disagreement that was there before is no doing of the push")
  func goBefore() throws {
    #expect(
      try found(
        Change("go.mod", Self.manifest("v1.2.0"), Self.manifest("v1.2.0") + "// more\n"),
        Change(
          "vendor/modules.txt", Self.modules("v1.0.0"), Self.modules("v1.0.0") + "mod.example/b/c\n"
        ))
        == [])
  }
}
