extension FormatSample {
  static let manifests = [
    FormatSample(
      "package-json", "package.json",
      """
      {
        "name": "app",
        "version": "1.0.0",
        "description": "words",
        "license": "MIT",
        "homepage": "https://a.example",
        "keywords": ["a"],
        "author": {"name": "A", "email": "a@a.example", "url": "https://a.example"},
        "contributors": ["B", {"name": "C", "email": "c@a.example", "url": "https://a.example"}],
        "maintainers": ["B", {"name": "C", "email": "c@a.example", "url": "https://a.example"}],
        "bugs": {"url": "https://bugs.example", "email": "b@a.example"},
        "funding": [{"type": "x", "url": "https://people.example"}, "https://people.example/b"],
        "repository": {"type": "git", "url": "https://git.example/a.git", "directory": "a"},
        "main": "index.js",
        "exports": {"import": "./a.mjs", "default": "./a.js"},
        "scripts": {"test": "node test.js", "build": "node build.js"},
        "dependencies": {"ms": "^2.0.0", "once": "^1.0.0"},
        "prisma": {"seed": "node seed.js"},
        "overrides": {"ms@1": "1.0.0", "ms": "2.0.0"},
        "workspaces": ["a", "b"]
      }

      """),
    FormatSample(
      "deno-json", "deno.json",
      """
      {
        "name": "@a/a",
        "version": "1.0.0",
        "license": "MIT",
        "imports": {"a": "npm:a@1", "b": "npm:b@1"},
        "tasks": {"build": "deno run -A build.ts"},
        "exports": {".": "./mod.ts"},
        "fmt": {"useTabs": false, "lineWidth": 100, "indentWidth": 2, "semiColons": true, "singleQuote": false, "proseWrap": "never", "newLineKind": "lf"}
      }

      """),
    FormatSample(
      "cargo-manifest", "Cargo.toml",
      """
      [package]
      name = "app"
      version = "1.0.0"
      description = "words"
      license = "MIT"
      homepage = "https://a.example"
      documentation = "https://a.example"
      repository = "https://git.example/a"
      authors = ["A"]
      keywords = ["a"]
      categories = ["a"]

      [package.metadata.cross.build]
      pre-build = ["true"]

      [project]
      description = "words"
      license = "MIT"
      homepage = "https://a.example"
      documentation = "https://a.example"
      repository = "https://git.example/a"
      authors = ["A"]
      keywords = ["a"]
      categories = ["a"]

      [workspace.package]
      description = "words"
      license = "MIT"
      homepage = "https://a.example"
      documentation = "https://a.example"
      repository = "https://git.example/a"
      authors = ["A"]
      keywords = ["a"]
      categories = ["a"]

      [dependencies]
      serde = { version = "1", features = ["derive"] }
      libc = "0.2"

      [patch.crates-io]
      serde = { path = "../serde" }

      """),
    FormatSample(
      "pyproject", "pyproject.toml",
      """
      [project]
      name = "app"
      version = "1.0.0"
      description = "words"
      license = "MIT"
      keywords = ["a"]
      authors = [{ name = "A", email = "a@a.example" }]
      maintainers = [{ name = "A", email = "a@a.example" }]
      dependencies = ["requests>=2"]

      [project.urls]
      Homepage = "h"
      homepage = "h"
      Repository = "r"
      repository = "r"
      Source = "s"
      source = "s"
      Documentation = "d"
      documentation = "d"
      Issues = "i"
      issues = "i"
      Changelog = "c"
      changelog = "c"
      "Bug Tracker" = "b"
      Funding = "f"

      [build-system]
      requires = ["hatchling"]
      build-backend = "hatchling.build"

      [tool.poetry]
      description = "words"
      license = "MIT"
      keywords = ["a"]
      authors = ["A"]
      maintainers = ["A"]
      homepage = "h"
      repository = "r"
      documentation = "d"

      [tool.poetry.dependencies]
      python = "^3.12"

      [tool.setuptools_scm]
      git_describe_command = "git describe"

      [tool.coverage.run]
      plugins = ["a"]

      [tool.ruff]
      line-length = 100
      indent-width = 4

      [tool.black]
      line-length = 100

      [tool.isort]
      line_length = 100

      """),
    FormatSample(
      "composer-manifest", "composer.json",
      """
      {
        "name": "acme/app",
        "description": "words",
        "homepage": "https://a.example",
        "license": ["MIT"],
        "keywords": ["a"],
        "readme": "README.md",
        "time": "2026-01-01",
        "authors": [{"name": "A", "email": "a@a.example", "homepage": "https://a.example", "role": "x"}],
        "support": {"issues": "i", "source": "s", "docs": "d", "forum": "f", "email": "e", "irc": "r", "wiki": "w", "chat": "c", "rss": "u", "security": "y"},
        "funding": [{"type": "x", "url": "https://people.example"}],
        "repositories": {"a": {"type": "composer", "url": "https://a.example"}, "b": {"type": "composer", "url": "https://b.example"}},
        "require": {"acme/a": "^1", "acme/b": "^1"},
        "autoload": {"psr-4": {"A": "src/"}, "files": ["a.php"]},
        "config": {"sort-packages": true, "process-timeout": 300, "vendor-dir": "vendor"}
      }

      """),
    FormatSample(
      "pubspec-yaml", "pubspec.yaml",
      """
      name: app
      version: 1.0.0
      description: words
      homepage: https://a.example
      repository: https://git.example/a
      issue_tracker: https://bugs.example
      documentation: https://a.example
      funding:
        - https://people.example
      topics:
        - net
      dependencies:
        a: ^1.0.0
        b: ^1.0.0

      """),
    FormatSample(
      "pubspec-overrides", "pubspec_overrides.yaml",
      "dependency_overrides:\n  a:\n    path: ../a\n  b: 1.0.0\n"),
    FormatSample(
      "chart-yaml", "Chart.yaml",
      """
      apiVersion: v2
      name: app
      version: 1.0.0
      appVersion: "1.0"
      description: words
      home: https://a.example
      icon: https://a.example/i.png
      keywords:
        - a
      maintainers:
        - name: A
          email: a@a.example
          url: https://a.example
      sources:
        - https://git.example/a
      annotations:
        images: x
      dependencies:
        - name: db
          version: ~12.1.0
          repository: https://charts.example/stable

      """),
    FormatSample(
      "pixi-manifest", "pixi.toml",
      """
      [workspace]
      name = "app"
      channels = ["conda-forge"]
      description = "words"
      license = "MIT"
      homepage = "h"
      repository = "r"
      documentation = "d"
      authors = ["A"]

      [project]
      description = "words"
      license = "MIT"
      homepage = "h"
      repository = "r"
      documentation = "d"
      authors = ["A"]

      [package]
      description = "words"
      license = "MIT"
      homepage = "h"
      repository = "r"
      documentation = "d"
      authors = ["A"]

      [workspace.s3-options.a]
      endpoint-url = "https://s3.example"

      [dependencies]
      python = "3.12"
      once = "*"

      """),
    FormatSample(
      "gleam-config", "gleam.toml",
      """
      name = "app"
      version = "1.0.0"
      description = "words"
      licences = ["MIT"]
      repository = { type = "github", user = "a", repo = "a" }

      [dependencies]
      a = ">= 1.0.0"

      """),
    FormatSample(
      "vcpkg-manifest", "vcpkg.json",
      """
      {
        "name": "app",
        "description": "words",
        "homepage": "https://a.example",
        "documentation": "https://a.example",
        "license": "MIT",
        "maintainers": "A",
        "summary": "words",
        "dependencies": ["a", {"name": "b"}]
      }

      """),
    FormatSample(
      "go-mod", "go.mod",
      "module m.example/a\n\ngo 1.24\n\nrequire (\n\tm.example/b v1.0.0\n\tm.example/c v1.0.0\n)\n\nreplace m.example/b => ../b\n"
    ),
    FormatSample(
      "pipfile", "Pipfile",
      "[[source]]\nname = \"a\"\nurl = \"https://index.example/simple\"\nverify_ssl = true\n\n[packages]\na = \"*\"\nb = {version = \"*\", index = \"a\"}\n\n[scripts]\nx = \"y\"\n"
    ),
    FormatSample(
      "gradle-version-catalog", "gradle/libs.versions.toml",
      "[versions]\na = \"1\"\n\n[libraries]\na = { module = \"g:a\", version.ref = \"a\" }\n\n[plugins]\nb = { id = \"x\", version = \"1\" }\n"
    ),
    FormatSample(
      "pnpm-workspace", "pnpm-workspace.yaml",
      "packages:\n  - a\n  - b\ncatalog:\n  a: ^1.0.0\nsharedWorkspaceLockfile: true\noverrides:\n  b: 2.0.0\n"
    ),
    FormatSample(
      "setup-cfg", "setup.cfg",
      """
      [metadata]
      name = app
      version = 1.0.0
      author = A
      author_email = a@a.example
      maintainer = A
      maintainer_email = a@a.example
      url = https://a.example
      license = MIT
      keywords = a
      description = words
      platforms = any

      [options]
      install_requires =
          a
          b

      """),
    FormatSample(
      "maven-pom", "pom.xml",
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>g</groupId>
        <artifactId>a</artifactId>
        <version>1.0</version>
        <description>words</description>
        <subprojects><subproject>a</subproject></subprojects>
        <properties><a>1</a><b>2</b></properties>
        <repositories><repository><id>a</id><url>https://a.example</url></repository></repositories>
        <dependencies><dependency><groupId>g</groupId><artifactId>b</artifactId></dependency></dependencies>
        <build><plugins><plugin><artifactId>p</artifactId></plugin></plugins></build>
      </project>

      """),
    FormatSample(
      "package-json", "package.json",
      """
      {
        "author": "A",
        "bugs": "https://bugs.example",
        "funding": "https://people.example",
        "repository": "github:a/a"
      }

      """),
    FormatSample(
      "package-json", "package.json",
      #"{"funding": {"type": "x", "url": "https://people.example"}, "type": "module"}"#),
    FormatSample("composer-manifest", "composer.json", #"{"license": "MIT", "type": "library"}"#),
    FormatSample(
      "pyproject", "pyproject.toml", "[project]\nname = \"a\"\nlicense = { text = \"MIT\" }\n"),
    FormatSample(
      "vcpkg-manifest", "vcpkg.json",
      #"{"name": "a", "description": ["a"], "maintainers": ["A"], "summary": ["a"]}"#),
    FormatSample("msbuild-project", "app.csproj", project),
    FormatSample("msbuild-packages", "Directory.Packages.props", project),
    FormatSample("msbuild-shared", "Directory.Build.props", project),
    FormatSample(
      "packages-config", "packages.config",
      "<packages>\n  <package id=\"A\" version=\"1.0\" targetFramework=\"net48\"/>\n</packages>\n"),
    FormatSample(
      "cartfile", "Cartfile", "github \"acme/a\" ~> 1.0\ngithub \"acme/b\" ~> 1.0\n"),
    FormatSample("manifest-code", "Gemfile", "source \"https://gems.example\"\ngem \"a\"\n"),
  ]

  private static let project = """
    <Project Sdk="Microsoft.NET.Sdk">
      <PropertyGroup>
        <TargetFramework>net9.0</TargetFramework>
        <Description>words</Description>
      </PropertyGroup>
      <Import Project="a.props"/>
      <ItemGroup>
        <PackageReference Include="A" Version="1.0"/>
      </ItemGroup>
      <Target Name="x"><Exec Command="true"/></Target>
    </Project>

    """
}
