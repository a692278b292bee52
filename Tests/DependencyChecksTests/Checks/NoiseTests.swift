import Documents
import Lockfiles
import Primitives
import Testing

@testable import DependencyChecks

@Suite("What is no alarm")
struct NoiseTests {
  private static let names = (0..<300).map { "package-\($0 * 7919 % 100_003)-utils" }

  private static func digest(_ index: Int) -> String {
    let digits = String(index)
    return "sha512-" + String(repeating: "A", count: 85 - digits.utf8.count) + digits + "A=="
  }

  private static let npm = Judged.npm(
    names.enumerated().map { index, name in
      (
        name, "1.0.\(index)", "https://registry.npmjs.org/\(name)/-/\(name)-1.0.\(index).tgz",
        digest(index)
      )
    })

  private static func bun(_ change: (String, Int) -> (version: String, digest: String)) -> String {
    let wanted = names.map { "\"\($0)\": \"*\"" }.joined(separator: ", ")
    let packages = names.enumerated().map { index, name in
      let own = change(name, index)
      return "\"\(name)\": [\"\(name)@\(own.version)\", \"\", {}, \"\(own.digest)\"]"
    }
    return
      "{\"lockfileVersion\": 1, \"workspaces\": {\"\": {\"name\": \"app\", \"dependencies\": {\(wanted)}}},\n"
      + "\"packages\": {\n\(packages.joined(separator: ",\n"))\n}}\n"
  }

