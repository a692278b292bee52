package import Primitives
package import Signing

/// A word that a rule asks for and a person has; hookkit itself knows two of them.
package struct Role: Hashable, Sendable {
  /// ASCII letters, digits and `marks`.
  package let name: String

  /// What may stand in a role beside letters and digits: teams are written `org/team`.
  static let marks = "._/-"

  package init(_ name: String) {
    self.name = name
  }

  /// May change the policy.
  package static let maintainer = Role("maintainer")
  /// May review; the default of a rule.
  package static let reviewer = Role("reviewer")
}

/// A human being, enrolled in the policy.
package struct Person: Hashable, Sendable {
  /// The word after `people.`: ASCII letters, digits and `._-`.
  package let name: String
  /// Addresses with ASCII letters in lower case.
  package internal(set) var emails: [[UInt8]] = []
  /// Names under which the server knows the person, compared byte by byte.
  package internal(set) var accounts: [[UInt8]] = []
  /// Keys in force; revoked ones are gone.
  package internal(set) var keys: [PublicKey] = []
  /// Fingerprints of OpenPGP keys in force, 40 or 64 lower-case hexadecimal digits.
  package internal(set) var openPGP: [String] = []
  package internal(set) var roles: Set<Role> = []
  /// What a layer took away, whichever layer gives it.
  var removedRoles: Set<Role> = []
  /// The second (Unix time, server's clock) from which on the person counts no more.
  package internal(set) var expires: Int64?
  /// Whether a layer has put an end to everything the person may do.
  package internal(set) var isRevoked = false
  package internal(set) var access = Access()
  /// Where the person is enrolled first.
  package let location: SourceLocation

  init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }

  /// Whether the person counts at a time given in Unix seconds.
  package func isActive(at time: Int64) -> Bool {
    !isRevoked && expires.map { time < $0 } ?? true
  }
}

/// A coding agent, enrolled in the policy.
package struct Agent: Hashable, Sendable {
  package let name: String
  /// Addresses with ASCII letters in lower case.
  package internal(set) var emails: [[UInt8]] = []
  package internal(set) var accounts: [[UInt8]] = []
  package internal(set) var keys: [PublicKey] = []
  /// The name of the person who answers for the agent and so may not review its work.
  package internal(set) var sponsor: String?
  /// One list for each layer that limits the agent: a ref must match in every list.
  package internal(set) var pushLimits: [[Pattern]] = []
  package internal(set) var access = Access()
  /// The second (Unix time, server's clock) from which on the agent may neither read nor push. Its work
  /// goes on counting as an agent's.
  package internal(set) var expires: Int64?
  /// Whether a layer has put an end to everything the agent may do.
  package internal(set) var isRevoked = false
  package let location: SourceLocation

  init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }

  /// Whether the agent may do nothing more at a time given in Unix seconds.
  package func hasEnded(at time: Int64) -> Bool {
    isRevoked || expires.map { time >= $0 } ?? false
  }

  /// Whether every layer that limits the agent lets it push to the ref.
  package func mayPush(_ ref: RefName) -> Bool {
    pushLimits.allSatisfy { limit in limit.contains { $0.matches(ref.bytes) } }
  }
}

/// A machine that is no agent: CI, a dependency bot.
package struct Service: Hashable, Sendable {
  package let name: String
  /// What it is, in a word such as `ci` or `renovate`.
  package internal(set) var kind = ""
  /// Addresses with ASCII letters in lower case.
  package internal(set) var emails: [[UInt8]] = []
  package internal(set) var accounts: [[UInt8]] = []
  package internal(set) var keys: [PublicKey] = []
  /// One list for each layer that limits the service: a ref must match in every list.
  package internal(set) var pushLimits: [[Pattern]] = []
  package internal(set) var expires: Int64?
  package internal(set) var isRevoked = false
  package internal(set) var access = Access()
  /// Whether it delivers people's work, as a merge queue or a mirror does: then what a person signed and
  /// the service pushes counts as if that person had brought it.
  package internal(set) var delivers = false
  package let location: SourceLocation

  init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }

  /// Whether the service counts at a time given in Unix seconds.
  package func isActive(at time: Int64) -> Bool {
    !isRevoked && expires.map { time < $0 } ?? true
  }

  /// Whether every layer that limits the service lets it push to the ref.
  package func mayPush(_ ref: RefName) -> Bool {
    pushLimits.allSatisfy { limit in limit.contains { $0.matches(ref.bytes) } }
  }
}

/// Anyone the policy knows.
package enum Principal: Hashable, Sendable {
  case person(Person)
  case agent(Agent)
  case service(Service)

  package var name: String {
    switch self {
    case .person(let person): person.name
    case .agent(let agent): agent.name
    case .service(let service): service.name
    }
  }

  /// Whether the principal counts at a time given in Unix seconds. An agent always does: to forget
  /// one would only take a signal away.
  package func isActive(at time: Int64) -> Bool {
    switch self {
    case .person(let person): person.isActive(at: time)
    case .agent: true
    case .service(let service): service.isActive(at: time)
    }
  }
}
