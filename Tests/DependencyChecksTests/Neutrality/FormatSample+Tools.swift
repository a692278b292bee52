extension FormatSample {
  /// What runs in CI and beside a person.
  static let tools = [
    FormatSample(
      "workflow", ".github/workflows/ci.yml",
      """
      name: CI
      run-name: words
      on: [push]
      env:
        A: a
      jobs:
        build:
          name: Build
          runs-on: ubuntu-latest
          steps:
            - name: Fetch
              uses: actions/checkout@v4
            - name: Run
              run: make

      """),
    FormatSample(
      "action", "action.yml",
      """
      name: words
      description: words
      author: A
      branding:
        icon: a
        color: b
      inputs:
        a:
          description: words
          default: x
      outputs:
        b:
          description: words
          value: y
      runs:
        using: composite
        steps:
          - name: Run
            run: make
            shell: bash

      """),
    FormatSample(
      "gitlab-ci", ".gitlab-ci.yml",
      "include:\n  - local: ci/a.yml\nimage: a:1\ntest:\n  stage: test\n  script:\n    - make\n"),
    FormatSample(
      "circleci", ".circleci/config.yml",
      "version: 2.1\norbs:\n  node: team/node@5.1\njobs:\n  build:\n    docker:\n      - image: a:1\n    steps:\n      - run: make\n"
    ),
    FormatSample(
      "compose", "compose.yml",
      "name: app\nservices:\n  web:\n    image: a:1\n    labels:\n      ofelia.job: make\n    command: x\n"
    ),
    FormatSample(
      "pre-commit", ".pre-commit-config.yaml",
      "repos:\n  - repo: https://git.example/hooks\n    rev: v1.0.0\n    hooks:\n      - id: check\n        name: words\n        description: words\n        entry: x\n"
    ),
    FormatSample(
      "pre-commit-hooks", ".pre-commit-hooks.yaml",
      "- id: a\n  name: words\n  entry: x\n  language: python\n"),
    FormatSample(
      "lefthook", "lefthook.yml",
      "min_version: 1.0.0\npre-commit:\n  jobs:\n    - name: a\n      run: x\nremotes:\n  - git_url: https://git.example/a\n"
    ),
    FormatSample(
      "pipeline", "azure-pipelines.yml",
      "trigger:\n  - main\nsteps:\n  - script: make\n    displayName: words\n"),
    FormatSample(
      "mcp-servers", ".mcp.json", #"{"mcpServers": {"x": {"command": "npx", "args": ["-y", "x"]}}}"#
    ),
    FormatSample(
      "agent-settings", ".claude/settings.json",
      #"{"$schema": "s", "hooks": {"Stop": [{"command": "x"}]}, "permissions": {"allow": ["a"]}}"#),
    FormatSample(
      "editor-tasks", ".vscode/tasks.json",
      #"{"version": "2.0.0", "tasks": [{"label": "a", "command": "x"}]}"#),
    FormatSample(
      "editor-settings", ".vscode/settings.json",
      """
      {
        "editor.tabSize": 2,
        "editor.insertSpaces": true,
        "editor.detectIndentation": true,
        "editor.rulers": [100],
        "editor.wordWrap": "on",
        "editor.fontSize": 12,
        "editor.minimap.enabled": true,
        "files.eol": "auto",
        "files.insertFinalNewline": true,
        "files.trimTrailingWhitespace": true,
        "files.trimFinalNewlines": true,
        "cSpell.words": ["a"],
        "python.defaultInterpreterPath": "./x"
      }

      """),
    FormatSample(
      "devcontainer", ".devcontainer/devcontainer.json",
      #"{"name": "a", "image": "i:1", "features": {"ghcr.example/f/g:1": {}}, "initializeCommand": "x"}"#
    ),
  ]

  static let programs = [
    FormatSample("code", "setup.py", "import a\na.b()\n"),
    FormatSample("agent-instructions", "AGENTS.md", "# Words\n\nDo this.\n"),
    FormatSample(
      "xml-program", "build.xml",
      "<project>\n  <target name=\"a\"><exec executable=\"x\"/></target>\n</project>\n"),
  ]
}
