import Primitives
import TestSupport
import Testing

/// Clients that are not git: none of them asks for report-status-v2, so what they are told must be plain
/// in the first version of the report as well.
enum OtherClient: String, CaseIterable, Sendable {
  case dulwich, libgit2, jgit

  /// The words that push one reference of the folder's repository.
  func words(_ url: String, _ refspec: String, home: String) -> [String] {
    switch self {
    case .dulwich:
      let script = """
        import sys
        from dulwich import porcelain
        porcelain.push('.', sys.argv[1], [sys.argv[2].encode()], errstream=sys.stdout.buffer)
        """
      return ["/usr/bin/python3", "-c", script, url, refspec]
    case .libgit2:
      let script = """
        import sys, pygit2
        class Told(pygit2.RemoteCallbacks):
            def push_update_reference(self, name, message):
                print('updated' if message is None else 'failed: ' + message)
        remote = pygit2.Repository('.').remotes.create('peer', sys.argv[1])
        remote.push([sys.argv[2]], callbacks=Told())
        """
      return ["/usr/bin/python3", "-c", script, url, refspec]
    // Debian's script for it leaves a library out of the class path. The login is read from .netrc,
    // without which it opens a window.
    case .jgit:
      return [
        "java", "-Djava.awt.headless=true", "-Duser.home=\(home)", "-cp", "/usr/share/java/*",
        "org.eclipse.jgit.pgm.Main", "push", url, refspec,
      ]
    }
  }

  /// What each says of a reference that moved, and of one that did not.
  var report: (landed: String, failed: String) {
    switch self {
    case .dulwich: ("updated", "failed")
    case .libgit2: ("updated", "failed: ")
    case .jgit: ("[new branch]", "[remote rejected]")
    }
  }
}

@Suite("Other git clients", .serialized)
struct OtherClientsTests {
  let bench: HostBench
  var server: GuardedServer { bench.server }

  init() throws { bench = try HostBench.http() }

  private func push(with client: OtherClient, _ refspec: String) throws -> Outcome {
    let address = try #require(bench.address)
    let url = address(.codex)
    let home = try server.sandbox.makeFolder("client-home")
    try server.sandbox.write(
      "machine 127.0.0.1 login svc-codex password pass\n", to: "client-home/.netrc", mode: 0o600)
    return try server.sandbox.run(
      client.words(url, refspec, home: home), in: server.work.path, timeLimit: 120)
  }

  @Test("each client's push of an agent's own branch lands", arguments: OtherClient.allCases)
  func lands(_ client: OtherClient) throws {
    let change = try server.work.commit(
      "Retry on 429", ["retry": "1\n"], on: "own", author: server.roster[.codex],
      parents: [server.base])
    let outcome = try push(with: client, "refs/heads/own:refs/heads/agent/codex/own")
    #expect(try server.tip("refs/heads/agent/codex/own") == change, "\(outcome)")
    #expect((outcome.output + outcome.errors).contains(client.report.landed), "\(outcome)")
  }

  @Test("no client believes that a refused push landed", arguments: OtherClient.allCases)
  func refused(_ client: OtherClient) throws {
    try server.work.commit(
      "Retry on 429", ["retry": "1\n"], on: "own", author: server.roster[.codex],
      parents: [server.base])
    try expectFailed(push(with: client, "refs/heads/own:refs/heads/main"), client, "HK101")
    #expect(try server.tip() == server.base)
  }

  @Test("no client believes that a held push landed", arguments: OtherClient.allCases)
  func held(_ client: OtherClient) throws {
    try server.work.commit(
      "Update dependencies", ["package-lock.json": GuardedServer.lock(version: "7.0.1")],
      on: "deps", author: server.roster[.codex], parents: [server.base])
    try expectFailed(
      push(with: client, "refs/heads/deps:refs/heads/agent/codex/deps"), client, "HK201")
    #expect(try server.tip("refs/heads/agent/codex/deps") == nil)
    #expect(try !server.holds().isEmpty)
  }

  private func expectFailed(_ outcome: Outcome, _ client: OtherClient, _ code: String) throws {
    let said = outcome.output + outcome.errors
    #expect(said.contains(client.report.failed) && said.contains(code), "\(outcome)")
    #expect(!said.contains(client.report.landed), "\(outcome)")
  }

  @Test("git daemon names nobody, so that a push through it has nobody's rights")
  func daemon() throws {
    let port = try freeLoopbackPort()
    let root = server.sandbox.root
    let daemon = try BackgroundProcess(
      [
        "git", "daemon", "--verbose", "--export-all", "--enable=receive-pack",
        "--base-path=\(root)", "--listen=127.0.0.1", "--port=\(port)", root,
      ], in: server.sandbox)
    try daemon.wait { daemon.printed.contains("Ready to rumble") }
    let change = try server.work.commit(
      "Own work", ["x": "1\n"], on: nil, author: server.roster[.dana], parents: [server.base])
    let outcome = try server.sandbox.run(
      [
        "git", "push", "git://127.0.0.1:\(port)/app.git", "\(change):refs/heads/main",
      ], in: server.work.path, env: ["REMOTE_USER": "dana"], timeLimit: 120)
    #expect(!outcome.succeeded && !outcome.codes.isEmpty, "\(outcome)")
    #expect(try server.tip() == server.base)
  }
}
