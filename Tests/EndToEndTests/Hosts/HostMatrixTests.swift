import Foundation
import struct Gate.HostProfile
import Primitives
import TestSupport
import Testing

/// Every host, one story each; what was seen is the table of Documentation/Hosts.md.
@Suite("The matrix of hosts", .serialized)
struct HostMatrixTests {
  static let benches: [(HostProfile, @Sendable () throws -> HostBench)] = [
    (.ssh, HostBench.ssh), (.accounts, HostBench.accounts), (.local, HostBench.local),
    (.gitolite, HostBench.gitolite), (.http, HostBench.http), (.gitea, HostBench.gitea),
    (.gitlab, HostBench.gitlab), (.ghes, HostBench.ghes), (.bitbucket, HostBench.bitbucket),
  ]

  @Test("no host is without a row")
  func complete() {
    #expect(Self.benches.map(\.0) == HostProfile.allCases)
  }

  @Test("on Gitea a push by a deploy key is nobody's, though it has the owner's name")
  func deployKey() throws {
    let bench = try HostBench.gitea()
    let server = bench.server
    func push(_ key: String?, _ refspecs: String...) throws -> Outcome {
      try server.sandbox.run(
        ["git", "push", server.repository.path] + refspecs, in: server.work.path,
        env: ["GITEA_PUSHER_NAME": "dana"].merging(
          key.map { ["GITEA_DEPLOY_KEY_ID": $0] } ?? [:]
        ) { $1 })
    }
    var tip = server.base
    for (number, key) in ["7", "-1", "00", " ", "0x", "dana"].enumerated() {
      let own = try server.commit("Own \(number)", ["own": .text("\(number)")], by: .dana, on: tip)
      let refused = try push(key, "\(own):refs/heads/main")
      #expect(refused.codes == ["HK101"], "\(key): \(refused)")
      // A branch that nobody guards takes it, as it takes any work.
      let topic = try push(key, "\(own):refs/heads/topic/\(number)")
      #expect(topic.succeeded, "\(topic)")
      #expect(try server.tip() == tip)
    }
    for (number, key) in [nil, "", "0"].enumerated() {
      let own = try server.commit(
        "Mine \(number)", ["mine": .text("\(number)")], by: .dana, on: tip)
      let landed = try push(key, "\(own):refs/heads/main")
      #expect(landed.succeeded, "\(landed)")
      tip = own
    }
    #expect(try server.tip() == tip)
  }

  @Test("each host refuses, accepts, lands, holds and explains as the published table says")
  func matrix() throws {
    var table = HostTable()
    for (host, make) in Self.benches {
      let bench = try make()
      table.add(try HostStory(bench).row(), for: host)
    }
    try table.expectPublished()
  }
}

/// What happened on one host.
struct HostStory {
  private let bench: HostBench
  private var server: GuardedServer { bench.server }

  init(_ bench: HostBench) { self.bench = bench }

