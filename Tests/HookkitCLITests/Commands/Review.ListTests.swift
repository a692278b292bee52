import Primitives
import TestSupport
import Testing

@Suite("review list and withdraw")
struct ReviewListTests {
  @Test("the list says who reviewed what, until when, and what is no longer valid")
  func lists() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    var text = scene.seen(try scene.hookkit("review", "list"))
    for (key, more) in [(scene.dana.key, ["--expires", "14d"]), (scene.erin.key, [])] {
      let bin = try Executables.installed(in: scene.sandbox)
      let outcome = try scene.sandbox.run(
        ["\(bin)/hookkit", "review", "approve", head.hex, "--confirm", head.hex, "-q"] + more,
        in: scene.clone.path, env: ["HOOKKIT_KEY": key?.path ?? ""])
      #expect(outcome.succeeded, "\(outcome)")
    }
    text += scene.seen(
      try scene.hookkit(
        "review", "withdraw", head.short, "--confirm", head.short, "-m", "too soon",
        env: ["HOOKKIT_KEY": scene.erin.key?.path ?? ""]))
    let list = try scene.hookkit("review", "list")
    // Two reviews of one second stand in either order.
    let lines = list.lines.dropFirst().sorted()
    text += ([list.lines.first ?? ""] + lines).joined(separator: "\n") + "\n"
    try expectSnapshot(text, named: "Review.ListTests.lists", in: scene.sandbox)
    #expect(try scene.ledger().filter { $0.hasPrefix("withdrawn/") }.count == 1)
    #expect(try scene.hookkit("review", "list", "--ref", "other").output == "")
  }

  @Test("nobody withdraws another's review, and nobody withdraws twice")
  func withdrawsOnlyOwn() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let approved = try scene.hookkit(
      "review", "approve", head.hex, "--confirm", head.hex, "-q")
    #expect(approved.succeeded, "\(approved)")
    let erin = try scene.hookkit(
      "review", "withdraw", head.hex, "--confirm", head.hex,
      env: ["HOOKKIT_KEY": scene.erin.key?.path ?? ""])
    #expect(erin.exit == 1)
    let unconfirmed = try scene.hookkit("review", "withdraw", head.hex)
    #expect(unconfirmed.exit == 1)
    #expect(try scene.ledger().count == 1)
    let first = try scene.hookkit("review", "withdraw", head.hex, "--confirm", head.hex)
    #expect(first.succeeded, "\(first)")
    let second = try scene.hookkit("review", "withdraw", head.hex, "--confirm", head.hex)
    #expect(second.exit == 1)
    #expect(try scene.ledger().count == 2)
  }

  @Test("--json lists hookkit.reviews/1")
  func json() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let empty = try JSON(reading: scene.hookkit("review", "list", "--json").stdout)
    #expect(empty.members?.first?.value == "hookkit.reviews/1")
    #expect(empty["reviews"] == [])
    let approved = try scene.hookkit(
      "review", "approve", head.hex, "--confirm", head.hex, "-q", "-m", "fine \u{e9}")
    #expect(approved.succeeded, "\(approved)")
    let json = try JSON(reading: scene.hookkit("review", "list", "--json").stdout)
    let review = try #require(json["reviews"]?.array?.first)
    #expect(review["head"]?.string == head.hex)
    #expect(review["reviewer"] == "dana")
    #expect(review["valid"] == true)
    #expect(review["underAnotherPolicy"] == false)
    #expect(review["comment"] == "fine \u{e9}")
    #expect(review["key"]?.string == scene.dana.key?.fingerprint)
  }

  @Test("a review that was signed under another policy says so, and is valid all the same")
  func otherPolicy() throws {
    let scene = try ReviewScene()
    let head = try scene.work()
    let approved = try scene.hookkit("review", "approve", head.hex, "--confirm", head.hex, "-q")
    #expect(approved.succeeded, "\(approved)")
    #expect(try !scene.hookkit("review", "list").output.contains("another policy"))
    let path = ".hookkit/policy.toml"
    let text = String(
      decoding: try scene.clone.contents("blob", "main:\(path)"), as: UTF8.self)
    try scene.clone.commit(
      "Policy", [path: .text(text.replacing("serial = 1", with: "serial = 2"))],
      author: scene.dana)
    try scene.clone.git("push", "--quiet", "origin", "main")
    let list = try scene.hookkit("review", "list")
    #expect(
      list.lines.last?.hasSuffix("  valid, signed under another policy") == true, "\(list)")
    let page = try scene.hookkit("review", "show", head.hex)
    #expect(page.output.contains("dana (none), signed under another policy\n"), "\(page)")
    let json = try JSON(reading: scene.hookkit("review", "list", "--json").stdout)
    let review = try #require(json["reviews"]?.array?.first)
    #expect(review["valid"] == true && review["underAnotherPolicy"] == true)
  }

  @Test("without a policy anywhere the answer is that there is none")
  func needsAPolicy() throws {
    let sandbox = try Sandbox()
    let server = try sandbox.bareRepository()
    let clone = try sandbox.clone(server)
    try clone.commit("Begin", ["a": .text("1")])
    try clone.git("push", "--quiet", "origin", "main")
    let outcome = try sandbox.hookkit("review", "list", in: clone.path)
    #expect(outcome.exit == 3)
    #expect(outcome.errors.contains("HK801"), "\(outcome)")
    #expect(outcome.errors.contains("--policy FILE"), "\(outcome)")
  }

  @Test("a server that cannot be reached is no empty ledger")
  func unreachable() throws {
    let scene = try ReviewScene()
    try scene.clone.git("remote", "set-url", "origin", scene.sandbox.path("gone.git"))
    let outcome = try scene.hookkit("review", "list", "--json")
    #expect(outcome.exit == 3)
    let error = try JSON(reading: outcome.stdout)
    #expect(error["schema"]?.string == "hookkit.error/1" && error["exit"] == 3)
    #expect(outcome.errors.contains("cannot read \"origin\""), "\(outcome)")
  }
}
