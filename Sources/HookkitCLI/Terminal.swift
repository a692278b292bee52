package import Gate
package import Platform
package import Report

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The one place of the command line that prints: data to standard output, words for a person to
/// standard error.
package final class Terminal {
  private let environment: Environment
  package let isQuiet: Bool
  package let isVerbose: Bool
  /// Whether what goes to standard output is JSON, an error as well.
  package let tellsPrograms: Bool
  /// Whether standard output is a terminal: only then is there a pager.
  package let showsPages: Bool
  /// Whether a person can be asked.
  package let canAsk: Bool
  /// Whether what goes to standard output has colours.
  package let hasColors: Bool
  private let colorsErrors: Bool
  private var progressIsShown = false
  /// Whether standard output has got anything.
  private(set) var hasWritten = false
  /// While a pager has the terminal, nothing else writes on it.
  private var isPaging = false
  private var failure: SystemError?

  package init(
    environment: Environment, color: ColorChoice, isQuiet: Bool = false, isVerbose: Bool = false,
    tellsPrograms: Bool = false
  ) {
    self.environment = environment
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    self.tellsPrograms = tellsPrograms
    showsPages = isatty(1) == 1
    canAsk = isatty(0) == 1 && isatty(2) == 1
    func colors(_ stream: Int32) -> Bool {
      switch color {
      case .always: return true
      case .never: return false
      case .auto: break
      }
      // no-color.org and bixense.com/clicolors: set and not empty; forced unless "0".
      if environment.bytes("NO_COLOR")?.isEmpty == false { return false }
      if let forced = environment["CLICOLOR_FORCE"], !forced.isEmpty, forced != "0" { return true }
      return isatty(stream) == 1 && environment["TERM"] ?? "dumb" != "dumb"
    }
    hasColors = colors(1)
    colorsErrors = colors(2)
  }

  // MARK: Styles

  package enum Style: String, Sendable {
    case error = "1;31"
    case warning = "1;33"
    case hint = "33"
    case good = "32"
    case strong = "1"
    case faint = "2"
    case removed = "31"
    case place = "36"
  }

  /// The text in a style, when standard output has colours.
  package func styled(_ text: String, _ style: Style) -> String {
    hasColors ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
  }

  private func label(_ text: String, _ style: Style) -> String {
    colorsErrors ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
  }

  // MARK: Standard output

  /// Writes data as it is.
  package func write(_ bytes: [UInt8]) {
    endProgress()
    hasWritten = true
    do throws(SystemError) {
      try FileBytes.write(bytes, to: 1, named: "standard output")
    } catch {
      // As any filter whose reader has gone away.
      if error.reason == .code(EPIPE) {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
      }
      if failure == nil { failure = error }
    }
  }

  /// Writes a line of data.
  package func print(_ line: String = "") {
    write(Array((line.hasSuffix("\n") ? line : line + "\n").utf8))
  }

  /// Writes a line for a person, wrapped to the terminal.
  ///
  /// - Parameter hanging: the indent of what is wrapped.
  func print(_ line: String, hanging: Int) {
    for line in Ascii.wrap(line, to: columns, hanging: hanging) { print(line) }
  }

  /// Writes words for a person behind a label, wrapped to the terminal beside it.
  ///
  /// - Parameter style: the label's.
  func print(_ label: String, _ style: Style? = nil, column: Int, _ words: String) {
    let gap = String(repeating: " ", count: max(0, column - label.utf8.count))
    let lines = Ascii.wrap(label + gap + words, to: columns, hanging: column)
    let first = lines[0].dropFirst(label.utf8.count)
    print((style.map { styled(label, $0) } ?? label) + first)
    lines.dropFirst().forEach { print($0) }
  }

  /// The exit code of a command that did its work, unless what it printed was lost.
  func end() -> Report.ExitCode {
    endProgress()
    guard let failure else { return .allowed }
    show(CommandError(.undecided, "cannot write standard output: \(failure.words)"))
    return .undecided
  }

  // MARK: Standard error

  /// A line for the person; not with `--quiet`.
  package func say(_ line: String) {
    if !isQuiet { tell(line) }
  }

  /// A line of detail; only with `--verbose`.
  package func mention(_ line: String) {
    if isVerbose { tell(line) }
  }

  package func note(_ line: String) {
    if !isQuiet { tell("note:", .strong, line) }
  }
  package func warn(_ line: String) { tell("warning:", .warning, line) }

  /// At most two next steps, their commands in one column.
  package func hint(_ hints: [Hint]) {
    let shown = hints.prefix(2)
    let column = shown.map(\.label.utf8.count).max() ?? 0
    for hint in shown {
      let gap = String(repeating: " ", count: column - hint.label.utf8.count + 3)
      put("\(label("hint:", .hint)) \(hint.label)\(gap)\(CommandLineText.of(hint.command))")
    }
  }

  /// An error: its headline, its details below, then what to do.
  package func show(_ error: CommandError) {
    guard !error.headline.isEmpty else { return endProgress() }
    let code = error.code.map { "\($0) " } ?? ""
    tell("error:", .error, code + error.headline)
    for detail in error.details { tell("       \(detail)") }
    hint(error.hints)
  }

  /// Lines as a server sends them, each `error:`, `warning:` and `hint:` in git's colours for it.
  package func refuse(_ lines: [String]) {
    let styles: [(word: String, style: Style)] = [("error:", .error), ("warning:", .warning)]
    for line in lines {
      if let known = styles.first(where: { line.hasPrefix($0.word) }) {
        tell(known.word, known.style, String(line.dropFirst(known.word.utf8.count + 1)))
      } else if line.hasPrefix("hint:") {
        // A command stays in one line, to be copied.
        put(label("hint:", .hint) + line.dropFirst("hint:".utf8.count))
      } else {
        tell(line)
      }
    }
  }

  /// Words behind a label, wrapped to the terminal.
  private func tell(_ word: String, _ style: Style, _ words: String) {
    let lines = Ascii.wrap(
      "\(word) \(words)", to: columns(of: 2), hanging: word.utf8.count + 1)
    put(label(word, style) + lines[0].dropFirst(word.utf8.count))
    for line in lines.dropFirst() { put(line) }
  }

  /// A line, wrapped to the terminal under its own beginning.
  private func tell(_ line: String) {
    let indent = line.prefix { $0 == " " }.utf8.count
    for line in Ascii.wrap(line, to: columns(of: 2), hanging: indent + 2) { put(line) }
  }

  private func put(_ line: String) {
    endProgress()
    try? FileBytes.write(Array((line + "\n").utf8), to: 2, named: "standard error")
  }

  // MARK: Only on a terminal

  /// What is going on, until the next line; nothing in a pipe.
  package func progress(_ text: String) {
    guard isatty(2) == 1, !isQuiet, !isPaging else { return }
    progressIsShown = true
    try? FileBytes.write(Array("\r\u{1b}[K\(text)".utf8), to: 2, named: "standard error")
  }

  private func endProgress() {
    guard progressIsShown else { return }
    progressIsShown = false
    try? FileBytes.write(Array("\r\u{1b}[K".utf8), to: 2, named: "standard error")
  }

  /// Asks a question that only `yes` or `y` agrees to. Call it only when `canAsk`.
  package func confirms(_ question: String) -> Bool {
    ["y", "yes"].contains(ask("\(question) [y/N]")?.lowercased())
  }

  /// Asks for a line, without blanks around it; `nil` at the end of the input. Call it only when
  /// `canAsk`.
  package func ask(_ question: String) -> String? {
    endProgress()
    try? FileBytes.write(Array("\(question) ".utf8), to: 2, named: "standard error")
    return readLine(strippingNewline: true).map { line in
      String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
  }

  /// Writes a table as wide as the terminal is, and in full where there is none.
  package func write(_ table: Table, wide: Bool = false) {
    write(Array(table.text(width: wide ? .max : columns).utf8))
  }

  /// Columns of the terminal; without end where standard output is none.
  package var columns: Int { columns(of: 1) }

  /// Columns of a page of help, which is easier to read when it is not as wide as any terminal.
  package var helpColumns: Int { min(ExplainText.width, columns) }

  private func columns(of stream: Int32) -> Int {
    guard isatty(stream) == 1 else { return .max }
    var size = winsize()
    if ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return max(40, Int(size.ws_col))
    }
    return environment["COLUMNS"].flatMap { Int($0) }.map { max(40, $0) } ?? 80
  }

  /// Shows a page in the user's pager on a terminal, else writes it out, while it is made.
  ///
  /// - Parameters:
  ///   - pager: git's choice (`git var GIT_PAGER`): a command for the shell, the user's own; asked for
  ///     on a terminal only.
  ///   - make: writes the page. It is called once more when there turns out to be no such pager.
  package func page(
    with pager: @autoclosure () throws -> String, _ make: (Page) throws -> Void
  ) throws {
    func plainly() throws {
      let page = Page { bytes in
        self.write(bytes)
        return true
      }
      try make(page)
      try page.flush()
    }
    let pager = showsPages ? try pager() : ""
    guard !pager.isEmpty, pager != "cat" else { return try plainly() }
    endProgress()
    var child = Subprocess(["sh", "-c", pager], environment: environment.all)
    // The same defaults that git gives.
    for (name, value) in [("LESS", "FRX"), ("LV", "-c")] where environment.bytes(name) == nil {
      child = child.setting(name, value)
    }
    // An interrupt is the pager's: it ends a search there, not this command.
    let usual = signal(SIGINT) { _ in }
    defer { signal(SIGINT, usual) }
    isPaging = true
    defer { isPaging = false }
    var failure: (any Error)?
    let status = try? child.runInForeground { put in
      let page = Page(put)
      do {
        try make(page)
        try page.flush()
      } catch is Page.Closed {
        // The reader has left the pager before its end.
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    if status ?? 127 == 127 { try plainly() }
  }
}

/// A page for a person, written while it is made, so that its length is no matter.
package final class Page {
  /// Nobody reads any more.
  package struct Closed: Error {}

  private let put: ([UInt8]) -> Bool
  private var waiting: [UInt8] = []
  /// What the reader has not been shown in full: said again before anything is signed.
  var folded = 0
  var withheld = 0

  package init(_ put: @escaping ([UInt8]) -> Bool) {
    self.put = put
  }

  /// What the reader should look at before signing.
  var unread: [String] {
    var lines: [String] = []
    if folded > 0 { lines.append("  folded      \(folded.counted("text")) above, see FOLDED") }
    if withheld > 0 { lines.append("  no text     \(withheld.counted("file")), see NOT SHOWN") }
    return lines
  }

  package func line(_ bytes: [UInt8]) throws(Closed) {
    waiting += bytes
    waiting.append(0x0a)
    if waiting.count >= 1 << 16 { try flush() }
  }

  package func line(_ text: String = "") throws(Closed) { try line(Array(text.utf8)) }

  package func lines(_ lines: [String]) throws(Closed) {
    for line in lines { try self.line(line) }
  }

  package func flush() throws(Closed) {
    let bytes = waiting
    waiting = []
    guard bytes.isEmpty || put(bytes) else { throw Closed() }
  }
}
