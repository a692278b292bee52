import HookWire
import Testing

@Suite struct PushOptionsTests {
  private func read(_ options: String...) throws -> PushOptions {
    try PushOptions(options.map { Array($0.utf8) })
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("hookkit's own options are understood, others are kept")
  func known() throws {
    let options = try read(
      "ci.skip", "hookkit.format=json", "hookkit.reason=a=b, really", "hookkit")
    #expect(options.format == .json)
    #expect(options.reason == bytes("a=b, really"))
    #expect(options.all.count == 4)
    #expect(options.issues.isEmpty)
  }

  @Test("no options are human and silent")
  func none() throws {
    let options = try PushOptions()
    #expect(options.format == .human && options.reason == nil && options.issues.isEmpty)
  }

  @Test("an option of hookkit's that does not exist is reported, as is one without a use")
  func issues() throws {
    let long = "hookkit.reason=" + String(repeating: "x", count: 1025)
    let options = try read(
      "hookkit.override=yes", "hookkit.", "hookkit.formatx=json", "hookkit.format", long,
      "hookkit.reason=", "hookkit.reason=first", "hookkit.reason=second", "hookkit.format=json")
    #expect(
      options.issues == [
        .unknown(bytes("hookkit.override=yes")), .unknown(bytes("hookkit.")),
        .unknown(bytes("hookkit.formatx=json")), .badValue(bytes("hookkit.format")),
        .badValue(bytes(long)), .badValue(bytes("hookkit.reason=")),
        .repeated(bytes("hookkit.reason=second")), .repeated(bytes("hookkit.format=json")),
      ])
    #expect(options.format == .human, "the first one counts, also when it is wrong")
    #expect(options.reason == bytes("first"))
  }

  @Test("the names are exact: no other case, no spaces")
  func exactNames() throws {
    let options = try read("Hookkit.format=json", " hookkit.format=json", "hookkit.format =json")
    #expect(options.format == .human)
    #expect(options.issues == [.unknown(bytes("hookkit.format =json"))])
  }

  @Test("the environment is read as git writes it")
  func environment() throws {
    let variables = [
      "GIT_PUSH_OPTION_COUNT": "2", "GIT_PUSH_OPTION_0": "hookkit.format=json",
      "GIT_PUSH_OPTION_1": "", "GIT_PUSH_OPTION_2": "hookkit.reason=not counted",
    ]
    let options = try PushOptions(environment: { variables[$0].map(bytes) })
    #expect(options.all == [bytes("hookkit.format=json"), []])
    #expect(options.format == .json && options.reason == nil)
    #expect(try PushOptions(environment: { _ in nil }).all.isEmpty)
    #expect(try PushOptions(environment: { $0.hasSuffix("COUNT") ? [0x30] : nil }).all.isEmpty)
  }

  @Test(
    "a count that is none is refused",
    arguments: ["", "-1", "+1", "1 ", "0x1", "one", "1234567890", "99999999999999999999"])
  func badCount(_ text: String) {
    #expect(throws: PushOptionsError.malformedCount(bytes(text))) {
      try PushOptions(environment: { $0.hasSuffix("COUNT") ? bytes(text) : [] })
    }
  }

  @Test("a promised option that is not there is refused")
  func missing() {
    #expect(throws: PushOptionsError.missing(1)) {
      try PushOptions(environment: {
        $0 == "GIT_PUSH_OPTION_COUNT" ? bytes("2") : $0.hasSuffix("_0") ? [] : nil
      })
    }
  }

  @Test("limits hold exactly")
  func limits() {
    let many = [[UInt8]](repeating: [0x61], count: 1000)
    #expect(throws: Never.self) { try PushOptions(many) }
    #expect(throws: PushOptionsError.tooMany(limit: 1000)) { try PushOptions(many + [[]]) }
    #expect(throws: PushOptionsError.tooMany(limit: 1000)) {
      try PushOptions(environment: { _ in bytes("999999999") })
    }
    let large = [[UInt8](repeating: 0x61, count: 1 << 20)]
    #expect(throws: Never.self) { try PushOptions(large) }
    #expect(throws: PushOptionsError.tooLong(limit: 1 << 20)) { try PushOptions(large + [[0x61]]) }
  }
}
