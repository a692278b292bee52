internal import Primitives
internal import Signing

/// One key of a policy, as help and documentation tell of it.
package struct PolicyKey: Hashable, Sendable {
  package let table: Table
  package let name: String
  package let form: String
  /// What holds when the key is not given; `nil` when it must be.
  package let byDefault: String?
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
    case secrets = "[secrets]"
    case limits = "[limits]"
  }

  /// Every key, in the order in which help shows them.
  package static let all: [PolicyKey] =
    keys(.root, Policy.rows) + keys(.people, Person.rows) + keys(.agents, Agent.rows)
    + keys(.services, Service.rows) + keys(.protect, Protection.rows)
    + keys(.review, ReviewRule.rows) + keys(.quarantine, Quarantine.rows)
    + keys(.signals, SignalCatalog.rows) + keys(.secrets, SecretScreening.rows)
    + keys(.limits, Limits.rows)

  private static func keys<Target>(_ table: Table, _ rows: [PolicyRow<Target>]) -> [PolicyKey] {
    rows.map {
      PolicyKey(
        table: table, name: $0.name, form: $0.form(), byDefault: $0.byDefault, meaning: $0.meaning)
    }
  }
}

// The rows of each table, in the order in which they are read. A key that is not here is unknown.

extension Policy {
  static let rows: [PolicyRow<Policy>] = [
    .init("version", Form.version, "the version of the format") { _, _ in },
    .init(
      "serial", Form.integer(0 ... .max, "integer"),
      "goes up with every change of this layer, never down"
    ) {
      $0.layers[$0.layers.count - 1].serial = Int64($1)
    },
    .init(
      "repository", Form.repository, else: "set by another layer",
      "the identity that every review names; the same in all layers"
    ) { $2.keep(&$0.repository, as: $1, unset: []) },
    .init(
      "delegate", Form.choices(LayerSummary.Delegation.self), else: "[]", by: .administrators,
      "lets the layers below enrol people, keys, roles, services and accounts; not in a tree"
    ) { $0.layers[$0.layers.count - 1].delegatesPeople = $1.contains(.people) },
    .init(
      "revoked-keys", Form.fingerprints, else: "[]",
      "keys that count no more, as SHA256:..., key lines or OpenPGP fingerprints"
    ) { $0.revokedKeys.formUnion($1) },
    .init(
      "openpgp-keyring", Form.path, else: "none", by: .administrators,
      "the keyring for gpgv, without which OpenPGP signatures count for nothing; not in a tree"
    ) { $2.keep(&$0.openPGPKeyring, as: $1, unset: nil) },
    .init(
      "codeowners", Form.choice(CodeOwners.Dialect.self), else: "globs",
      "how CODEOWNERS and docs/CODEOWNERS are read; Gitea and Forgejo take them for expressions"
    ) { $2.keep(&$0.codeowners, as: $1, unset: nil) },
    .init(
      "people", Form.namedTables, else: "none", "the people, by name",
      reading: { (target, new, _) throws(PolicyError) in
        try Person.enrol(new, among: &target.people, &target.claims)
      }),
    .init(
      "agents", Form.namedTables, else: "none", "the coding agents, by name",
      reading: { (target, new, _) throws(PolicyError) in
        try Agent.enrol(new, among: &target.agents, &target.claims)
      }),
    .init(
      "services", Form.namedTables, else: "none", "CI and bots that are no agents, by name",
      reading: { (target, new, _) throws(PolicyError) in
        try Service.enrol(new, among: &target.services, &target.claims)
      }),
    .init(
      "protect", Form.tableList, else: "none", "what must hold before a ref moves",
      reading: { (target, new, _) throws(PolicyError) in
        for table in new {
          var rule = Protection(location: table.layer.location(table.position))
          try table.read(Protection.rows, into: &rule)
          target.protections.append(rule)
        }
      }),
    .init(
      "quarantine", Form.tableList, else: "none", "which changes are held",
      reading: { (target, new, _) throws(PolicyError) in
        for table in new {
          var rule = Quarantine(location: table.layer.location(table.position))
          try table.read(Quarantine.rows, into: &rule)
          target.quarantines.append(rule)
        }
      }),
    .init(
      "signals", Form.table, else: "none", by: .administrators,
      "the catalog of agent signals; not in a tree",
      reading: { (target, new, _) throws(PolicyError) in
        target.signalCatalogs.append(SignalCatalog())
        try new.read(
          SignalCatalog.rows, into: &target.signalCatalogs[target.signalCatalogs.count - 1])
      }),
    .init(
      "secrets", Form.table, else: "see there",
      "what is left out where credentials are looked for",
      reading: { (target, new, _) throws(PolicyError) in
        try new.read(SecretScreening.rows, into: &target.secrets)
        target.secrets.isSaid = true
      }),
    .init(
      "limits", Form.table, else: "see there", "how much of a push is read",
      reading: { (target, new, _) throws(PolicyError) in
        try new.read(Limits.rows, into: &target.limits)
      }),
  ]
}

