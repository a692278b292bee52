import Policy
import Primitives
import Signing
import Testing

/// Layers that only tighten (Documentation/Design/Model.md, "Policy").
struct PolicyLayersTests {
  private let dana = """
    [people.dana]
    emails = ["dana@example.org"]
    accounts = ["dana"]
    roles = ["reviewer", "maintainer"]

    """

  private func organisation(_ body: String = "", delegate: Bool = false) -> PolicyLayer {
    layer(
      .organisation, "version = 1\nserial = 3\n\(delegate ? "delegate = ['people']\n" : "")" + body)
  }

  private func repository(_ body: String = "", delegate: Bool = false) -> PolicyLayer {
    layer(
      .repository,
      "version = 1\nserial = 1\nrepository = 'r'\n\(delegate ? "delegate = ['people']\n" : "")"
        + body)
  }

  private func tree(_ body: String = "") -> PolicyLayer {
    layer(.tree, "version = 1\nserial = 5\n" + body)
  }

  @Test("the order in which layers are given does not matter, a layer given twice does")
  func order() throws {
    let policy = try Policy(layers: [tree(), organisation(), repository()])
    #expect(policy.layers.map(\.kind) == [.organisation, .repository, .tree])
    #expect(policy.layers.map(\.serial) == [3, 1, 5])
    #expect(policy.serial(of: .organisation) == 3)
    #expect(refusal(repository(), repository()) == "repository.toml:1:1: this layer is given twice")
  }

  @Test("the rules of all layers that match must hold, none replaces another")
  func rulesAreAnded() throws {
    let rule = "[[protect]]\nrefs = ['refs/heads/**']\nreview = { approvals = "
    let policy = try Policy(layers: [
      organisation(rule + "2 }"), repository(rule + "0 }"), tree(rule + "1 }"),
    ])
    let rules = policy.protections(for: RefName("refs/heads/main"))
    #expect(rules.map(\.review.approvals) == [2, 0, 1])
    #expect(rules.map(\.location.layer) == [.organisation, .repository, .tree])
    #expect(policy.origin(of: "protect[1].review.approvals")?.layer == .repository)
  }

