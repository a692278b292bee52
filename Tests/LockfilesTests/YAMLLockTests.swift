import Documents
import Lockfiles
import Testing

@Suite("Locks in YAML")
struct YAMLLockTests {
  @Test("pixi.lock names packages by what they are made of")
  func pixi() throws {
    let five = try ReadFile(
      "pixi-lock",
      """
      version: 5
      environments:
        default:
          channels:
          - url: https://conda.example/forge/
          packages:
            linux-64:
            - conda: https://conda.example/forge/linux-64/zlib-1.3-h1_0.conda
      packages:
      - kind: conda
        name: zlib
        version: '1.3'
        build: h1_0
        url: https://conda.example/forge/linux-64/zlib-1.3-h1_0.conda
        sha256: '0123'
        md5: '4567'
      - kind: pypi
        name: app
        version: 0.1.0
        path: .
        sha256: 89ab
        editable: true
      """)
    #expect(
      five.entries == [
        "conda https://conda.example/forge/linux-64/zlib-1.3-h1_0.conda: zlib 1.3 registry "
          + "https://conda.example/forge/linux-64/zlib-1.3-h1_0.conda "
          + "[\"sha256:0123\", \"md5:4567\"]",
        "pypi .: app 0.1.0 path . [\"sha256:89ab\"]",
      ])
    let seven = try ReadFile(
      "pixi-lock",
      """
      version: 7
      packages:
      - conda: https://conda.example/forge/noarch/ca-certificates-2026.1-hb_0.conda
        sha256: '0123'
      - conda_source: tool[1a2b] @ git+https://git.example/tool.git#0123456789
      - conda: src/own
        name: own
        version: 0.0.0
        subdir: linux-64
      - pypi: git+https://git.example/lib.git#89abcdef
        name: lib
        version: 2.0.0
      """)
    #expect(
      seven.entries == [
        "conda https://conda.example/forge/noarch/ca-certificates-2026.1-hb_0.conda: "
          + "ca-certificates 2026.1 registry "
          + "https://conda.example/forge/noarch/ca-certificates-2026.1-hb_0.conda "
          + "[\"sha256:0123\"]",
        "conda_source tool[1a2b] @ git+https://git.example/tool.git#0123456789: tool  git "
          + "git+https://git.example/tool.git#0123456789 #0123456789 code:yes",
        "conda src/own own linux-64: own 0.0.0 path src/own",
        "pypi git+https://git.example/lib.git#89abcdef: lib 2.0.0 git "
          + "git+https://git.example/lib.git#89abcdef #89abcdef code:yes",
      ])
    #expect(try refusal(format: "pixi-lock", "version: 8\npackages: []\n") == .unknownVersion)
    #expect(try refusal(format: "pixi-lock", "version: 6\npackages:\n- x: y\n") == .wrongShape)
  }

  @Test("conda-lock.yml lists a package for every platform and category")
  func conda() throws {
    let file = try ReadFile(
      "conda-lock",
      """
      version: 1
      metadata:
        channels:
        - url: conda-forge
      package:
      - name: zlib
        version: '1.3'
        manager: conda
        platform: linux-64
        url: https://conda.example/forge/linux-64/zlib-1.3-h1_0.conda
        hash:
          md5: '0123'
          sha256: '4567'
        category: main
        optional: false
      - name: lib
        version: 2.0.0
        manager: pip
        platform: linux-64
        url: git+https://git.example/lib.git@89abcdef
        hash:
          sha256: ''
        category: dev
      """)
    #expect(
      file.entries == [
        "conda zlib linux-64 main: zlib 1.3 registry "
          + "https://conda.example/forge/linux-64/zlib-1.3-h1_0.conda "
          + "[\"md5:0123\", \"sha256:4567\"]",
        "pip lib linux-64 dev: lib 2.0.0 git git+https://git.example/lib.git@89abcdef "
          + "#89abcdef development",
      ])
    #expect(try refusal(format: "conda-lock", "version: 2\n") == .unknownVersion)
  }

  @Test("pubspec.lock has hosted, git, path and SDK packages")
  func pubspec() throws {
    let file = try ReadFile(
      "pubspec-lock",
      """
      packages:
        async:
          dependency: "direct main"
          description:
            name: async
            sha256: "0123"
            url: "https://pub.example"
          source: hosted
          version: "2.11.0"
        tool:
          dependency: "direct dev"
          description:
            path: "."
            ref: main
            resolved-ref: "0123456789abcdef"
            url: "https://git.example/tool.git"
          source: git
          version: "0.1.0"
        own:
          dependency: transitive
          description:
            path: "../own"
            relative: true
          source: path
          version: "0.0.1"
        flutter:
          dependency: "direct main"
          description: flutter
          source: sdk
          version: "0.0.0"
      sdks:
        dart: ">=3.0.0 <4.0.0"
      """)
    #expect(
      file.entries == [
        "async: async 2.11.0 registry https://pub.example [\"sha256:0123\"] code:no direct",
        "tool: tool 0.1.0 git https://git.example/tool.git #0123456789abcdef development "
          + "code:no direct",
        "own: own 0.0.1 path ../own code:no",
        "flutter: flutter 0.0.0 unknown flutter code:no direct",
      ])
    #expect(try refusal(format: "pubspec-lock", "sdks: {}\n") == .wrongShape)
  }

  @Test("Podfile.lock gathers what its sections say of one name")
  func podfile() throws {
    let file = try ReadFile(
      "podfile-lock",
      """
      PODS:
        - Net (3.0):
          - Net/Core (= 3.0)
        - Net/Core (3.0)
        - Own (0.1.0)
        - Tool (1.2.0)

      DEPENDENCIES:
        - Net (~> 3.0)
        - Own (from `../Own`)
        - Tool (from `https://git.example/tool.git`, tag `1.2.0`)

      SPEC REPOS:
        https://specs.example/specs.git:
          - Net

      EXTERNAL SOURCES:
        Own:
          :path: "../Own"
        Tool:
          :git: https://git.example/tool.git
          :tag: 1.2.0

      CHECKOUT OPTIONS:
        Tool:
          :commit: 0123456789abcdef
          :git: https://git.example/tool.git

      SPEC CHECKSUMS:
        Net: aaaa
        Own: bbbb

      PODFILE CHECKSUM: cccc

      COCOAPODS: 1.15.2
      """)
    #expect(
      file.entries == [
        "Net: Net 3.0 registry https://specs.example/specs.git [\"sha1:aaaa\"] direct",
        "Net/Core: Net/Core 3.0 registry https://specs.example/specs.git [\"sha1:aaaa\"]",
        "Own: Own 0.1.0 path ../Own [\"sha1:bbbb\"] direct",
        "Tool: Tool 1.2.0 git https://git.example/tool.git #0123456789abcdef direct",
      ])
    #expect(
      file.requirements == [
        "Net ~> 3.0", "Own from `../Own`",
        "Tool from `https://git.example/tool.git`, tag `1.2.0`",
      ])
    #expect(try refusal(format: "podfile-lock", "PODS:\n  - Net\n") == .wrongShape)
  }

  @Test("stack.yaml.lock pins packages, commits and snapshots")
  func stack() throws {
    let file = try ReadFile(
      "stack-lock",
      """
      packages:
      - completed:
          hackage: acme-box-0.1.0@sha256:0123,640
          pantry-tree:
            sha256: '4567'
            size: 220
        original:
          hackage: acme-box-0.1.0
      - completed:
          git: https://git.example/lib.git
          commit: 89abcdef
          name: lib
          version: 2.0.0
        original:
          git: https://git.example/lib.git
          commit: 89abcdef
      snapshots:
      - completed:
          sha256: cdef
          size: 1000
          url: https://snapshots.example/lts/24/1.yaml
        original: lts-24.1
      """)
    #expect(
      file.entries == [
        "acme-box@0.1.0   : acme-box 0.1.0 registry [\"sha256:0123\", \"tree-sha256:4567\"] direct",
        "lib@2.0.0 https://git.example/lib.git 89abcdef : lib 2.0.0 git "
          + "https://git.example/lib.git #89abcdef direct",
        "https://snapshots.example/lts/24/1.yaml@ https://snapshots.example/lts/24/1.yaml  : "
          + "https://snapshots.example/lts/24/1.yaml  url https://snapshots.example/lts/24/1.yaml "
          + "[\"sha256:cdef\"] direct",
      ])
  }

  @Test("Chart.lock may have one chart twice, and no digest of any")
  func helm() throws {
    let file = try ReadFile(
      "helm-lock",
      """
      dependencies:
      - name: db
        repository: https://charts.example/stable
        version: 12.1.0
      - name: db
        repository: https://charts.example/stable
        version: 12.1.0
      - name: own
        repository: ""
        version: 0.1.0
      digest: sha256:0123
      generated: "2026-01-02T03:04:05Z"
      """)
    #expect(
      file.entries == [
        "db https://charts.example/stable: db 12.1.0 registry https://charts.example/stable "
          + "code:no direct",
        "db https://charts.example/stable@12.1.0 #1: db 12.1.0 registry "
          + "https://charts.example/stable code:no direct",
        "own : own 0.1.0 path code:no direct",
      ])
  }
}
