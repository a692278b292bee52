import Gate
import Git
@testable import HookRuntime
import Primitives
import TestSupport
import Testing

/// Whether git is certain to ask hookkit's proc-receive about what is refused.
@Suite struct ProcReceiveSlotTests {
  private let bench: HookBench
  private let hooks: String

  init() throws {
    bench = try HookBench()
    hooks = "\(bench.gitDirectory)/hooks"
  }

  /// - Parameter names: refused references; those in `allowed` go with them.
  private func left(
    _ names: [String], allowed: [String] = []
  ) throws -> Set<RefName> {
    func judgement(_ name: String, _ findings: [Finding]) -> Judgement {
      Judgement(
        update: RefUpdate(old: bench.base, new: id(1), name: RefName(name)), findings: findings,
        isGuarded: true)
    }
    let refusal = Finding(Code(101), headline: "needs a human review")
    let decision = Decision(
      judgements: names.map { judgement($0, [refusal]) } + allowed.map { judgement($0, []) },
      pusher: .unknown, principal: nil, policyDigest: nil, ledger: nil, time: 0)
    return ProcReceiveSlot(try bench.session()).answers(for: decision)
  }

  private func configure(_ patterns: String...) throws {
    for pattern in patterns {
      try bench.server.repository.git("config", "--add", "receive.procReceiveRefs", pattern)
    }
  }

  private func install(
    _ text: String = "#!/bin/sh\nexec /opt/hookkit-proc-receive\n", mode: UInt32 = 0o755
  )
    throws
  {
    try Sandbox.writeFile(Array(text.utf8), to: "\(hooks)/proc-receive", mode: mode)
  }

  private static let main = "refs/heads/main"

  @Test(
    "a pattern covers what begins with its parts",
    arguments: [
      "refs", "refs/", "refs/heads", "refs/heads/", "refs/heads/main", "refs/heads/main/",
    ])
  func covered(_ pattern: String) throws {
    try install()
    try configure(pattern)
    #expect(try left([Self.main]) == [RefName(Self.main)])
  }

  @Test(
    "nothing else covers it, and no pattern with a modifier is counted on",
    arguments: [
      "refs/head", "refs/heads/mai", "refs/heads/main/x", "refs/tags", "am:refs", "!:refs",
      "a:refs/heads", "", "Refs/Heads", "heads",
    ])
  func uncovered(_ pattern: String) throws {
    try install()
    try configure(pattern)
    #expect(try left([Self.main]) == [])
  }

  @Test("one of several patterns is enough, and references may be under different ones")
  func several() throws {
    try install()
    try configure("am:refs", "refs/tags", Self.main)
    let both = [Self.main, "refs/tags/v1"]
    #expect(try left(both) == Set(both.map { RefName($0) }))
  }

  @Test("when one refused reference is not covered, none is left; allowed ones do not matter")
  func allOrNone() throws {
    try install()
    try configure("refs/heads")
    #expect(try left([Self.main, "refs/tags/v1"]) == [])
    #expect(try left([Self.main], allowed: ["refs/tags/v1"]) == [RefName(Self.main)])
    #expect(try left([], allowed: [Self.main]) == [])
  }

  @Test("without a configuration nothing is left to it")
  func unconfigured() throws {
    try install()
    #expect(try left([Self.main]) == [])
  }

  @Test("a hook that is missing, cannot be run or is somebody else's is not left to answer")
  func foreign() throws {
    try configure("refs")
    #expect(try left([Self.main]) == [], "missing")
    try install(mode: 0o644)
    #expect(try left([Self.main]) == [], "no run bit")
    for text in ["#!/bin/sh\ncat >/dev/null\n", "#!/bin/sh\nexec hookkit-pre-receive\n", "", "#!"] {
      try install(text)
      #expect(try left([Self.main]) == [], "\(text)")
    }
    // An executable of somebody else's, whatever words are in it.
    try install("\u{7f}ELF hookkit-proc-receive")
    #expect(try left([Self.main]) == [])
    try bench.server.sandbox.run(["mkdir", "\(hooks)/x"]).requireSuccess()
    try bench.server.sandbox.run(["ln", "-sfn", "x", "\(hooks)/proc-receive"]).requireSuccess()
    #expect(try left([Self.main]) == [], "a folder")
  }

  @Test(
    "a link to the executable itself is hookkit's, by its own name or the hook's",
    arguments: ["hookkit-hook", "hookkit-proc-receive"])
  func link(_ name: String) throws {
    try configure("refs")
    try bench.server.sandbox.write("\u{7f}ELF", to: "bin/\(name)", mode: 0o755)
    let target = bench.server.sandbox.path("bin/\(name)")
    try bench.server.sandbox.run(["ln", "-sfn", target, "\(hooks)/proc-receive"]).requireSuccess()
    #expect(try left([Self.main]) == [RefName(Self.main)])
  }

  @Test("the hook is looked for where core.hooksPath says, relative to the repository")
  func hooksPath() throws {
    try configure("refs")
    try install()
    let folder = "\(bench.gitDirectory)/own"
    for path in ["own", folder] {
      try bench.server.repository.git("config", "core.hooksPath", path)
      try bench.server.sandbox.run(["rm", "-rf", folder]).requireSuccess()
      #expect(try left([Self.main]) == [], "\(path)")
      try Sandbox.writeFile(
        Array("#!/bin/sh\nexec hookkit-proc-receive\n".utf8), to: "\(folder)/proc-receive",
        mode: 0o755)
      #expect(try left([Self.main]) == [RefName(Self.main)], "\(path)")
    }
  }

  @Test("git asks proc-receive from 2.29 on")
  func version() {
    for text in [
      "git version 2.29.0\n", "git version 2.53.1\n", "git version 3.0.0.rc1\n",
      "git version 2.39.5 (Apple Git-154)\n", "git version 10.0\n",
    ] {
      #expect(ProcReceiveSlot.asksProcReceive(Array(text.utf8)), "\(text)")
    }
    for text in [
      "git version 2.28.1\n", "git version 1.99.0\n", "git version 2\n", "", "git version x.y\n",
      "git version 2.99999999999999999999999\n",
    ] {
      #expect(!ProcReceiveSlot.asksProcReceive(Array(text.utf8)), "\(text)")
    }
  }
}
