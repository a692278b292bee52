import Foundation

/// Rows about whole installations: a push through a real sshd, a rule that holds, thousands of
/// repositories at once.
struct Hosts {
  let bin: String
  let root: String
  let pairs: Int
  /// How many repositories are guarded at once, rounded down to hundreds; 0 for no such row.
  let repositories: Int

  func rows() {
    catalog()
    push()
    fleet()
  }

  /// A push in which no dependency file changes, with and without a rule that looks for them.
  func catalog() {
    let server = Server(root + "/catalog")
    server.addCommits(50, to: "main", from: nil)
    server.shell(
      "git -C server.git update-ref refs/heads/next main"
        + " && git -C server.git update-ref refs/heads/main main~49")
    let input = server.input([(server.id("main"), server.id("next"), "refs/heads/main")])
    let policy = server.repository + "/hookkit/policy.toml"
    let without = (try? String(contentsOfFile: policy, encoding: .utf8)) ?? ""
    let rule = """

      [[quarantine]]
      refs = ["refs/heads/**"]
      by = "anyone"
      files = ["locks", "manifests", "origins", "runs-code", "agent-config"]

      """
    func run(_ text: String) -> Measured {
      try? text.write(toFile: policy, atomically: true, encoding: .utf8)
      // Once more, so that the summary of this policy is there.
      _ = server.hook(bin, input: input)
      return server.hook(bin, input: input)
    }
    let pair = Pair(pairs, { run(without + rule) }, { run(without) })
    precondition(pair.first.allSatisfy { $0.status == 0 }, "the push was not allowed")
    row(
      "50 commits without dependency files, with a quarantine rule / without, CPU",
      format(pair.cpuRatio) + "x", "1.10x")
  }

  /// One commit at a time over ssh, to a guarded repository and to one with empty hooks.
  private func push() {
    let server = Server(root + "/ssh")
    let count = pairs + 1
    server.addCommits(200, to: "main", from: nil)
    server.addCommits(count, to: "chain", from: server.id("main"))
    server.shell(
      """
      git clone -q --bare server.git work.git && cp -a server.git empty.git
      for r in server empty; do git -C $r.git update-ref -d refs/heads/chain; done
      for h in pre-receive reference-transaction post-receive; do
        printf '#!/bin/sh\\n' > empty.git/hooks/$h && chmod +x empty.git/hooks/$h
      done
      rm -r server.git/hooks && '\(bin)/hookkit' install --server --host ssh server.git
      ssh-keygen -q -t ed25519 -N '' -f host
      printf '#!/bin/sh\\nexport HOME=%s HOOKKIT_PUSHER=dana\\nexec git-shell -c "$SSH_ORIGINAL_COMMAND"\\n' \
        "$PWD" > serve && chmod +x serve
      echo "command=\\"$PWD/serve\\",restrict $(cat dana.pub)" > authorized && mkdir -p /run/sshd
      """)
    let port = 20_000 + Int(getpid()) % 20_000
    let configuration = """
      Port \(port)
      ListenAddress 127.0.0.1
      HostKey \(server.folder)/host
      PidFile none
      AuthorizedKeysFile \(server.folder)/authorized
      StrictModes no
      UsePAM no
      UseDNS no

      """
    try? configuration.write(
      toFile: server.folder + "/config", atomically: true, encoding: .utf8)
    let sshd = Process()
    sshd.executableURL = URL(fileURLWithPath: "/usr/sbin/sshd")
    sshd.arguments = ["-D", "-e", "-f", server.folder + "/config"]
    sshd.standardError = FileHandle.nullDevice
    try? sshd.run()
    defer { sshd.terminate() }
    Thread.sleep(forTimeInterval: 1)
    let environment = server.environment.merging([
      "GIT_SSH_COMMAND":
        "ssh -F /dev/null -p \(port) -i \(server.folder)/dana -o IdentitiesOnly=yes"
        + " -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
    ]) { $1 }
    var turns = ["server": 0, "empty": 0]
    func push(to name: String) -> Measured {
      let turn = turns[name, default: 0]
      turns[name] = turn + 1
      return measure(
        [
          "git", "push", "-q", "ssh://\(NSUserName())@127.0.0.1\(server.folder)/\(name).git",
          "chain~\(count - 1 - turn):refs/heads/main",
        ], environment: environment, in: server.folder + "/work.git")
    }
    let pair = Pair(pairs, { push(to: "server") }, { push(to: "empty") })
    precondition((pair.first + pair.second).allSatisfy { $0.status == 0 }, "a push failed")
    let ratios = zip(pair.first, pair.second).map { $0.wall / $1.wall }
    row(
      "git push of one commit over ssh, guarded / empty hooks, wall, median of pairs",
      format(median(ratios)) + "x", "1.10x")
  }

  private func fleet() {
    let folders = repositories / 100
    guard folders > 0 else { return }
    let server = Server(root + "/fleet")
    server.shell(
      """
      git init -q --bare --template= one.git && mkdir srv
      for i in $(seq \(folders)); do mkdir srv/$i; for j in $(seq 100); do cp -a one.git srv/$i/$j.git; done; done
      """)
    let install = [bin + "/hookkit", "install", "-q", "--server", "--all", "srv"]
    for words in ["first", "again"] {
      let run = measure(install, environment: server.environment, in: server.folder)
      precondition(run.status == 0, "not every repository was guarded")
      row(
        "install --all on \(folders * 100) repositories, \(words), wall (CPU)",
        String(format: "%.0f s (%.0f s)", run.wall / 1000, run.cpu / 1000), "60 s")
    }
  }
}
