package import Signing

/// The policies that `hookkit policy init` writes.
///
/// The texts stand also as `templates/policy/<profile>.toml`; a test keeps both alike.
package enum Profile: String, CaseIterable, Sendable {
  /// One person and their agents.
  case solo
  /// People who know each other, and their agents.
  case team
  /// Nothing lands that a second person has not read.
  case strict

  /// The text before anybody is enrolled, with `@REPOSITORY@`, `@PERSON@`, `@EMAIL@`, `@ACCOUNT@` and
  /// `@KEY@` for what `text` fills in.
  package var template: String {
    switch self {
    case .solo: Profile.soloTemplate
    case .team: Profile.teamTemplate
    case .strict: Profile.strictTemplate
    }
  }

  /// A policy with one person enrolled as reviewer and maintainer.
  ///
  /// The text is read back before it is given, so what cannot stand in a policy (a person's name that
  /// is no word, say) is an error here and not on the server.
  package func text(
    repository: [UInt8], person: [UInt8], email: [UInt8], account: [UInt8]?, key: PublicKey
  ) throws(PolicyError) -> String {
    let account = account.map { TOML.quoted($0) } ?? ""
    let values: [(placeholder: String, text: String)] = [
      ("REPOSITORY", Profile.unquoted(repository)), ("PERSON", Profile.keyed(person)),
      ("EMAIL", Profile.unquoted(email)), ("ACCOUNT", account), ("KEY", key.authorizedKeyText),
    ]
    // The template is split at its marks first, so that a value that looks like one stays itself.
    let pieces = template.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
    var text = ""
    for piece in pieces {
      let piece = String(piece) ?? ""
      text += values.first { $0.placeholder.utf8.elementsEqual(piece.utf8) }?.text ?? piece
    }
    _ = try Policy(layers: [
      PolicyLayer(.tree, name: ".hookkit/policy.toml", bytes: Array(text.utf8))
    ])
    return text
  }

  private static func unquoted(_ bytes: [UInt8]) -> String {
    String(TOML.quoted(bytes).dropFirst().dropLast())
  }

  /// A bare key where the name is a word; else a quoted one, which the reader then refuses by name.
  private static func keyed(_ bytes: [UInt8]) -> String {
    Policy.isWord(bytes, marks: "_-")
      ? String(decoding: bytes, as: UTF8.self) : TOML.quoted(bytes)
  }
}

extension Profile {
  fileprivate static let soloTemplate = #"""
    # hookkit policy, profile "solo". One person and their agents.
    #
    # Kept in the repository as .hookkit/policy.toml, or on the server as hookkit/policy.toml in the git
    # folder (the administrator's, which the one in the repository can only tighten).
    # `hookkit policy validate` checks it; `hookkit help policy` explains every key.

    version = 1
    # Goes up with every change; a lower one is refused, so that an old policy cannot be put back.
    serial = 1
    # Every review names it, so that a review made here counts nowhere else.
    repository = "@REPOSITORY@"

    # People. A key here lets its holder review and release: make it a FIDO key
    # (ssh-keygen -t ed25519-sk), because this profile asks for a touch, which no agent can give.
    [people.@PERSON@]
    emails = ["@EMAIL@"]
    accounts = [@ACCOUNT@]
    keys = ["@KEY@"]
    roles = ["reviewer", "maintainer"]

    # Agents. Give each one an account or a key of its own; then its work is known for certain.
    # [agents.codex]
    # accounts = ["svc-codex"]
    # sponsor = "@PERSON@"
    # may-push = ["refs/heads/agent/codex/**"]

    # Work of an agent waits for your review, signed with a touch. There is nobody else to ask, so you
    # may review the agents that you answer for; the touch is what tells you from them.
    [[protect]]
    # "HEAD" is the branch that the server's HEAD names, whatever it is called.
    refs = ["HEAD", "refs/heads/main", "refs/heads/release/**"]
    review = { of = "agents", approvals = 1, presence = "touch", sponsor-may-review = true }
    # An unsigned commit without any sign of an agent, pushed by your account, counts as yours.
    unverified = "person"
    binding = "head"
    force-push = false
    delete = false
    # What only waits for a review is kept, and lands by itself once it is there.
    hold = true

    # Agents' changes of lock files, manifests, registries, scripts and agent settings wait until you have
    # released them: `hookkit quarantine list`.
    [[quarantine]]
    refs = ["HEAD", "refs/heads/main", "refs/heads/release/**"]
    by = "agents"
    files = ["locks", "manifests", "origins", "runs-code", "agent-config"]
    presence = "touch"
    sponsor-may-release = true
    expires = "14d"

    """#

  fileprivate static let teamTemplate = #"""
    # hookkit policy, profile "team". People who know each other, and their agents.
    #
    # Kept in the repository as .hookkit/policy.toml, or on the server as hookkit/policy.toml in the git
    # folder (the administrator's, which the one in the repository can only tighten).
    # `hookkit policy validate` checks it; `hookkit help policy` explains every key.

