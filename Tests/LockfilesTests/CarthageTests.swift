import Documents
import Lockfiles
import Testing

@Suite("Cartfile and Cartfile.resolved")
struct CarthageTests {
  @Test("a resolved line is an entry, another one a requirement")
  func entries() throws {
    let file = try ReadFile(
      "cartfile-resolved",
      "github \"acme/tool\" \"v1.2\"\ngit \"https://git.example/x.git\" \"0123\"\nbinary \"https://files.example/y.json\" \"2.0\"\n"
    )
    #expect(
      file.entries == [
        "tool: tool v1.2 git acme/tool #v1.2",
        "x: x 0123 git https://git.example/x.git #0123",
        "y: y 2.0 url https://files.example/y.json",
      ])
    #expect(
      try ReadFile("cartfile", "github \"acme/tool\" ~> 1.0 # c\ngit \"u\"\n").requirements
        == ["acme/tool ~> 1.0 # c", "u "])
    #expect(try refusal(format: "cartfile-resolved", "github acme/tool \"1\"\n") == .wrongShape)
    #expect(try refusal(format: "cartfile-resolved", "github \"acme/tool\"\n") == .wrongShape)
    #expect(try refusal(format: "cartfile-resolved", "svn \"a\" \"1\"\n") == .unsupported)
  }
}
