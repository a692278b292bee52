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

  @Test("the words that the registry lists for files are the classes that the reader knows")
  func fileClasses() throws {
    let files = try #require(
      PolicyKey.all.first { $0.table == .quarantine && $0.name == "files" })
    #expect(files.form == "list of: " + FileClass.allCases.map(\.rawValue).joined(separator: ", "))
  }

  @Test("the defaults that the registry states are those of the reader")
  func defaults() throws {
    let policy = try policy(
      "[[protect]]\nrefs = ['refs/heads/a']\n[[quarantine]]\nrefs = ['refs/x']\nfiles = ['locks']")
    let rule = try #require(policy.protections.first)
    func stated(_ table: PolicyKey.Table, _ name: String) -> String? {
      PolicyKey.all.first { $0.table == table && $0.name == name }?.byDefault
    }
    #expect(stated(.protect, "unverified") == rule.unverified.rawValue)
    #expect(stated(.protect, "assisted") == rule.assisted.rawValue)
    #expect(stated(.protect, "binding") == rule.binding.rawValue)
    #expect(stated(.protect, "force-push") == "\(rule.allowsForcePush)")
    #expect(stated(.protect, "delete") == "\(rule.allowsDelete)")
    #expect(stated(.protect, "create") == "\(rule.allowsCreate)")
    #expect(stated(.protect, "who") == rule.creators.rawValue)
    #expect(stated(.protect, "hold") == "\(rule.holds)")
    #expect(stated(.protect, "signed-push") == "\(rule.requiresSignedPush)")
    #expect(stated(.review, "of") == rule.review.of.rawValue)
    #expect(stated(.review, "approvals") == "\(rule.review.approvals)")
    #expect(stated(.review, "role") == rule.review.role.name)
    #expect(stated(.review, "presence") == rule.review.presence.rawValue)
    #expect(stated(.review, "owners") == "\(rule.review.owners)")
    #expect(stated(.review, "sponsor-may-review") == "\(rule.review.sponsorMayReview)")
    #expect(stated(.review, "vouches") == "\(rule.review.vouches)")
    #expect(stated(.quarantine, "by") == policy.quarantines.first?.by.rawValue)
    #expect(stated(.limits, "commits") == "\(policy.limits.commits)")
    #expect(stated(.limits, "message-bytes") == "\(policy.limits.messageBytes)")
    #expect(stated(.limits, "parents") == "\(policy.limits.parents)")
    #expect(stated(.limits, "refs") == "\(policy.limits.refs)")
    #expect(stated(.limits, "paths") == "\(policy.limits.paths)")
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
        "\(signed):16:1: 2 approvals are asked of people with the role reviewer, of whom there are 1",
        "\(signed):16:1: sponsor-may-review without presence: an agent with its sponsor's key can "
          + "review itself",
        "\(signed):19:1: 1 approvals are asked of people with the role reviewer and a security key, "
          + "of whom there are 0",
      ])
  }

  @Test("the example of the design has nothing to point out")
  func none() throws {
    let text = DesignExampleTests.text(try testSecurityKey(1), try testKey(2))
    #expect(try Policy(layers: [layer(.tree, text)]).warnings(at: 0).isEmpty)
  }
}
