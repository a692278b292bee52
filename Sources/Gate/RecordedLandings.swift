package import Git
package import Ledger
package import Primitives

/// What has landed by `refs/hookkit/landings`, read when it is first asked for.
package final class RecordedLandings: LandingReading {
  private let objects: ObjectStore
  private let tip: () throws(GitError) -> ObjectID?
  private let cache: String?
  private let before: () -> Void
  /// Where protected references stood when hookkit came; `nil` where only the landings say so.
  private let beginnings: (() throws(GitError) -> [(name: RefName, id: ObjectID)])?
  private var known: LandingIndex?
  private var knownPlaces: LandedPlaces?

  /// - Parameters:
  ///   - references: of the server, as they are seen here.
  ///   - cache: where the index of the landings is kept.
  ///   - before: called before the landings are read first.
  ///   - beginnings: the server's own record of where protected references stood.
  package init(
    objects: ObjectStore, references: any ReferenceReading, cache: String? = nil,
    before: @escaping () -> Void = {},
    beginnings: (() throws(GitError) -> [(name: RefName, id: ObjectID)])? = nil
  ) {
    self.objects = objects
    tip = { () throws(GitError) in try references.resolve(.landings) }
    self.cache = cache
    self.before = before
    self.beginnings = beginnings
  }

  package func index() throws(GitError) -> LandingIndex {
    if let known { return known }
    before()
    do throws(Landings.Problem) {
      let index = try LandingIndex(upTo: try resolvedTip(), in: objects, cache: cache)
      known = index
      return index
    } catch {
      switch error {
      case .git(let error): throw error
      case .entry(let id, let why): throw .malformed(id, "landing: \(why)")
      }
    }
  }

  private func resolvedTip() throws(Landings.Problem) -> ObjectID? {
    do throws(GitError) { return try tip() } catch { throw .git(error) }
  }

  package func landed(
    where counts: @escaping (RefName) -> Bool
  ) throws(GitError) -> LandedCommits {
    let starts: [(name: RefName, id: ObjectID)]
    if let beginnings {
      starts = try beginnings()
    } else {
      starts = try index().beginnings.map { ($0.ref, $0.new) }
    }
    return LandedCommits(starts, try places(), counts, in: objects)
  }

  private func places() throws(GitError) -> LandedPlaces {
    if let knownPlaces { return knownPlaces }
    let places = LandedPlaces()
    for entry in try index().entries { places.add(entry, in: objects) }
    knownPlaces = places
    return places
  }

  package func lastTip(of name: RefName) throws(GitError) -> ObjectID? {
    try index().lastTip(of: name, in: objects)
  }
}

extension LandedCommits {
  /// - Parameters:
  ///   - starts: where references stood when hookkit came.
  ///   - counts: which references count.
  init(
    _ starts: [(name: RefName, id: ObjectID)], _ places: LandedPlaces,
    _ counts: @escaping (RefName) -> Bool, in objects: ObjectStore
  ) {
    let tips = LandedTips(places, counts)
    let beginnings = starts.filter { tips.isCounted($0.name) }
    self.init(
      beginnings: Set(beginnings.compactMap { landedCommit($0.id, in: objects) }).sorted(),
      tips: tips)
  }
}

/// On which references commits have landed.
final class LandedPlaces {
  private var names: [ObjectID: Set<RefName>] = [:]

  func add(_ entry: LandingIndex.Entry, in objects: ObjectStore) {
    guard entry.kind == .landing, !entry.new.isZero,
      let id = entry.ref.isTag ? landedCommit(entry.new, in: objects) : entry.new
    else { return }
    names[id, default: []].insert(entry.ref)
  }

  func names(of id: ObjectID) -> Set<RefName>? { names[id] }
}

/// The tips that have landed on references that count.
final class LandedTips: CommitEnds {
  private let places: LandedPlaces
  private let counts: (RefName) -> Bool
  private var answers: [RefName: Bool] = [:]

  init(_ places: LandedPlaces, _ counts: @escaping (RefName) -> Bool) {
    self.places = places
    self.counts = counts
  }

  /// Nothing that stands under one of hookkit's own names has landed.
  func isCounted(_ name: RefName) -> Bool {
    if let known = answers[name] { return known }
    let answer =
      !name.hasPrefix("refs/hookkit/") && !name.hasPrefix("refs/quarantine/") && counts(name)
    answers[name] = answer
    return answer
  }

  func contains(_ id: ObjectID) -> Bool {
    places.names(of: id)?.contains(where: isCounted) ?? false
  }
}

/// The commit at which a reference stood; `nil` for one that is not here any more, which hides nothing.
func landedCommit(_ id: ObjectID, in objects: ObjectStore) -> ObjectID? {
  guard let target = try? objects.peel(id), target.kind == .commit else { return nil }
  return target.id
}
