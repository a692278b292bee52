import Primitives
import Signing
import TestSupport
import Testing

@Suite("hookkit verify")
struct VerifyTests {
  // MARK: What holds

  @Test("an honest history holds, judged again in a clone without the server")
  func honest() throws {
    let scene = try VerifyScene()
    let online = try scene.verify()
    #expect(online.exit == 0, "\(online)")
    #expect(
      online.lines.first
        == "holds: 2 landings, from 1 baseline, 2 judged again under 1 policy")
    #expect(online.output.contains("\(scene.reviewed.short) refs/heads/main"))
    #expect(online.output.contains("(trusted on first use)"))
    let moved = try scene.server.sandbox.run(
      ["mv", scene.server.repository.path, scene.server.sandbox.path("away.git")])
    #expect(moved.succeeded)
    let offline = try scene.server.sandbox.hookkit("verify", in: scene.auditor.path)
    #expect(offline.exit == 0)
    #expect(offline.output == online.output)
  }

  @Test("a server verifies itself")
  func onServer() throws {
    let scene = try VerifyScene()
    let outcome = try scene.server.sandbox.hookkit("verify", in: scene.server.repository.path)
    #expect(outcome.exit == 0, "\(outcome)")
  }

  @Test("its JSON says what was trusted and where the references stand")
  func json() throws {
    let scene = try VerifyScene()
    let key = scene.server.roster.serverKey.publicKey.fingerprint
    let outcome = try scene.verify("--json", "--server-key", key)
    let json = try JSON(reading: outcome.stdout)
    #expect(json["schema"]?.string == "hookkit.verify/1")
    #expect(json["verdict"]?.string == "holds")
    #expect(json["landings"]?.integer == 3 && json["baselines"]?.integer == 1)
    #expect(json["serverKey"]?.string == key && json["serverKeyTrust"]?.string == "given")
    #expect(json["policyTrust"]?.string == "first-use")
    #expect(json["refs"]?.array?.first?["tip"]?.string == scene.reviewed.hex)
  }

  @Test("a default branch that was renamed is replayed in any clone, whatever that takes for HEAD")
  func renamed() throws {
    let scene = try VerifyScene(
      rules: Roster.team.replacing("\"refs/heads/main\"", with: "\"HEAD\""))
    let server = scene.server
    let before = try scene.verify()
    #expect(before.exit == 0, "\(before)")
    try server.pushed(as: .dana, "main:refs/heads/trunk")
    try server.repository.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    let own = try server.work.commit("on trunk", ["t": "1"], author: server.roster[.dana])
    try server.pushed(as: .dana, "main:refs/heads/trunk")
    let newest = try scene.newest()
    #expect(newest.head == RefName("refs/heads/trunk") && newest.new == own)
    for setting in [["origin", "main"], ["origin", "--delete"], ["origin", "trunk"]] {
      try scene.auditor.git("fetch", "--quiet", "origin")
      try scene.auditor.git(["remote", "set-head"] + setting)
      let outcome = try scene.verify()
      #expect(outcome.exit == 0, "\(setting): \(outcome)")
      #expect(outcome.output.contains("\(own.short) refs/heads/trunk"), "\(outcome)")
    }
  }

  @Test("a clone that has no records says how to get them, and --remote gets them")
  func fetches() throws {
    let scene = try VerifyScene()
    let sandbox = scene.server.sandbox
    let clone = try sandbox.clone(scene.server.repository, "plain")
    let without = try sandbox.hookkit("verify", in: clone.path)
    #expect(without.exit == 3)
    #expect(without.errors.contains("hookkit verify --remote origin"))
    let with = try sandbox.hookkit("verify", "--remote", "origin", in: clone.path)
    #expect(with.exit == 0, "\(with)")
    #expect(with.output.contains("2 judged again"))
  }

  @Test("a server without landings has nothing to verify")
  func nothing() throws {
    let server = try GuardedServer()
    let outcome = try server.sandbox.hookkit("verify", in: server.repository.path)
    #expect(outcome.exit == 3)
  }

  @Test("a branch that a new policy comes to protect begins where it stood")
  func newPolicy() throws {
    let scene = try VerifyScene()
    let server = scene.server
    try server.pushed(as: .dana, "main:refs/heads/stable")
    let stable = Roster.team.split(separator: "\n").map {
      $0.hasPrefix("refs") ? "refs = [\"refs/heads/stable\"]" : String($0)
    }.joined(separator: "\n")
    let rules = "\(Roster.team)\n\n\(stable)"
    try server.write(server.roster.policy(serial: 2, rules: rules), to: "policy.toml")
    try server.work.commit("more", ["a": "2"], author: server.roster[.dana])
    try server.pushed(as: .dana, "main")
    try server.pushed(as: .dana, "main:refs/heads/stable")
    let outcome = try scene.verify()
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(
      outcome.lines.first
        == "holds: 4 landings, from 2 baselines, 4 judged again under 2 policies")
  }

  @Test("a signed push is replayed by what the server saw of its certificate")
  func signedPush() throws {
    let server = try GuardedServer(policy: {
      $0.policy(rules: Roster.team + "\nsigned-push = true")
    })
    try server.repository.git("config", "receive.certNonceSeed", "a seed")
    let clone = try server.clone(of: .dana)
    try clone.git("config", "gpg.format", "ssh")
    try clone.commit("mine", ["a": "1"], author: server.roster[.dana])
    #expect(try server.push(as: .dana, "main", from: clone).codes == ["HK104"])
    try server.pushed(as: .dana, "--signed", "main", from: clone)
    let outcome = try server.sandbox.hookkit("verify", in: server.repository.path)
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(outcome.output.contains("1 judged again"))
  }

  // MARK: What is trusted

  @Test("another key than the trusted one is refused at the first landing")
  func otherKey() throws {
    let scene = try VerifyScene()
    let dana = scene.server.roster[.dana]
    let outcome = try scene.verify("--server-key", dana.key?.publicPath ?? "")
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("landing 1 (refs/heads/main"))
    #expect(outcome.errors.contains("another key than the server's"))
    try scene.auditor.git("config", "hookkit.serverKey", dana.key?.publicLine ?? "")
    #expect(try scene.verify().exit == 1)
  }

  @Test("another first policy than the trusted one is refused")
  func otherPolicy() throws {
    let scene = try VerifyScene()
    let shown = try scene.verify().lines.first { $0.hasPrefix("first policy") } ?? ""
    let digest = String(shown.split(separator: " ")[2])
    let right = try scene.verify("--policy-digest", digest)
    #expect(right.exit == 0)
    #expect(!(right.lines.last ?? "").contains("first use"))
    let wrong = String(digest.reversed())
    #expect(try scene.verify("--policy-digest", wrong).exit == 1)
    #expect(try scene.verify("--policy-digest", "12").exit == 2)
  }
}
