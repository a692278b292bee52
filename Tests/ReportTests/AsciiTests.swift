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

  @Test("hostile cells stay in their line, and a long word stays whole")
  func hostile() {
    var table = Table("REF", "WHAT")
    table.add("refs/heads/\u{1b}]0;x\u{7}\n", String(repeating: "y", count: 500))
    let lines = table.lines(width: 60)
    #expect(lines.count == 3)
    #expect(lines[1] == "refs/heads/\\x1b]0;x\\x07\\x0a")
    #expect(lines[2] == "    " + String(repeating: "y", count: 500))
  }

  @Test("where the terminal is narrow, the widest cells are wrapped at their words")
  func wraps() {
    var table = Table("HOLD", "FOR", "NEEDS", "YOU")
    table.add("Q624K", "main", "a release and a review", "not you: you pushed it")
    table.add("Q1R4C", "main", "a review", "you can")
    #expect(
      table.text(width: 44) == """
        HOLD   FOR   NEEDS           YOU
        Q624K  main  a release and   not you: you
                     a review        pushed it
        Q1R4C  main  a review        you can

        """)
    // Where the words themselves do not fit, rows are wrapped instead.
    #expect(
      table.lines(width: 20).contains("Q624K  main  a")
        && table.lines(width: 20).allSatisfy { $0.utf8.count <= 20 })
  }

  @Test("no line is wider than asked but by one word, and no word is lost, for any table and width")
  func wrapsAnything() {
    var seed: UInt64 = 7
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((seed >> 33) % UInt64(bound))
    }
    for _ in 0..<300 {
      var table = Table()
      let columns = 1 + next(7)
      var words: [String] = []
      for row in 0..<next(5) {
        table.add(
          (0..<columns).map { column in
            let cell = (0..<next(8)).map {
              "\(row)\(column)\($0)" + String(repeating: "x", count: next(9))
            }
            words += cell
            return cell.joined(separator: " ")
          })
      }
      let width = 12 + next(100)
      let lines = table.lines(width: width)
      #expect(lines.allSatisfy { $0.utf8.count <= width || !$0.dropFirst(4).contains(" ") })
      #expect(
        lines.flatMap { $0.split(separator: " ").map(String.init) }.sorted() == words.sorted())
    }
  }
}
