import HookWire
import Primitives
import TestSupport
import Testing

/// Our side of the proc-receive dialogue, played with a real git-receive-pack.
///
/// The hook is `cat`: everything our side says is known before git asks, so the answers are written
/// first and what git said is kept and read afterwards.
@Suite struct ProcReceiveTests {
  private let scene: PushScene
  private let next: ObjectID
  private var sandbox: Sandbox { scene.sandbox }
  private var server: TestRepository { scene.server }
  private var client: TestRepository { scene.client }
  private var base: ObjectID { scene.base }

  init() throws {
    scene = try PushScene()
    try scene.server.git("config", "receive.procReceiveRefs", "refs/heads")
    try scene.server.git("config", "receive.advertisePushOptions", "true")
    next = try scene.client.commit("next", ["a.txt": "2\n"])
  }

  private var main: RefUpdate { RefUpdate(old: base, new: next, name: RefName("refs/heads/main")) }
  private var side: RefUpdate { RefUpdate(old: .zero, new: base, name: RefName("refs/heads/side")) }

  /// What git will say, as `updates` and `options` make us expect it.
  private func expectedInput(
    _ updates: [RefUpdate], options: [String], features: String
  ) throws -> [UInt8] {
    var lines: [PktLine] = [.text("version=1\(features)\n"), .flush]
    lines += updates.map { .text("\($0.old) \($0.new) ") + $0.name.bytes } + [.flush]
    if features.contains("push-options") { lines += options.map { .text($0) } + [.flush] }
    var bytes: [UInt8] = []
    for line in lines { try line.write(to: &bytes) }
    return bytes
  }

  /// Pushes with a hook that answers what our side answers, and checks that git said what we read.
  private func push(
    _ refspecs: [String], of updates: [RefUpdate], reports: [ProcReceive.Report],
    options: [String] = [], flags: [String] = [], features: String = ""
  ) throws -> Outcome {
    let expected = try expectedInput(updates, options: options, features: features)
    var pending = expected[...]
    var answers: [UInt8] = []
    let dialogue = try ProcReceive(
      read: { count in
        defer { pending = pending.dropFirst(count) }
        return Array(pending.prefix(count))
      }, write: { answers += $0 })
    #expect(dialogue.request.updates == updates)
    #expect(dialogue.request.options == options.map { Array($0.utf8) })
    #expect(dialogue.request.isAtomic == features.contains("atomic"))
    try dialogue.report(reports)
    try sandbox.write(answers, to: "answers")
    try server.writeHook(
      "proc-receive",
      "#!/bin/sh\ncat '\(sandbox.path("answers"))'\nexec cat > '\(sandbox.path("input"))'\n")
    let outcome = try sandbox.run(
      ["git", "push", "--porcelain"] + flags + options.flatMap { ["-o", $0] } + ["origin"]
        + refspecs, in: client.path)
    #expect(try sandbox.read("input") == expected, "\(outcome)")
    return outcome
  }

  @Test("one reference falls through and moves, its neighbour is refused with our reason")
  func mixed() throws {
    let outcome = try push(
      ["main", "main~1:refs/heads/side"], of: [main, side],
      reports: [
        .fallThrough(main.name),
        .refused(side.name, reason: Array("HK101 needs a review of \u{1b}[2J\n".utf8)),
      ])
    #expect(outcome.exit == 1)
    #expect(outcome.output.contains(" \trefs/heads/main:refs/heads/main\t"))
    #expect(
      outcome.output.contains("[remote rejected] (HK101 needs a review of \\x1b[2J\\x0a)"))
    #expect(try server.references() == ["refs/heads/main": next])
  }

  @Test("a redirected update is shown where it went, and the branch stays")
  func redirected() throws {
    let target = RefName("refs/quarantine/7")
    let outcome = try push(
      ["main"], of: [main],
      reports: [.redirected(main.name, to: target, old: .zero, new: next, forced: false)])
    #expect(outcome.exit == 0)
    #expect(outcome.output.contains("refs/heads/main:refs/quarantine/7\t[new reference]"))
    #expect(try server.references() == ["refs/heads/main": base])
  }

  @Test("push options and atomic arrive, and one refusal keeps all from moving")
  func atomic() throws {
    let outcome = try push(
      ["main", "main~1:refs/heads/side"], of: [main, side],
      reports: [.fallThrough(main.name), .refused(side.name, reason: Array("HK501".utf8))],
      options: ["hookkit.format=json", "ci.skip"], flags: ["--atomic"],
      features: "\0atomic push-options")
    #expect(outcome.exit == 1)
    #expect(outcome.output.contains("[remote rejected] (HK501)"))
    #expect(try server.references() == ["refs/heads/main": base])
  }

  @Test("a dialogue that ends without reports refuses the push")
  func silent() throws {
    try server.writeHook(
      "proc-receive", "#!/bin/sh\nprintf '000eversion=1\\n00000000'\nexec cat > /dev/null\n")
    let outcome = try client.gitFails("push", "origin", "main")
    #expect(outcome.errors.contains("proc-receive failed to report status"))
    #expect(try server.references() == ["refs/heads/main": base])
  }
}

extension PktLine {
  /// The frame with more bytes at its end.
  fileprivate static func + (frame: PktLine, more: [UInt8]) -> PktLine {
    guard case .data(let payload) = frame else { return frame }
    return .data(payload + more)
  }
}
