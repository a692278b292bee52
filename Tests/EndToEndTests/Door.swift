import Primitives
import TestSupport

/// A server as plain sshd has it with hookkit at its door: `srv` with the repository `team/app.git`, and
/// one policy for the machine, which enrols everybody of a roster.
struct Door {
  let server: GuardedServer
  let root: String
  /// The machine's policy.
  let policy: String
  var sandbox: Sandbox { server.sandbox }

  init() throws {
    server = try GuardedServer(policy: nil, name: "srv/team/app.git")
    root = server.sandbox.path("srv")
    policy = server.sandbox.path("etc/policy.toml")
    try Self.guardRepository(server.repository, by: policy)
    try enrol()
  }

  /// Names the machine's policy, and ssh as the host, in a repository.
  static func guardRepository(_ repository: TestRepository, by policy: String) throws {
    try Sandbox.writeFile(Array("ssh\n".utf8), to: "\(repository.gitDirectory)/hookkit/host")
    try Sandbox.writeFile(
      Array("\(policy)\n".utf8), to: "\(repository.gitDirectory)/hookkit/organisation")
  }

  /// Writes the machine's policy anew.
  ///
  /// - Parameters:
  ///   - lines: More lines for a principal's table.
  ///   - tables: More tables.
  ///   - top: Lines before all tables.
  func enrol(_ lines: [Actor: String] = [:], tables: String = "", top: String = "") throws {
    let text = server.roster.policy(
      rules: Roster.team + "\n\n" + tables, top: top, adding: lines)
    try sandbox.write(text, to: "etc/policy.toml")
  }

  /// Another repository under the root, with a commit on `main`.
  @discardableResult
  func repository(_ name: String) throws -> TestRepository {
    let made = try sandbox.bareRepository("srv/\(name)")
    try made.commit("Start")
    try Self.guardRepository(made, by: policy)
    return made
  }

  /// Runs hookkit-shell as sshd does when a client asks for something; an input that git's services
  /// take for a goodbye is sent.
  func ask(
    _ command: String?, as principal: String = "people.dana", options: [String] = [],
    root: String? = nil, env: [String: String] = [:]
  ) throws -> Outcome {
    let asked = command.map { ["SSH_ORIGINAL_COMMAND": $0] } ?? [:]
    return try sandbox.run(
      [shell(), "--root", root ?? self.root] + options + [principal], stdin: Array("0000".utf8),
      env: asked.merging(env) { $1 })
  }

  func shell() throws -> String { "\(try Executables.installed(in: sandbox))/hookkit-shell" }

  /// What git's client needs to come in as a principal without sshd: a program in ssh's place.
  ///
  /// - Parameter variables: what hookkit-shell finds in its environment besides.
  func environment(
    as principal: String, setting variables: [String: String] = [:]
  ) throws -> [String: String] {
    let exports = variables.sorted { $0.key < $1.key }.map { "export \($0.key)='\($0.value)'" }
    let ssh = try sandbox.write(
      """
      #!/bin/sh
      for SSH_ORIGINAL_COMMAND; do :; done
      export SSH_ORIGINAL_COMMAND
      \(exports.joined(separator: "\n"))
      exec '\(shell())' --root '\(root)' \(principal)

      """, to: "ssh-\(principal)", mode: 0o755)
    return ["GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "ssh"]
  }

  /// The fingerprint of an actor's key.
  func fingerprint(_ actor: Actor) -> String { server.roster[actor].key?.fingerprint ?? "" }
}
