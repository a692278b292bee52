import HookWire
import Primitives
import Testing

@Suite struct ProcReceiveTests {
  /// git's side, said all at once, and what the hook answers.
  private final class Peer {
    private var pending: ArraySlice<UInt8>
    private let piece: Int
    var written: [[UInt8]] = []

    init(_ lines: [PktLine], piece: Int = .max) throws {
      var bytes: [UInt8] = []
      for line in lines { try line.write(to: &bytes) }
      pending = bytes[...]
      self.piece = piece
    }

    func read(_ count: Int) -> [UInt8] {
      let part = pending.prefix(min(count, piece))
      pending = pending.dropFirst(part.count)
      return Array(part)
    }

    func start(limits: InputLimits = InputLimits()) throws -> ProcReceive {
      try ProcReceive(limits: limits, read: read) { self.written.append($0) }
    }

    func error(answering reports: [ProcReceive.Report]) throws -> ProcReceiveError? {
      let dialogue = try start()
      do {
        try dialogue.report(reports)
        return nil
      } catch { return error as? ProcReceiveError }
    }

    func error(limits: InputLimits = InputLimits()) -> ProcReceiveError? {
      do {
        _ = try start(limits: limits)
        return nil
      } catch { return error as? ProcReceiveError }
    }
  }

  private static let main = Samples.update("refs/heads/main")
  private static let side = Samples.update("refs/heads/side", .zero, Samples.one)
  private static let mainLine = PktLine.text(
    "\(Samples.oneText) \(Samples.twoText) refs/heads/main")
  private static let sideLine = PktLine.text(
    "\(Samples.zeroText) \(Samples.oneText) refs/heads/side")

