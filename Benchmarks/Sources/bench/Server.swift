import Foundation

/// A guarded bare repository made for measuring, with a clone's commits in it.
struct Server {
  let folder: String
  let repository: String
  let environment: [String: String]

  init(_ folder: String) {
    self.folder = folder
    repository = folder + "/server.git"
    environment = [
      "HOME": folder, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Dana", "GIT_AUTHOR_EMAIL": "dana@example.org",
      "GIT_COMMITTER_NAME": "Dana", "GIT_COMMITTER_EMAIL": "dana@example.org", "TZ": "UTC",
    ]
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    // git packs many loose references one by one, with the hooks for each: that is another row.
    shell("git config --global gc.auto 0")
    shell("git init -q --bare -b main server.git && ssh-keygen -q -t ed25519 -N '' -f dana -C dana")
    shell("mkdir -p server.git/hookkit && echo local > server.git/hookkit/host")
    let policy = """
      version = 1
      serial = 1
      repository = "bench.example/repository"
      [people.dana]
      emails = ["dana@example.org"]
      accounts = ["dana"]
      keys = ["KEY"]
      roles = ["reviewer", "maintainer"]
      [agents.codex]
      accounts = ["svc-codex"]
      sponsor = "dana"
      may-push = ["refs/heads/agent/**"]
      [[protect]]
      refs = ["refs/heads/main", "refs/heads/release/**"]
      review = { of = "agents", approvals = 1 }
      unverified = "person"
      [limits]
      commits = 1000000
      """
    let key = try? String(contentsOfFile: folder + "/dana.pub", encoding: .utf8)
    let text = policy.replacingOccurrences(
      of: "KEY", with: (key ?? "").trimmingCharacters(in: .newlines))
    try? text.write(
      toFile: repository + "/hookkit/policy.toml", atomically: true, encoding: .utf8)
  }

  /// Appends a chain of commits to a branch, each changing one of 100 files in 10 folders.
  func addCommits(_ count: Int, to branch: String, from parent: String?, signed: Bool = false) {
    if signed {
      // fast-import cannot sign; git commit-tree does, one process a commit.
      shell(
        """
        tip=\(parent ?? "") tree=$(git -C server.git mktree </dev/null)
        for i in $(seq \(count)); do
          tip=$(git -C server.git -c gpg.format=ssh -c user.signingkey=$PWD/dana commit-tree -S \
            ${tip:+-p $tip} -m "Work $i" $tree)
        done
        git -C server.git update-ref refs/heads/\(branch) $tip
        """)
      return
    }
    var stream = ""
    stream.reserveCapacity(count * 220)
    for index in 0..<count {
      let message = "Change number \(index)\n\nA body of two lines, as people\nwrite them.\n"
      stream += "commit refs/heads/\(branch)\nmark :\(index + 1)\n"
      stream += "committer Dana <dana@example.org> \(1_700_000_000 + index) +0000\n"
      stream += "data \(message.utf8.count)\n\(message)"
      if index == 0, let parent { stream += "from \(parent)\n" }
      let content = "content \(index)\n"
      stream += "M 100644 inline d\(index % 10)/f\(index % 100)\n"
      stream += "data \(content.utf8.count)\n\(content)\n"
    }
    try? stream.write(toFile: folder + "/stream", atomically: true, encoding: .utf8)
    shell("git -C server.git fast-import --quiet --force < stream && rm stream")
  }

  func id(_ revision: String) -> String { output("git -C server.git rev-parse \(revision)") }

  /// A file with the lines that git gives to pre-receive.
  func input(_ lines: [(old: String, new: String, ref: String)]) -> String {
    let path = folder + "/input-\(UUID().uuidString)"
    let text = lines.map { "\($0.old) \($0.new) \($0.ref)\n" }.joined()
    try? text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  func hook(_ bin: String, _ name: String = "pre-receive", input: String) -> Measured {
    measure(
      [bin + "/hookkit-\(name)"],
      environment: environment.merging(["GIT_DIR": repository, "HOOKKIT_PUSHER": "dana"]) { $1 },
      in: repository, input: input)
  }

  @discardableResult
  func shell(_ script: String) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    try? process.run()
    process.waitUntilExit()
    precondition(process.terminationStatus == 0, "failed: \(script)")
    return process.terminationStatus
  }

  func output(_ command: String) -> String {
    shell("\(command) > out")
    let text = try? String(contentsOfFile: folder + "/out", encoding: .utf8)
    return (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
