import Documents
import Lockfiles
import Testing

@Suite("go.sum")
struct GoSumTests {
  @Test("a module and its go.mod are two entries")
  func entries() throws {
    let file = try ReadFile(
      "go-sum",
      "mod.example/a v1.2.3 h1:AAAA=\nmod.example/a v1.2.3/go.mod h1:BBBB=\n")
    #expect(
      file.entries == [
        #"mod.example/a v1.2.3: mod.example/a v1.2.3 registry ["h1:AAAA="] code:no"#,
        #"mod.example/a v1.2.3/go.mod: mod.example/a v1.2.3 registry ["h1:BBBB="] code:no"#,
      ])
  }

  @Test(
    "a second digest for a module, or a second spelling of it, is refused",
    arguments: [
      ("m v1 h1:A\nm v1 h1:B\n", Unread.Reason.duplicateEntry), ("m  v1 h1:A\n", .wrongShape),
      ("m v1\th1:A\n", .wrongShape), ("m v1 h1:A h1:B\n", .wrongShape), ("m v1 A\n", .wrongShape),
      ("m v1\n", .wrongShape),
    ])
  func refused(text: String, reason: Unread.Reason) throws {
    #expect(try refusal(format: "go-sum", text) == reason)
  }
}