  @Test("a plain push is read, whatever pieces it comes in", arguments: [1, 3, 64, Int.max])
  func plain(_ piece: Int) throws {
    let peer = try Peer(
      [.text("version=1\n"), .flush, Self.mainLine, Self.sideLine, .flush], piece: piece)
    let dialogue = try peer.start()
    #expect(
      dialogue.request
        == .init(updates: [Self.main, Self.side], options: [], isAtomic: false))
    #expect(peer.written == [Array("000eversion=1\n0000".utf8)])
    try dialogue.report([
      .fallThrough(Self.main.name),
      .refused(Self.side.name, reason: Array("HK101 no\n\u{1b}[2J".utf8)),
    ])
    let report =
      "0016ok refs/heads/main0017option fall-through"
      + "002ang refs/heads/side HK101 no\\x0a\\x1b[2J0000"
    #expect(peer.written.count == 2)
    #expect(peer.written.last == Array(report.utf8))
  }

  @Test("push options and atomic are agreed on when git offers them")
  func features() throws {
    let peer = try Peer([
      .text("version=1\0push-options atomic future-word\n"), .flush, Self.mainLine, .flush,
      .text("hookkit.format=json"), .text("ci.skip"), .flush,
    ])
    let request = try peer.start().request
    #expect(request.isAtomic)
    #expect(request.options == [Array("hookkit.format=json".utf8), Array("ci.skip".utf8)])
    #expect(peer.written == [Array("0022version=1\0push-options atomic\n0000".utf8)])
  }

  @Test("options are not waited for when git does not offer them")
  func atomicOnly() throws {
    let peer = try Peer([.text("version=1\0atomic\n"), .flush, Self.mainLine, .flush])
    let request = try peer.start().request
    #expect(request.isAtomic && request.options.isEmpty)
    #expect(peer.written == [Array("0015version=1\0atomic\n0000".utf8)])
  }

  @Test("a redirected update says where and what, all before one flush and in one write")
  func redirected() throws {
    let peer = try Peer([.text("version=1\n"), .flush, Self.mainLine, .flush])
    let dialogue = try peer.start()
    try dialogue.report([
      .ok(Self.main.name),
      .redirected(
        Self.main.name, to: RefName("refs/quarantine/7"), old: .zero, new: Samples.two, forced: true
      ),
    ])
    let report = try #require(peer.written.last)
    #expect(
      try PktLineDecoder.all(in: report) == [
        .text("ok refs/heads/main"), .text("ok refs/heads/main"),
        .text("option refname refs/quarantine/7"), .text("option old-oid \(Samples.zeroText)"),
        .text("option new-oid \(Samples.twoText)"), .text("option forced-update"), .flush,
      ])
    #expect(peer.written.count == 2)
  }

  @Test("a reason is one bounded line of ASCII, and never missing")
  func reasons() {
    let name = RefName("refs/heads/x")
    let long = ProcReceive.Report.refused(name, reason: [UInt8](repeating: 0x0a, count: 10_000))
    #expect(long.lines.count == 1)
    #expect(
      long.lines[0].count
        == "ng refs/heads/x ".utf8.count + ProcReceive.Report.maximumReasonCount + 3)
    #expect(long.lines[0].allSatisfy { (0x20...0x7e).contains($0) })
    #expect(
      ProcReceive.Report.refused(name, reason: []).lines == [Array("ng refs/heads/x refused".utf8)])
  }

  @Test("reports that do not answer the request are an error, and nothing is written")
  func wrongReports() throws {
    let cases: [([ProcReceive.Report], ProcReceiveError)] = [
      ([], .unreported(Self.main.name)),
      ([.fallThrough(Self.main.name)], .unreported(Self.side.name)),
      ([.fallThrough(Self.side.name), .ok(Self.main.name)], .unreported(Self.main.name)),
      (
        [.ok(Self.main.name), .ok(Self.side.name), .ok(RefName("refs/heads/z"))],
        .unrequested(RefName("refs/heads/z"))
      ),
      (
        [.ok(Self.main.name), .ok(Self.side.name), .ok(Self.main.name)],
        .unrequested(Self.main.name)
      ),
      (
        [.ok(Self.main.name), .refused(Self.main.name, reason: []), .ok(Self.side.name)],
        .contradictoryReports(Self.main.name)
      ),
      (
        [.fallThrough(Self.main.name), .fallThrough(Self.main.name), .ok(Self.side.name)],
        .contradictoryReports(Self.main.name)
      ),
      (
        [
          .redirected(
            Self.main.name, to: RefName("refs/x\nng"), old: .zero, new: .zero, forced: false),
          .ok(Self.side.name),
        ], .malformedTarget(RefName("refs/x\nng"))
      ),
    ]
    for (reports, expected) in cases {
      let peer = try Peer([.text("version=1\n"), .flush, Self.mainLine, Self.sideLine, .flush])
      #expect(try peer.error(answering: reports) == expected)
      #expect(peer.written.count == 1, "only the version")
    }
  }

  @Test("what is not version 1 is refused before any answer")
  func versions() throws {
    for word in ["version=2", "version=1 ", "version=10", "version=", "1", "Version=1", ""] {
      let peer = try Peer([.text(word + "\n"), .flush])
      #expect(peer.error() == .unsupportedVersion(Array(word.utf8)))
      #expect(peer.written.isEmpty)
    }
    #expect(try Peer([.flush]).error() == .unexpectedFrame(.version))
    #expect(
      try Peer([.text("version=1"), .text("more"), .flush]).error() == .unexpectedFrame(.version))
  }

  @Test("every end of input before its time is an error", arguments: 0..<5)
  func endOfInput(_ count: Int) throws {
    let all: [PktLine] = [
      .text("version=1\0push-options"), .flush, Self.mainLine, .flush, .text("option"), .flush,
    ]
    let stage: ProcReceiveError.Stage = count < 2 ? .version : count < 4 ? .commands : .options
    #expect(try Peer(Array(all.prefix(count))).error() == .endOfInput(stage))
  }

  @Test("a delimiter, a bad command, a repeated reference or bytes behind the end are refused")
  func hostileStream() throws {
    let start: [PktLine] = [.text("version=1"), .flush]
    #expect(try Peer(start + [.delimiter]).error() == .unexpectedFrame(.commands))
    #expect(
      try Peer(start + [Self.mainLine, .text("x"), .flush]).error()
        == .command(InputError(.malformedLine, line: 2)))
    #expect(
      try Peer(start + [Self.mainLine, Self.mainLine, .flush]).error()
        == .command(InputError(.duplicateRef(Self.main.name), line: 2)))
    #expect(
      try Peer(start + [Self.mainLine, .flush, .flush]).error() == .unexpectedFrame(.reports))
  }

  @Test("limits on commands, bytes and options hold")
  func limits() throws {
    let commands: [PktLine] = [.text("version=1"), .flush, Self.mainLine, Self.sideLine, .flush]
    #expect(
      try Peer(commands).error(limits: InputLimits(updateCount: 1))
        == .command(InputError(.tooManyUpdates(limit: 1), line: 2)))
    #expect(
      try Peer(commands, piece: 16).error(limits: InputLimits(byteCount: 100))
        == .inputTooLong(limit: 100))
    let options =
      [PktLine.text("version=1\0push-options"), .flush, .flush]
      + Array(repeating: .text("x"), count: PushOptions.maximumCount + 1)
    #expect(try Peer(options).error() == .tooManyOptions(limit: PushOptions.maximumCount))
  }

  @Test("the closures' own errors pass through")
  func closureErrors() {
    struct Broken: Error, Equatable {}
    #expect(throws: Broken()) {
      _ = try ProcReceive(read: { _ in throw Broken() }, write: { _ in })
    }
  }
}
