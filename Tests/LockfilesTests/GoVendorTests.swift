import Documents
import Lockfiles
import Testing

@Suite("vendor/modules.txt")
struct GoVendorTests {
  @Test("a replaced module has the name of what replaces it, and its own as alias")
  func entries() throws {
    let file = try ReadFile(
      "go-vendor-modules",
      """
      # mod.example/a v1.2.3
      ## explicit; go 1.20
      mod.example/a/sub
      # mod.example/b v1.0.0 => fork.example/b v1.0.1
      mod.example/b
      # mod.example/c v1.0.0 => ./local
      # mod.example/d => ../d
      """)
    #expect(
      file.entries == [
        "mod.example/a v1.2.3: mod.example/a v1.2.3 registry code:no",
        "mod.example/b v1.0.0: fork.example/b v1.0.1 registry as mod.example/b code:no",
        "mod.example/c v1.0.0: ./local  path ./local as mod.example/c code:no",
        "mod.example/d: ../d  path ../d as mod.example/d code:no",
      ])
  }

  @Test("a line that is no package of its module is refused")
  func packages() throws {
    #expect(try refusal(format: "go-vendor-modules", "# a v1\na\na/b\n") == nil)
    for line in ["ab", "b", "---", "x: 1", "[[["] {
      #expect(
        try refusal(format: "go-vendor-modules", "# a v1\n\(line)\n") == .unexpected, "\(line)")
    }
    #expect(try refusal(format: "go-vendor-modules", "a\n# a v1\n") == .unexpected)
  }

  @Test("one module in two places is refused")
  func twice() throws {
    #expect(
      try refusal(format: "go-vendor-modules", "# a v1 => b v1\n# a v1 => c v1\n")
        == .duplicateEntry)
    #expect(try refusal(format: "go-vendor-modules", "# a v1\na\n# a v1\na/b\n") == .duplicateEntry)
    #expect(try refusal(format: "go-vendor-modules", "# a v1 => \n") == nil)
    #expect(try refusal(format: "go-vendor-modules", "#  => b\n") == .wrongShape)
  }
}
