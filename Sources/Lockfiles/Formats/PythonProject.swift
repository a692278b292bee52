internal import Documents
internal import Primitives

/// `pyproject.toml`: the project (PEP 621), its build (PEP 518), its groups (PEP 735), and the tools that
/// keep their settings there.
enum PythonProject {
  static let format = Format(
    "pyproject", files: ["pyproject.toml"], .manifests, .toml,
    keys: standard + poetry + uv + otherManagers + otherTools, otherKeys: .unknown, read: read)

  private static let standard = [
    KeyRule("project/dependencies/**", .dependency),
    KeyRule("project/optional-dependencies/**", .dependency),
    KeyRule("project/requires-python", .dependency), KeyRule("project/scripts/**", .runsCode),
    KeyRule("project/gui-scripts/**", .runsCode), KeyRule("project/entry-points/**", .runsCode),
    KeyRule("project/dynamic/**", .runsCode), KeyRule("project/**", .metadata),
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
    KeyRule("tool/poetry/scripts/**", .runsCode), KeyRule("tool/poetry/**", .metadata),
  ]

  private static let uv = [
    KeyRule("tool/uv/dev-dependencies/**", .dependency),
    KeyRule("tool/uv/constraint-dependencies/**", .dependency),
    KeyRule("tool/uv/override-dependencies/**", .dependency),
    KeyRule("tool/uv/exclude-dependencies/**", .dependency),
    KeyRule("tool/uv/build-constraint-dependencies/**", .dependency),
    KeyRule("tool/uv/dependency-groups/**", .dependency),
    KeyRule("tool/uv/default-groups/**", .dependency),
    KeyRule("tool/uv/workspace/**", .dependency), KeyRule("tool/uv/conflicts/**", .dependency),
    KeyRule("tool/uv/environments/**", .dependency),
    KeyRule("tool/uv/required-environments/**", .dependency),
    KeyRule("tool/uv/required-version", .metadata), KeyRule("tool/uv/package", .runsCode),
    KeyRule("tool/uv/managed", .metadata), KeyRule("tool/uv/cache-keys/**", .metadata),
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
    KeyRule("tool/pdm/version/**", .runsCode), KeyRule("tool/pdm/**", .metadata),
    KeyRule("tool/rye/dev-dependencies/**", .dependency),
    KeyRule("tool/rye/sources/**", .origin), KeyRule("tool/rye/scripts/**", .runsCode),
    KeyRule("tool/rye/**", .metadata), KeyRule("tool/hatch/envs/*/dependencies/**", .dependency),
    KeyRule("tool/hatch/envs/*/extra-dependencies/**", .dependency),
    KeyRule("tool/hatch/envs/*/features/**", .dependency),
    KeyRule("tool/hatch/envs/*/python", .dependency),
    KeyRule("tool/hatch/envs/*/matrix/**", .dependency),
    KeyRule("tool/hatch/version/path", .runsCode), KeyRule("tool/hatch/**", .runsCode),
    KeyRule("tool/pixi/workspace/channels/**", .origin),
    KeyRule("tool/pixi/project/channels/**", .origin), KeyRule("tool/pixi/tasks/**", .runsCode),
    KeyRule("tool/pixi/feature/*/tasks/**", .runsCode),
    KeyRule("tool/pixi/activation/**", .runsCode), KeyRule("tool/pixi/**", .dependency),
    KeyRule("tool/setuptools/cmdclass/**", .runsCode), KeyRule("tool/setuptools/**", .metadata),
    KeyRule("tool/flit/scripts/**", .runsCode), KeyRule("tool/flit/**", .metadata),
    KeyRule("tool/maturin/**", .runsCode), KeyRule("tool/scikit-build/**", .runsCode),
    KeyRule("tool/meson-python/**", .runsCode), KeyRule("tool/cibuildwheel/**", .runsCode),
    KeyRule("tool/tox/**", .runsCode), KeyRule("tool/nox/**", .runsCode),
    KeyRule("tool/pytest/**", .runsCode), KeyRule("tool/pylint/**", .runsCode),
    KeyRule("tool/versioneer/**", .runsCode), KeyRule("tool/*/scripts/**", .runsCode),
    KeyRule("tool/*/tasks/**", .runsCode), KeyRule("tool/*/hooks/**", .runsCode),
  ]

