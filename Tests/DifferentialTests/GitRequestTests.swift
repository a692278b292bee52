import HookWire
import TestSupport
import Testing

/// Our reading of a request against git's own quoting.
@Suite struct GitRequestQuotingTests {
  private static let pieces = [
    "a", "'", "!", "\\", "\"", " ", "$x", "`", "''", "'!'", "\\'", "\u{e9}", "\n", "*", "/", "..",
  ]

  @Test("what `git rev-parse --sq-quote` quotes is read back byte by byte")
  func quoted() throws {
    let sandbox = try Sandbox()
    for first in Self.pieces {
      for second in Self.pieces {
        let path = first + second + first
        let quoted = try sandbox.run(["git", "rev-parse", "--sq-quote", path]).stdout
        // It begins with a space and ends in a line feed.
        let command = Array("git-receive-pack".utf8) + quoted.dropLast()
        #expect(try GitRequest(command: command).path == Array(path.utf8))
      }
    }
  }

  @Test("what git sends over ssh is read, and the path is the one in the address")
  func sent() throws {
    let sandbox = try Sandbox()
    let ssh = try sandbox.write(
      "#!/bin/sh\nfor last; do :; done\nprintf %s \"$last\" >'\(sandbox.path("sent"))'\nexit 1\n",
      to: "ssh", mode: 0o755)
    let env = ["GIT_SSH_COMMAND": ssh, "GIT_SSH_VARIANT": "ssh"]
    let asks: [([String], GitRequest.Service)] = [
      (["ls-remote"], .uploadPack), (["push"], .receivePack),
      (["archive", "--remote"], .uploadArchive),
    ]
    let work = try sandbox.repository()
    try work.commit("Start")
    for (words, service) in asks {
      for (address, path) in [
        ("git@host:team/it's!", "team/it's!"), ("ssh://git@host/team/app.git", "/team/app.git"),
        ("ssh://host/~dana/x", "~dana/x"), ("host:/a b", "/a b"),
      ] {
        let rest = service == .receivePack ? ["HEAD"] : service == .uploadArchive ? ["HEAD"] : []
        let command =
          service == .uploadArchive ? ["archive", "--remote=\(address)"] : words + [address]
        _ = try work.sandbox.run(["git"] + command + rest, in: work.path, env: env)
        let request = try GitRequest(command: sandbox.read("sent"))
        #expect(request.service == service)
        #expect(request.path == Array(path.utf8))
      }
    }
  }
}