    version = 1
    # Goes up with every change; a lower one is refused, so that an old policy cannot be put back.
    serial = 1
    # Every review names it, so that a review made here counts nowhere else.
    repository = "@REPOSITORY@"

    # People. A key here lets its holder review and release: it may be any
    # SSH key. Add a [people.<name>] table for each of you.
    [people.@PERSON@]
    emails = ["@EMAIL@"]
    accounts = [@ACCOUNT@]
    keys = ["@KEY@"]
    roles = ["reviewer", "maintainer"]

    # Agents. Give each one an account or a key of its own; then its work is known for certain.
    # [agents.codex]
    # accounts = ["svc-codex"]
    # sponsor = "@PERSON@"              # answers for the agent, and so does not review it
    # may-push = ["refs/heads/agent/codex/**"]

    # Work of an agent waits for the review of one person who neither wrote, pushed nor sponsors it.
    [[protect]]
    # "HEAD" is the branch that the server's HEAD names, whatever it is called.
    refs = ["HEAD", "refs/heads/main", "refs/heads/release/**"]
    # presence = "touch" asks for a FIDO key: it stops an agent that has got hold of a person's key.
    # owners = true asks for an owner of each touched path as CODEOWNERS names them.
    review = { of = "agents", approvals = 1, role = "reviewer", presence = "none" }
    # An unsigned commit without any sign of an agent, pushed by a person's account, counts as theirs.
    unverified = "person"
    # A person's commit that bears the sign of an agent is reviewed all the same ("allow" lets it pass).
    assisted = "review"
    binding = "head"
    force-push = false
    delete = false
    # What only waits for a review is kept, and lands by itself once it is there.
    hold = true

    # A published tag stays where it is.
    [[protect]]
    refs = ["refs/tags/**"]
    review = { approvals = 0 }
    force-push = false
    delete = false
    # who = "maintainers" lets nobody but a maintainer make one: no agent tags a release.

    # Agents' changes of lock files, manifests, registries, scripts and agent settings wait until a person
    # has released them: `hookkit quarantine list`.
    [[quarantine]]
    refs = ["HEAD", "refs/heads/main", "refs/heads/release/**"]
    by = "agents"
    files = ["locks", "manifests", "origins", "runs-code", "agent-config"]
    expires = "14d"

    """#

  fileprivate static let strictTemplate = #"""
    # hookkit policy, profile "strict". Nothing lands that a second person has not read.
    #
    # Kept in the repository as .hookkit/policy.toml, or on the server as hookkit/policy.toml in the git
    # folder (the administrator's, which the one in the repository can only tighten).
    # `hookkit policy validate` checks it; `hookkit help policy` explains every key.

    version = 1
    # Goes up with every change; a lower one is refused, so that an old policy cannot be put back.
    serial = 1
    # Every review names it, so that a review made here counts nowhere else.
    repository = "@REPOSITORY@"

    # People. A key here lets its holder review and release: make it a FIDO key
    # (ssh-keygen -t ed25519-sk), because this profile asks for a touch. Enrol three people or more:
    # nobody reviews their own work.
    [people.@PERSON@]
    emails = ["@EMAIL@"]
    accounts = [@ACCOUNT@]
    keys = ["@KEY@"]
    roles = ["reviewer", "maintainer"]

    # Agents. Give each one an account or a key of its own; then its work is known for certain.
    # [agents.codex]
    # accounts = ["svc-codex"]
    # sponsor = "@PERSON@"              # answers for the agent, and so does not review it
    # may-push = ["refs/heads/agent/codex/**"]

    # Every change, a person's too, waits for somebody else's review, signed with a touch, and for an
    # owner of each touched path as CODEOWNERS names them. presence = "verified" asks for the PIN too.
    [[protect]]
    # "HEAD" is the branch that the server's HEAD names, whatever it is called.
    refs = ["HEAD", "refs/heads/main", "refs/heads/release/**"]
    review = { of = "anyone", approvals = 1, role = "reviewer", presence = "touch", owners = true }
    # What nobody signed counts as an agent's.
    unverified = "agent"
    assisted = "review"
    binding = "head"
    force-push = false
    delete = false
    # What only waits for a review is kept, and lands by itself once it is there.
    hold = true
    # signed-push = true asks for `git push --signed`, on servers that offer it (receive.certNonceSeed).
    signed-push = false

    # A published tag stays where it is, and a maintainer makes it: no agent tags a release.
    [[protect]]
    refs = ["refs/tags/**"]
    review = { approvals = 0 }
    force-push = false
    delete = false
    who = "maintainers"

    # Changes of lock files, manifests, registries, scripts and agent settings wait on every branch until
    # somebody else has released them: `hookkit quarantine list`.
    [[quarantine]]
    refs = ["refs/heads/**"]
    by = "anyone"
    files = ["locks", "manifests", "origins", "runs-code", "agent-config", "visibility"]
    unverified = "agent"
    neutral = "hold"
    presence = "touch"
    expires = "14d"

    """#
}
