internal import Documents
internal import Primitives

/// `pyproject.toml`: the project (PEP 621), its build (PEP 518), its groups (PEP 735), and the tools that
/// keep their settings there.
enum PythonProject {
  static let format = Format(
    "pyproject", files: ["pyproject.toml"], .manifests, .toml, asksFor: .pypi,
    keys: standard + poetry + uv + otherManagers + otherTools, neutral: neutral,
    freeOrder: [
      FreeOrder(
        "project/**", "build-system", "dependency-groups", "tool/poetry/**", "tool/uv/**",
        because: "the tools read the members by their names (TOML 1.0, Table)")
    ],
    mentions: [
      Mention(["build-system/backend-path/*"], is: .runsCode, .folder),
      // Where the path is the project itself.
      Mention(["build-system/build-backend"], is: .runsCode, .module),
      Mention(
        [
          "version/path", "build/hooks/custom/path", "build/targets/*/hooks/custom/path",
          "metadata/hooks/custom/path",
        ], in: "tool/hatch", is: .runsCode),
      Mention(
        ["tool/poetry/build", "tool/poetry/build/script", "tool/mypy/plugins/*"], is: .runsCode),
      Mention(
        [
          "dependencies/file", "dependencies/file/*", "optional-dependencies/*/file",
          "optional-dependencies/*/file/*",
        ], in: "tool/setuptools/dynamic", is: .manifests, readAs: "requirements-txt"),
      Mention(["tool/uv/sources/*/path"], is: .vendored),
    ],
    wishes: .init(
      isCertain: isCertain,
      exactVersion: {
        $0.starts(with: "==".utf8) ? Format.Wishes.plainVersion($0.dropFirst(2)) : nil
      }), read: read)

  /// Whether what is asked for is installed on every system.
  private static func isCertain(_ requirement: Requirement, _ document: Document) -> Bool {
    let node = requirement.node
    guard requirement.scope == .runtime,
      !document.bytes(requirement.name).elementsEqual("python".utf8)
    else { return false }
    if document.isScalar(node) {
      return document.firstIndex(of: UInt8(ascii: ";"), in: document.text(node)) == nil
    }
    let conditions: [StaticString] = ["markers", "python", "platform", "optional", "extras"]
    return document.isObject(node)
      && !conditions.contains { document.child($0, of: node) != nil }
  }

  private static let neutral = [
    NeutralKey(
      ["description", "license", "keywords/[]"], in: "project", "tool/poetry",
      because: "published for people; nothing is fetched or built by it"),
    NeutralKey(
      [
        "authors/[]/name", "authors/[]/email", "maintainers/[]/name", "maintainers/[]/email",
        "license/text", "urls/Homepage", "urls/homepage", "urls/Repository", "urls/repository",
        "urls/Source", "urls/source", "urls/Documentation", "urls/documentation", "urls/Issues",
        "urls/issues", "urls/Changelog", "urls/changelog", "urls/Bug Tracker", "urls/Funding",
      ], in: "project", because: "published for people (PEP 621); nothing is fetched by it"),
    NeutralKey(
      ["authors/[]", "maintainers/[]", "homepage", "repository", "documentation"],
      in: "tool/poetry", because: "published for people; poetry fetches nothing by it"),
    NeutralKey(
      ["ruff/line-length", "ruff/indent-width", "black/line-length", "isort/line_length"],
      in: "tool", form: .number(4), because: "how the project's own code is laid out"),
  ]

  private static let standard = [
    KeyRule("project/dependencies/**", .dependency),
    KeyRule("project/optional-dependencies/**", .dependency),
    KeyRule("project/requires-python", .dependency), KeyRule("project/scripts/**", .runsCode),
    KeyRule("project/gui-scripts/**", .runsCode), KeyRule("project/entry-points/**", .runsCode),
    KeyRule("project/dynamic/**", .runsCode),
    // What other members of a workspace ask for has to fit them.
    KeyRule("project/name", .dependency), KeyRule("project/version", .dependency),
    // `Private :: Do Not Upload` keeps a package from being published.
    KeyRule("project/classifiers/**", .visibility),
    KeyRule("dependency-groups/**", .dependency), KeyRule("build-system/**", .runsCode),
  ]

