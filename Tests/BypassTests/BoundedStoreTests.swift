import Primitives
import TestSupport
import Testing

@Suite("nobody can use up what all need")
struct BoundedStoreTests {
  /// A server that remembers at most twenty commits of refused pushes for one pusher.
  private func small() throws -> GuardedServer {
    let rules = Roster.everyPlace + "\n\n[limits]\nrefused-commits = 20\n"
    return try GuardedServer.inUse(rules: rules)
  }

  /// A line of commits that nobody vouches for.
  private func line(
    _ count: Int, _ name: String, on base: ObjectID, _ server: GuardedServer
  ) throws -> [ObjectID] {
    var line = [base]
    for number in 0..<count {
      line.append(
        try server.work.commit(
          "\(number)", ["\(name)": .text("\(number)")], on: nil, author: TestPerson("someone"),
          parents: [line[number]]))
    }
    return Array(line.dropFirst())
  }

  /// Fills the bucket of one pusher: with many commits at once, or push by push.
  private func fill(
    as actor: Actor, pushes: Int, each count: Int, _ server: GuardedServer
  ) throws {
    for push in 0..<pushes {
      let line = try line(count, "fill-\(actor)-\(push)", on: server.base, server)
      let outcome = try server.push(as: actor, "\(line[count - 1]):main")
      #expect(!outcome.succeeded, "\(outcome)")
      #expect(outcome.codes.contains { $0.hasPrefix("HK") }, "\(outcome)")
    }
  }

  @Test(
    "evidence 67: refused pushes that fill their pusher's bucket shut the gate for nobody else",
    arguments: [(1, 30), (15, 2)], [Actor.stranger, .codex])
  func filled(_ shape: (Int, Int), _ filler: Actor) throws {
    let server = try small()
    try fill(as: filler, pushes: shape.0, each: shape.1, server)
    // The next one of the same pusher is told that it is too much.
    let more = try line(2, "more", on: server.base, server)
    let told = try server.push(as: filler, "\(more[1]):main")
    #expect(!told.succeeded, "\(told)")
    #expect(told.codes.contains { $0.hasPrefix("HK4") || $0.hasPrefix("HK9") }, "\(told)")

    var tip = server.base
    for (number, actor) in [Actor.dana, .frank].enumerated() {
      tip = try server.commit("Own", ["own": .text("\(number)")], by: actor, on: tip)
      try server.lands(tip, as: actor)
    }
    let own = try server.commit("Own", ["own": "signed"], by: .erin, on: tip, signed: true)
    try server.pushed(as: .erin, "\(own):refs/heads/topic")
    try server.lands(own, as: .erin)
    let other: Actor = filler == .codex ? .stranger : .codex
    for actor in [other, .ci, .nobody] {
      let work = try line(2, "\(actor)", on: server.base, server)
      try server.pushed(as: actor, "\(work[1]):refs/heads/\(actor)")
      let refused = try server.refuses(
        as: actor, "\(work[0]):refs/heads/release/new", with: "HK101",
        ref: "refs/heads/release/new")
      #expect(!refused.codes.contains { $0.hasPrefix("HK9") }, "\(refused)")
    }
  }

  @Test("evidence 67: what was remembered before the bucket was full is remembered still")
  func earlierOnes() throws {
    let server = try small()
    let (below, tip) = try server.anonymousPair()
    try server.refuses(as: .stranger, "\(tip):main", with: "HK101")
    try fill(as: .stranger, pushes: 1, each: 30, server)
    try fill(as: .stranger, pushes: 12, each: 2, server)
    try server.refusesEverywhere(below, as: [.dana])
    try server.refusesEverywhere(tip, as: [.dana])
  }

  @Test("evidence 67: a person's full bucket is that person's own")
  func persons() throws {
    let anyone = Roster.everyPlace.replacing("of = \"agents\"", with: "of = \"anyone\"")
    let server = try GuardedServer.inUse(
      rules: anyone + "\n\n[limits]\nrefused-commits = 20\n")
    try fill(as: .frank, pushes: 15, each: 2, server)
    let work = try server.commit("Work", ["work": "1"], by: .dana)
    try server.pushed(as: .dana, "\(work):refs/heads/topic")
    try server.approve(work, by: .frank)
    try server.lands(work, as: .dana)
  }

  @Test("evidence 67: commits that are pushed and refused again and again are remembered once")
  func sameAgain() throws {
    let server = try small()
    let (_, tip) = try server.anonymousPair()
    for _ in 0..<15 { try server.refuses(as: .stranger, "\(tip):main", with: "HK101") }
    let (_, other) = try server.anonymousPair("other")
    let outcome = try server.refuses(as: .stranger, "\(other):main", with: "HK101")
    #expect(!outcome.codes.contains { $0.hasPrefix("HK9") }, "\(outcome)")
  }

  @Test("evidence 67: pushes that are taken use up no bucket")
  func accepted() throws {
    let server = try small()
    let line = try line(30, "long", on: server.base, server)
    try server.pushed(as: .stranger, "\(line[29]):refs/heads/long")
    let (_, tip) = try server.anonymousPair()
    try server.refuses(as: .stranger, "\(tip):main", with: "HK101")
    try server.refusesEverywhere(line[10], as: [.dana])
  }
}