  @Test("the lock of another tool, with the same packages, is one finding")
  func migration() throws {
    let diff = try Judged.diff([
      ("package-lock.json", Self.npm, nil),
      ("bun.lock", nil, Self.bun { _, index in ("1.0.\(index)", Self.digest(index)) }),
    ])
    let found = diff.findings.map { "\($0.code) \($0.detail)" }
    #expect(
      found == ["241 package-lock.json -> bun.lock   300 of 300 packages as they were"], "\(found)")
    #expect(!diff.isNeutral)
  }

  @Test(
    "a Python name in another spelling is no new name, and another name is",
    arguments: [("discord-py", false), ("Discord_Py", false), ("discord.pi", true)])
  func spelling(_ name: String, _ isNew: Bool) throws {
    let found = try Judged.findings(
      "Pipfile", "[packages]\nother = \"*\"\n\"discord.py\" = \"*\"\n",
      "[packages]\nother = \"*\"\n\"\(name)\" = \"*\"\n")
    #expect(found.contains { $0.hasPrefix("226") } == isNew, "\(found)")
  }

  private static let maven = "https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven"
  private static let gradle = "https\\://services.gradle.org/distributions"

  @Test(
    "another release of a build tool, and its first, come from where its makers put them",
    arguments: [
      (
        "maven", "\(maven)/3.9.6/apache-maven-3.9.6-bin.zip",
        "\(maven)/3.9.7/apache-maven-3.9.7-bin.zip", "high"
      ),
      (
        "maven", "\(maven)/3.9.6/apache-maven-3.9.6-bin.zip",
        "\(maven)/evil/apache-maven-3.9.7-bin.zip", "critical"
      ),
      (
        "maven", "\(maven)/3.9.6/apache-maven-3.9.6-bin.zip",
        "https://evil.example/apache-maven/3.9.7/apache-maven-3.9.7-bin.zip", "critical"
      ),
      ("maven", nil, "\(maven)/3.9.7/apache-maven-3.9.7-bin.zip", "high"),
      (
        "maven", "https://1.example/x-1.example.zip", "https://2.example/x-2.example.zip",
        "critical"
      ),
      ("gradle", nil, "\(gradle)/gradle-8.5-bin.zip", "high"),
      ("gradle", nil, "https\\://evil.example/gradle-8.5-bin.zip", "critical"),
      ("gradle", "\(gradle)/gradle-8.4-bin.zip", "\(gradle)/gradle-8.5-bin.zip", "high"),
      (
        "gradle", "\(gradle)/gradle-8.4-bin.zip", "\(gradle)-snapshots/gradle-8.5-bin.zip",
        "critical"
      ),
    ] as [(String, String?, String, String)])
  func wrapper(_ tool: String, _ old: String?, _ new: String, _ severity: String) throws {
    let path = tool == "maven" ? ".mvn/wrapper" : "gradle/wrapper"
    let found = try Judged.findings(
      "\(path)/\(tool)-wrapper.properties", old.map { "distributionUrl=\($0)\n" },
      "distributionUrl=\(new)\n")
    #expect(found.contains { $0.hasPrefix("238 \(severity)") }, "\(found)")
  }

  @Test("what else changes with the tool is told, and nothing of the rest")
  func migrationWithMore() throws {
    let found = try Judged.findings([
      ("package-lock.json", Self.npm, nil),
      (
        "bun.lock", nil,
        Self.bun { _, index in
          index == 7
            ? ("1.0.7", Self.digest(99))
            : index == 8 ? ("0.9.8", Self.digest(8)) : ("1.0.\(index)", Self.digest(index))
        }
      ),
    ])
    #expect(found.contains { $0.hasPrefix("211 critical: \(Self.names[7]) 1.0.7") }, "\(found)")
    #expect(found.contains { $0.contains("298 of 300 packages as they were") }, "\(found)")
    #expect(found.count <= 4, "\(found)")
  }

  @Test("poetry to uv, and a digest less on the way")
  func python() throws {
    let names = Self.names.prefix(50)
    let poetry =
      names.map { name in
        """
        [[package]]
        name = "\(name)"
        version = "1.0.0"
        description = ""
        optional = false
        python-versions = "*"
        files = [{file = "\(name.replacing("-", with: "_"))-1.0.0.tar.gz", hash = "sha256:\(Judged.hex("a"))"}]

        """
      }.joined(separator: "\n")
      + "\n[metadata]\nlock-version = \"2.1\"\npython-versions = \"*\"\ncontent-hash = \"\(Judged.hex("0"))\"\n"
    func uv(_ hash: (Int) -> String) -> String {
      "version = 1\nrequires-python = \">=3.12\"\n"
        + names.enumerated().map { index, name in
          """

          [[package]]
          name = "\(name)"
          version = "1.0.0"
          source = { registry = "https://pypi.org/simple" }
          sdist = { url = "https://files.pythonhosted.org/packages/aa/bb/\(name.replacing("-", with: "_"))-1.0.0.tar.gz"\(hash(index)) }

          """
        }.joined()
        + "\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\nsource = { virtual = \".\" }\ndependencies = [\n"
        + names.map { "  { name = \"\($0)\" },\n" }.joined() + "]\n"
    }
    let own = ", hash = \"sha256:\(Judged.hex("a"))\""
    let found = try Judged.findings([
      ("poetry.lock", poetry, nil), ("uv.lock", nil, uv { _ in own }),
    ])
    #expect(found.count == 1 && found.first?.hasPrefix("241") ?? false, "\(found)")
    let less = try Judged.findings([
      ("poetry.lock", poetry, nil), ("uv.lock", nil, uv { $0 == 3 ? "" : own }),
    ])
    #expect(less.contains { $0.hasPrefix("212") && $0.contains(names[3]) }, "\(less)")
    // One package brings a wheel of its own along.
    for (wheel, codes) in [
      (
        "url = \"https://evil.example/x-1.0.0-py3-none-any.whl\", hash = \"sha256:\(Judged.hex("b"))\"",
        ["211", "223"]
      ),
      ("url = \"https://files.pythonhosted.org/x-1.0.0-py3-none-any.whl\"", ["212 critical"]),
      ("path = \"x-1.0.0-py3-none-any.whl\", hash = \"sha256:\(Judged.hex("a"))\"", ["2"]),
      ("url = \"file:///srv/x.whl\", hash = \"sha256:\(Judged.hex("a"))\"", ["222 critical"]),
    ] {
      let more = try Judged.findings([
        ("poetry.lock", poetry, nil),
        (
          "uv.lock", nil,
          uv { $0 == 3 ? "\(own) }\nwheels = [{ \(wheel) }]\nx = { a = 1" : own }.replacing(
            "\nx = { a = 1 }", with: "")
        ),
      ])
      for code in codes {
        #expect(more.contains { $0.hasPrefix(code) && $0.contains(names[3]) }, "\(wheel): \(more)")
      }
    }
  }

  @Test("two names that everybody knows are not taken for each other")
  func popular() throws {
    func lock(_ names: [String]) -> String {
      Judged.npm(
        names.map {
          ($0, "1.0.0", "https://registry.npmjs.org/\($0)/-/\($0)-1.0.0.tgz", Judged.sha512("A"))
        })
    }
    let found = try Judged.findings(
      "package-lock.json", lock(["preact"]), lock(["preact", "react"]))
    #expect(!found.contains { $0.hasPrefix("226") }, "\(found)")
    let other = try Judged.findings(
      "package-lock.json", lock(["preact"]), lock(["preact", "preacct"]))
    #expect(other.contains { $0.hasPrefix("226") }, "\(other)")
    for (known, new) in [
      ("callsite", "callsites"), ("color", "colord"), ("camelcase", "camel-case"),
    ] {
      let found = try Judged.findings("package-lock.json", lock([known]), lock([known, new]))
      #expect(!found.contains { $0.hasPrefix("226") }, "\(found)")
    }
  }

  @Test("the next of its kind is no imitation of one of the project's own")
  func numbered() throws {
    func lock(_ names: [String]) -> String {
      Judged.npm(
        names.map {
          ($0, "1.0.0", "https://registry.npmjs.org/\($0)/-/\($0)-1.0.0.tgz", Judged.sha512("A"))
        })
    }
    for (name, isNear) in [("corp-parser2", false), ("corp-parserr", true), ("2corp-parser", true)]
    {
      let found = try Judged.findings(
        "package-lock.json", lock(["corp-parser"]), lock(["corp-parser", name]))
      #expect(found.contains { $0.hasPrefix("226") } == isNear, "\(name): \(found)")
    }
  }

  @Test(
    "a near name that another package asks for is a notice, in a lock that does not tell who asks",
    arguments: [
      // Another package asks for it; nobody does; it asks for itself; a text names it.
      ("\"requires\": {\"expresss\": \"1\"}", "", ["226 notice"]),
      ("", "", ["226 high"]),
      ("", "\"requires\": {\"expresss\": \"1\"}", ["226 high"]),
      ("\"from\": \"expresss\"", "", ["226 high"]),
    ])
  func untold(_ other: String, _ own: String, _ expected: [String]) throws {
    func lock(_ entries: [(String, String)]) -> String {
      "{\"lockfileVersion\": 1, \"dependencies\": {\n"
        + entries.map { name, more in
          """
          "\(name)": {"version": "1.0.0", "resolved": "https://r.example/\(name)/-/\(name)-1.0.0.tgz", \
          "integrity": "\(Judged.sha512("a"))"\(more.isEmpty ? "" : ", " + more)}
          """
        }.joined(separator: ",\n") + "}}\n"
    }
    func near(_ files: [(path: String, old: String?, new: String?)]) throws -> [String] {
      try Judged.findings(files).filter { $0.hasPrefix("226") }.map {
        String($0.prefix { $0 != ":" })
      }
    }
    let change = (
      path: "package-lock.json", old: lock([("express", ""), ("ms", "")]) as String?,
      new: lock([("express", ""), ("ms", other), ("expresss", own)]) as String?
    )
    #expect(try near([change]) == expected)
    // Whoever wrote it into the manifest typed it.
    let manifest = (
      path: "package.json", old: "{\"dependencies\": {}}\n" as String?,
      new: "{\"dependencies\": {\"expresss\": \"1\"}}\n" as String?
    )
    #expect(try near([change, manifest]) == ["226 high"])
  }

  @Test("yarn 1: a near name that another package asks for is a notice")
  func untoldByYarn() throws {
    func entry(_ name: String, _ wants: String = "") -> String {
      """

      \(name)@^1.0.0:
        version "1.0.0"
        resolved "https://r.example/\(name)/-/\(name)-1.0.0.tgz"
        integrity \(Judged.sha512("a"))

      """ + (wants.isEmpty ? "" : "  dependencies:\n    \(wants) \"^1.0.0\"\n")
    }
    let head = "# yarn lockfile v1\n"
    let old = head + entry("express") + entry("ms")
    for (wants, severity) in [("expresss", "notice"), ("", "high")] {
      let found = try Judged.findings(
        "yarn.lock", old, head + entry("express") + entry("expresss") + entry("ms", wants))
      #expect(
        found.filter { $0.hasPrefix("226") }.map { $0.prefix { $0 != ":" } } == ["226 \(severity)"])
    }
  }

  @Test(
    "what was unreadable before by its first or by an unchanged character is no critical finding")
  func unreadableBefore() throws {
    func codes(_ path: String, _ old: String, _ new: String) throws -> [String] {
      try Judged.diff([(path, old, new)]).findings.filter { [232, 233].contains($0.code) }
        .map { "\($0.code) \($0.severity)" }
    }
    let mark = "\u{feff}"
    #expect(
      try codes(".github/workflows/a.yml", mark + "name: a\n", mark + "name: b\n") == ["232 high"])
    #expect(
      try codes(".github/workflows/a.yml", "name: a\n", mark + "name: a\n") == ["232 critical"])
    // A program is shown line by line, whatever stands in it.
    let colour = "a = \"\u{1b}[1m\";\n"
    #expect(try codes("flake.nix", colour + "b = 1;\n", colour + "b = 2;\n") == [])
    for control in ["\u{1b}", "\u{8}", "\u{7f}", "\r"] {
      #expect(
        try codes("flake.nix", colour + "b = 1;\n", colour + "b = 1;\(control)x\n")
          == ["233 critical"])
    }
    #expect(try codes("flake.nix", "b = 1;\n", "b = 1;\r\n\tc = 2;\r\n") == [])
    #expect(try codes("flake.nix", "b = 1;\n", "b = 1;\0\n").first == "232 critical")
  }

  @Test(
    "an address that other tools fetch by is not neutral, nor a name with an expression",
    arguments: [
      ("package.json", "{\"repository\": \"https://git.example/a\"}\n", "https://git.example/b"),
      ("package.json", "{\"homepage\": \"https://git.example/a\"}\n", "https://git.example/b"),
      (
        "Cargo.toml", "[package]\nrepository = \"https://git.example/a\"\n", "https://git.example/b"
      ),
      (
        ".github/workflows/a.yml",
        "jobs:\n  a:\n    steps:\n      - name: https://git.example/a\n        run: x\n",
        "${{ secrets.TOKEN }}"
      ),
    ])
  func notNeutral(_ path: String, _ old: String, _ address: String) throws {
    let new = old.replacing("https://git.example/a", with: address)
    #expect(try !Judged.findings(path, old, new).contains { $0.hasPrefix("242") })
  }

  @Test("a scope that comes from both names of the public registry")
  func scopes() throws {
    func lock(_ hosts: [(String, String)]) -> String {
      Judged.npm(
        hosts.map { name, host in
          (
            name, "1.0.0",
            "https://\(host)/@a/\(name.dropFirst(3))/-/\(name.dropFirst(3))-1.0.0.tgz",
            Judged.sha512("A")
          )
        })
    }
    let old = [("@a/one", "registry.yarnpkg.com")]
    for (host, isFound) in [("registry.npmjs.org", false), ("npm.example", true)] {
      let found = try Judged.findings(
        "package-lock.json", lock(old), lock(old + [("@a/two", host)]))
      #expect(found.contains { $0.hasPrefix("227") } == isFound, "\(found)")
    }
  }

  @Test("an archive is not read as text, and a byte-order mark is no hidden character")
  func binary() throws {
    let zip = "PK\u{3}\u{4}\0\0\u{200b}\u{202e}\0"
    let found = try Judged.findings("vendor/wheels/a-1.0-py3-none-any.whl", nil, zip)
    #expect(!found.contains { $0.hasPrefix("233") }, "\(found)")
    let marked = try Judged.findings("AGENTS.md", "Be brief.\n", "\u{feff}Be brief.\nBe nice.\n")
    #expect(!marked.contains { $0.hasPrefix("233") }, "\(marked)")
    let later = try Judged.findings("AGENTS.md", "Be brief.\n", "Be \u{feff}brief.\n")
    #expect(later.contains { $0.hasPrefix("233") }, "\(later)")
    // What agents read is text whatever is in it.
    let prose = try Judged.diff([("AGENTS.md", "Be brief.\n", "Be brief.\0\u{200b}\n")]).findings
    #expect(prose.contains { $0.code == 233 && $0.severity == .critical })
  }
}

