@testable import HookRuntime
import TestSupport
import Testing

/// Which folders under a root are repositories that are served.
@Suite struct RepositoryRootTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try make("srv/team/app.git")
  }

  /// The parts by which git knows a bare repository.
  private func make(_ path: String) throws {
    try sandbox.write("ref: refs/heads/main\n", to: "\(path)/HEAD")
    for part in ["objects", "refs"] { try sandbox.makeFolder("\(path)/\(part)") }
  }

  private func link(_ target: String, at path: String) throws {
    try sandbox.run(["ln", "-sfn", "--", target, sandbox.path(path)]).requireSuccess()
  }

  private func place(_ names: String, root: String = "srv") throws -> String? {
    let root = try RepositoryRoot(sandbox.path(root))
    return root.repository(at: names.split(separator: "/").map(String.init))?.place
  }

  @Test("a repository is found under its name, with and without the ending, by its real place")
  func found() throws {
    #expect(try place("team/app.git") == "team/app.git")
    #expect(try place("team/app") == "team/app.git")
    try link("team/app.git", at: "srv/short.git")
    try link("srv", at: "link")
    #expect(try place("short") == "team/app.git")
    #expect(try place("team/app", root: "link") == "team/app.git")
    // The very name comes first.
    try make("srv/team/app")
    #expect(try place("team/app") == "team/app")
  }

  @Test(
    "nothing but a bare repository is one", arguments: ["HEAD", "objects", "refs"])
  func part(_ name: String) throws {
    try sandbox.run(["rm", "-rf", sandbox.path("srv/team/app.git/\(name)")]).requireSuccess()
    #expect(try place("team/app") == nil)
  }

  @Test("one with a folder .git inside is git's to choose between, and so none")
  func twice() throws {
    try sandbox.makeFolder("srv/team/app.git/.git")
    #expect(try place("team/app") == nil)
  }

  @Test("a link out of the root, or to what no path may name, leads nowhere")
  func links() throws {
    try make("outside.git")
    try make("srv/.hidden.git")
    try make("srv/-dash.git")
    try make("srv-more/app.git")
    try link("../outside.git", at: "srv/outside.git")
    try link("../srv-more/app.git", at: "srv/more.git")
    try link(".hidden.git", at: "srv/hidden.git")
    try link("-dash.git", at: "srv/dash.git")
    try link("loop.git", at: "srv/loop.git")
    for name in [
      "outside", "more", "hidden", "dash", "loop", "nothing", "team", "team/app.git/HEAD",
    ] {
      #expect(try place(name) == nil, "\(name)")
    }
  }

  @Test(
    "nothing inside of a git directory or a work tree is one",
    arguments: [
      ["HEAD", "objects", "refs"], ["HEAD", "commondir"], [".git"],
    ])
  func nested(_ parts: [String]) throws {
    for part in parts { try sandbox.makeFolder("srv/outer/\(part)") }
    try make("srv/outer/a/inner.git")
    #expect(try place("outer/a/inner") == nil)
    // Two parts of three are a folder as any other.
    try sandbox.run(["rm", "-rf", sandbox.path("srv/outer/\(parts[0])")]).requireSuccess()
    #expect(try place("outer/a/inner") == "outer/a/inner.git")
  }

  @Test("a root is an absolute path of a folder, and not the whole machine")
  func roots() throws {
    for path in ["/", "srv", "", sandbox.path("gone"), sandbox.path("srv/team/app.git/HEAD")] {
      #expect(throws: Refusal.self) { _ = try RepositoryRoot(path) }
    }
  }
}