  /// Tools that look at code and run none of it.
  private static let otherTools = [
    KeyRule("tool/ruff/**", .metadata), KeyRule("tool/black/**", .metadata),
    KeyRule("tool/isort/**", .metadata), KeyRule("tool/coverage/**", .metadata),
    KeyRule("tool/pyright/**", .metadata), KeyRule("tool/basedpyright/**", .metadata),
    KeyRule("tool/ty/**", .metadata), KeyRule("tool/flake8/**", .metadata),
    KeyRule("tool/codespell/**", .metadata), KeyRule("tool/typos/**", .metadata),
    KeyRule("tool/setuptools_scm/**", .metadata), KeyRule("tool/setuptools-scm/**", .metadata),
    KeyRule("tool/towncrier/**", .metadata), KeyRule("tool/vulture/**", .metadata),
    KeyRule("tool/interrogate/**", .metadata), KeyRule("tool/pydocstyle/**", .metadata),
    KeyRule("tool/djlint/**", .metadata), KeyRule("tool/yapf/**", .metadata),
    KeyRule("tool/check-manifest/**", .metadata), KeyRule("tool/docformatter/**", .metadata),
    KeyRule("tool/mypy/plugins/**", .runsCode), KeyRule("tool/mypy/**", .metadata),
    KeyRule("tool/bandit/**", .visibility), KeyRule("tool/pip-audit/**", .visibility),
  ]

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    reader.addPythonRequirements(in: reader.value("project", "dependencies"))
    addGroups(in: reader.value("project", "optional-dependencies"), .optional, &reader)
    addGroups(in: reader.value("dependency-groups"), .development, &reader)
    reader.addPythonRequirements(in: reader.value("build-system", "requires"), .build)
    reader.addPythonRequirements(
      in: reader.value("tool", "uv", "dev-dependencies"), .development)
    addGroups(in: reader.value("tool", "pdm", "dev-dependencies"), .development, &reader)
    reader.addRequirements(in: reader.value("tool", "poetry", "dependencies"))
    reader.addRequirements(in: reader.value("tool", "poetry", "dev-dependencies"), .development)
    if let groups = reader.value("tool", "poetry", "group") {
      for group in reader.children(of: groups) {
        reader.addRequirements(
          in: reader.document.child("dependencies", of: group), .development)
      }
    }
  }

  private static func addGroups(
    in table: NodeID?, _ scope: Entry.Scope, _ reader: inout EntryReader
  ) {
    guard let table, reader.document.isObject(table) else { return }
    for list in reader.children(of: table) { reader.addPythonRequirements(in: list, scope) }
  }
}

/// `Pipfile` (pipenv documentation, "Pipfile & Pipfile.lock").
enum Pipfile {
  static let format = Format(
    "pipfile", files: ["pipfile"], .manifests, .toml,
    keys: [
      KeyRule("source/**", .origin), KeyRule("scripts/**", .runsCode),
      KeyRule("pipenv/**", .origin), KeyRule("*/*/git", .origin), KeyRule("*/*/file", .origin),
      KeyRule("*/*/path", .origin), KeyRule("*/*/index", .origin), KeyRule("*/*/ref", .origin),
    ], otherKeys: .dependency, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    reader.addRequirements(in: reader.value("packages"))
    reader.addRequirements(in: reader.value("dev-packages"), .development)
  }
}

/// `uv.toml`: the same keys as below `[tool.uv]`, most of which say where packages come from.
enum UvConfig {
  static let format = Format(
    "uv-config", files: ["uv.toml"], .origins, .toml,
    keys: [
      KeyRule("required-version", .metadata), KeyRule("cache-keys/**", .metadata),
      KeyRule("no-build-isolation/**", .runsCode),
      KeyRule("no-build-isolation-package/**", .runsCode),
      KeyRule("extra-build-dependencies/**", .runsCode),
      KeyRule("extra-build-variables/**", .runsCode),
    ], otherKeys: .origin)
}

/// `poetry.toml` (poetry documentation, "Configuration").
enum PoetryConfig {
  static let format = Format(
    "poetry-config", files: ["poetry.toml"], .origins, .toml,
    keys: [
      KeyRule("virtualenvs/**", .metadata), KeyRule("repositories/**", .origin),
      KeyRule("certificates/**", .origin), KeyRule("http-basic/**", .origin),
      KeyRule("pypi-token/**", .origin), KeyRule("installer/**", .origin),
      KeyRule("solver/**", .origin), KeyRule("system-git-client", .origin),
      KeyRule("requests/**", .metadata), KeyRule("cache-dir", .metadata),
      KeyRule("data-dir", .metadata), KeyRule("keyring/**", .origin),
      KeyRule("python/**", .metadata), KeyRule("warnings/**", .metadata),
    ])
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
      KeyRule("workspace/**", .metadata), KeyRule("project/**", .metadata),
      KeyRule("feature/*/channels/**", .origin), KeyRule("pypi-options/**", .origin),
      KeyRule("feature/*/pypi-options/**", .origin), KeyRule("tasks/**", .runsCode),
      KeyRule("feature/*/tasks/**", .runsCode), KeyRule("target/*/tasks/**", .runsCode),
      KeyRule("activation/**", .runsCode), KeyRule("feature/*/activation/**", .runsCode),
      KeyRule("target/*/activation/**", .runsCode), KeyRule("package/build/**", .runsCode),
    ], otherKeys: .dependency, read: read)

  private static func read(_ reader: inout EntryReader) throws(Unread) {
    addTables(of: reader.root, &reader)
    for key: StaticString in ["feature", "target"] {
      for part in try reader.values(key, of: reader.root) { addTables(of: part, &reader) }
    }
  }

  private static func addTables(of node: NodeID, _ reader: inout EntryReader) {
    let tables: [(StaticString, Entry.Scope)] = [
      ("dependencies", .runtime), ("host-dependencies", .build), ("build-dependencies", .build),
      ("run-dependencies", .runtime), ("pypi-dependencies", .runtime),
    ]
    for (key, scope) in tables {
      reader.addRequirements(in: reader.document.child(key, of: node), scope)
    }
  }
}
