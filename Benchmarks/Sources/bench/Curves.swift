import Foundation

/// Rows about what grows: each figure is divided by how many there are, so that what is linear stays
/// the same down the column.
struct Curves {
  let bin: String
  let root: String

  func rows() {
    for count in [250, 500, 1000, 2000, 4000] { branches(count) }
    for count in [1000, 2000, 5000, 10_000] { landings(count) }
  }

  /// Many branches that are protected at install, and many that a policy comes to protect later.
  private func branches(_ count: Int) {
    let server = Server(root + "/branches-\(count)")
    server.addCommits(20, to: "main", from: nil)
    server.shell(
      """
      git clone -q --bare server.git work.git
      for i in $(seq \(count)); do echo "create refs/heads/release/$i main~1"; done \
        | git -C server.git update-ref --stdin
      rm -r server.git/hooks && cp -a server.git later.git
      sed -i 's|, "refs/heads/release/\\*\\*"||' later.git/hookkit/policy.toml
      git -C work.git update-ref refs/heads/next $(git -C work.git commit-tree -p main -m next main^{tree})
      """)
    let environment = server.environment.merging(["HOOKKIT_PUSHER": "dana"]) { $1 }
    func run(_ arguments: [String]) -> Measured {
      let measured = measure(arguments, environment: environment, in: server.folder)
      precondition(measured.status == 0, "failed: \(arguments)")
      return measured
    }
    let install = run([bin + "/hookkit", "install", "-q", "--server", "server.git"])
    _ = run([bin + "/hookkit", "install", "-q", "--server", "later.git"])
    server.shell("cp server.git/hookkit/policy.toml later.git/hookkit/policy.toml")
    let push = run([
      "git", "-C", "work.git", "push", "-q", server.folder + "/later.git", "next:main",
    ])
    let again = run([
      "git", "-C", "work.git", "push", "-q", server.folder + "/later.git", "next:topic",
    ])
    row(
      "install with \(count) protected branches, CPU of each",
      String(format: "%.2f ms (%.1f s)", install.cpu / Double(count), install.cpu / 1000), "linear")
    row(
      "the first push after a policy came to protect \(count) branches, CPU of each",
      String(
        format: "%.2f ms (%.1f s, the next push %.2f s)", push.cpu / Double(count),
        push.cpu / 1000, again.cpu / 1000), "linear")
  }

  /// Landings that a clone verifies: rounds of a thousand branches, each a commit further.
  private func landings(_ count: Int) {
    let server = Server(root + "/landings-\(count)")
    let branches = 500
    let rounds = count / branches
    server.addCommits(rounds + 1, to: "main", from: nil)
    server.shell(
      """
      mv server.git work.git && git init -q --bare -b main --template= server.git
      mv work.git/hookkit server.git/ && git -C work.git push -q $PWD/server.git main~\(rounds):refs/heads/main
      '\(bin)/hookkit' install -q --server server.git
      for round in $(seq \(rounds)); do
        for i in $(seq \(branches)); do echo "main~$((\(rounds) - round)):refs/heads/release/$i"; done > specs
        HOOKKIT_PUSHER=dana xargs git -C work.git push -q $PWD/server.git < specs
      done
      git clone -q --config 'remote.origin.fetch=+refs/hookkit/*:refs/hookkit/remotes/origin/*' \
        server.git auditor
      """)
    let verified = measure(
      [bin + "/hookkit", "verify"], environment: server.environment, in: server.folder + "/auditor")
    precondition(verified.status == 0, "the server was not verified")
    row(
      "verify of \(count) landings, CPU of each",
      String(format: "%.2f ms (%.1f s)", verified.cpu / Double(count), verified.cpu / 1000),
      "linear")
  }
}
