extension MutatedLock {
  static let javaScript = [npm, npmOne, pnpm, yarnClassic, yarnBerry]

  private static let npm = MutatedLock(
    "package-lock.json",
    """
    {
      "name": "app",
      "lockfileVersion": 3,
      "packages": {
        "": {
          "dependencies": {
            "ms": "^2.0.0",
            "once": "^1.0.0"
          }
        },
        "node_modules/ms": {
          "version": "2.1.2",
          "resolved": "https://registry.example/ms/-/ms-2.1.2.tgz",
          "integrity": "sha512-AAA="
        },
        "node_modules/once": {
          "version": "1.4.0",
          "resolved": "https://registry.example/once/-/once-1.4.0.tgz",
          "integrity": "sha512-BBB="
        }
      }
    }

    """,
    change: [("2.1.2", "2.1.3"), ("ms-2.1.2", "ms-2.1.3"), ("AAA=", "CCC=")],
    attacks: [
      (.source, "registry.example/once", "evil.example/once"),
      (.unsafeAddress, "registry.example/once", "registry.example:81/once"),
      (.unsafeAddress, "https://registry.example/once", "https://a:b@registry.example/once"),
      (.unsafeAddress, "https://registry.example/once", "http://registry.example/once"),
      (.integrity, "BBB=", "DDD="),
      (.integrityRemoved, ",\n      \"integrity\": \"sha512-BBB=\"", ""),
      (.integrityWeakened, "sha512-BBB=", "sha1-BBB="),
      (.integrity, "sha512-BBB=", "sha512-BBB= sha512-DDD="),
      (
        .leavesRegistry, "https://registry.example/once/-/once-1.4.0.tgz",
        "git+https://registry.example/once/once.git#0123456789012345678901234567890123456789"
      ),
      (
        .leavesRegistry, "https://registry.example/once/-/once-1.4.0.tgz", "file:../once.tgz"
      ),
      (.otherPackage, "once/-/once-1.4.0", "nonce/-/nonce-1.4.0"),
      (.otherVersion, "once-1.4.0", "once-0.1.0"),
      (.alias, "\"version\": \"1.4.0\"", "\"version\": \"1.4.0\", \"name\": \"malice\""),
      (.runsCode, "\"version\": \"1.4.0\"", "\"version\": \"1.4.0\", \"hasInstallScript\": true"),
      (.keyTwice, "\"version\": \"1.4.0\"", "\"version\": \"1.4.0\", \"version\": \"6.6.6\""),
      (
        .keyTwice, "\"version\": \"1.4.0\"",
        "\"version\": \"1.4.0\", \"\\u0076ersion\": \"6\""
      ),
      (
        .entryTwice, "\"node_modules/once\": {",
        "\"node_modules/once\": {\"version\": \"6.6.6\"}, \"node_modules/once\": {"
      ),
      (
        .orphan, "\"node_modules/once\": {",
        "\"node_modules/malice\": {\"version\": \"6.6.6\", "
          + "\"resolved\": \"https://registry.example/malice/-/malice-6.6.6.tgz\", "
          + "\"integrity\": \"sha512-EEE=\"}, \"node_modules/once\": {"
      ),
      (.runsCode, "\"\": {", "\"\": {\"hasInstallScript\": true,"),
      (
        .mutableRevision, "https://registry.example/once/-/once-1.4.0.tgz",
        "git+https://registry.example/once/once.git#main"
      ),
      (.unknownVersion, #""lockfileVersion": 3"#, #""lockfileVersion": 9"#),
    ],
    without: [
      .revisionMoved: .noRelease
    ])

  private static let npmOne = MutatedLock(
    "sub/package-lock.json",
    """
    {
      "lockfileVersion": 1,
      "dependencies": {
        "ms": {
          "version": "2.1.2",
          "resolved": "https://registry.example/ms/-/ms-2.1.2.tgz",
          "integrity": "sha512-AAA="
        },
        "once": {
          "version": "1.4.0",
          "resolved": "https://registry.example/once/-/once-1.4.0.tgz",
          "integrity": "sha512-BBB="
        }
      }
    }

    """,
    change: [("2.1.2", "2.1.3"), ("ms-2.1.2", "ms-2.1.3"), ("AAA=", "CCC=")],
    attacks: [
      (.source, "registry.example/once", "evil.example/once"), (.integrity, "BBB=", "DDD="),
      (.integrityRemoved, ",\n      \"integrity\": \"sha512-BBB=\"", ""),
      (
        .leavesRegistry, "\"version\": \"1.4.0\"",
        "\"version\": \"git+https://git.example/a/once.git#main\""
      ),
      (.alias, "\"version\": \"1.4.0\"", "\"version\": \"npm:malice@1.4.0\""),
      (.keyTwice, #""version": "1.4.0""#, #""version": "1.4.0", "version": "6.6.6""#),
      (.otherPackage, "once/-/once-1.4.0", "nonce/-/nonce-1.4.0"),
    ])

  private static let pnpm = MutatedLock(
    "pnpm-lock.yaml",
    """
    lockfileVersion: '9.0'

    importers:

      .:
        dependencies:
          ms:
            specifier: ^2.0.0
            version: 2.1.2
          once:
            specifier: ^1.0.0
            version: 1.4.0

    packages:

      ms@2.1.2:
        resolution: {integrity: sha512-AAA=}

      once@1.4.0:
        resolution: {integrity: sha512-BBB=}

    snapshots:

      ms@2.1.2: {}

      once@1.4.0: {}

    """,
    change: [
      ("version: 2.1.2", "version: 2.1.3"), ("ms@2.1.2", "ms@2.1.3"), ("AAA=", "CCC="),
      ("ms@2.1.2", "ms@2.1.3"),
    ],
    attacks: [
      (
        .source, "{integrity: sha512-BBB=}",
        "{integrity: sha512-BBB=, tarball: https://evil.example/once/-/once-1.4.0.tgz}"
      ),
      (.integrity, "BBB=", "DDD="),
      (.integrityRemoved, "{integrity: sha512-BBB=}", "{}"),
      (.integrityWeakened, "sha512-BBB=", "sha1-BBB="),
      (
        .leavesRegistry, "{integrity: sha512-BBB=}",
        "{type: git, repo: https://git.example/a/once.git, commit: 0123456789012345678901234567890123456789}"
      ),
      (.entryTwice, "once@1.4.0:\n", "once@1.4.0: {}\n  once@1.4.0:\n"),
      (
        .unsafeAddress, "{integrity: sha512-BBB=}",
        "{integrity: sha512-BBB=, tarball: http://registry.example/once/-/once-1.4.0.tgz}"
      ),
      (
        .otherPackage, "{integrity: sha512-BBB=}",
        "{integrity: sha512-BBB=, tarball: https://registry.example/malice/-/malice-1.4.0.tgz}"
      ),
      (
        .otherVersion, "{integrity: sha512-BBB=}",
        "{integrity: sha512-BBB=, tarball: https://registry.example/once/-/once-0.1.0.tgz}"
      ),
      (
        .alias, "version: 1.4.0\n\npackages:\n",
        "version: malice@6.6.6\n\npackages:\n\n  malice@6.6.6:\n    resolution: {integrity: sha512-EEE=}\n"
      ),
      (
        .mutableRevision, "{integrity: sha512-BBB=}",
        "{type: git, repo: https://git.example/a/once.git, commit: main}"
      ),
      (.runsCode, "{integrity: sha512-BBB=}", "{integrity: sha512-BBB=}\n    requiresBuild: true"),
      (.runsCode, "importers:", "onlyBuiltDependencies:\n  - once\n\nimporters:"),
      (.keyTwice, "{integrity: sha512-BBB=}", "{integrity: sha512-BBB=, integrity: sha512-DDD=}"),
      (
        .orphan, "packages:\n",
        "packages:\n\n  malice@6.6.6:\n    resolution: {integrity: sha512-EEE=}\n"
      ),
      (.unknownVersion, "'9.0'", "'19.0'"),
    ],
    without: [
      .revisionMoved: .noRelease
    ])

  private static let yarnClassic = MutatedLock(
    "yarn.lock",
    """
    # yarn lockfile v1


    ms@^2.0.0:
      version "2.1.2"
      resolved "https://registry.example/ms/-/ms-2.1.2.tgz"
      integrity sha512-AAA=

    once@^1.0.0:
      version "1.4.0"
      resolved "https://registry.example/once/-/once-1.4.0.tgz"
      integrity sha512-BBB=

    """,
    change: [("2.1.2", "2.1.3"), ("ms-2.1.2", "ms-2.1.3"), ("AAA=", "CCC=")],
    attacks: [
      (.source, "registry.example/once", "evil.example/once"), (.integrity, "BBB=", "DDD="),
      (.integrityRemoved, "\n  integrity sha512-BBB=", ""),
      (.integrityWeakened, "sha512-BBB=", "sha1-BBB="),
      (
        .leavesRegistry, "https://registry.example/once/-/once-1.4.0.tgz",
        "git+https://git.example/a/once.git#main"
      ),
      (.otherPackage, "once/-/once-1.4.0", "nonce/-/nonce-1.4.0"),
      (.keyTwice, "version \"1.4.0\"", "version \"1.4.0\"\n  version \"6.6.6\""),
      (.unsafeAddress, "https://registry.example/once", "http://registry.example/once"),
      (.otherVersion, "once-1.4.0", "once-0.1.0"),
      (.alias, "once@^1.0.0:", #""once@npm:malice@^1.0.0":"#),
      (
        .mutableRevision, "https://registry.example/once/-/once-1.4.0.tgz",
        "git+https://git.example/a/once.git#main"
      ),
      (.entryTwice, "once@^1.0.0:\n", "once@^1.0.0:\n  version \"6.6.6\"\n\nonce@^1.0.0:\n"),
      (.unknownVersion, "# yarn lockfile v1", "# yarn lockfile v9"),
    ],
    without: [
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
    ])

  private static let yarnBerry = MutatedLock(
    "web/yarn.lock",
    """
    # This file is generated by running "yarn install" inside your project.
    # Manual changes might be lost - proceed with caution!

    __metadata:
      version: 8
      cacheKey: 10c0

    "ms@npm:^2.0.0":
      version: 2.1.2
      resolution: "ms@npm:2.1.2"
      checksum: 10c0/aaaa
      languageName: node
      linkType: hard

    "once@npm:^1.0.0":
      version: 1.4.0
      resolution: "once@npm:1.4.0"
      checksum: 10c0/bbbb
      languageName: node
      linkType: hard

    """,
    change: [("version: 2.1.2", "version: 2.1.3"), ("npm:2.1.2", "npm:2.1.3"), ("aaaa", "cccc")],
    attacks: [
      (.integrity, "bbbb", "dddd"), (.integrityRemoved, "\n  checksum: 10c0/bbbb", ""),
      (
        .leavesRegistry, "once@npm:1.4.0",
        "once@https://git.example/a/once.git#commit=0123456789012345678901234567890123456789"
      ),
      (.alias, "once@npm:1.4.0", "nonce@npm:1.4.0"),
      (
        .entryTwice, "\"once@npm:^1.0.0\":",
        "\"once@npm:^1.0.0\":\n  version: 6.6.6\n\n\"once@npm:^1.0.0\":"
      ),
      (
        .source, "once@npm:1.4.0",
        "once@npm:1.4.0::__archiveUrl=https%3A%2F%2Fevil.example%2Fonce%2F-%2Fonce-1.4.0.tgz"
      ),
      (
        .unsafeAddress, "once@npm:1.4.0",
        "once@npm:1.4.0::__archiveUrl=http%3A%2F%2Fregistry.example%2Fonce%2F-%2Fonce-1.4.0.tgz"
      ),
      (
        .otherPackage, "once@npm:1.4.0",
        "once@npm:1.4.0::__archiveUrl=https%3A%2F%2Fregistry.example%2Fmalice%2F-%2Fmalice-1.4.0.tgz"
      ),
      (
        .otherVersion, "once@npm:1.4.0",
        "once@npm:1.4.0::__archiveUrl=https%3A%2F%2Fregistry.example%2Fonce%2F-%2Fonce-0.1.0.tgz"
      ),
      (.mutableRevision, "once@npm:1.4.0", "once@https://git.example/a/once.git#branch=main"),
      (.keyTwice, "version: 1.4.0", "version: 1.4.0\n  version: 6.6.6"),
      (
        .orphan, #""once@npm:^1.0.0":"#,
        "\"malice@npm:^6.0.0\":\n  version: 6.6.6\n  resolution: \"malice@npm:6.6.6\"\n  checksum: 10c0/eeee\n  languageName: node\n  linkType: hard\n\n\"once@npm:^1.0.0\":"
      ),
      (.unknownVersion, "version: 8", "version: 99"),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
    ])
}
