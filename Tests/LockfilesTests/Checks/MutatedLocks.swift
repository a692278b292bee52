extension MutatedLock {
  /// One row a format.
  static let all: [MutatedLock] = [
    npm, npmOne, pnpm, yarnClassic, yarnBerry, bun, deno, cargo, poetry, uv, pdm, pipfile, composer,
    packageResolved, nuget, gemfile, goSum, terraform, mix,
  ]

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
      ("host", "registry.example/once", "evil.example/once"),
      ("host, by its letter case and a port", "registry.example/once", "registry.example:81/once"),
      ("user", "https://registry.example/once", "https://a:b@registry.example/once"),
      ("plain http", "https://registry.example/once", "http://registry.example/once"),
      ("integrity", "BBB=", "DDD="),
      ("integrity gone", ",\n      \"integrity\": \"sha512-BBB=\"", ""),
      ("integrity weaker", "sha512-BBB=", "sha1-BBB="),
      ("integrity beside", "sha512-BBB=", "sha512-BBB= sha512-DDD="),
      (
        "git", "https://registry.example/once/-/once-1.4.0.tgz",
        "git+https://registry.example/once/once.git#0123456789012345678901234567890123456789"
      ),
      (
        "file", "https://registry.example/once/-/once-1.4.0.tgz", "file:../once.tgz"
      ),
      ("other package", "once/-/once-1.4.0", "nonce/-/nonce-1.4.0"),
      ("other version", "once-1.4.0", "once-0.1.0"),
      ("alias", "\"version\": \"1.4.0\"", "\"version\": \"1.4.0\", \"name\": \"malice\""),
      ("script", "\"version\": \"1.4.0\"", "\"version\": \"1.4.0\", \"hasInstallScript\": true"),
      ("key twice", "\"version\": \"1.4.0\"", "\"version\": \"1.4.0\", \"version\": \"6.6.6\""),
      (
        "key twice, escaped", "\"version\": \"1.4.0\"",
        "\"version\": \"1.4.0\", \"\\u0076ersion\": \"6\""
      ),
      (
        "entry twice", "\"node_modules/once\": {",
        "\"node_modules/once\": {\"version\": \"6.6.6\"}, \"node_modules/once\": {"
      ),
      (
        "orphan", "\"node_modules/once\": {",
        "\"node_modules/malice\": {\"version\": \"6.6.6\", "
          + "\"resolved\": \"https://registry.example/malice/-/malice-6.6.6.tgz\", "
          + "\"integrity\": \"sha512-EEE=\"}, \"node_modules/once\": {"
      ),
      ("script of the project", "\"\": {", "\"\": {\"hasInstallScript\": true,"),
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
      ("host", "registry.example/once", "evil.example/once"), ("integrity", "BBB=", "DDD="),
      ("integrity gone", ",\n      \"integrity\": \"sha512-BBB=\"", ""),
      ("git", "\"version\": \"1.4.0\"", "\"version\": \"git+https://git.example/a/once.git#main\""),
      ("alias", "\"version\": \"1.4.0\"", "\"version\": \"npm:malice@1.4.0\""),
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
        "host", "{integrity: sha512-BBB=}",
        "{integrity: sha512-BBB=, tarball: https://evil.example/once/-/once-1.4.0.tgz}"
      ),
      ("integrity", "BBB=", "DDD="),
      ("integrity gone", "{integrity: sha512-BBB=}", "{}"),
      ("integrity weaker", "sha512-BBB=", "sha1-BBB="),
      (
        "git", "{integrity: sha512-BBB=}",
        "{type: git, repo: https://git.example/a/once.git, commit: 0123456789012345678901234567890123456789}"
      ),
      ("key twice", "once@1.4.0:\n", "once@1.4.0: {}\n  once@1.4.0:\n"),
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
      ("host", "registry.example/once", "evil.example/once"), ("integrity", "BBB=", "DDD="),
      ("integrity gone", "\n  integrity sha512-BBB=", ""),
      ("integrity weaker", "sha512-BBB=", "sha1-BBB="),
      (
        "git", "https://registry.example/once/-/once-1.4.0.tgz",
        "git+https://git.example/a/once.git#main"
      ),
      ("other package", "once/-/once-1.4.0", "nonce/-/nonce-1.4.0"),
      ("key twice", "version \"1.4.0\"", "version \"1.4.0\"\n  version \"6.6.6\""),
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
      ("checksum", "bbbb", "dddd"), ("checksum gone", "\n  checksum: 10c0/bbbb", ""),
      (
        "git", "once@npm:1.4.0",
        "once@https://git.example/a/once.git#commit=0123456789012345678901234567890123456789"
      ),
      ("other package", "once@npm:1.4.0", "nonce@npm:1.4.0"),
      (
        "entry twice", "\"once@npm:^1.0.0\":",
        "\"once@npm:^1.0.0\":\n  version: 6.6.6\n\n\"once@npm:^1.0.0\":"
      ),
    ])

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
        "host", "\"once@1.4.0\", \"\"",
        "\"once@1.4.0\", \"https://evil.example/once/-/once-1.4.0.tgz\""
      ),
      ("integrity", "BBB=", "DDD="), ("integrity gone", ", \"sha512-BBB=\"", ", \"\""),
      ("alias", "once@1.4.0", "malice@1.4.0"),
      (
        "scripts allowed", "\"workspaces\"",
        "\"trustedDependencies\": [\"once\"],\n  \"workspaces\""
      ),
      (
        "key twice", "\"once\": [",
        "\"once\": [\"once@6.6.6\", \"\", {}, \"sha512-EEE=\"], \"once\": ["
      ),
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
      ("integrity", "BBB=", "DDD="), ("integrity gone", "\"integrity\": \"sha512-BBB=\"", ""),
      (
        "host", "\"sha512-BBB=\"", "\"sha512-BBB=\", \"tarball\": \"https://evil.example/once.tgz\""
      ),
      ("script", "\"sha512-BBB=\"", "\"sha512-BBB=\", \"scripts\": true"),
    ])

  private static let cargo = MutatedLock(
    "Cargo.lock",
    """
    version = 4

    [[package]]
    name = "app"
    version = "0.1.0"
    dependencies = [
     "ms",
     "once",
    ]

    [[package]]
    name = "ms"
    version = "2.1.2"
    source = "registry+https://registry.example/index"
    checksum = "aaaa"

    [[package]]
    name = "once"
    version = "1.4.0"
    source = "registry+https://registry.example/index"
    checksum = "bbbb"

    """,
    change: [("2.1.2", "2.1.3"), ("aaaa", "cccc")],
    attacks: [
      (
        "host", "\"1.4.0\"\nsource = \"registry+https://registry.example/index",
        "\"1.4.0\"\nsource = \"registry+https://evil.example/index"
      ),
      ("checksum", "bbbb", "dddd"), ("checksum gone", "checksum = \"bbbb\"\n", ""),
      (
        "git", "\"1.4.0\"\nsource = \"registry+https://registry.example/index",
        "\"1.4.0\"\nsource = \"git+https://registry.example/index?branch=main#0123456789012345678901234567890123456789"
      ),
      (
        "path",
        "\"1.4.0\"\nsource = \"registry+https://registry.example/index\"\nchecksum = \"bbbb\"",
        "\"1.4.0\""
      ),
      ("key twice", "name = \"once\"", "name = \"once\"\nname = \"malice\""),
      (
        "orphan", "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"malice\"\nversion = \"6.6.6\"\nsource = \"registry+https://registry.example/index\"\nchecksum = \"eeee\"\n\n[[package]]\nname = \"once\""
      ),
      (
        "entry twice", "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"once\"\nversion = \"1.4.0\"\nsource = \"registry+https://registry.example/index\"\nchecksum = \"eeee\"\n\n[[package]]\nname = \"once\""
      ),
    ])

  private static let poetry = MutatedLock(
    "poetry.lock",
    """
    [[package]]
    name = "ms"
    version = "2.1.2"
    description = ""
    optional = false
    python-versions = "*"
    groups = ["main"]
    files = [
        {file = "ms-2.1.2.tar.gz", hash = "sha256:aaaa"},
    ]

    [[package]]
    name = "once"
    version = "1.4.0"
    description = ""
    optional = false
    python-versions = "*"
    groups = ["main"]
    files = [
        {file = "once-1.4.0.tar.gz", hash = "sha256:bbbb"},
    ]

    [metadata]
    lock-version = "2.1"
    python-versions = "*"
    content-hash = "00"

    """,
    change: [("\"2.1.2\"", "\"2.1.3\""), ("ms-2.1.2", "ms-2.1.3"), ("aaaa", "cccc")],
    attacks: [
      ("hash", "bbbb", "dddd"),
      ("hash gone", "    {file = \"once-1.4.0.tar.gz\", hash = \"sha256:bbbb\"},\n", ""),
      ("hash weaker", "sha256:bbbb", "md5:bbbb"),
      (
        "git", "\n[metadata]",
        "\n[package.source]\ntype = \"git\"\nurl = \"https://git.example/a/once.git\"\nreference = \"main\"\nresolved_reference = \"0123456789012345678901234567890123456789\"\n\n[metadata]"
      ),
      (
        "index", "\n[metadata]",
        "\n[package.source]\ntype = \"legacy\"\nurl = \"https://evil.example/simple\"\nreference = \"x\"\n\n[metadata]"
      ),
      ("key twice", "name = \"once\"", "name = \"once\"\nname = \"malice\""),
    ])

  private static let uv = MutatedLock(
    "uv.lock",
    """
    version = 1
    revision = 3
    requires-python = ">=3.12"

    [[package]]
    name = "app"
    version = "0.1.0"
    source = { virtual = "." }
    dependencies = [
        { name = "ms" },
        { name = "once" },
    ]

    [[package]]
    name = "ms"
    version = "2.1.2"
    source = { registry = "https://index.example/simple" }
    sdist = { url = "https://files.example/ms-2.1.2.tar.gz", hash = "sha256:aaaa", size = 1 }

    [[package]]
    name = "once"
    version = "1.4.0"
    source = { registry = "https://index.example/simple" }
    sdist = { url = "https://files.example/once-1.4.0.tar.gz", hash = "sha256:bbbb", size = 1 }

    """,
    change: [("2.1.2", "2.1.3"), ("ms-2.1.2", "ms-2.1.3"), ("aaaa", "cccc")],
    attacks: [
      (
        "index", "\"1.4.0\"\nsource = { registry = \"https://index.example/simple\" }",
        "\"1.4.0\"\nsource = { registry = \"https://evil.example/simple\" }"
      ),
      ("hash", "bbbb", "dddd"), ("hash gone", ", hash = \"sha256:bbbb\"", ""),
      ("host of the archive", "files.example/once", "evil.example/once"),
      (
        "git", "\"1.4.0\"\nsource = { registry = \"https://index.example/simple\" }",
        "\"1.4.0\"\nsource = { git = \"https://git.example/a/once?rev=main#0123456789012345678901234567890123456789\" }"
      ),
    ])

  private static let pdm = MutatedLock(
    "pdm.lock",
    """
    [metadata]
    groups = ["default"]
    strategy = ["inherit_metadata"]
    lock_version = "4.5.0"
    content_hash = "sha256:00"

    [[package]]
    name = "ms"
    version = "2.1.2"
    summary = ""
    groups = ["default"]
    files = [
        {file = "ms-2.1.2.tar.gz", hash = "sha256:aaaa"},
    ]

    [[package]]
    name = "once"
    version = "1.4.0"
    summary = ""
    groups = ["default"]
    files = [
        {file = "once-1.4.0.tar.gz", hash = "sha256:bbbb"},
    ]

    """,
    change: [("2.1.2", "2.1.3"), ("ms-2.1.2", "ms-2.1.3"), ("aaaa", "cccc")],
    attacks: [
      ("hash", "bbbb", "dddd"),
      ("hash gone", "    {file = \"once-1.4.0.tar.gz\", hash = \"sha256:bbbb\"},\n", ""),
      (
        "git", "version = \"1.4.0\"",
        "version = \"1.4.0\"\ngit = \"https://git.example/a/once.git\"\nref = \"main\"\nrevision = \"0123456789012345678901234567890123456789\""
      ),
    ])

  private static let pipfile = MutatedLock(
    "Pipfile.lock",
    """
    {
        "_meta": {
            "hash": {
                "sha256": "00"
            },
            "pipfile-spec": 6,
            "requires": {},
            "sources": [
                {
                    "name": "main",
                    "url": "https://index.example/simple",
                    "verify_ssl": true
                }
            ]
        },
        "default": {
            "ms": {
                "hashes": [
                    "sha256:aaaa"
                ],
                "index": "main",
                "version": "==2.1.2"
            },
            "once": {
                "hashes": [
                    "sha256:bbbb"
                ],
                "index": "main",
                "version": "==1.4.0"
            }
        },
        "develop": {}
    }

    """,
    change: [("2.1.2", "2.1.3"), ("aaaa", "cccc")],
    attacks: [
      ("index", "index.example", "evil.example"), ("hash", "bbbb", "dddd"),
      ("hash gone", "\n                \"sha256:bbbb\"\n            ", ""),
      (
        "git", "\"version\": \"==1.4.0\"",
        "\"git\": \"https://git.example/a/once.git\", \"ref\": \"main\""
      ),
    ])

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
                "dist": {"type": "zip", "url": "https://dist.example/acme/once/bbbb.zip", "reference": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "shasum": ""},
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
      ("host", "dist.example/acme/once", "evil.example/acme/once"),
      ("repository", "git.example/acme/once", "git.example/evil/once"),
      (
        "plug-in",
        "once/bbbb.zip\", \"reference\": \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", \"shasum\": \"\"},\n            \"type\": \"library\"",
        "once/bbbb.zip\", \"reference\": \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", \"shasum\": \"\"},\n            \"type\": \"composer-plugin\""
      ),
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
      ("host", "git.example/acme/once", "evil.example/acme/once"),
      ("owner", "git.example/acme/once", "git.example/evil/once"),
      (
        "tag moved", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "dddddddddddddddddddddddddddddddddddddddd"
      ),
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
      ("hash", "BBB=", "DDD="), ("hash gone", ",\n        \"contentHash\": \"BBB=\"", ""),
      ("key twice", "\"resolved\": \"1.4.0\"", "\"resolved\": \"1.4.0\", \"resolved\": \"6.6.6\""),
    ])

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
      ("remote", "gems.example", "evil.example"), ("checksum", "bbbb", "dddd"),
      ("checksum gone", "  once (1.4.0) sha256=bbbb\n", "  once (1.4.0)\n"),
      (
        "git", "GEM\n",
        "GIT\n  remote: https://git.example/a/malice.git\n  revision: 0123456789012345678901234567890123456789\n  specs:\n    malice (1.4.0)\n\nGEM\n"
      ),
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
      ("digest", "BBB=", "DDD="), ("digest of go.mod", "BBC=", "DDD="),
      (
        "line twice", "example.org/once v1.4.0 h1:BBB=\n",
        "example.org/once v1.4.0 h1:BBB=\nexample.org/once v1.4.0 h1:DDD=\n"
      ),
    ])

  private static let terraform = MutatedLock(
    ".terraform.lock.hcl",
    """
    provider "registry.example/acme/ms" {
      version     = "2.1.2"
      constraints = "~> 2.0"
      hashes = [
        "h1:AAA=",
        "zh:aaaa",
      ]
    }

    provider "registry.example/acme/once" {
      version     = "1.4.0"
      constraints = "~> 1.0"
      hashes = [
        "h1:BBB=",
        "zh:bbbb",
      ]
    }

    """,
    change: [("2.1.2", "2.1.3"), ("AAA=", "CCC="), ("aaaa", "cccc")],
    attacks: [
      ("hash", "\"h1:BBB=\",\n    \"zh:bbbb\"", "\"h1:DDD=\""),
      ("hashes gone", "\n    \"h1:BBB=\",\n    \"zh:bbbb\",\n  ", ""),
      ("signed hashes gone", "\n    \"zh:bbbb\",", ""),
      ("host", "registry.example/acme/once", "evil.example/acme/once"),
    ])

  private static let mix = MutatedLock(
    "mix.lock",
    """
    %{
      "ms": {:hex, :ms, "2.1.2", "aaaa", [:mix], [], "hexpm", "aabb"},
      "once": {:hex, :once, "1.4.0", "bbbb", [:mix], [], "hexpm", "bbcc"},
    }

    """,
    change: [("2.1.2", "2.1.3"), ("aaaa", "cccc"), ("aabb", "ccdd")],
    attacks: [
      ("hash", "bbbb", "dddd"), ("outer hash", "bbcc", "dddd"),
      ("repository", "\"hexpm\", \"bbcc\"", "\"evil\", \"bbcc\""),
      ("alias", "{:hex, :once", "{:hex, :malice"),
      (
        "git", "{:hex, :once, \"1.4.0\", \"bbbb\", [:mix], [], \"hexpm\", \"bbcc\"}",
        "{:git, \"https://git.example/a/once.git\", \"0123456789012345678901234567890123456789\", []}"
      ),
    ])
}
