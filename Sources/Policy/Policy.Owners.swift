internal import Primitives

extension Policy {
  /// The people whom an owner of CODEOWNERS stands for; empty when the policy knows nobody by it.
  ///
  /// An e-mail address is a person's own. `@name` is a person's name or account, or else a role.
  /// `@group/team` is the role of that name, or else the role `team`; `@@role` is a role. ASCII case does
  /// not matter, as it does not to the hosts, where nobody is written just so and one alone is otherwise.
  /// Whether they are active is for the caller to ask.
  package func people(ownedAs owner: [UInt8]) -> [Person] {
    guard owner.first == 0x40 else {
      return principal(email: owner).flatMap(\.person).map { [$0] } ?? []
    }
    let isRole = owner.starts(with: "@@".utf8)
    let name = Array(owner.drop { $0 == 0x40 })
    if !isRole {
      if let person = people.first(where: { $0.name.utf8.elementsEqual(name) }) { return [person] }
      if let person = principal(account: name)?.person { return [person] }
      let folded = asciiLowercased(name)
      let alike = people.filter { person in
        ([Array(person.name.utf8)] + person.accounts).contains { asciiLowercased($0) == folded }
      }
      // Of several who differ by case alone nobody is meant for certain.
      if !alike.isEmpty { return alike.count == 1 ? alike : [] }
    }
    let whole = people(inRole: name)
    guard whole.isEmpty, let slash = name.lastIndex(of: 0x2f) else { return whole }
    return people(inRole: Array(name[(slash + 1)...]))
  }

  private func people(inRole name: [UInt8]) -> [Person] {
    let exact = people.filter { $0.roles.contains { $0.name.utf8.elementsEqual(name) } }
    guard exact.isEmpty else { return exact }
    let folded = asciiLowercased(name)
    let alike = Set(
      people.flatMap(\.roles).filter { asciiLowercased(Array($0.name.utf8)) == folded })
    guard alike.count == 1, let role = alike.first else { return [] }
    return people.filter { $0.roles.contains(role) }
  }
}

extension Principal {
  /// The person, when it is one.
  package var person: Person? {
    guard case .person(let person) = self else { return nil }
    return person
  }
}
