import Primitives
import TestSupport
import Testing

/// Every kind of reference that ``Roster/everyPlace`` protects: the same attack is tried on each.
enum ProtectedPlace: String, CaseIterable, Sendable {
  case main = "refs/heads/main"
  /// A second protected branch, which is there.
  case otherBranch = "refs/heads/release/old"
  case newBranch = "refs/heads/release/new"
  case newTag = "refs/tags/v1"

  var ref: String { rawValue }
}

extension GuardedServer {
  /// A server that is in use, with a rule over every ``ProtectedPlace``.
  static func inUse(
    rules: String = Roster.everyPlace, files: [String: TreeChange] = [:],
    adding: [Actor: String] = [:]
  ) throws -> GuardedServer {
    let server = try GuardedServer(
      policy: { $0.openPolicy(rules: rules, adding: adding) }, files: files)
    try server.begin()
    return server
  }

  /// Expects that none of these may bring the commit to any protected place.
  func refusesEverywhere(
    _ commit: ObjectID, as actors: [Actor], with code: String = "HK101",
    places: [ProtectedPlace] = ProtectedPlace.allCases,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for place in places {
      for actor in actors {
        try refuses(
          as: actor, "\(commit):\(place.ref)", with: code, ref: place.ref,
          sourceLocation: sourceLocation)
      }
    }
  }

  /// Two commits in a row by somebody whom no policy knows, unsigned and without any sign of an agent.
  func anonymousPair(_ name: String = "evil") throws -> (below: ObjectID, tip: ObjectID) {
    let someone = TestPerson("someone")
    let below = try work.commit(
      "Below", [name: "1"], on: nil, author: someone, parents: [base])
    let tip = try work.commit(
      "Tip", ["\(name)2": "1"], on: nil, author: someone, parents: [below])
    return (below, tip)
  }
}
