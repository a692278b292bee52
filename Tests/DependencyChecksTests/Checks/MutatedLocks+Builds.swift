extension MutatedLock {
  static let builds = [flake, bazel, renv, devcontainer]

  private static let flake = MutatedLock(
    "flake.lock",
    """
    {
      "nodes": {
        "ms": {
          "locked": {
            "lastModified": 1,
            "narHash": "sha256-AAA=",
            "owner": "acme",
            "repo": "ms",
            "rev": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "type": "github"
          },
          "original": {
            "owner": "acme",
            "repo": "ms",
            "type": "github"
          }
        },
        "once": {
          "locked": {
            "narHash": "sha256-BBB=",
            "rev": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "type": "git",
            "url": "https://git.example/acme/once.git"
          },
          "original": {
            "type": "git",
            "url": "https://git.example/acme/once.git"
          }
        },
        "root": {
          "inputs": {
            "ms": "ms",
            "once": "once"
          }
        }
      },
      "root": "root",
      "version": 7
    }

    """,
    change: [
      ("AAA=", "CCC="),
      ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "cccccccccccccccccccccccccccccccccccccccc"),
      (#""lastModified": 1"#, #""lastModified": 2"#),
    ],
    attacks: [
      (.source, "git.example/acme/once", "evil.example/acme/once"),
      (.source, "git.example/acme/once", "git.example/evil/once"),
      (.source, #""owner": "acme""#, #""owner": "evil""#),
      (.unsafeAddress, "https://git.example", "http://git.example"),
      (.integrity, "BBB=", "DDD="),
      (.integrityRemoved, "\"narHash\": \"sha256-BBB=\",\n        ", ""),
      (.integrityWeakened, "sha256-BBB=", "sha1-BBB="),
      (.mutableRevision, #""rev": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb""#, #""rev": "main""#),
      (
        .keyTwice, #""rev": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb""#,
        #""rev": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "rev": "dddddddddddddddddddddddddddddddddddddddd""#
      ),
      (
        .entryTwice, "\"once\": {\n      \"locked\"",
        "\"once\": {},\n    \"once\": {\n      \"locked\""
      ),
      (
        .orphan, #""root": {"#,
        "\"malice\": {\"locked\": {\"narHash\": \"sha256-EEE=\", \"owner\": \"acme\", \"repo\": \"malice\", \"rev\": \"dddddddddddddddddddddddddddddddddddddddd\", \"type\": \"github\"}},\n    \"root\": {"
      ),
      (.unknownVersion, #""version": 7"#, #""version": 99"#),
    ],
    without: [
      .leavesRegistry: "inputs are repositories",
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: "names of inputs are the project's own",
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
    ])

  private static let bazel = MutatedLock(
    "MODULE.bazel.lock",
    """
    {
      "lockFileVersion": 13,
      "registryFileHashes": {
        "https://bcr.example/modules/ms/2.1.2/MODULE.bazel": "aaaa",
        "https://bcr.example/modules/ms/2.1.2/source.json": "aabb",
        "https://bcr.example/modules/once/1.4.0/MODULE.bazel": "bbbb",
        "https://bcr.example/modules/once/1.4.0/source.json": "bbcc"
      },
      "selectedYankedVersions": {},
      "moduleExtensions": {}
    }

    """,
    change: [
      ("ms/2.1.2", "ms/2.1.3"),
      ("ms/2.1.2", "ms/2.1.3"),
      (#""aaaa""#, #""cccc""#),
      ("aabb", "ccdd"),
    ],
    attacks: [
      (.source, "bcr.example/modules/once", "evil.example/modules/once"),
      (
        .unsafeAddress, "https://bcr.example/modules/once/1.4.0/source",
        "http://bcr.example/modules/once/1.4.0/source"
      ),
      (.integrity, "bbcc", "dddd"),
      (.integrityRemoved, #""bbcc""#, "null"),
      (
        .source, #""moduleExtensions": {}"#,
        #""moduleExtensions": {"//:x.bzl%x": {"general": {"generatedRepoSpecs": {"malice": {"attributes": {"url": "https://evil.example/x"}}}}}}"#
      ),
      (
        .keyTwice, #""selectedYankedVersions": {},"#,
        #""selectedYankedVersions": {}, "selectedYankedVersions": {"once": "x"},"#
      ),
      (
        .entryTwice, #""https://bcr.example/modules/once/1.4.0/source.json": "bbcc""#,
        "\"https://bcr.example/modules/once/1.4.0/source.json\": \"dddd\",\n    \"https://bcr.example/modules/once/1.4.0/source.json\": \"bbcc\""
      ),
      (.unknownVersion, #""lockFileVersion": 13"#, #""lockFileVersion": 99"#),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .leavesRegistry: "every entry is a file of a registry",
      .otherPackage: "name and version are those of the address",
      .otherVersion: "name and version are those of the address",
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
    ])

  private static let renv = MutatedLock(
    "renv.lock",
    """
    {
      "R": {
        "Version": "4.4.0",
        "Repositories": [
          {
            "Name": "CRAN",
            "URL": "https://cran.example"
          }
        ]
      },
      "Packages": {
        "ms": {
          "Package": "ms",
          "Version": "2.1.2",
          "Source": "Repository",
          "Repository": "CRAN",
          "Hash": "aaaa"
        },
        "once": {
          "Package": "once",
          "Version": "1.4.0",
          "Source": "Repository",
          "Repository": "CRAN",
          "Hash": "bbbb"
        }
      }
    }

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("aaaa", "cccc"),
    ],
    attacks: [
      (.source, "cran.example", "evil.example"),
      (
        .source, "\"Repository\": \"CRAN\",\n      \"Hash\": \"bbbb\"",
        "\"Repository\": \"https://evil.example\",\n      \"Hash\": \"bbbb\""
      ),
      (.unsafeAddress, "https://cran.example", "http://cran.example"),
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, ",\n      \"Hash\": \"bbbb\"", ""),
      (
        .leavesRegistry,
        "\"Source\": \"Repository\",\n      \"Repository\": \"CRAN\",\n      \"Hash\": \"bbbb\"",
        #""Source": "GitHub", "RemoteType": "github", "RemoteHost": "api.git.example", "RemoteUsername": "evil", "RemoteRepo": "once", "RemoteSha": "0123456789012345678901234567890123456789", "Hash": "bbbb""#
      ),
      (
        .leavesRegistry,
        "\"Source\": \"Repository\",\n      \"Repository\": \"CRAN\",\n      \"Hash\": \"bbbb\"",
        #""Source": "Local", "RemoteUrl": "../once", "Hash": "bbbb""#
      ),
      (
        .mutableRevision,
        "\"Source\": \"Repository\",\n      \"Repository\": \"CRAN\",\n      \"Hash\": \"bbbb\"",
        #""Source": "GitHub", "RemoteType": "github", "RemoteUsername": "evil", "RemoteRepo": "once", "RemoteSha": "main", "Hash": "bbbb""#
      ),
      (.alias, #""Package": "once""#, #""Package": "malice""#),
      (.keyTwice, #""Version": "1.4.0""#, #""Version": "1.4.0", "Version": "6.6.6""#),
      (.entryTwice, #""once": {"#, #""once": {}, "once": {"#),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let devcontainer = MutatedLock(
    ".devcontainer/devcontainer-lock.json",
    """
    {
      "features": {
        "oci.example/acme/ms:2": {
          "version": "2.1.2",
          "resolved": "oci.example/acme/ms@sha256:aaaa",
          "integrity": "sha256:aaaa"
        },
        "oci.example/acme/once:1": {
          "version": "1.4.0",
          "resolved": "oci.example/acme/once@sha256:bbbb",
          "integrity": "sha256:bbbb"
        }
      }
    }

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("sha256:aaaa", "sha256:cccc"),
      ("sha256:aaaa", "sha256:cccc"),
    ],
    attacks: [
      (.source, #""resolved": "oci.example/acme/once"#, #""resolved": "evil.example/acme/once"#),
      (.source, #""resolved": "oci.example/acme/once"#, #""resolved": "oci.example/evil/once"#),
      (.integrity, #""integrity": "sha256:bbbb""#, #""integrity": "sha256:dddd""#),
      (.integrityRemoved, ",\n      \"integrity\": \"sha256:bbbb\"", ""),
      (.integrityWeakened, #""integrity": "sha256:bbbb""#, #""integrity": "md5:bbbb""#),
      (
        .runsCode, #""oci.example/acme/once:1": {"#,
        "\"oci.example/acme/malice:1\": {\"version\": \"6.6.6\", \"resolved\": \"oci.example/acme/malice@sha256:eeee\", \"integrity\": \"sha256:eeee\"},\n    \"oci.example/acme/once:1\": {"
      ),
      (.keyTwice, #""version": "1.4.0""#, #""version": "1.4.0", "version": "6.6.6""#),
      (
        .entryTwice, #""oci.example/acme/once:1": {"#,
        #""oci.example/acme/once:1": {}, "oci.example/acme/once:1": {"#
      ),
    ],
    without: [
      .unsafeAddress: "references have no scheme",
      .leavesRegistry: "features come from registries only",
      .otherPackage: "another repository is another source",
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])
}
