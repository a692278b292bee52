internal import Platform
package import Primitives
internal import Signing

/// Moves that were allowed, so that the next hook of the same push need not judge them again.
///
/// Only "allow" is kept, under everything that it rests on: policy, ledger, reference, both tips and
/// pusher, and for no longer than a push may take or than the shortest-lived thing among them counts: a
/// review can expire, and a change become known as an agent's. An entry that is missing, unreadable, old or about anything else means judging again.
package struct DecisionCache: Sendable {
  private let state: ServerState
  /// Most bytes of an entry: the arrivals of the largest push that a policy lets through.
  private static let limit = 1 << 30
  /// Seconds for which an entry counts; a hook gives up after as many.
  package static let lifetime: Int64 = 900

  /// What a decision rests on.
  package struct Key: Hashable, Sendable {
    package let update: RefUpdate
    package let pusher: [UInt8]?
    package let policyDigest: [UInt8]
    package let ledger: ObjectID?

    package init(
      update: RefUpdate, pusher: [UInt8]?, policyDigest: [UInt8], ledger: ObjectID?
    ) {
      self.update = update
      self.pusher = pusher
      self.policyDigest = policyDigest
      self.ledger = ledger
    }

    fileprivate var fields: [JSON.Member] {
      func member(_ key: String, _ value: JSON) -> JSON.Member {
        JSON.Member(key: Array(key.utf8), value: value)
      }
      return [
        member("policy", .text(Hex.string(policyDigest))),
        member("ledger", .text((ledger ?? .zero).hex)),
        member("ref", .text(Hex.string(update.name.bytes))),
        member("old", .text(update.old.hex)),
        member("new", .text(update.new.hex)),
        member("pusher", pusher.map { .text(Hex.string($0)) } ?? .null),
      ]
    }
  }

  package init(_ state: ServerState) {
    self.state = state
  }

  /// One file for each reference and move; a later decision on the same move replaces it.
  private func path(_ update: RefUpdate) -> String {
    let name = update.name.bytes + [0] + update.old.bytes + update.new.bytes
    return state.path("cache", Hex.string(Digest.sha256(name).prefix(16)))
  }

  /// What made a move allowed.
  package struct Ground: Sendable {
    /// What covered it, for its landing.
    package let coverage: JSON
    /// How its commits came, for its landing.
    package let arrivals: [UInt8]
    /// The second from which on the first of what it rests on counts no more; `nil` for never.
    package let expires: Int64?

    package init(coverage: JSON, arrivals: [UInt8], expires: Int64?) {
      self.coverage = coverage
      self.arrivals = arrivals
      self.expires = expires
    }
  }

  /// Keeps that `key` was allowed at `time`, and why. A failure to keep it is no harm.
  package func keep(_ key: Key, _ ground: Ground, at time: Int64) {
    let expires = ground.expires.map { min($0, time + Self.lifetime) } ?? time + Self.lifetime
    let content = JSON.object(
      key.fields + [
        JSON.Member(key: Array("time".utf8), value: .integer(time)),
        JSON.Member(key: Array("expires".utf8), value: .integer(expires)),
        JSON.Member(key: Array("coverage".utf8), value: ground.coverage),
        JSON.Member(key: Array("arrivals".utf8), value: .string(ground.arrivals)),
      ])
    do throws(SystemError) {
      try FileBytes.makeFolder(state.folder + "/cache", mode: 0o700)
      // After a crash the push is gone with its decision, and no JSON has zeros in it.
      try FileBytes.replace(path(key.update), with: content.compact, mode: 0o600, durable: false)
    } catch {
      return
    }
  }

  /// Why the move was allowed when exactly this was allowed shortly before `time` and still would be;
  /// `nil` otherwise.
  package func ground(allowedFor key: Key, at time: Int64) -> Ground? {
    guard let content = read(key.update), let members = content.members,
      members.dropLast(4).elementsEqual(key.fields), let kept = content["time"]?.integer,
      let expires = content["expires"]?.integer, kept <= time, time < expires
    else { return nil }
    return Self.ground(content)
  }

  private static func ground(_ content: JSON) -> Ground? {
    guard let coverage = content["coverage"], let arrivals = content["arrivals"]?.bytes else {
      return nil
    }
    return Ground(coverage: coverage, arrivals: arrivals, expires: content["expires"]?.integer)
  }

  /// How a move was last allowed.
  package struct Allowed: Sendable {
    package let policyDigest: [UInt8]
    /// What people had said by then; zero where there was no ledger.
    package let ledger: ObjectID
    package let ground: Ground
  }

  /// How a move was last allowed, for its landing.
  package func lastAllowed(_ update: RefUpdate) -> Allowed? {
    guard let content = read(update), content["ref"]?.bytes == Hex.encode(update.name.bytes),
      content["old"]?.string == update.old.hex, content["new"]?.string == update.new.hex,
      let policy = content["policy"]?.bytes.flatMap({ Hex.decode($0) }),
      let ledger = content["ledger"]?.bytes.flatMap({ ObjectID(hex: $0) }),
      let ground = Self.ground(content)
    else { return nil }
    return Allowed(policyDigest: policy, ledger: ledger, ground: ground)
  }

  /// Forgets a move that has landed.
  package func forget(_ update: RefUpdate) {
    try? FileBytes.remove(path(update))
  }

  private func read(_ update: RefUpdate) -> JSON? {
    guard let bytes = try? FileBytes.read(path(update), limit: Self.limit) else { return nil }
    return try? JSON(reading: bytes, maximumCount: Self.limit)
  }
}
