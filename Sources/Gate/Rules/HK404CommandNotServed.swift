/// HK404: somebody asked hookkit-shell for something other than a repository.
package enum CommandNotServed {
  static let code = Code(404)

  static let page = RulePage(
    code: code, name: "CommandNotServed", title: "hookkit-shell does not run this command",
    endedBy: .nobody,
    why: """
      Over ssh `hookkit-shell` runs git's three services, git-upload-pack, git-receive-pack and
      git-upload-archive, and git-lfs-authenticate and git-lfs-transfer where the server has them, on
      one repository under its root, asked for exactly as git and git-lfs ask. A shell, scp, sftp,
      options, further words, other ways of quoting, and paths with `..`, a `~`, or names that begin
      with a dot or a dash are refused unread.
      """,
    ends: "Ask with git: `git clone ssh://git@git.example.org/team/app.git`.",
    examples: [])

  /// - Parameter why: what is wrong with what was asked, safe for any terminal.
  package static func finding(_ why: String) -> Finding {
    Finding(
      code, headline: "hookkit-shell does not run this command", reason: "not served",
      details: [why], hints: [.init("why", "hookkit", "explain", "\(code)")])
  }
}