  private static let poetry = [
    KeyRule("tool/poetry/dependencies/*/git", .origin),
    KeyRule("tool/poetry/dependencies/*/url", .origin),
    KeyRule("tool/poetry/dependencies/*/path", .origin),
    KeyRule("tool/poetry/dependencies/*/source", .origin),
    KeyRule("tool/poetry/dependencies/*/branch", .origin),
    KeyRule("tool/poetry/dependencies/*/rev", .origin),
    KeyRule("tool/poetry/dependencies/*/tag", .origin),
    KeyRule("tool/poetry/group/*/dependencies/*/git", .origin),
    KeyRule("tool/poetry/group/*/dependencies/*/url", .origin),
    KeyRule("tool/poetry/group/*/dependencies/*/path", .origin),
    KeyRule("tool/poetry/group/*/dependencies/*/source", .origin),
    KeyRule("tool/poetry/dependencies/**", .dependency),
    KeyRule("tool/poetry/dev-dependencies/**", .dependency),
    KeyRule("tool/poetry/group/**", .dependency), KeyRule("tool/poetry/extras/**", .dependency),
    KeyRule("tool/poetry/source/**", .origin), KeyRule("tool/poetry/build/**", .runsCode),
    KeyRule("tool/poetry/plugins/**", .runsCode),
    KeyRule("tool/poetry/requires-plugins/**", .runsCode),
    KeyRule("tool/poetry/scripts/**", .runsCode), KeyRule("tool/poetry/name", .dependency),
    KeyRule("tool/poetry/version", .dependency), KeyRule("tool/poetry/package-mode", .dependency),
    KeyRule("tool/poetry/packages/**", .selectsCode),
    KeyRule("tool/poetry/include/**", .selectsCode),
    KeyRule("tool/poetry/exclude/**", .selectsCode),
    KeyRule("tool/poetry/classifiers/**", .visibility),
  ]

  private static let uv = [
    KeyRule("tool/uv/dev-dependencies/**", .dependency),
    KeyRule("tool/uv/constraint-dependencies/**", .dependency),
    // These replace what packages ask for themselves.
    KeyRule("tool/uv/override-dependencies/**", .origin),
    KeyRule("tool/uv/exclude-dependencies/**", .origin),
    // Builds take these from whatever address they name.
    KeyRule("tool/uv/build-constraint-dependencies/**", .origin),
    KeyRule("tool/uv/dependency-groups/**", .dependency),
    KeyRule("tool/uv/default-groups/**", .dependency),
    KeyRule("tool/uv/workspace/**", .dependency), KeyRule("tool/uv/conflicts/**", .dependency),
    KeyRule("tool/uv/environments/**", .dependency),
    KeyRule("tool/uv/required-environments/**", .dependency),
    KeyRule("tool/uv/package", .runsCode),
    KeyRule("tool/uv/build-backend/**", .runsCode),
    KeyRule("tool/uv/extra-build-dependencies/**", .runsCode),
    KeyRule("tool/uv/extra-build-variables/**", .runsCode),
    KeyRule("tool/uv/no-build-isolation/**", .runsCode),
    KeyRule("tool/uv/no-build-isolation-package/**", .runsCode),
    // Sources, indexes, mirrors, resolution: where packages come from, and which of them.
    KeyRule("tool/uv/**", .origin),
  ]

