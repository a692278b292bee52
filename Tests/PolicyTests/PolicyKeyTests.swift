import Policy
import Primitives
import Signing
import Testing

/// The registry of keys and what the reader does with them.
struct PolicyKeyTests {
  /// A value for every key of a table, of the wrong type on purpose.
  private func wrong(_ key: PolicyKey) -> String {
    let head = "version = 1\nserial = 1\nrepository = 'r'\n"
    let refs = "refs = ['refs/heads/main']\n"
    let line = "\(key.name) = { not-a-key = 1 }\n"
    return switch key.table {
    case .root:
      (head + line).split(separator: "\n").filter { row in
        row == line.dropLast() || !row.hasPrefix(key.name + " =")
      }.joined(separator: "\n")
    case .people: head + "[people.x]\n" + line
    case .agents: head + "[agents.x]\n" + line
    case .services: head + "[services.x]\n" + (key.name == "kind" ? "" : "kind = 'ci'\n") + line
    case .protect: head + "[[protect]]\n" + (key.name == "refs" ? "" : refs) + line
    case .review: head + "[[protect]]\n" + refs + "review." + line
    case .quarantine:
      head + "[[quarantine]]\n" + (key.name == "refs" ? "" : refs)
        + (key.name == "files" ? "" : "files = ['locks']\n") + line
    case .signals: head + "[signals]\n" + (key.name == "catalog" ? "" : "catalog = '/c'\n") + line
    case .secrets: head + "[secrets]\n" + line
    case .limits: head + "[limits]\n" + line
    }
  }

  @Test(
    "every key of the registry is read: a value of the wrong type is an error of that key",
    arguments: PolicyKey.all)
  func read(_ key: PolicyKey) {
    do throws(PolicyError) {
      _ = try Policy(layers: [layer(.repository, wrong(key))])
      Issue.record("\(key.table.rawValue) \(key.name) is never read")
    } catch {
      switch error.problem {
      case .wrongType(let name, _, _): #expect(name.split(separator: ".").first ?? "" == key.name)
      case .unknownKey(let name, _, _): #expect(name == bytes("not-a-key"))
      default: Issue.record("\(error)")
      }
    }
  }

  @Test("no key stands twice in the registry, and each has its words")
  func complete() {
    #expect(Set(PolicyKey.all.map { "\($0.table) \($0.name)" }).count == PolicyKey.all.count)
    #expect(Set(PolicyKey.all.map(\.table)) == Set(PolicyKey.Table.allCases))
    for key in PolicyKey.all {
      #expect(!key.meaning.isEmpty && !key.form.isEmpty && key.byDefault != "")
      #expect((key.name + key.form + key.meaning).utf8.allSatisfy { (0x20...0x7e).contains($0) })
    }
  }

  @Test(
    "the default that the registry states is the reader's: to write it down changes nothing",
    arguments: PolicyKey.all)
  func defaults(_ key: PolicyKey) throws {
    // Lists and words that stand for what TOML has no value for.
    let unwritten = ["none", "never", "see there", "any ref", "any repository"]
    guard let value = key.byDefault, !unwritten.contains(value), !value.contains(" ") else {
      return
    }
    let isBare = value == "true" || value == "false" || Int(value) != nil || value.hasPrefix("[")
    func rules(
      _ line: String
    ) throws -> ([Protection], [Quarantine], Limits, [Person], [Agent], [String]) {
      let lines = { (table: PolicyKey.Table) in key.table == table ? line : "" }
      let policy = try policy(
        """
        \(lines(.root))
        [people.x]
        \(lines(.people))
        [agents.y]
        \(lines(.agents))
        [services.z]
        kind = 'ci'
        \(lines(.services))
        [secrets]
        \(lines(.secrets))
        [limits]
        \(lines(.limits))
        [[quarantine]]
        refs = ['refs/x']
        files = ['locks']
        \(lines(.quarantine))
        [[protect]]
        refs = ['refs/heads/a']
        \(key.table == .review ? "review." + line : lines(.protect))
        """)
      return (
        policy.protections, policy.quarantines, policy.limits, policy.people, policy.agents,
        ["\(policy.secrets)"]
      )
    }
    let stated = try rules("\(key.name) = \(isBare ? value : "'\(value)'")")
    let blank = try rules(key.table == .review ? "of = 'agents'" : "")
    #expect(stated == blank)
  }
}

struct SecretScreeningTests {
  private static let base = "version = 1\nserial = 1\nrepository = 'r'\n"

  @Test("the top layer that speaks of secrets says what is left out, and others take less out")
  func layers() throws {
    func screening(_ above: String, _ below: String) throws -> SecretScreening {
      try Policy(layers: [
        layer(.repository, Self.base + above), layer(.tree, Self.base + below),
      ]).secrets
    }
    let own = "[secrets]\nmode = 'observe'\nskip-rules = ['jwt']\nskip-paths = ['a/**']\n"
    let alone = try screening("", own)
    #expect(alone.mode == .observe && alone.skippedRules == ["jwt"])
    #expect(alone.skippedPaths == [Pattern(bytes("a/**"))] && !alone.allowsComments)
    let less = try screening(own, "[secrets]\nmode = 'enforce'\nskip-rules = []\n")
    #expect(less.mode == .enforce && less.skippedRules.isEmpty && less.skippedPaths.count == 1)
    for more in [
      "mode = 'observe'", "skip-rules = ['jwt', 'x']", "skip-paths = ['**']",
      "allow-comments = true",
    ] {
      #expect(throws: PolicyError.self, "\(more)") {
        try screening("[secrets]\nmode = 'enforce'\n", "[secrets]\n\(more)\n")
      }
    }
  }
}

struct PolicyWarningTests {
  @Test("what can never be satisfied, or hardly meant, is pointed out with its place")
  func warnings() throws {
    let policy = try policy(
      """
      [people.dana]
      roles = ["reviewer"]
      keys = ["\(testKey(1).authorizedKeyText)"]
      [people.lee]
      roles = ["reviewer"]
      [people.kim]
      roles = ["reviewer"]
      keys = ["\(testSecurityKey(2).authorizedKeyText)"]
      expires = "2026-01-01"
      [agents.codex]
      [[protect]]
      refs = ["refs/heads/a"]
      [[protect]]
      refs = ["refs/heads/b"]
      review = { approvals = 2, sponsor-may-review = true }
      [[protect]]
      refs = ["refs/heads/c"]
      review = { presence = "touch" }
      """)
    let signed = "repository.toml"
    #expect(
      policy.warnings(at: 1_800_000_000).map(\.description) == [
        "\(signed):1:1: nobody has the maintainer role, so this policy cannot be changed by a push",
        "\(signed):7:1: people.lee has roles, but no key to sign reviews with",
        "\(signed):13:1: agents.codex has neither key, account nor address to be known by",
        "\(signed):16:1: the rule asks for 2 approvals by role reviewer, of whom there are 1",
        "\(signed):16:1: sponsor-may-review without presence: an agent with its sponsor's key can "
          + "review itself",
        "\(signed):19:1: the rule asks for 1 approval by role reviewer and a security key, of whom there"
          + " are 0",
      ])
  }

  @Test("the example of the design has nothing to point out")
  func none() throws {
    let text = DesignExampleTests.text(try testSecurityKey(1), try testKey(2))
    #expect(try Policy(layers: [layer(.tree, text)]).warnings(at: 0).isEmpty)
  }
}
