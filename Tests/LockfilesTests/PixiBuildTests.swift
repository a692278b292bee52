import Documents
import Lockfiles
import TestSupport
import Testing

@Suite("pixi.lock, version 7")
struct PixiBuildTests {
  @Test("what is built says where its sources come from")
  func sources() throws {
    let file = try ReadFile(
      "pixi-lock",
      """
      version: 7
      platforms:
        - name: linux-64
      packages:
        - conda_source: "a[87dc0b8a] @ a"
          version: 0.1.0
          subdir: noarch
          source:
            git: https://git.example/a.git
            rev: 0a1b
        - conda_source: "b[87dc0b8b] @ b"
          version: 0.2.0
          subdir: noarch
          source:
            url: https://files.example/b.tar.gz
            sha256: bb
        - pypi: https://index.example/c-1.0.0-py3-none-any.whl
          name: c
          version: 1.0.0
          index: https://index.example/simple
          sha256: cc
        - conda: https://conda.example/linux-64/d-1.0-h1_0.conda
          timestamp: 1
      """)
    #expect(
      file.entries == [
        "conda_source a[87dc0b8a] @ a a noarch: a 0.1.0 git https://git.example/a.git #0a1b code:yes",
        #"conda_source b[87dc0b8b] @ b b noarch: b 0.2.0 url https://files.example/b.tar.gz ["sha256:bb"] code:yes"#,
        #"pypi https://index.example/c-1.0.0-py3-none-any.whl: c 1.0.0 registry https://index.example/c-1.0.0-py3-none-any.whl ["sha256:cc"]"#,
        "conda https://conda.example/linux-64/d-1.0-h1_0.conda: d 1.0 registry https://conda.example/linux-64/d-1.0-h1_0.conda",
      ])
    // What version 6 called it says nothing in version 7, and the other way round.
    let other = try ReadFile(
      "pixi-lock",
      "version: 6\npackages:\n- conda: b\n  name: b\n  package_build_source: {git: https://git.example/b, rev: 0c}\n"
    )
    #expect(other.entries == ["conda b: b  git https://git.example/b #0c code:yes"])
    for source in ["{}", "{git: a, url: b}", "{git: https://git.example/a}"] {
      #expect(
        try refusal(
          format: "pixi-lock",
          "version: 7\npackages:\n- conda_source: \"a[1] @ a\"\n  source: \(source)\n"
        )
          != nil)
    }
  }
}
