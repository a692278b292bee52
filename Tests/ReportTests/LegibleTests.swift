import Report
import Testing

@Suite("Legible")
struct LegibleTests {
  @Test(
    "what cannot be seen is named, and what can be seen stands",
    arguments: [
      ("plain \ttext", "plain \ttext"),
      ("caf\u{e9} \u{4e2d}\u{6587}", "caf\u{e9} \u{4e2d}\u{6587}"),
      ("a\u{202e}b", "a<U+202E>b"), ("a\u{200b}b", "a<U+200B>b"), ("a\u{a0}b", "a<U+00A0>b"),
      ("a\u{1b}[0m", "a<ESC>[0m"), ("a\rb", "a<CR>b"), ("a\u{0}b\u{7f}", "a<U+0000>b<U+007F>"),
      ("\u{3164}", "<U+3164>"), ("\u{e0041}", "<U+E0041>"), ("\u{2028}", "<U+2028>"),
      ("\u{fe0f}", "<U+FE0F>"), ("\u{e000}", "<U+E000>"), ("\u{2800}", "<U+2800>"),
    ])
  func visible(_ text: String, _ shown: String) {
    #expect(Legible.text(Array(text.utf8)) == shown)
    #expect(Legible.line(Array(text.utf8)[...]) == Array(shown.utf8))
  }

  @Test("bytes that are no UTF-8 are shown one by one")
  func invalid() {
    #expect(Legible.text([0x61, 0xff, 0xc3, 0x1b]) == "a<\\xff><\\xc3><\\x1b>")
  }

  @Test(
    "blanks that push the rest of a line out of sight are counted, as are long runs of the unseen")
  func runs() {
    let far = "a" + String(repeating: " ", count: 200) + "evil()"
    #expect(Legible.text(Array(far.utf8)) == "a<200 blanks>evil()")
    #expect(Legible.line(Array(far.utf8)[...]) == Array("a<200 blanks>evil()".utf8))
    let tabs = String(repeating: "\t", count: 80) + "\u{e9}"
    #expect(Legible.text(Array(tabs.utf8)) == "<80 blanks>\u{e9}")
    let zeros = [UInt8](repeating: 0, count: 512) + [0x61]
    #expect(Legible.text(zeros) == "<U+0000 x 512>a")
  }

  @Test("a mark never sits on the sign of a line, and never many on one letter")
  func marks() {
    #expect(Legible.text(Array("\u{338}a".utf8)) == "<U+0338>a")
    #expect(Legible.text(Array("e\u{301}".utf8)) == "e\u{301}")
    let many = "a" + String(repeating: "\u{301}", count: 9)
    #expect(Legible.text(Array(many.utf8)).contains("<U+0301 x 6>"))
  }

  @Test("letters that terminals turn around are said in front of their line")
  func rightToLeft() {
    #expect(Legible.text(Array("x = \u{5d0}".utf8)) == "<RTL>x = \u{5d0}")
  }

  @Test("a path can be given back, and read where it is not ASCII")
  func paths() {
    #expect(Legible.path(Array("a\nb".utf8)) == "a\\x0ab")
    #expect(
      Legible.path(Array("\u{4e2d}\u{202e}".utf8))
        == "\\xe4\\xb8\\xad\\xe2\\x80\\xae (\u{4e2d}<U+202E>)")
  }
}
