import Primitives
import TestSupport
import Testing

/// A fork borrows the objects of the repository that it was made from, as forges do: what lands there is in
/// the fork's store at once, and nobody has brought it to the fork.
@Suite("a fork that borrows its parent's objects")
struct ForkNetworkTests {
  private let parent: GuardedServer
  /// Where the fork is.
  private let fork: String

  init() throws {
    parent = try GuardedServer(policy: { $0.openPolicy() })
    let (from, to) = (parent.repository.path, parent.sandbox.path("fork.git"))
    let made = try parent.sandbox.run([
      "sh", "-ec",
      """
      git clone -q --bare --shared '\(from)' '\(to)'
      cp -R '\(from)/hooks' '\(from)/hookkit' '\(to)/'
      sed -i 's|git.example.org/app|git.example.org/fork|' '\(to)/hookkit/policy.toml'
      git -C '\(to)' config receive.advertisePushOptions true
      git -C '\(to)' config --add receive.procReceiveRefs refs
      """,
    ])
    guard made.succeeded else { throw UnexpectedOutcome("a fork", made) }
    fork = to
    try parent.begin()
    // The fork is in use as well.
    let first = try parent.commit("Of the fork", ["fork": "1"], by: .frank)
    try #require(try push(as: .frank, "\(first):refs/heads/first").succeeded)
  }

  private func push(as actor: Actor, _ refspec: String) throws -> Outcome {
    try parent.sandbox.run(
      ["git", "push", fork, refspec], in: parent.work.path,
      env: parent.environment(as: actor))
  }

  private func tip(_ ref: String) throws -> ObjectID? {
    let found = try parent.sandbox.run(["git", "rev-parse", "--quiet", "--verify", ref], in: fork)
    return found.succeeded ? try found.objectID() : nil
  }

  private func refuses(
    _ commit: ObjectID, as actors: [Actor], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for actor in actors {
      for ref in ["refs/heads/main", "refs/heads/release/9", "refs/tags/v9"] {
        let before = try tip(ref)
        let outcome = try push(as: actor, "\(commit):\(ref)")
        #expect(outcome.codes.contains("HK101"), "\(outcome)", sourceLocation: sourceLocation)
        #expect(try tip(ref) == before, "\(outcome)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test(
    "what was reviewed and has landed in the parent is unreviewed in the fork, whoever pushes it")
  func reviewedElsewhere() throws {
    let work = try parent.commit("Work", ["w": "1"], by: .codex)
    try parent.pushed(as: .codex, "\(work):refs/heads/agent/codex/w")
    try parent.approve(work, by: .dana)
    try parent.lands(work, as: .dana)
    let borrowed = try parent.sandbox.run(["git", "cat-file", "-e", work.hex], in: fork)
    #expect(borrowed.succeeded, "\(borrowed)")
    try refuses(work, as: [.dana, .frank, .codex, .stranger])
    // An agent's push to a branch of the fork does not change that, nor a person's.
    #expect(try push(as: .codex, "\(work):refs/heads/agent/codex/w").succeeded)
    #expect(try push(as: .dana, "\(work):refs/heads/topic").succeeded)
    try refuses(work, as: [.dana, .frank])
    // Reviews of the parent are of the parent.
    try parent.work.git("fetch", "--quiet", parent.repository.path, "refs/hookkit/ledger")
    let ledger = try push(as: .dana, "FETCH_HEAD:refs/hookkit/ledger")
    #expect(ledger.codes == ["HK806"], "\(ledger)")
  }

  @Test("a person's work of the parent is nobody's in the fork, unless the person has signed it")
  func persons() throws {
    let plain = try parent.commit("Plain", ["p": "1"], by: .dana)
    try parent.lands(plain, as: .dana)
    try refuses(plain, as: [.dana, .frank, .codex])
    let signed = try parent.commit("Signed", ["s": "1"], by: .dana, signed: true)
    try parent.pushed(as: .dana, "\(signed):refs/heads/signed")
    try refuses(signed, as: [.codex, .stranger])
    let landed = try push(as: .frank, "\(signed):refs/heads/main")
    #expect(landed.succeeded, "\(landed)")
  }

  @Test("what the parent's refused push left in nobody's store stays refused in the fork")
  func refusedInParent() throws {
    let work = try parent.commit("Work", ["w": "1"], by: .codex)
    let above = try parent.commit("Above", ["a": "1"], by: .dana, on: work)
    #expect(try parent.push(as: .codex, "\(work):main").codes == ["HK101"])
    #expect(try parent.push(as: .dana, "\(above):main").codes == ["HK101"])
    // The fork has no record of the parent's refusal; it judges by what the commit itself shows and who
    // brings it here.
    #expect(try push(as: .codex, "\(work):refs/heads/agent/codex/w").succeeded)
    try refuses(above, as: [.dana, .stranger])
    try refuses(work, as: [.dana, .codex])
  }
}
