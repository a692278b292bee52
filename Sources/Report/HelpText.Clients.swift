extension HelpText {
  static var clients: [HelpBlock] {
    [
      .prose(clientWords),
      .prose("lefthook.yml:"),
      .verbatim([
        "pre-push:",
        "  jobs:",
        "    - name: hookkit",
        "      run: hookkit-pre-push {1} {2}",
        "      use_stdin: true",
      ]),
      .prose(".husky/pre-push, as its only line that reads the input:"),
      .verbatim(["hookkit-pre-push \"$@\""]),
      .prose(".pre-commit-config.yaml, for pre-commit and prek:"),
      .verbatim([
        "repos:",
        "  - repo: local",
        "    hooks:",
        "      - id: hookkit-pre-push",
        "        name: hookkit",
        "        entry: hookkit-pre-push",
        "        language: system",
        "        stages: [pre-push]",
        "        always_run: true",
        "        pass_filenames: false",
        "        verbose: true",
      ]),
    ]
  }

  private static let clientWords = """
    Hooks of a client advise; only the server decides. `hookkit install` puts in pre-push,
    prepare-commit-msg and commit-msg; `--hook` names others.

    pre-push says early what the server will say. prepare-commit-msg and commit-msg add a line
    `Assisted-by:` where an agent's environment variable is set. pre-commit and pre-merge-commit name
    dependency files that cannot be read, such as a lock file with conflict markers, and tell an agent
    that it changes files for which a person may be asked.

    From git 2.54 on, which runs hooks that its configuration names, `hookkit install` sets
    hook.hookkit-HOOK.command and .event in the repository's own configuration and writes nothing to the
    hooks folder: managers and `core.hooksPath` do not matter then. An older git runs none of it; install
    again with the git that you use. What follows is for the shims of an older git.

    A hook that is there is chained. Beside a hook manager:

    pre-commit, prek: the shim stands in HOOK.legacy, which they run, in either order of installing.

    lefthook, overcommit: they move the shim away and do not run it. `hookkit install` puts it in front
    of them again.

    husky: it writes .husky/_ anew whenever it is installed. Run `hookkit install` after it, or call
    hookkit from .husky.

    git-lfs: it writes no pre-push where it finds one. Run `git lfs update --force`, then
    `hookkit install`.

    `hookkit doctor` says when a hook does not run, and what mends it. A project can also name hookkit in
    the manager's own file, and then `hookkit install` leaves that hook to it:
    """
}
