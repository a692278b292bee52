import Gate
import HookWire
@testable import HookRuntime
import Platform
import TestSupport
import Testing

/// Who gets into a repository, by its own policy.
@Suite struct AdmissionTests {
  private let bench: HookBench

  init() throws {
    bench = try HookBench()
  }

  private func enrol(_ lines: [Actor: String] = [:], top: String = "") throws {
    try bench.server.write(bench.server.roster.policy(top: top, adding: lines), to: "policy.toml")
  }

  /// The account under which the pusher goes on, or the code and words of the refusal.
  private func admitted(
    _ label: String, _ command: String = "git-receive-pack 'team/app.git'", key: String? = nil,
    at time: Int64? = nil
  ) throws -> String {
    let arguments = try #require(
      ShellArguments((key.map { ["--key", $0] } ?? []) + ["--root", "/srv", label]))
    let admission = Admission(
      arguments: arguments, environment: bench.environment(),
      time: time ?? Int64(bench.server.sandbox.now))
    let request = try GitRequest(command: Array(command.utf8))
    do {
      let account = try admission.account(
        for: request, in: .init(path: bench.gitDirectory, place: "team/app.git"))
      return String(decoding: account, as: UTF8.self)
    } catch {
      let finding = Refusal(error).finding
      return "\(finding.code): \(finding.details.joined(separator: "; "))"
    }
  }

  private static let read = "git-upload-pack 'team/app.git'"

  @Test("everybody whom the policy knows gets in, under the first of their accounts")
  func known() throws {
    #expect(try admitted("people.dana") == "dana")
    #expect(try admitted("agents.codex", Self.read) == "svc-codex")
    #expect(try admitted("services.ci") == "svc-ci")
  }

  @Test("a label that the policy does not know, or knows as something else, gets in nowhere")
  func unknown() throws {
    for label in ["people.mallory", "people.codex", "agents.dana", "people.Dana", "people."] {
      #expect(try admitted(label) == "HK403: it does not exist, or it is not for \(label)")
    }
  }

  @Test("the key that sshd has found must be the principal's own, and in force")
  func keys() throws {
    let roster = bench.server.roster
    let dana = try #require(roster[.dana].key?.fingerprint)
    let frank = try #require(roster[.frank].key?.fingerprint)
    #expect(try admitted("people.dana", key: dana) == "dana")
    #expect(try admitted("people.dana", key: frank).hasPrefix("HK403"))
    #expect(try admitted("people.dana", key: "SHA256:").hasPrefix("HK403"))
    try enrol(top: "revoked-keys = [\"\(dana)\"]")
    #expect(try admitted("people.dana", key: dana).hasPrefix("HK403"))
  }

  @Test("what has ended lets nobody in, to read either")
  func ended() throws {
    let end: Int64 = 1_769_904_000
    for (actor, label) in [
      (Actor.frank, "people.frank"), (.codex, "agents.codex"), (.ci, "services.ci"),
    ] {
      try enrol([actor: "expires = \"2026-02-01T00:00:00Z\""])
      #expect(try admitted(label, Self.read, at: end - 1) == actor.account)
      let after = try admitted(label, Self.read, at: end)
      #expect(after == "HK403: the policy has ended its access")
      try enrol([actor: "revoked = true"])
      #expect(try admitted(label, Self.read) == after)
    }
  }

  @Test("reading is less than pushing, and other repositories are not told of")
  func access() throws {
    try enrol([.frank: "access = \"read\"", .erin: "repositories = [\"docs/*\"]"])
    #expect(try admitted("people.frank", Self.read) == "frank")
    #expect(try admitted("people.frank") == "HK403: it has read-only access")
    #expect(
      try admitted("people.erin", Self.read)
        == "HK403: it does not exist, or it is not for people.erin")
    try enrol([.erin: "repositories = [\"team/*\"]"])
    #expect(try admitted("people.erin") == "erin")
  }

  @Test("a policy that cannot be read lets nobody in")
  func noPolicy() throws {
    try bench.server.write("version = \n", to: "policy.toml")
    #expect(try admitted("people.dana").hasPrefix("HK802"))
    try bench.server.sandbox.run(["rm", "\(bench.gitDirectory)/hookkit/policy.toml"])
      .requireSuccess()
    #expect(try admitted("people.dana").hasPrefix("HK801"))
  }
}