extension Enrollable {
  /// What everybody has who is enrolled: names to be known by.
  fileprivate static func names(
    by givers: PolicyRow<Enrolment<Self>>.Givers = .everyLayer
  ) -> [PolicyRow<Enrolment<Self>>] {
    [
      .init(
        "emails", Form.emails, else: "[]", by: givers, "addresses in commits, in any case",
        reading: { (target, new, _) throws(PolicyError) in
          target.enrolled.emails += try target.claim(new)
        }),
      .init(
        "accounts", Form.accounts, else: "[]", by: givers, "names of accounts on the server",
        reading: { (target, new, _) throws(PolicyError) in
          target.enrolled.accounts += try target.claim(new)
        }),
      .init(
        "keys", Form.keys, else: "[]", by: givers, "SSH keys as lines of authorized_keys",
        reading: { (target, new, _) throws(PolicyError) in
          target.enrolled.keys += try target.claim(new)
        }),
    ]
  }

  /// Where it ends: less than the layers above say, never more.
  fileprivate static func bounds(
    expires: String, revoked: String
  ) -> [PolicyRow<Enrolment<Self>>] {
    [
      .init(
        "access", Form.choice(Access.Level.self), else: "push",
        "access level: read-only, or push"
      ) {
        $2.set(
          &$0.enrolled.access.level, to: $1, if: $1 == .read || $0.enrolled.access.level == .push,
          else: "is more than the layer above gives")
      },
      .init(
        "repositories", Form.repositoryPatterns, else: "any repository",
        "the only repositories that hookkit-shell serves it, below its root: team/*"
      ) { $0.enrolled.access.repositoryLimits.append($1) },
      .init("expires", Form.time, else: "never", expires) { $2.end(&$0.enrolled.expires, at: $1) },
      .init("revoked", Form.bool, else: "false", revoked) {
        $2.set(
          &$0.enrolled.isRevoked, to: $1, if: $1 || !$0.enrolled.isRevoked,
          else: "would take back what the layer above says")
      },
    ]
  }
}

extension Person {
  static let rows: [PolicyRow<Enrolment<Person>>] =
    names(by: .enrolling) + [
      .init(
        "openpgp", Form.openPGP, else: "[]", by: .enrolling, "fingerprints of OpenPGP keys",
        reading: { (target, new, _) throws(PolicyError) in
          target.enrolled.openPGP += try target.claim(new)
        }),
      .init(
        "roles", Form.roles, else: "[]", by: .enrolling,
        "reviewer, maintainer (may change the policy) and words of your own"
      ) { $0.enrolled.roles.formUnion($1) },
      .init(
        "removed-roles", Form.roles, else: "[]", "takes away roles that another layer gives"
      ) { $0.enrolled.removedRoles.formUnion($1) },
    ]
    + bounds(
      expires: "from then on, by the server's clock, the entry is ignored",
      revoked: "the entry is ignored")
}

