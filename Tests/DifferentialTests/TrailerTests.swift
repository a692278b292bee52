import Signals
import TestSupport
import Testing

/// Our reading of trailers against git's own.
@Suite struct TrailerTests {
  /// What `git interpret-trailers` finds in each message.
  private static func git(_ messages: [[UInt8]]) throws -> [[UInt8]] {
    let sandbox = try Sandbox()
    return try messages.map { message in
      let run = try sandbox.run(
        ["git", "interpret-trailers", "--parse", "--no-divider"], stdin: message)
      try #require(run.succeeded)
      return run.stdout
    }
  }

  /// The same in git's form.
  private static func ours(_ message: [UInt8]) -> [UInt8] {
    Trailers(of: message).trailers.flatMap { trailer in
      Array(message[trailer.key]) + [0x3a, 0x20] + Trailers.unfolded(message[trailer.value])
        + [0x0a]
    }
  }

  private static func compare(_ messages: [[UInt8]]) throws {
    for (message, expected) in zip(messages, try git(messages)) {
      let actual = ours(message)
      #expect(
        String(decoding: actual, as: UTF8.self) == String(decoding: expected, as: UTF8.self),
        "\(String(decoding: message, as: UTF8.self).debugDescription)")
      #expect(actual.elementsEqual(expected))
    }
  }

  @Test("git and hookkit find the same trailers in every message of the table")
  func table() throws {
    let messages = TrailerMessages.table.map { Array($0.utf8) }
    #expect(messages.count >= 250)
    try Self.compare(messages)
  }

  @Test("git and hookkit find the same trailers in messages put together by chance")
  func random() throws {
    try Self.compare(TrailerMessages.random(400))
  }

  @Test("git and hookkit find the same trailers in every line of the signal corpus")
  func corpus() throws {
    let lines = ["Co-authored-by: Claude <noreply@anthropic.com>", "Assisted by: Codex", "x\\n"]
    let messages = lines.flatMap { first in lines.map { Array("t\n\n\(first)\n\($0)\n".utf8) } }
    try Self.compare(messages)
  }

  @Test("the block is where git would cut the message")
  func block() {
    let message = Array("title\n\nbody\n\nA: b\n c\n\n# comment\n".utf8)
    let trailers = Trailers(of: message)
    #expect(String(decoding: message[trailers.block], as: UTF8.self) == "A: b\n c\n")
    #expect(trailers.trailers.map { Array(message[$0.value]) } == [Array("b\n c".utf8)])
  }
}
