internal import Documents
internal import Primitives

/// Programs and prose that hookkit does not understand and a reviewer must see: line by line, with no
/// line ever called explained. What Documentation/Catalog.md lists, as far as no format reads more of it.
enum CodeFiles {
  static let formats = [manifests, runsCode, agents]

  /// What names dependencies and is a program.
  private static let manifests = Format(
    "manifest-code",
    files: [
      "gemfile", "gemfile.next", "*.gemfile", "gems.rb", "*.gemspec", "mix.exs", "rebar.config",
      "rebar.config.script", "*.gradle", "*.gradle.kts", "build.sbt", "*.sbt", "project/*.scala",
      "package.swift", "package@swift-*.swift", "podfile", "*.podspec", "conanfile.py",
      "conanfile.txt", "settings.gradle.dcl", "*.gradle.dcl", "flake.nix", "*.tf", "*.tofu",
      "terragrunt.hcl", "brewfile", "cpanfile",
      "berksfile", "puppetfile", "policyfile.rb", "workspace", "workspace.bazel",
      "workspace.bzlmod", "module.bazel", "*.module.bazel", "paket.dependencies",
      "paket.references", "*.cabal", "cabal.project", "cabal.project.local", "description", "opam",
      "*.opam", "spago.dhall", "packages.dhall", "dub.sdl",
    ], .manifests, .text)

  /// What runs by itself.
  private static let runsCode = Format(
    "code",
    files: [
      "setup.py", "conftest.py", "sitecustomize.py", "usercustomize.py", "*.pth", "hatch_build.py",
      "build_hooks.py", "pdm_build.py", "noxfile.py", "build.rs", "extconf.rb", "rakefile",
      "*.rake", "binding.gyp", ".pnpmfile.cjs", ".pnpmfile.mjs", ".pnpmfile.js", "pnpmfile.js",
      ".pnp.cjs", ".pnp.js", ".pnp.loader.mjs", ".yarn/releases/**", ".yarn/plugins/**",
      "gradlew", "gradlew.bat", "mvnw", "mvnw.cmd", "mvnwdebug", "mvnwdebug.cmd", "buildsrc/**",
      "build-logic/**", "makefile", "gnumakefile", "*.mk", "makefile.am", "configure",
      "configure.ac", "cmakelists.txt", "*.cmake", "justfile", ".justfile", "*.just",
      "meson.build", "build.zig", ".envrc", ".husky/**", ".githooks/**", ".hooks/**",
      ".git-hooks/**", ".lefthook/**", "dockerfile", "dockerfile.*", "dockerfile-*",
      "*.dockerfile", "containerfile", "containerfile.*", "*.containerfile", "earthfile",
      "jenkinsfile", "jenkinsfile.*", "*.jenkinsfile", ".drone.star", ".cirrus.star",
      "gruntfile.js", "gulpfile.js", "gulpfile.mjs", "gulpfile.cjs", "gulpfile.ts", ".exrc",
      ".vimrc", ".nvimrc", ".nvim.lua", ".lazy.lua", ".dir-locals.el", ".gdbinit", ".lldbinit",
      "shell.nix", "default.nix", "devenv.nix", "procfile", "tox.ini",
      "directory.build.rsp", ".autoenv", ".env.zsh", ".huskyrc", ".huskyrc.*", ".replit",
      "replit.nix", "mavenwrapperdownloader.java", "docker-bake.hcl", ".yarn/sdks/**",
      ".lefthook-local/**", ".buildkite/**", ".teamcity/**", ".semaphore/**", ".tekton/**",
      ".gitlab/ci/**", ".github/workflows/**", ".github/actions/**", ".circleci/**",
      ".azure-pipelines/**", ".azuredevops/**", ".woodpecker/**", ".gitea/workflows/**",
      ".gitea/actions/**", ".forgejo/workflows/**", ".forgejo/actions/**", ".devcontainer/**",
    ], .runsCode, .text)

  /// What agents obey: prose in which a line is as good as a command.
  private static let agents = Format(
    "agent-instructions",
    files: [
      "claude.md", "claude.local.md", "agents.md", "agents.override.md", "agent.md", "gemini.md",
      "copilot.md", "copilot-instructions.md", "skill.md", ".cursorrules", ".cursorignore",
      ".windsurfrules", ".clinerules", ".clinerules/**", ".roorules", ".roorules-*", ".goosehints",
      ".rules", ".aiderignore", ".claudeignore", ".codeiumignore", ".geminiignore", ".aiexclude",
      ".claude/**", ".claude-plugin/**", ".cursor/**", ".windsurf/**", ".kiro/**", ".gemini/**",
      ".codex/**", ".agents/**", ".agent/**", ".opencode/**", ".roo/**", ".cline/**",
      ".continue/**", ".amazonq/**", ".qwen/**", ".factory/**", ".amp/**", ".trae/**",
      ".openhands/**", ".junie/**", ".augment/**", ".github/instructions/**",
      ".github/prompts/**", ".github/chatmodes/**", ".github/agents/**", ".github/hooks/**",
      ".github/copilot/**", ".github/skills/**", ".mcp/**",
    ], .agentConfig, .text)
}
