/// What tells most commits to be without a signal, before any of the catalog is looked at.
final class CatalogFilters: Sendable {
  /// How the lines begin that could be claims, keys or footers.
  let starts: LineStarts
  /// The same without the claims.
  let termStarts: LineStarts
  /// How the words begin that could name somebody.
  let words: WordStarts

  init(starts: LineStarts, termStarts: LineStarts, words: WordStarts) {
    self.starts = starts
    self.termStarts = termStarts
    self.words = words
  }

  /// Adds the claims, which are the same in every catalog.
  convenience init(termStarts: LineStarts, words: WordStarts) {
    var starts = termStarts
    for claim in Claim.all { starts.insert(claim.key) }
    for verb in Disclosure.verbs { starts.insert(verb) }
    self.init(starts: starts, termStarts: termStarts, words: words)
  }
}
