@testable import Gate
@testable import HookRuntime
import Ledger
import Policy
import Primitives
import Testing

/// Which holds a push leaves: their names, whose they replace, and when there are too many.
@Suite struct HoldPlanTests {
  private static let now: Int64 = 1_000_000
  private static let main = RefName("refs/heads/main")
  private static let dana = Array("dana".utf8)
  private static let mallory = Array("mallory".utf8)

  private func policy(holds: Int) throws -> Policy {
    let text = """
      version = 1
      serial = 1
      repository = "r"
      [people.dana]
      accounts = ["dana", "dana2"]
      [people.frank]
      accounts = ["frank"]
      [limits]
      holds = \(holds)
      """
    return try Policy(layers: [
      PolicyLayer(.repository, name: "policy.toml", bytes: Array(text.utf8))
    ])
  }

  private func plan(
    _ present: [Hold] = [], of pusher: [UInt8]? = dana, holds: Int = 100, at time: Int64 = now
  ) throws -> Holding.Plan {
    Holding.Plan(present, under: try policy(holds: holds), of: pusher, at: time)
  }

  private func judgement(
    _ commit: UInt8, on ref: RefName = main, _ code: Int = 101
  ) -> Judgement {
    Judgement(
      update: RefUpdate(old: .zero, new: object(commit), name: ref),
      findings: [Finding(Code(code), .hold, headline: "waits")], isGuarded: true,
      hold: pending(commit))
  }

  private func pending(_ commit: UInt8, on below: [UInt8] = []) -> PendingHold {
    PendingHold(
      base: .zero, new: object(commit), lifetime: 500, change: nil, unreviewed: [],
      brings: Set((below + [commit]).map(object)), refArgument: [])
  }

  private func object(_ byte: UInt8) -> ObjectID { id(byte) }

  private func placed(_ place: Holding.Plan.Place) -> Holding.Placed? {
    if case .placed(let own) = place { own } else { nil }
  }

  private func refusal(_ place: Holding.Plan.Place) -> String? {
    if case .refused(let why) = place { why } else { nil }
  }

  /// A hold that is there, of an update of its own.
  private func hold(
    _ commit: UInt8, on ref: RefName = main, by pusher: [UInt8]? = dana, until end: Int64 = now + 1
  ) -> Hold {
    let update = RefUpdate(old: .zero, new: object(commit), name: ref)
    return Hold(
      id: Hold.ids(of: update)[0], ref: ref, old: .zero, new: object(commit), base: .zero,
      digest: Hold.noRelease, pusher: pusher, codes: ["HK101"], time: 1, expires: end)
  }

  @Test("a hold has the update's own name, its pusher, what it waits for, and an end")
  func placed() throws {
    var plan = try plan()
    let own = try #require(placed(plan.add(judgement(1), pending(1))))
    #expect(own.hold.id == Hold.ids(of: judgement(1).update)[0])
    #expect(own.hold.codes == ["HK101"] && own.hold.pusher == Self.dana)
    #expect(own.hold.time == Self.now && own.hold.expires == Self.now + 500)
    #expect(!own.again && own.replaced == nil && own.superseded == [])
    #expect(plan.placed.count == 1)
  }

  @Test("the same push made again finds its hold, and writes nothing")
  func again() throws {
    var plan = try plan([hold(1)])
    let own = try #require(placed(plan.add(judgement(1), pending(1))))
    #expect(own.again && own.hold == hold(1))
    #expect(plan.placed.isEmpty)
  }

  @Test("where it waits for something else by now, it is written anew and keeps its age and pusher")
  func anew() throws {
    let old = hold(1, by: Array("frank".utf8), until: Self.now + 9000)
    var plan = try plan([old])
    let own = try #require(placed(plan.add(judgement(1, on: Self.main, 102), pending(1))))
    #expect(!own.again && own.replaced == old)
    #expect(own.hold.codes == ["HK102"])
    #expect(own.hold.time == old.time && own.hold.pusher == old.pusher)
    #expect(own.hold.expires == old.expires, "never an earlier end")
  }

