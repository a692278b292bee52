import Lockfiles

/// The same kinds in other formats and other places.
extension JudgedChangesTests {
  static let siblings = [
    json("package.json", #""lint-staged": {"*.js": "sh x"}"#, .runsCode),
    json("package.json", #""bin": {"a": "x.js"}"#, .selectsCode),
    json("package.json", #""browserslist": ["extends ./x"]"#, .runsCode),
    json("package.json", #""publishConfig": {"registry": "https://evil.example"}"#, .origin),
    json("package.json", #""version": "9.9.9""#, .dependency),
    json("package.json", #""engines": {"node": "0.1"}"#, .dependency),
    json("deno.json", #""lint": {"plugins": ["./x.ts"]}"#, .runsCode),
    json("deno.json", #""unstable": ["x"]"#, .unknown),
    json("composer.json", #""extra": {"laravel": {"providers": ["X"]}}"#, .unknown),
    json("composer.json", #""config": {"vendor-dir": "x"}"#, .origin),
    json("composer.json", #""scripts-aliases": {"a": ["b"]}"#, .runsCode),
    json("vcpkg.json", #""overrides": [{"name": "a"}]"#, .dependency),
    json(".vscode/settings.json", #""editor.formatOnSave": true"#, .runsCode),
    toml("pyproject.toml", "[tool.hatch.build.hooks.custom]\npath = \"x.py\"\n", .runsCode),
    toml("pyproject.toml", "[tool.pytest.ini_options]\naddopts = \"-p x\"\n", .runsCode),
    toml("pyproject.toml", "[tool.mypy]\nplugins = [\"./x.py\"]\n", .runsCode),
    toml("pyproject.toml", "[tool.semantic_release]\nbuild_command = \"sh x\"\n", .runsCode),
    toml("pyproject.toml", "[tool.ruff]\nextend = \"../x.toml\"\n", .visibility),
    toml("pyproject.toml", "[project]\nversion = \"9.9.9\"\n", .dependency),
    toml("pyproject.toml", "[project]\nclassifiers = []\n", .visibility),
    toml("Cargo.toml", "[package.metadata.deb]\nmaintainer-scripts = \"x\"\n", .unknown),
    toml("Cargo.toml", "[lib]\npath = \"x.rs\"\n", .runsCode),
    toml("Cargo.toml", "[package]\nrust-version = \"1.0\"\n", .dependency),
    toml("Cargo.toml", "[package]\npublish = true\n", .origin),
    toml("gradle.properties", "org.gradle.caching=true\n", .dependency),
    toml(".npmrc", "cache=./cache\n", .origin),
    toml(".yarnrc.yml", "cacheFolder: ./cache\n", .origin),
    toml("setup.cfg", "[aliases]\ntest = x\n", .unknown),
    toml("poetry.toml", "[virtualenvs]\ncreate = false\n", .selectsCode),
    toml("pixi.toml", "[activation]\nscripts = [\"x.sh\"]\n", .runsCode),
    toml(".github/workflows/ci.yml", "jobs:\n  a:\n    name: required\n", .visibility),
    toml("lefthook.yml", "output: false\n", .visibility),

    // References: lists of merges, flow style, a later anchor of the same name, a tag.
    Change(
      ".github/workflows/ci.yml",
      "jobs:\n  a:\n    steps:\n      - &s {name: a, run: x}\n      - <<: [*s]\n        run: y\n",
      "jobs:\n  a:\n    steps:\n      - &s {name: b, run: x}\n      - <<: [*s]\n        run: y\n",
      .runsCode),
    Change(
      "action.yml", "inputs:\n  a:\n    description: &d words\n    default: *d\n",
      "inputs:\n  a:\n    description: &d sh x\n    default: *d\n", .runsCode),
    Change(
      "action.yml", "name: &n words\ndescription: &n other\nruns:\n  main: *n\n",
      "name: &n evil\ndescription: &n other\nruns:\n  main: *n\n", .runsCode),
    Change("action.yml", "name: words\n", "name: !x words\n", .runsCode),
    Change(
      ".gitlab-ci.yml", ".a: &a\n  image: a:1\ntest:\n  <<: *a\n  script: [x]\n",
      ".a: &a\n  image: evil:1\ntest:\n  <<: *a\n  script: [x]\n", .dependency),
    Change(
      "Cargo.toml", "[dependencies]\na = { version = \"1\" }\n", "[dependencies]\na = \"1\"\n",
      .dependency),
    Change(
      "composer.json", "{\"description\": \"a\"}\n", "{\"description\": [\"a\"]}\n", .unknown),

    // Order.
    Change(
      "Pipfile", "[[source]]\nname = \"a\"\n\n[[source]]\nname = \"b\"\n",
      "[[source]]\nname = \"b\"\n\n[[source]]\nname = \"a\"\n", .origin),
    Change(
      "pyproject.toml", "[[tool.uv.index]]\nurl = \"a\"\n\n[[tool.uv.index]]\nurl = \"b\"\n",
      "[[tool.uv.index]]\nurl = \"b\"\n\n[[tool.uv.index]]\nurl = \"a\"\n", .origin),
    Change(
      "pip.conf", "[global]\nextra-index-url =\n    a\n    b\n",
      "[global]\nextra-index-url =\n    b\n    a\n", .origin),
    Change(
      "pom.xml",
      "<project><repositories>\n<repository><id>a</id></repository>\n<repository><id>b</id></repository>\n</repositories></project>\n",
      "<project><repositories>\n<repository><id>b</id></repository>\n<repository><id>a</id></repository>\n</repositories></project>\n",
      .origin),
    Change(
      ".terraformrc",
      "provider_installation {\n  direct {\n  }\n  filesystem_mirror {\n    path = \"a\"\n  }\n}\n",
      "provider_installation {\n  filesystem_mirror {\n    path = \"a\"\n  }\n  direct {\n  }\n}\n",
      .origin),
    Change(
      "compose.yml", "services:\n  a:\n    command: x\n    entrypoint: y\n",
      "services:\n  a:\n    entrypoint: y\n    command: x\n", .runsCode),
    Change(
      "build.xml", "<project>\n<target name=\"a\"/>\n<import file=\"b\"/>\n</project>\n",
      "<project>\n<import file=\"b\"/>\n<target name=\"a\"/>\n</project>\n", .runsCode),

    // Keys inside an entry, and in what stands in it.
    Change(
      "Cargo.lock", "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n",
      "[[package]]\nname = \"a\"\nversion = \"1.0.1\"\nbuild = \"sh x\"\n", .unknown),
    Change(
      "uv.lock", uv("hash = \"sha256:aa\""), uv("hash = \"sha256:aa\", run = \"sh x\""), .unknown),
    Change(
      "package-lock.json",
      "{\n\"lockfileVersion\": 1,\n\"dependencies\": {\n\"a\": {\n\"version\": \"1.0.0\"\n}\n}\n}\n",
      "{\n\"lockfileVersion\": 1,\n\"dependencies\": {\n\"a\": {\n\"version\": \"1.0.1\",\n\"scripts\": {}\n}\n}\n}\n",
      .unknown),
    Change(
      "Podfile.lock", "PODS:\n  - A (1.0)\nSPEC CHECKSUMS:\n  A: aa\n",
      "PODS:\n  - A (1.0)\nSPEC CHECKSUMS:\n  A: aa\nHOOKS:\n  A: sh x\n", .unknown),

    // The rest of a line.
    Change(
      "versions.lock", "g:a:1.0 (2 constraints: aa)\n", "g:a:1.0 (9 constraints: bb)\n", .dependency
    ),
    Change(
      "Cartfile.resolved", "github \"a/a\" \"1.0\"\n", "github \"a/a\" \"1.0\" x\n", .dependency),
    Change(
      "stack.yaml.lock",
      "packages:\n- completed:\n    hackage: a-1.0@sha256:aa,100\n  original:\n    hackage: a-1.0\nsnapshots: []\n",
      "packages:\n- completed:\n    hackage: a-1.0@sha256:aa,999\n  original:\n    hackage: a-1.0\nsnapshots: []\n",
      nil),
  ]

  private static func uv(_ file: String) -> String {
    "version = 1\n\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { registry = \"https://i.example\" }\nwheels = [\n  { url = \"https://f.example/a-1-py3-none-any.whl\", \(file) },\n]\n"
  }
}
