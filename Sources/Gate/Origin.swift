package import Signals

/// Who made one commit, as far as this server can tell (Documentation/Design/Model.md, "Origins").
package struct Origin: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case person(Strength)
    case agent(Grade)
    case service
    case unverified
  }

  /// What a person's signature shows.
  package enum Strength: String, Hashable, Sendable {
    case key
    /// A FIDO key whose signature has the user-presence flag.
    case touch
  }

  /// How sure it is that an agent made the commit; the first is the surest.
  package enum Grade: String, Hashable, Sendable {
    case attested, declared, suspected
  }

  package let kind: Kind
  /// The enrolled principal, when one is known: the signer, or else the pusher.
  package let principal: String?
  /// The enrolled person whose valid signature the commit bears, whatever class it is in.
  package let signer: String?
  /// Whether that signature vouches for the commit where it comes to: brought or pushed by a person.
  package let vouches: Bool
  /// Whether an unverified commit may count as the work of the person who brought it.
  package let isBringersOwn: Bool
  /// Why the commit is in this class, in a few words for a person: `pushed by its account`.
  package let because: String
  /// What further can be said of it, as a clause; `nil` for nothing.
  package let evidence: String?
  package let signals: [Signal]

  package init(
    _ kind: Kind, principal: String?, signer: String? = nil, vouches: Bool = false,
    isBringersOwn: Bool = false, because: String, evidence: String? = nil, signals: [Signal]
  ) {
    self.kind = kind
    self.principal = principal
    self.signer = signer
    self.vouches = vouches
    self.isBringersOwn = isBringersOwn
    self.because = because
    self.evidence = evidence?.isEmpty == true ? nil : evidence
    self.signals = signals
  }

  package var isAgents: Bool {
    if case .agent = kind { true } else { false }
  }

  /// The words of `hookkit.explain/1`.
  package var kindWord: String {
    switch kind {
    case .person: "person"
    case .agent: "agent"
    case .service: "service"
    case .unverified: "unverified"
    }
  }

  package var gradeWord: String? {
    switch kind {
    case .person(let strength): strength.rawValue
    case .agent(let grade): grade.rawValue
    case .service, .unverified: nil
    }
  }
}
