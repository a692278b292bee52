import Policy
import Testing

/// One tree layer after another.
struct PolicyChangeTests {
  private func tree(_ serial: Int, _ body: String = "", roles: String = "'maintainer'")
    -> PolicyLayer
  {
    layer(
      .tree,
      "version = 1\nserial = \(serial)\n\(body)\n[people.dana]\nroles = [\(roles)]\n")
  }

  private func refusal(_ old: PolicyLayer?, _ new: PolicyLayer?, above: [PolicyLayer] = [])
    -> String
  {
    do throws(PolicyError) {
      try Policy.validateSuccessor(old: old, new: new, above: above, at: 1_800_000_000)
      return "accepted"
    } catch {
      return error.description
    }
  }

  private let named = "repository = 'r'"

  @Test("a policy is followed only by one with a higher serial")
  func serial() {
    #expect(refusal(tree(7, named), tree(8, named)) == "accepted")
    #expect(refusal(nil, tree(0, named)) == "accepted")
    for serial in [0, 6, 7] {
      #expect(
        refusal(tree(7, named), tree(serial, named))
          == "tree.toml:2:1: serial \(serial) is not higher than 7, the one in force")
    }
  }

  @Test("a policy that cannot be read does not follow, and neither does one after it")
  func unreadable() {
    let broken = layer(.tree, "version = 9")
    #expect(
      refusal(tree(1, named), broken)
        == "tree.toml:1:1: version 9 is unknown; this hookkit reads version 1")
    #expect(
      refusal(broken, tree(1, named))
        == "tree.toml:1:1: version 9 is unknown; this hookkit reads version 1")
  }

  @Test("the repository that reviews name does not change")
  func repository() {
    #expect(
      refusal(tree(1, named), tree(2, "repository = 's'"))
        == "tree.toml:3:1: repository differs from the one in force, which every review names")
  }

  @Test("somebody stays who can change the policy again")
  func maintainer() {
    let gone = "tree.toml:1:1: nobody would be left with the maintainer role to change the policy"
    #expect(refusal(tree(1, named), tree(2, named, roles: "'reviewer'")) == gone)
    let expired = layer(
      .tree,
      "version = 1\nserial = 2\n\(named)\n[people.dana]\nroles = ['maintainer']\n"
        + "expires = '2026-01-01'")
    #expect(refusal(tree(1, named), expired) == gone)
  }

  @Test("the policy file is not removed by a push")
  func removed() {
    #expect(refusal(tree(1, named), nil) == "tree.toml:1:1: the policy file may not be removed")
  }

  @Test("a new policy is held against the layers above")
  func above() {
    let above = layer(
      .repository, "version = 1\nserial = 9\nrepository = 'r'\n[people.lee]\nroles = ['maintainer']"
    )
    let old = layer(.tree, "version = 1\nserial = 1")
    #expect(refusal(old, layer(.tree, "version = 1\nserial = 2"), above: [above]) == "accepted")
    #expect(
      refusal(old, tree(2), above: [above]).hasPrefix("tree.toml:4:1: people.dana: only a layer"))
  }
}
