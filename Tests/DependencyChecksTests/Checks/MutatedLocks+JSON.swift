extension MutatedLock {
  static let json = [composer, packageResolved, nuget, conan]

  private static let composer = MutatedLock(
    "composer.lock",
    """
    {
        "content-hash": "00",
        "packages": [
            {
                "name": "acme/ms",
                "version": "2.1.2",
                "source": {"type": "git", "url": "https://git.example/acme/ms.git", "reference": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
                "dist": {"type": "zip", "url": "https://dist.example/acme/ms/aaaa.zip", "reference": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "shasum": ""},
                "type": "library"
            },
            {
                "name": "acme/once",
                "version": "1.4.0",
                "source": {"type": "git", "url": "https://git.example/acme/once.git", "reference": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"},
                "dist": {"type": "zip", "url": "https://dist.example/acme/once/bbbb.zip", "reference": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "shasum": "bbbb1111"},
                "type": "library"
            }
        ],
        "packages-dev": [],
        "aliases": [],
        "minimum-stability": "stable",
        "stability-flags": {},
        "prefer-stable": false,
        "prefer-lowest": false,
        "platform": {},
        "platform-dev": {},
        "plugin-api-version": "2.6.0"
    }

    """,
    change: [("2.1.2", "2.1.3")],
    attacks: [
      (.source, "dist.example/acme/once", "evil.example/acme/once"),
      (.source, "git.example/acme/once", "git.example/evil/once"),
      (
        .runsCode,
        "once/bbbb.zip\", \"reference\": \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", \"shasum\": \"bbbb1111\"},\n            \"type\": \"library\"",
        "once/bbbb.zip\", \"reference\": \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", \"shasum\": \"bbbb1111\"},\n            \"type\": \"composer-plugin\""
      ),
      (.unsafeAddress, "https://dist.example/acme/once", "http://dist.example/acme/once"),
      (.integrity, "bbbb1111", "dddd1111"),
      (.integrityRemoved, #""bbbb1111""#, #""""#),
      (
        .leavesRegistry, #"{"type": "zip", "url": "https://dist.example/acme/once/bbbb.zip""#,
        #"{"type": "path", "url": "../once""#
      ),
      (
        .mutableRevision,
        "once.git\", \"reference\": \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"},\n            \"dist\": {\"type\": \"zip\", \"url\": \"https://dist.example/acme/once/bbbb.zip\", \"reference\": \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", \"shasum\": \"bbbb1111\"},\n",
        "once.git\", \"reference\": \"main\"},\n"
      ),
      (
        .revisionMoved, #"once/bbbb.zip", "reference": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb""#,
        #"once/bbbb.zip", "reference": "dddddddddddddddddddddddddddddddddddddddd""#
      ),
      (.keyTwice, #""version": "1.4.0""#, #""version": "1.4.0", "version": "6.6.6""#),
      (
        .entryTwice, #""packages": ["#,
        #""packages": [{"name": "acme/once", "version": "6.6.6", "type": "library"},"#
      ),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let packageResolved = MutatedLock(
    "Package.resolved",
    """
    {
      "originHash" : "00",
      "pins" : [
        {
          "identity" : "ms",
          "kind" : "remoteSourceControl",
          "location" : "https://git.example/acme/ms.git",
          "state" : {
            "revision" : "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "version" : "2.1.2"
          }
        },
        {
          "identity" : "once",
          "kind" : "remoteSourceControl",
          "location" : "https://git.example/acme/once.git",
          "state" : {
            "revision" : "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "version" : "1.4.0"
          }
        },
        {
          "identity" : "acme.wing",
          "kind" : "registry",
          "location" : "",
          "state" : {
            "version" : "1.0.0"
          }
        }
      ],
      "version" : 3
    }

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "cccccccccccccccccccccccccccccccccccccccc"),
    ],
    attacks: [
      (.source, "git.example/acme/once", "evil.example/acme/once"),
      (.source, "git.example/acme/once", "git.example/evil/once"),
      (
        .revisionMoved, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "dddddddddddddddddddddddddddddddddddddddd"
      ),
      (.unsafeAddress, "https://git.example/acme/once", "http://git.example/acme/once"),
      (
        .leavesRegistry, "\"kind\" : \"registry\",\n      \"location\" : \"\"",
        "\"kind\" : \"remoteSourceControl\",\n      \"location\" : \"https://git.example/acme/wing.git\""
      ),
      (
        .leavesRegistry, "\"kind\" : \"registry\",\n      \"location\" : \"\"",
        "\"kind\" : \"localSourceControl\",\n      \"location\" : \"/srv/wing\""
      ),
      (
        .keyTwice, #""version" : "1.4.0""#,
        "\"version\" : \"1.4.0\",\n        \"version\" : \"6.6.6\""
      ),
      (
        .entryTwice, #""pins" : ["#,
        "\"pins\" : [\n    {\"identity\" : \"once\", \"kind\" : \"remoteSourceControl\", \"location\" : \"https://git.example/acme/once.git\", \"state\" : {\"revision\" : \"dddddddddddddddddddddddddddddddddddddddd\", \"version\" : \"1.4.0\"}},"
      ),
      (.unknownVersion, #""version" : 3"#, #""version" : 9"#),
    ],
    without: [
      .integrity: .noDigest,
      .integrityRemoved: .noDigest,
      .integrityWeakened: .noDigest,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .mutableRevision: "every pin has its commit",
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
    ])

  private static let nuget = MutatedLock(
    "packages.lock.json",
    """
    {
      "version": 1,
      "dependencies": {
        "net8.0": {
          "Ms": {
            "type": "Direct",
            "requested": "[2.1.2, )",
            "resolved": "2.1.2",
            "contentHash": "AAA="
          },
          "once": {
            "type": "Direct",
            "requested": "[1.4.0, )",
            "resolved": "1.4.0",
            "contentHash": "BBB="
          }
        }
      }
    }

    """,
    change: [("\"resolved\": \"2.1.2\"", "\"resolved\": \"2.1.3\""), ("AAA=", "CCC=")],
    attacks: [
      (.integrity, "BBB=", "DDD="), (.integrityRemoved, ",\n        \"contentHash\": \"BBB=\"", ""),
      (.keyTwice, "\"resolved\": \"1.4.0\"", "\"resolved\": \"1.4.0\", \"resolved\": \"6.6.6\""),
      (
        .entryTwice, #""once": {"#,
        "\"once\": {\"type\": \"Direct\", \"resolved\": \"6.6.6\", \"contentHash\": \"EEE=\"},\n      \"once\": {"
      ),
      (
        .orphan, #""once": {"#,
        "\"malice\": {\"type\": \"Transitive\", \"resolved\": \"6.6.6\", \"contentHash\": \"EEE=\"},\n      \"once\": {"
      ),
      (.unknownVersion, #""version": 1"#, #""version": 9"#),
    ],
    without: [
      .source: .noAddress,
      .unsafeAddress: .noAddress,
      .integrityWeakened: .oneAlgorithm,
      .leavesRegistry: .noAddress,
      .otherPackage: .noAddress,
      .otherVersion: .noAddress,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .runsCode: .noCode,
    ])

  private static let conan = MutatedLock(
    "conan.lock",
    """
    {
        "version": "0.5",
        "requires": [
            "ms/2.1.2#aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%1700000000.0",
            "once/1.4.0#bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb%1700000000.0"
        ],
        "build_requires": [],
        "python_requires": [],
        "overrides": {}
    }

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "cccccccccccccccccccccccccccccccc"),
    ],
    attacks: [
      (.source, "once/1.4.0#", "once/1.4.0@evil/stable#"),
      (.integrity, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "dddddddddddddddddddddddddddddddd"),
      (.integrityRemoved, "#bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb%1700000000.0", ""),
      (
        .keyTwice, #""build_requires": [],"#,
        #""build_requires": [], "build_requires": ["malice/6.6.6"],"#
      ),
      (
        .entryTwice, #""once/1.4.0#"#,
        #""once/1.4.0#bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb%1.0", "once/1.4.0#"#
      ),
      (.source, #""overrides": {}"#, #""overrides": {"once/1.4.0": ["malice/6.6.6"]}"#),
      (.unknownVersion, #""0.5""#, #""9.5""#),
    ],
    without: [
      .unsafeAddress: .noAddress,
      .integrityWeakened: .oneAlgorithm,
      .leavesRegistry: .noAddress,
      .otherPackage: .noAddress,
      .otherVersion: .noAddress,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: "a recipe's revision is its digest",
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
    ])
}