  private static let otherManagers = [
    KeyRule("tool/pdm/dev-dependencies/**", .dependency),
    KeyRule("tool/pdm/source/**", .origin), KeyRule("tool/pdm/resolution/**", .origin),
    KeyRule("tool/pdm/options/**", .origin), KeyRule("tool/pdm/scripts/**", .runsCode),
    KeyRule("tool/pdm/build/**", .runsCode), KeyRule("tool/pdm/plugins/**", .runsCode),
    KeyRule("tool/pdm/version/**", .runsCode),
    KeyRule("tool/rye/dev-dependencies/**", .dependency),
    KeyRule("tool/rye/sources/**", .origin), KeyRule("tool/rye/scripts/**", .runsCode),
    KeyRule("tool/hatch/envs/*/dependencies/**", .dependency),
    KeyRule("tool/hatch/envs/*/extra-dependencies/**", .dependency),
    KeyRule("tool/hatch/envs/*/features/**", .dependency),
    KeyRule("tool/hatch/envs/*/python", .dependency),
    KeyRule("tool/hatch/envs/*/matrix/**", .dependency),
    KeyRule("tool/hatch/version/path", .runsCode), KeyRule("tool/hatch/**", .runsCode),
    KeyRule("tool/pixi/workspace/channels/**", .origin),
    KeyRule("tool/pixi/project/channels/**", .origin), KeyRule("tool/pixi/tasks/**", .runsCode),
    KeyRule("tool/pixi/feature/*/tasks/**", .runsCode),
    KeyRule("tool/pixi/activation/**", .runsCode), KeyRule("tool/pixi/**", .dependency),
    KeyRule("tool/setuptools/cmdclass/**", .runsCode),
    KeyRule("tool/setuptools/ext-modules/**", .runsCode),
    // `attr` imports the module that it names.
    KeyRule("tool/setuptools/dynamic/**", .runsCode),
    KeyRule("tool/setuptools/packages/**", .selectsCode),
    KeyRule("tool/setuptools/py-modules/**", .selectsCode),
    KeyRule("tool/setuptools/package-dir/**", .selectsCode),
    KeyRule("tool/setuptools/package-data/**", .selectsCode),
    // flit imports the module for its version and documentation.
    KeyRule("tool/flit/metadata/requires/**", .dependency), KeyRule("tool/flit/**", .runsCode),
    // Commands and functions that say the version.
    KeyRule("tool/setuptools_scm/**", .runsCode), KeyRule("tool/setuptools-scm/**", .runsCode),
    KeyRule("tool/coverage/run/plugins/**", .runsCode),
    KeyRule("tool/maturin/**", .runsCode), KeyRule("tool/scikit-build/**", .runsCode),
    KeyRule("tool/meson-python/**", .runsCode), KeyRule("tool/cibuildwheel/**", .runsCode),
    KeyRule("tool/tox/**", .runsCode), KeyRule("tool/nox/**", .runsCode),
    KeyRule("tool/pytest/**", .runsCode), KeyRule("tool/pylint/**", .runsCode),
    KeyRule("tool/semantic_release/build_command", .runsCode),
    KeyRule(["pre_bump_hooks/**", "post_bump_hooks/**"], in: "tool/commitizen", is: .runsCode),
    KeyRule(
      ["setup_hooks/**", "pre_commit_hooks/**", "post_commit_hooks/**"],
      in: "tool/bumpversion", "tool/bumpver", is: .runsCode),
    KeyRule("tool/conda-lock/channels/**", .origin),
    KeyRule("tool/versioneer/**", .runsCode), KeyRule("tool/*/scripts/**", .runsCode),
    KeyRule("tool/*/tasks/**", .runsCode), KeyRule("tool/*/hooks/**", .runsCode),
  ]

  /// Tools that look at code: what they are told to overlook is what nobody gets to see.
  private static let otherTools = [
    KeyRule("tool/mypy/plugins/**", .runsCode),
    KeyRule(
      [
        "ruff/**", "black/**", "isort/**", "pyright/**", "basedpyright/**", "ty/**", "flake8/**",
        "codespell/**", "typos/**", "vulture/**", "interrogate/**", "pydocstyle/**", "mypy/**",
        "bandit/**", "pip-audit/**",
      ], in: "tool", is: .visibility),
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    let root = reader.root
    reader.addPythonRequirements(in: root["project", "dependencies"])
    addGroups(in: root["project", "optional-dependencies"], .optional, &reader)
    addGroups(in: root["dependency-groups"], .development, &reader)
    reader.addPythonRequirements(in: root["build-system", "requires"], .build)
    reader.addPythonRequirements(in: root["tool", "uv", "dev-dependencies"], .development)
    addGroups(in: root["tool", "pdm", "dev-dependencies"], .development, &reader)
    reader.addRequirements(in: root["tool", "poetry", "dependencies"])
    reader.addRequirements(in: root["tool", "poetry", "dev-dependencies"], .development)
    guard let groups = root["tool", "poetry", "group"] else { return }
    for group in groups { reader.addRequirements(in: group["dependencies"], .development) }
  }

  private static func addGroups(
    in table: Cursor?, _ scope: Entry.Scope, _ reader: inout EntryReader
  ) {
    guard let table, table.isObject else { return }
    for list in table { reader.addPythonRequirements(in: list, scope) }
  }
}

