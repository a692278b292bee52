import Foundation

/// The commands that people type in a clone, each beside `git --version`, the least that git can do. What a
/// command starts (git, a server by its path) is counted with it.
struct Commands {
  let server: Server
  let bin: String
  let pairs: Int

  /// A row a command: its words, and the exit codes with which it has done its work.
  private static let all: [(words: String, exits: Set<Int32>)] = [
    ("status", [0]), ("whoami", [0]), ("check", [0, 1, 8]), ("who -n 100", [0]),
    ("explain HK101", [0]), ("explain HEAD", [0]), ("review show HEAD", [0]),
    ("policy validate", [0]), ("doctor", [0, 1]),
  ]

  func rows() {
    server.addCommits(200, to: "main", from: nil)
    server.shell(
      """
      \(bin)/hookkit install --server --host local server.git >/dev/null
      git clone -q server.git clone && cd clone && \(bin)/hookkit install >/dev/null 2>&1
      git config user.email dana@example.org && git config user.signingkey \(server.folder)/dana.pub
      git commit -q --allow-empty -m Work && git push -q origin HEAD:refs/heads/work
      """)
    let clone = server.folder + "/clone"
    let git = {
      measure(["git", "--version"], environment: server.environment, in: clone)
    }
    for (words, exits) in Self.all {
      let command = {
        let measured = measure(
          [bin + "/hookkit"] + words.split(separator: " ").map(String.init),
          environment: server.environment, in: clone)
        precondition(
          measured.status & 0x7f == 0 && exits.contains(measured.status >> 8),
          "hookkit \(words): \(measured.status)")
        return measured
      }
      let pair = Pair(max(9, pairs / 5), command, git)
      row(
        "hookkit \(words) / git --version, CPU",
        format(pair.cpuRatio) + "x (" + format(median(pair.first.map(\.cpu))) + " ms)", "10x")
    }
  }
}
