import Gate
import Git
@testable import HookRuntime
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

/// The policy in force, put on record by whichever program of the server sees it first.
@Suite struct PolicyRecordTests {
  private let bench: HookBench

  init() throws {
    bench = try HookBench()
  }

  private func recorded() throws -> Int {
    guard try bench.server.tip("refs/hookkit/policy") != nil else { return 0 }
    let count = try bench.server.repository.git("rev-list", "--count", "refs/hookkit/policy").value
    return try #require(Int(count))
  }

  /// The references whose beginnings are among the landings, the oldest first.
  private func begun() throws -> [String] {
    guard try bench.server.tip("refs/hookkit/landings") != nil else { return [] }
    let objects = try ObjectStore(gitDirectory: bench.gitDirectory)
    return try Landings(objects: objects).chain(from: bench.server.tip("refs/hookkit/landings"))
      .reversed().filter { $0.statement.kind == .baseline }.map { "\($0.statement.ref)" }
  }

  @Test("a policy is recorded once, and again when its text is another")
  func once() throws {
    for _ in 1...2 {
      try bench.recordPolicy()
      #expect(try recorded() == 1)
    }
    try bench.server.write(bench.server.roster.policy(top: "# more"), to: "policy.toml")
    for _ in 1...2 {
      try bench.recordPolicy()
      #expect(try recorded() == 2)
    }
  }

  @Test("what it comes to protect begins where it stands, each reference once")
  func beginnings() throws {
    try bench.server.repository.setReferences([
      ("refs/heads/release/1", bench.base), ("refs/heads/topic", bench.base),
    ])
    try bench.recordPolicy()
    #expect(try begun() == ["refs/heads/main", "refs/heads/release/1"])
    try bench.server.write(
      bench.server.roster.policy(
        rules: Roster.team.replacing("refs/heads/release/**", with: "refs/heads/**")),
      to: "policy.toml")
    try bench.recordPolicy()
    #expect(
      try begun() == ["refs/heads/main", "refs/heads/release/1", "refs/heads/topic"])
  }

  @Test(
    "without a key there are no landings to begin with, and the policy is recorded all the same")
  func noKey() throws {
    try bench.server.sandbox.run(["rm", "\(bench.gitDirectory)/hookkit/server-key"])
      .requireSuccess()
    try bench.recordPolicy()
    #expect(try recorded() == 1)
    #expect(try begun() == [])
  }

  @Test("a key that is none is told, and nothing is recorded half")
  func brokenKey() throws {
    try bench.server.write("no key\n", to: "server-key")
    #expect(throws: Refusal.self) { try bench.recordPolicy() }
    #expect(try recorded() == 0)
  }

  @Test("a tree's policy that cannot be read is in force for nobody, and on no record")
  func broken() throws {
    try bench.server.repository.commit(
      "Broken", [".hookkit/policy.toml": "version = \n"], on: "refs/heads/main")
    try bench.recordPolicy()
    #expect(try recorded() == 0)
  }
}
