import DependencyChecks
import Testing

/// Updates as they come every week, and what is said of them.
@Suite("Updates that raise little")
struct NoiseOfUpdatesTests {
  private static func pubspec(_ dependency: String, _ other: String = "") -> String {
    "name: app\nenvironment:\n  sdk: ^3.0.0\ndependencies:\n  chess: \(dependency)\n  other: ^1.0.0\n\(other)"
  }

  private static func lock(_ description: String, _ source: String, _ version: String) -> String {
    """
    packages:
      chess:
        dependency: "direct main"
        description:
    \(description)
        source: \(source)
        version: "\(version)"
      other:
        dependency: "direct main"
        description:
          name: other
          sha256: "\(Judged.hex("b"))"
          url: "https://pub.dev"
        source: hosted
        version: "1.0.0"
    sdks:
      dart: ">=3.0.0 <4.0.0"

    """
  }

  private static let git = """
          path: "."
          ref: main
          resolved-ref: "\(Judged.hex("a", 20))"
          url: "https://git.example/o/chess.git"
    """

  private static let hosted = """
          name: chess
          sha256: "\(Judged.hex("c"))"
          url: "https://pub.dev"
    """

  @Test(
    "a git source goes to the registry, as the manifest says",
    arguments: [
      (
        pubspec("\n    git:\n      url: https://git.example/o/chess.git\n      ref: main"),
        pubspec("^1.1.0")
      ),
      (pubspec("\n    git: https://git.example/o/chess.git"), pubspec("^1.1.0")),
      (
        pubspec(
          "any", "dependency_overrides:\n  chess:\n    git: https://git.example/o/chess.git\n"),
        pubspec("any")
      ),
    ])
  func pub(old: String, new: String) throws {
    for version in ["1.0.0", "1.1.0"] {
      let found = try Judged.findings([
        ("pubspec.yaml", old, new),
        (
          "pubspec.lock", Self.lock(Self.git, "git", "1.0.0"),
          Self.lock(Self.hosted, "hosted", version)
        ),
      ])
      #expect(!found.contains { $0.contains(" critical:") }, "\(found)")
      #expect(found.contains { $0.contains("as pubspec.yaml says") }, "\(found)")
    }
    let alone = try Judged.findings(
      "pubspec.lock", Self.lock(Self.git, "git", "1.0.0"), Self.lock(Self.hosted, "hosted", "1.1.0")
    )
    #expect(alone.contains { $0.hasPrefix("229 critical") }, "\(alone)")
  }

  private static func wrapper(_ place: String, _ version: String) -> String {
    "distributionUrl=https\\://\(place)/apache-maven-\(version)-bin.zip\n"
      + "distributionSha256Sum=\(Judged.hex("a"))\n"
  }

  @Test("a build tool of another version lies in the folder of its version")
  func wrappers() throws {
    let path = ".mvn/wrapper/maven-wrapper.properties"
    let maven = "repo.maven.apache.org/maven2/org/apache/maven/apache-maven"
    let old = Self.wrapper("\(maven)/3.9.6", "3.9.6")
    let same = try Judged.findings(path, old, Self.wrapper("\(maven)/3.9.9", "3.9.9"))
    #expect(!same.contains { $0.hasPrefix("229") }, "\(same)")
    for place in ["\(maven)-evil/3.9.9", "evil.example/maven2/org/apache/maven/apache-maven/3.9.9"]
    {
      let found = try Judged.findings(path, old, Self.wrapper(place, "3.9.9"))
      #expect(found.contains { $0.hasPrefix("229") }, "\(found)")
    }
  }

  @Test("dotnet skips a byte-order mark before global.json")
  func mark() throws {
    let text = "{\"sdk\": {\"version\": \"9.0.100\"}}\n"
    let found = try Judged.findings("global.json", text, "\u{feff}" + text)
    #expect(!found.contains { $0.contains(" high:") || $0.contains(" critical:") }, "\(found)")
  }

  @Test("a near name that another package asks for is a notice, look-alike letters are not")
  func transitive() throws {
    func npm(_ name: String, direct: Bool) -> String {
      let wants = "\"ms\": \"*\"" + (direct ? ", \"\(name)\": \"*\"" : "")
      return """
        {"lockfileVersion": 3, "packages": {"": {"dependencies": {\(wants)}},
        "node_modules/ms": {"version": "2.1.3",
        "resolved": "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", "integrity": "\(Judged.sha512("A"))",
        "dependencies": {"\(name)": "*"}},
        "node_modules/\(name)": {"version": "1.0.0",
        "resolved": "https://registry.npmjs.org/\(name)/-/\(name)-1.0.0.tgz",
        "integrity": "\(Judged.sha512("B"))"}}}

        """
    }
    let old = """
      {"lockfileVersion": 3, "packages": {"": {"dependencies": {"ms": "*"}},
      "node_modules/ms": {"version": "2.1.3",
      "resolved": "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz", "integrity": "\(Judged.sha512("A"))"}}}

      """
    for (name, direct, expected) in [
      ("expresss", true, "226 high"), ("expresss", false, "226 notice"),
      ("l0dash", false, "226 high"),
    ] {
      let found = try Judged.findings("package-lock.json", old, npm(name, direct: direct))
      #expect(found.contains { $0.hasPrefix(expected) }, "\(name): \(found)")
    }
  }

  @Test("fastlane's texts for a shop are a notice, its programs are not")
  func fastlane() throws {
    for (path, expected) in [
      ("fastlane/metadata/android/en-US/changelogs/1.txt", "224 notice"),
      ("fastlane/metadata/android/en-US/x.rb", "224 high"), ("fastlane/Fastfile", "224 high"),
    ] {
      let found = try Judged.findings(path, "a\n", "b\n")
      #expect(found.contains { $0.hasPrefix(expected) }, "\(path): \(found)")
    }
  }
}
