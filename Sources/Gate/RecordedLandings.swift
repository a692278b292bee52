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
  /// Where a reference that has no landings stood before it was deleted.
  private let deleted: ((RefName) throws(GitError) -> ObjectID?)?
  private var known: LandingIndex?
  private var knownPlaces: LandedPlaces?

  /// - Parameters:
  ///   - references: of the server, as they are seen here.
  ///   - cache: where the index of the landings is kept.
  ///   - before: called before the landings are read first.
  ///   - deleted: tells where a reference that has no landings stood before it was deleted.
  ///   - beginnings: the server's own record of where protected references stood.
  package init(
    objects: ObjectStore, references: any ReferenceReading, cache: String? = nil,
    before: @escaping () -> Void = {},
    deleted: ((RefName) throws(GitError) -> ObjectID?)? = nil,
    beginnings: (() throws(GitError) -> [(name: RefName, id: ObjectID)])? = nil
  ) {
    self.objects = objects
    tip = { () throws(GitError) in try references.resolve(.landings) }
    self.cache = cache
    self.before = before
    self.deleted = deleted
    self.beginnings = beginnings
  }

  package func index() throws(GitError) -> LandingIndex {
    if let known { return known }
    before()
    // Whoever makes up for missing landings may have read what there was without them.
    knownPlaces = nil
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
    where counts: @escaping (RefName) -> Bool, adopted: @escaping (RefName, ObjectID) -> Bool
  ) throws(GitError) -> LandedCommits {
    LandedCommits(try places(), counts, adopted, in: objects)
  }

  private func places() throws(GitError) -> LandedPlaces {
    if let knownPlaces { return knownPlaces }
    var starts: [(name: RefName, id: ObjectID)]?
    if let beginnings { starts = try beginnings() }
    let places = LandedPlaces(starts)
    for entry in try index().entries { places.add(entry, in: objects) }
    knownPlaces = places
    return places
  }

  package func lastTip(of name: RefName) throws(GitError) -> ObjectID? {
    if let landed = try index().lastTip(of: name, in: objects) { return landed }
    guard let deleted = try deleted?(name), (try? objects.header(deleted)) != nil else {
      return nil
    }
    return deleted
  }
}

extension LandedCommits {
  /// - Parameters:
  ///   - counts: which references count.
  ///   - adopted: whether a maintainer has adopted what stands at a commit of a reference.
  init(
    _ places: LandedPlaces, _ counts: @escaping (RefName) -> Bool,
    _ adopted: @escaping (RefName, ObjectID) -> Bool, in objects: ObjectStore
  ) {
    let tips = LandedTips(places, counts, adopted)
    // Whatever the rules say today: what was there before hookkit has landed.
    let beginnings = places.beginnings.filter { !$0.name.isReserved }
    self.init(
      beginnings: Set(beginnings.compactMap { landedCommit($0.id, in: objects) }).sorted(),
      tips: tips)
  }
}

/// On which references commits have landed.
///
/// A landing says that what it brought was judged, from where the reference stood. So it counts only where
/// that had landed as well: on a branch that came under protection with work on it, nothing does before
/// a maintainer has adopted the branch.
final class LandedPlaces {
  /// Where references stood when hookkit came.
  private(set) var beginnings: [(name: RefName, id: ObjectID)]
  /// Whether the landings say what stood there at first, and nothing else does.
  private let takesBeginnings: Bool
  private var names: [ObjectID: Set<RefName>] = [:]
  /// Whether what each reference shows has landed.
  private var isSound: [RefName: Bool] = [:]
  /// Where references stood of which it has not, the oldest first, anew behind each gap.
  private(set) var open: [RefName: [[ObjectID]]] = [:]
  /// Where each reference was left.
  private var last: [RefName: ObjectID] = [:]

