import DependencyChecks
import Gate
import TestSupport
import Testing

/// For each code a push that it refuses; then people run what its text or its page names, and the same
/// push, or what the page says in its place, goes through.
@Suite("Every refusal ends the way its text says")
struct WayOutTests {
  /// The codes of the gate; those of dependency checks come with HK201, and end with it.
  static let codes = CodeRegistry.all.filter { $0.fileExamples.isEmpty }.map(\.code.description)

  @Test("what the refusal names ends it", arguments: codes)
  func ends(_ code: String) throws {
    switch code {
    case "HK101": try WayOut.review()
    case "HK102": try WayOut.merge()
    case "HK103": try WayOut.owner()
    case "HK104": try WayOut.signedPush()
    case "HK105": try WayOut.tagObject()
    case "HK106":
      try WayOut.unreadableOwners()
      try WayOut.standingUnreadableOwners()
    case "HK201":
      try WayOut.release()
      try WayOut.releaseWithoutHold()
    case "HK202": try WayOut.rejection()
    case "HK401": try WayOut.namespace()
    case "HK402": try WayOut.agentsLedger()
    case "HK301": try WayOut.secret()
    case "HK302": try WayOut.unreadContent()
    case "HK403": try WayOut.access()
    case "HK404": try WayOut.command()
    case "HK501": try WayOut.forcePush()
    case "HK502": try WayOut.deletion()
    case "HK503":
      try WayOut.creation()
      try WayOut.maintainersCreation()
    case "HK504": try WayOut.movedTag()
    case "HK505": try WayOut.lookAlike()
    case "HK506": try WayOut.reserved()
    case "HK507": try WayOut.replacement()
    case "HK508": try WayOut.tree()
    case "HK509": try WayOut.nested()
    case "HK801": try WayOut.missingPolicy()
    case "HK802":
      try WayOut.brokenServerPolicy()
      try WayOut.brokenTreePolicy(onServer: false)
      try WayOut.brokenTreePolicy(onServer: true)
    case "HK803": try WayOut.mixedPolicy()
    case "HK804": try WayOut.policyReview()
    case "HK805": try WayOut.successor()
    case "HK806": try WayOut.ledgerEntry()
    case "HK901": try WayOut.damage()
    case "HK902": try WayOut.malformed()
    case "HK903": try WayOut.limit()
    case "HK904": try WayOut.unrecorded()
    case "HK905": try WayOut.input()
    case "HK906": try WayOut.tooMuchRefused()
    case "HK970": try WayOut.crash()
    case "HK990": try WayOut.goneExecutable()
    default: Issue.record("nobody has shown how \(code) ends")
    }
  }

  @Test(
    "what a check of dependency files finds ends with a release",
    arguments: CodeRegistry.all.filter { !$0.fileExamples.isEmpty }.map(\.code.description))
  func released(_ code: String) throws {
    let page = try #require(Code(code).flatMap { CodeRegistry.page($0) })
    let example = try #require(page.fileExamples.first { $0.isFound })
    try WayOut.releaseOf(example, isNeutral: ["HK241", "HK242"].contains(code))
  }
}
