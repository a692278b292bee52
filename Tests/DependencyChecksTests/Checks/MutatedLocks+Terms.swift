extension MutatedLock {
  static let terms = [mix, rebar, terraform, gradleVerification]

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
      (.integrity, "bbbb", "dddd"), (.integrity, "bbcc", "dddd"),
      (.source, "\"hexpm\", \"bbcc\"", "\"evil\", \"bbcc\""),
      (.alias, "{:hex, :once", "{:hex, :malice"),
      (
        .leavesRegistry, "{:hex, :once, \"1.4.0\", \"bbbb\", [:mix], [], \"hexpm\", \"bbcc\"}",
        "{:git, \"https://git.example/a/once.git\", \"0123456789012345678901234567890123456789\", []}"
      ),
      (
        .unsafeAddress, #"{:hex, :once, "1.4.0", "bbbb", [:mix], [], "hexpm", "bbcc"}"#,
        #"{:git, "http://git.example/a/once.git", "0123456789012345678901234567890123456789", []}"#
      ),
      (.integrityRemoved, #", "hexpm", "bbcc"}"#, #", "hexpm"}"#),
      (
        .mutableRevision, #"{:hex, :once, "1.4.0", "bbbb", [:mix], [], "hexpm", "bbcc"}"#,
        #"{:git, "https://git.example/a/once.git", "main", [branch: "main"]}"#
      ),
      (
        .entryTwice, #"  "once": "#,
        "  \"once\": {:hex, :once, \"6.6.6\", \"eeee\", [:mix], [], \"hexpm\", \"eeff\"},\n  \"once\": "
      ),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .keyTwice: "the only keys are entries",
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let rebar = MutatedLock(
    "rebar.lock",
    """
    {"1.2.0",
    [{<<"ms">>,{pkg,<<"ms">>,<<"2.1.2">>},0},
     {<<"once">>,{pkg,<<"once">>,<<"1.4.0">>},0}]}.
    [
    {pkg_hash,[
     {<<"ms">>, <<"AAAA">>},
     {<<"once">>, <<"BBBB">>}]},
    {pkg_hash_ext,[
     {<<"ms">>, <<"AABB">>},
     {<<"once">>, <<"BBCC">>}]}
    ].

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("AAAA", "CCCC"),
      ("AABB", "CCDD"),
    ],
    attacks: [
      (
        .source, #"{pkg,<<"once">>,<<"1.4.0">>}"#,
        #"{git,"https://git.example/a/once.git",{ref,"0123456789012345678901234567890123456789"}}"#
      ),
      (
        .unsafeAddress, #"{pkg,<<"once">>,<<"1.4.0">>}"#,
        #"{git,"http://git.example/a/once.git",{ref,"0123456789012345678901234567890123456789"}}"#
      ),
      (.integrity, "BBBB", "DDDD"),
      (.integrity, "BBCC", "DDDD"),
      (
        .integrityRemoved,
        ",\n {<<\"once\">>, <<\"BBBB\">>}]},\n{pkg_hash_ext,[\n {<<\"ms\">>, <<\"AABB\">>},\n {<<\"once\">>, <<\"BBCC\">>}]}",
        "]}"
      ),
      (
        .leavesRegistry, #"{pkg,<<"once">>,<<"1.4.0">>}"#,
        #"{git,"https://git.example/a/once.git",{ref,"0123456789012345678901234567890123456789"}}"#
      ),
      (.alias, #"{pkg,<<"once">>"#, #"{pkg,<<"malice">>"#),
      (
        .mutableRevision, #"{pkg,<<"once">>,<<"1.4.0">>}"#,
        #"{git,"https://git.example/a/once.git",{branch,"main"}}"#
      ),
      (
        .keyTwice, #" {<<"once">>, <<"BBBB">>}"#,
        " {<<\"once\">>, <<\"DDDD\">>},\n {<<\"once\">>, <<\"BBBB\">>}"
      ),
      (
        .entryTwice, #" {<<"once">>,{pkg"#,
        " {<<\"once\">>,{pkg,<<\"once\">>,<<\"6.6.6\">>},0},\n {<<\"once\">>,{pkg"
      ),
      (.unknownVersion, #""1.2.0""#, #""9.0.0""#),
    ],
    without: [
      .integrityWeakened: .oneAlgorithm,
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
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
      (.integrity, "\"h1:BBB=\",\n    \"zh:bbbb\"", "\"h1:DDD=\""),
      (.integrityRemoved, "\n    \"h1:BBB=\",\n    \"zh:bbbb\",\n  ", ""),
      (.integrityWeakened, "\n    \"zh:bbbb\",", ""),
      (.source, "registry.example/acme/once", "evil.example/acme/once"),
      (.keyTwice, #"version     = "1.4.0""#, "version     = \"1.4.0\"\n  version     = \"6.6.6\""),
      (
        .entryTwice, #"provider "registry.example/acme/once" {"#,
        "provider \"registry.example/acme/once\" {\n  version = \"6.6.6\"\n}\n\nprovider \"registry.example/acme/once\" {"
      ),
    ],
    without: [
      .unsafeAddress: "a provider's address is a host and two names",
      .leavesRegistry: "providers come from registries only",
      .otherPackage: .noLayout,
      .otherVersion: .noLayout,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .runsCode: "every provider runs",
      .orphan: .rootsElsewhere,
      .unknownVersion: .noVersion,
    ])

  private static let gradleVerification = MutatedLock(
    "gradle/verification-metadata.xml",
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <verification-metadata>
       <configuration>
          <verify-metadata>true</verify-metadata>
          <verify-signatures>false</verify-signatures>
       </configuration>
       <components>
          <component group="org.example" name="ms" version="2.1.2">
             <artifact name="ms-2.1.2.jar">
                <sha256 value="aaaa"/>
             </artifact>
          </component>
          <component group="org.example" name="once" version="1.4.0">
             <artifact name="once-1.4.0.jar">
                <sha256 value="bbbb"/>
             </artifact>
          </component>
       </components>
    </verification-metadata>

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("ms-2.1.2", "ms-2.1.3"),
      ("aaaa", "cccc"),
    ],
    attacks: [
      (.source, "<verify-metadata>true", "<verify-metadata>false"),
      (
        .source, "   </configuration>",
        "      <trusted-artifacts><trust group=\"org.example\" regex=\"true\"/></trusted-artifacts>\n   </configuration>"
      ),
      (.integrity, "bbbb", "dddd"),
      (
        .integrity, #"<sha256 value="bbbb"/>"#,
        #"<sha256 value="bbbb"><also-trust value="dddd"/></sha256>"#
      ),
      (.integrityRemoved, "            <sha256 value=\"bbbb\"/>\n", ""),
      (.integrityWeakened, #"<sha256 value="bbbb"/>"#, #"<md5 value="bbbb"/>"#),
      (.keyTwice, #"name="once" version="1.4.0""#, #"name="once" version="1.4.0" version="6.6.6""#),
      (
        .entryTwice, #"         <artifact name="once-1.4.0.jar">"#,
        "         <artifact name=\"once-1.4.0.jar\"><sha256 value=\"dddd\"/></artifact>\n         <artifact name=\"once-1.4.0.jar\">"
      ),
    ],
    without: [
      .unsafeAddress: .noAddress,
      .leavesRegistry: .noAddress,
      .otherPackage: .noAddress,
      .otherVersion: .noAddress,
      .alias: .noAlias,
      .mutableRevision: .noGit,
      .revisionMoved: .noGit,
      .runsCode: .noCode,
      .orphan: "artifacts that are no longer used may stay",
      .unknownVersion: .noVersion,
    ])
}
