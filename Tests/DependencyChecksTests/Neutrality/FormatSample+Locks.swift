extension FormatSample {
  static let locks = [
    FormatSample(
      "npm-lock", "package-lock.json",
      """
      {
        "name": "app",
        "version": "1.0.0",
        "lockfileVersion": 3,
        "requires": true,
        "packages": {
          "": {
            "name": "app",
            "version": "1.0.0",
            "license": "MIT",
            "dependencies": {"ms": "^2.0.0", "once": "^1.0.0", "wrappy": "1"}
          },
          "node_modules/ms": {
            "version": "2.1.2",
            "resolved": "https://registry.example/ms/-/ms-2.1.2.tgz",
            "integrity": "sha512-AAA=",
            "license": "MIT",
            "deprecated": "no longer",
            "funding": {"type": "github", "url": "https://people.example/a"},
            "engines": {"node": ">=6"}
          },
          "node_modules/once": {
            "version": "1.4.0",
            "resolved": "https://registry.example/once/-/once-1.4.0.tgz",
            "integrity": "sha512-BBB=",
            "funding": "https://people.example/b",
            "dependencies": {"wrappy": "1"}
          },
          "node_modules/wrappy": {
            "version": "1.0.2",
            "resolved": "https://registry.example/wrappy/-/wrappy-1.0.2.tgz",
            "integrity": "sha512-CCC=",
            "funding": ["https://people.example/c", {"type": "x", "url": "https://people.example/d"}],
            "bin": {"wrappy": "cli.js"}
          }
        }
      }

      """),
    FormatSample(
      "pnpm-lock", "pnpm-lock.yaml",
      """
      lockfileVersion: '9.0'

      settings:
        autoInstallPeers: true

      importers:

        .:
          dependencies:
            ms:
              specifier: ^2.0.0
              version: 2.1.2

      packages:

        ms@2.1.2:
          resolution: {integrity: sha512-AAA=}
          engines: {node: '>=6'}
          deprecated: no longer

      snapshots:

        ms@2.1.2: {}

      """),
    FormatSample(
      "poetry-lock", "poetry.lock",
      """
      [[package]]
      name = "ms"
      version = "2.1.2"
      description = "milliseconds"
      optional = false
      python-versions = "*"
      groups = ["main"]
      files = [
          {file = "ms-2.1.2.tar.gz", hash = "sha256:aaaa"},
      ]

      [package.dependencies]
      once = ">=1"

      [metadata]
      lock-version = "2.1"
      python-versions = "*"
      content-hash = "0000000000000000000000000000000000000000000000000000000000000000"

      """),
    FormatSample(
      "uv-lock", "uv.lock",
      """
      version = 1
      revision = 2
      requires-python = ">=3.12"

      [[package]]
      name = "ms"
      version = "2.1.2"
      source = { registry = "https://index.example/simple" }
      sdist = { url = "https://files.example/ms-2.1.2.tar.gz", hash = "sha256:aa", size = 1, upload-time = "2026-01-01T00:00:00Z" }
      wheels = [
          { url = "https://files.example/ms-2.1.2-py3-none-any.whl", hash = "sha256:bb", size = 1, upload-time = "2026-01-01T00:00:00Z" },
      ]

      """),
    FormatSample(
      "pdm-lock", "pdm.lock",
      """
      [metadata]
      groups = ["default"]
      strategy = ["inherit_metadata"]
      lock_version = "4.5.0"
      content_hash = "sha256:00"

      [[package]]
      name = "ms"
      version = "2.1.2"
      summary = "milliseconds"
      groups = ["default"]
      files = [
          {file = "ms-2.1.2.tar.gz", hash = "sha256:aaaa"},
      ]

      """),
    FormatSample(
      "pylock", "pylock.toml",
      """
      lock-version = "1.0"
      created-by = "uv"
      requires-python = ">=3.12"

      [[packages]]
      name = "ms"
      version = "2.1.2"
      index = "https://index.example/simple"
      sdist = { url = "https://files.example/ms-2.1.2.tar.gz", upload-time = 2026-01-01T00:00:00Z, hashes = { sha256 = "aa" } }
      wheels = [{ url = "https://files.example/ms-2.1.2-py3-none-any.whl", upload-time = 2026-01-01T00:00:00Z, hashes = { sha256 = "bb" } }]

      [[packages]]
      name = "once"
      archive = { url = "https://files.example/once-1.tar.gz", upload-time = 2026-01-01T00:00:00Z, hashes = { sha256 = "cc" } }

      """),
    FormatSample(
      "julia-manifest", "Manifest.toml",
      """
      julia_version = "1.11.0"
      manifest_format = "2.0"
      project_hash = "0000000000000000000000000000000000000000"

      [[deps.JSON]]
      deps = ["Dates"]
      git-tree-sha1 = "aaaa"
      uuid = "682c06a0-de6a-54ab-a142-c8b1cf79cde6"
      version = "0.21.4"

      """),
    FormatSample(
      "composer-lock", "composer.lock",
      """
      {
          "_readme": ["This file locks"],
          "content-hash": "00000000000000000000000000000000",
          "packages": [
              {
                  "name": "acme/a",
                  "version": "1.0.0",
                  "source": {"type": "git", "url": "https://git.example/a.git", "reference": "01"},
                  "dist": {"type": "zip", "url": "https://files.example/a.zip", "reference": "01", "shasum": ""},
                  "type": "library",
                  "require": {"php": ">=8"},
                  "autoload": {"psr-4": {"Acme\\\\A\\\\": "src/"}},
                  "time": "2026-01-01T00:00:00+00:00",
                  "description": "words",
                  "homepage": "https://a.example",
                  "license": ["MIT"],
                  "keywords": ["a"],
                  "authors": [{"name": "A", "email": "a@a.example", "homepage": "https://a.example", "role": "x"}],
                  "support": {"issues": "i", "source": "s", "docs": "d", "forum": "f", "email": "e", "irc": "r", "wiki": "w", "chat": "c", "rss": "u", "security": "y"},
                  "funding": [{"type": "x", "url": "https://people.example"}]
              }
          ],
          "packages-dev": [
              {
                  "name": "acme/b",
                  "version": "1.0.0",
                  "dist": {"type": "zip", "url": "https://files.example/b.zip", "reference": "02", "shasum": ""},
                  "type": "library",
                  "time": "2026-01-01T00:00:00+00:00",
                  "description": "words",
                  "homepage": "https://a.example",
                  "license": ["MIT"],
                  "keywords": ["a"],
                  "authors": [{"name": "A", "email": "a@a.example", "homepage": "https://a.example", "role": "x"}],
                  "support": {"issues": "i", "source": "s", "docs": "d", "forum": "f", "email": "e", "irc": "r", "wiki": "w", "chat": "c", "rss": "u", "security": "y"},
                  "funding": [{"type": "x", "url": "https://people.example"}]
              }
          ],
          "minimum-stability": "stable",
          "prefer-stable": true,
          "platform": {"php": ">=8"},
          "plugin-api-version": "2.6.0"
      }

      """),
    FormatSample(
      "flake-lock", "flake.lock",
      """
      {
        "nodes": {
          "nixpkgs": {
            "locked": {
              "lastModified": 1,
              "narHash": "sha256-AA=",
              "owner": "acme",
              "repo": "nixpkgs",
              "rev": "0123456789012345678901234567890123456789",
              "type": "github"
            },
            "original": {"owner": "acme", "repo": "nixpkgs", "type": "github"}
          },
          "root": {"inputs": {"nixpkgs": "nixpkgs"}}
        },
        "root": "root",
        "version": 7
      }

      """),
    FormatSample(
      "renv-lock", "renv.lock",
      """
      {
        "R": {"Version": "4.4", "Repositories": [{"Name": "CRAN", "URL": "https://cran.example"}]},
        "Packages": {
          "cli": {
            "Package": "cli",
            "Version": "3.6",
            "Source": "Repository",
            "Repository": "CRAN",
            "Hash": "aa",
            "Title": "t",
            "Description": "d",
            "Author": "a",
            "Maintainer": "m",
            "License": "MIT",
            "URL": "u",
            "BugReports": "b",
            "Packaged": "p"
          }
        }
      }

      """),
    FormatSample(
      "pixi-lock", "pixi.lock",
      """
      version: 6
      environments:
        default:
          channels:
          - url: https://conda.example/conda-forge/
          packages:
            linux-64:
            - conda: https://conda.example/conda-forge/linux-64/ms-2.1.2-h1.conda
      packages:
      - conda: https://conda.example/conda-forge/linux-64/ms-2.1.2-h1.conda
        sha256: aaaa
        md5: bbbb
        depends:
        - once
        license: MIT
        license_family: MIT
        size: 1
        timestamp: 1

      """),
    FormatSample(
      "helm-lock", "Chart.lock",
      """
      dependencies:
      - name: db
        repository: https://charts.example/stable
        version: 12.1.0
      digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
      generated: "2026-01-01T00:00:00Z"

      """),
    FormatSample(
      "gradle-verification", "gradle/verification-metadata.xml",
      """
      <verification-metadata xmlns="https://schema.example/v1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="https://schema.example/v1 v1.xsd">
      <configuration><verify-metadata>true</verify-metadata><verify-signatures>false</verify-signatures></configuration>
      <components><component group="g" name="n" version="1"><artifact name="n-1.jar"><sha256 value="00" origin="o"/></artifact></component></components>
      </verification-metadata>

      """),
    FormatSample("bun-binary-lock", "bun.lockb", "binary"),
    FormatSample(
      "pnpm-lock", "pnpm-lock.yaml",
      """
      ---
      lockfileVersion: '9.0'

      packages:

        once@1.4.0:
          resolution: {integrity: sha512-AAA=}
          deprecated: no longer

      ---
      lockfileVersion: '9.0'

      packages:

        ms@2.1.2:
          resolution: {integrity: sha512-AAA=}
          deprecated: no longer

      """),
    FormatSample(
      "pixi-lock", "pixi.lock",
      """
      version: 3
      metadata:
        channels:
        - url: conda-forge
      package:
      - platform: linux-64
        name: ms
        version: 2.1.2
        manager: conda
        url: https://conda.example/conda-forge/linux-64/ms-2.1.2-h1.conda
        hash:
          sha256: aaaa
        license: MIT
        license_family: MIT
        size: 1
        timestamp: 1

      """),
  ]
}
