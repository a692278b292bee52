internal import Platform
internal import Report

/// The manual's page on the hook executable, and one by each name that it is called with.
enum HooksManual {
  static var pages: [ManualPage] {
    [main] + Shim.Hook.allCases.map { ManualPage($0.executableName, sameAs: main) }
  }

  private static var main: ManualPage {
    var page = ManualPage(
      "hookkit-hook", section: 1, title: "the hooks of git that hookkit answers",
      version: Version.text)
    page.section("SYNOPSIS")
    for hook in Shim.Hook.allCases {
      page.synopsis(
        marked: "\(ManualPage.bold(hook.executableName)) [\(ManualPage.bold("--version"))]")
    }
    page.section("DESCRIPTION")
    page.prose(
      """
      One executable, which does what the name says that it is called with. git starts it through the \
      shims that `hookkit install` writes, and it speaks git's protocol for the hook; by hand there is \
      nothing to do with it but to ask for its version.
      """)
    for hook in Shim.Hook.allCases {
      page.definition(marked: ManualPage.bold(hook.executableName), task(of: hook))
    }
    page.prose(
      """
      If input is unreadable, too large or too slow, or the hook crashes, the push is refused, with a \
      code on standard error.
      """)
    page.section("EXIT STATUS")
    page.blocks(Array(HelpTopic.exitCodes.blocks.dropFirst()))
    page.seeAlso([
      ("githooks", 5), ("hookkit", 1), ("hookkit-codes", 7), ("hookkit-install", 1),
    ])
    return page
  }

  /// What a hook does, in a sentence.
  private static func task(of hook: Shim.Hook) -> String {
    switch hook {
    case .preReceive: "Refuses a push that cannot be decided, or that no reference of it may bring."
    case .procReceive: "Answers each reference by itself: it lands, is held, or is refused."
    case .update: "Answers one reference, on hosts that run no proc-receive."
    case .referenceTransaction: "Asks once more for the references that git is about to move."
    case .postReceive: "Records what has landed."
    case .prePush: "Says early, to the person who pushes, what the server will say."
    case .preCommit: "Names dependency files of a commit that cannot be read."
    case .preMergeCommit: "Does the same for a merge."
    case .prepareCommitMessage: "Names the agent that makes a commit, by its environment, early."
    case .commitMessage: "Names the agent that makes a commit, by its environment."
    }
  }
}
