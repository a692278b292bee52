import HookkitCLI
import Primitives
import TestSupport
import Testing

@Suite("review show")
struct ReviewShowTests {
  @Test("a reviewer sees the commit, its signals, the rules, the reviews and the changes")
  func shows() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let approved = try scene.hookkit(
      "review", "approve", head.short, "--confirm", head.short, "-q")
    #expect(approved.succeeded, "\(approved)")
    let outcome = try scene.hookkit("review", "show", head.short)
    try expectSnapshot(scene.seen(outcome), named: "Review.ShowTests.shows", in: scene.sandbox)
  }

  @Test("no byte of a commit reaches the terminal as a command")
  func escapes() throws {
    let scene = try ReviewScene()
    let head = try scene.work(
      "Nice \u{1b}[2J\u{202e}work\n\nCo-authored-by: Codex \u{1b}]0;x\u{7} <noreply@openai.com>\n",
      [
        "tur\u{202e}ned": .text("x\n"), "es\u{1b}c": .text("y\n"),
        "a": .text("if admin\u{202e} { \u{1b}[8mhidden\u{1b}[0m\rshown\u{200b}\n\u{e9}\u{4e2d}\n"),
        "bytes": .file([0xff, 0xfe, 0x0a]),
      ], author: TestPerson("ev\u{1b}il", email: "evil@example.org"))
    let outcome = try scene.hookkit("review", "show", head.short)
    #expect(outcome.succeeded, "\(outcome)")
    let allowed = Set("\n\t\u{e9}\u{4e2d}".unicodeScalars)
    let bad = outcome.output.unicodeScalars.filter {
      !(0x20...0x7e).contains($0.value) && !allowed.contains($0)
    }
    #expect(bad.isEmpty)
    try expectSnapshot(scene.seen(outcome), named: "Review.ShowTests.escapes", in: scene.sandbox)
  }

  @Test("a .gitattributes in the work tree hides no change, and no program of its choice runs")
  func ignoresAttributes() throws {
    let scene = try ReviewScene()
    let head = try scene.work(
      "Hide\n",
      [
        ".gitattributes": .text("a -diff\nb diff=evil\n"), "a": .text("seen a\n"),
        "b": .text("seen b\n"),
      ])
    try scene.clone.git("config", "diff.evil.command", "touch ran; true")
    try scene.clone.git("config", "diff.evil.textconv", "touch ran; true")
    try scene.clone.git("config", "core.hooksPath", "/dev/null")
    try scene.clone.git("checkout", "--quiet", head.hex)
    let outcome = try scene.hookkit(
      "review", "show", head.short, env: ["GIT_EXTERNAL_DIFF": "touch ran; true"])
    #expect(outcome.output.contains("+seen a"), "\(outcome)")
    #expect(outcome.output.contains("+seen b"), "\(outcome)")
    #expect(!scene.sandbox.exists("clone/ran"))
    #expect(!scene.sandbox.exists("clone/.git/ran"))
  }

  @Test("a submodule that .gitmodules would hide is shown")
  func showsSubmodules() throws {
    let scene = try ReviewScene()
    let base = try #require(try scene.clone.id("main"))
    let head = try scene.work(
      "Pin\n",
      [
        ".gitmodules": .text(
          "[submodule \"s\"]\n\tpath = s\n\turl = ../s\n\tignore = all\n"),
        "s": .gitlink(base),
      ])
    try scene.clone.git("checkout", "--quiet", head.hex)
    let outcome = try scene.hookkit("review", "show", head.short)
    #expect(outcome.output.contains("+Subproject commit \(base.hex)"), "\(outcome)")
  }

  @Test("a replacement object is not what is reviewed")
  func ignoresReplacements() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let harmless = try scene.work("Harmless\n", ["a": .text("1\n")], on: "agent/codex/other")
    try scene.clone.git("replace", head.hex, harmless.hex)
    let outcome = try scene.hookkit("review", "show", head.hex)
    #expect(outcome.output.contains("Retry on 429"), "\(outcome)")
    #expect(outcome.output.contains("+new"), "\(outcome)")
  }

  @Test("--json gives the same as data")
  func json() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let json = try JSON(reading: scene.hookkit("review", "show", head.short, "--json").stdout)
    #expect(json.members?.first?.value == "hookkit.proposal/1")
    #expect(json["head"]?.string == head.hex)
    #expect(json["commits"]?.array?.first?["origin"]?["kind"] == "agent")
    #expect(json["commits"]?.array?.first?["origin"]?["grade"] == "declared")
    #expect(json["asks"]?.array?.first?["approvals"] == 1)
  }

  @Test("on a terminal it goes through the user's pager")
  func pages() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let bin = try Executables.installed(in: scene.sandbox)
    try scene.clone.git("config", "core.pager", "sed 's/^/paged: /'")
    let outcome = try scene.sandbox.run(
      ["script", "-qec", "\(bin)/hookkit review show \(head.short)", "/dev/null"],
      in: scene.clone.path)
    #expect(outcome.output.contains("paged: review of \(head.short)"), "\(outcome)")
  }
}
