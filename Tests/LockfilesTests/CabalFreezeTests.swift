import Documents
import Lockfiles
import TestSupport
import Testing

@Suite("cabal.project.freeze")
struct CabalFreezeTests {
  @Test("a constraint on a version is an entry, one on flags is not")
  func entries() throws {
    let text = """
      active-repositories: hackage.example:merge
      constraints: any.text ==2.0.2,
                   -- a comment
                   any.base ==4.18,
                   text +simdutf -developer
      Index-State: hackage.example 2024-01-01T00:00:00Z
      """
    let file = try ReadFile("cabal-freeze", text)
    #expect(file.entries == ["text: text 2.0.2 registry", "base: base 4.18 registry"])
    #expect(
      try tree(.cabal, text)
        == #"{active-repositories: ["hackage.example:merge"], constraints: ["any.text ==2.0.2", "any.base ==4.18", "text +simdutf -developer"], index-state: ["hackage.example 2024-01-01T00:00:00Z"]}"#
    )
    #expect(refusal(.cabal, "a: 1\nA: 2\n") == .duplicateKey)
    #expect(refusal(.cabal, "package foo\n  flags: x\n") == .unsupported)
    #expect(refusal(.cabal, "  a\n") == .unexpected)
    #expect(
      try refusal(format: "cabal-freeze", "constraints: a ==1,\n  any.a ==2\n") == .duplicateEntry)
  }
}
