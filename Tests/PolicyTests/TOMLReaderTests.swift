import Policy
import Primitives
import Testing

func oursAccepts(_ text: String) -> Bool {
  (try? TOML.read(bytes(text))) != nil
}

/// A document in a form that another reader's can be compared with.
func ourShape(_ text: String) throws -> String {
  try shape(TOMLValue(.table(TOML.read(bytes(text))), at: .start))
}

private func shape(_ value: TOMLValue) -> String {
  switch value.kind {
  case .string(let bytes): String(reflecting: String(decoding: bytes, as: UTF8.self))
  case .integer(let integer): "\(integer)"
  case .bool(let bool): "\(bool)"
  case .array(let elements): "[" + elements.map { shape($0) }.joined(separator: ",") + "]"
  case .table(let table):
    "{"
      + table.entries.map {
        "\(String(reflecting: String(decoding: $0.key, as: UTF8.self))):\(shape($0.value))"
      }.sorted().joined(separator: ",") + "}"
  }
}

struct TOMLReaderTests {
  private func error(_ bytes: [UInt8]) -> TOMLError? {
    do throws(TOMLError) {
      _ = try TOML.read(bytes)
      return nil
    } catch {
      return error
    }
  }

  private func problem(_ text: String) -> String {
    guard let error = error(bytes(text)) else { return "accepted" }
    return "\(error.position.line):\(error.position.column): \(error.problem)"
  }

  @Test("every key and value knows its line and column")
  func positions() throws {
    let table = try TOML.read(bytes("a = 1\r\n\n[t]\n  \"k\" . k = [\n  1, { x = 'y' }]\n[[l]]\n"))
    let first = try #require(table.entries.first)
    #expect(first.position == SourcePosition(line: 1, column: 1))
    #expect(first.value.position == SourcePosition(line: 1, column: 5))
    guard case .table(let t) = table["t"]?.kind, case .table(let k) = t["k"]?.kind,
      case .array(let list) = k["k"]?.kind, case .table(let inline) = list.last?.kind
    else {
      Issue.record("the document has another shape")
      return
    }
    #expect(table["t"]?.position == SourcePosition(line: 3, column: 1))
    #expect(t.entries[0].position == SourcePosition(line: 4, column: 3))
    #expect(k.entries[0].position == SourcePosition(line: 4, column: 9))
    #expect(list[0].position == SourcePosition(line: 5, column: 3))
    #expect(list[1].position == SourcePosition(line: 5, column: 6))
    #expect(inline.entries[0].position == SourcePosition(line: 5, column: 8))
    guard case .array(let elements) = table["l"]?.kind else { return }
    #expect(elements[0].position == SourcePosition(line: 6, column: 1))
  }