  /// - Parameter beginnings: the server's own record of where references stood; `nil` where there are
  ///   only the landings.
  init(_ beginnings: [(name: RefName, id: ObjectID)]?) {
    self.beginnings = beginnings ?? []
    takesBeginnings = beginnings == nil
    for (name, id) in beginnings ?? [] {
      isSound[name] = true
      last[name] = id
    }
  }

  func add(_ entry: LandingIndex.Entry, in objects: ObjectStore) {
    let ref = entry.ref
    // What came between two landings was judged by nobody.
    let isGap =
      entry.kind == .landing && !entry.old.isZero && last[ref].map { $0 != entry.old } ?? true
    last[ref] = entry.new
    switch entry.kind {
    case .beginning where takesBeginnings:
      beginnings.append((ref, entry.new))
      isSound[ref] = true
    case .beginning: isSound[ref] = isSound[ref] ?? false
    case .laterBeginning: isSound[ref] = false
    // What is made anew is judged from what has landed.
    case .landing where entry.old.isZero: isSound[ref] = true
    case .landing where isGap: isSound[ref] = false
    case .landing: isSound[ref] = isSound[ref] ?? false
    }
    guard !entry.new.isZero,
      let id = ref.isTag ? landedCommit(entry.new, in: objects) : entry.new
    else { return }
    if isSound[ref] == false {
      var places = open[ref, default: []]
      // Where the reference stood before that landing may have landed elsewhere.
      if isGap || places.isEmpty { places.append(isGap ? [entry.old] : []) }
      places[places.count - 1].append(id)
      open[ref] = places
    } else if entry.kind == .landing {
      names[id, default: []].insert(ref)
    }
  }

  func names(of id: ObjectID) -> Set<RefName>? { names[id] }
}

/// The tips that have landed on references that count.
final class LandedTips: CommitEnds {
  private let places: LandedPlaces
  private let counts: (RefName) -> Bool
  private let adopted: (RefName, ObjectID) -> Bool
  private var answers: [RefName: Bool] = [:]
  /// Tips of references that somebody has adopted; `nil` as long as nobody has asked.
  private var adoptedTips: Set<ObjectID>?

  init(
    _ places: LandedPlaces, _ counts: @escaping (RefName) -> Bool,
    _ adopted: @escaping (RefName, ObjectID) -> Bool
  ) {
    self.places = places
    self.counts = counts
    self.adopted = adopted
  }

  /// Nothing that stands under one of hookkit's own names has landed.
  func isCounted(_ name: RefName) -> Bool {
    if let known = answers[name] { return known }
    let answer = !name.isReserved && counts(name)
    answers[name] = answer
    return answer
  }

  func contains(_ id: ObjectID) -> Bool {
    if places.names(of: id)?.contains(where: isCounted) ?? false { return true }
    guard !places.open.isEmpty else { return false }
    let tips = adoptedTips ?? tipsOfAdopted()
    adoptedTips = tips
    return tips.contains(id)
  }

  /// What stands on a reference from the first tip on that was adopted, or had landed elsewhere: a default
  /// branch under another name.
  private func tipsOfAdopted() -> Set<ObjectID> {
    let starts = Set(places.beginnings.map(\.id))
    var tips: Set<ObjectID> = []
    for (name, runs) in places.open where isCounted(name) {
      for run in runs {
        let first = run.firstIndex { tip in
          starts.contains(tip) || places.names(of: tip)?.contains(where: isCounted) ?? false
            || adopted(name, tip)
        }
        if let first { tips.formUnion(run[first...]) }
      }
    }
    return tips
  }
}

extension RefName {
  /// Whether the name is one of hookkit's own.
  fileprivate var isReserved: Bool { hasPrefix("refs/hookkit/") || hasPrefix("refs/quarantine/") }
}

/// The commit at which a reference stood; `nil` for one that is not here any more, which hides nothing.
func landedCommit(_ id: ObjectID, in objects: ObjectStore) -> ObjectID? {
  guard let target = try? objects.peel(id), target.kind == .commit else { return nil }
  return target.id
}
