import Documents
import Testing

@Suite("Locks in JSON")
struct JSONLockTests {
  @Test("Pipfile.lock's packages come from the addresses of its sources")
  func pipfile() throws {
    let inventory = try read(
      "pipfile-lock",
      """
      {"_meta": {"hash": {"sha256": "00"}, "pipfile-spec": 6, "requires": {},
        "sources": [{"name": "main", "url": "https://index.example/simple", "verify_ssl": true},
          {"name": "own", "url": "https://own.example/simple", "verify_ssl": true}]},
       "default": {
         "idna": {"hashes": ["sha256:aa", "sha256:bb"], "index": "own", "version": "==3.0"},
         "flask": {"version": "==2.0"},
         "tool": {"git": "https://git.example/tool.git", "ref": "0123"}},
       "develop": {"idna": {"version": "==3.0"}, "here": {"path": ".", "editable": true}}}
      """)
    #expect(
      lines(inventory) == [
        "default/idna: idna 3.0 registry https://own.example/simple [sha256:aa sha256:bb]",
        "default/flask: flask 2.0 registry https://index.example/simple",
        "default/tool: tool git https://git.example/tool.git #0123",
        "develop/idna: idna 3.0 registry https://index.example/simple development",
        "develop/here: here path . development",
      ])
  }

  @Test("composer.lock has an archive and a repository for a package")
  func composer() throws {
    let inventory = try read(
      "composer-lock",
      """
      {"content-hash": "00", "plugin-api-version": "2.6.0", "packages": [
        {"name": "acme/a", "version": "1.0.0", "type": "composer-plugin",
         "source": {"type": "git", "url": "https://git.example/acme/a.git", "reference": "0123"},
         "dist": {"type": "zip", "url": "https://dist.example/a.zip", "reference": "0123",
           "shasum": "aa"}},
        {"name": "acme/meta", "version": "1.0.0", "type": "metapackage"}],
       "packages-dev": [
        {"name": "acme/a", "version": "2.0.0", "type": "library",
         "dist": {"type": "path", "url": "../a", "reference": "45", "shasum": ""}},
        {"name": "acme/c", "version": "dev-main",
         "source": {"type": "git", "url": "https://git.example/c.git", "reference": "67"}}]}
      """)
    #expect(
      lines(inventory) == [
        "packages/acme/a: acme/a 1.0.0 registry https://dist.example/a.zip #0123 [sha1:aa] "
          + "runs:yes",
        "packages/acme/meta: acme/meta 1.0.0 registry runs:no",
        "packages-dev/acme/a: acme/a 2.0.0 path ../a #45 development runs:no",
        "packages-dev/acme/c: acme/c dev-main git https://git.example/c.git #67 "
          + "development runs:no",
      ])
  }

  @Test(
    "Package.resolved of every version yields the same of a pin",
    arguments: [
      (
        """
        {"object": {"pins": [{"package": "nio", "repositoryURL": "https://git.example/nio.git",
          "state": {"branch": null, "revision": "0123", "version": "2.0.0"}}]}, "version": 1}
        """, ["nio: nio 2.0.0 git https://git.example/nio.git #0123"]
      ),
      (
        """
        {"pins": [{"identity": "nio", "kind": "remoteSourceControl",
          "location": "https://git.example/nio.git",
          "state": {"revision": "0123", "version": "2.0.0"}}], "version": 2}
        """, ["nio: nio 2.0.0 git https://git.example/nio.git #0123"]
      ),
      (
        """
        {"originHash": "00", "pins": [
          {"identity": "nio", "kind": "remoteSourceControl",
           "location": "https://git.example/nio.git", "state": {"branch": "main", "revision": "01"}},
          {"identity": "acme.log", "kind": "registry", "location": "",
           "state": {"version": "1.0.0"}},
          {"identity": "own", "kind": "localSourceControl", "location": "/own",
           "state": {"revision": "02"}}], "version": 3}
        """,
        [
          "nio: nio main git https://git.example/nio.git #01", "acme.log: acme.log 1.0.0 registry",
          "own: own path /own #02",
        ]
      ),
    ])
  func packageResolved(text: String, expected: [String]) throws {
    #expect(lines(try read("package-resolved", text)) == expected)
  }

  @Test("packages.lock.json has a package once for each framework")
  func nuget() throws {
    let inventory = try read(
      "nuget-lock",
      """
      {"version": 2, "dependencies": {
        "net8.0": {
          "Json": {"type": "Direct", "requested": "[13.0.1, )", "resolved": "13.0.1",
            "contentHash": "AA==", "dependencies": {"Core": "1.0.0"}},
          "Core": {"type": "Transitive", "resolved": "1.0.0", "contentHash": "BB=="},
          "own": {"type": "Project"}},
        "net8.0/linux-x64": {"Json": {"type": "Transitive", "resolved": "13.0.1"}}}}
      """)
    #expect(
      lines(inventory) == [
        "net8.0/Json: Json 13.0.1 registry [sha512-AA==] direct",
        "net8.0/Core: Core 1.0.0 registry [sha512-BB==]", "net8.0/own: own workspace",
        "net8.0/linux-x64/Json: Json 13.0.1 registry", "? net8.0/Json [13.0.1, )",
      ])
  }

  @Test("conan.lock has references, of Conan 1 in a graph and of Conan 2 in lists")
  func conan() throws {
    let new = try read(
      "conan-lock",
      """
      {"version": "0.5", "requires": [
        "zlib/1.2.11#4524fcdd41f33e8df88ece6e755a5dcc%1650538915.154",
        "own/1.0@team/stable"], "build_requires": ["cmake/3.0"], "python_requires": []}
      """)
    let digest = "4524fcdd41f33e8df88ece6e755a5dcc"
    #expect(
      lines(new) == [
        "requires zlib/1.2.11#\(digest): zlib 1.2.11 registry #\(digest) [md5:\(digest)]",
        "requires own/1.0@team/stable: own 1.0 registry team/stable",
        "build_requires cmake/3.0: cmake 3.0 registry build",
      ])
    let old = try read(
      "conan-lock",
      """
      {"graph_lock": {"nodes": {
        "0": {"options": "", "requires": ["1"], "path": "conanfile.txt", "context": "host"},
        "1": {"ref": "zlib/1.2.11#0", "context": "host"},
        "2": {"ref": "cmake/3.0", "context": "build"}}, "revisions_enabled": false},
       "version": "0.4", "profile_host": ""}
      """)
    #expect(
      lines(old) == [
        "zlib/1.2.11#0 node 1: zlib 1.2.11 registry #0",
        "cmake/3.0 node 2: cmake 3.0 registry build",
      ])
  }

  @Test("an input of flake.lock is known by its path, whatever its node is called")
  func flake() throws {
    func text(_ shared: String, _ other: String) -> String {
      """
      {"nodes": {
        "home": {"inputs": {"nixpkgs": "\(other)", "utils": ["utils"]},
          "locked": {"type": "git", "url": "https://git.example/home", "rev": "02",
            "narHash": "sha256-BB", "lastModified": 2},
          "original": {"type": "git", "url": "https://git.example/home"}},
        "\(shared)": {"locked": {"type": "github", "owner": "o", "repo": "r", "rev": "01",
          "narHash": "sha256-AA"}, "original": {"type": "github", "ref": "stable"}},
        "\(other)": {"locked": {"type": "tarball", "url": "https://files.example/n.tar.gz",
          "narHash": "sha256-CC"}, "original": {"type": "tarball"}},
        "lost": {"locked": {"type": "path", "path": "./x"}},
        "root": {"inputs": {"home": "home", "nixpkgs": "\(shared)", "utils": "\(shared)"}}},
       "root": "root", "version": 7}
      """
    }
    let expected = [
      "home: home git https://git.example/home #02 [sha256-BB] direct",
      "nixpkgs: nixpkgs git github:o/r #01 [sha256-AA] direct",
      "utils: utils git github:o/r #01 [sha256-AA] direct",
      "home/nixpkgs: nixpkgs url https://files.example/n.tar.gz [sha256-CC]",
      "unreachable:lost: lost path ./x", "? /home", "? /nixpkgs stable", "? /utils stable",
    ]
    #expect(lines(try read("flake-lock", text("nixpkgs", "nixpkgs_2"))) == expected)
    #expect(lines(try read("flake-lock", text("nixpkgs_2", "nixpkgs"))) == expected)
  }

  @Test("inputs that lead in a circle end")
  func circle() throws {
    let locked = #""locked": {"type": "indirect", "id": "x"}"#
    let inventory = try read(
      "flake-lock",
      """
      {"nodes": {"a": {"inputs": {"b": "b"}, \(locked)}, "b": {"inputs": {"a": "a"}, \(locked)},
        "root": {"inputs": {"a": "a"}}}, "root": "root", "version": 7}
      """)
    #expect(
      lines(inventory)
        == [
          "a: a registry x direct", "a/b: b registry x", "a/b/a: a registry x", "? /a",
        ].filter { $0 != "? /a" })
  }

  @Test(
    "an unknown version or a wrong shape makes a lock opaque",
    arguments: [
      ("pipfile-lock", #"{"_meta": {"pipfile-spec": 7}}"#, Unread.Reason.unknownVersion),
      ("pipfile-lock", #"{"_meta": {"pipfile-spec": 6}, "default": []}"#, .wrongShape),
      ("composer-lock", "[]", .wrongShape),
      ("composer-lock", #"{"packages": [{"version": "1"}]}"#, .wrongShape),
      (
        "composer-lock",
        #"{"packages": [{"name": "a", "version": "1"}, {"name": "a", "version": "2"}]}"#,
        .duplicateEntry
      ),
      ("package-resolved", #"{"version": 4, "pins": []}"#, .unknownVersion),
      ("package-resolved", #"{"version": 2, "pins": [{"identity": "a"}]}"#, .wrongShape),
      ("nuget-lock", #"{"version": 3}"#, .unknownVersion),
      ("conan-lock", #"{"version": "0.3"}"#, .unknownVersion),
      ("conan-lock", #"{"version": "0.5", "requires": ["zlib"]}"#, .wrongShape),
      ("flake-lock", #"{"version": 8, "nodes": {}, "root": "root"}"#, .unknownVersion),
      ("flake-lock", #"{"version": 7, "nodes": {}, "root": "root"}"#, .contradiction),
      (
        "flake-lock",
        #"{"version": 7, "nodes": {"root": {"inputs": {"a": "b"}}}, "root": "root"}"#,
        .contradiction
      ),
    ])
  func refused(format: String, text: String, reason: Unread.Reason) {
    let error = #expect(throws: Unread.self) { try read(format, text) }
    #expect(error?.reason == reason)
  }
}
