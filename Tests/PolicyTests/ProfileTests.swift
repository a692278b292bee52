import Foundation
import Policy
import Primitives
import Signing
import Testing

struct ProfileTests {
  private func policy(_ profile: Profile) throws -> Policy {
    let text = try profile.text(
      repository: bytes("git.example.org/app"), person: bytes("dana"),
      email: bytes("dana@example.org"), account: bytes("dana"), key: try testSecurityKey(1))
    return try Policy(layers: [layer(.tree, text)])
  }

  private func refusal(
    repository: String = "r", person: String = "dana", email: String = "d@x", account: String = "d"
  ) throws -> String {
    let key = try testKey(1)
    do throws(PolicyError) {
      _ = try Profile.team.text(
        repository: bytes(repository), person: bytes(person), email: bytes(email),
        account: bytes(account), key: key)
      return "accepted"
    } catch {
      return "\(error.problem)"
    }
  }

  @Test("the template files and the built-in texts are the same", arguments: Profile.allCases)
  func templates(_ profile: Profile) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "templates/policy/\(profile.rawValue).toml")
    #expect(Array(try Data(contentsOf: file)) == bytes(profile.template))
  }

  @Test("every profile is a policy with one person enrolled", arguments: Profile.allCases)
  func enrolled(_ profile: Profile) throws {
    let policy = try policy(profile)
    let dana = try #require(policy.people.first)
    #expect(policy.people.count == 1)
    #expect(dana.name == "dana")
    #expect(dana.emails == [bytes("dana@example.org")])
    #expect(dana.accounts == [bytes("dana")])
    #expect(dana.keys == [try testSecurityKey(1)])
    #expect(dana.roles == [.reviewer, .maintainer])
    #expect(policy.repository == bytes("git.example.org/app"))
    #expect(policy.serial(of: .tree) == 1)
  }

  @Test("an account may be left out", arguments: Profile.allCases)
  func noAccount(_ profile: Profile) throws {
    let text = try profile.text(
      repository: bytes("r"), person: bytes("dana"), email: bytes("d@x"), account: nil,
      key: try testKey(1))
    #expect(try Policy(layers: [layer(.tree, text)]).people[0].accounts == [])
  }

  @Test(
    "every profile keeps main and releases from force-push and deletion",
    arguments: Profile.allCases)
  func branches(_ profile: Profile) throws {
    let policy = try policy(profile)
    for ref in ["refs/heads/main", "refs/heads/release/1"] {
      let rules = policy.protections(for: RefName(ref))
      #expect(!rules.isEmpty)
      #expect(rules.allSatisfy { !$0.allowsForcePush && !$0.allowsDelete })
      #expect(rules.contains { $0.review.approvals == 1 })
      #expect(rules.allSatisfy { $0.holds })
    }
  }

  @Test(
    "every profile guards the branch that HEAD names as it guards main", arguments: Profile.allCases
  )
  func headsBranch(_ profile: Profile) throws {
    let policy = try policy(profile).resolving(head: RefName("refs/heads/master"))
    for name in ["refs/heads/master", "refs/heads/main"] {
      #expect(policy.protections(for: RefName(name)).map(\.review.approvals) == [1])
      #expect(policy.quarantines(for: RefName(name)).count == 1)
    }
  }

  @Test("strict lets maintainers alone make a tag, team says how")
  func releaseTags() throws {
    let tag = RefName("refs/tags/v1")
    #expect(try policy(.strict).protections(for: tag).map(\.creators) == [.maintainers])
    #expect(try policy(.team).protections(for: tag).map(\.creators) == [.anyone])
    #expect(Profile.team.template.contains("# who = \"maintainers\""))
  }

  @Test("solo lets the sponsor review, and then asks for a touched key")
  func solo() throws {
    let rule = try #require(
      try policy(.solo).protections(for: RefName("refs/heads/main")).first)
    #expect(rule.review.sponsorMayReview)
    #expect(rule.review.presence == .touch)
    #expect(rule.review.of == .agents)
    #expect(rule.unverified == .person)
  }

  @Test("team counts an unsigned, signal-free commit as its pusher's, and no sponsor reviews")
  func team() throws {
    let rule = try #require(
      try policy(.team).protections(for: RefName("refs/heads/main")).first)
    #expect(!rule.review.sponsorMayReview)
    #expect(rule.review.presence == .none)
    #expect(rule.review.of == .agents)
    #expect(rule.unverified == .person)
    #expect(rule.assisted == .review)
  }

  @Test("strict counts what is unverified as an agent's, and asks for a touch and for owners")
  func strict() throws {
    let rule = try #require(
      try policy(.strict).protections(for: RefName("refs/heads/main")).first)
    #expect(!rule.review.sponsorMayReview)
    #expect(rule.review.presence == .touch)
    #expect(rule.review.of == .anyone)
    #expect(rule.review.owners)
    #expect(rule.unverified == .agent)
  }

  @Test("team and strict let nobody move or delete a tag", arguments: [Profile.team, .strict])
  func tags(_ profile: Profile) throws {
    let rules = try policy(profile).protections(for: RefName("refs/tags/v1"))
    #expect(rules.map(\.review.approvals) == [0])
    #expect(rules.allSatisfy { !$0.allowsForcePush && !$0.allowsDelete && $0.allowsCreate })
  }

  @Test("what would break out of the text is refused or stays a value")
  func injection() throws {
    #expect(
      try refusal(person: "dana]\nroles = []")
        == "a name in [people]: \"dana]\\x0aroles = []\" is not a word of at most 64 ASCII "
        + "letters, digits and ._-")
    #expect(try refusal(person: "") != "accepted")
    #expect(try refusal(email: "x\"]\nkeys = []") != "accepted")
    #expect(try refusal(repository: "@KEY@") == "accepted")
    let text = try Profile.team.text(
      repository: bytes("a\"\\b"), person: bytes("d.na"), email: bytes("\"d\"@x"),
      account: bytes("@KEY@"), key: try testKey(1))
    let policy = try Policy(layers: [layer(.tree, text)])
    #expect(policy.repository == bytes("a\"\\b"))
    #expect(policy.people.map(\.name) == ["d.na"])
    #expect(policy.people.map(\.emails) == [[bytes("\"d\"@x")]])
    #expect(policy.people.map(\.accounts) == [[bytes("@KEY@")]])
  }
}
