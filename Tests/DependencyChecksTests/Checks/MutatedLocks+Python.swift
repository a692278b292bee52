extension MutatedLock {
  static let python = [poetry, uv, pdm, pylock, pipfile, requirements]

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
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, "    {file = \"once-1.4.0.tar.gz\", hash = \"sha256:bbbb\"},\n", ""),
      (.integrityWeakened, "sha256:bbbb", "md5:bbbb"),
      (
        .leavesRegistry, "\n[metadata]",
        "\n[package.source]\ntype = \"git\"\nurl = \"https://git.example/a/once.git\"\nreference = \"main\"\nresolved_reference = \"0123456789012345678901234567890123456789\"\n\n[metadata]"
      ),
      (
        .source, "\n[metadata]",
        "\n[package.source]\ntype = \"legacy\"\nurl = \"https://evil.example/simple\"\nreference = \"x\"\n\n[metadata]"
      ),
      (.keyTwice, "name = \"once\"", "name = \"once\"\nname = \"malice\""),
      (
        .unsafeAddress, "\n[metadata]",
        "\n[package.source]\ntype = \"legacy\"\nurl = \"http://index.example/simple\"\nreference = \"x\"\n\n[metadata]"
      ),
      (.otherPackage, "ms-2.1.3", "malice-2.1.3"),
      (.otherPackage, "ms-2.1.3", "ms-malice-2.1.3"),
      (.otherVersion, "ms-2.1.3", "ms-0.1.0"),
      (
        .mutableRevision, "\n[metadata]",
        "\n[package.source]\ntype = \"git\"\nurl = \"https://git.example/a/once.git\"\nreference = \"main\"\nresolved_reference = \"main\"\n\n[metadata]"
      ),
      (
        .entryTwice, "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"once\"\nversion = \"1.4.0\"\ndescription = \"\"\noptional = false\npython-versions = \"*\"\nfiles = []\n\n[[package]]\nname = \"once\""
      ),
      (
        .orphan, "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"malice\"\nversion = \"6.6.6\"\ndescription = \"\"\noptional = false\npython-versions = \"*\"\nfiles = [{file = \"malice-6.6.6.tar.gz\", hash = \"sha256:eeee\"}]\n\n[[package]]\nname = \"once\""
      ),
      (.unknownVersion, #"lock-version = "2.1""#, #"lock-version = "9.0""#),
    ],
    without: [
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
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
        .source, "\"1.4.0\"\nsource = { registry = \"https://index.example/simple\" }",
        "\"1.4.0\"\nsource = { registry = \"https://evil.example/simple\" }"
      ),
      (.integrity, "bbbb", "dddd"), (.integrityRemoved, ", hash = \"sha256:bbbb\"", ""),
      (.source, "files.example/once", "evil.example/once"),
      (
        .leavesRegistry, "\"1.4.0\"\nsource = { registry = \"https://index.example/simple\" }",
        "\"1.4.0\"\nsource = { git = \"https://git.example/a/once?rev=main#0123456789012345678901234567890123456789\" }"
      ),
      (
        .unsafeAddress, "\"1.4.0\"\nsource = { registry = \"https://index.example/simple\" }",
        "\"1.4.0\"\nsource = { registry = \"http://index.example/simple\" }"
      ),
      (.unsafeAddress, "https://files.example/once", "http://files.example/once"),
      (.integrityWeakened, "sha256:bbbb", "md5:bbbb"),
      (.otherPackage, "files.example/ms-2.1.3", "files.example/malice-2.1.3"),
      (.otherVersion, "files.example/ms-2.1.3", "files.example/ms-0.1.0"),
      (
        .leavesRegistry, "\"1.4.0\"\nsource = { registry = \"https://index.example/simple\" }",
        "\"1.4.0\"\nsource = { url = \"https://index.example/once-1.4.0.tar.gz\" }"
      ),
      (
        .mutableRevision, "\"1.4.0\"\nsource = { registry = \"https://index.example/simple\" }",
        "\"1.4.0\"\nsource = { git = \"https://git.example/a/once?branch=main\" }"
      ),
      (.keyTwice, "name = \"once\"\n", "name = \"once\"\nname = \"malice\"\n"),
      (
        .entryTwice, "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"once\"\nversion = \"1.4.0\"\nsource = { registry = \"https://index.example/simple\" }\n\n[[package]]\nname = \"once\""
      ),
      (
        .orphan, "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"malice\"\nversion = \"6.6.6\"\nsource = { registry = \"https://index.example/simple\" }\nsdist = { url = \"https://files.example/malice-6.6.6.tar.gz\", hash = \"sha256:eeee\", size = 1 }\n\n[[package]]\nname = \"once\""
      ),
      (.unknownVersion, "version = 1\n", "version = 9\n"),
    ],
    without: [
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
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
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, "    {file = \"once-1.4.0.tar.gz\", hash = \"sha256:bbbb\"},\n", ""),
      (
        .leavesRegistry, "version = \"1.4.0\"",
        "version = \"1.4.0\"\ngit = \"https://git.example/a/once.git\"\nref = \"main\"\nrevision = \"0123456789012345678901234567890123456789\""
      ),
      (
        .source, #"{file = "once-1.4.0.tar.gz""#,
        #"{url = "https://evil.example/once-1.4.0.tar.gz""#
      ),
      (
        .unsafeAddress, #"{file = "once-1.4.0.tar.gz""#,
        #"{url = "http://files.example/once-1.4.0.tar.gz""#
      ),
      (.integrityWeakened, "sha256:bbbb", "md5:bbbb"),
      (.otherPackage, "ms-2.1.3", "malice-2.1.3"),
      (.otherVersion, "ms-2.1.3", "ms-0.1.0"),
      (
        .mutableRevision, #"version = "1.4.0""#,
        "version = \"1.4.0\"\ngit = \"https://git.example/a/once.git\"\nref = \"main\"\nrevision = \"main\""
      ),
      (.keyTwice, #"name = "once""#, "name = \"once\"\nname = \"malice\""),
      (
        .entryTwice, "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"once\"\nversion = \"1.4.0\"\nsummary = \"\"\nfiles = []\n\n[[package]]\nname = \"once\""
      ),
      (
        .orphan, "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"malice\"\nversion = \"6.6.6\"\nsummary = \"\"\nfiles = [{file = \"malice-6.6.6.tar.gz\", hash = \"sha256:eeee\"}]\n\n[[package]]\nname = \"once\""
      ),
      (.unknownVersion, #"lock_version = "4.5.0""#, #"lock_version = "9.0.0""#),
    ],
    without: [
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
    ])

  private static let pylock = MutatedLock(
    "pylock.toml",
    """
    lock-version = "1.0"
    created-by = "tool"

    [[packages]]
    name = "ms"
    version = "2.1.2"
    index = "https://index.example/simple"
    wheels = [{ name = "ms-2.1.2-py3-none-any.whl", url = "https://files.example/ms-2.1.2-py3-none-any.whl", hashes = { sha256 = "aaaa" } }]

    [[packages]]
    name = "once"
    version = "1.4.0"
    index = "https://index.example/simple"
    sdist = { name = "once-1.4.0.tar.gz", url = "https://files.example/once-1.4.0.tar.gz", hashes = { sha256 = "bbbb" } }

    """,
    change: [
      (#""2.1.2""#, #""2.1.3""#),
      (#""ms-2.1.2-py3"#, #""ms-2.1.3-py3"#),
      ("ms-2.1.2-py3", "ms-2.1.3-py3"),
      ("aaaa", "cccc"),
    ],
    attacks: [
      (
        .source, "\"1.4.0\"\nindex = \"https://index.example",
        "\"1.4.0\"\nindex = \"https://evil.example"
      ),
      (.source, "files.example/once", "evil.example/once"),
      (.unsafeAddress, "https://files.example/once", "http://files.example/once"),
      (.unsafeAddress, "\"1.4.0\"\nindex = \"https://", "\"1.4.0\"\nindex = \"http://"),
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, #", hashes = { sha256 = "bbbb" }"#, ", hashes = {}"),
      (.integrityWeakened, #"sha256 = "bbbb""#, #"md5 = "bbbb""#),
      (
        .leavesRegistry, "index = \"https://index.example/simple\"\nsdist",
        "vcs = { type = \"git\", url = \"https://git.example/a/once.git\", commit-id = \"0123456789012345678901234567890123456789\" }\nsdist"
      ),
      (
        .leavesRegistry, "index = \"https://index.example/simple\"\nsdist",
        "directory = { path = \"../once\" }\nsdist"
      ),
      (.otherPackage, "files.example/ms-2.1.3", "files.example/malice-2.1.3"),
      (.otherVersion, "files.example/ms-2.1.3", "files.example/ms-0.1.0"),
      (
        .mutableRevision, "index = \"https://index.example/simple\"\nsdist",
        "vcs = { type = \"git\", url = \"https://git.example/a/once.git\", commit-id = \"main\" }\nsdist"
      ),
      (.keyTwice, "name = \"once\"\n", "name = \"once\"\nname = \"malice\"\n"),
      (
        .entryTwice, "[[packages]]\nname = \"once\"",
        "[[packages]]\nname = \"once\"\nversion = \"1.4.0\"\nindex = \"https://index.example/simple\"\n\n[[packages]]\nname = \"once\""
      ),
      (.unknownVersion, #"lock-version = "1.0""#, #"lock-version = "9.0""#),
    ],
    without: [
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
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
      (.source, "index.example", "evil.example"), (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, "\n                \"sha256:bbbb\"\n            ", ""),
      (
        .leavesRegistry, "\"version\": \"==1.4.0\"",
        "\"git\": \"https://git.example/a/once.git\", \"ref\": \"main\""
      ),
      (.unsafeAddress, "https://index.example", "http://index.example"),
      (.integrityWeakened, "sha256:bbbb", "md5:bbbb"),
      (
        .mutableRevision, #""version": "==1.4.0""#,
        #""git": "https://git.example/a/once.git", "ref": "main""#
      ),
      (.keyTwice, #""version": "==1.4.0""#, #""version": "==1.4.0", "version": "==6.6.6""#),
      (.entryTwice, #""once": {"#, #""once": {"version": "==6.6.6"}, "once": {"#),
      (.unknownVersion, #""pipfile-spec": 6"#, #""pipfile-spec": 9"#),
    ],
    without: [
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
    ])

  private static let requirements = MutatedLock(
    "requirements.txt",
    """
    ms==2.1.2 --hash=sha256:aaaa
    once==1.4.0 --hash=sha256:bbbb

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("aaaa", "cccc"),
    ],
    attacks: [
      (.source, "once==1.4.0", "--extra-index-url https://evil.example/simple\nonce==1.4.0"),
      (
        .unsafeAddress, "once==1.4.0 --hash", "once @ http://files.example/once-1.4.0.tar.gz --hash"
      ),
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, " --hash=sha256:bbbb", ""),
      (.integrityWeakened, "sha256:bbbb", "md5:bbbb"),
      (
        .leavesRegistry, "once==1.4.0 --hash",
        "once @ https://files.example/once-1.4.0.tar.gz --hash"
      ),
      (
        .leavesRegistry, "once==1.4.0 --hash=sha256:bbbb",
        "once @ git+https://git.example/a/once.git@0123456789012345678901234567890123456789"
      ),
      (
        .otherPackage, "once==1.4.0 --hash",
        "once @ https://files.example/malice-1.4.0.tar.gz --hash"
      ),
      (
        .mutableRevision, "once==1.4.0 --hash=sha256:bbbb",
        "once @ git+https://git.example/a/once.git@main"
      ),
      (.runsCode, "once==1.4.0", "once==1.4.0 --global-option=x"),
      (.entryTwice, "once==1.4.0", "once==1.4.0 --hash=sha256:dddd\nonce==1.4.0"),
    ],
    without: [
      .otherVersion: "an address stands in the place of a version",
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .keyTwice: "lines have no keys",
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])
}
