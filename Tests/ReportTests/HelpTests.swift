import Gate
import Policy
import Report
import TestSupport
import Testing

@Suite("Help and explanations")
struct HelpTests {
  @Test("the page of a code: title, why, what ends it, examples")
  func page() throws {
    let page = RulePage(
      code: Code(502), name: "Deletion", title: "no deletion of a protected reference",
      endedBy: .maintainer,
      why: """
        A protected reference stays, unless its rule says `delete = true`, and this line is here to be
        folded.

        A second paragraph.
        """,
      ends: "Nothing need be done.",
      examples: [
        Example("a protected branch is not deleted", .refuse, .push(nil, by: .dana)),
        Example("it is where the rule allows it", .allow, rule: ["delete = true"]),
        Example("nobody knows", .undecided),
      ])
    #expect(
      ExplainText.page(page) == """
        HK502 no deletion of a protected reference

          A protected reference stays, unless its rule says `delete = true`, and this
          line is here to be folded.

          A second paragraph.

        What ends it:
          Nothing need be done.

        Who acts:
          a maintainer. The pusher does not push it again.

        Examples, each of which is a test:
          refused    a protected branch is not deleted
          lands      it is where the rule allows it (delete = true)
          undecided  nobody knows

        """)
  }

  @Test("no page is wider than 78 columns or has a byte that is not printable ASCII")
  func pagesFit() {
    let texts =
      CodeRegistry.all.map { ExplainText.page($0) } + HelpTopic.allCases.map { $0.text() }
    for text in texts {
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
      for line in text.split(separator: "\n") {
        #expect(line.utf8.count <= ExplainText.width, "\(line)")
        #expect(line.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(line)")
        #expect(line.last != " ", "\(line)")
      }
    }
  }

  // The page of the catalog is its table once more.
  @Test("a topic's page is as recorded", arguments: HelpTopic.allCases.filter { $0 != .catalog })
  func topic(_ topic: HelpTopic) throws {
    try expectSnapshot(topic.text(), named: "help-\(topic.rawValue)", asIs: true)
  }

  @Test("the page of HK101 is as recorded")
  func needsReviewPage() throws {
    let page = try #require(CodeRegistry.page(Code(101)))
    try expectSnapshot(ExplainText.page(page), named: "explain-HK101", asIs: true)
  }

  @Test("topics tell all that their registries hold")
  func complete() {
    for code in ExitCode.allCases {
      #expect(HelpTopic.exitCodes.text().contains("\(code.rawValue)  \(code.word)"))
    }
    for variable in EnvironmentVariable.all {
      #expect(HelpTopic.environment.text().contains("  \(variable.name) "))
    }
    for page in CodeRegistry.all {
      #expect(HelpTopic.codes.text().contains("  \(page.code)  \(page.title)"))
    }
    for key in PolicyKey.all { #expect(HelpTopic.policy.text().contains("  \(key.name)")) }
  }

  @Test("exit codes are those of the contract, and a verdict has its own")
  func exitCodes() {
    #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 8, 70, 130])
    #expect(
      ExitCode.allCases.map(\.word)
        == ["allowed", "refused", "usage", "undecided", "held", "bug", "interrupted"])
    #expect(ExitCode(Verdict.allow) == .allowed)
    #expect(ExitCode(Verdict.refuse) == .refused)
    #expect(ExitCode(Verdict.undecided) == .undecided)
    #expect(ExitCode(Unreadable.finding("x")) == .undecided)
    #expect(ExitCode(InternalError.finding("x")) == .bug)
  }
}
