import Foundation
import HookkitCLI
import Primitives
import TestSupport
import Testing

@Suite("policy init, show, validate and test")
struct PolicyCommandTests {
  @Test(
    "init writes a policy that is valid, and never a second one",
    arguments: ["solo", "team", "strict"])
  func initialises(_ profile: String) throws {
    let sandbox = try Sandbox()
    let dana = try sandbox.person("dana")
    let repository = try sandbox.repository()
    try repository.git("remote", "add", "origin", "git@git.example.org:team/app.git")
    let first = try sandbox.hookkit(
      "policy", "init", "--profile", profile, "--email", "dana@example.org", "--key",
      dana.key?.publicPath ?? "", in: repository.path)
    #expect(first.succeeded, "\(first)")
    let text = try sandbox.text("work/.hookkit/policy.toml")
    #expect(text.contains("repository = \"git.example.org/team/app\""))
    #expect(text.contains("[people.dana]"))
    let valid = try sandbox.hookkit("policy", "validate", in: repository.path)
    #expect(valid.succeeded, "\(valid)")
    let second = try sandbox.hookkit("policy", "init", in: repository.path)
    #expect(second.exit == 1)
    #expect(try sandbox.text("work/.hookkit/policy.toml") == text)
  }

  @Test("in a bare repository the policy is the administrator's")
  func initialisesAServer() throws {
    let sandbox = try Sandbox()
    let dana = try sandbox.person("dana")
    let server = try sandbox.bareRepository("app.git")
    let made = try sandbox.hookkit(
      "policy", "init", "--person", "dana", "--account", "dana", "--key",
      dana.key?.publicPath ?? "",
      in: server.path)
    #expect(made.succeeded, "\(made)")
    #expect(try sandbox.text("app.git/hookkit/policy.toml").contains("repository = \"app\""))
    let shown = try JSON(
      reading: sandbox.hookkit("policy", "show", "--json", in: server.path).stdout)
    #expect(shown["layers"]?.array?.first?["kind"] == "repository")
  }

  @Test("a private key, a missing key and a name that is none are refused in words")
  func refusesBadPeople() throws {
    let sandbox = try Sandbox()
    let dana = try sandbox.person("dana")
    let repository = try sandbox.repository()
    for (words, exit) in [
      (["--key", dana.key?.path ?? ""], 3), (["--key", "none"], 3),
      (["--key", dana.key?.publicPath ?? "", "--person", "da na"], 3), ([], 2),
    ] {
      let bin = try Executables.installed(in: sandbox)
      let outcome = try sandbox.run(
        ["\(bin)/hookkit", "policy", "init"] + words, in: repository.path)
      #expect(outcome.exit == Int32(exit), "\(outcome)")
      #expect(!sandbox.exists("work/.hookkit/policy.toml"))
    }
  }

  @Test("show says what is in force, and with --origin where it is said")
  func shows() throws {
    let scene = try ReviewScene()
    var text = scene.seen(try scene.hookkit("policy", "show"))
    text += scene.seen(try scene.hookkit("policy", "show", "--origin"))
    try expectSnapshot(
      text, named: "PolicyTests.shows", in: scene.sandbox, replacing: scene.keys)
  }

  @Test("validate names the file, line and column of what is wrong")
  func validates() throws {
    let scene = try ReviewScene()
    let good = try scene.clone.git("show", "main:.hookkit/policy.toml").output
    let changes = [
      ("typo", "serial = 1", "seril = 1"), ("syntax", "serial = 1", "serial = [1"),
      ("role", "roles = [\"reviewer\"]", "roles = []"), ("sponsor", "\"erin\"", "\"frank\""),
      ("control", "version", "\u{1b}version"),
    ]
    for (name, old, new) in changes {
      try scene.sandbox.write(good.replacing(old, with: new), to: "clone/\(name).toml")
    }
    var text = ""
    for (name, _, _) in changes {
      text += scene.seen(try scene.hookkit("policy", "validate", "\(name).toml"))
    }
    text += scene.seen(try scene.hookkit("policy", "validate", "typo.toml", "role.toml", "--json"))
    try expectSnapshot(text, named: "PolicyTests.validates", in: scene.sandbox)
  }

