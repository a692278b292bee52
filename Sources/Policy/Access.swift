package import Primitives
package import Signing

/// What a principal may do with repositories at all, before any rule of a reference is asked.
package struct Access: Hashable, Sendable {
  /// How far it goes.
  package enum Level: String, CaseIterable, Sendable {
    case read, push
  }

  package internal(set) var level: Level = .push
  /// One list for each layer that limits the principal: a repository must match in every list.
  package internal(set) var repositoryLimits: [[Pattern]] = []

  /// Whether every layer that limits the principal lets it into the repository.
  ///
  /// - Parameter path: the repository's place under the server's root, such as `team/app.git`; a
  ///   pattern may leave out the ending `.git`.
  package func reaches(_ path: [UInt8]) -> Bool {
    let ending = Array(".git".utf8)
    let short = path.suffix(ending.count) == ending[...] ? Array(path.dropLast(ending.count)) : path
    return repositoryLimits.allSatisfy { limit in
      limit.contains { $0.matches(path) || $0.matches(short) }
    }
  }
}

extension Principal {
  /// The words that name the principal in a policy: `agents.codex`.
  package var label: String {
    switch self {
    case .person: "people.\(name)"
    case .agent: "agents.\(name)"
    case .service: "services.\(name)"
    }
  }

  package var access: Access {
    switch self {
    case .person(let person): person.access
    case .agent(let agent): agent.access
    case .service(let service): service.access
    }
  }

  /// Names under which the server knows the principal, those of the top layer first.
  package var accounts: [[UInt8]] {
    switch self {
    case .person(let person): person.accounts
    case .agent(let agent): agent.accounts
    case .service(let service): service.accounts
    }
  }

  package var keys: [PublicKey] {
    switch self {
    case .person(let person): person.keys
    case .agent(let agent): agent.keys
    case .service(let service): service.keys
    }
  }

  /// Whether its time at this server is over, at a time given in Unix seconds. An agent's work is an
  /// agent's for all that.
  package func hasEnded(at time: Int64) -> Bool {
    switch self {
    case .agent(let agent): agent.hasEnded(at: time)
    case .person, .service: !isActive(at: time)
    }
  }
}

extension Policy {
  /// The principal that a label such as `agents.codex` names.
  package func principal(labelled label: String) -> Principal? {
    let all =
      people.map { Principal.person($0) } + agents.map { .agent($0) }
      + services.map { .service($0) }
    return all.first { $0.label.utf8.elementsEqual(label.utf8) }
  }

  /// Whose key lets its holder in at a time given in Unix seconds: a key that is in force, of a
  /// principal whose time is not over.
  package func principal(admittedBy key: PublicKey, at time: Int64) -> Principal? {
    guard !isRevoked(key), let principal = principal(key: key), !principal.hasEnded(at: time) else {
      return nil
    }
    return principal
  }
}
