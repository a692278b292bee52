import Platform
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite(.serialized) struct SubprocessTests {
  init() {
    // As every executable of hookkit does.
    signal(SIGPIPE, SIG_IGN)
  }

  private func command(
    _ arguments: String..., environment: [(name: String, value: [UInt8])] = []
  ) -> Subprocess {
    Subprocess(
      arguments, environment: [(name: "PATH", value: Array("/usr/bin:/bin".utf8))] + environment)
  }

  private func reason(_ body: () throws(SystemError) -> Void) -> SystemError.Reason? {
    do throws(SystemError) { try body() } catch { return error.reason }
    return nil
  }

  @Test("both outputs and the status come back")
  func outcome() throws {
    let outcome = try command("sh", "-c", "echo out; echo err >&2; exit 7").run()
    #expect(outcome.output == Array("out\n".utf8))
    #expect(outcome.errors == Array("err\n".utf8))
    #expect(outcome.status == 7 && !outcome.succeeded)
    #expect(try command("true").run().succeeded)
  }

  @Test("arguments reach the program as they are, never a shell")
  func arguments() throws {
    let hostile = ["$(touch x)", "a b", "'", "\"", "*", "", "-n", "caf\u{e9}", "\u{1b}[31m"]
    let outcome = try Subprocess(
      ["printf", "%s\\n"] + hostile, environment: [(name: "PATH", value: Array("/usr/bin".utf8))]
    ).run()
    #expect(outcome.output == Array(hostile.map { $0 + "\n" }.joined().utf8))
  }

  @Test("arguments and variables that are not UTF-8 pass unchanged")
  func bytes() throws {
    var printing = command(
      "sh", "-c", "printf %s \"$1$VALUE\"", "sh",
      environment: [(name: "VALUE", value: [0x3d, 0x80])])
    printing.arguments.append([0xff, 0x41])
    #expect(try printing.run().output == [0xff, 0x41, 0x3d, 0x80])
  }

  @Test("the environment is only what was given; variables are set and taken out of it")
  func environment() throws {
    let plain = command("env", environment: [(name: "A", value: [0x31])])
    #expect(try plain.run().output == Array("PATH=/usr/bin:/bin\nA=1\n".utf8))
    let changed = plain.setting("A", nil).setting("B", "2").setting("B", "3")
    #expect(try changed.run().output == Array("PATH=/usr/bin:/bin\nB=3\n".utf8))
  }

  @Test("input and both outputs far larger than a pipe pass at once")
  func largePipes() throws {
    let input = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let outcome = try command("sh", "-c", "tee /dev/stderr").run(input: input)
    #expect(outcome.output == input)
    #expect(outcome.errors == input)
  }

  @Test("a program that does not read its input is no error and no SIGPIPE")
  func unreadInput() throws {
    let input = [UInt8](repeating: 0x78, count: 3_000_000)
    #expect(try command("true").run(input: input).succeeded)
    #expect(try command("sh", "-c", "exec 0<&-; sleep 0.1; echo done").run(input: input).succeeded)
  }

  @Test("a child ends by SIGPIPE as anywhere else, although hookkit ignores it")
  func childsBrokenPipe() throws {
    let outcome = try command("sh", "-c", "kill -PIPE $$; echo alive").run()
    #expect(outcome.status == 128 + 13)
    #expect(outcome.output.isEmpty)
  }

  @Test("a child that a signal ends has no success")
  func signals() throws {
    #expect(try command("sh", "-c", "kill -KILL $$").run().status == 137)
  }

  @Test("more output than the limit ends the child, on either stream", arguments: ["", " >&2"])
  func outputLimit(_ stream: String) throws {
    let endless = command("sh", "-c", "while :; do echo yyyyyyyyyyyyyyyy; done\(stream)")
    #expect(
      reason { () throws(SystemError) in _ = try endless.run(limit: 100_000) }
        == .tooLarge(limit: 100_000))
  }

  @Test("a child that takes too long is killed, also when it ignores kinder signals")
  func timeLimit() throws {
    let slow = command("sh", "-c", "trap '' TERM INT HUP PIPE; while :; do sleep 1; done")
    #expect(
      reason { () throws(SystemError) in _ = try slow.run(seconds: 1) }
        == .timedOut(seconds: 1))
  }

  @Test("a program that is not there is an error with its name")
  func missing() throws {
    do throws(SystemError) {
      _ = try command("hookkit-no-such-program").run()
      Issue.record("a program that does not exist ran")
    } catch {
      #expect(error.isMissing && error.path == "hookkit-no-such-program")
    }
    #expect(throws: SystemError.self) { _ = try Subprocess([], environment: []).run() }
  }

  @Test("a pager that stops reading is no error")
  func foreground() throws {
    let input = [UInt8](repeating: 0x0a, count: 1_000_000)
    #expect(try command("sh", "-c", "exit 3").runInForeground() == 3)
    var answers: [Bool] = []
    let status = try command("sh", "-c", "read line; exit 0").runInForeground { put in
      for _ in 0..<20 { answers.append(put(input)) }
    }
    #expect(status == 0)
    #expect(answers.last == false)
  }

  @Test("what a program prints is handed on piece by piece, as long as it is wanted")
  func stream() throws {
    var count = 0
    let zeros = command("head", "-c", "3000000", "/dev/zero")
    let status = try zeros.stream { piece in
      count += piece.count
      return true
    }
    #expect(status == 0 && count == 3_000_000)
    count = 0
    _ = try zeros.stream { piece in
      count += piece.count
      return false
    }
    #expect(count > 0 && count <= 1 << 16)
    #expect(try command("sh", "-c", "exit 3").stream { _ in true } == 3)
  }
}
