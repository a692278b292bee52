internal import Gate
internal import Git
internal import Ledger
internal import Policy
internal import Primitives
internal import Report

/// What a server has on record, brought into a clone: policy, ledger and landings.
struct FetchedRecords {
  let remote: Remote
  /// The policy that was in force last; `nil` where the server records none.
  let policy: PolicyInForce?
  /// Which of the records there are.
  private let kinds: [String]

  /// Asks the server once.
  init(from remote: Remote, of repository: LocalRepository, _ context: CommandContext) throws {
    self.remote = remote
    context.terminal.progress("asking \(remote.name.quoted)")
    try remote.fetchRecords()
    let references = try ReferenceStore(gitDirectory: repository.commonDirectory)
    let objects = try repository.objects()
    let tip = try references.resolve(remote.tracking(.policy))
    policy = try tip.map {
      try PolicyInForce(layers: recordedLayers(at: $0, objects: objects), head: nil)
    }
    kinds = try [(RefName.policy, "policy"), (.ledger, "ledger"), (.landings, "landings")]
      .filter { try references.resolve(remote.tracking($0.0)) != nil }.map(\.1)
  }

  /// `fetched policy, ledger and landings of "origin"; 4 people, 2 agents`
  var words: String {
    guard let policy = policy?.policy else {
      return
        "\(remote.name.quoted) has no policy on record: hookkit does not guard it, or has judged"
        + " nothing yet"
    }
    let listed = kinds.dropLast().joined(separator: ", ")
    let all = [listed, kinds.last ?? ""].filter { !$0.isEmpty }.joined(separator: " and ")
    let people = policy.people.count == 1 ? "1 person" : "\(policy.people.count) people"
    return
      "fetched \(all) of \(remote.name.quoted): \(people), \(policy.agents.count.counted("agent"))"
  }

  var json: JSON {
    [
      "schema": "hookkit.fetched/1", "remote": .text(remote.name),
      "records": .array(kinds.map { .text($0) }),
      "policy": policy.map { .text(Hex.string($0.digest)) } ?? .null,
    ]
  }
}