@Suite("What people and tools get to see")
struct VisibilityNoiseTests {
  private static let bump = (
    "package-lock.json",
    Judged.npm([("ms", "2.1.3", "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", Judged.sha512("A"))]
    ),
    Judged.npm([("ms", "2.1.4", "https://registry.npmjs.org/ms/-/ms-2.1.4.tgz", Judged.sha512("B"))]
    )
  )

  @Test(
    "high where it hides what the push changes, a notice elsewhere",
    arguments: [
      (".gitattributes", "", "package-lock.json -diff\n", "high"),
      (".gitattributes", "", "*.json linguist-generated\n", "high"),
      (".gitattributes", "", "* binary\n", "high"),
      (".gitattributes", "", "**/package-lock.json merge=ours\n", "high"),
      (".gitattributes", "", "package-lock.json filter=x\n", "high"),
      (".gitattributes", "", "PACKAGE-LOCK.JSON -diff\n", "high"),
      (".gitattributes", "", "*.png binary\n", "notice"),
      (".gitattributes", "", "*.json text eol=lf\n", "notice"),
      ("CODEOWNERS", "* @org/security\n", "* @org/all\n", "high"),
      ("CODEOWNERS", "package-lock.json @org/security\n", "", "high"),
      ("CODEOWNERS", "/docs/ @org/writers\n", "/docs/ @org/others\n", "notice"),
      ("renovate.json", "{}\n", "{\"extends\": []}\n", "notice"),
      (".gitleaksignore", "", "abc\n", "high"),
      (".trivyignore", "", "CVE-1\n", "high"),
    ])
  func severity(_ path: String, _ old: String, _ new: String, _ severity: String) throws {
    let found = try Judged.findings([(path, old, new), (Self.bump.0, Self.bump.1, Self.bump.2)])
    #expect(found.contains { $0.hasPrefix("239 \(severity)") }, "\(found)")
  }
}
