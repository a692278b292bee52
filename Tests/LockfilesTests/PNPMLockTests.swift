import DependencyChecks
import Documents
import Lockfiles
import Testing

@Suite("pnpm-lock.yaml")
struct PNPMLockTests {
  @Test("version 9.0: packages, with what importers and snapshots say of them")
  func nine() throws {
    let file = try ReadFile(
      "pnpm-lock",
      """
      lockfileVersion: '9.0'

      importers:

        .:
          dependencies:
            '@x/a':
              specifier: ^1.0.0
              version: 1.2.0(b@2.0.0)
            other:
              specifier: npm:b@^2
              version: b@2.0.0
          devDependencies:
            tool:
              specifier: git+https://git.example/tool.git
              version: git+https://git.example/tool.git#0123456789abcdef0123456789abcdef01234567

        packages/web:
          dependencies:
            app:
              specifier: workspace:*
              version: link:../app

      packages:

        '@x/a@1.2.0':
          resolution: {integrity: sha512-AAAA==}
          engines: {node: '>=10'}

        b@2.0.0:
          resolution: {integrity: sha512-BBBB==, tarball: https://mirror.example/b/-/b-2.0.0.tgz}
          hasBin: true

        c@3.0.0:
          resolution: {integrity: sha512-CCCC==}
          os: [darwin]

        tool@git+https://git.example/tool.git#0123456789abcdef0123456789abcdef01234567:
          resolution: {commit: 0123456789abcdef0123456789abcdef01234567, repo: https://git.example/tool.git, type: git, integrity: sha512-DDDD==}
          version: 0.1.0

        local@file:vendor/local:
          resolution: {directory: vendor/local, type: directory}

        node@runtime:24.0.0:
          resolution:
            type: variations
            variants:
              - resolution:
                  archive: tarball
                  integrity: sha256-EEEE=
                  type: binary
                  url: https://node.example/node-linux.tar.gz
                targets:
                  - cpu: x64
                    os: linux
              - resolution:
                  archive: zip
                  integrity: sha256-FFFF=
                  type: binary
                  url: https://node.example/node-win.zip
          version: 24.0.0

      snapshots:

        '@x/a@1.2.0(b@2.0.0)':
          dependencies:
            b: 2.0.0

        b@2.0.0: {}

        c@3.0.0:
          optional: true
      """)
    let tool = "0123456789abcdef0123456789abcdef01234567"
    #expect(
      file.entries == [
        "@x/a@1.2.0: @x/a 1.2.0 registry [\"sha512-AAAA==\"] direct",
        "b@2.0.0: b 2.0.0 registry https://mirror.example/b/-/b-2.0.0.tgz [\"sha512-BBBB==\"] as other direct",
        "c@3.0.0: c 3.0.0 registry [\"sha512-CCCC==\"] optional",
        "tool@git+https://git.example/tool.git#\(tool): tool 0.1.0 git "
          + "https://git.example/tool.git #\(tool) development direct",
        "local@file:vendor/local: local file:vendor/local path vendor/local",
        "node@runtime:24.0.0 https://node.example/node-linux.tar.gz: node 24.0.0 url "
          + "https://node.example/node-linux.tar.gz [\"sha256-EEEE=\"]",
        "node@runtime:24.0.0 https://node.example/node-win.zip: node 24.0.0 url "
          + "https://node.example/node-win.zip [\"sha256-FFFF=\"]",
      ])
    #expect(
      file.requirements == [
        "@x/a ^1.0.0", "other npm:b@^2", "tool git+https://git.example/tool.git development",
        "app workspace:* in packages/web",
      ])
  }

  @Test("versions 5 and 6 name packages by their paths, and say what builds")
  func fiveAndSix() throws {
    let five = try ReadFile(
      "pnpm-lock",
      """
      lockfileVersion: 5.4
      specifiers:
        '@x/a': ^1.0.0
        b: ^2.0.0
      dependencies:
        '@x/a': 1.2.0_b@2.0.0
      devDependencies:
        b: 2.0.0
      packages:
        /@x/a/1.2.0_b@2.0.0:
          resolution: {integrity: sha512-AAAA==}
          requiresBuild: true
          dev: false
        /b/2.0.0:
          resolution: {integrity: sha512-BBBB==}
          dev: true
        registry.example/c/3.0.0:
          resolution: {integrity: sha512-CCCC==}
          optional: true
        git.example/team/d/0123456:
          resolution: {tarball: https://git.example/d.tar.gz}
          name: d
          version: 0.4.0
      """)
    #expect(
      five.entries == [
        "/@x/a/1.2.0_b@2.0.0: @x/a 1.2.0 registry [\"sha512-AAAA==\"] code:yes direct",
        "/b/2.0.0: b 2.0.0 registry [\"sha512-BBBB==\"] development code:no direct",
        "registry.example/c/3.0.0: c 3.0.0 registry registry.example [\"sha512-CCCC==\"] "
          + "optional code:no",
        "git.example/team/d/0123456: d 0.4.0 url https://git.example/d.tar.gz code:no",
      ])
    #expect(five.requirements == ["@x/a ^1.0.0", "b ^2.0.0 development"])
    let six = try ReadFile(
      "pnpm-lock",
      """
      lockfileVersion: '6.0'
      dependencies:
        '@x/a':
          specifier: ^1.0.0
          version: 1.2.0(b@2.0.0)
      packages:
        /@x/a@1.2.0(b@2.0.0):
          resolution: {integrity: sha512-AAAA==}
        /b@2.0.0:
          resolution: {integrity: sha512-BBBB==}
      """)
    #expect(
      six.entries == [
        "/@x/a@1.2.0(b@2.0.0): @x/a 1.2.0 registry [\"sha512-AAAA==\"] code:no direct",
        "/b@2.0.0: b 2.0.0 registry [\"sha512-BBBB==\"] code:no",
      ])
  }

  @Test("the lock of pnpm itself, a document before the project's, is read as well")
  func documents() throws {
    let file = try ReadFile(
      "pnpm-lock",
      """
      ---
      lockfileVersion: '9.0'
      importers:
        .:
          packageManagerDependencies:
            pnpm:
              specifier: 11.0.0
              version: 11.0.0
      packages:
        pnpm@11.0.0:
          resolution: {integrity: sha512-AAAA==}
      ---
      lockfileVersion: '9.0'
      packages:
        pnpm@11.0.0:
          resolution: {integrity: sha512-BBBB==}
      """)
    #expect(
      file.entries == [
        "pnpm@11.0.0 (document 1): pnpm 11.0.0 registry [\"sha512-AAAA==\"] build direct",
        "pnpm@11.0.0: pnpm 11.0.0 registry [\"sha512-BBBB==\"]",
      ])
  }

  @Test(
    "what pnpm may read otherwise is not read",
    arguments: [
      ("lockfileVersion: '7.0'\n", Unread.Reason.unknownVersion),
      ("lockfileVersion: '9.0'\npackages:\n  a@1: {}\n", .wrongShape),
      ("packages: {}\n", .wrongShape), ("", .wrongShape),
      ("lockfileVersion: '9.0'\npackages:\n  a:\n    resolution: {integrity: x}\n", .wrongShape),
      (
        "lockfileVersion: '9.0'\npackages:\n  a@1:\n    resolution: {integrity: x}\n"
          + "  'a@1':\n    resolution: {integrity: y}\n", .duplicateKey
      ),
      (
        "lockfileVersion: '9.0'\npackages:\n  a@1: &x\n    resolution: {integrity: x}\n  b@1: *x\n",
        .unsupported
      ),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    #expect(try refusal(format: "pnpm-lock", text) == reason)
  }
}
