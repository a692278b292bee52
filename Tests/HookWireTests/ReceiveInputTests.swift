import HookWire
import Primitives
import Testing

@Suite struct ReceiveInputTests {
  private func read(
    _ text: String, limits: InputLimits = InputLimits()
  ) throws(InputError) -> [RefUpdate] {
    try ReceiveInput.read(Array(text.utf8), limits: limits)
  }

  private let line = "\(Samples.oneText) \(Samples.twoText) refs/heads/main\n"

  @Test("no input is a push of nothing")
  func empty() throws {
    #expect(try read("") == [])
  }

  @Test("creations, changes and deletions are read in git's order")
  func updates() throws {
    let text =
      line + "\(Samples.zeroText) \(Samples.oneText) refs/tags/v1\n"
      + "\(Samples.twoText) \(Samples.zeroText) refs/heads/caf\u{e9}\n"
    let updates = try read(text)
    #expect(
      updates == [
        Samples.update("refs/heads/main"), Samples.update("refs/tags/v1", .zero, Samples.one),
        Samples.update("refs/heads/caf\u{e9}", Samples.two, .zero),
      ])
    #expect(ReceiveInput.write(updates) == Array(text.utf8))
  }

  @Test("a hundred thousand updates are read, in order or not")
  func manyUpdates() throws {
    let updates = (0..<100_000).map { Samples.update("refs/heads/topic/\(1_000_000 + $0)") }
    #expect(try ReceiveInput.read(ReceiveInput.write(updates)) == updates)
    let reversed = Array(updates.reversed())
    #expect(try ReceiveInput.read(ReceiveInput.write(reversed)) == reversed)
  }

  @Test("input that ends within a line is refused at every length")
  func truncated() {
    for count in 1..<line.utf8.count {
      #expect(throws: InputError(.truncatedLine, line: 2)) {
        try ReceiveInput.read(Array(line.utf8) + Array(line.utf8.prefix(count)))
      }
    }
  }

  @Test(
    "a line of another shape says what is wrong with it",
    arguments: [
      ("\n", InputError.Reason.malformedLine),
      ("hello\n", .malformedLine),
      ("\(Samples.oneText) \(Samples.twoText)\n", .malformedLine),
      ("\(Samples.oneText) \(Samples.twoText) \n", .malformedLine),
      ("\(Samples.oneText)  \(Samples.twoText) refs/heads/x\n", .malformedObjectID),
      (" \(Samples.oneText) \(Samples.twoText) refs/heads/x\n", .malformedObjectID),
      ("\(Samples.oneText)\t\(Samples.twoText) refs/heads/x\n", .malformedLine),
      ("g\(Samples.oneText.dropFirst()) \(Samples.twoText) refs/heads/x\n", .malformedObjectID),
      ("\(Samples.oneText) \(Samples.twoText)0 refs/heads/x\n", .malformedObjectID),
      ("\(Samples.oneText.dropLast()) \(Samples.twoText) refs/heads/x\n", .malformedObjectID),
      ("ref:refs/heads/x \(Samples.twoText) HEAD\n", .malformedObjectID),
      ("\(Samples.oneText) \(Samples.twoText) HEAD\n", .malformedRefName),
      ("\(Samples.oneText) \(Samples.twoText) refs/heads/x y\n", .malformedRefName),
      ("\(Samples.oneText) \(Samples.twoText)  refs/heads/x\n", .malformedRefName),
      ("\(Samples.oneText) \(Samples.twoText) refs/heads/x\r\n", .malformedRefName),
      ("\(Samples.oneText) \(Samples.twoText) refs/heads/../x\n", .malformedRefName),
      ("\(Samples.oneText) \(Samples.twoText) refs/heads/x\0y\n", .nulInName),
    ])
  func malformed(_ text: String, _ reason: InputError.Reason) {
    #expect(throws: InputError(reason, line: 1)) { try read(text) }
    #expect(throws: InputError(reason, line: 2)) { try read(line + text) }
  }

  @Test("a SHA-256 repository is named as such")
  func sha256() {
    let old = String(repeating: "a", count: 64)
    #expect(throws: InputError(.sha256Repository, line: 1)) {
      try read("\(old) \(old) refs/heads/main\n")
    }
    #expect(throws: InputError(.malformedObjectID, line: 1)) {
      try read("\(old) \(Samples.oneText) refs/heads/main\n")
    }
    #expect(throws: InputError(.malformedObjectID, line: 1)) {
      try read("\(old.dropLast())g \(old) refs/heads/main\n")
    }
  }

  @Test("the same reference twice is refused, next to each other or far apart")
  func duplicates() {
    let main = RefName("refs/heads/main")
    #expect(throws: InputError(.duplicateRef(main), line: 2)) { try read(line + line) }
    let other = "\(Samples.zeroText) \(Samples.oneText) refs/tags/v1\n"
    #expect(throws: InputError(.duplicateRef(main), line: 3)) { try read(line + other + line) }
  }

  @Test("names that differ in bytes are different names, whatever Unicode says")
  func canonicalEquivalence() throws {
    let text =
      "\(Samples.oneText) \(Samples.twoText) refs/heads/caf\u{e9}\n"
      + "\(Samples.oneText) \(Samples.twoText) refs/heads/cafe\u{301}\n"
    #expect(try read(text).count == 2)
  }

  @Test("each limit holds exactly, and the error says the figure")
  func limits() {
    var limits = InputLimits()
    limits.byteCount = line.utf8.count
    #expect(throws: Never.self) { try read(line, limits: limits) }
    limits.byteCount -= 1
    #expect(throws: InputError(.inputTooLong(limit: limits.byteCount), line: 0)) {
      try read(line, limits: limits)
    }
    limits = InputLimits(lineByteCount: line.utf8.count - 1)
    #expect(throws: Never.self) { try read(line, limits: limits) }
    limits.lineByteCount -= 1
    #expect(throws: InputError(.lineTooLong(limit: limits.lineByteCount), line: 1)) {
      try read(line, limits: limits)
    }
    limits = InputLimits(updateCount: 1)
    #expect(throws: Never.self) { try read(line, limits: limits) }
    #expect(throws: InputError(.tooManyUpdates(limit: 1), line: 2)) {
      try read(line + line, limits: limits)
    }
  }

  @Test("a long line without an end is refused by its length")
  func endless() {
    let input = [UInt8](repeating: 0x61, count: 1 << 20)
    #expect(throws: InputError(.lineTooLong(limit: 16 << 10), line: 1)) {
      try ReceiveInput.read(input)
    }
  }

  @Test("an error is one line that is safe to show")
  func descriptions() {
    let hostile = RefName([0x1b, 0x5b, 0x0a])
    #expect(
      "\(InputError(.duplicateRef(hostile), line: 7))"
        == "hook input, line 7: \\x1b[\\x0a is named twice")
    #expect(
      "\(InputError(.inputTooLong(limit: 5), line: 0))" == "hook input: longer than 5 bytes")
  }
}
