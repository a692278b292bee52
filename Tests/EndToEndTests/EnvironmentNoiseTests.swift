import Primitives
import TestSupport
import Testing

@Suite("Variables in a hook's environment")
struct EnvironmentNoiseTests {
  let server: GuardedServer
  let agents: ObjectID
  let own: ObjectID

  init() throws {
    server = try GuardedServer()
    agents = try server.agentsCommit()
    try server.pushed(as: .codex, "main:agent/codex/a")
    try server.work.move("main", to: server.base)
    own = try server.persons("mine")
    try server.pushed(as: .dana, "main:topic")
  }

  static let variables: [[String: String]] = [
    ["HOOKKIT_POLICY": "/dev/null"], ["HOOKKIT_DISABLE": "1", "HOOKKIT_SKIP": "1"],
    ["HOOKKIT_KEY": "/dev/null"], ["HOOKKIT_TRACE": "1"], ["GIT_TRACE": "1", "GIT_TRACE2": "1"],
    ["GIT_WORK_TREE": "/"], ["GIT_COMMON_DIR": "/nonexistent"],
    ["GIT_OBJECT_DIRECTORY": "/nonexistent"], ["GIT_ALTERNATE_OBJECT_DIRECTORIES": "/nonexistent"],
    ["GIT_INDEX_FILE": "/dev/null"], ["GIT_NAMESPACE": "other"],
    ["GIT_CONFIG_COUNT": "x"], ["GIT_CONFIG_PARAMETERS": "'core.hookspath'='/nonexistent'"],
    ["GIT_CONFIG_GLOBAL": "/nonexistent", "GIT_CONFIG_SYSTEM": "/nonexistent"],
    ["GIT_REPLACE_REF_BASE": "refs/heads/"], ["GIT_GRAFT_FILE": "/dev/null"],
    ["GIT_CEILING_DIRECTORIES": "/"], ["GIT_PUSH_CERT_STATUS": "G"],
    ["GL_USER": "dana", "GL_BYPASS_ACCESS_CHECKS": "1"], ["REMOTE_USER": "dana"],
    ["GITEA_PUSHER_NAME": "dana", "GITEA_INTERNAL_PUSH": "true"], ["USER": "dana"],
    ["LC_ALL": "tr_TR.UTF-8", "LANG": "xx"], ["TMPDIR": "/nonexistent"], ["HOME": "/nonexistent"],
    ["PATH": "/nonexistent"], ["CLICOLOR_FORCE": "1", "TERM": "xterm"], ["COLUMNS": "1"],
  ]

  @Test("none lets an agent's commit through or keeps a person's out", arguments: variables)
  func noise(_ env: [String: String]) throws {
    let traces = env["HOOKKIT_TRACE"] != nil
    // A trace names every rule that was asked.
    let isRefused = { (outcome: Outcome) in
      outcome.exit == 1 && (outcome.codes == ["HK101"] || traces && outcome.codes.contains("HK101"))
    }
    let main = { (id: ObjectID) in Array("\(server.base) \(id) refs/heads/main\n".utf8) }
    for hook in [["pre-receive"], ["reference-transaction", "prepared"]] {
      func run(_ id: ObjectID, as actor: Actor) throws -> Outcome {
        try server.sandbox.run(
          [Executables.hook(hook[0], in: server.sandbox)] + hook.dropFirst(),
          in: server.repository.path, stdin: main(id),
          env: ["GIT_DIR": "."].merging(server.environment(as: actor)) { $1 }.merging(env) { $1 })
      }
      let refused = try run(agents, as: .codex)
      // pre-receive may leave the answer to proc-receive, which says the same.
      let left = hook == ["pre-receive"] && refused.exit == 0
      #expect(left || isRefused(refused), "\(env) \(refused)")
      #expect(!refused.stderr.contains(0x1b))
      let allowed = try run(own, as: .dana)
      #expect(allowed.exit == 0 && (allowed.stderr.isEmpty || traces), "\(env) \(allowed)")
    }
    let update = try server.hook(
      "update", "refs/heads/main", "\(server.base)", "\(agents)", as: .codex, env: env)
    #expect(isRefused(update), "\(env) \(update)")
  }

  @Test("push options that were never agreed on, or too many, are refused")
  func options() throws {
    let line = Array("\(server.base) \(own) refs/heads/main\n".utf8)
    for count in ["x", "-1", "", "5000", "2"] {
      let outcome = try server.hook(
        "pre-receive", stdin: line,
        env: ["GIT_PUSH_OPTION_COUNT": count, "GIT_PUSH_OPTION_0": "a"])
      #expect(outcome.exit == 3 && outcome.codes == ["HK905"], "\(count): \(outcome)")
    }
  }

  @Test("a certificate that is only named in the environment certifies nothing")
  func certificate() throws {
    let server = try GuardedServer(
      policy: { $0.policy(rules: Roster.team + "\nsigned-push = true\n") },
      procReceiveRefs: [])
    let own = try server.persons("mine")
    try server.pushed(as: .dana, "main:topic")
    let line = Array("\(server.base) \(own) refs/heads/main\n".utf8)
    let blob = try server.repository.blob(Array("certificate version 0.1\n".utf8))
    for name in ["", "x", ObjectID.zero.hex, own.hex, blob.hex] {
      let outcome = try server.hook(
        "pre-receive", stdin: line,
        env: [
          "GIT_PUSH_CERT": name, "GIT_PUSH_CERT_STATUS": "G", "GIT_PUSH_CERT_SIGNER": "dana",
          "GIT_PUSH_CERT_NONCE_STATUS": "OK",
        ])
      #expect(outcome.exit == 1 && outcome.codes == ["HK104"], "\(name): \(outcome)")
    }
  }
}
