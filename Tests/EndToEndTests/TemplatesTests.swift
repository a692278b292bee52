import Foundation
import TestSupport
import Testing

@Suite("templates")
struct TemplatesTests {
  let sandbox: Sandbox
  let root: String

  init() throws {
    sandbox = try Sandbox()
    root = String(
      #filePath[..<(try #require(#filePath.range(of: "/Tests/EndToEndTests/"))).lowerBound])
  }

  private func template(_ name: String) throws -> String {
    let bytes = try #require(FileManager.default.contents(atPath: "\(root)/templates/\(name)"))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("the folder for git's init.templateDir gives new clones the shims of a client")
  func gitTemplate() throws {
    for hook in ["pre-push", "prepare-commit-msg", "commit-msg"] {
      let shim = FileManager.default.contents(atPath: "\(root)/hooks/\(hook)")
      #expect(
        shim
          == FileManager.default.contents(
            atPath: "\(root)/templates/git-template/hooks/\(hook)"))
    }
    try sandbox.git("config", "--global", "init.templateDir", "\(root)/templates/git-template")
    let repository = try sandbox.repository()
    for hook in ["pre-push", "prepare-commit-msg", "commit-msg"] {
      let path = "\(repository.path)/.git/hooks/\(hook)"
      #expect(FileManager.default.isExecutableFile(atPath: path))
    }
    // They name an executable that need not be there; then they are shims all the same.
    let outcome = try sandbox.hookkit("install", repository.path)
    #expect(outcome.output.contains("upgraded   .git/hooks/pre-push\n"))
    #expect(try sandbox.hookkit("doctor", repository.path).exit == 0)
  }

  @Test("sshd accepts its snippet, and holds the account to keys and forced commands")
  func sshdConfiguration() throws {
    let key = try sandbox.key("host")
    let path = try sandbox.write(
      "HostKey \(key.path)\n" + template("sshd/sshd_config"), to: "sshd_config")
    let check = try sandbox.run(["/usr/sbin/sshd", "-t", "-f", path])
    #expect(check.succeeded, "\(check)")
    let shown = try sandbox.run([
      "/usr/sbin/sshd", "-T", "-f", path, "-C", "user=git,host=client,addr=127.0.0.1",
    ])
    for setting in [
      "authenticationmethods publickey", "disableforwarding yes", "permittty no",
      "permituserrc no", "permituserenvironment no",
      "authorizedkeysfile none", "authorizedkeyscommanduser nobody",
      "authorizedkeyscommand /usr/local/bin/hookkit authorized-keys --root /srv/git %u %t %k",
    ] {
      #expect(shown.lines.contains(setting), "\(setting)")
    }
    #expect(shown.lines.filter { $0.hasPrefix("acceptenv") } == ["acceptenv GIT_PROTOCOL"])
  }

  @Test("the line of authorized_keys names the pusher, whatever name the client sends")
  func authorizedKeys() throws {
    let door = try Door()
    let sandbox = door.sandbox
    let key = try #require(door.server.roster[.dana].key)
    let text = try template("sshd/authorized_keys")
      .replacingOccurrences(of: "@PRINCIPAL@", with: "people.dana")
      .replacingOccurrences(of: "@KEY@", with: key.publicLine)
    let path = try sandbox.write(text, to: "authorized_keys")
    let listed = try sandbox.run(["ssh-keygen", "-l", "-f", path])
    #expect(listed.lines.count == 1)
    #expect(listed.output.contains(key.fingerprint))

    let line = try #require(text.split(separator: "\n").last { !$0.hasPrefix("#") })
    let start = try #require(line.range(of: "command=\"")).upperBound
    let end = try #require(line.range(of: "\" ssh-ed25519")).lowerBound
    let command = line[start..<end]
      .replacingOccurrences(of: "/usr/local/bin/hookkit-shell", with: try door.shell())
      .replacingOccurrences(of: "/srv/git", with: door.root)
    // Does what sshd does with a forced command; the client's last word is what it asked for.
    let ssh = try sandbox.write(
      """
      #!/bin/sh
      for SSH_ORIGINAL_COMMAND; do :; done
      export SSH_ORIGINAL_COMMAND
      exec sh -c '\(command)'

      """, to: "ssh", mode: 0o755)
    try door.server.wrap("pre-receive", "echo \"pusher: $HOOKKIT_PUSHER\" >&2; exec \"$HOOK\"")
    let work = door.server.work
    try work.commit("Mine", author: door.server.roster[.dana])
    let push = try work.git(
      "push", "ssh://git@git.example.org/team/app.git", "main",
      env: ["GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "ssh", "HOOKKIT_PUSHER": "mallory"])
    #expect(push.errors.contains("remote: pusher: dana"))
    let other = try work.attempt(
      "ls-remote", "--upload-pack=sh -c id #", "ssh://git@git.example.org/team/app.git",
      env: ["GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "ssh"])
    #expect(!other.succeeded && other.codes == ["HK404"])
  }
}
