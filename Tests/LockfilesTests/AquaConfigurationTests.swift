import Documents
import Lockfiles
import TestSupport
import Testing

@Suite("aqua")
struct AquaConfigurationTests {
  @Test("a digest is one of a file of a release, whatever its letters' case")
  func checksums() throws {
    let file = try ReadFile(
      "aqua-checksums",
      """
      {"checksums": [
        {"id": "github_release/github.com/cli/cli/v2.2.0/gh_2.2.0_linux.tar.gz", "checksum": "AB", "algorithm": "sha256"},
        {"id": "registries/github_content/github.com/acme/registry/v3.0.0/registry.yaml", "checksum": "cd", "algorithm": "sha512"},
        {"id": "http/files.example/a.zip", "checksum": "ef", "algorithm": "sha1"}
      ]}
      """)
    #expect(
      file.entries == [
        #"github_release/github.com/cli/cli/v2.2.0/gh_2.2.0_linux.tar.gz: github.com/cli/cli/gh__linux.tar.gz v2.2.0 registry https://github.com/cli/cli ["sha256:ab"] direct"#,
        #"registries/github_content/github.com/acme/registry/v3.0.0/registry.yaml: github.com/acme/registry/registry.yaml v3.0.0 registry https://github.com/acme/registry ["sha512:cd"] direct"#,
        #"http/files.example/a.zip: http/files.example/a.zip  registry ["sha1:ef"] direct"#,
      ])
  }

  @Test("packages are asked for with their versions, in the name or beside it")
  func manifest() throws {
    let file = try ReadFile(
      "aqua-manifest",
      """
      registries:
        - type: standard
          ref: v4.0.0
      packages:
        - name: cli/cli@v2.2.0
        - name: acme/x
          version: v1
        - import: aqua/*.yaml
      """)
    #expect(file.requirements == ["cli/cli v2.2.0 build", "acme/x v1 build"])
  }
}
