internal import Platform

/// What git and the hooks behind it get to see of the environment that sshd gave.
///
/// A list of what stays, because what must go has no end: `GIT_*`, `HOOKKIT_*`, the variables of other
/// hosts, `LD_*`, `TMPDIR`, whatever an `AcceptEnv` lets a client send.
enum ShellEnvironment {
  /// The folders in which git is looked for, and then its own programs.
  #if os(macOS)
    static let folders = ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", "/bin"]
  #else
    static let folders = ["/usr/local/bin", "/usr/bin", "/bin"]
  #endif

  static func scrubbed(
    _ environment: Environment, pusher: [UInt8]
  ) -> [(name: String, value: [UInt8])] {
    var kept: [(name: String, value: [UInt8])] = [
      ("PATH", Array(folders.joined(separator: ":").utf8)), ("HOOKKIT_PUSHER", pusher),
    ]
    // sshd sets these itself, over whatever the client has sent (session.c, do_setup_env).
    for name in ["HOME", "USER", "LOGNAME", "SSH_CONNECTION"] {
      if let value = environment.bytes(name) { kept.append((name, value)) }
    }
    // These are the client's own: nothing but plain words.
    let words = ["LANG": "_.@-", "GIT_PROTOCOL": "=:"]
    for (name, marks) in words.sorted(by: { $0.key < $1.key }) {
      if let value = environment.bytes(name), isWord(value, marks: marks) {
        kept.append((name, value))
      }
    }
    return kept
  }

  private static func isWord(_ bytes: [UInt8], marks: String) -> Bool {
    (1...64).contains(bytes.count)
      && bytes.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
          || (0x61...0x7a).contains(byte) || marks.utf8.contains(byte)
      }
  }
}