  /// Plays the story and gives the cells of the host's row.
  func row() throws -> [String] {
    let host = bench.host
    let work = server.work
    var said: [Outcome] = []

    // An agent's commit for main and for its own branch in one push: only main is refused where
    // references are answered one by one.
    let change = try work.commit(
      "Retry on 429", ["retry": "1\n"], on: nil, author: server.roster[.codex],
      parents: [server.base])
    let both = try bench.push(
      .codex, ["\(change):refs/heads/main", "\(change):refs/heads/agent/codex/both"])
    said.append(both)
    #expect(!both.succeeded && both.codes.contains("HK101"), "\(host): \(both)")
    #expect(try server.tip() == server.base, "\(host): \(both)")
    let isPerReference = try server.tip("refs/heads/agent/codex/both") == change
    #expect(isPerReference == host.leavesProcReceive, "\(host): \(both)")

    let own = try bench.push(.codex, ["\(change):refs/heads/agent/codex/retry"])
    #expect(own.succeeded, "\(host): \(own)")
    #expect(try server.tip("refs/heads/agent/codex/retry") == change)

    // Somebody whom the policy does not know.
    let strange = try work.commit(
      "Look here", ["x": "1\n"], on: nil, author: server.roster[.stranger], parents: [server.base])
    let stranger = try bench.push(.stranger, ["\(strange):refs/heads/main"])
    said.append(stranger)
    #expect(!stranger.succeeded && !stranger.codes.isEmpty, "\(host): \(stranger)")
    #expect(try server.tip() == server.base)

    // The agent cannot review itself, a person can, and another brings it in.
    let forged = try bench.review(change, by: .codex)
    said.append(forged)
    #expect(!forged.succeeded, "\(host): \(forged)")
    let reviewed = try bench.review(change, by: .dana)
    #expect(reviewed.succeeded, "\(host): \(reviewed)")
    let landing = try bench.push(.frank, ["\(change):refs/heads/main"])
    #expect(landing.succeeded, "\(host): \(landing)")
    #expect(try server.tip() == change)

    // A lock file of the agent's.
    let lock = try work.commit(
      "Update dependencies", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], on: nil,
      author: server.roster[.codex], parents: [change])
    let held = try bench.push(.codex, ["\(lock):refs/heads/agent/codex/deps"])
    said.append(held)
    #expect(!held.succeeded && held.codes.contains("HK201"), "\(host): \(held)")
    #expect(held.errors.contains("hint:"), "\(host): \(held)")
    #expect(try server.tip("refs/heads/agent/codex/deps") == nil)
    let isHeld = try !server.holds().isEmpty
    #expect(isHeld == host.leavesProcReceive, "\(host): \(held)")

    let isPlain = said.allSatisfy { !$0.stderr.contains(0x1b) }
    #expect(isPlain, "\(host)")
    let reason = try #require(
      both.errors.split(separator: "\n").first { $0.hasPrefix("remote:") }, "\(host): \(both)")
    #expect(reason.contains("HK101"), "\(host): \(both)")
    let status = both.errors.split(separator: "\n").first { $0.contains("[remote rejected] ") }
    let isInStatus = status?.contains("HK101") == true
    return [
      "\(word(both)), \(isPerReference ? "by reference" : "whole push")", word(own), word(landing),
      isHeld ? "held" : "\(word(held)), with the way out", word(stranger),
      isPlain ? "none" : "some", isInStatus ? "status line and text" : "text",
    ]
  }

  private func word(_ push: Outcome) -> String { push.succeeded ? "accepted" : "refused" }
}

/// The table in Documentation/Hosts.md, between two marks.
struct HostTable {
  private static let marks = (
    start: "<!-- made by HostMatrixTests -->\n", end: "<!-- end -->\n"
  )
  private var lines = [
    "| host | agent's commit to main | agent's own branch | once reviewed | lock file |"
      + " unknown pusher | ANSI | reason seen in |",
    "|---|---|---|---|---|---|---|---|",
  ]

  mutating func add(_ cells: [String], for host: HostProfile) {
    lines.append("| " + (["`\(host.rawValue)`"] + cells).joined(separator: " | ") + " |")
  }

  /// Requires that the page shows just this table; with `HOOKKIT_RECORD=1` the page is written.
  func expectPublished() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Documentation/Hosts.md").standardizedFileURL
    var text = try String(contentsOf: page, encoding: .utf8)
    let start = try #require(text.range(of: Self.marks.start))
    let end = try #require(text.range(of: Self.marks.end))
    let table = lines.map { $0 + "\n" }.joined()
    let published = String(text[start.upperBound..<end.lowerBound])
    if ProcessInfo.processInfo.environment["HOOKKIT_RECORD"] == "1", published != table {
      text.replaceSubrange(start.upperBound..<end.lowerBound, with: table)
      try text.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(published == table)
  }
}
