import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A real sshd on a loopback port, set up as an administrator of plain git-over-ssh would do it:
/// one account, and for each key a forced command that names the pusher.
package final class LoopbackSSHD: Sendable {
  package let port: UInt16
  private let sandbox: Sandbox
  private let process: BackgroundProcess
  private let user: String

  /// Starts sshd and waits until it listens.
  ///
  /// - Parameters:
  ///   - people: Who may push; the name of each is the pusher that hooks see.
  ///   - accepting: Variables that the server takes from clients (`AcceptEnv`); none by default.
  ///   - environment: Variables that the forced command sets besides the sandbox's own.
  ///   - serving: The lines of shell that serve the person `$1`.
  package convenience init(
    in sandbox: Sandbox, people: [TestPerson], accepting: [String] = [],
    environment: [String: String] = [:], serving: String = LoopbackSSHD.gitShell
  ) throws {
    let serve = try Self.writeForcedCommand(in: sandbox, adding: environment, serving)
    let authorized = people.compactMap { person in
      person.key.map { "command=\"\(serve) \(person.name)\",restrict \($0.publicLine)\n" }
    }
    let path = try sandbox.write(authorized.joined(), to: "sshd/authorized_keys", mode: 0o600)
    try self.init(in: sandbox, settings: ["AuthorizedKeysFile \(path)"], accepting: accepting)
  }

  /// Starts sshd as an administrator has it who enrols keys in the policy: `hookkit authorized-keys`
  /// says whose key it is, and `hookkit-shell` serves what lies under the root.
  package convenience init(
    in sandbox: Sandbox, serving root: String, policies: [String], accepting: [String] = []
  ) throws {
    let bin = try Executables.installed(in: sandbox)
    let words =
      ["--root", root, "--account", NSUserName()] + policies.flatMap { ["--policy", $0] }
    // sshd runs no program below a folder that others may write to, as a sandbox is.
    let script = try sandbox.write(
      "exec \(bin)/hookkit authorized-keys \(words.joined(separator: " ")) \"$@\"\n",
      to: "sshd/authorized-keys")
    try self.init(
      in: sandbox,
      settings: [
        "AuthorizedKeysFile none", "AuthorizedKeysCommand /bin/sh \(script) %u %t %k",
        "AuthorizedKeysCommandUser \(NSUserName())", "SetEnv HOME=\(sandbox.path("home"))",
      ], accepting: accepting)
  }

  /// Starts sshd as a host through which these people reach others (`ProxyJump` in ssh_config(5)), and
  /// which runs nothing for them.
  package convenience init(jumpingIn sandbox: Sandbox, people: [TestPerson]) throws {
    let authorized = people.compactMap { person in
      person.key.map { "restrict,port-forwarding,command=\"false\" \($0.publicLine)\n" }
    }
    let path = try sandbox.write(authorized.joined(), to: "sshd/authorized_keys", mode: 0o600)
    try self.init(in: sandbox, settings: ["AuthorizedKeysFile \(path)"], accepting: [])
  }

  /// What a git client needs to reach this server through another, under the name `inner`.
  package func environment(
    as person: TestPerson, through jump: LoopbackSSHD
  ) throws -> [String: String] {
    func host(_ name: String, _ sshd: LoopbackSSHD, _ more: String) -> String {
      """
      Host \(name)
        HostName 127.0.0.1
        User \(sshd.user)
        Port \(sshd.port)
        UserKnownHostsFile \(sshd.sandbox.path("sshd/known_hosts"))
        \(more)

      """
    }
    let path = try sandbox.write(
      host("outer", jump, "") + host("inner", self, "ProxyJump outer") + """
        Host *
          IdentityFile \(person.key?.path ?? "/dev/null")
          IdentitiesOnly yes
          IdentityAgent none
          BatchMode yes
          GlobalKnownHostsFile /dev/null
          LogLevel ERROR

        """, to: "sshd/config-\(person.name)", mode: 0o600)
    return ["GIT_SSH_COMMAND": "ssh -F \(path)"]
  }

  private init(in sandbox: Sandbox, settings: [String], accepting: [String]) throws {
    self.sandbox = sandbox
    user = NSUserName()
    if geteuid() == 0 {
      // sshd's empty folder for its unprivileged half; Debian makes it when the service starts.
      try FileManager.default.createDirectory(
        atPath: "/run/sshd", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o755])
    }
    let hostKey = try sandbox.key("host")
    let (port, process) = try Self.start(
      in: sandbox, hostKey: hostKey, settings: settings + accepting.map { "AcceptEnv \($0)" })
    self.port = port
    self.process = process
    try sandbox.write(
      "[127.0.0.1]:\(port) \(hostKey.publicLine)\n", to: "sshd/known_hosts", mode: 0o600)
  }

  /// Names the pusher, and lets `git-shell` decide what may run.
  package static let gitShell = """
    export HOOKKIT_PUSHER="$1"
    exec git-shell -c "$SSH_ORIGINAL_COMMAND"
    """

  /// The address of a repository by its path on the server.
  package func url(path: String) -> String { "ssh://\(user)@127.0.0.1:\(port)\(path)" }

  /// The address of a repository of the sandbox.
  package func url(_ repository: TestRepository) -> String {
    url(path: repository.path)
  }

  /// What the environment of a git client needs so that it connects as this person.
  ///
  /// - Parameter sending: Variables that the client offers to the server (`SendEnv`).
  package func environment(as person: TestPerson, sending: [String] = []) -> [String: String] {
    var words = [
      "ssh", "-F", "/dev/null", "-p", "\(port)", "-i", person.key?.path ?? "/dev/null",
      "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes",
      "-o", "StrictHostKeyChecking=yes", "-o", "LogLevel=ERROR",
      "-o", "UserKnownHostsFile=\(sandbox.path("sshd/known_hosts"))",
      "-o", "GlobalKnownHostsFile=/dev/null",
    ]
    for name in sending { words += ["-o", "SendEnv=\(name)"] }
    return ["GIT_SSH_COMMAND": words.joined(separator: " ")]
  }

  /// What sshd has logged.
  package var log: String { process.printed }

  /// Ends sshd.
  package func stop() { process.stop() }

  /// The program behind `command=`: it names the pusher by itself, whatever the client sent.
  private static func writeForcedCommand(
    in sandbox: Sandbox, adding extra: [String: String], _ serving: String
  ) throws -> String {
    let own = sandbox.environment.filter { !$0.key.hasSuffix("_DATE") }.merging(extra) { $1 }
    let exports = own.sorted { $0.key < $1.key }.map { name, value in
      "export \(name)='\(value.replacingOccurrences(of: "'", with: "'\\''"))'"
    }
    return try sandbox.write(
      """
      #!/bin/sh
      \(exports.joined(separator: "\n"))
      \(serving)

      """, to: "sshd/serve", mode: 0o755)
  }

  /// Starts sshd on a port that was free a moment ago, and tries another when somebody else was
  /// faster to take it.
  private static func start(
    in sandbox: Sandbox, hostKey: TestKey, settings: [String]
  ) throws -> (UInt16, BackgroundProcess) {
    var attempts = 0
    while true {
      attempts += 1
      let port = try freeLoopbackPort()
      try sandbox.write(
        """
        Port \(port)
        ListenAddress 127.0.0.1
        HostKey \(hostKey.path)
        PidFile none
        AuthenticationMethods publickey
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin prohibit-password
        UsePAM no
        StrictModes no
        UseDNS no
        MaxStartups 100
        \(settings.joined(separator: "\n"))

        """, to: "sshd/config")
      let process = try BackgroundProcess(
        ["/usr/sbin/sshd", "-D", "-e", "-f", sandbox.path("sshd/config")], in: sandbox)
      do {
        try process.wait { process.printed.contains("Server listening on 127.0.0.1 port \(port).") }
        return (port, process)
      } catch  where attempts < 5 && process.printed.contains("Address already in use") {
        continue
      }
    }
  }
}

/// A TCP port of 127.0.0.1 that nobody listens on at this moment.
package func freeLoopbackPort() throws -> UInt16 {
  #if canImport(Glibc)
    let type = Int32(SOCK_STREAM.rawValue)
  #else
    let type = SOCK_STREAM
  #endif
  let descriptor = socket(AF_INET, type, 0)
  guard descriptor >= 0 else { throw SystemCallFailed("socket") }
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let code = withUnsafeMutableBytes(of: &address) { raw in
    let pointer = raw.assumingMemoryBound(to: sockaddr.self).baseAddress
    guard let pointer, bind(descriptor, pointer, length) == 0 else { return Int32(-1) }
    return getsockname(descriptor, pointer, &length)
  }
  guard code == 0 else { throw SystemCallFailed("bind") }
  return UInt16(bigEndian: address.sin_port)
}
