@testable import Signals
import Testing

@Suite struct LineTests {
  @Test("agents are found in every form they are known to use", arguments: LineTable.agents)
  func agents(_ line: LineCase) throws {
    #expect(try Set(LineCase.read(line.line.utf8)) == Set(line.signals))
  }

  @Test("suggestions and services have grades of their own", arguments: LineTable.otherClasses)
  func otherClasses(_ line: LineCase) throws {
    #expect(try Set(LineCase.read(line.line.utf8)) == Set(line.signals))
  }

  @Test("a claim counts however it is written", arguments: LineTable.shapes)
  func shapes(_ line: LineCase) throws {
    #expect(try LineCase.read(line.line.utf8) == line.signals)
  }

  @Test("a claim counts however it is disguised", arguments: LineTable.disguises)
  func disguises(_ line: LineCase) throws {
    #expect(try LineCase.read(line.line.utf8) == line.signals)
  }

  @Test("a quoted, indented, fenced or ambiguous claim is suspected", arguments: LineTable.doubtful)
  func doubtful(_ line: LineCase) throws {
    #expect(try LineCase.read(line.line.utf8) == line.signals)
  }

  @Test("people and mentions are left alone", arguments: LineTable.people)
  func people(_ line: LineCase) throws {
    #expect(try LineCase.read(line.line.utf8) == [])
  }

  @Test("the table is as long as it says")
  func size() {
    #expect(LineTable.all.count >= 300)
  }

  @Test(
    "a line means the same in a message, first, last or in the middle", arguments: LineTable.all)
  func anywhere(_ line: LineCase) throws {
    let before = "Title\n\nSome text.\n\n"
    let after = "\n\nMore text.\n"
    for message in [before + line.line, line.line + after, before + line.line + after] {
      let signals = try LineCase.read(message.utf8)
      #expect(Set(signals) == Set(line.signals), "\(message)")
    }
  }

  @Test("the filters let through whatever the reader would find", arguments: LineTable.all)
  func filters(_ line: LineCase) throws {
    let catalog = SignalCatalog.builtIn
    // Each line also with every byte changed in turn: no mutant may slip through the filter.
    let original = Array(line.line.utf8)
    var mutants = [original]
    for index in original.indices {
      for byte in [0x20, 0x2d, 0x00, 0x61, 0xff] as [UInt8] {
        var mutant = original
        mutant[index] = byte
        mutants.append(mutant)
      }
    }
    var reader = LineReader(catalog.index)
    for mutant in mutants where !mutant.contains(0x0a) && !mutant.contains(0x0d) {
      reader.read(mutant.span, 0..<mutant.count)
      guard !reader.matches.isEmpty else { continue }
      let end = mutant.count
      let begins = catalog.filters.starts.mayBegin(mutant.span, 0, end)
      let names =
        catalog.filters.words.mayName(mutant.span, 0..<end)
        || catalog.filters.termStarts.mayBegin(mutant.span, 0, end) || !mutant.contains(0x40)
      #expect(begins && names, "\(String(decoding: mutant, as: UTF8.self))")
    }
  }
}
