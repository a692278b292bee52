import Documents
import Lockfiles
import Testing

@Suite("paket.lock")
struct PaketLockTests {
  @Test("packages have their server, and their group in the locator")
  func entries() throws {
    let file = try ReadFile(
      "paket-lock",
      """
      RESTRICTION: == net8.0
      NUGET
        remote: https://nuget.example/v3/index.json
          Core (4.5.0)
            Dep (>= 1.0) - restriction: >= net45
          Dep (1.2.0) - restriction: >= net45
        remote: https://other.example/v3
          Private (0.1)
      GITHUB
        remote: acme/tool
          src/file.fs (0123456789)
            Dep
          FULLPROJECT (abcdef)
      GROUP Build
      NUGET
        remote: https://nuget.example/v3/index.json
        specs:
          Core (4.4.0)
      """)
    #expect(
      file.entries == [
        "Core: Core 4.5.0 registry https://nuget.example/v3/index.json",
        "Dep: Dep 1.2.0 registry https://nuget.example/v3/index.json",
        "Private: Private 0.1 registry https://other.example/v3",
        "Build Core: Core 4.4.0 registry https://nuget.example/v3/index.json",
        "acme/tool src/file.fs: src/file.fs  git acme/tool #0123456789",
        "acme/tool FULLPROJECT: FULLPROJECT  git acme/tool #abcdef",
      ])
    #expect(
      try refusal(format: "paket-lock", "NUGET\n  remote: a\n    X (1)\n  remote: b\n    X (1)\n")
        == .duplicateEntry)
    #expect(try refusal(format: "paket-lock", "NUGET\n  remote: a\n    X\n") == .wrongShape)
  }
}
