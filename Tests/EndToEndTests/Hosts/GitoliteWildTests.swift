import Foundation
import TestSupport
import Testing

/// Repositories that gitolite makes when somebody first asks for them, guarded by its own trigger as
/// `templates/gitolite/hookkit` has it.
@Suite("New repositories under gitolite")
struct GitoliteWildTests {
  private struct Scene {
    let server: GuardedServer
    let sshd: LoopbackSSHD
    var sandbox: Sandbox { server.sandbox }

    /// - Parameters:
    ///   - hasPolicy: whether a policy of the machine covers every repository.
    ///   - path: where the trigger finds hookkit, if it does.
    init(hasPolicy: Bool = true, path: String? = nil) throws {
      // Its roster alone is needed.
      server = try GuardedServer(policy: nil, hooks: [], procReceiveRefs: [])
      let sandbox = server.sandbox
      let home = try sandbox.makeFolder("gitolite")
      let tests = #filePath.range(of: "/Tests/EndToEndTests/")?.lowerBound ?? #filePath.endIndex
      let trigger = try String(
        contentsOfFile: "\(#filePath[..<tests])/templates/gitolite/hookkit", encoding: .utf8)
      try sandbox.write(trigger, to: "gitolite/local/triggers/hookkit", mode: 0o755)
      // What stands for /etc/hookkit/policy.toml, which a test cannot write.
      let policy = try sandbox.write(
        server.roster.policy(rules: Roster.team.replacing("refs/heads/main", with: "HEAD"))
          .replacing("repository = \"\(GuardedServer.name)\"", with: ""), to: "etc/policy.toml")
      try sandbox.write("\(hasPolicy ? policy : "/nowhere")\n", to: "template/hookkit/organisation")
      try sandbox.makeFolder("template/hooks")
      try sandbox.git("config", "--global", "init.templateDir", sandbox.path("template"))
      let key = try #require(server.roster[.dana].key?.publicPath)
      let bin = try path ?? Executables.installed(in: sandbox)
      try sandbox.shell(
        """
        export HOME='\(home)' && cp '\(key)' "$HOME/dana.pub" && gitolite setup -pk "$HOME/dana.pub"
        sed -i '$d' "$HOME/.gitolite.rc"
        cat >> "$HOME/.gitolite.rc" <<'END'
        $RC{LOCAL_CODE} = "$ENV{HOME}/local";
        push @{ $RC{POST_CREATE} }, 'hookkit';
        1;
        END
        cat > "$HOME/.gitolite/conf/gitolite.conf" <<'END'
        repo wild/..*
            C = @all
            RW+ = @all
        END
        gitolite compile && gitolite trigger POST_COMPILE
        """)
      let people = Actor.allCases.compactMap { [server] actor in
        actor.account.map { TestPerson($0, key: server.roster[actor].key) }
      }
      sshd = try LoopbackSSHD(
        in: sandbox, people: people, accepting: [],
        serving: """
          export HOME='\(home)' PATH='\(bin)':"$PATH"
          exec "$(gitolite query-rc GL_BINDIR)/gitolite-shell" "$1"
          """)
    }

    func push(as actor: Actor, _ refspec: String) throws -> Outcome {
      try sandbox.run(
        ["git", "push", sshd.url(path: "/wild/new"), refspec], in: server.work.path,
        env: sshd.environment(as: server.roster[actor]), timeLimit: 120)
    }
  }

  @Test("an agent's first push to a repository that it makes itself is judged")
  func guarded() throws {
    let scene = try Scene()
    let agents = try scene.server.commit(by: .codex)
    let refused = try scene.push(as: .codex, "\(agents):refs/heads/main")
    #expect(!refused.succeeded && refused.codes.contains("HK101"), "\(refused)")
    let path = "gitolite/repositories/wild/new.git"
    let layer = try scene.sandbox.text("\(path)/hookkit/policy.toml")
    #expect(layer.contains("repository = \"wild/new\""))
    // What the agent has brought stays its own, whoever pushes it: this is another beginning.
    let own = try scene.server.work.commit(
      "Start", ["README": "own\n"], on: nil, author: scene.server.roster[.dana], parents: [])
    let accepted = try scene.push(as: .dana, "\(own):refs/heads/main")
    #expect(accepted.succeeded, "\(accepted)")
    let doctor = try scene.sandbox.hookkit("doctor", "--probe", scene.sandbox.path(path))
    #expect(doctor.succeeded, "\(doctor)")
  }

  @Test("where no policy covers it, it is shut until somebody gives it one")
  func shut() throws {
    let scene = try Scene(hasPolicy: false)
    for _ in 1...2 {
      let refused = try scene.push(as: .dana, "\(scene.server.base):refs/heads/main")
      #expect(!refused.succeeded && refused.codes == ["HK801"], "\(refused)")
    }
  }

  @Test("where hookkit is not there, it is shut, at the second push as at the first")
  func absent() throws {
    let scene = try Scene(path: "/nowhere")
    for _ in 1...2 {
      let refused = try scene.push(as: .dana, "\(scene.server.base):refs/heads/main")
      #expect(!refused.succeeded, "\(refused)")
      #expect(refused.errors.contains("hookkit"), "\(refused)")
    }
  }
}
