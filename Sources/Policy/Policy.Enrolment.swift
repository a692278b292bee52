internal import Primitives
internal import Signing

// Who a layer adds, and what it takes away from those that the layers above enrolled.
extension Policy {
  mutating func applyPeople(_ table: PolicyTable, mayEnrol: Bool) throws(PolicyError) {
    for (name, view) in try table.namedTables("people", keys: .people) {
      let location = view.layer.location(view.position)
      let index: Int
      if case .person(let known)? = claims.holder(.name, name.utf8) {
        index = known
      } else {
        guard mayEnrol else { throw PolicyError(.notDelegated("people.\(name)"), at: location) }
        index = people.count
        people.append(Person(name: name, location: location))
        try claims.claim(
          name: name, label: "people.\(name)", for: .person(index), at: location)
      }
      for key in ["emails", "accounts", "keys", "openpgp", "roles"]
      where !mayEnrol && view.entry(key) != nil {
        throw view.error(.notDelegated("people.\(name).\(key)"), at: key)
      }
      let new = try newClaims(view, for: .person(index))
      people[index].keys += new.keys
      people[index].accounts += new.accounts
      people[index].emails += new.emails
      for (fingerprint, position) in try view.openPGP()
      where try claims.claim(
        openPGP: fingerprint, for: .person(index), at: view.layer.location(position))
      {
        people[index].openPGP.append(fingerprint)
      }
      people[index].roles.formUnion(
        try view.words("roles", marks: Role.marks)?.map(Role.init) ?? [])
      people[index].removedRoles.formUnion(
        try view.words("removed-roles", marks: Role.marks)?.map(Role.init) ?? [])
      var person = people[index]
      try Policy.end(view, &person.expires, &person.isRevoked)
      try Policy.limit(&person.access, by: view)
      people[index] = person
    }
  }

  mutating func applyAgents(_ table: PolicyTable) throws(PolicyError) {
    for (name, view) in try table.namedTables("agents", keys: .agents) {
      let location = view.layer.location(view.position)
      let index: Int
      if case .agent(let known)? = claims.holder(.name, name.utf8) {
        index = known
      } else {
        index = agents.count
        agents.append(Agent(name: name, location: location))
        try claims.claim(name: name, label: "agents.\(name)", for: .agent(index), at: location)
      }
      let new = try newClaims(view, for: .agent(index))
      agents[index].keys += new.keys
      agents[index].accounts += new.accounts
      agents[index].emails += new.emails
      if let sponsor = try view.word("sponsor") {
        // Another sponsor would let the first one review the agent's work.
        guard agents[index].sponsor == nil || agents[index].sponsor == sponsor else {
          throw view.error(
            .loosens(key: "agents.\(name).sponsor", reason: "differs from the one set above"),
            at: "sponsor")
        }
        agents[index].sponsor = sponsor
      }
      if let limit = try view.refPatterns("may-push") { agents[index].pushLimits.append(limit) }
      var agent = agents[index]
      try Policy.end(view, &agent.expires, &agent.isRevoked)
      try Policy.limit(&agent.access, by: view)
      agents[index] = agent
    }
  }

  mutating func applyServices(_ table: PolicyTable, mayEnrol: Bool) throws(PolicyError) {
    // Those that the layers above enrolled stand before it.
    let enrolledAbove = services.count
    for (name, view) in try table.namedTables("services", keys: .services) {
      let location = view.layer.location(view.position)
      let kind = try view.word("kind")
      let index: Int
      if case .service(let known)? = claims.holder(.name, name.utf8) {
        index = known
      } else {
        guard mayEnrol else { throw PolicyError(.notDelegated("services.\(name)"), at: location) }
        guard let kind else { throw view.error(.missing(key: "kind", in: view.name), at: "kind") }
        index = services.count
        services.append(Service(name: name, kind: kind, location: location))
        try claims.claim(
          name: name, label: "services.\(name)", for: .service(index), at: location)
      }
      for key in ["emails", "accounts", "keys"] where !mayEnrol && view.entry(key) != nil {
        throw view.error(.notDelegated("services.\(name).\(key)"), at: key)
      }
      guard kind == nil || kind == services[index].kind else {
        throw view.error(
          .loosens(key: "services.\(name).kind", reason: "differs from the one set above"),
          at: "kind")
      }
      let new = try newClaims(view, for: .service(index))
      services[index].keys += new.keys
      services[index].accounts += new.accounts
      services[index].emails += new.emails
      if let limit = try view.refPatterns("may-push") { services[index].pushLimits.append(limit) }
      var service = services[index]
      if let delivers = try view.bool("delivers") {
        guard !delivers || service.delivers || index >= enrolledAbove else {
          throw view.error(
            .loosens(key: "delivers", reason: "is not what the layer above gives"), at: "delivers")
        }
        service.delivers = delivers
      }
      try Policy.end(view, &service.expires, &service.isRevoked)
      try Policy.limit(&service.access, by: view)
      services[index] = service
    }
  }

  /// The keys, accounts and addresses of a table that are new to the principal.
  private mutating func newClaims(
    _ view: PolicyTable, for id: PrincipalID
  ) throws(PolicyError) -> (keys: [PublicKey], accounts: [[UInt8]], emails: [[UInt8]]) {
    var keys: [PublicKey] = []
    var accounts: [[UInt8]] = []
    var emails: [[UInt8]] = []
    for (key, position) in try view.keys()
    where try claims.claim(key: key, for: id, at: view.layer.location(position)) {
      keys.append(key)
    }
    for (account, position) in try view.accounts()
    where try claims.claim(account: account, for: id, at: view.layer.location(position)) {
      accounts.append(account)
    }
    for (email, position) in try view.emails()
    where try claims.claim(email: email, for: id, at: view.layer.location(position)) {
      emails.append(email)
    }
    return (keys, accounts, emails)
  }

  /// Access may be less than a layer above says, never more.
  private static func limit(_ access: inout Access, by view: PolicyTable) throws(PolicyError) {
    if let level = try view.choice("access", Access.Level.self) {
      guard level == .read || access.level == .push else {
        throw view.error(
          .loosens(key: "access", reason: "is more than the layer above gives"), at: "access")
      }
      access.level = level
    }
    if let limit = try view.repositoryPatterns("repositories") {
      access.repositoryLimits.append(limit)
    }
  }

  /// An end may come earlier than a layer above says, never later.
  private static func end(
    _ view: PolicyTable, _ expires: inout Int64?, _ isRevoked: inout Bool
  ) throws(PolicyError) {
    if let time = try view.expiry() {
      guard expires.map({ time <= $0 }) ?? true else {
        throw view.error(
          .loosens(key: "expires", reason: "is later than the layer above says"), at: "expires")
      }
      expires = time
    }
    if let revoked = try view.bool("revoked") {
      guard revoked || !isRevoked else {
        throw view.error(
          .loosens(key: "revoked", reason: "would take back what the layer above says"),
          at: "revoked")
      }
      isRevoked = revoked
    }
  }
}
