import Foundation
import struct Gate.HostProfile
import Primitives
import TestSupport
import Testing

// The hosts whose servers are packaged, started for real on loopback.
extension HostBench {
  /// Pushes by path; the variable is the pusher's own word.
  static func local() throws -> HostBench {
    let server = try bare()
    try install(.local, on: server)
    return HostBench(
      host: .local, server: server,
      push: pushing(to: server) { server.environment(as: $0).merging(lies(besides: .local)) { $1 } }
    )
  }

  /// sshd with one account, where a forced command for each key names the pusher.
  static func ssh() throws -> HostBench {
    let server = try bare()
    try install(.ssh, on: server)
    return over(
      try LoopbackSSHD(in: server.sandbox, people: people(server), accepting: ["*"]), .ssh, server,
      path: server.repository.path)
  }

  /// sshd with an account per user, whose forced command is sudo to the owner of the repositories.
  /// Accounts cannot be made in a test, so that sshd is real and sudo's variable (sudo(8),
  /// "ENVIRONMENT") is played.
  static func accounts() throws -> HostBench {
    let server = try bare()
    try install(.accounts, on: server)
    let sshd = try LoopbackSSHD(
      in: server.sandbox, people: people(server), accepting: ["*"],
      serving: """
        export SUDO_USER="$1"
        exec git-shell -c "$SSH_ORIGINAL_COMMAND"
        """)
    return over(sshd, .accounts, server, path: server.repository.path)
  }

  /// gitolite 3 in a home of its own, with a rule of its own that must go on holding.
  static func gitolite() throws -> HostBench {
    let server = try bare("gitolite/repositories/app.git")
    let sandbox = server.sandbox
    let home = sandbox.path("gitolite")
    let key = try #require(server.roster[.dana].key?.publicPath)
    try sandbox.shell(
      """
      export HOME='\(home)' && cp '\(key)' "$HOME/dana.pub" && gitolite setup -pk "$HOME/dana.pub"
      cat > "$HOME/.gitolite/conf/gitolite.conf" <<'END'
      repo app
          -   refs/heads/closed = @all
          RW+ = @all
      END
      gitolite compile && gitolite trigger POST_COMPILE
      """)
    try install(.gitolite, on: server)
    let sshd = try LoopbackSSHD(
      in: sandbox, people: people(server), accepting: ["*"],
      serving: """
        export HOME='\(home)'
        exec "$(gitolite query-rc GL_BINDIR)/gitolite-shell" "$1"
        """)
    return over(sshd, .gitolite, server, path: "/app")
  }

  /// git-http-backend behind nginx, which asks for a password.
  static func http() throws -> HostBench {
    let server = try bare()
    try install(.http, on: server)
    let web = try LoopbackNginx(in: server.sandbox, users: Actor.allCases.compactMap(\.account))
    let address = { (actor: Actor) in web.url(of: "app.git", as: actor.account ?? "") }
    return HostBench(
      host: .http, server: server,
      push: { actor, refspecs in
        try server.sandbox.run(
          ["git", "push", address(actor)] + refspecs, in: server.work.path,
          env: lies(besides: .http), timeLimit: 120)
      }, address: address)
  }

  private static func people(_ server: GuardedServer) -> [TestPerson] {
    Actor.allCases.compactMap { actor in
      actor.account.map { TestPerson($0, key: server.roster[actor].key) }
    }
  }

  /// Pushes through sshd; the client offers every variable that could name a pusher.
  private static func over(
    _ sshd: LoopbackSSHD, _ host: HostProfile, _ server: GuardedServer, path: String
  ) -> HostBench {
    HostBench(host: host, server: server) { actor, refspecs in
      let lies = lies(besides: host).merging([host.pusherVariable: "dana", "USER": "dana"]) { $1 }
      let env = sshd.environment(as: server.roster[actor], sending: Array(lies.keys))
      return try server.sandbox.run(
        ["git", "push", sshd.url(path: path)] + refspecs, in: server.work.path,
        env: env.merging(lies) { $1 }, timeLimit: 120)
    }
  }
}
