extension MutatedLock {
  static let yaml = [pubspec, podfile, stack, helm]

  private static let pubspec = MutatedLock(
    "pubspec.lock",
    """
    packages:
      ms:
        dependency: "direct main"
        description:
          name: ms
          sha256: aaaa
          url: "https://pub.example"
        source: hosted
        version: "2.1.2"
      once:
        dependency: transitive
        description:
          name: once
          sha256: bbbb
          url: "https://pub.example"
        source: hosted
        version: "1.4.0"
    sdks:
      dart: ">=3.0.0 <4.0.0"

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("aaaa", "cccc"),
    ],
    attacks: [
      (
        .source, "bbbb\n      url: \"https://pub.example\"",
        "bbbb\n      url: \"https://evil.example\""
      ),
      (
        .unsafeAddress, "bbbb\n      url: \"https://pub.example\"",
        "bbbb\n      url: \"http://pub.example\""
      ),
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, "      sha256: bbbb\n", ""),
      (
        .leavesRegistry,
        "      name: once\n      sha256: bbbb\n      url: \"https://pub.example\"\n    source: hosted",
        "      path: \".\"\n      ref: main\n      resolved-ref: \"0123456789012345678901234567890123456789\"\n      url: \"https://git.example/a/once.git\"\n    source: git"
      ),
      (
        .leavesRegistry,
        "      name: once\n      sha256: bbbb\n      url: \"https://pub.example\"\n    source: hosted",
        "      path: \"../once\"\n      relative: true\n    source: path"
      ),
      (
        .mutableRevision,
        "      name: once\n      sha256: bbbb\n      url: \"https://pub.example\"\n    source: hosted",
        "      path: \".\"\n      ref: main\n      resolved-ref: main\n      url: \"https://git.example/a/once.git\"\n    source: git"
      ),
      (.alias, "name: once", "name: malice"),
      (.keyTwice, #"version: "1.4.0""#, "version: \"1.4.0\"\n    version: \"6.6.6\""),
      (
        .entryTwice, "  once:\n",
        "  once:\n    dependency: transitive\n    source: hosted\n    version: \"6.6.6\"\n  once:\n"
      ),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .revisionMoved: .noRelease,
      .runsCode: "pub runs no code of packages",
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let podfile = MutatedLock(
    "Podfile.lock",
    """
    PODS:
      - Ms (2.1.2)
      - once (1.4.0)
      - Wing (1.0.0)

    DEPENDENCIES:
      - Ms (~> 2.0)
      - once
      - Wing (from `https://git.example/acme/wing.git`, tag `1.0.0`)

    SPEC REPOS:
      https://specs.example/main:
        - Ms
        - once

    EXTERNAL SOURCES:
      Wing:
        :git: https://git.example/acme/wing.git
        :tag: 1.0.0

    CHECKOUT OPTIONS:
      Wing:
        :commit: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        :git: https://git.example/acme/wing.git

    SPEC CHECKSUMS:
      Ms: aaaa
      once: bbbb
      Wing: ffff

    PODFILE CHECKSUM: "00"

    COCOAPODS: 1.15.0

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("Ms: aaaa", "Ms: cccc"),
    ],
    attacks: [
      (
        .source, "https://specs.example/main:\n    - Ms\n    - once",
        "https://specs.example/main:\n    - Ms\n  https://evil.example/main:\n    - once"
      ),
      (
        .source, ":git: https://git.example/acme/wing.git\n\nSPEC",
        ":git: https://git.example/evil/wing.git\n\nSPEC"
      ),
      (
        .unsafeAddress, ":git: https://git.example/acme/wing.git\n\nSPEC",
        ":git: http://git.example/acme/wing.git\n\nSPEC"
      ),
      (.integrity, "once: bbbb", "once: dddd"),
      (.integrityRemoved, "  once: bbbb\n", ""),
      (
        .leavesRegistry, "EXTERNAL SOURCES:\n",
        "EXTERNAL SOURCES:\n  once:\n    :git: https://git.example/acme/once.git\n    :commit: 0123456789012345678901234567890123456789\n"
      ),
      (.leavesRegistry, "EXTERNAL SOURCES:\n", "EXTERNAL SOURCES:\n  once:\n    :path: ../once\n"),
      (
        .leavesRegistry, "EXTERNAL SOURCES:\n",
        "EXTERNAL SOURCES:\n  once:\n    :podspec: https://evil.example/once.podspec\n"
      ),
      (
        .mutableRevision, "    :commit: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
        "    :branch: main\n"
      ),
      (
        .revisionMoved, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "dddddddddddddddddddddddddddddddddddddddd"
      ),
      (.keyTwice, "  once: bbbb", "  once: bbbb\n  once: dddd"),
      (.entryTwice, "  - once (1.4.0)", "  - once (1.4.0)\n  - once (6.6.6)"),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .runsCode: .noCode,
      .orphan: "names stand in further lists, which say nothing about who asks",
      .unknownVersion: .noVersion,
    ])

  private static let stack = MutatedLock(
    "stack.yaml.lock",
    """
    packages:
    - completed:
        hackage: ms-2.1.2@sha256:aaaa,100
        pantry-tree:
          sha256: aabb
          size: 10
      original:
        hackage: ms-2.1.2
    - completed:
        hackage: once-1.4.0@sha256:bbbb,100
        pantry-tree:
          sha256: bbcc
          size: 10
      original:
        hackage: once-1.4.0
    snapshots:
    - completed:
        sha256: ffff
        size: 1000
        url: https://snapshots.example/lts/22/0.yaml
      original: lts-22.0

    """,
    change: [
      ("ms-2.1.2", "ms-2.1.3"),
      ("ms-2.1.2", "ms-2.1.3"),
      ("aaaa", "cccc"),
      ("aabb", "ccdd"),
    ],
    attacks: [
      (.source, "https://snapshots.example/", "https://evil.example/"),
      (.unsafeAddress, "https://snapshots.example/", "http://snapshots.example/"),
      (.integrity, "bbbb", "dddd"),
      (.integrity, "bbcc", "dddd"),
      (.integrity, "ffff", "dddd"),
      (.integrityRemoved, "    sha256: ffff\n", ""),
      (
        .integrityRemoved,
        "once-1.4.0@sha256:bbbb,100\n    pantry-tree:\n      sha256: bbcc\n      size: 10",
        "once-1.4.0@rev:1"
      ),
      (
        .leavesRegistry, "hackage: once-1.4.0@sha256:bbbb,100",
        "name: once\n    version: 1.4.0\n    git: https://git.example/a/once.git\n    commit: 0123456789012345678901234567890123456789"
      ),
      (
        .leavesRegistry, "hackage: once-1.4.0@sha256:bbbb,100",
        "name: once\n    version: 1.4.0\n    url: https://evil.example/once.tar.gz\n    sha256: eeee"
      ),
      (
        .mutableRevision, "hackage: once-1.4.0@sha256:bbbb,100",
        "name: once\n    version: 1.4.0\n    git: https://git.example/a/once.git\n    commit: main"
      ),
      (
        .keyTwice, "hackage: once-1.4.0@sha256:bbbb,100",
        "hackage: once-1.4.0@sha256:bbbb,100\n    hackage: malice-6.6.6@sha256:eeee,1"
      ),
      (
        .entryTwice, "packages:\n",
        "packages:\n- completed:\n    hackage: once-1.4.0@sha256:dddd,100\n  original:\n    hackage: once-1.4.0\n"
      ),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .orphan: "every entry is one that the project asks for",
      .unknownVersion: .noVersion,
    ])

  private static let helm = MutatedLock(
    "Chart.lock",
    """
    dependencies:
    - name: ms
      repository: https://charts.example/stable
      version: 2.1.2
    - name: once
      repository: https://charts.example/stable
      version: 1.4.0
    digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
    generated: "2026-01-01T00:00:00Z"

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("sha256:0000", "sha256:1111"),
    ],
    attacks: [
      (
        .source, "once\n  repository: https://charts.example",
        "once\n  repository: https://evil.example"
      ),
      (
        .source, "once\n  repository: https://charts.example/stable",
        "once\n  repository: oci://evil.example/stable"
      ),
      (
        .unsafeAddress, "once\n  repository: https://charts.example",
        "once\n  repository: http://charts.example"
      ),
      (
        .leavesRegistry, "once\n  repository: https://charts.example/stable",
        "once\n  repository: file://../once"
      ),
      (.keyTwice, "version: 1.4.0", "version: 1.4.0\n  version: 6.6.6"),
      (
        .source, "dependencies:\n",
        "dependencies:\n- name: once\n  repository: https://evil.example/stable\n  version: 6.6.6\n"
      ),
    ],
    without: [
      .integrity: "the digest covers what was asked for, not the charts",
      .integrityRemoved: "the digest covers what was asked for, not the charts",
      .integrityWeakened: "the digest covers what was asked for, not the charts",
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .entryTwice: "one chart may stand here under several aliases",
      .runsCode: "charts run in a cluster",
      .orphan: "every entry is one that the project asks for",
      .unknownVersion: .noVersion,
    ])
}
