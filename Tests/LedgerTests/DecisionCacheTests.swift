import Ledger
import Primitives
import TestSupport
import Testing

@Suite struct DecisionCacheTests {
  let state: State
  let cache: DecisionCache

  private static let update = RefUpdate(old: id(1), new: id(2), name: RefName("refs/heads/main"))
  private static let digest = [UInt8](repeating: 9, count: 32)
  private static let coverage: JSON = ["origin": 1]
  private static let ground = DecisionCache.Ground(
    coverage: coverage, arrivals: Array("how".utf8), expires: nil)
  private let key = DecisionCache.Key(
    update: DecisionCacheTests.update, pusher: Array("dana".utf8),
    policyDigest: DecisionCacheTests.digest, ledger: id(5))

  init() throws {
    state = try State()
    cache = DecisionCache(state.server)
  }

  @Test("what was allowed is known again, with what covered it")
  func hit() {
    #expect(cache.ground(allowedFor: key, at: 100) == nil)
    cache.keep(key, Self.ground, at: 100)
    #expect(cache.ground(allowedFor: key, at: 100)?.coverage == Self.coverage)
  }

  @Test("an answer is given for everything that it rests on or not at all")
  func everyPartCounts() {
    cache.keep(key, Self.ground, at: 100)
    let update = Self.update
    func other(
      _ update: RefUpdate = update, pusher: [UInt8]? = Array("dana".utf8),
      policy: [UInt8] = Self.digest, ledger: ObjectID? = id(5)
    ) -> DecisionCache.Key {
      DecisionCache.Key(update: update, pusher: pusher, policyDigest: policy, ledger: ledger)
    }
    #expect(cache.ground(allowedFor: other(), at: 100) != nil)
    let others = [
      other(RefUpdate(old: id(3), new: update.new, name: update.name)),
      other(RefUpdate(old: update.old, new: id(3), name: update.name)),
      other(RefUpdate(old: update.old, new: update.new, name: RefName("refs/heads/mai"))),
      other(pusher: Array("erin".utf8)), other(pusher: nil), other(pusher: []),
      other(policy: Self.digest.dropLast() + [8]), other(ledger: id(6)), other(ledger: nil),
    ]
    for key in others { #expect(cache.ground(allowedFor: key, at: 100) == nil) }
  }

  @Test("an unknown pusher is not one without a name")
  func unknownPusher() {
    let unknown = DecisionCache.Key(
      update: Self.update, pusher: nil, policyDigest: Self.digest, ledger: nil)
    cache.keep(unknown, Self.ground, at: 100)
    #expect(cache.ground(allowedFor: unknown, at: 100) != nil)
    let empty = DecisionCache.Key(
      update: Self.update, pusher: [], policyDigest: Self.digest, ledger: nil)
    #expect(cache.ground(allowedFor: empty, at: 100) == nil)
  }

  @Test("an answer is old after a quarter of an hour, and never comes from the future")
  func lifetime() {
    cache.keep(key, Self.ground, at: 1000)
    #expect(cache.ground(allowedFor: key, at: 999 + DecisionCache.lifetime) != nil)
    #expect(cache.ground(allowedFor: key, at: 1000 + DecisionCache.lifetime) == nil)
    #expect(cache.ground(allowedFor: key, at: 999) == nil)
    #expect(cache.ground(allowedFor: key, at: .max) == nil)
  }

  @Test("an answer ends with the first of what it rests on")
  func expiry() {
    let ground = DecisionCache.Ground(coverage: Self.coverage, arrivals: [], expires: 1010)
    cache.keep(key, ground, at: 1000)
    #expect(cache.ground(allowedFor: key, at: 1009) != nil)
    #expect(cache.ground(allowedFor: key, at: 1010) == nil)
  }

  @Test("the landing finds what allowed the move; a forgotten move is forgotten")
  func landing() {
    cache.keep(key, Self.ground, at: 100)
    let found = cache.lastAllowed(Self.update)
    #expect(found?.policyDigest == Self.digest && found?.ground.coverage == Self.coverage)
    cache.forget(Self.update)
    #expect(cache.lastAllowed(Self.update) == nil)
    #expect(cache.ground(allowedFor: key, at: 100) == nil)
    cache.forget(Self.update)
  }

  @Test("an entry that is changed, cut off or about another move is no answer")
  func tampered() throws {
    cache.keep(key, Self.ground, at: 100)
    let file = try #require(try state.files().first)
    let good = try state.read(file)
    #expect(cache.ground(allowedFor: key, at: 100) != nil)

    for count in [0, 1, good.count / 2, good.count - 1] {
      try state.write(Array(good.prefix(count)), to: file)
      #expect(cache.ground(allowedFor: key, at: 100) == nil)
    }
    let text = String(decoding: good, as: UTF8.self)
    let changes = [
      ("\"old\":", "\"new\":"), (id(2).hex, id(3).hex), (Hex.string(Self.digest), ""),
      ("\"pusher\"", "\"pushed\""), ("{\"policy\"", "{\"x\":1,\"policy\""),
      ("\"time\":100", "\"time\":\"100\""),
      ("\"time\":100,", ""),
    ]
    for (from, to) in changes {
      let changed = text.replacing(from, with: to)
      try #require(changed != text)
      try state.write(Array(changed.utf8), to: file)
      #expect(cache.ground(allowedFor: key, at: 100) == nil, "\(changed)")
    }
    try state.write(good, to: file)
    #expect(cache.ground(allowedFor: key, at: 100) != nil)
  }

  @Test("where nothing can be kept, nothing is known")
  func unwritable() throws {
    try state.write([], to: "cache")
    cache.keep(key, Self.ground, at: 100)
    #expect(cache.ground(allowedFor: key, at: 100) == nil)
    cache.forget(Self.update)
  }
}
