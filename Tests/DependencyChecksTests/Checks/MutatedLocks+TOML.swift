extension MutatedLock {
  static let tables = [cargo, gleam, julia]

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
        .source, "\"1.4.0\"\nsource = \"registry+https://registry.example/index",
        "\"1.4.0\"\nsource = \"registry+https://evil.example/index"
      ),
      (.integrity, "bbbb", "dddd"), (.integrityRemoved, "checksum = \"bbbb\"\n", ""),
      (
        .leavesRegistry, "\"1.4.0\"\nsource = \"registry+https://registry.example/index",
        "\"1.4.0\"\nsource = \"git+https://registry.example/index?branch=main#0123456789012345678901234567890123456789"
      ),
      (
        .leavesRegistry,
        "\"1.4.0\"\nsource = \"registry+https://registry.example/index\"\nchecksum = \"bbbb\"",
        "\"1.4.0\""
      ),
      (.keyTwice, "name = \"once\"", "name = \"once\"\nname = \"malice\""),
      (
        .orphan, "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"malice\"\nversion = \"6.6.6\"\nsource = \"registry+https://registry.example/index\"\nchecksum = \"eeee\"\n\n[[package]]\nname = \"once\""
      ),
      (
        .entryTwice, "[[package]]\nname = \"once\"",
        "[[package]]\nname = \"once\"\nversion = \"1.4.0\"\nsource = \"registry+https://registry.example/index\"\nchecksum = \"eeee\"\n\n[[package]]\nname = \"once\""
      ),
      (
        .unsafeAddress, "\"1.4.0\"\nsource = \"registry+https://registry.example/index",
        "\"1.4.0\"\nsource = \"registry+http://registry.example/index"
      ),
      (
        .mutableRevision, "\"1.4.0\"\nsource = \"registry+https://registry.example/index\"",
        "\"1.4.0\"\nsource = \"git+https://registry.example/index?branch=main\""
      ),
      (.unknownVersion, "version = 4", "version = 99"),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
    ])

  private static let gleam = MutatedLock(
    "manifest.toml",
    """
    packages = [
      { name = "ms", version = "2.1.2", build_tools = ["gleam"], requirements = [], otp_app = "ms", source = "hex", outer_checksum = "AAAA" },
      { name = "once", version = "1.4.0", build_tools = ["gleam"], requirements = [], otp_app = "once", source = "hex", outer_checksum = "BBBB" },
    ]

    [requirements]
    ms = { version = ">= 2.0.0 and < 3.0.0" }
    once = { version = ">= 1.0.0 and < 2.0.0" }

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("AAAA", "CCCC"),
    ],
    attacks: [
      (
        .source, #"source = "hex", outer_checksum = "BBBB""#,
        #"source = "git", repo = "https://git.example/a/once", commit = "0123456789012345678901234567890123456789""#
      ),
      (
        .unsafeAddress, #"source = "hex", outer_checksum = "BBBB""#,
        #"source = "git", repo = "http://git.example/a/once", commit = "0123456789012345678901234567890123456789""#
      ),
      (.integrity, "BBBB", "DDDD"),
      (.integrityRemoved, #", outer_checksum = "BBBB""#, ""),
      (
        .leavesRegistry, #"source = "hex", outer_checksum = "BBBB""#,
        #"source = "local", path = "../once""#
      ),
      (
        .leavesRegistry, #"source = "hex", outer_checksum = "BBBB""#,
        #"source = "git", repo = "https://git.example/a/once", commit = "0123456789012345678901234567890123456789""#
      ),
      (
        .mutableRevision, #"source = "hex", outer_checksum = "BBBB""#,
        #"source = "git", repo = "https://git.example/a/once", commit = "main""#
      ),
      (.keyTwice, #"name = "once""#, #"name = "once", name = "malice""#),
      (
        .entryTwice, #"  { name = "once""#,
        "  { name = \"once\", version = \"1.4.0\", build_tools = [\"gleam\"], requirements = [], source = \"hex\", outer_checksum = \"EEEE\" },\n  { name = \"once\""
      ),
      (
        .orphan, #"  { name = "once""#,
        "  { name = \"malice\", version = \"6.6.6\", build_tools = [\"gleam\"], requirements = [], source = \"hex\", outer_checksum = \"EEEE\" },\n  { name = \"once\""
      ),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .unknownVersion: .noVersion,
    ])

  private static let julia = MutatedLock(
    "julia/Manifest.toml",
    """
    julia_version = "1.11.0"
    manifest_format = "2.0"
    project_hash = "0000000000000000000000000000000000000000"

    [[deps.Ms]]
    git-tree-sha1 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    uuid = "00000000-0000-0000-0000-000000000001"
    version = "2.1.2"

    [[deps.once]]
    git-tree-sha1 = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
    uuid = "00000000-0000-0000-0000-000000000002"
    version = "1.4.0"

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "cccccccccccccccccccccccccccccccccccccccc"),
    ],
    attacks: [
      (
        .source, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\nrepo-rev = \"0123456789012345678901234567890123456789\"\nrepo-url = \"https://git.example/evil/once.jl\"\n"
      ),
      (
        .unsafeAddress, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\nrepo-rev = \"0123456789012345678901234567890123456789\"\nrepo-url = \"http://git.example/evil/once.jl\"\n"
      ),
      (
        .integrity, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "dddddddddddddddddddddddddddddddddddddddd"
      ),
      (.integrityRemoved, "git-tree-sha1 = \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n", ""),
      (
        .leavesRegistry, "git-tree-sha1 = \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n",
        "path = \"../once\"\n"
      ),
      (
        .leavesRegistry, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\nrepo-rev = \"0123456789012345678901234567890123456789\"\nrepo-url = \"https://git.example/a/once.jl\"\n"
      ),
      (
        .mutableRevision, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\nrepo-rev = \"main\"\nrepo-url = \"https://git.example/a/once.jl\"\n"
      ),
      (.keyTwice, #"version = "1.4.0""#, "version = \"1.4.0\"\nversion = \"6.6.6\""),
      (
        .entryTwice, "[[deps.once]]\n",
        "[[deps.once]]\ngit-tree-sha1 = \"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\"\nuuid = \"00000000-0000-0000-0000-000000000002\"\nversion = \"1.4.0\"\n\n[[deps.once]]\n"
      ),
      (.unknownVersion, #""2.0""#, #""9.0""#),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
    ])
}
