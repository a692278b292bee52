internal import Primitives

/// One key of a policy: what the reader accepts, and what help and documentation say of it.
///
/// This table is the only list of keys. A key that is not in it is unknown to the reader.
package struct PolicyKey: Hashable, Sendable {
  package let table: Table
  package let name: String
  /// The form of the value, for example `list of strings` or `agents | anyone`.
  package let form: String
  /// What holds when the key is not given; `nil` when it must be.
  package let byDefault: String?
  /// One clause in plain words.
  package let meaning: String

  /// The tables of a policy, as their headers are written; `review` is an inline table.
  package enum Table: String, CaseIterable, Sendable {
    case root = ""
    case people = "[people.<name>]"
    case agents = "[agents.<name>]"
    case services = "[services.<name>]"
    case protect = "[[protect]]"
    case review = "review = { }"
    case quarantine = "[[quarantine]]"
    case signals = "[signals]"
    case limits = "[limits]"
  }

  init(_ table: Table, _ name: String, _ form: String, _ byDefault: String?, _ meaning: String) {
    self.table = table
    self.name = name
    self.form = form
    self.byDefault = byDefault
    self.meaning = meaning
  }

  static func names(in table: Table) -> [String] {
    all.filter { $0.table == table }.map(\.name)
  }

  /// Every key, in the order in which help shows them.
  package static let all: [PolicyKey] = root + principals + rules + settings

  private static let root = [
    PolicyKey(.root, "version", "1", nil, "the version of the format"),
    PolicyKey(
      .root, "serial", "integer", nil, "goes up with every change of this layer, never down"),
    PolicyKey(
      .root, "repository", "string", "set by another layer",
      "the identity that every review names; the same in all layers"),
    PolicyKey(
      .root, "delegate", "list of: people", "[]",
      "lets the layers below enrol people, keys, roles, services and accounts; not in a tree"),
    PolicyKey(
      .root, "revoked-keys", "list of strings", "[]",
      "keys that count no more, as SHA256:..., key lines or OpenPGP fingerprints"),
    PolicyKey(
      .root, "openpgp-keyring", "absolute path", "none",
      "the keyring for gpgv, without which OpenPGP signatures count for nothing; not in a tree"),
    PolicyKey(.root, "people", "tables", "none", "the people, by name"),
    PolicyKey(.root, "agents", "tables", "none", "the coding agents, by name"),
    PolicyKey(.root, "services", "tables", "none", "CI and bots that are no agents, by name"),
    PolicyKey(.root, "protect", "list of tables", "none", "what must hold before a ref moves"),
    PolicyKey(.root, "quarantine", "list of tables", "none", "which changes are held"),
    PolicyKey(.root, "signals", "table", "none", "the catalog of agent signals; not in a tree"),
    PolicyKey(.root, "limits", "table", "see there", "how much of a push is read"),
  ]

  private static let principals = [
    PolicyKey(.people, "emails", "list of strings", "[]", "addresses in commits, in any case"),
    PolicyKey(.people, "accounts", "list of strings", "[]", "names of accounts on the server"),
    PolicyKey(.people, "keys", "list of strings", "[]", "SSH keys as lines of authorized_keys"),
    PolicyKey(.people, "openpgp", "list of strings", "[]", "fingerprints of OpenPGP keys"),
    PolicyKey(
      .people, "roles", "list of words", "[]",
      "reviewer, maintainer (may change the policy) and words of your own"),
    PolicyKey(
      .people, "expires", "RFC 3339 date or time", "never",
      "from then on, by the server's clock, the person counts no more"),
    PolicyKey(.people, "revoked", "true | false", "false", "the person counts no more"),
    PolicyKey(
      .people, "removed-roles", "list of words", "[]", "takes away roles that another layer gives"),
    PolicyKey(
      .people, "access", "read | push", "push", "how far it goes: read lets nothing be pushed"),
    PolicyKey(
      .people, "repositories", "list of path patterns", "any repository",
      "the only repositories that hookkit-shell serves it, below its root: team/*"),

    PolicyKey(.agents, "emails", "list of strings", "[]", "addresses in commits, in any case"),
    PolicyKey(.agents, "accounts", "list of strings", "[]", "names of accounts on the server"),
    PolicyKey(.agents, "keys", "list of strings", "[]", "SSH keys as lines of authorized_keys"),
    PolicyKey(
      .agents, "sponsor", "name of a person", "none",
      "who answers for the agent, and so does not review its work"),
    PolicyKey(
      .agents, "may-push", "list of ref patterns", "any ref", "the only refs it may push to"),
    PolicyKey(
      .agents, "access", "read | push", "push", "how far it goes: read lets nothing be pushed"),
    PolicyKey(
      .agents, "repositories", "list of path patterns", "any repository",
      "the only repositories that hookkit-shell serves it, below its root: team/*"),
    PolicyKey(
      .agents, "expires", "RFC 3339 date or time", "never",
      "from then on it may neither read nor push; its work stays an agent's"),
    PolicyKey(
      .agents, "revoked", "true | false", "false", "it may neither read nor push"),

    PolicyKey(.services, "kind", "word", nil, "what it is, for example ci or renovate"),
    PolicyKey(.services, "emails", "list of strings", "[]", "addresses in commits, in any case"),
    PolicyKey(.services, "accounts", "list of strings", "[]", "names of accounts on the server"),
    PolicyKey(.services, "keys", "list of strings", "[]", "SSH keys as lines of authorized_keys"),
    PolicyKey(
      .services, "may-push", "list of ref patterns", "any ref", "the only refs it may push to"),
    PolicyKey(
      .services, "access", "read | push", "push", "how far it goes: read lets nothing be pushed"),
    PolicyKey(
      .services, "repositories", "list of path patterns", "any repository",
      "the only repositories that hookkit-shell serves it, below its root: team/*"),
    PolicyKey(
      .services, "expires", "RFC 3339 date or time", "never", "from then on it counts no more"),
    PolicyKey(.services, "revoked", "true | false", "false", "the service counts no more"),
    PolicyKey(
      .services, "delivers", "true | false", "false",
      "a merge queue or a mirror: what people signed and it pushes counts as brought by them"),
  ]

  private static let rules = [
    PolicyKey(
      .protect, "refs", "list of ref patterns", nil,
      "full names such as refs/heads/main; * and ? stop at a slash, ** does not; \"HEAD\" is the "
        + "branch that the server's HEAD names"),
    PolicyKey(.protect, "review", "inline table", "one review of agents' work", "what is reviewed"),
    PolicyKey(
      .protect, "unverified", "agent | person", "agent",
      "what a commit counts as when nothing is known of who made it"),
    PolicyKey(
      .protect, "assisted", "review | allow", "review",
      "what a person's commit asks for when it bears an agent's signal"),
    PolicyKey(
      .protect, "binding", "exact | head | patch", "head", "how exactly a review must fit"),
    PolicyKey(.protect, "force-push", "true | false", "false", "lets the ref leave its history"),
    PolicyKey(.protect, "delete", "true | false", "false", "lets the ref be deleted"),
    PolicyKey(.protect, "create", "true | false", "true", "lets the ref be made"),
    PolicyKey(
      .protect, "who", "anyone | maintainers", "anyone",
      "who may make what the rule names, and set a tag anew"),
    PolicyKey(
      .protect, "hold", "true | false", "false",
      "keeps an update that only waits for people, and lands it once they have answered"),
    PolicyKey(
      .protect, "signed-push", "true | false", "false", "asks for git push --signed"),

    PolicyKey(.review, "of", "agents | anyone", "agents", "whose work is reviewed"),
    PolicyKey(.review, "approvals", "0 to 32", "1", "how many people must approve"),
    PolicyKey(.review, "role", "word", "reviewer", "the role that they must have"),
    PolicyKey(
      .review, "presence", "none | touch | verified", "none",
      "what their keys must show: a touch, or a touch with a PIN"),
    PolicyKey(
      .review, "owners", "true | false", "false", "asks for an owner of each path (CODEOWNERS)"),
    PolicyKey(
      .review, "sponsor-may-review", "true | false", "false",
      "lets an agent's sponsor review its work"),
    PolicyKey(
      .review, "vouches", "list of words", "[\"code\"]", "what a review must vouch for"),

    PolicyKey(.quarantine, "refs", "list of ref patterns", nil, "full names, as in [[protect]]"),
    PolicyKey(.quarantine, "by", "agents | anyone", "anyone", "whose changes are held"),
    PolicyKey(
      .quarantine, "files",
      "list of: locks, manifests, origins, runs-code, agent-config, vendored, visibility", nil,
      "which changes are held"),
    PolicyKey(
      .quarantine, "extra", "list of \"PATH CLASS\"", "[]",
      "further paths, such as \"tools/** runs-code\""),
    PolicyKey(
      .quarantine, "unverified", "agent | person", "person",
      "what a person's push of commits without a known maker counts as"),
    PolicyKey(
      .quarantine, "neutral", "pass | hold", "pass",
      "what happens to a change that provably installs the same"),
    PolicyKey(
      .quarantine, "role", "word", "reviewer", "the role that a releasing person must have"),
    PolicyKey(
      .quarantine, "presence", "none | touch | verified", "none",
      "what the releasing key must show"),
    PolicyKey(
      .quarantine, "sponsor-may-release", "true | false", "false",
      "lets an agent's sponsor release its changes, with a touched key"),
    PolicyKey(
      .quarantine, "hosts", "list of strings", "[]",
      "hosts that dependencies may newly come from"),
    PolicyKey(
      .quarantine, "internal", "list of \"PREFIX HOST\"", "[]",
      "names that one host alone may serve"),
    PolicyKey(.quarantine, "expires", "a span such as 12h, 14d, 2w", "14d", "how long"),
  ]

  private static let settings =
    [
      PolicyKey(.signals, "catalog", "absolute path", nil, "a catalog of agent signals"),
      PolicyKey(
        .signals, "mode", "extend | replace", "extend",
        "adds to the built-in signals, or stands instead of them (top layer only)"),
    ]
    + Limits.Key.allCases.map { key in
      PolicyKey(
        .limits, key.rawValue, "1 to \(key.most)", String(Limits()[key]),
        "\(key.meaning); a lower layer may only lower it")
    }
}
