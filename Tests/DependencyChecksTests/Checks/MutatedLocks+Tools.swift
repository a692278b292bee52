extension MutatedLock {
  /// Locks of tools, and of languages with few of them.
  static let tools = [mise, zig, unity, nimble, clojure, aqua, spack, pixiBuild]

  private static let mise = MutatedLock(
    "mise.lock",
    """
    lockfile_version = 3

    [[tools.ms]]
    version = "2.1.2"
    backend = "aqua:acme/ms"
    specifiers = ["2"]

    [tools.ms."platforms.linux-x64"]
    checksum = "sha256:aaaa"
    url = "https://files.example/acme/ms/2.1.2/ms-linux.tar.gz"

    [[tools.once]]
    version = "1.4.0"
    backend = "aqua:acme/once"
    specifiers = ["1"]

    [tools.once."platforms.linux-x64"]
    checksum = "sha256:bbbb"
    url = "https://files.example/acme/once/1.4.0/once-linux.tar.gz"
    provenance = "slsa"

    """,
    change: [("2.1.2", "2.1.3"), ("2.1.2", "2.1.3"), ("aaaa", "cccc")],
    attacks: [
      (.source, "files.example/acme/once", "evil.example/acme/once"),
      (.source, "aqua:acme/once", "github:malice/once"),
      (.leavesRegistry, "aqua:acme/once", "http:once"),
      (.unsafeAddress, "https://files.example/acme/once", "http://files.example/acme/once"),
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, "checksum = \"sha256:bbbb\"\n", ""),
      (.integrityWeakened, "sha256:bbbb", "md5:bbbb"),
      (.runsCode, "aqua:acme/once", "asdf:acme/once"),
      (.runsCode, "provenance = \"slsa\"", "install = \"source\""),
      (.keyTwice, "version = \"1.4.0\"", "version = \"1.4.0\"\nversion = \"6.6.6\""),
      (
        .entryTwice, "[[tools.once]]",
        "[[tools.once]]\nversion = \"1.4.0\"\nbackend = \"aqua:acme/once\"\n\n[[tools.once]]"
      ),
      (.unknownVersion, "lockfile_version = 3", "lockfile_version = 99"),
    ],
    without: [
      .otherPackage: .noLayout, .otherVersion: .noLayout, .alias: .noAlias,
      .mutableRevision: .noGit, .revisionMoved: .noGit, .orphan: .rootsElsewhere,
    ])

  private static let zig = MutatedLock(
    "build.zig.zon",
    """
    .{
        .name = .app,
        .version = "0.1.0",
        .fingerprint = 0x1,
        .dependencies = .{
            .ms = .{
                .url = "https://git.example/acme/ms/archive/2.1.2.tar.gz",
                .hash = "12200000000000000000000000000000000000000000000000000000000000000000",
            },
            .once = .{
                .url = "https://git.example/acme/once/archive/1.4.0.tar.gz",
                .hash = "once-1.4.0-bbbb",
            },
        },
        .paths = .{""},
    }

    """,
    change: [("2.1.2", "2.1.3"), ("\"12200000", "\"12201111")],
    attacks: [
      (.source, "git.example/acme/once", "evil.example/acme/once"),
      (.source, ".fingerprint = 0x1", ".fingerprint = 0x2"),
      (.unsafeAddress, "https://git.example/acme/once", "http://git.example/acme/once"),
      (.integrity, "once-1.4.0-bbbb", "once-1.4.0-dddd"),
      (.integrityRemoved, ".hash = \"once-1.4.0-bbbb\",", ""),
      (
        .mutableRevision, "https://git.example/acme/once/archive/1.4.0.tar.gz",
        "git+https://git.example/acme/once#main"
      ),
      (.keyTwice, ".hash = \"once-1.4.0-bbbb\",", ".hash = \"once-1.4.0-bbbb\",\n.hash = \"x\","),
      (.entryTwice, ".once = .{", ".once = .{ .path = \"x\" },\n.once = .{"),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm, .otherPackage: .noLayout, .otherVersion: .noLayout,
      .leavesRegistry: "there is no registry",
      .alias: "a dependency has the name that the project gives it", .revisionMoved: .noRelease,
      .runsCode: "every dependency runs", .orphan: "each is what the project asks for",
      .unknownVersion: .noVersion,
    ])

  private static let unity = MutatedLock(
    "Packages/packages-lock.json",
    """
    {
      "dependencies": {
        "com.acme.ms": {
          "version": "2.1.2",
          "depth": 0,
          "source": "registry",
          "dependencies": {},
          "url": "https://packages.example"
        },
        "com.acme.once": {
          "version": "1.4.0",
          "depth": 1,
          "source": "registry",
          "dependencies": {},
          "url": "https://packages.example"
        },
        "com.acme.wing": {
          "version": "https://git.example/acme/wing.git#v1.0.0",
          "depth": 0,
          "source": "git",
          "dependencies": {},
          "hash": "0123456789012345678901234567890123456789"
        }
      }
    }

    """,
    change: [("2.1.2", "2.1.3")],
    attacks: [
      (
        .source,
        "\"depth\": 1,\n      \"source\": \"registry\",\n      \"dependencies\": {},\n      \"url\": \"https://packages.example\"",
        "\"depth\": 1,\n      \"source\": \"registry\",\n      \"dependencies\": {},\n      \"url\": \"https://evil.example\""
      ),
      (
        .unsafeAddress,
        "\"depth\": 1,\n      \"source\": \"registry\",\n      \"dependencies\": {},\n      \"url\": \"https://packages.example\"",
        "\"depth\": 1,\n      \"source\": \"registry\",\n      \"dependencies\": {},\n      \"url\": \"http://packages.example\""
      ),
      (
        .leavesRegistry,
        "\"version\": \"1.4.0\",\n      \"depth\": 1,\n      \"source\": \"registry\"",
        "\"version\": \"file:../once\",\n      \"depth\": 1,\n      \"source\": \"local\""
      ),
      (.source, "git.example/acme/wing", "evil.example/acme/wing"),
      (.mutableRevision, "\"0123456789012345678901234567890123456789\"", "\"main\""),
      (
        .keyTwice, "\"version\": \"1.4.0\"", "\"version\": \"1.4.0\",\n      \"version\": \"6.6.6\""
      ),
      (
        .entryTwice, "    \"com.acme.once\": {",
        "    \"com.acme.once\": {\"version\": \"6.6.6\", \"source\": \"registry\"},\n    \"com.acme.once\": {"
      ),
    ],
    without: [
      .integrity: .noDigest, .integrityRemoved: .noDigest, .integrityWeakened: .noDigest,
      .otherPackage: .noLayout, .otherVersion: .noLayout, .alias: .noAlias,
      .revisionMoved: .noRelease, .runsCode: .noCode, .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let nimble = MutatedLock(
    "nimble.lock",
    """
    {
      "version": 2,
      "packages": {
        "ms": {
          "version": "2.1.2",
          "vcsRevision": "0123456789012345678901234567890123456789",
          "url": "https://git.example/acme/ms",
          "downloadMethod": "git",
          "dependencies": [],
          "checksums": {"sha1": "aaaa"}
        },
        "once": {
          "version": "1.4.0",
          "vcsRevision": "1123456789012345678901234567890123456789",
          "url": "https://git.example/acme/once",
          "downloadMethod": "git",
          "dependencies": [],
          "checksums": {"sha1": "bbbb"}
        }
      },
      "tasks": {}
    }

    """,
    change: [("2.1.2", "2.1.3"), ("\"01234567", "\"21234567"), ("aaaa", "cccc")],
    attacks: [
      (.source, "git.example/acme/once", "evil.example/acme/once"),
      (.unsafeAddress, "https://git.example/acme/once", "http://git.example/acme/once"),
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, "{\"sha1\": \"bbbb\"}", "{}"),
      (.mutableRevision, "1123456789012345678901234567890123456789", "main"),
      (.keyTwice, "\"version\": \"1.4.0\"", "\"version\": \"1.4.0\", \"version\": \"6.6.6\""),
      (.entryTwice, "    \"once\": {", "    \"once\": {},\n    \"once\": {"),
      (.unknownVersion, "\"version\": 2", "\"version\": 99"),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .revisionMoved: "a version is what the commit says of itself",
      .leavesRegistry: "every package comes from a repository",
      .otherPackage: .noLayout, .otherVersion: .noLayout, .alias: .noAlias, .runsCode: .noCode,
      .orphan: .rootsElsewhere,
    ])

  private static let clojure = MutatedLock(
    "deps.edn",
    """
    {:paths ["src"]
     :deps {acme/ms {:mvn/version "2.1.2"}
            acme/once {:mvn/version "1.4.0"}
            acme/wing {:git/url "https://git.example/acme/wing.git"
                       :git/tag "v1.0.0"
                       :git/sha "0123456789012345678901234567890123456789"}}
     :mvn/repos {"acme" {:url "https://maven.example/"}}}

    """,
    change: [("2.1.2", "2.1.3")],
    attacks: [
      (.source, "git.example/acme/wing", "evil.example/acme/wing"),
      (.source, "https://maven.example/", "https://evil.example/"),
      (.source, "\"src\"]", "\"src\"]\n :mvn/local-repo \"x\""),
      (.unsafeAddress, "https://git.example/acme/wing", "http://git.example/acme/wing"),
      (
        .leavesRegistry, "acme/once {:mvn/version \"1.4.0\"}",
        "acme/once {:git/url \"https://git.example/a/once\" :git/sha \"0123456789012345678901234567890123456789\"}"
      ),
      (.leavesRegistry, "acme/once {:mvn/version \"1.4.0\"}", "acme/once {:local/root \"once\"}"),
      (.leavesRegistry, "{:mvn/version \"1.4.0\"}", "#:local{:root \"once\"}"),
      (.mutableRevision, "0123456789012345678901234567890123456789", "main"),
      (
        .revisionMoved, "0123456789012345678901234567890123456789",
        "9123456789012345678901234567890123456789"
      ),
      (.runsCode, "{:paths [\"src\"]", "{:paths [\"src\" \"evil\"]"),
      (.runsCode, "{:paths", "{:aliases {:x {:exec-fn evil/run}} :paths"),
      (.keyTwice, ":mvn/version \"1.4.0\"", ":mvn/version \"1.4.0\" :mvn/version \"6.6.6\""),
      (.entryTwice, "acme/once {", "acme/once {:mvn/version \"6.6.6\"} acme/once {"),
    ],
    without: [
      .integrity: .noDigest, .integrityRemoved: .noDigest, .integrityWeakened: .noDigest,
      .otherPackage: .noLayout, .otherVersion: .noLayout, .alias: .noAlias,
      .orphan: "each is what the project asks for", .unknownVersion: .noVersion,
    ])

  private static let aqua = MutatedLock(
    "aqua-checksums.json",
    """
    {
      "checksums": [
        {
          "id": "github_release/github.com/acme/ms/v2.1.2/ms_2.1.2_linux.tar.gz",
          "checksum": "AAAA",
          "algorithm": "sha256"
        },
        {
          "id": "github_release/github.com/acme/once/v1.4.0/once_1.4.0_linux.tar.gz",
          "checksum": "BBBB",
          "algorithm": "sha256"
        }
      ]
    }

    """,
    change: [("v2.1.2/ms_2.1.2", "v2.1.3/ms_2.1.3"), ("AAAA", "CCCC")],
    attacks: [
      (.integrity, "BBBB", "DDDD"),
      (.integrityRemoved, "\"checksum\": \"BBBB\",\n", ""),
      (
        .integrityWeakened, "BBBB\",\n      \"algorithm\": \"sha256\"",
        "BBBB\",\n      \"algorithm\": \"md5\""
      ),
      (.keyTwice, "\"checksum\": \"BBBB\"", "\"checksum\": \"BBBB\", \"checksum\": \"DDDD\""),
      (
        .entryTwice, "    {\n      \"id\": \"github_release/github.com/acme/once",
        "    {\"id\": \"github_release/github.com/acme/once/v1.4.0/once_1.4.0_linux.tar.gz\", \"checksum\": \"DDDD\", \"algorithm\": \"sha256\"},\n    {\n      \"id\": \"github_release/github.com/acme/once"
      ),
    ],
    without: [
      .source: "another host or owner is another name, of which the manifest knows nothing",
      .unsafeAddress: .noAddress, .leavesRegistry: .noAddress, .otherPackage: .noAddress,
      .otherVersion: .noAddress, .alias: .noAlias, .mutableRevision: .noGit,
      .revisionMoved: .noGit, .runsCode: .noCode,
      .orphan: "digests of what is no longer used may stay", .unknownVersion: .noVersion,
    ])

  private static let spack = MutatedLock(
    "spack.lock",
    """
    {
      "_meta": {"file-type": "spack-lockfile", "lockfile-version": 8, "specfile-version": 6},
      "roots": [{"hash": "aaaa", "spec": "ms@2"}, {"hash": "bbbb", "spec": "once"}],
      "concrete_specs": {
        "aaaa": {
          "name": "ms",
          "version": "2.1.2",
          "namespace": "builtin",
          "package_hash": "pppp",
          "hash": "aaaa"
        },
        "bbbb": {
          "name": "once",
          "version": "1.4.0",
          "namespace": "builtin",
          "package_hash": "qqqq",
          "hash": "bbbb"
        }
      }
    }

    """,
    change: [
      ("2.1.2", "2.1.3"), ("\"aaaa\", \"spec", "\"cccc\", \"spec"), ("\"aaaa\": {", "\"cccc\": {"),
      ("\"hash\": \"aaaa\"", "\"hash\": \"cccc\""),
    ],
    attacks: [
      (
        .source, "\"version\": \"1.4.0\",\n      \"namespace\": \"builtin\"",
        "\"version\": \"1.4.0\",\n      \"namespace\": \"malice\""
      ),
      (
        .leavesRegistry, "\"version\": \"1.4.0\",\n      \"namespace\": \"builtin\"",
        "\"version\": \"1.4.0\",\n      \"external\": {\"path\": \"/tmp/once\"}"
      ),
      (.keyTwice, "\"version\": \"1.4.0\"", "\"version\": \"1.4.0\", \"version\": \"6.6.6\""),
      (.entryTwice, "    \"bbbb\": {", "    \"bbbb\": {},\n    \"bbbb\": {"),
      (.unknownVersion, "\"lockfile-version\": 8", "\"lockfile-version\": 99"),
    ],
    without: [
      .unsafeAddress: .noAddress, .integrity: .noDigest, .integrityRemoved: .noDigest,
      .integrityWeakened: .noDigest, .otherPackage: .noAddress, .otherVersion: .noAddress,
      .alias: .noAlias, .mutableRevision: .noGit, .revisionMoved: .noGit,
      .runsCode: "every package runs its recipe",
      .orphan: "an environment may keep what it does not use",
    ])

  /// Version 7, with a package that is built from sources.
  private static let pixiBuild = MutatedLock(
    "pixi.lock",
    """
    version: 7
    platforms:
    - name: linux-64
    environments:
      default:
        channels:
        - url: https://conda.example/forge/
        packages:
          linux-64:
          - conda: https://conda.example/forge/noarch/ms-2.1.2-py_0.conda
          - conda_source: "once[12345678] @ ./once"
    packages:
    - conda: https://conda.example/forge/noarch/ms-2.1.2-py_0.conda
      sha256: aaaa
    - conda_source: "once[12345678] @ ./once"
      version: 1.4.0
      build: py_0
      subdir: noarch
      source:
        git: https://git.example/acme/once.git
        tag: v1.4.0
        rev: 0123456789012345678901234567890123456789

    """,
    change: [("ms-2.1.2", "ms-2.1.3"), ("ms-2.1.2", "ms-2.1.3"), ("aaaa", "cccc")],
    attacks: [
      (.source, "git.example/acme/once", "evil.example/acme/once"),
      (.mutableRevision, "0123456789012345678901234567890123456789", "main"),
      (.unsafeAddress, "https://git.example/acme/once", "http://git.example/acme/once"),
    ])
}
