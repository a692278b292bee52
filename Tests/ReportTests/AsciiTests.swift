import Report
import Testing

@Suite("Ascii")
struct AsciiTests {
  @Test("printable ASCII stays, and every other byte is shown as its number")
  func escapes() {
    #expect(Ascii.line("a ~ \\ \"") == "a ~ \\ \"")
    #expect(Ascii.line("a\u{1b}[31m\n\u{e9}\u{7f}") == "a\\x1b[31m\\x0a\\xc3\\xa9\\x7f")
    #expect(Ascii.line("") == "")
  }

  @Test("a cut line says so and is as wide as asked")
  func cuts() {
    #expect(Ascii.cut("abcdef", to: 6) == "abcdef")
    #expect(Ascii.cut("abcdefg", to: 6) == "abc...")
  }

  @Test("squeezing takes from the longest word, down to 24 characters, and from no other")
  func squeezes() {
    let name = "refs/heads/" + String(repeating: "x", count: 60)
    #expect(
      Ascii.squeeze("\(name) needs a review", to: 50)
        == "refs/heads/xxxxxxxxxxxxxxxxxxxxx... needs a review")
    #expect(
      Ascii.squeeze("\(name) needs a review", to: 20)
        == "refs/heads/xxxxxxxxxx... needs a review")
    #expect(Ascii.squeeze("a line of short words", to: 10) == "a line of short words")
  }

  @Test("folding breaks at spaces, keeps columns, cuts what the last line cannot hold")
  func folds() {
    #expect(Ascii.fold("one two three", to: 7, most: 9) == ["one two", "three"])
    #expect(Ascii.fold("one   two", to: 9, most: 9) == ["one   two"])
    #expect(Ascii.fold("one   two", to: 5, most: 9) == ["one", "two"])
    #expect(Ascii.fold("one two   three four", to: 15, most: 9) == ["one two", "three four"])
    #expect(Ascii.fold("one two three", to: 7, most: 9, hanging: 2) == ["one two", "  three"])
    #expect(Ascii.fold("aaaaaaaaaa b", to: 4, most: 9) == ["aaaa", "aaaa", "aa b"])
    #expect(Ascii.fold("one two three four", to: 7, most: 2) == ["one two", "thre..."])
    #expect(Ascii.fold("", to: 7, most: 2) == [""])
    #expect(Ascii.fold("     x", to: 3, most: 9).allSatisfy { $0.utf8.count <= 3 })
  }

  @Test("folding loses nothing but spaces, for any text and width")
  func foldsAnything() {
    var seed: UInt64 = 9
    for _ in 0..<2000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let text = String((0..<Int(seed >> 58)).map { (seed >> $0) & 3 == 0 ? " " : "x" })
      let width = 4 + Int((seed >> 20) & 15)
      let lines = Ascii.fold(text, to: width, most: .max)
      #expect(lines.allSatisfy { $0.utf8.count <= width })
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }
}

@Suite("CommandLineText")
struct CommandLineTextTests {
  @Test("plain words stand as they are, others are quoted for a shell")
  func quotes() {
    #expect(
      CommandLineText.of(["hookkit", "review", "approve", "3f1c9e2", "--ref", "refs/heads/a-b"])
        == "hookkit review approve 3f1c9e2 --ref refs/heads/a-b")
    #expect(
      CommandLineText.of(["a b", "", "it's", "$(x)", "*"]) == "'a b' '' 'it'\\''s' '$(x)' '*'")
    #expect(CommandLineText.of(["\u{1b}"]) == "'\\x1b'")
  }
}

@Suite("Table")
struct TableTests {
  @Test("columns are aligned, the last has no spaces behind it")
  func aligns() {
    var table = Table("COMMIT", "BY", "STATE")
    table.add("3f1c9e2", "dana", "approved")
    table.add("11", "a long name", "")
    #expect(
      table.text() == """
        COMMIT   BY           STATE
        3f1c9e2  dana         approved
        11       a long name

        """)
  }

  @Test("a table without a header or without rows has only what it has")
  func small() {
    var table = Table()
    #expect(table.isEmpty && table.text() == "")
    table.add("a", "b")
    #expect(table.lines() == ["a  b"])
    #expect(Table("A", "B").lines() == ["A  B"])
  }

  @Test("hostile cells stay in their line, and long ones are cut")
  func hostile() {
    var table = Table("REF", "WHAT")
    table.add("refs/heads/\u{1b}]0;x\u{7}\n", String(repeating: "y", count: 500))
    let lines = table.lines(width: 60)
    #expect(lines.count == 2)
    #expect(lines[1].hasPrefix("refs/heads/\\x1b]0;x\\x07\\x0a  yyy"))
    #expect(lines[1].utf8.count == 60)
  }
}