  @Test("validate lists everything that is wrong, in one reading")
  func validatesAll() throws {
    let scene = try ReviewScene()
    let good = try scene.clone.git("show", "main:.hookkit/policy.toml").output
    try scene.sandbox.write(
      good.replacing("serial = 1", with: "seril = -1")
        .replacing("roles = [\"reviewer\"]", with: "roles = 7")
        .replacing("[[protect]]", with: "[[protect]]\nbindng = \"head\"\nmode = \"later\""),
      to: "clone/all.toml")
    let outcome = try scene.hookkit("policy", "validate", "all.toml")
    #expect(outcome.exit == 3)
    for word in ["seril", "roles must be", "bindng", "mode"] {
      #expect(outcome.output.contains(word), "\(word): \(outcome)")
    }
    let json = try JSON(
      reading: scene.hookkit("policy", "validate", "all.toml", "--json").stdout)
    let errors = json["policies"]?.array?.first?["errors"]?.array ?? []
    #expect(errors.count == outcome.output.split(separator: "\n").count)
    // Two sponsors whom nobody knows are two errors.
    try scene.sandbox.write(
      good.replacing("sponsor = \"erin\"", with: "sponsor = \"nobody\"")
        + "\n[agents.other]\nsponsor = \"none\"\n", to: "clone/sponsors.toml")
    let sponsors = try scene.hookkit("policy", "validate", "sponsors.toml")
    #expect(
      sponsors.output.components(separatedBy: "is not a person of the policy").count == 3,
      "\(sponsors)")
  }

  @Test("a layer by itself need not say what others have to, and is read to its end all the same")
  func validatesLayer() throws {
    let sandbox = try Sandbox()
    let text =
      "version = 1\nserial = 3\n\n[agents.codex]\naccounts = [\"svc\"]\nsponsor = \"dana\"\n"
    try sandbox.write(text, to: "layer.toml")
    let whole = try sandbox.hookkit("policy", "validate", "layer.toml")
    #expect(whole.exit == 3 && whole.output.contains("repository is missing"), "\(whole)")
    let layer = try sandbox.hookkit("policy", "validate", "--layer", "layer.toml")
    #expect(layer.succeeded && layer.output.contains("valid; serial 3"), "\(layer)")
    try sandbox.write(text + "\n[people.dana]\nrols = []\nkeys = 1\n", to: "layer.toml")
    let broken = try sandbox.hookkit("policy", "validate", "--layer", "layer.toml")
    #expect(broken.exit == 3, "\(broken)")
    #expect(broken.output.contains("rols") && broken.output.contains("keys must be"), "\(broken)")
    let none = try sandbox.hookkit("policy", "validate", "--layer")
    #expect(none.exit == 2, "\(none)")
  }

  @Test("a serial below the one on record is warned of")
  func validatesSerial() throws {
    let server = try GuardedServer(policy: { $0.policy(serial: 7) })
    let sandbox = server.sandbox
    #expect(try sandbox.hookkit("policy", "show", in: server.repository.path).succeeded)
    let well = try sandbox.hookkit("policy", "validate", in: server.repository.path)
    #expect(well.succeeded && !well.output.contains("lower"), "\(well)")
    try server.write(server.roster.policy(serial: 6), to: "policy.toml")
    for words in [["policy", "validate"], ["policy", "validate", "hookkit/policy.toml"]] {
      let bin = try Executables.installed(in: sandbox)
      let lower = try sandbox.run(["\(bin)/hookkit"] + words, in: server.repository.path)
      #expect(lower.succeeded, "\(lower)")
      #expect(
        lower.output.contains("warning: serial 6 is lower than 7, the highest on record"),
        "\(lower)"
      )
    }
  }

  @Test("test tells which rules name a ref and who could meet them")
  func tests() throws {
    let scene = try ReviewScene()
    var text = scene.seen(
      try scene.hookkit("policy", "test", "--ref", "main", "--pusher", "svc-codex"))
    text += scene.seen(
      try scene.hookkit(
        "policy", "test", "--ref", "main", "--author", "dana@example.org", "--author", "x@y.example"
      ))
    text += scene.seen(try scene.hookkit("policy", "test", "--ref", "refs/heads/wip"))
    try expectSnapshot(text, named: "PolicyTests.tests", in: scene.sandbox)
  }

  @Test("HOOKKIT_POLICY and --policy name a file, and the option is the stronger")
  func namesAFile() throws {
    let scene = try ReviewScene()
    let good = try scene.clone.git("show", "main:.hookkit/policy.toml").output
    try scene.sandbox.write(good.replacing("serial = 1", with: "serial = 5"), to: "clone/five")
    try scene.sandbox.write(good.replacing("serial = 1", with: "serial = 6"), to: "clone/six")
    let env = ["HOOKKIT_POLICY": "five"]
    let five = try scene.hookkit("policy", "show", env: env)
    #expect(five.output.contains("serial = 5"), "\(five)")
    let six = try scene.hookkit("--policy", "six", "policy", "show", env: env)
    #expect(six.output.contains("serial = 6"), "\(six)")
    let none = try scene.hookkit("policy", "show", "--policy", "none")
    #expect(none.exit == 3, "\(none)")
  }

  @Test(
    "a repository is called by the host and path of its remote",
    arguments: [
      ("git@git.example.org:team/app.git", "git.example.org/team/app"),
      ("ssh://git@git.example.org:2222/team/app.git", "git.example.org/team/app"),
      ("https://user:pass@git.example.org/app", "git.example.org/app"),
      ("file:///srv/app.git", nil), ("/srv/app.git", nil), ("../app", nil),
    ])
  func names(_ url: String, _ name: String?) {
    #expect(RepositoryName.name(of: url) == name)
  }
}

extension ReviewScene {
  /// The people's keys, which differ from run to run.
  var keys: [(String, String)] {
    [dana, erin].compactMap { person in
      person.key.map { ($0.publicLine.split(separator: " ")[1].description, "<\(person.name)>") }
    }
  }
}
