import Report
import TestSupport
import Testing

@testable import HookkitCLI

@Suite("git's version and configuration")
struct GitConfigurationTests {
  @Test(
    "a version is read as every vendor's git prints it",
    arguments: [
      ("git version 2.39.5\n", GitVersion(2, 39)),
      ("git version 2.39.5 (Apple Git-154)", GitVersion(2, 39)),
      ("git version 2.55.0.rc2", GitVersion(2, 55)),
      ("git version 2.47.1.windows.1", GitVersion(2, 47)),
      ("git version 3.0", GitVersion(3, 0)),
    ])
  func version(_ line: String, _ version: GitVersion) {
    #expect(GitVersion(reading: line) == version)
  }

  @Test(
    "what is no version is none",
    arguments: ["", "git", "git version", "git version x.y", "hg version 2.39.5"])
  func noVersion(_ line: String) {
    #expect(GitVersion(reading: line) == nil)
  }

  @Test("a git that does not ask proc-receive is refused on a server")
  func oldGit() {
    #expect(ServerFitness.obstacle(version: GitVersion(2, 28))?.exit == .undecided)
    #expect(ServerFitness.obstacle(version: GitVersion(1, 99))?.exit == .undecided)
    #expect(ServerFitness.obstacle(version: GitVersion(2, 29)) == nil)
    #expect(ServerFitness.obstacle(version: GitVersion(3, 0)) == nil)
  }

  @Test("the line of each setting is the one that git itself would edit")
  func lines() throws {
    let sandbox = try Sandbox()
    let path = try sandbox.write(
      """
      ; a comment with [core] and hooksPath = no
      [core] hooksPath = one
      [ReCeIvE]
      \tprocReceiveRefs = refs/for ; and more
      \tprocreceiverefs = refs
      \tfsckObjects
      [remote "a \\"b\\" ] c"] url = x \\
        url = continued
      \tUrl = y
      [core]
      \thookspath = two
      """, to: "config")
    for (key, nth, line) in [
      ("core.hookspath", 0, 2), ("receive.procreceiverefs", 0, 4),
      ("receive.procreceiverefs", 1, 5), ("receive.fsckobjects", 0, 6),
      ("remote.a \"b\" ] c.url", 0, 7), ("remote.a \"b\" ] c.url", 1, 9),
      ("core.hookspath", 1, 11),
    ] {
      #expect(GitConfigurationFile.line(of: key, nth: nth, in: path) == line, "\(key) \(nth)")
    }
    #expect(GitConfigurationFile.line(of: "core.bare", nth: 0, in: path) == nil)
    // Each of them is a setting that git reads there, and there are no others.
    let listed = try sandbox.git("config", "--file", path, "--list", "--name-only").lines
    #expect(
      listed == [
        "core.hookspath", "receive.procreceiverefs", "receive.procreceiverefs",
        "receive.fsckobjects", "remote.a \"b\" ] c.url", "remote.a \"b\" ] c.url",
        "core.hookspath",
      ])
  }

  @Test(
    "booleans are those of git",
    arguments: ["true", "Yes", "on", "1", "7", "false", "no", "OFF", "0"]
  )
  func booleans(_ value: String) throws {
    let sandbox = try Sandbox()
    let git = try sandbox.git("-c", "a.b=\(value)", "config", "--type=bool", "a.b").value
    #expect(GitConfiguration.boolean(value).map { "\($0)" } == git)
  }

  @Test("a manifest is read back as it was written, and nothing else is one")
  func manifest() throws {
    let sandbox = try Sandbox()
    let manifest = InstallManifest(
      hooks: [InstallManifest.Hook(hook: .preReceive, path: "/srv/a b/hooks/pre-receive")],
      settings: [
        InstallManifest.Setting(key: "receive.x", value: "1", replaced: ["\"", "\u{e9}\n"])
      ])
    try sandbox.write(manifest.bytes, to: "hookkit/installed")
    #expect(try InstallManifest.read(from: sandbox.root) == manifest)
    let text = String(decoding: manifest.bytes, as: UTF8.self)
    for (old, new) in [
      ("installed/1", "installed/2"), ("pre-receive", "pre-something"), ("/srv", "srv"),
      ("\"value\"", "\"values\""),
    ] {
      try sandbox.write(text.replacing(old, with: new), to: "hookkit/installed")
      #expect(throws: CommandError.self) { try InstallManifest.read(from: sandbox.root) }
    }
  }
}