  @Test(
    "a service that a layer above enrolled delivers nobody's work because a lower layer says so")
  func delivers() throws {
    func service(_ line: String) -> String { "[services.queue]\nkind = 'queue'\n\(line)\n" }
    let yes = service("delivers = true")
    let no = service("delivers = false")
    #expect(try Policy(layers: [repository(yes), tree()]).services.map(\.delivers) == [true])
    #expect(try Policy(layers: [repository(yes), tree(no)]).services.map(\.delivers) == [false])
    for above in [no, service("")] {
      #expect(
        refusal(repository(above), tree(yes)).contains("delivers is not what the layer above"))
    }
    // Whoever may enrol the service may say what it does.
    #expect(
      try Policy(layers: [repository(delegate: true), tree(yes)]).services.map(\.delivers) == [true]
    )
    #expect(refusal(repository(), tree(yes)).contains("services.queue"))
  }

  @Test("HEAD in a rule is the branch that it is resolved to, in every look-up")
  func head() throws {
    let text = """
      [[protect]]
      refs = ["HEAD", "refs/heads/release/**"]
      [[quarantine]]
      refs = ["HEAD"]
      files = ["locks"]
      """
    let open = try Policy(layers: [repository(text)])
    let master = RefName("refs/heads/master")
    #expect(open.namesHead && !open.isGuarded(master))
    let policy = open.resolving(head: master)
    #expect(!policy.namesHead)
    #expect(policy.isProtected(master) && policy.quarantines(for: master).count == 1)
    #expect(policy.isProtected(RefName("refs/heads/release/1")))
    #expect(!policy.isProtected(RefName("HEAD")) && !policy.isProtected(RefName("refs/heads/HEAD")))
    #expect(policy.protections[0].asksAsMuch(as: open.protections[0]))
    // Only a rule means it so, and only in these letters.
    for line in ["[agents.x]\nmay-push = ['HEAD']", "[[protect]]\nrefs = ['head']"] {
      #expect(refusal(of: line).contains("does not begin with refs/"))
    }
  }

  @Test("two rules of one file that match a ref both hold, whichever stands first")
  func noFirstMatch() throws {
    let policy = try policy(
      """
      [[protect]]
      refs = ["refs/heads/**"]
      force-push = true
      [[protect]]
      refs = ["refs/heads/main"]
      """)
    #expect(
      policy.protections(for: RefName("refs/heads/main")).map(\.allowsForcePush) == [true, false])
  }

  @Test("a lower layer enrols nobody without delegation")
  func noEnrolment() {
    let only = "only a layer above may do this, unless it says delegate = [\"people\"]"
    #expect(
      refusal(repository(dana), tree("[people.eve]"))
        == "tree.toml:3:1: people.eve: \(only)")
    #expect(
      refusal(repository(), tree("[services.ci]\nkind = 'ci'"))
        == "tree.toml:3:1: services.ci: \(only)")
    for key in ["emails", "accounts", "keys", "openpgp", "roles"] {
      #expect(
        refusal(repository(dana), tree("[people.dana]\n\(key) = []"))
          == "tree.toml:4:1: people.dana.\(key): \(only)")
    }
    for key in ["emails", "accounts", "keys"] {
      #expect(
        refusal(repository("[services.ci]\nkind = 'ci'"), tree("[services.ci]\n\(key) = []"))
          == "tree.toml:4:1: services.ci.\(key): \(only)")
    }
  }

  @Test("the highest layer there is may enrol, also when it is the tree's")
  func highest() throws {
    let policy = try Policy(layers: [tree("repository = 'r'\n" + dana)])
    #expect(policy.people.map(\.name) == ["dana"])
  }

  @Test("with delegation a lower layer enrols people and adds to those there are")
  func delegation() throws {
    let policy = try Policy(layers: [
      repository(dana, delegate: true),
      tree("[people.dana]\nroles = ['docs']\n[people.eve]\naccounts = ['eve']"),
    ])
    #expect(policy.people.map(\.name) == ["dana", "eve"])
    #expect(policy.person(named: "dana")?.roles == [.reviewer, .maintainer, Role("docs")])
    #expect(policy.principal(account: bytes("eve"))?.name == "eve")
  }

  @Test("a layer cannot pass on a delegation that it does not have")
  func delegationChain() throws {
    #expect(
      refusal(organisation(), repository(delegate: true), tree("[people.eve]"))
        .hasPrefix("tree.toml:3:1: people.eve: only a layer above"))
    #expect(
      refusal(organisation(delegate: true), repository(), tree("[people.eve]"))
        .hasPrefix("tree.toml:3:1: people.eve: only a layer above"))
    _ = try Policy(layers: [
      organisation(delegate: true), repository(delegate: true), tree("[people.eve]"),
    ])
  }

  @Test("the tree cannot delegate to anybody")
  func treeDelegates() {
    #expect(
      refusal(repository(), tree("delegate = ['people']"))
        == "tree.toml:3:1: delegate may stand only in the organisation's or the repository's "
        + "own policy")
  }

  @Test("a lower layer may take rights away: a person, a role, a key, time")
  func takingAway() throws {
    let key = try testKey(1)
    let person = dana + "keys = ['\(key.authorizedKeyText)']\nexpires = '2030-01-01'"
    let policy = try Policy(layers: [
      repository(person),
      tree(
        "revoked-keys = ['\(key.fingerprint)']\n[people.dana]\nremoved-roles = ['maintainer']\n"
          + "expires = '2027-01-01'"),
    ])
    #expect(policy.person(named: "dana")?.roles == [.reviewer])
    #expect(policy.person(named: "dana")?.keys == [])
    #expect(policy.principal(key: key) == nil)
    #expect(policy.person(named: "dana")?.expires == RFC3339.seconds(bytes("2027-01-01")))
    let revoked = try Policy(layers: [repository(person), tree("[people.dana]\nrevoked = true")])
    #expect(revoked.person(named: "dana")?.isActive(at: 0) == false)
    #expect(revoked.principal(account: bytes("dana"))?.isActive(at: 0) == false)
  }

  @Test("what a layer took away, no layer below gives back, delegation or not")
  func noGivingBack() throws {
    let above = organisation(dana + "revoked = true\nexpires = '2027-01-01'", delegate: true)
    #expect(
      refusal(above, repository("[people.dana]\nrevoked = false"))
        == "repository.toml:5:1: people.dana.revoked would take back what the layer above says; "
        + "a lower layer may only tighten")
    #expect(
      refusal(above, repository("[people.dana]\nexpires = '2028-01-01'"))
        == "repository.toml:5:1: people.dana.expires is later than the layer above says; "
        + "a lower layer may only tighten")
    let policy = try Policy(layers: [
      organisation(dana, delegate: true),
      repository("[people.dana]\nremoved-roles = ['maintainer']", delegate: true),
      tree("[people.dana]\nroles = ['maintainer']"),
    ])
    #expect(policy.person(named: "dana")?.roles == [.reviewer])
  }

  @Test("a key revoked above stays revoked, though a delegated layer enrols it again")
  func revokedAbove() throws {
    let key = try testKey(1)
    let policy = try Policy(layers: [
      organisation("revoked-keys = ['\(key.fingerprint)']\ndelegate = ['people']"),
      repository("[people.dana]\nkeys = ['\(key.authorizedKeyText)']"),
    ])
    #expect(policy.principal(key: key) == nil)
  }

  @Test("a lower layer may add agents, and names to agents, that nobody else bears")
  func addingAgents() throws {
    let policy = try Policy(layers: [
      repository(dana + "[agents.codex]\naccounts = ['codex']"),
      tree("[agents.codex]\nemails = ['c@x']\nsponsor = 'dana'\n[agents.claude]\naccounts = ['c']"),
    ])
    #expect(policy.agents.map(\.name) == ["codex", "claude"])
    #expect(policy.principal(email: bytes("c@x"))?.name == "codex")
    #expect(policy.agents[0].sponsor == "dana")
  }

  @Test("an agent added below may not carry what an enrolled person bears")
  func agentConflicts() throws {
    let key = try testKey(1)
    let above = repository(dana + "keys = ['\(key.authorizedKeyText)']")
    #expect(
      refusal(above, tree("[agents.fake]\naccounts = ['dana']"))
        == "tree.toml:4:13: the account \"dana\" belongs to both people.dana and agents.fake")
    #expect(
      refusal(above, tree("[agents.fake]\nemails = ['DANA@example.org']"))
        == "tree.toml:4:11: the e-mail address \"dana@example.org\" belongs to both people.dana "
        + "and agents.fake")
    #expect(
      refusal(above, tree("[agents.fake]\nkeys = ['\(key.authorizedKeyText) other words']"))
        == "tree.toml:4:9: the key \(key.fingerprint) belongs to both people.dana and agents.fake")
  }

  @Test("a sponsor set above stays, so that the sponsor cannot become a reviewer")
  func sponsorStays() {
    #expect(
      refusal(
        repository(dana + "[people.lee]\n[agents.codex]\nsponsor = 'dana'"),
        tree("[agents.codex]\nsponsor = 'lee'"))
        == "tree.toml:4:1: agents.codex.sponsor differs from the one set above; "
        + "a lower layer may only tighten")
  }

  @Test("where an agent may push is what every layer lets it")
  func pushLimits() throws {
    let policy = try Policy(layers: [
      repository("[agents.codex]\nmay-push = ['refs/heads/agent/**']"),
      tree("[agents.codex]\nmay-push = ['refs/heads/agent/codex/**', 'refs/heads/main']"),
    ])
    let agent = try #require(policy.agents.first)
    #expect(policy.mayPush(agent, to: RefName("refs/heads/agent/codex/x")))
    #expect(!policy.mayPush(agent, to: RefName("refs/heads/agent/other/x")))
    #expect(!policy.mayPush(agent, to: RefName("refs/heads/main")))
    let nowhere = try #require(try self.agents("may-push = []").first)
    #expect(!nowhere.mayPush(RefName("refs/heads/x")))
    let anywhere = try #require(try self.agents("").first)
    #expect(anywhere.mayPush(RefName("refs/heads/x")))
  }

  private func agents(_ body: String) throws -> [Agent] {
    try policy("[agents.codex]\n" + body).agents
  }

  @Test("the repository named above may not be renamed below")
  func repositoryStays() throws {
    #expect(
      refusal(repository(), tree("repository = 'other'"))
        == "tree.toml:3:1: repository differs from the one set above; "
        + "a lower layer may only tighten")
    #expect(
      try Policy(layers: [repository(), tree("repository = 'r'")]).repository == bytes("r"))
  }

  @Test("limits may only be lowered below the top layer")
  func limits() throws {
    let policy = try Policy(layers: [
      organisation("[limits]\ncommits = 500_000\nparents = 16"),
      repository("[limits]\nparents = 8"),
      tree("[limits]\ncommits = 20"),
    ])
    #expect(policy.limits.commits == 20)
    #expect(policy.limits.parents == 8)
    #expect(policy.limits.refs == Limits().refs)
    #expect(policy.origin(of: "limits.commits")?.layer == .tree)
    #expect(
      refusal(organisation(), repository("[limits]\ncommits = 100_001"))
        == "repository.toml:5:1: limits.commits is 100001, more than the 100000 in force above; "
        + "a lower layer may only tighten")
  }

  @Test("files of the server are named by administrators only")
  func administratorOnly() {
    let only = "may stand only in the organisation's or the repository's own policy"
    #expect(
      refusal(tree("openpgp-keyring = '/k'")) == "tree.toml:3:1: openpgp-keyring \(only)")
    #expect(
      refusal(tree("[signals]\ncatalog = '/c'")) == "tree.toml:3:2: signals \(only)")
  }

  @Test("signals known above may be extended below, never replaced")
  func signals() throws {
    let policy = try Policy(layers: [
      organisation("openpgp-keyring = '/k'\n[signals]\ncatalog = '/a.json'\nmode = 'replace'"),
      repository("openpgp-keyring = '/k'\n[signals]\ncatalog = '/b.json'"),
    ])
    #expect(
      policy.signalCatalogs == [
        SignalCatalog(path: bytes("/a.json"), mode: .replace),
        SignalCatalog(path: bytes("/b.json"), mode: .extend),
      ])
    #expect(policy.openPGPKeyring == bytes("/k"))
    #expect(
      refusal(organisation(), repository("[signals]\ncatalog = '/b'\nmode = 'replace'"))
        == "repository.toml:6:1: signals.mode may not replace the signals known above; "
        + "a lower layer may only tighten")
    #expect(
      refusal(organisation("openpgp-keyring = '/k'"), repository("openpgp-keyring = '/l'"))
        == "repository.toml:4:1: openpgp-keyring differs from the one set above; "
        + "a lower layer may only tighten")
  }

  @Test("the digest is over each layer's kind and bytes, not over names or order")
  func digest() {
    let layers = [organisation(), repository()]
    let digest = Policy.digest(ofLayers: layers)
    #expect(digest.count == 32)
    #expect(digest == Policy.digest(ofLayers: layers.reversed()))
    #expect(
      digest
        == Policy.digest(
          ofLayers: layers.map { PolicyLayer($0.kind, name: "other", bytes: $0.bytes) }))
    #expect(digest != Policy.digest(ofLayers: [repository()]))
    #expect(digest != Policy.digest(ofLayers: [organisation(), repository(" ")]))
    // The same bytes cut at another place are another policy.
    #expect(
      Policy.digest(ofLayers: [layer(.organisation, "ab"), layer(.repository, "c")])
        != Policy.digest(ofLayers: [layer(.organisation, "a"), layer(.repository, "bc")]))
    #expect(
      Policy.digest(ofLayers: [layer(.tree, "ab")])
        == Digest.sha256(bytes("hookkit.policy/1\ntree\n2\nab\n")))
  }
}
