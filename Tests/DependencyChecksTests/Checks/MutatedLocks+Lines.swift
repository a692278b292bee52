extension MutatedLock {
  static let lines = [
    gemfile, paket, cabalFreeze, goSum, goVendor, cartfile, gradleLock, versionsLock,
  ]

  private static let gemfile = MutatedLock(
    "Gemfile.lock",
    """
    GEM
      remote: https://gems.example/
      specs:
        ms (2.1.2)
        once (1.4.0)

    PLATFORMS
      ruby

    DEPENDENCIES
      ms
      once

    CHECKSUMS
      ms (2.1.2) sha256=aaaa
      once (1.4.0) sha256=bbbb

    BUNDLED WITH
       2.5.0

    """,
    change: [("ms (2.1.2)", "ms (2.1.3)"), ("ms (2.1.2) sha256=aaaa", "ms (2.1.3) sha256=cccc")],
    attacks: [
      (.source, "gems.example", "evil.example"), (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, "  once (1.4.0) sha256=bbbb\n", "  once (1.4.0)\n"),
      (
        .source, "GEM\n",
        "GIT\n  remote: https://git.example/a/malice.git\n  revision: 0123456789012345678901234567890123456789\n  specs:\n    malice (1.4.0)\n\nGEM\n"
      ),
      (.source, "  specs:", "  remote: https://evil.example/\n  specs:"),
      (.unsafeAddress, "https://gems.example/", "http://gems.example/"),
      (.integrityWeakened, "sha256=bbbb", "md5=bbbb"),
      (
        .leavesRegistry, "    once (1.4.0)\n\n",
        "\nGIT\n  remote: https://git.example/a/once.git\n  revision: 0123456789012345678901234567890123456789\n  specs:\n    once (1.4.0)\n\n"
      ),
      (
        .leavesRegistry, "    once (1.4.0)\n\n",
        "\nPATH\n  remote: ../once\n  specs:\n    once (1.4.0)\n\n"
      ),
      (
        .mutableRevision, "    once (1.4.0)\n\n",
        "\nGIT\n  remote: https://git.example/a/once.git\n  revision: main\n  specs:\n    once (1.4.0)\n\n"
      ),
      (
        .source, "GEM\n",
        "PLUGIN SOURCE\n  remote: https://evil.example/\n  type: x\n  specs:\n    malice (6.6.6)\n\nGEM\n"
      ),
      (
        .keyTwice, "  once (1.4.0) sha256=bbbb",
        "  once (1.4.0) sha256=bbbb\n  once (1.4.0) sha256=dddd"
      ),
      (.entryTwice, "    once (1.4.0)", "    once (1.4.0)\n    once (1.4.0)"),
      (.orphan, "    once (1.4.0)", "    malice (6.6.6)\n    once (1.4.0)"),
    ],
    without: [
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .unknownVersion: .noVersion,
    ])

  private static let paket = MutatedLock(
    "paket.lock",
    """
    NUGET
      remote: https://nuget.example/v3/index.json
        Ms (2.1.2)
        once (1.4.0)
    GITHUB
      remote: acme/wing
        wing.fs (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)

    """,
    change: [
      ("2.1.2", "2.1.3")
    ],
    attacks: [
      (.source, "nuget.example", "evil.example"),
      (.source, "  remote: acme/wing", "  remote: evil/wing"),
      (
        .source, "    once (1.4.0)",
        "  remote: https://evil.example/v3/index.json\n    once (1.4.0)"
      ),
      (.unsafeAddress, "https://nuget.example", "http://nuget.example"),
      (
        .leavesRegistry, "    once (1.4.0)\n",
        "HTTP\n  remote: https://evil.example\n    once (1.4.0)\n"
      ),
      (
        .leavesRegistry, "    once (1.4.0)\n",
        "GIT\n  remote: https://git.example/a/once.git\n    once (0123456789012345678901234567890123456789)\n"
      ),
      (.mutableRevision, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "main"),
      (.runsCode, "NUGET\n", "IMPORT-TARGETS: TRUE\nNUGET\n"),
      (.keyTwice, "    once (1.4.0)", "    once (1.4.0)\n    once (1.4.0)"),
      (.entryTwice, "    once (1.4.0)", "    once (1.4.0)\n    once (6.6.6)"),
    ],
    without: [
      .integrity: .noDigest,
      .integrityRemoved: .noDigest,
      .integrityWeakened: .noDigest,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .revisionMoved: "a repository's file has no version",
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let cabalFreeze = MutatedLock(
    "cabal.project.freeze",
    """
    active-repositories: hackage.example:merge
    constraints: any.ms ==2.1.2,
                 any.once ==1.4.0,
                 once +simple
    index-state: hackage.example 2026-01-01T00:00:00Z

    """,
    change: [
      ("2.1.2", "2.1.3")
    ],
    attacks: [
      (.source, "hackage.example:merge", "hackage.example:merge, evil.example:override"),
      (.runsCode, "index-state:", "with-compiler: ./ghc\nindex-state:"),
      (.keyTwice, "index-state:", "index-state: evil.example 2026-01-01T00:00:00Z\nindex-state:"),
      (.entryTwice, "any.once ==1.4.0", "any.once ==1.4.0, any.once ==6.6.6"),
    ],
    without: [
      .unsafeAddress: "repositories stand here by their names",
      .integrity: .noDigest,
      .integrityRemoved: .noDigest,
      .integrityWeakened: .noDigest,
      .leavesRegistry: .noAddress,
      .otherPackage: .noAddress,
      .otherVersion: .noAddress,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let goSum = MutatedLock(
    "go.sum",
    """
    example.org/ms v2.1.2 h1:AAA=
    example.org/ms v2.1.2/go.mod h1:AAB=
    example.org/once v1.4.0 h1:BBB=
    example.org/once v1.4.0/go.mod h1:BBC=

    """,
    change: [
      ("v2.1.2 h1:AAA=", "v2.1.3 h1:CCC="), ("v2.1.2/go.mod h1:AAB=", "v2.1.3/go.mod h1:CCD="),
    ],
    attacks: [
      (.integrity, "BBB=", "DDD="), (.integrity, "BBC=", "DDD="),
      (
        .entryTwice, "example.org/once v1.4.0 h1:BBB=\n",
        "example.org/once v1.4.0 h1:BBB=\nexample.org/once v1.4.0 h1:DDD=\n"
      ),
      (.integrityWeakened, "h1:BBB=", "md5:BBB="),
    ],
    without: [
      .source: .noAddress,
      .unsafeAddress: .noAddress,
      .integrityRemoved: "a line is a digest, and go asks for it again",
      .leavesRegistry: .noAddress,
      .otherPackage: .noAddress,
      .otherVersion: .noAddress,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .runsCode: "go runs no code of modules",
      .keyTwice: "lines have no keys",
      .orphan: "lines of modules that are no longer used may stay",
      .unknownVersion: .noVersion,
    ])

  private static let goVendor = MutatedLock(
    "vendor/modules.txt",
    """
    # example.org/ms v2.1.2
    ## explicit; go 1.22
    example.org/ms
    # example.org/once v1.4.0
    ## explicit; go 1.22
    example.org/once

    """,
    change: [
      ("v2.1.2", "v2.1.3")
    ],
    attacks: [
      (.leavesRegistry, "# example.org/once v1.4.0", "# example.org/once v1.4.0 => ./once"),
      (
        .alias, "# example.org/once v1.4.0", "# example.org/once v1.4.0 => evil.example/once v1.4.0"
      ),
      (
        .entryTwice, "# example.org/once v1.4.0\n",
        "# example.org/once v1.4.0\nexample.org/once/x\n# example.org/once v1.4.0 => ./once\n"
      ),
    ],
    without: [
      .source: "a module's name is its address",
      .unsafeAddress: "names have no scheme",
      .integrity: .noDigest,
      .integrityRemoved: .noDigest,
      .integrityWeakened: .noDigest,
      .otherPackage: .noAddress,
      .otherVersion: .noAddress,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .runsCode: "go runs no code of modules",
      .keyTwice: "lines have no keys",
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let cartfile = MutatedLock(
    "Cartfile.resolved",
    """
    github "acme/ms" "2.1.2"
    git "https://git.example/acme/once.git" "1.4.0"
    binary "https://files.example/wing.json" "1.0.0"

    """,
    change: [
      ("2.1.2", "2.1.3")
    ],
    attacks: [
      (.source, "git.example/acme/once", "git.example/evil/once"),
      (.source, "files.example/wing", "evil.example/wing"),
      (.unsafeAddress, "https://git.example", "http://git.example"),
      (.unsafeAddress, "https://files.example", "http://files.example"),
      (.mutableRevision, #""1.4.0""#, #""main""#),
      (
        .entryTwice, #"git "https://git.example/acme/once.git" "1.4.0""#,
        "git \"https://git.example/acme/once.git\" \"1.4.0\"\ngit \"https://git.example/acme/once.git\" \"6.6.6\""
      ),
    ],
    without: [
      .integrity: .noDigest,
      .integrityRemoved: .noDigest,
      .integrityWeakened: .noDigest,
      .leavesRegistry: "entries are repositories",
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .revisionMoved: "the tag is all there is",
      .runsCode: .noCode,
      .keyTwice: "lines have no keys",
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let gradleLock = MutatedLock(
    "gradle.lockfile",
    """
    # This is a Gradle generated file for dependency locking.
    org.example:ms:2.1.2=runtimeClasspath
    org.example:once:1.4.0=runtimeClasspath
    empty=annotationProcessor

    """,
    change: [
      ("2.1.2", "2.1.3")
    ],
    attacks: [
      (
        .entryTwice, "org.example:once:1.4.0=runtimeClasspath",
        "org.example:once:1.4.0=runtimeClasspath\norg.example:once:1.4.0=testRuntimeClasspath"
      ),
      (
        .runsCode, "org.example:once:1.4.0=runtimeClasspath",
        "org.example:once:1.4.0=annotationProcessor,runtimeClasspath"
      ),
    ],
    without: [
      .source: .noAddress,
      .unsafeAddress: .noAddress,
      .integrity: .noDigest,
      .integrityRemoved: .noDigest,
      .integrityWeakened: .noDigest,
      .leavesRegistry: .noAddress,
      .otherPackage: .noAddress,
      .otherVersion: .noAddress,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .keyTwice: "lines have no keys",
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let versionsLock = MutatedLock(
    "versions.lock",
    """
    # Run ./gradlew --write-locks to regenerate this file
    org.example:ms:2.1.2 (1 constraints: 00000000)
    org.example:once:1.4.0 (1 constraints: 00000000)

    [Test dependencies]
    org.example:wing:1.0.0 (1 constraints: 00000000)

    """,
    change: [
      ("2.1.2", "2.1.3")
    ],
    attacks: [
      (
        .entryTwice, "org.example:once:1.4.0",
        "org.example:once:6.6.6 (1 constraints: 00000000)\norg.example:once:1.4.0"
      )
    ],
    without: [
      .source: .noAddress,
      .unsafeAddress: .noAddress,
      .integrity: .noDigest,
      .integrityRemoved: .noDigest,
      .integrityWeakened: .noDigest,
      .leavesRegistry: .noAddress,
      .otherPackage: .noAddress,
      .otherVersion: .noAddress,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .runsCode: .noCode,
      .keyTwice: "lines have no keys",
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])
}
