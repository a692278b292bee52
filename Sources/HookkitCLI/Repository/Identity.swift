internal import Platform
internal import Gate
internal import Policy
internal import Primitives
internal import Report
internal import Signals
internal import Signing

/// Who works in a repository, as far as it tells and a policy knows.
struct Identity {
  /// What git commits with.
  let email: [UInt8]?
  /// Whose address that is.
  let author: Principal?
  /// The public half of the signing key; `nil` where none is configured or it cannot be read.
  let key: PublicKey?
  /// Whose key that is, active or not.
  let signer: Principal?
  /// Why the signer's answers would not count; `nil` where they would.
  let discount: Discount?
  /// The agent whose shell this is, and by what that is known.
  let agent: (name: String, quote: String)?

  /// - Parameter policy: `nil` where none is known: then nobody is anybody.
  init(
    in repository: LocalRepository, under policy: Policy?, _ context: CommandContext
  ) throws {
    let email = try repository.configuration("user.email").map { Array($0.utf8) }
    self.email = email
    author = email.flatMap { policy?.principal(email: $0) }
    let key = (try? SigningKey(of: repository, environment: context.environment))?.publicKey
    self.key = key
    signer = key.flatMap { policy?.principal(key: $0) }
    var discount: Discount?
    if let key, let policy {
      do throws(Discount) { _ = try policy.signer(with: key, at: context.now) } catch {
        discount = error
      }
    }
    self.discount = discount
    agent = Signals.SignalCatalog.builtIn.environmentSignals { context.environment.bytes($0) }
      .first { $0.grade >= .suspected }.map { ($0.name, Escaped.text($0.quote, limit: 80)) }
  }

  /// The one whom the key names, else the address.
  var principal: Principal? { signer ?? author }

  /// What is said of it, a label and words each.
  func rows(in policy: Policy?) -> [(label: String, words: String)] {
    var rows: [(String, String)] = []
    switch principal {
    case nil:
      rows.append(
        (
          "you",
          policy == nil ? "not known: there is no policy here" : "nobody in the policy"
        ))
    case let found?: rows.append(("you", RuleText.principal(found)))
    }
    if let person = principal?.person {
      let roles = person.roles.map(\.name).sorted().joined(separator: ", ")
      rows.append(("roles", roles.isEmpty ? "none" : roles))
    }
    if let key {
      let whose = signer.map { "\($0.name)'s" } ?? "nobody's in the policy"
      let why = discount.map { discount -> String in
        if case .unknownKey = discount { return "" }
        return "; answers do not count: \(discount.words(of: "signature"))"
      }
      rows.append(
        ("signs as", "\(key.fingerprint) (\(key.algorithm.rawValue)), \(whose)\(why ?? "")"))
    } else {
      rows.append(("signs as", "nobody: no signing key is configured"))
    }
    if let email {
      let whose = author.map { "\($0.name)'s" } ?? "nobody's in the policy"
      rows.append(("commits as", "\(Escaped.text(email, limit: 80)), \(whose)"))
    } else {
      rows.append(("commits as", "nobody: git's user.email is not set"))
    }
    if let account = principal?.accounts.first {
      rows.append(
        (
          "pushes as",
          "\(Escaped.text(account, limit: 60)), if the server knows you by that account"
        ))
    }
    if let policy, let person = principal?.person {
      let own = policy.agents.filter { $0.sponsor == person.name }.map(\.name)
      if !own.isEmpty { rows.append(("sponsors", own.joined(separator: ", "))) }
    }
    if let agent {
      rows.append(("shell", "\(agent.name)'s (\(agent.quote)): nothing is signed from here"))
    }
    return rows
  }

  var json: JSON {
    [
      "name": principal.map { .text($0.name) } ?? .null,
      "kind": principal.map { .text($0.kindWord) } ?? .null,
      "roles": .array((principal?.person?.roles ?? []).map(\.name).sorted().map { .text($0) }),
      "key": key.map { .text($0.fingerprint) } ?? .null,
      "keyOf": signer.map { .text($0.name) } ?? .null,
      "email": email.map { .string($0) } ?? .null,
      "emailOf": author.map { .text($0.name) } ?? .null,
      "answersCount": .bool(signer?.person != nil && discount == nil && agent == nil),
      "agentsShell": agent.map { .text($0.name) } ?? .null,
    ]
  }
}

extension Principal {
  var kindWord: String {
    switch self {
    case .person: "person"
    case .agent: "agent"
    case .service: "service"
    }
  }
}
