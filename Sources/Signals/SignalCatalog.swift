/// What is known of agents, services and suggestion bots: their addresses, names, trailer keys,
/// footers, branches, signing keys and environment, as of a date.
///
/// The built-in catalog is `templates/agent-signals.json`. An administrator can put another in its
/// place or lay one over it; neither needs a new hookkit, because vendors' keys and names change.
package struct SignalCatalog: Sendable {
  /// What a match with an entry means.
  package enum Category: String, Hashable, Sendable {
    /// Writes commits by itself.
    case agent
    /// Carries out what it was configured to do: Renovate, CI.
    case service
    /// Proposes changes that people accept.
    case suggestion
    /// The same, and only on the web: elsewhere its name is an agent's that worked beside a person.
    case webSuggestion = "suggestion-on-web"

    init?(letter: UInt8) {
      switch letter {
      case 0x61: self = .agent
      case 0x73: self = .service
      case 0x67: self = .suggestion
      case 0x68: self = .webSuggestion
      default: return nil
      }
    }

    var letter: String {
      switch self {
      case .agent: "a"
      case .service: "s"
      case .suggestion: "g"
      case .webSuggestion: "h"
      }
    }
  }

  let filters: CatalogFilters
  private let source: Source
  /// What this catalog takes away from one that it is laid over.
  let withdrawn: [CatalogFile.Withdrawal]

  /// The catalog that hookkit was built with.
  ///
  /// A commit without any signal is told by the filters alone, which cost nothing at start-up; the
  /// rest is made ready when the first line asks for it.
  package static let builtIn = SignalCatalog(
    filters: CatalogFilters(
      starts: LineStarts(bits: CatalogData.starts),
      termStarts: LineStarts(bits: CatalogData.termStarts),
      words: WordStarts(bits: CatalogData.words)),
    source: .builtIn, withdrawn: [])

  private static let builtInIndex = CatalogIndex(
    compact: CatalogData.compact.withUTF8Buffer { Array($0) })

  private enum Source {
    case builtIn
    case read(CatalogIndex)
  }

  var index: CatalogIndex {
    switch source {
    case .builtIn: Self.builtInIndex
    case .read(let index): index
    }
  }

  private init(filters: CatalogFilters, source: Source, withdrawn: [CatalogFile.Withdrawal]) {
    self.filters = filters
    self.source = source
    self.withdrawn = withdrawn
  }

  init(compact: [UInt8], withdrawn: [CatalogFile.Withdrawal] = []) {
    let index = CatalogIndex(compact: compact)
    self.init(filters: index.filters, source: .read(index), withdrawn: withdrawn)
  }

  /// Reads a catalog file (`hookkit.signals/1`), strictly: an unknown member is an error.
  ///
  /// - Parameter bytes: at most 1 MiB of JSON.
  package init(reading bytes: [UInt8]) throws(CatalogError) {
    let file = try CatalogFile(reading: bytes)
    self.init(compact: file.compact, withdrawn: file.withdrawn)
  }

  /// This catalog with `other` laid over it: new entries join, an entry of the same id gains the
  /// other's facts and takes its name and class, and what `other` revokes or calls ambient is gone.
  /// The date is the other's.
  package func extended(by other: SignalCatalog) -> SignalCatalog {
    var file = CatalogFile(compact: index.text)
    file.lay(CatalogFile(compact: other.index.text), withdrawing: other.withdrawn)
    return SignalCatalog(compact: file.compact, withdrawn: withdrawn + other.withdrawn)
  }

  /// The day the catalog was made, as `2026-11-22`.
  package var date: String { index.string(index.date) }

  /// The catalog as text, a line a fact, in the form in which it is compiled in.
  package var compact: [UInt8] { index.text }

  /// The ids of all entries, in order.
  package var ids: [String] { index.entries.map { index.string($0.id) } }

  /// Makes the signal that a match with an entry is.
  func signal(
    _ entry: Int, _ kind: String, _ grade: Signal.Grade, _ place: Signal.Place,
    quote: some Sequence<UInt8>
  ) -> Signal {
    let known = index.entries[entry]
    return Signal(
      id: index.string(known.id) + "." + kind, name: index.string(known.name), grade: grade,
      place: place, quote: quote)
  }
}
