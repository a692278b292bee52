extension MutatedLock {
  static let runtimes = [bun, deno]

  private static let bun = MutatedLock(
    "bun.lock",
    """
    {
      "lockfileVersion": 1,
      "workspaces": {
        "": {
          "name": "app",
          "dependencies": {
            "ms": "^2.0.0",
            "once": "^1.0.0",
          },
        },
      },
      "packages": {
        "ms": ["ms@2.1.2", "", {}, "sha512-AAA="],

        "once": ["once@1.4.0", "", {}, "sha512-BBB="],
      }
    }

    """,
    change: [("ms@2.1.2", "ms@2.1.3"), ("AAA=", "CCC=")],
    attacks: [
      (
        .source, "\"once@1.4.0\", \"\"",
        "\"once@1.4.0\", \"https://evil.example/once/-/once-1.4.0.tgz\""
      ),
      (.integrity, "BBB=", "DDD="), (.integrityRemoved, ", \"sha512-BBB=\"", ", \"\""),
      (.alias, "once@1.4.0", "malice@1.4.0"),
      (
        .runsCode, "\"workspaces\"",
        "\"trustedDependencies\": [\"once\"],\n  \"workspaces\""
      ),
      (
        .entryTwice, "\"once\": [",
        "\"once\": [\"once@6.6.6\", \"\", {}, \"sha512-EEE=\"], \"once\": ["
      ),
      (
        .unsafeAddress, #""once@1.4.0", """#,
        #""once@1.4.0", "http://registry.example/once/-/once-1.4.0.tgz""#
      ),
      (.integrityWeakened, "sha512-BBB=", "sha1-BBB="),
      (
        .leavesRegistry, #""once@1.4.0", "", {}, "sha512-BBB=""#,
        #""once@git+https://git.example/a/once.git#0123456789012345678901234567890123456789", {}, "once-0123456""#
      ),
      (
        .mutableRevision, #""once@1.4.0", "", {}, "sha512-BBB=""#,
        #""once@git+https://git.example/a/once.git#main", {}, "once-main""#
      ),
      (
        .otherPackage, #""once@1.4.0", """#,
        #""once@1.4.0", "https://registry.example/malice/-/malice-1.4.0.tgz""#
      ),
      (
        .otherVersion, #""once@1.4.0", """#,
        #""once@1.4.0", "https://registry.example/once/-/once-0.1.0.tgz""#
      ),
      (.keyTwice, #""ms": "^2.0.0","#, #""ms": "^2.0.0", "ms": "^6.0.0","#),
      (
        .orphan, #""once": ["#,
        "\"malice\": [\"malice@6.6.6\", \"\", {}, \"sha512-EEE=\"],\n    \"once\": ["
      ),
      (.unknownVersion, #""lockfileVersion": 1"#, #""lockfileVersion": 99"#),
    ],
    without: [
      .revisionMoved: .noRelease
    ])

  private static let deno = MutatedLock(
    "deno.lock",
    """
    {
      "version": "5",
      "specifiers": {
        "npm:ms@2": "2.1.2",
        "npm:once@1": "1.4.0"
      },
      "npm": {
        "ms@2.1.2": {
          "integrity": "sha512-AAA="
        },
        "once@1.4.0": {
          "integrity": "sha512-BBB="
        }
      },
      "workspace": {
        "dependencies": [
          "npm:ms@2",
          "npm:once@1"
        ]
      }
    }

    """,
    change: [("2.1.2", "2.1.3"), ("ms@2.1.2", "ms@2.1.3"), ("AAA=", "CCC=")],
    attacks: [
      (.integrity, "BBB=", "DDD="), (.integrityRemoved, "\"integrity\": \"sha512-BBB=\"", ""),
      (
        .source, "\"sha512-BBB=\"",
        "\"sha512-BBB=\", \"tarball\": \"https://evil.example/once.tgz\""
      ),
      (.runsCode, "\"sha512-BBB=\"", "\"sha512-BBB=\", \"scripts\": true"),
      (
        .source, #""npm": {"#,
        "\"redirects\": {\"https://deno.example/x\": \"https://evil.example/x\"},\n  \"npm\": {"
      ),
      (
        .unsafeAddress, #""sha512-BBB=""#,
        #""sha512-BBB=", "tarball": "http://registry.example/once/-/once-1.4.0.tgz""#
      ),
      (.integrityWeakened, "sha512-BBB=", "sha1-BBB="),
      (
        .otherPackage, #""sha512-BBB=""#,
        #""sha512-BBB=", "tarball": "https://registry.example/malice/-/malice-1.4.0.tgz""#
      ),
      (
        .otherVersion, #""sha512-BBB=""#,
        #""sha512-BBB=", "tarball": "https://registry.example/once/-/once-0.1.0.tgz""#
      ),
      (.keyTwice, #""sha512-BBB=""#, #""sha512-BBB=", "integrity": "sha512-DDD=""#),
      (
        .entryTwice, #""once@1.4.0": {"#,
        #""once@1.4.0": {"integrity": "sha512-DDD="}, "once@1.4.0": {"#
      ),
      (
        .orphan, #""once@1.4.0": {"#,
        #""malice@6.6.6": {"integrity": "sha512-EEE="}, "once@1.4.0": {"#
      ),
      (.unknownVersion, #""version": "5""#, #""version": "99""#),
    ],
    without: [
      .leavesRegistry: "an entry's section says what it is, and no section is git",
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
    ])
}