  @Test("a refusal says what is wrong and where")
  func refusals() {
    #expect(problem("a = 1\na = 2") == "2:1: the key \"a\" stands twice")
    #expect(problem("[a]\nb = 1\n[a]") == "3:2: the table \"a\" is already defined")
    #expect(
      problem("a = {b = 1}\n[a.c]")
        == "2:2: the key \"a\" already has a value that cannot be extended")
    #expect(problem("a = 1.5") == "1:5: a float is not used by hookkit")
    #expect(problem("a = 2026-01-01") == "1:5: a date is not used by hookkit")
    #expect(problem("a = \"x") == "1:5: the string has no end")
    #expect(problem("a = [1, 2") == "1:10: , or ] is expected, the text ends")
    #expect(problem("a = 1 2") == "1:7: the end of the line is expected, not \"2\"")
    #expect(problem("a =\nb") == "1:4: a value is expected, the line ends")
    #expect(problem("a = 99999999999999999999") == "1:5: the integer does not fit into 64 bits")
    #expect(problem("a = 1\r") == "1:6: a carriage return stands without a line feed")
    #expect(problem("a = 1\n b = \u{0}") == "2:6: the control character \\x00 stands here")
    #expect(problem("\u{feff}a = 1") == "1:1: the text begins with a byte-order mark")
    #expect(problem("[a.\u{1b}[31m]") == "1:4: the control character \\x1b stands here")
  }

  @Test("bytes that are not UTF-8 are refused where they stand")
  func notUTF8() {
    for bad: [UInt8] in [
      [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82],
    ] {
      let error = error(bytes("a = 'é'\nb = '") + bad + bytes("'"))
      #expect(error == TOMLError(.notUTF8, at: SourcePosition(line: 2, column: 6)))
    }
  }

  @Test("two spellings of one letter are two keys, because keys are bytes")
  func byteEquality() throws {
    let table = try TOML.read(bytes("\"\u{e4}\" = 1\n\"a\u{308}\" = 2"))
    #expect(table.entries.count == 2)
    #expect(
      problem("\"\\u00e4\" = 1\n\"\u{e4}\" = 2") == "2:1: the key \"\\xc3\\xa4\" stands twice")
  }

  @Test("a text over the size limit is not read")
  func size() {
    let fill = [UInt8](repeating: 0x23, count: TOML.byteLimit)
    #expect(error(fill) == nil)
    #expect(error(fill + [0x23])?.problem == .tooLarge(bytes: TOML.byteLimit + 1))
  }

  @Test("nesting ends at the limit, in arrays, inline tables and dotted keys")
  func depth() {
    func arrays(_ count: Int) -> [UInt8] {
      bytes("a = " + String(repeating: "[", count: count) + String(repeating: "]", count: count))
    }
    #expect(error(arrays(TOML.depthLimit)) == nil)
    #expect(error(arrays(TOML.depthLimit + 1))?.problem == .tooDeep)
    #expect(error(arrays(500_000))?.problem == .tooDeep)
    #expect(error(bytes(String(repeating: "{a=", count: 300_000)))?.problem != nil)
    #expect(
      error(bytes("x=" + String(repeating: "{a=", count: 300_000)))?.problem == .tooDeep)
    func dotted(_ count: Int) -> [UInt8] {
      bytes([String](repeating: "a", count: count).joined(separator: ".") + " = 1")
    }
    #expect(error(dotted(TOML.depthLimit)) == nil)
    #expect(error(dotted(TOML.depthLimit + 1))?.problem == .tooDeep)
    #expect(error(bytes("[") + dotted(100_000))?.problem == .tooDeep)
  }

  @Test("the count of values is limited, however they are written")
  func count() {
    let count = TOML.countLimit + 1
    #expect(
      error(bytes("a = [" + String(repeating: "0,", count: count) + "]"))?.problem == .tooManyValues
    )
    #expect(error(bytes(String(repeating: "[[a]]\n", count: count)))?.problem == .tooManyValues)
    let deepest = (0..<2100).map {
      "a\($0).b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f = 1"
    }
    #expect(error(bytes(deepest.joined(separator: "\n")))?.problem == .tooManyValues)
  }

  @Test("every prefix of a policy is read or refused, never a crash")
  func prefixes() throws {
    let text = bytes(DesignExampleTests.text(try testSecurityKey(1), try testKey(2)))
    for end in text.indices { _ = error(Array(text[..<end])) }
    for index in text.indices {
      for byte: UInt8 in [0x00, 0x22, 0x5c, 0x5d, 0xff] {
        var changed = text
        changed[index] = byte
        _ = error(changed)
      }
    }
  }

  @Test(
    "a quoted string reads back as itself",
    arguments: [
      "", "plain", "a\"b\\c", "tab\t line\n nul\u{0} esc\u{1b}", "ä 漢 \u{1F600} \u{202e}",
    ])
  func quoted(_ text: String) throws {
    let table = try TOML.read(bytes("a = " + TOML.quoted(text.utf8)))
    #expect(table["a"]?.kind == .string(bytes(text)))
    #expect(TOML.quoted(text.utf8).utf8.allSatisfy { (0x20...0x7e).contains($0) })
  }
}
