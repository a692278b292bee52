/// One piece of evidence about who made a commit.
///
/// A signal is an admission: it can be left out or forged by whoever writes a commit, so it only
/// ever raises what is asked, and its absence says nothing.
package struct Signal: Hashable, Sendable {
  /// How strongly the evidence speaks; greater means that more is asked.
  package enum Grade: String, Hashable, Sendable, Comparable, CaseIterable {
    /// Reported and left to the policy: a suggestion that a person accepted, or an agent that is
    /// only the committer.
    case informational
    /// Names a service such as Renovate. A hint: by name alone nothing counts as a service.
    case service
    /// Points at an agent: a footer, a quoted trailer, look-alike letters, a branch prefix.
    case suspected
    /// Says that an agent wrote it.
    case declared

    private var rank: Int {
      switch self {
      case .informational: 0
      case .service: 1
      case .suspected: 2
      case .declared: 3
      }
    }

    package static func < (left: Grade, right: Grade) -> Bool { left.rank < right.rank }
  }

  /// Where the evidence stands.
  package enum Place: String, Hashable, Sendable, CaseIterable {
    case author
    case committer
    /// In git's own trailer block.
    case trailer
    /// A trailer-like line that git would not find.
    case text
    case footer
    case branch
    case notes
    /// The key that signed.
    case key
    /// The environment of a client hook.
    case environment
    /// The same change as a commit that was classed before.
    case change
  }

  /// The catalog entry and the kind of evidence, such as `claude-code.trailer`.
  package let id: String
  /// The name of the agent, service or suggestion bot, from the catalog.
  package let name: String
  package let grade: Grade
  package let place: Place
  /// What was read, unescaped, at most `quoteLimit` bytes.
  package let quote: [UInt8]

  /// How many bytes a quote keeps.
  package static let quoteLimit = 200

  package init(
    id: String, name: String, grade: Grade, place: Place, quote: some Sequence<UInt8>
  ) {
    self.id = id
    self.name = name
    self.grade = grade
    self.place = place
    self.quote = Array(quote.prefix(Self.quoteLimit))
  }
}

extension Sequence<Signal> {
  /// The grade that decides, or `nil` where there is no signal.
  package var highestGrade: Signal.Grade? { lazy.map(\.grade).max() }
}