extension Agent {
  static let rows: [PolicyRow<Enrolment<Agent>>] =
    names() + [
      // Another sponsor would let the first one review the agent's work.
      .init(
        "sponsor", Form.word, else: "none",
        "the person who answers for the agent, and so does not review its work"
      ) { $2.keep(&$0.enrolled.sponsor, as: $1, unset: nil) },
      .init("may-push", Form.refPatterns, else: "any ref", "the only refs it may push to") {
        $0.enrolled.pushLimits.append($1)
      },
    ]
    + bounds(
      expires: "from then on it may neither read nor push; its work stays an agent's",
      revoked: "it may neither read nor push")
}

extension Service {
  static let rows: [PolicyRow<Enrolment<Service>>] =
    [
      .init("kind", Form.word, "what it is, for example ci or renovate") {
        $2.keep(&$0.enrolled.kind, as: $1, unset: "")
      }
    ] + names(by: .enrolling) + [
      .init("may-push", Form.refPatterns, else: "any ref", "the only refs it may push to") {
        $0.enrolled.pushLimits.append($1)
      },
      .init(
        "delivers", Form.bool, else: "false",
        "a merge queue or a mirror: what people signed and it pushes counts as brought by them"
      ) {
        $2.set(
          &$0.enrolled.delivers, to: $1, if: !$1 || $0.enrolled.delivers || $0.isNew,
          else: "is not what the layer above gives")
      },
    ] + bounds(expires: "from then on the entry is ignored", revoked: "the entry is ignored")
}

extension Protection {
  static let rows: [PolicyRow<Protection>] = [
    .init(
      "refs", Form.ruleRefs,
      "full names such as refs/heads/main; * and ? stop at a slash, ** does not; \"HEAD\" is the "
        + "branch that the server's HEAD names"
    ) { $0.refs = $1 },
    .init(
      "review", Form.table, else: "one review of agents' work", "what is reviewed",
      reading: { (target, new, _) throws(PolicyError) in
        try new.read(ReviewRule.rows, into: &target.review)
      }),
    .init(
      "unverified", Form.choice(UnverifiedOrigin.self), else: "agent",
      "what a commit counts as when nothing is known of who made it"
    ) { $0.unverified = $1 },
    .init(
      "assisted", Form.choice(AssistedRule.self), else: "review",
      "what a person's commit asks for when it bears an agent's signal"
    ) { $0.assisted = $1 },
    .init("binding", Form.choice(Binding.self), else: "head", "how exactly a review must fit") {
      $0.binding = $1
    },
    .init("force-push", Form.bool, else: "false", "lets the ref leave its history") {
      $0.allowsForcePush = $1
    },
    .init("delete", Form.bool, else: "false", "lets the ref be deleted") { $0.allowsDelete = $1 },
    .init("create", Form.bool, else: "true", "lets the ref be made") { $0.allowsCreate = $1 },
    .init(
      "who", Form.choice(Creators.self), else: "anyone",
      "who may make what the rule names, and set a tag anew"
    ) { $0.creators = $1 },
    .init(
      "hold", Form.bool, else: "false",
      "keeps an update that only waits for people, and lands it once they have answered"
    ) { $0.holds = $1 },
    .init(
      "mode", Form.choice(RuleMode.self), else: "enforce",
      "observe: judged, journalled and told, and refuses nothing"
    ) { $0.mode = $1 },
    .init("signed-push", Form.bool, else: "false", "asks for git push --signed") {
      $0.requiresSignedPush = $1
    },
  ]
}

extension ReviewRule {
  static let rows: [PolicyRow<ReviewRule>] = [
    .init("of", Form.choice(Subject.self), else: "agents", "whose work is reviewed") { $0.of = $1 },
    .init("approvals", Form.integer(0...32), else: "1", "how many people must approve") {
      $0.approvals = $1
    },
    .init("role", Form.role, else: "reviewer", "the role that they must have") { $0.role = $1 },
    .init(
      "presence", Form.choice(Presence.self), else: "none",
      "what their keys must show: a touch, or a touch with a PIN"
    ) { $0.presence = $1 },
    .init("owners", Form.bool, else: "false", "asks for an owner of each path (CODEOWNERS)") {
      $0.owners = $1
    },
    .init(
      "sponsor-may-review", Form.bool, else: "false", "lets an agent's sponsor review its work"
    ) { $0.sponsorMayReview = $1 },
    .init("vouches", Form.words, else: "[\"code\"]", "what a review must vouch for") {
      $0.vouches = $1
    },
  ]
}

