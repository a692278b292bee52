import Gate
import Git
@testable import HookRuntime
import Platform
import Primitives
import TestSupport
import Testing

/// What a run of a server hook takes from its environment, before anything is judged.
@Suite struct SessionTests {
  private let bench: HookBench

  init() throws {
    bench = try HookBench()
  }

  private var sandbox: Sandbox { bench.server.sandbox }

  /// What keeps everything from being decided.
  private func obstacle(_ session: Session) -> String? {
    session.obstacle.map { ([$0.finding.headline] + $0.finding.details).joined(separator: "; ") }
  }

  @Test("the host names the pusher, and where no policy is asked nobody need be enrolled")
  func pusher() throws {
    #expect(try bench.session(as: .dana).pusher.account == Array("dana".utf8))
    #expect(try bench.session(as: .stranger).pusher.account == Array("mallory".utf8))
    #expect(try bench.session(as: .nobody).pusher == .unknown)
    #expect(try bench.session().host == .local)
  }

  @Test("where no host was chosen, or its word is unknown or cannot be read, nobody pushes")
  func host() throws {
    try bench.server.write("githost\n", to: "host")
    let unknown = try bench.session()
    #expect(unknown.pusher == .unknown && unknown.host == nil)
    #expect(obstacle(unknown)?.contains("names a host that this hookkit does not know") == true)
    try sandbox.run(["rm", "\(bench.gitDirectory)/hookkit/host"]).requireSuccess()
    try sandbox.run(["mkdir", "\(bench.gitDirectory)/hookkit/host"]).requireSuccess()
    let unreadable = try bench.session()
    #expect(unreadable.pusher == .unknown && obstacle(unreadable) != nil)
    try sandbox.run(["rmdir", "\(bench.gitDirectory)/hookkit/host"]).requireSuccess()
    // The word for the whole machine stands beside the organisation's policy.
    try bench.server.write("\(sandbox.path("etc/policy.toml"))\n", to: "organisation")
    let none = try bench.session()
    #expect(none.pusher == .unknown && none.host == nil && none.obstacle == nil)
    try sandbox.write("gitolite\n", to: "etc/host")
    #expect(try bench.session(with: ["GL_USER": "dana"]).pusher.account == Array("dana".utf8))
    #expect(try bench.session(as: .dana).pusher == .unknown, "HOOKKIT_PUSHER is not gitolite's")
  }

  @Test("what hookkit cannot follow git in is an obstacle, and every update is undecided")
  func unsupported() throws {
    let own = try bench.commit(.dana, signed: true)
    for variable in ["GIT_SHALLOW_FILE", "GIT_REFERENCE_BACKEND"] {
      for value in ["", "x"] {
        let session = try bench.session(with: [variable: value])
        #expect(session.obstacle != nil, "\(variable)=\(value)")
        let updates = [
          try bench.update(own), try bench.update(own, RefName("refs/heads/free")),
        ]
        let decision = session.decide(updates)
        #expect(decision.judgements.map(\.verdict) == [.undecided, .undecided])
        #expect(decision.codes == ["HK901"])
        #expect(decision.judgements.allSatisfy { $0.isGuarded }, "and is put on record")
        // Nobody on record would be the first bringer from then on.
        #expect(try session.recordArrivals(updates, limit: 10) == nil)
      }
    }
  }

  @Test("in a linked work tree the repository itself is meant, relative or absolute")
  func workTree() throws {
    let tree = try sandbox.makeFolder("tree")
    for path in [bench.gitDirectory, "../server.git"] {
      try sandbox.write("\(path)\n", to: "tree/commondir")
      let session = try bench.session(with: ["GIT_DIR": tree])
      let real = try sandbox.run(["realpath", session.server.gitDirectory]).value
      #expect(real == bench.gitDirectory, "\(path)")
    }
    for text in ["", "\n"] {
      try sandbox.write(text, to: "tree/commondir")
      #expect(try bench.session(with: ["GIT_DIR": tree]).server.gitDirectory == tree)
    }
    try sandbox.write([0xff, 0x0a], to: "tree/commondir")
    #expect(try bench.session(with: ["GIT_DIR": tree]).server.gitDirectory == tree)
    try sandbox.run(["rm", "tree/commondir"]).requireSuccess()
    try sandbox.makeFolder("tree/commondir")
    #expect(throws: (any Error).self) { _ = try bench.session(with: ["GIT_DIR": tree]) }
  }

  @Test("a path of git's that is no text is refused, or found by other means; never guessed at")
  func paths() throws {
    let directory = Array(bench.gitDirectory.utf8)
    func session(_ variables: [String: [UInt8]]) throws -> Session {
      try Session(.preReceive, Environment(bytes: ["GIT_DIR": directory].merging(variables) { $1 }))
    }
    #expect(throws: (any Error).self) { _ = try session(["GIT_DIR": [0x2f, 0xff]]) }
    #expect(try session([:]).server.quarantine == nil)
    let text = try session(["GIT_QUARANTINE_PATH": Array("/q/tmp_objdir-x".utf8)])
    #expect(text.server.quarantine == "/q/tmp_objdir-x")
    // The folder has a name of git's own, so it is found from the repository.
    let foreign: [UInt8] = [0x2f, 0xff, 0x2f] + Array("tmp_objdir-x".utf8)
    #expect(throws: (any Error).self) { _ = try session(["GIT_QUARANTINE_PATH": foreign]) }
    try sandbox.makeFolder("server.git/objects/tmp_objdir-x")
    let found = try session(["GIT_QUARANTINE_PATH": foreign]).server.quarantine
    #expect(found == "\(bench.gitDirectory)/objects/tmp_objdir-x")
    #expect(throws: (any Error).self) { _ = try session(["GIT_QUARANTINE_PATH": [0x2f, 0xff]]) }
  }

  @Test("without GIT_DIR a hook is in the repository, as git starts it")
  func noDirectory() throws {
    #expect(try Session(.preReceive, Environment([:])).server.gitDirectory == ".")
    #expect(Session.hostIfKnown(bench.environment()) == .local)
    #expect(Session.hostIfKnown(Environment(bytes: ["GIT_DIR": [0xff]])) == nil)
  }
}
