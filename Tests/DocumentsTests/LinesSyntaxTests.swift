import Documents
import TestSupport
import Testing

@Suite("Syntaxes of lines")
struct LinesSyntaxTests {
  @Test("blank lines and comment lines say nothing; a # behind words is part of them")
  func lines() throws {
    #expect(try tree(.lines, "# head\n\n  a=b # c\r\nd\t\n") == #"["a=b # c", "d"]"#)
    #expect(try tree(.plainLines, "# a v1\n\nb") == ##"["# a v1", "b"]"##)
    #expect(try tree(.lines, "") == "[]")
  }

  @Test("pip's continuations are joined before comments are taken away")
  func requirements() throws {
    #expect(
      try tree(
        .requirements,
        "a==1 \\\n    --hash=sha256:00 # one\nb#c # d\n# e \\\nf\ng \\\n# h\ni \\\n")
        == #"{requirement: ["a==1     --hash=sha256:00", "b#c", "f", "g", "i"]}"#)
    #expect(
      try tree(
        .requirements,
        "-i https://a.example\na\n--extra-index-url=https://b.example\n--pre\n-rb.txt\n--index-url  c\n"
      )
        == #"{--index-url: ["https://a.example", "c"], requirement: ["a"], --extra-index-url: ["https://b.example"], --pre: [""], --requirement: ["b.txt"]}"#
    )
    #expect(refusal(.requirements, "-x y\n") == .unsupported)
    #expect(refusal(.requirements, "# -*- coding: utf-7 -*-\na\n") == .unsupported)
    #expect(refusal(.requirements, "# -*- coding: utf-8 -*-\na\n") == nil)
  }

  @Test("in a text that is not understood every line counts as it stands")
  func text() throws {
    #expect(try tree(.text, "a:\n\tb \n\n=======\n") == "[\"a:\", \"\tb \", \"\", \"=======\"]")
    #expect(refusal(.text, "<<<<<<< HEAD\n") == .conflictMarker)
    #expect(refusal(.text, "a\u{0}b\n") == .controlCharacter)
    #expect(refusal(.lines, "=======\n") == .conflictMarker)
  }

  @Test("a name may not begin two lines of a file that names things")
  func words() throws {
    #expect(
      try tree(.wordLines, "# v\nnode  20.1.0 18\nyarn\n") == #"{node: "20.1.0 18", yarn: ""}"#)
    #expect(refusal(.wordLines, "node 20\nnode 18\n") == .duplicateKey)
  }

  @Test("a line longer than the limit is refused, joined or not")
  func longLines() throws {
    var limits = ReadingLimits()
    limits.line = 16
    func reason(_ syntax: Syntax, _ text: String) -> Unread.Reason? {
      do throws(Unread) {
        _ = try syntax.read(Array(text.utf8), limits: limits)
        return nil
      } catch { return error.reason }
    }
    #expect(reason(.lines, "12345678901234567\n") == .lineTooLong)
    #expect(reason(.requirements, "1234567890 \\\n1234567890\n") == .lineTooLong)
    #expect(reason(.requirements, "1234567890\n") == nil)
  }
}
