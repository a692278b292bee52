internal import Gate
internal import Policy

/// The pages of the manual that belong to no command: codes, the policy file, hosts, the catalog.
package enum TopicManual {
  package static func pages(version: String) -> [ManualPage] {
    [codes(version), policy(version), hosts(version), catalog(version)]
  }

  /// Every code with its whole page, as `hookkit explain` shows it.
  private static func codes(_ version: String) -> ManualPage {
    var page = ManualPage(
      "hookkit-codes", section: 7, title: "every code that a refusal of hookkit may bear",
      version: version)
    page.section("DESCRIPTION")
    page.prose(
      """
      Every refusal and every warning of hookkit begins with a code. `hookkit explain` with the code \
      shows what stands here.
      """)
    page.section("CODES")
    for code in CodeRegistry.all { describe(code, in: &page) }
    page.seeAlso([("hookkit", 1), ("hookkit-explain", 1), ("hookkit-policy", 5)])
    return page
  }

  private static func describe(_ code: RulePage, in page: inout ManualPage) {
    page.subsection("\(code.code) \(code.title)")
    page.prose(code.why)
    page.prose("What ends it: \(code.ends)")
    for example in ExampleText.all(of: code) {
      page.definition(marked: ManualPage.variable(example.word), example.claim)
    }
  }

  private static func policy(_ version: String) -> ManualPage {
    var page = ManualPage(
      "hookkit-policy", section: 5, title: "the policy file of hookkit", version: version)
    page.section("DESCRIPTION")
    page.blocks(HelpTopic.policy.blocks)
    page.section("FILES")
    page.definition(
      marked: ManualPage.variable("/etc/hookkit/policy.toml"), "The organisation's policy.")
    page.definition(
      marked: ManualPage.variable("$GIT_DIR/hookkit/policy.toml"),
      "The policy of the repository's administrator.")
    page.definition(
      marked: ManualPage.variable(".hookkit/policy.toml"), "The policy in the tree.")
    page.seeAlso([("hookkit", 1), ("hookkit-codes", 7), ("hookkit-policy", 1)])
    return page
  }

  private static func hosts(_ version: String) -> ManualPage {
    var page = ManualPage(
      "hookkit-hosts", section: 7, title: HelpTopic.hosts.title, version: version)
    page.section("DESCRIPTION")
    page.blocks(HelpTopic.hosts.blocks)
    page.seeAlso([("hookkit", 1), ("hookkit-install", 1), ("hookkit-policy", 5)])
    return page
  }

  private static func catalog(_ version: String) -> ManualPage {
    var page = ManualPage(
      "hookkit-catalog", section: 7, title: HelpTopic.catalog.title, version: version)
    page.section("DESCRIPTION")
    page.blocks(HelpTopic.catalog.blocks)
    page.seeAlso([("hookkit", 1), ("hookkit-policy", 5), ("hookkit-quarantine", 1)])
    return page
  }
}