  @Test("a hold whose time is over is begun anew, under the same name")
  func expired() throws {
    let old = hold(1, by: Self.mallory, until: Self.now)
    var plan = try plan([old])
    #expect(plan.expired == [old])
    let own = try #require(placed(plan.add(judgement(1), pending(1))))
    #expect(own.replaced == old && !own.again)
    #expect(own.hold.time == Self.now && own.hold.pusher == Self.dana)
    #expect(plan.expired == [], "it is replaced, not taken away")
  }

  @Test("a newer push takes the place of its ancestors: its pusher's own, on the same reference")
  func supersedes() throws {
    let below = hold(1)
    let others = [
      hold(2),  // Not an ancestor.
      hold(3, on: RefName("refs/heads/release/1")), hold(4, by: Array("frank".utf8)),
      hold(5, by: Array("dana2".utf8)),  // Another account, even of the same person.
    ]
    var plan = try plan([below] + others)
    let own = try #require(
      placed(plan.add(judgement(9), pending(9, on: [1, 3, 4, 5]))))
    #expect(own.superseded == [below])
  }

  @Test("nobody's push takes nothing away from nobody's")
  func nobody() throws {
    var plan = try plan([hold(1, by: nil)], of: nil)
    let own = try #require(placed(plan.add(judgement(9), pending(9, on: [1]))))
    #expect(own.superseded == [])
  }

  @Test("each principal has so many, over all of its accounts")
  func quota() throws {
    let others = [hold(1), hold(2, by: Array("dana2".utf8)), hold(3, by: Array("frank".utf8))]
    var full = try plan(others, holds: 2)
    #expect(
      refusal(full.add(judgement(9), pending(9)))?.hasPrefix("2 of this pusher's wait") == true)
    var free = try plan(others, holds: 3)
    #expect(placed(free.add(judgement(9), pending(9))) != nil)
    #expect(
      refusal(free.add(judgement(8), pending(8)))?.hasPrefix("3 of this pusher's wait") == true)
    // One that is there already takes no further place, and one that is superseded leaves its own.
    var same = try plan(others, holds: 2)
    #expect(placed(same.add(judgement(1), pending(1)))?.again == true)
    #expect(placed(same.add(judgement(9), pending(9, on: [1])))?.superseded == [others[0]])
  }

  @Test(
    "all accounts that the policy does not know share one quota: anybody may have many of those")
  func strangers() throws {
    let others = [hold(1, by: Self.mallory), hold(2, by: nil)]
    for pusher in [Array("eve".utf8), Self.mallory] {
      var plan = try plan(others, of: pusher, holds: 2)
      #expect(refusal(plan.add(judgement(9), pending(9))) != nil)
    }
    var plan = try plan(others, holds: 2)
    #expect(placed(plan.add(judgement(9), pending(9))) != nil, "dana's are her own")
  }

  @Test("holds whose time is over count for nobody's quota, and go away, so many in one run")
  func expiredQuota() throws {
    let old = (1...250).map { hold(UInt8($0), on: Self.main, until: Self.now - 1) }
    var plan = try plan(old, holds: 1)
    #expect(plan.expired.count == 200)
    #expect(placed(plan.add(judgement(255), pending(255))) != nil)
  }

  @Test("where others have every name of an update, it is refused, never written over one")
  func names() throws {
    let update = judgement(9).update
    let taken = Hold.ids(of: update).enumerated().map { number, name in
      Hold(
        id: name, ref: Self.main, old: .zero, new: object(UInt8(number + 1)), base: .zero,
        digest: Hold.noRelease, pusher: nil, codes: [], time: 1, expires: Self.now + 1)
    }
    var three = try plan(Array(taken.prefix(3)))
    #expect(placed(three.add(judgement(9), pending(9)))?.hold.id == Hold.ids(of: update)[3])
    var four = try plan(taken)
    #expect(refusal(four.add(judgement(9), pending(9))) == "its id is taken by other pushes")
  }
}
