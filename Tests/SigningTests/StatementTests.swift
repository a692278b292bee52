import Primitives
import Signing
import Testing

@Suite("Statement")
struct StatementTests {
  private let commit = "1111111111111111111111111111111111111111"
  private let tree = "2222222222222222222222222222222222222222"

  private func error(_ text: String) -> StatementError? {
    do throws(StatementError) {
      _ = try Statement(reading: Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  private func text(
    type: String = Statement.type, subject: String? = nil, predicate: String = "{}",
    more: String = ""
  ) -> String {
    let subject = subject ?? #"[{"digest":{"gitCommit":"\#(commit)"}}]"#
    return #"{"_type":"\#(type)","subject":\#(subject),"predicateType":"x","#
      + #""predicate":\#(predicate)\#(more)}"#
  }

  @Test("a statement is written in the order of the specification and read back")
  func roundTrip() throws {
    let statement = Statement(
      subjects: [
        .init(.gitCommit(try #require(ObjectID(commit)))),
        .init(
          name: Array("tree".utf8), .gitTree(try #require(ObjectID(tree))),
          .sha256([UInt8](repeating: 0xab, count: 32))),
      ], predicateType: "https://example.org/p", predicate: ["b": 1, "a": ["\u{e9}"]])
    let expected =
      #"{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"gitCommit":""#
      + commit + #""}},{"name":"tree","digest":{"gitTree":""# + tree + #"","sha256":""#
      + String(repeating: "ab", count: 32)
      + #""}}],"predicateType":"https://example.org/p","predicate":{"b":1,"a":["\u00e9"]}}"#
    #expect(String(decoding: statement.serialized, as: UTF8.self) == expected)
    #expect(try Statement(reading: statement.serialized) == statement)
  }

  @Test("another type, an unknown or missing member, or a predicate that is no object is refused")
  func topLevel() {
    #expect(error(text()) == nil)
    #expect(
      error(text(type: "https://in-toto.io/Statement/v0.1"))
        == .unknownType(Array("https://in-toto.io/Statement/v0.1".utf8)))
    #expect(error(text(more: #","x":1"#)) == .unknownMember(Array("x".utf8)))
    #expect(error(#"{"_type":"\#(Statement.type)"}"#) == .missing(member: "subject"))
    #expect(error(text(predicate: "[]")) == .malformed(member: "predicate"))
    #expect(error("[]") == .malformed(member: "statement"))
    #expect(error("") == .json(JSONError(.truncated, at: 0)))
    #expect(
      error(String(repeating: " ", count: Statement.limit + 1))
        == .tooLarge(limit: Statement.limit))
  }

  @Test("subjects have known digests in lower case, and none stands twice")
  func subjects() {
    let one = #"{"digest":{"gitCommit":"\#(commit)"}}"#
    #expect(error(text(subject: "[\(one)]")) == nil)
    #expect(error(text(subject: "[\(one),\(one)]")) == .duplicateSubject)
    #expect(error(text(subject: "[]")) == .malformed(member: "subject"))
    #expect(error(text(subject: "{}")) == .malformed(member: "subject"))
    #expect(error(text(subject: #"[{"digest":{}}]"#)) == .malformed(member: "digest"))
    #expect(
      error(text(subject: #"[{"digest":{"md5":"00"}}]"#)) == .unknownMember(Array("md5".utf8)))
    #expect(
      error(text(subject: #"[{"uri":"x","digest":{"gitCommit":"\#(commit)"}}]"#))
        == .unknownMember(Array("uri".utf8)))
    for bad in [
      #""gitCommit":"\#(String(repeating: "A", count: 40))""#, #""gitCommit":"\#(commit)1""#,
      #""gitTree":"""#, #""sha256":"\#(commit)""#, #""gitCommit":1"#,
    ] {
      #expect(
        error(text(subject: "[{\"digest\":{\(bad)}}]")) == .malformed(member: "digest"), "\(bad)")
    }
    let many = (0...Statement.subjectLimit).map { _ in one }.joined(separator: ",")
    #expect(error(text(subject: "[\(many)]")) == .tooManySubjects(limit: 64))
  }

  @Test("what an error quotes is escaped")
  func description() {
    #expect(
      StatementError.unknownMember([0x1b, 0x5b]).description == #"unknown member "\x1b[""#)
  }
}
