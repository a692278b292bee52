import Policy
import Primitives
import Signing
import Testing

/// One layer by itself: what may stand in it, and what a refusal says.
struct PolicyReadingTests {
  @Test("an unknown key is an error with its place and the key that was meant")
  func unknownKeys() {
    #expect(
      refusal(of: "protekt = []")
        == "1:1: the key \"protekt\" is unknown in the policy; did you mean protect?")
    #expect(
      refusal(of: "[people.dana]\n  email = ['d@x']")
        == "2:3: the key \"email\" is unknown in [people.dana]; did you mean emails?")
    #expect(
      refusal(of: "[[protect]]\nrefs = ['refs/heads/main']\nforce_push = true")
        == "3:1: the key \"force_push\" is unknown in [[protect]]; did you mean force-push?")
    #expect(
      refusal(of: "[[protect]]\nrefs = ['refs/heads/main']\nreview = { aprovals = 2 }")
        == "3:12: the key \"aprovals\" is unknown in [review]; did you mean approvals?")
    #expect(
      refusal(of: "[agents.codex]\nroles = ['reviewer']")
        == "2:1: the key \"roles\" is unknown in [agents.codex]")
    #expect(
      refusal(of: "[services.ci]\nkind = 'ci'\nroles = ['reviewer']")
        == "3:1: the key \"roles\" is unknown in [services.ci]")
    #expect(
      refusal(of: "[limits]\nfiles = 1") == "2:1: the key \"files\" is unknown in [limits]")
  }

  @Test("only version 1 is read, before anything else is looked at")
  func version() {
    #expect(
      refusal(layer(.tree, "version = 2\nnew-thing = 1"))
        == "tree.toml:1:1: version 2 is unknown; this hookkit reads version 1")
    #expect(
      refusal(layer(.tree, "serial = 1"))
        == "tree.toml:1:1: version is missing in the policy")
    #expect(
      refusal(layer(.tree, "version = '1'"))
        == "tree.toml:1:11: version must be an integer, not a string")
  }

  @Test("an empty policy, one with comments only and no policy at all are errors")
  func empty() {
    #expect(refusal(layer(.tree, "")) == "tree.toml:1:1: the policy is empty")
    #expect(refusal(layer(.tree, "# nothing\n\n")) == "tree.toml:1:1: the policy is empty")
    #expect(refusal() == "policy:1:1: no policy is given")
  }

  @Test("serial and repository must be given")
  func required() {
    #expect(
      refusal(layer(.tree, "version = 1\nrepository = 'x'"))
        == "tree.toml:1:1: serial is missing in the policy")
    #expect(
      refusal(layer(.tree, "version = 1\nserial = 1"))
        == "tree.toml:1:1: repository is missing in every layer of the policy")
    #expect(
      refusal(layer(.tree, "version = 1\nserial = -1\nrepository = 'x'"))
        == "tree.toml:2:10: serial: \"-1\" is not between 0 and 9223372036854775807")
    #expect(
      refusal(layer(.tree, "version = 1\nserial = 1\nrepository = 'a b'"))
        == "tree.toml:3:14: repository: \"a b\" is not 1 to 255 printable ASCII characters "
        + "without blanks")
  }

  @Test("a syntax error names the layer, the line and the column")
  func syntax() {
    #expect(
      refusal(layer(.tree, "version = 1\nserial = 1 repository"))
        == "tree.toml:2:12: the end of the line is expected, not \"r\"")
  }

  @Test("the name of a layer is escaped before it is printed")
  func escapedName() {
    let hostile = PolicyLayer(.tree, name: "a\u{1b}[2J", bytes: [])
    #expect(refusal(hostile) == "a\\x1b[2J:1:1: the policy is empty")
  }

  @Test(
    "a value of another type or form is refused",
    arguments: [
      ("[people]\ndana = 1", "2:8: people.dana must be a table, not an integer"),
      ("people = 1", "1:10: people must be a table, not an integer"),
      ("protect = {}", "1:11: protect must be a list of tables, [[protect]], not a table"),
      (
        "protect = [1]", "1:12: protect must be a list of tables, [[protect]], not an integer"
      ),
      ("[people.dana]\nemails = 'd@x'", "2:10: emails must be a list of strings, not a string"),
      ("[people.dana]\nemails = [1]", "2:11: emails must be a list of strings, not an integer"),
      ("[people.dana]\nemails = ['dana']", "2:11: emails: \"dana\" is not an e-mail address"),
      ("[people.dana]\nemails = ['@x']", "2:11: emails: \"@x\" is not an e-mail address"),
      (
        "[people.dana]\nemails = ['D <d@x>']",
        "2:11: emails: \"D <d@x>\" is not an e-mail address"
      ),
      (
        "[people.dana]\naccounts = ['']",
        "2:13: accounts: \"\" is not an account name of 1 to 255 bytes without blanks"
      ),
      (
        "[people.dana]\nroles = ['re viewer']",
        "2:10: roles: \"re viewer\" is not a word of at most 64 ASCII letters, digits and ._/-"
      ),
      (
        "[people.\"dana\\n\"]",
        "1:9: a name in [people]: \"dana\\x0a\" is not a word of at most 64 ASCII letters, "
          + "digits and ._-"
      ),
      (
        "[people.\"d\\u00e4na\"]",
        "1:9: a name in [people]: \"d\\xc3\\xa4na\" is not a word of at most 64 ASCII letters, "
          + "digits and ._-"
      ),
      (
        "[people.dana]\nkeys = ['ssh-dss AAAA']",
        "2:9: keys: \"ssh-dss AAAA\" is unknown key type \"ssh-dss\""
      ),
      (
        "[people.dana]\nexpires = '2027-02-29'",
        "2:11: expires: \"2027-02-29\" is not a date such as 2027-01-31 or 2027-01-31T12:00:00Z"
      ),
      (
        "[people.dana]\nexpires = 2027-02-28", "2:11: a date is not used by hookkit"
      ),
      ("[people.dana]\nrevoked = 'yes'", "2:11: revoked must be true or false, not a string"),
      (
        "[people.dana]\nopenpgp = ['0123']",
        "2:12: openpgp: \"0123\" is not a fingerprint of 40 or 64 hexadecimal digits"
      ),
      ("[services.ci]", "1:1: kind is missing in [services.ci]"),
      ("[[protect]]", "1:1: refs is missing in [[protect]]"),
      ("[[protect]]\nrefs = []", "2:1: refs is missing in [[protect]]"),
      (
        "[[protect]]\nrefs = ['main']", "2:9: refs: \"main\" does not begin with refs/"
      ),
      (
        "[[protect]]\nrefs = ['refs/heads/a b']",
        "2:9: refs: \"refs/heads/a b\" matches no name that git accepts"
      ),
      (
        "[[protect]]\nrefs = ['refs/heads/']",
        "2:9: refs: \"refs/heads/\" matches no name that git accepts"
      ),
      (
        "[[protect]]\nrefs = ['refs/heads/main']\nreview = true",
        "3:10: review must be a table, not a boolean"
      ),
      (
        "[[protect]]\nrefs = ['refs/heads/main']\nreview = { approvals = 33 }",
        "3:24: approvals: \"33\" is not between 0 and 32"
      ),
      (
        "[[protect]]\nrefs = ['refs/heads/main']\nreview = { of = 'Agents' }",
        "3:17: of: \"Agents\" is not one of agents, anyone"
      ),
      (
        "[[protect]]\nrefs = ['refs/heads/main']\nbinding = 'loose'",
        "3:11: binding: \"loose\" is not one of exact, head, patch"
      ),
      ("[[quarantine]]\nrefs = ['refs/heads/**']", "1:1: files is missing in [[quarantine]]"),
      (
        "[[quarantine]]\nrefs = ['refs/heads/**']\nfiles = ['lockfiles']",
        "3:10: files: \"lockfiles\" is not one of locks, manifests, origins, runs-code, "
          + "agent-config, vendored, visibility"
      ),
      (
        "[[quarantine]]\nrefs = ['refs/heads/**']\nfiles = ['locks']\nexpires = '14 days'",
        "4:11: expires: \"14 days\" is not a span such as 12h, 14d or 2w, at most 366d"
      ),
      (
        "[[quarantine]]\nrefs = ['refs/heads/**']\nfiles = ['locks']\nexpires = '999999w'",
        "4:11: expires: \"999999w\" is not a span such as 12h, 14d or 2w, at most 366d"
      ),
      (
        "openpgp-keyring = 'keys.gpg'",
        "1:19: openpgp-keyring: \"keys.gpg\" is not an absolute path"
      ),
      ("[signals]", "1:1: catalog is missing in [signals]"),
      ("delegate = ['roles']", "1:13: delegate: \"roles\" is not one of people"),
      (
        "revoked-keys = ['SHA256:short']",
        "1:17: revoked-keys: \"SHA256:short\" is not a SHA256 fingerprint"
      ),
      ("[limits]\ncommits = 0", "2:11: commits: \"0\" is not between 1 and 10000000"),
    ])
  func refused(_ body: String, _ problem: String) {
    #expect(refusal(of: body) == problem)
  }

  @Test("a rule that says nothing but its refs has the strict defaults")
  func defaults() throws {
    let rule = try #require(
      try policy("[[protect]]\nrefs = ['refs/heads/main']").protections.first)
    #expect(rule.review.of == .agents)
    #expect(rule.review.approvals == 1)
    #expect(rule.review.role == .reviewer)
    #expect(rule.review.presence == .none)
    #expect(!rule.review.owners)
    #expect(!rule.review.sponsorMayReview)
    #expect(rule.review.vouches == ["code"])
    #expect(rule.unverified == .agent)
    #expect(rule.assisted == .review)
    #expect(rule.binding == .head)
    #expect(!rule.allowsForcePush)
    #expect(!rule.allowsDelete)
    #expect(rule.allowsCreate)
    #expect(rule.creators == .anyone)
    #expect(!rule.holds)
    #expect(!rule.requiresSignedPush)
  }

  @Test("a rule takes every value that the format has")
  func everything() throws {
    let rule = try #require(
      try policy(
        """
        [[protect]]
        refs = ["refs/tags/v?"]
        review = { of = "anyone", approvals = 0, role = "core/team", presence = "verified", \
        owners = true, sponsor-may-review = true, vouches = ["code", "dependencies"] }
        unverified = "person"
        assisted = "allow"
        binding = "patch"
        force-push = true
        delete = true
        create = false
        who = "maintainers"
        hold = true
        signed-push = true
        """
      ).protections.first)
    #expect(rule.refs == [Pattern("refs/tags/v?")])
    #expect(rule.review.of == .anyone)
    #expect(rule.review.approvals == 0)
    #expect(rule.review.role == Role("core/team"))
    #expect(rule.review.presence == .verified)
    #expect(rule.review.owners)
    #expect(rule.review.sponsorMayReview)
    #expect(rule.review.vouches == ["code", "dependencies"])
    #expect(rule.unverified == .person)
    #expect(rule.assisted == .allow)
    #expect(rule.binding == .patch)
    #expect(rule.allowsForcePush)
    #expect(rule.allowsDelete)
    #expect(!rule.allowsCreate)
    #expect(rule.creators == .maintainers)
    #expect(rule.holds)
    #expect(rule.requiresSignedPush)
  }

  @Test("presence asks for more in the order none, touch, verified")
  func presenceOrder() {
    #expect(ReviewRule.Presence.none < .touch)
    #expect(ReviewRule.Presence.touch < .verified)
  }

  @Test("a quarantine without further words holds everyone's changes for fourteen days")
  func quarantineDefaults() throws {
    let rule = try #require(
      try policy("[[quarantine]]\nrefs = ['refs/heads/**']\nfiles = ['locks']").quarantines.first)
    #expect(rule.by == .anyone)
    #expect(rule.expires == 14 * 86_400)
    let short = try policy(
      "[[quarantine]]\nrefs = ['refs/heads/**']\nfiles = ['locks']\nexpires = '12h'")
    #expect(short.quarantines.map(\.expires) == [43_200])
    #expect(short.quarantines(for: RefName("refs/heads/x")).count == 1)
    #expect(short.quarantines(for: RefName("refs/tags/x")).isEmpty)
  }

  @Test("a person ends at the second they expire, by the clock that is given")
  func expiry() throws {
    let dana = try #require(
      try policy("[people.dana]\nexpires = '2027-01-31T12:00:00+02:00'").person(named: "dana"))
    #expect(dana.expires == 1_801_389_600)
    #expect(dana.isActive(at: 1_801_389_599))
    #expect(!dana.isActive(at: 1_801_389_600))
    let gone = try #require(
      try policy("[people.dana]\nrevoked = true").person(named: "dana"))
    #expect(!gone.isActive(at: 0))
  }

  @Test("people with a role are those that have it and are active")
  func roles() throws {
    let policy = try policy(
      """
      [people.dana]
      roles = ["maintainer"]
      [people.lee]
      roles = ["maintainer"]
      expires = "2026-01-01"
      [people.kim]
      roles = ["reviewer"]
      """)
    #expect(policy.people(with: .maintainer, at: 0).map(\.name) == ["dana", "lee"])
    #expect(policy.people(with: .maintainer, at: 1_800_000_000).map(\.name) == ["dana"])
  }

  @Test("a revoked key is nobody's, however it is named")
  func revokedKeys() throws {
    let key = try testKey(1)
    let fingerprint = String(repeating: "AB", count: 20)
    for name in [key.fingerprint, key.authorizedKeyText + " old laptop"] {
      let policy = try policy(
        """
        revoked-keys = ["\(name)", "\(fingerprint)"]
        [people.dana]
        keys = ["\(key.authorizedKeyText)"]
        openpgp = ["\(fingerprint.lowercased())"]
        """)
      #expect(policy.principal(key: key) == nil)
      #expect(policy.principal(openPGP: bytes(fingerprint)) == nil)
      #expect(policy.people.map(\.keys) == [[]])
      #expect(policy.people.map(\.openPGP) == [[]])
      #expect(policy.isRevoked(key))
    }
  }

  @Test("an agent's key goes on naming the agent when it is revoked")
  func revokedAgentKey() throws {
    let key = try testKey(1)
    let policy = try policy(
      """
      revoked-keys = ["\(key.fingerprint)"]
      [agents.codex]
      keys = ["\(key.authorizedKeyText)"]
      """)
    #expect(policy.principal(key: key)?.name == "codex")
  }

  @Test("an OpenPGP fingerprint finds its person in either case")
  func openPGP() throws {
    let policy = try policy(
      "[people.dana]\nopenpgp = ['\(String(repeating: "aB", count: 20))']")
    #expect(
      policy.principal(openPGP: bytes(String(repeating: "Ab", count: 20)))?.name == "dana")
  }

  @Test("a service is enrolled with its kind, its limits and its end")
  func services() throws {
    let key = try testKey(1)
    let policy = try policy(
      """
      [services.bot]
      kind = "renovate"
      accounts = ["renovate"]
      emails = ["Bot@Example.org"]
      keys = ["\(key.authorizedKeyText)"]
      may-push = ["refs/heads/renovate/**"]
      expires = "1970-01-02"
      """)
    guard case .service(let bot)? = policy.principal(email: bytes("bot@example.org")) else {
      Issue.record("the service is not found")
      return
    }
    #expect(policy.principal(account: bytes("renovate")) == .service(bot))
    #expect(policy.principal(key: key) == .service(bot))
    #expect(bot.kind == "renovate")
    #expect(bot.mayPush(RefName("refs/heads/renovate/x")))
    #expect(!bot.mayPush(RefName("refs/heads/main")))
    #expect(bot.isActive(at: 86_399))
    #expect(!Principal.service(bot).isActive(at: 86_400))
  }

  @Test("a sponsor must be a person of the policy")
  func sponsor() {
    #expect(
      refusal(of: "[agents.codex]\nsponsor = 'dana'")
        == "2:1: agents.codex.sponsor: \"dana\" is not a person of the policy")
    #expect(
      refusal(of: "[agents.codex]\nsponsor = 'claude'\n[agents.claude]")
        == "2:1: agents.codex.sponsor: \"claude\" is not a person of the policy")
  }

  @Test("one key, account, address or name never belongs to two principals")
  func conflicts() throws {
    let key = try testKey(1)
    let text = key.authorizedKeyText
    #expect(
      refusal(of: "[people.dana]\nkeys = ['\(text) a']\n[agents.codex]\nkeys = ['\(text) b']")
        == "4:9: the key \(key.fingerprint) belongs to both people.dana and agents.codex")
    #expect(
      refusal(of: "[people.dana]\naccounts = ['d']\n[services.ci]\nkind = 'ci'\naccounts = ['d']")
        == "5:13: the account \"d\" belongs to both people.dana and services.ci")
    #expect(
      refusal(of: "[people.dana]\nemails = ['D@X.org']\n[people.lee]\nemails = ['d@x.ORG']")
        == "4:11: the e-mail address \"d@x.org\" belongs to both people.dana and people.lee")
    #expect(
      refusal(of: "[people.dana]\n[agents.dana]")
        == "2:1: the name dana belongs to both people.dana and agents.dana")
    #expect(refusal(of: "[people.a]\naccounts = ['d']\n[people.b]\naccounts = ['D']") == "accepted")
  }

  @Test("every setting knows the layer and line that made it")
  func statements() throws {
    let policy = try policy(
      """
      [people.dana]
      roles = ["reviewer"]
      [[protect]]
      refs = ["refs/heads/main"]
      review = { approvals = 2 }
      """)
    #expect(
      policy.statements.map { "\($0.path) = \($0.value)  # \($0.location)" } == [
        "version = 1  # repository.toml:1:1",
        "serial = 1  # repository.toml:2:1",
        "repository = \"git.example.org/app\"  # repository.toml:3:1",
        "people.dana.roles = [\"reviewer\"]  # repository.toml:5:1",
        "protect[0].refs = [\"refs/heads/main\"]  # repository.toml:7:1",
        "protect[0].review.approvals = 2  # repository.toml:8:12",
      ])
    #expect(policy.origin(of: "people.dana.roles")?.position == SourcePosition(line: 5, column: 1))
    #expect(policy.origin(of: "protect[0].binding") == nil)
  }
}
