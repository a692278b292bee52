import HookWire
import Primitives
import TestSupport
import Testing

/// Our pkt-lines against git's, in both directions.
@Suite struct PktLineTests {
  private let server: TestRepository
  private let head: ObjectID

  init() throws {
    server = try Sandbox().bareRepository()
    head = try server.commit("one", ["a.txt": "1\n"])
    try server.setReferences((0..<200).map { ("refs/heads/topic/\($0)", head) })
  }

  private func text(_ line: PktLine) -> String? {
    line.line.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "an advertisement of git is read to its last reference",
    arguments: ["upload-pack", "receive-pack"])
  func advertisement(_ service: String) throws {
    let output = try server.git(service, "--http-backend-info-refs", ".").stdout
    var lines = try PktLineDecoder.all(in: output)
    #expect(lines.popLast() == .flush)
    var listed: [String: ObjectID] = [:]
    for line in lines {
      // The first reference has the capabilities behind a NUL.
      let fields = try #require(text(line)).split(separator: "\0")[0].split(separator: " ")
      guard fields[1] != "HEAD" else { continue }
      listed[String(fields[1])] = ObjectID(String(fields[0]))
    }
    #expect(try listed == server.references())
    #expect(listed.count == 201)
  }

  @Test("a protocol 2 request of ours is understood, delimiter and all")
  func request() throws {
    var input: [UInt8] = []
    for line: PktLine in [
      .text("command=ls-refs\n"), .delimiter, .text("ref-prefix refs/heads/topic/19\n"), .flush,
    ] { try line.write(to: &input) }
    let answer = try server.git(
      "upload-pack", "--stateless-rpc", ".", stdin: input, env: ["GIT_PROTOCOL": "version=2"])
    var expected = (0..<200).filter { "\($0)".hasPrefix("19") }.map { "refs/heads/topic/\($0)" }
    expected.sort()
    let lines = try PktLineDecoder.all(in: answer.stdout)
    #expect(lines.compactMap(text) == expected.map { "\(head) \($0)" })
    #expect(lines.last == .flush)
  }

  @Test(
    "a length that git refuses we refuse, and one that it takes we take",
    arguments: [
      "0000", "0005", "000A", "000a", "0003", "ffff", "fff1", "zzzz", "-001", "0x10", "    ",
    ])
  func lengths(_ length: String) throws {
    // A request with one argument, whose frame has the length under test.
    let request = Array("0014command=ls-refs\n0001".utf8)
    let size = Int(length, radix: 16) ?? 0
    let payload = [UInt8](repeating: 0x61, count: min(max(size - 4, 0), 64))
    let input = request + Array(length.utf8) + payload + Array("0000".utf8)
    let answer = try server.attempt(
      "upload-pack", "--stateless-rpc", ".", stdin: input, env: ["GIT_PROTOCOL": "version=2"])
    let gitReads =
      !answer.errors.contains("bad line length") && !answer.errors.contains("hung up")
      && !answer.errors.contains("early EOF") && !answer.errors.contains("disconnect")
    let weRead = (try? PktLineDecoder.all(in: input)) != nil
    #expect(weRead == gitReads, "\(length): \(answer)")
  }
}
