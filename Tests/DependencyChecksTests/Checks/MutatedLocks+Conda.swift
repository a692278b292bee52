extension MutatedLock {
  static let conda = [pixi, condaLock]

  private static let pixi = MutatedLock(
    "pixi.lock",
    """
    version: 6
    environments:
      default:
        channels:
        - url: https://conda.example/forge/
        packages:
          linux-64:
          - conda: https://conda.example/forge/noarch/ms-2.1.2-py_0.conda
          - conda: https://conda.example/forge/noarch/once-1.4.0-py_0.conda
          - pypi: https://files.example/wing-1.0.0-py3-none-any.whl
    packages:
    - conda: https://conda.example/forge/noarch/ms-2.1.2-py_0.conda
      sha256: aaaa
    - conda: https://conda.example/forge/noarch/once-1.4.0-py_0.conda
      sha256: bbbb
    - pypi: https://files.example/wing-1.0.0-py3-none-any.whl
      name: wing
      version: 1.0.0
      sha256: ffff

    """,
    change: [
      ("ms-2.1.2", "ms-2.1.3"),
      ("ms-2.1.2", "ms-2.1.3"),
      ("aaaa", "cccc"),
    ],
    attacks: [
      (
        .source, "- conda: https://conda.example/forge/noarch/once-1.4.0-py_0.conda\n  sha256",
        "- conda: https://evil.example/forge/noarch/once-1.4.0-py_0.conda\n  sha256"
      ),
      (.source, "- url: https://conda.example", "- url: https://evil.example"),
      (
        .unsafeAddress,
        "- conda: https://conda.example/forge/noarch/once-1.4.0-py_0.conda\n  sha256",
        "- conda: http://conda.example/forge/noarch/once-1.4.0-py_0.conda\n  sha256"
      ),
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, "\n  sha256: bbbb", ""),
      (.integrityWeakened, "sha256: bbbb", "md5: bbbb"),
      (
        .leavesRegistry, "- pypi: https://files.example/wing-1.0.0-py3-none-any.whl\n  name",
        "- pypi: git+https://git.example/a/wing.git#0123456789012345678901234567890123456789\n  name"
      ),
      (
        .leavesRegistry, "- pypi: https://files.example/wing-1.0.0-py3-none-any.whl\n  name",
        "- pypi: ../wing\n  name"
      ),
      (
        .otherPackage, "- pypi: https://files.example/wing-1.0.0-py3-none-any.whl\n  name",
        "- pypi: https://files.example/malice-1.0.0-py3-none-any.whl\n  name"
      ),
      (
        .otherVersion, "- pypi: https://files.example/wing-1.0.0-py3-none-any.whl\n  name",
        "- pypi: https://files.example/wing-0.1.0-py3-none-any.whl\n  name"
      ),
      (
        .mutableRevision, "- pypi: https://files.example/wing-1.0.0-py3-none-any.whl\n  name",
        "- pypi: git+https://git.example/a/wing.git#main\n  name"
      ),
      (.keyTwice, "sha256: bbbb", "sha256: bbbb\n  sha256: dddd"),
      (
        .entryTwice, "packages:\n- conda",
        "packages:\n- conda: https://conda.example/forge/noarch/once-1.4.0-py_0.conda\n  sha256: dddd\n- conda"
      ),
      (
        .runsCode, "- pypi: https://files.example/wing-1.0.0-py3-none-any.whl\n  name",
        "- pypi: git+https://git.example/a/wing.git#0123456789012345678901234567890123456789\n  name"
      ),
      (.unknownVersion, "version: 6", "version: 99"),
    ],
    without: [
      .revisionMoved: .noRelease,
      .alias: .noAlias,
      .orphan: .rootsElsewhere,
    ])

  private static let condaLock = MutatedLock(
    "conda-lock.yml",
    """
    version: 1
    metadata:
      channels:
      - url: conda-forge
        used_env_vars: []
      platforms:
      - linux-64
    package:
    - name: ms
      version: 2.1.2
      manager: conda
      platform: linux-64
      dependencies: {}
      url: https://conda.example/forge/noarch/ms-2.1.2-py_0.conda
      hash:
        md5: aabb
        sha256: aaaa
      category: main
      optional: false
    - name: once
      version: 1.4.0
      manager: conda
      platform: linux-64
      dependencies: {}
      url: https://conda.example/forge/noarch/once-1.4.0-py_0.conda
      hash:
        md5: bbcc
        sha256: bbbb
      category: main
      optional: false

    """,
    change: [
      ("2.1.2", "2.1.3"),
      ("ms-2.1.2", "ms-2.1.3"),
      ("aaaa", "cccc"),
      ("aabb", "ccdd"),
    ],
    attacks: [
      (.source, "conda.example/forge/noarch/once", "evil.example/forge/noarch/once"),
      (.source, "- url: conda-forge", "- url: evil"),
      (
        .unsafeAddress, "https://conda.example/forge/noarch/once",
        "http://conda.example/forge/noarch/once"
      ),
      (.integrity, "bbbb", "dddd"),
      (.integrityRemoved, "  hash:\n    md5: bbcc\n    sha256: bbbb\n", ""),
      (.integrityWeakened, "    sha256: bbbb\n", ""),
      (
        .leavesRegistry, "https://conda.example/forge/noarch/once-1.4.0-py_0.conda",
        "git+https://git.example/a/once.git@0123456789012345678901234567890123456789"
      ),
      (.leavesRegistry, "https://conda.example/forge/noarch/once-1.4.0-py_0.conda", "../once"),
      (.otherPackage, "noarch/ms-2.1.3", "noarch/malice-2.1.3"),
      (.otherVersion, "noarch/ms-2.1.3", "noarch/ms-0.1.0"),
      (
        .mutableRevision, "https://conda.example/forge/noarch/once-1.4.0-py_0.conda",
        "git+https://git.example/a/once.git@main"
      ),
      (.keyTwice, "    sha256: bbbb", "    sha256: bbbb\n    sha256: dddd"),
      (
        .entryTwice, "package:\n",
        "package:\n- name: once\n  version: 6.6.6\n  manager: conda\n  platform: linux-64\n  dependencies: {}\n  url: https://conda.example/forge/noarch/once-6.6.6-py_0.conda\n  hash: {sha256: dddd}\n  category: main\n  optional: false\n"
      ),
      (.unknownVersion, "version: 1\n", "version: 9\n"),
    ],
    without: [
      .alias: .noAlias,
      .revisionMoved: .noRelease,
      .runsCode: .noCode,
      .orphan: .rootsElsewhere,
    ])
}