extension Quarantine {
  static let rows: [PolicyRow<Quarantine>] = [
    .init("refs", Form.ruleRefs, "full names, as in [[protect]]") { $0.refs = $1 },
    .init("by", Form.choice(ReviewRule.Subject.self), else: "anyone", "whose changes are held") {
      $0.by = $1
    },
    .init("files", Form.some(Form.choices(FileClass.self)), "which changes are held") {
      $0.files = Set($1)
    },
    .init(
      "extra", Form.extraPaths, else: "[]", "further paths, such as \"tools/** runs-code\""
    ) { $0.extra = $1 },
    .init(
      "unverified", Form.choice(UnverifiedOrigin.self), else: "person",
      "what a person's push of commits without a known maker counts as"
    ) { $0.unverified = $1 },
    .init(
      "neutral", Form.choice(NeutralRule.self), else: "pass",
      "what happens to a change that provably installs the same"
    ) { $0.neutral = $1 },
    .init("role", Form.role, else: "reviewer", "the role that a releasing person must have") {
      $0.role = $1
    },
    .init(
      "presence", Form.choice(ReviewRule.Presence.self), else: "none",
      "what the releasing key must show"
    ) { $0.presence = $1 },
    .init(
      "sponsor-may-release", Form.bool, else: "false",
      "lets an agent's sponsor release its changes, with a touched key"
    ) { $0.sponsorMayRelease = $1 },
    .init(
      "mode", Form.choice(RuleMode.self), else: "enforce",
      "observe: judged, journalled and told, and refuses nothing"
    ) { $0.mode = $1 },
    .init("hosts", Form.hosts, else: "[]", "hosts that dependencies may newly come from") {
      $0.hosts = $1
    },
    .init("internal", Form.internalNames, else: "[]", "names that one host alone may serve") {
      $0.internalNames = $1
    },
    .init("expires", Form.span, else: "14d", "how long") { $0.expires = $1 },
  ]
}

extension SignalCatalog {
  static let rows: [PolicyRow<SignalCatalog>] = [
    .init("catalog", Form.path, "a catalog of agent signals") { $0.path = $1 },
    .init(
      "mode", Form.choice(Mode.self), else: "extend",
      "adds to the built-in signals, or stands instead of them (top layer only)"
    ) {
      $2.set(
        &$0.mode, to: $1, if: $1 == .extend || $2.table.reading.isTop,
        else: "may not replace the signals known above")
    },
  ]
}

extension Limits {
  static let rows: [PolicyRow<Limits>] = [
    figure("commits", \.commits, upTo: 10_000_000, else: "100000", "commits of one ref update"),
    figure(
      "message-bytes", \.messageBytes, upTo: 64 << 20, else: "1048576",
      "bytes of one raw commit or tag"),
    figure("parents", \.parents, upTo: 65_536, else: "256", "parents of one commit"),
    figure("refs", \.refs, upTo: 10_000_000, else: "100000", "ref updates of one push"),
    figure("paths", \.paths, upTo: 100_000_000, else: "1000000", "changed paths of one commit"),
    figure(
      "refused-commits", \.refusedCommits, upTo: 100_000_000, else: "200000",
      "commits of refused pushes remembered for one pusher"),
    figure(
      "holds", \.holds, upTo: 10_000, else: "100", "pushes of one pusher that are held at a time"),
  ]

  private static func figure(
    _ name: String, _ place: any WritableKeyPath<Limits, Int> & Sendable, upTo most: Int,
    else byDefault: String, _ meaning: String
  ) -> PolicyRow<Limits> {
    .init(
      name, Form.integer(1...most), else: byDefault, "\(meaning); a lower layer may only lower it"
    ) { $2.lower(&$0[keyPath: place], to: $1) }
  }
}
