import Gate
import Git
import HookWire
@testable import HookRuntime
import Ledger
import Platform
import Primitives
import Report
import TestSupport
import Testing

private struct Unforeseen: Error { let words: String }

/// Whatever keeps a hook from its work is a code, words for a stranger's terminal, and an exit code.
@Suite struct RefusalTests {
  private static let hostile = "\u{1b}[2J\u{7}\r\nremote: ok \u{202e}"

  private static let problems: [(problem: any Error, code: Int, exit: Int32)] = [
    (InputError(.truncatedLine, line: 1), 905, 3),
    (Refusal.emptyInput, 905, 3),
    (Refusal.dialogue("git hung up during the dialogue"), 905, 3),
    (PushOptionsError.tooMany(limit: 1000), 905, 3),
    (PushOptionsError.malformedCount(Array(hostile.utf8)), 905, 3),
    (Refusal.unreadable("hookkit/host: " + hostile), 901, 3),
    (SystemError("read", "/srv/git/secret.git/\(hostile)", .code(13)), 901, 3),
    (GitError.library(action: "reading", message: hostile), 901, 3),
    (GitError.unsupported("references in reftable format"), 901, 3),
    (GitError.malformed(id(7), "two author lines"), 902, 3),
    (GitError.overLimit("more than 5 commits"), 903, 3),
    (PolicyInForce.Problem.missing, 801, 3),
    (Refusal.notRecorded("hookkit/journal: " + hostile), 904, 3),
    (ServerRecords.Problem.contended(.ledger), 904, 3),
    (ArrivalStore.Problem.system(SystemError("write", hostile, .code(28))), 904, 3),
    (ArrivalStore.Problem.git(.overLimit("more than 5 commits")), 903, 3),
    (ArrivalStore.Problem.full(limit: 10), 906, 1),
    (Refusal.fault(hostile), 970, 70),
    (Unforeseen(words: hostile), 970, 70),
  ]

  @Test("each problem has the code of its kind and ends in the exit code that goes with it")
  func codes() {
    for (problem, code, exit) in Self.problems {
      let finding = Refusal(problem).finding
      #expect(finding.code == Code(code), "\(problem)")
      #expect(ExitCode(finding).rawValue == exit, "\(problem)")
      #expect(exit != 0)
    }
  }

  @Test("its words are printable ASCII, without a Swift value in them, and the last is a command")
  func words() {
    for (problem, _, _) in Self.problems {
      let lines = RefusalText.lines(for: Refusal(problem).finding)
      #expect(lines.first?.hasPrefix("error: HK") == true, "\(problem)")
      #expect(lines.last?.hasPrefix("hint: ") == true, "\(problem)")
      for line in lines {
        #expect(line.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(problem): \(line)")
        #expect(!line.contains("/srv/git"), "\(problem): \(line)")
        #expect(!line.contains("(action:") && !line.contains("SystemError"), "\(problem): \(line)")
      }
    }
  }
}