/// `Pipfile` (pipenv documentation, "Pipfile & Pipfile.lock").
enum Pipfile {
  static let format = Format(
    "pipfile", files: ["pipfile"], .manifests, .toml, asksFor: .pypi,
    keys: [
      KeyRule("source/**", .origin), KeyRule("scripts/**", .runsCode),
      KeyRule("pipenv/**", .origin), KeyRule("*/*/git", .origin), KeyRule("*/*/file", .origin),
      KeyRule("*/*/path", .origin), KeyRule("*/*/index", .origin), KeyRule("*/*/ref", .origin),
    ], otherKeys: .dependency, freeOrder: [.toml], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    reader.addRequirements(in: reader.root["packages"])
    reader.addRequirements(in: reader.root["dev-packages"], .development)
  }
}

/// `uv.toml`: the same keys as below `[tool.uv]`, most of which say where packages come from.
enum UvConfig {
  static let format = Format(
    "uv-config", files: ["uv.toml"], .origins, .toml,
    keys: [
      KeyRule("no-build-isolation/**", .runsCode),
      KeyRule("no-build-isolation-package/**", .runsCode),
      KeyRule("extra-build-dependencies/**", .runsCode),
      KeyRule("extra-build-variables/**", .runsCode),
    ], otherKeys: .origin, freeOrder: [.toml])
}

/// `poetry.toml` (poetry documentation, "Configuration").
enum PoetryConfig {
  static let format = Format(
    "poetry-config", files: ["poetry.toml"], .origins, .toml,
    keys: [
      KeyRule("virtualenvs/**", .selectsCode), KeyRule("repositories/**", .origin),
      KeyRule("certificates/**", .origin), KeyRule("http-basic/**", .origin),
      KeyRule("pypi-token/**", .origin), KeyRule("installer/**", .origin),
      KeyRule("solver/**", .origin), KeyRule("system-git-client", .origin),
      // A cache may be a folder of the repository.
      KeyRule("cache-dir", .origin), KeyRule("data-dir", .origin), KeyRule("keyring/**", .origin),
      KeyRule("python/**", .origin),
    ],
    neutral: [
      NeutralKey("requests/max-retries", .number(4), because: "how often poetry tries to fetch"),
      NeutralKey(
        "warnings/export", .flag, because: "whether `poetry export` says that it will move"),
    ],
    freeOrder: [.toml])
}

/// `pixi.toml` (pixi documentation, "The pixi manifest").
enum PixiManifest {
  static let format = Format(
    "pixi-manifest", files: ["pixi.toml"], .manifests, .toml,
    keys: [
      KeyRule("workspace/channels/**", .origin), KeyRule("project/channels/**", .origin),
      KeyRule("workspace/channel-priority", .origin),
      KeyRule("project/channel-priority", .origin), KeyRule("workspace/preview/**", .runsCode),
      KeyRule("workspace/platforms/**", .dependency), KeyRule("project/platforms/**", .dependency),
      KeyRule("workspace/s3-options/**", .origin), KeyRule("project/s3-options/**", .origin),
      KeyRule("s3-options/**", .origin), KeyRule("workspace/conda-pypi-map/**", .origin),
      KeyRule("project/conda-pypi-map/**", .origin), KeyRule("workspace/pypi-options/**", .origin),
      KeyRule("feature/*/channels/**", .origin), KeyRule("pypi-options/**", .origin),
      KeyRule("feature/*/pypi-options/**", .origin), KeyRule("tasks/**", .runsCode),
      KeyRule("feature/*/tasks/**", .runsCode), KeyRule("target/*/tasks/**", .runsCode),
      KeyRule("activation/**", .runsCode), KeyRule("feature/*/activation/**", .runsCode),
      KeyRule("target/*/activation/**", .runsCode), KeyRule("package/build/**", .runsCode),
    ], otherKeys: .dependency,
    neutral: [
      NeutralKey(
        [
          "description", "license", "homepage", "repository", "documentation", "authors/[]",
        ], in: "workspace", "project", "package",
        because: "published for people; pixi fetches nothing by it")
    ], freeOrder: [.toml], read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    addTables(of: reader.root, &reader)
    for key: StaticString in ["feature", "target"] {
      for part in try reader.root.values(key) { addTables(of: part, &reader) }
    }
  }

  private static func addTables(of part: Cursor, _ reader: inout EntryReader) {
    let tables: [(StaticString, Entry.Scope)] = [
      ("dependencies", .runtime), ("host-dependencies", .build), ("build-dependencies", .build),
      ("run-dependencies", .runtime), ("pypi-dependencies", .runtime),
    ]
    for (key, scope) in tables {
      reader.addRequirements(in: part[key], scope)
    }
  }
}
