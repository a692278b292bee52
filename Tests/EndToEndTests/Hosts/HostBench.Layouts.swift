import struct Gate.HostProfile
import TestSupport

// Hosts that cannot run in a test: their order of hooks and their environment are played by small
// scripts of our own, after their sources and manuals, and git runs those.
extension HostBench {
  /// Gitea and Forgejo: `hooks/<hook>` hands its input to every executable of `hooks/<hook>.d/` in
  /// the order of their names, goes on after one that fails, and gives the first code that was not 0
  /// (modules/git/hook.go and modules/repository/hooks.go, `CreateDelegateHooks`). proc-receive is
  /// Gitea's own, for `refs/for`. The variables are those of `PushingEnvironment`
  /// (modules/repository/env.go).
  static func gitea() throws -> HostBench {
    let server = try bare()
    let repository = server.repository
    for hook in ["pre-receive", "update", "post-receive"] {
      try repository.writeHook(
        hook,
        """
        #!/bin/sh
        input=$(cat)
        worst=
        for part in "${GIT_DIR:-.}/hooks/\(hook).d"/*; do
          [ -f "$part" ] && [ -x "$part" ] || continue
          echo "$input" | "$part" "$@"
          code=$?
          [ "$code" -eq 0 ] || worst=${worst:-$code}
        done
        exit "${worst:-0}"

        """)
      // Gitea's own part, by which it notes what was pushed.
      let own = "\(repository.path)/hooks/\(hook).d/gitea"
      try Sandbox.writeFile(
        Array("#!/bin/sh\ncat >> '\(server.sandbox.path("gitea-\(hook)"))'\n".utf8), to: own,
        mode: 0o755)
    }
    try repository.writeHook("proc-receive", "#!/bin/sh\nexit 1\n")
    try repository.git("config", "receive.procReceiveRefs", "refs/for")
    try install(.gitea, on: server)
    return HostBench(
      host: .gitea, server: server,
      push: pushing(to: server) { actor in
        lies(besides: .gitea).merging([
          "GITEA_PUSHER_NAME": actor.account ?? "", "GITEA_PUSHER_ID": "7",
          "GITEA_REPO_NAME": "app", "GITEA_REPO_USER_NAME": "team", "GITEA_REPO_ID": "3",
          "GITEA_REPO_IS_WIKI": "false", "GITEA_KEY_ID": "1", "GITEA_DEPLOY_KEY_ID": "0",
          "GITEA_PR_ID": "0", "SSH_ORIGINAL_COMMAND": "gitea-internal",
        ]) { $1 }
      })
  }

  /// GitLab: git's hooks folder is Gitaly's (`core.hooksPath`); its hook runs the executables of
  /// `custom_hooks/<hook>.d/` of the repository in the order of their names, leaves out those that
  /// end in `~`, and stops at the first that fails (Gitaly, internal/gitaly/hook/custom.go; GitLab,
  /// "Git server hooks").
  static func gitlab() throws -> HostBench {
    let server = try bare()
    let sandbox = server.sandbox
    for hook in ["pre-receive", "update", "post-receive"] {
      let path = "gitaly-hooks/\(hook)"
      try sandbox.write(
        """
        #!/bin/sh
        input=$(cat)
        for part in "$GIT_DIR/custom_hooks/\(hook).d"/*; do
          case $part in *~) continue ;; esac
          [ -f "$part" ] && [ -x "$part" ] || continue
          printf '%s\\n' "$input" | "$part" "$@" || exit 1
        done

        """, to: path, mode: 0o755)
    }
    try server.repository.git("config", "core.hooksPath", sandbox.path("gitaly-hooks"))
    try install(.gitlab, on: server)
    return HostBench(
      host: .gitlab, server: server,
      push: pushing(to: server) { actor in
        lies(besides: .gitlab).merging([
          "GL_ID": "user-7", "GL_USERNAME": actor.account ?? "", "GL_PROTOCOL": "ssh",
          "GL_REPOSITORY": "project-3", "GL_PROJECT_PATH": "team/app",
        ]) { $1 }
      })
  }

  /// GitHub Enterprise Server: one pre-receive script that an administrator uploads, run in an
  /// environment that an administrator makes (GitHub Docs, "Creating a pre-receive hook script" and
  /// "... environment"). Policy and host lie in that environment's /etc/hookkit.
  static func ghes() throws -> HostBench {
    let server = try uploaded(.ghes, hooks: ["pre-receive"])
    return HostBench(
      host: .ghes, server: server,
      push: pushing(to: server) { actor in
        lies(besides: .ghes).merging([
          "GITHUB_USER_LOGIN": actor.account ?? "", "GITHUB_USER_IP": "192.0.2.1",
          "GITHUB_REPO_NAME": "team/app", "GITHUB_REPO_PUBLIC": "false", "GITHUB_VIA": "git",
        ]) { $1 }
      })
  }

  /// Bitbucket Data Center: hook scripts that an administrator uploads, of type PRE for pre-receive and
  /// POST for post-receive (Atlassian, "Hook scripts").
  static func bitbucket() throws -> HostBench {
    let server = try uploaded(.bitbucket, hooks: ["pre-receive", "post-receive"])
    return HostBench(
      host: .bitbucket, server: server,
      push: pushing(to: server) { actor in
        lies(besides: .bitbucket).merging([
          "BB_USER_NAME": actor.account ?? "", "BB_USER_DISPLAY_NAME": "Dana",
          "BB_USER_EMAIL": "dana@people.example", "BB_USER_PERMISSION": "REPO_WRITE",
          "BB_PROJECT_KEY": "TEAM", "BB_REPO_SLUG": "app", "BB_HOOK_TRIGGER_ID": "repo-push",
          "BB_HOOK_TYPE": "PRE", "BB_IS_DRY_RUN": "false",
        ]) { $1 }
      })
  }

  /// A server to whose host an administrator has given the scripts of `templates/hosts`, with the
  /// policy and the host's word for the whole machine.
  private static func uploaded(_ host: HostProfile, hooks: [String]) throws -> GuardedServer {
    let server = try bare()
    let machine = try server.sandbox.makeFolder("etc/hookkit")
    try server.sandbox.shell("mv '\(server.repository.path)/hookkit/policy.toml' '\(machine)/'")
    try server.sandbox.write("\(host.rawValue)\n", to: "etc/hookkit/host")
    try server.write("\(machine)/policy.toml\n", to: "organisation")
    for hook in hooks {
      let executable = try Executables.hook(hook, in: server.sandbox)
      try server.repository.writeHook(hook, "#!/bin/sh\nexec '\(executable)'\n")
    }
    return server
  }
}
