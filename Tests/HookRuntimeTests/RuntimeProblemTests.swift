import Gate
import Git
import HookWire
@testable import HookRuntime
import Primitives
import Report
import TestSupport
import Testing

/// Whatever keeps a hook from its work is a code, words for a stranger's terminal, and an exit code.
@Suite struct RuntimeProblemTests {
  private static let hostile = "\u{1b}[2J\u{7}\r\nremote: ok \u{202e}"

  private static let problems: [(problem: RuntimeProblem, code: Int, exit: Int32)] = [
    (.input(InputError(.truncatedLine, line: 1)), 905, 3),
    (.emptyInput, 905, 3),
    (.dialogue("the dialogue with git broke off"), 905, 3),
    (.tooManyOptions("more than 1000 push options"), 905, 3),
    (.unreadable("hookkit/host: " + hostile), 901, 3),
    (.git(.library(action: "reading", message: hostile)), 901, 3),
    (.git(.unsupported("references in reftable format")), 901, 3),
    (.git(.malformed(id(7), "two author lines")), 902, 3),
    (.git(.overLimit("more than 5 commits")), 903, 3),
    (.notRecorded("hookkit/journal: " + hostile), 904, 3),
    (.tooMuchRefused(limit: 10), 906, 1),
    (.fault(hostile), 970, 70),
  ]

  @Test("each problem has the code of its kind and ends in the exit code that goes with it")
  func codes() {
    for (problem, code, exit) in Self.problems {
      let finding = problem.finding
      #expect(finding.code == Code(code), "\(problem)")
      #expect(ExitCode(finding).rawValue == exit, "\(problem)")
      #expect(exit != 0)
    }
  }

  @Test("its words are printable ASCII, without a Swift value in them, and the last is a command")
  func words() {
    for (problem, _, _) in Self.problems {
      let lines = RefusalText.lines(for: problem.finding)
      #expect(lines.first?.hasPrefix("error: HK") == true, "\(problem)")
      #expect(lines.last?.hasPrefix("hint: ") == true, "\(problem)")
      for line in lines {
        #expect(line.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(problem): \(line)")
        #expect(!line.contains("(action:") && !line.contains("Error("), "\(problem): \(line)")
      }
    }
  }
}
