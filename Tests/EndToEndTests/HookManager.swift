import Foundation
import TestSupport

/// A program that writes hooks into a repository, as the tests install it.
///
/// pre-commit, prek, lefthook and git-lfs are the real ones. husky and overcommit are laid out as their
/// own sources do it: typicode/husky `index.js` and `husky`; sds/overcommit `lib/overcommit/installer.rb`
/// and `template-dir/hooks/overcommit-hook`.
enum HookManager: String, CaseIterable {
  case preCommit = "pre-commit"
  case prek, lefthook, husky, overcommit
  case gitLFS = "git-lfs"

  /// Where `install.sh --deps --test` puts the programs that are no packages of the system.
  static let folder: String = {
    let tests = #filePath.range(of: "/Tests/EndToEndTests/")?.lowerBound ?? #filePath.endIndex
    return "\(#filePath[..<tests])/.build/managers/bin"
  }()

  /// The hooks that the project asks it for.
  var hooks: [String] { self == .gitLFS ? ["pre-push"] : ["commit-msg", "pre-push"] }

  /// The project's own files for it; each hook leaves a line in `$MARKS`.
  func configure(_ repository: TestRepository) throws {
    switch self {
    case .preCommit, .prek:
      let hooks = hooks.map { hook in
        """
            - id: mark-\(hook)
              name: mark
              entry: sh -c 'echo \(rawValue) \(hook) >>"$MARKS"'
              language: system
              stages: [\(hook)]
              always_run: true
              pass_filenames: false

        """
      }
      try repository.writeFile(
        ".pre-commit-config.yaml", "repos:\n- repo: local\n  hooks:\n" + hooks.joined())
    case .lefthook:
      let hooks = hooks.map { "\($0):\n  jobs:\n  - run: echo lefthook \($0) >>\"$MARKS\"\n" }
      try repository.writeFile("lefthook.yml", hooks.joined())
    case .husky:
      for hook in hooks {
        try repository.writeFile(".husky/\(hook)", "echo husky \(hook) >>\"$MARKS\"\n")
      }
    case .overcommit: try repository.writeFile(".overcommit.yml", "")
    case .gitLFS: break
    }
  }

  /// Installs it, or installs it anew.
  ///
  /// - Returns: whether it had its way.
  @discardableResult
  func install(in repository: TestRepository, _ sandbox: Sandbox) throws -> Bool {
    func run(_ words: String...) throws -> Bool {
      try sandbox.run(words, in: repository.path).succeeded
    }
    switch self {
    case .preCommit, .prek:
      return try run(
        "\(Self.folder)/\(rawValue)", "install", "-t", "commit-msg", "-t", "pre-push")
    case .lefthook: return try run("\(Self.folder)/lefthook", "install")
    case .gitLFS: return try run("git", "lfs", "install", "--local")
    case .husky: return try run("sh", "-ec", Self.huskyLayout)
    case .overcommit: return try run("sh", "-ec", Self.overcommitLayout)
    }
  }

  /// What `npx husky` does: every stub written anew, over whatever is there.
  private static let huskyLayout = """
    git config core.hooksPath .husky/_
    mkdir -p .husky/_
    printf '*' >.husky/_/.gitignore
    cat >.husky/_/h <<'END'
    #!/usr/bin/env sh
    name=$(basename "$0")
    script=$(dirname "$(dirname "$0")")/$name
    [ -f "$script" ] || exit 0
    sh -e "$script" "$@"
    exit $?
    END
    for hook in pre-commit prepare-commit-msg commit-msg post-commit pre-rebase pre-push; do
      [ -e .husky/_/$hook ] || { : >.husky/_/$hook; chmod 755 .husky/_/$hook; }
      printf '#!/usr/bin/env sh\\n. "$(dirname "$0")/h"' >.husky/_/$hook
    done
    """

  /// What `overcommit --install` does. The hook itself is a program of another language that goes by
  /// its file name and refuses one that is no hook's (exit code 64).
  private static let overcommitLayout = """
    cd .git/hooks
    mkdir -p old-hooks
    cat >overcommit-hook <<'END'
    #!/usr/bin/env bash
    [ "${OVERCOMMIT_DISABLE:-0}" = 0 ] || exit 0
    [ -f .overcommit.yml ] || exit 78
    case ${0##*/} in
    commit-msg | pre-commit | prepare-commit-msg | pre-push) ;;
    *) exit 64 ;;
    esac
    echo "overcommit ${0##*/}" >>"$MARKS"
    END
    chmod 755 overcommit-hook
    for hook in commit-msg pre-commit prepare-commit-msg pre-push; do
      [ ! -e $hook ] || grep -q OVERCOMMIT_DISABLE $hook || mv $hook old-hooks/
      rm -f $hook
      cp overcommit-hook $hook
    done
    rmdir old-hooks 2>/dev/null || :
    """
}
