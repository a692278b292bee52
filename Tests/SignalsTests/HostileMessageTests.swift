@testable import Signals
import Testing

/// Messages made to crash, to hang or to slip through.
@Suite struct HostileMessageTests {
  static func bytes(_ text: String, times: Int) -> [UInt8] {
    let unit = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(unit.count * times)
    for _ in 0..<times { result += unit }
    return result
  }

  /// Long enough that anything worse than linear would be felt.
  static let longCount = 1 << 16

  static func grades(_ message: [UInt8]) throws -> [String] { try LineCase.read(message) }

  @Test("a message over the limit is said to be so, with the figures")
  func tooLarge() {
    let message = [UInt8](repeating: 0x61, count: 50 << 20)
    do throws(MessageTooLarge) {
      _ = try SignalCatalog.builtIn.signals(
        author: Ident(name: [], email: []), committer: Ident(name: [], email: []),
        message: message[...])
      Issue.record("read")
    } catch {
      #expect(error.count == 50 << 20)
      #expect(error.limit == SignalCatalog.defaultMessageLimit)
    }
  }

  @Test(
    "a long run of anything is read to its end", .timeLimit(.minutes(2)),
    arguments: [
      "a", "\n", "Co-authored-by: Claude\n", "Co-authored-by:\n ", "Signed-off-by: x\n", "@", "a@",
      "a,", "claude,", "claude and ", "<", "```\n", "```\nCo-authored-by: Claude\n```\n", "\\n",
      "\\",
      "\r", "\u{200B}", "Co-authored-by: \u{200B}", "é", "山", "𝐂", "\u{336}", "- ", "> ", "1. ",
      "[x] ",
      "Generated with [", "&lt;", "co authored by ", "Claude-Session:\n", "\u{0}", "#", "🤖", "🇩🇪",
      "a b ", "users.noreply.github.com", "1+a@users.noreply.github.com ", "Conflicts:\n\t", " \n",
    ])
  func large(_ unit: String) throws {
    let message = Self.bytes(unit, times: Self.longCount / unit.utf8.count)
    let plain = try Self.grades(message)
    // As a value too, and with something to find behind it all.
    _ = try Self.grades(Array("Co-authored-by: ".utf8) + message.dropLast(message.count / 2))
    let found = try Self.grades(message + Array("\nMade-with: Cursor\n".utf8))
    #expect(found.contains("cursor.trailer declared"), "\(plain)")
  }

  @Test(
    "no message is read more than a few times over",
    arguments: [
      "Co-authored-by:\n ", "Co-authored-by: x\n y\n", "Assisted-by:\n<", "Signed-off-by: claude\n",
      "Generated with ", "generated with claude\n", "built by\n", "gastown/crew/", "claude, ",
      "co authored by\n\t\n", "AI-Model:\n x\n", "```\nCo-authored-by: Claude\n",
      "Co-authored-by: a@b ",
    ])
  func steps(_ unit: String) {
    var counts: [Int] = []
    for size in [1 << 12, 1 << 14, 1 << 16] {
      let message = Self.bytes(unit, times: size / unit.utf8.count)
      var scan = MessageScan(.builtIn)
      scan.read(message.span)
      // A line is read once, and anew with each of the four that may go on with it: one line, two lines,
      // and so on to five.
      #expect(scan.readCount <= (1 + 2 + 3 + 4 + 5) * message.count, "\(unit.debugDescription)")
      counts.append(scan.readCount)
    }
    // Sixteen times the bytes, and no more than sixteen times the reading, but for the ends.
    #expect(counts[2] <= 17 * Swift.max(counts[0], 4096), "\(counts)")
  }

  @Test("no bytes trap, whatever they are")
  func anyBytes() throws {
    var state: UInt64 = 42
    for count in 0..<500 {
      var message = Array("Co-authored-by: ".utf8.prefix(count % 17))
      for _ in 0..<count % 97 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        message.append(UInt8(truncatingIfNeeded: state >> 40))
      }
      _ = try SignalCatalog.builtIn.signals(
        author: Ident(name: message[...], email: message[...]),
        committer: Ident(name: message.prefix(3), email: message.suffix(5)), message: message[...])
      _ = Trailers(of: message)
    }
  }

  @Test("bytes that are not UTF-8 hide nothing")
  func notUTF8() throws {
    for junk in [[0xff], [0xc3], [0xe2, 0x80], [0xf0, 0x9f], [0xc0, 0xaf], [0xed, 0xa0, 0x80]]
      as [[UInt8]]
    {
      let line = Array("Co-authored-by: Cla".utf8) + junk + Array("ude".utf8)
      #expect(try Self.grades(line) == ["claude-code.trailer declared"])
      #expect(try Self.grades(junk + line) == ["claude-code.trailer declared"])
    }
  }

  @Test("a message in Latin-1 or with NULs is read like any other")
  func otherEncodings() throws {
    let latin = Array("M".utf8) + [0xfc] + Array("ller\n\nCo-authored-by: Claude\n".utf8)
    #expect(try Self.grades(latin) == ["claude-code.trailer declared"])
    let nul = Array("title\n\nSeen.\n\u{0}\nCo-authored-by: Claude\n".utf8)
    #expect(try Self.grades(nul) == ["claude-code.trailer declared"])
  }

  @Test("signals are as many as entries at most, however often they stand there")
  func bounded() throws {
    let lines = LineTable.all.map(\.line).joined(separator: "\n\n")
    let once = try Self.grades(Array(lines.utf8))
    let often = try Self.grades(Self.bytes(lines + "\n\n", times: 3))
    #expect(
      Set(once.map { $0.split(separator: " ").first })
        == Set(often.map { $0.split(separator: " ").first }))
    #expect(Set(often).count == often.count)
  }
}
