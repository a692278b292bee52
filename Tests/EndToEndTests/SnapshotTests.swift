import TestSupport
import Testing

@Suite("Snapshot")
struct SnapshotTests {
  @Test("names, paths, keys and times are replaced in order of appearance")
  func normalises() throws {
    let sandbox = try Sandbox()
    let text = """
      3c7de70..66f2ca3  main -> main in \(sandbox.root)/server.git
      66f2ca3f00000000000000000000000000000000 3c7de7011111 0000000000000000000000000000000000000000
      SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA SHA256:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
      SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA 1767225600 +0000
      2026-01-01T00:00:00Z 2026-01-01 00:00:00 +0000 until 2026-12-06 at 127.0.0.1:4711
      held as Q7F3; added 12 of 123456
      """
    let normal = Snapshot.normalise(text, sandbox: sandbox, replacing: [("Q7F3", "<hold>")])
    #expect(
      normal == """
        <oid-1>..<oid-2>  main -> main in <sandbox>/server.git
        <oid-2> <oid-1> <zero>
        <key-1> <key-2>
        <key-1> <time> +0000
        <time> <time> until <date> at 127.0.0.1:<port>
        held as <hold>; added 12 of 123456
        """)
  }

  @Test("a text that differs from the recorded one is told with its line, one without record too")
  func differs() throws {
    let mismatch = try #require(Snapshot.mismatch("one\nthree\n", with: "one\ntwo\n"))
    #expect(mismatch.hasPrefix("differs at line 2: three\n"))
    #expect(Snapshot.mismatch("one\n", with: nil)?.hasPrefix("is not there") == true)
    #expect(
      Snapshot.mismatch("caf\u{e9}", with: "cafe\u{301}") != nil, "bytes count, not characters")
    #expect(Snapshot.mismatch("one\n", with: "one\n") == nil)
    try expectSnapshot("the text\n", named: "SnapshotTests.same")
  }
}
