import Documents
import TestSupport
import Testing

@Suite("Indented text")
struct IndentedTextSyntaxTests {
  @Test("sections are arrays; a name with a value is an object of its values")
  func nesting() throws {
    #expect(
      try tree(
        .indentedText,
        "A\n  remote: x\n  remote: y\n  specs:\n    a (1)\n      b\n    c (2)\n\nB\n   1.2\nA\n  z\n"
      )
        == #"{A: [{remote: {x: "", y: ""}, specs: {a (1): {b: ""}, c (2): ""}}, {z: ""}], B: [{1.2: ""}]}"#
    )
    #expect(
      try tree(.indentedText, "S: NONE\nN\n  remote: u\n    a (1) - r: >= 2\n      b (2)\n")
        == #"{S: ["NONE"], N: [{remote: {u: {a (1) - r: >= 2: {b (2): ""}}}}]}"#)
  }

  @Test("Paket's group is a section with a value")
  func groups() throws {
    #expect(
      try tree(.indentedText, "GROUP A\nX\n  y\nGROUP  B\n")
        == #"{GROUP: ["A", "B"], X: [{y: ""}]}"#)
  }

  @Test("the range of a value is its lines, with all that is nested in it")
  func ranges() throws {
    let text = "A\n  remote: u\n    a (1)\n      b\n    c\nB\n"
    let document = try Syntax.indentedText.read(Array(text.utf8), limits: ReadingLimits())
    func bytes(_ node: NodeID) -> String {
      String(decoding: Array(text.utf8)[document.range(node)], as: UTF8.self)
    }
    let section = try #require(document.child("A", of: .root))
    #expect(bytes(section) == "A\n  remote: u\n    a (1)\n      b\n    c")
    let first = try #require(document.children(section).first { _ in true })
    let remote = try #require(document.child("remote", of: first))
    #expect(bytes(remote) == "remote: u\n    a (1)\n      b\n    c")
  }

  @Test(
    "what could be read in two ways is refused",
    arguments: [
      ("A\n  b\n  b\n", Unread.Reason.duplicateKey), ("A\n  x: b\n  x: b\n", .duplicateKey),
      ("  a\n", .unexpected), ("A\n\tb\n", .unsupported), ("A\n=======\n", .conflictMarker),
      ("\u{feff}A\n", .byteOrderMark),
    ])
  func refused(text: String, reason: Unread.Reason) {
    #expect(refusal(.indentedText, text) == reason)
  }

  @Test("depth and the number of sections are limited")
  func limits() {
    let deep = (0..<200).map { String(repeating: " ", count: $0) + "a\n" }.joined()
    #expect(refusal(.indentedText, deep) == .tooDeep)
    #expect(refusal(.indentedText, (0..<100).map { "s\($0)\n" }.joined()) == .tooMany)
  }
}
