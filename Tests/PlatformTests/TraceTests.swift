import Platform
import TestSupport
import Testing

@Suite("Trace")
struct TraceTests {
  private func trace(_ value: String?) -> Trace {
    Trace(Environment(value.map { ["HOOKKIT_TRACE": $0] } ?? [:]), named: "update")
  }

  @Test("nothing is traced unless asked for, and then nothing is even worded")
  func silent() {
    for value in [nil, "", "0"] {
      let line = trace(value).line(
        { () -> String in
          Issue.record("worded")
          return ""
        }())
      #expect(line == nil)
    }
  }

  @Test("a step is told with its time and the name of the process")
  func standardError() throws {
    let line = try #require(trace("1").line("judged 1 of 1 updates: allow"))
    #expect(
      line.wholeMatch(of: /trace: [0-9]+\.[0-9]{3} ms update: judged 1 of 1 updates: allow/) != nil)
  }

  @Test("where no file may be written, a path stands for standard error")
  func noFile() throws {
    let sandbox = try Sandbox()
    let environment = Environment(["HOOKKIT_TRACE": sandbox.path("trace")])
    let trace = Trace(environment, named: "update", writesFiles: false)
    #expect(trace.line("one")?.hasSuffix(" ms update: one") == true)
    #expect(!sandbox.exists("trace"))
  }

  @Test("steps are added to a file, and then nothing is for standard error")
  func file() throws {
    let sandbox = try Sandbox()
    let trace = trace(sandbox.path("trace"))
    #expect(trace.line("one") == nil)
    #expect(trace.line("two") == nil)
    let lines = try sandbox.text("trace").split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasSuffix(" ms update: one") == true)
    #expect(lines.last?.hasSuffix(" ms update: two") == true)
  }

  @Test("a file that cannot be written to is passed over")
  func unwritable() {
    #expect(trace("/nowhere/at/all").line("one") == nil)
  }
}
