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
      "authorizedkeysfile /etc/ssh/hookkit_authorized_keys",
    ] {
      #expect(shown.lines.contains(setting), "\(setting)")
    }
    #expect(!shown.lines.contains { $0.hasPrefix("acceptenv") })
  }

  @Test("the line of authorized_keys names the pusher, whatever name the client sends")
  func authorizedKeys() throws {
    let key = try sandbox.key("dana")
    let text = try template("sshd/authorized_keys")
      .replacingOccurrences(of: "@PUSHER@", with: "dana")
      .replacingOccurrences(of: "@KEY@", with: key.publicLine)
    let path = try sandbox.write(text, to: "authorized_keys")
    let listed = try sandbox.run(["ssh-keygen", "-l", "-f", path])
    #expect(listed.lines.count == 1)
    #expect(listed.output.contains(key.fingerprint))

    let line = try #require(text.split(separator: "\n").last)
    let start = try #require(line.range(of: "command=\"")).upperBound
    let end = try #require(line.range(of: "\",restrict")).lowerBound
    let command = line[start..<end].replacingOccurrences(of: "\\\"", with: "\"")
    // Does what sshd does with a forced command; the client's last word is what it asked for.
    let ssh = try sandbox.write(
      """
      #!/bin/sh
      for SSH_ORIGINAL_COMMAND; do :; done
      export SSH_ORIGINAL_COMMAND
      exec sh -c '\(command)'

      """, to: "ssh", mode: 0o755)
    let server = try sandbox.bareRepository()
    try server.writeHook("pre-receive", "#!/bin/sh\necho \"pusher: $HOOKKIT_PUSHER\"\n")
    let work = try sandbox.repository()
    try work.commit("Start")
    let push = try work.git(
      "push", "ssh://git@git.example.org\(server.path)", "main",
      env: ["GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "ssh", "HOOKKIT_PUSHER": "mallory"])
    #expect(push.errors.contains("remote: pusher: dana"))
    let other = try work.attempt(
      "ls-remote", "--upload-pack=sh -c id #", "ssh://git@git.example.org\(server.path)",
      env: ["GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "ssh"])
    #expect(!other.succeeded)
  }
}
