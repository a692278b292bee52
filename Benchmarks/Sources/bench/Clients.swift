import Foundation

/// pre-push with nothing to say, as git starts it, beside the hook managers that are there.
struct Clients {
  let server: Server
  let bin: String
  /// The folder with pre-commit, prek and lefthook.
  let managers: String
  let pairs: Int

  private struct Other {
    let name: String
    let program: String
    /// What makes it pre-push of the clone that the shell is in, with nothing to check.
    let setUp: String
  }

  private var others: [Other] {
    [
      Other(name: "git-lfs", program: "git-lfs", setUp: "git lfs install --local"),
      Other(
        name: "lefthook", program: "\(managers)/lefthook",
        setUp: "printf 'pre-push:\\n  jobs: []\\n' >lefthook.yml; \(managers)/lefthook install"),
      Other(
        name: "prek", program: "\(managers)/prek",
        setUp:
          "echo 'repos: []' >.pre-commit-config.yaml; \(managers)/prek install -t pre-push"),
      Other(
        name: "pre-commit", program: "\(managers)/pre-commit",
        setUp:
          "echo 'repos: []' >.pre-commit-config.yaml; \(managers)/pre-commit install -t pre-push"),
    ]
  }

  private func clone(_ name: String, _ setUp: String) -> () -> Measured {
    server.shell("git clone -q server.git \(name) && cd \(name) && { \(setUp); } >/dev/null 2>&1")
    let folder = "\(server.folder)/\(name)"
    let tip = server.id("main")
    let input = server.input([])
    let line = "refs/heads/main \(tip) refs/heads/topic \(zero)\n"
    try? line.write(toFile: input, atomically: true, encoding: .utf8)
    return {
      let measured = measure(
        ["\(folder)/.git/hooks/pre-push", "origin", server.repository],
        environment: server.environment, in: folder, input: input)
      precondition(measured.status == 0, "\(name): \(measured.status)")
      return measured
    }
  }

  func rows() {
    server.shell("\(bin)/hookkit install --server --host local server.git >/dev/null")
    let plain = clone("plain", "\(bin)/hookkit install")
    let informed = clone(
      "informed",
      "\(bin)/hookkit install; git fetch -q origin '+refs/hookkit/*:refs/hookkit/remotes/origin/*'")
    for (what, hook) in [("no policy fetched", plain), ("policy fetched", informed)] {
      let runs = Pair(pairs, hook, hook)
      row(
        "pre-push as `hookkit install` writes it, nothing to say, \(what), CPU",
        "\(format(median(runs.first.map(\.cpu)))) ms", "5 ms")
    }
    for other in others {
      let isThere =
        other.program.hasPrefix("/")
        ? FileManager.default.isExecutableFile(atPath: other.program)
        : !server.output("{ command -v \(other.program) || :; }").isEmpty
      guard isThere else { continue }
      let pair = Pair(pairs, informed, clone(other.name, other.setUp))
      row("the same / pre-push of \(other.name), wall", format(pair.wallRatio) + "x", "1.0x")
    }
  }
}
