import Foundation

/// Rows about pushes whose objects stand apart, as git keeps them while pre-receive runs: so that who
/// brought what is recorded each time.
struct Arrivals {
  let bin: String
  let root: String
  let pairs: Int

  /// A push that can be made again: what its hook writes is taken back.
  private struct Push {
    let server: Server
    let bin: String
    let input: String
    private let quarantine: String

    /// - Parameter count: commits that it brings on top of `main`.
    init(_ count: Int, to branch: String, in folder: String, bin: String) {
      server = Server(folder)
      self.bin = bin
      server.addCommits(200, to: "main", from: nil)
      // What was there before is on record, as on every server after its first push.
      let first = server.input([(zero, server.id("main"), "refs/heads/first")])
      precondition(server.hook(bin, input: first).status == 0, "the first push was not allowed")
      // A policy that is not on record has no summary either, and a push that ends records it.
      server.shell("git -C server.git update-ref refs/heads/first main")
      precondition(server.hook(bin, "post-receive", input: first).status == 0)
      server.shell("cp -a server.git kept.git")
      server.addCommits(1, to: "before", from: server.id("main"))
      server.addCommits(count, to: "next", from: server.id("main"))
      let new = server.id("next")
      let old = branch == "main" ? server.id("main") : zero
      quarantine = server.repository + "/objects/tmp_objdir-incoming-bench"
      server.shell(
        """
        printf 'next\\n^main\\n' | git -C server.git pack-objects --revs -q pack > name
        mkdir -p kept.git/objects/tmp_objdir-incoming-bench/pack
        mv server.git/pack-* kept.git/objects/tmp_objdir-incoming-bench/pack/
        printf 'before\n^main\n' | git -C server.git pack-objects --revs -q pack > name
        mv server.git/pack-* kept.git/objects/tmp_objdir-incoming-bench/pack/
        """)
      let before = server.input([(zero, server.id("before"), "refs/heads/before")])
      server.shell("rm -rf server.git && mv kept.git server.git")
      input = server.input([(old, new, "refs/heads/\(branch)")])
      // A push of the same pusher has brought something before, so that all files are there.
      let earlier = measure(
        [bin + "/hookkit-pre-receive"], environment: environment, in: server.repository,
        input: before)
      precondition(earlier.status == 0, "the push before was not allowed")
      server.shell("cp -a server.git/hookkit hookkit")
    }

    private var environment: [String: String] {
      server.environment.merging([
        "GIT_DIR": server.repository, "HOOKKIT_PUSHER": "dana", "GIT_QUARANTINE_PATH": quarantine,
        "GIT_OBJECT_DIRECTORY": quarantine,
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": server.repository + "/objects",
      ]) { $1 }
    }

    func run(without file: String? = nil) -> Measured {
      server.shell(
        "rm -rf server.git/hookkit && cp -a hookkit server.git/hookkit"
          + (file.map { " && rm server.git/hookkit/\($0)" } ?? ""))
      return measure(
        [bin + "/hookkit-pre-receive"], environment: environment, in: server.repository,
        input: input)
    }

    func list() -> Measured {
      measure(
        ["git", "rev-list", "--stdin"], environment: environment, in: server.repository,
        input: revisions)
    }

    private var revisions: String {
      let text = (try? String(contentsOfFile: input, encoding: .utf8)) ?? ""
      let path = server.folder + "/revisions"
      try? "\(text.split(separator: " ")[1])\n^main\n".write(
        toFile: path, atomically: true, encoding: .utf8)
      return path
    }

    /// Bytes in the server's record of arrivals.
    var size: Int {
      Int(
        server.output(
          "cat server.git/hookkit/arrivals/sorted-* server.git/hookkit/arrivals/log "
            + "server.git/hookkit/arrivals/pushes 2>/dev/null | wc -c")) ?? 0
    }
  }

  func rows(nothing: (String) -> Measured) {
    let free = Push(1, to: "topic", in: root + "/free", bin: bin)
    let freePair = Pair(pairs, { free.run() }, { nothing(free.input) })
    precondition(freePair.first.allSatisfy { $0.status == 0 }, "the push was not allowed")
    row(
      "pre-receive, one commit to a branch that no rule names / empty sh hook, CPU",
      format(freePair.cpuRatio) + "x", "2.0x")
    let one = Push(1, to: "main", in: root + "/one", bin: bin)
    let onePair = Pair(pairs, { one.run() }, { nothing(one.input) })
    precondition(onePair.first.allSatisfy { $0.status == 0 }, "the push was not allowed")
    row(
      "pre-receive, one commit judged / empty sh hook, CPU", format(onePair.cpuRatio) + "x", "2.5x")
    if ProcessInfo.processInfo.environment["BENCH_SUMMARY"] != nil {
      let summary = Pair(pairs, { free.run(without: "cache/guarded") }, { free.run() })
      row(
        "the first without the policy's summary / with it, CPU", format(summary.cpuRatio) + "x", "")
    }

    let many = Push(100_000, to: "topic", in: root + "/many", bin: bin)
    let before = many.size
    let manyPair = Pair(3, { many.run() }, { many.list() })
    precondition(manyPair.first.allSatisfy { $0.status == 0 }, "the push was not allowed")
    row(
      "arrivals of 100,000 commits / git rev-list of them, CPU", format(manyPair.cpuRatio) + "x",
      "2.0x")
    _ = many.run()
    row(
      "the same, bytes kept of each commit", format(Double(many.size - before) / 100_000), "40")
  }
}
