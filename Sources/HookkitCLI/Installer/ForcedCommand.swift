internal import Gate
internal import Platform
internal import Report
internal import Signing

/// A line of authorized_keys that binds a key to `hookkit-shell`.
struct ForcedCommand {
  private let root: String
  private let shell: String

  /// - Parameters:
  ///   - root: the folder with the repositories.
  ///   - executables: where `hookkit-shell` is.
  /// - Throws: `CommandError`: one of them cannot stand in such a line, or is not there.
  init(root: String, executables: HookExecutables) throws(CommandError) {
    let shell = executables.folder + "/hookkit-shell"
    guard FileBytes.isExecutable(shell) else {
      throw CommandError(
        .undecided, "hookkit-shell is not beside hookkit", details: ["no \(shell.quoted)"],
        hints: [.init("in a checkout of hookkit", "./install.sh")])
    }
    self.root = try Self.quoted(root)
    self.shell = try Self.quoted(shell)
  }

  /// - Parameter principal: such as `agents.codex`.
  func text(for key: PublicKey, of principal: String) -> String {
    "restrict,command=\"\(shell) --root \(root) --key \(key.fingerprint) \(principal)\" "
      + key.authorizedKeyText
  }

  /// A path as a word of sh(1) that sshd leaves as it is between its own double quotes: there `"` ends
  /// the option unless a backslash stands before it (auth-options.c, opt_dequote).
  private static func quoted(_ path: String) throws(CommandError) -> String {
    let unfit = path.utf8.contains { $0 < 0x20 || [0x7f, 0x22, 0x27, 0x5c].contains($0) }
    guard path.hasPrefix("/"), !unfit else {
      throw CommandError(
        .usage, "\(path.quoted) is not an absolute path without quotes and backslashes")
    }
    let isPlain = path.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
        || (0x61...0x7a).contains(byte) || "/._-+".utf8.contains(byte)
    }
    return isPlain ? path : "'\(path)'"
  }
}
