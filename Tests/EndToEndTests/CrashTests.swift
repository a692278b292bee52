import Foundation
import Git
import Ledger
import Primitives
import Signing
import TestSupport
import Testing

/// A push that is cut off at one of its writes. Whatever it was, afterwards references, arrivals, landings
/// and journal agree, or the next pushes make them agree.
@Suite(
  "a push that is cut off at any write",
  .enabled(if: FaultyHooks.canTrace, "needs strace, and to be allowed to trace"))
struct CrashTests {
  /// Every how many writes one is tried. `HOOKKIT_TEST_FAULTS=1` tries all of them, which takes minutes.
  private static let step =
    ProcessInfo.processInfo.environment["HOOKKIT_TEST_FAULTS"].flatMap { Int($0) } ?? 23

  @Test(
    "killed, or on a full disk: what moved is on record or made up for",
    arguments: CrashScene.Push.allCases, Fault.Kind.allCases)
  func cutOff(_ push: CrashScene.Push, _ kind: Fault.Kind) throws {
    let scene = try CrashScene(push)
    let faults = try scene.hooks.all(kind, during: scene.push)
    #expect(faults.count > 5, "\(faults)")
    // Neighbouring scenes begin elsewhere, so that hooks that they share are cut off at other places.
    let own = CrashScene.Push.allCases.firstIndex(of: push) ?? 0
    for (index, fault) in faults.enumerated() where (index + 5 * own) % Self.step == 0 {
      try scene.restore()
      let outcome = try scene.hooks.push(with: fault, scene.push)
      do {
        try scene.check(after: outcome, "\(push.rawValue): \(fault)")
      } catch {
        Issue.record("\(push.rawValue): \(fault)\n\(error)\n\(outcome)")
      }
    }
  }
}

/// A server before a push of one kind, which can be put back as it was.
struct CrashScene {
  enum Push: String, CaseIterable, Sendable {
    case toAProtectedBranch, ofANewProtectedBranch, thatDeletesAProtectedBranch
    case toABranchThatNoRuleNames, thatIsRefused, thatIsHeld
    case ofAReleaseThatLandsAHold, underAPolicyThatProtectsMore
  }

  let kind: Push
  let server: GuardedServer
  let hooks: FaultyHooks
  /// What the push brings; for a deletion what it takes away.
  private let commit: ObjectID
  private let ref: String
  private let pusher: Actor
  private var work: TestRepository { server.work }

  init(_ kind: Push) throws {
    self.kind = kind
    let rules = """
      [[protect]]
      refs = ["refs/heads/main", "refs/heads/release/**"]
      review = { of = "agents", approvals = 1 }
      unverified = "person"
      delete = true

      \(Roster.quarantine)
      """
    server = try GuardedServer(
      policy: { $0.policy(rules: rules) }, files: ["package-lock.json": GuardedServer.lock()])
    let first = try server.commit("First", ["first": "1"], by: .frank)
    try server.pushed(as: .frank, "\(first):refs/heads/main")
    try server.pushed(as: .frank, "\(first):refs/heads/release/old")
    switch kind {
    case .toAProtectedBranch:
      (ref, pusher) = ("refs/heads/main", .dana)
      // Reviewed work of an agent's, so that the landing rests on arrivals and a review.
      let agents = try server.commit("Agent's", ["agents": "1"], by: .codex, on: first)
      try server.pushed(as: .codex, "\(agents):refs/heads/agent/codex/a")
      try server.approve(agents, by: .erin)
      try server.approve(agents, by: .frank)
      commit = try server.commit("Own", ["own": "1"], by: .dana, on: agents)
    case .ofANewProtectedBranch:
      (ref, pusher) = ("refs/heads/release/new", .dana)
      commit = try server.commit("Own", ["own": "1"], by: .dana, on: first)
    case .thatDeletesAProtectedBranch:
      (ref, pusher) = ("refs/heads/release/old", .dana)
      commit = first
    case .toABranchThatNoRuleNames:
      (ref, pusher) = ("refs/heads/agent/codex/topic", .codex)
      // In a person's name: only who pushed it says whose it is.
      commit = try server.commit("Posing", ["posing": "1"], by: .frank, on: first)
    case .thatIsRefused:
      (ref, pusher) = ("refs/heads/main", .codex)
      commit = try server.commit("Posing", ["posing": "1"], by: .frank, on: first)
    case .thatIsHeld, .ofAReleaseThatLandsAHold:
      (ref, pusher) = ("refs/heads/agent/codex/deps", .codex)
      commit = try server.commit(
        "Bump", ["package-lock.json": GuardedServer.lock(version: "7.0.1")], by: .frank, on: first)
    case .underAPolicyThatProtectsMore:
      (ref, pusher) = ("refs/heads/main", .dana)
      for name in ["one", "two"] {
        try server.pushed(as: .codex, "\(first):refs/heads/agent/codex/\(name)")
      }
      try server.write(
        server.roster.policy(
          serial: 2,
          rules: rules.replacing(
            "\"refs/heads/main\"", with: "\"refs/heads/main\", \"refs/heads/agent/**\"")),
        to: "policy.toml")
      commit = try server.commit("Own", ["own": "1"], by: .dana, on: first)
    }
    hooks = try FaultyHooks(of: server)
    if kind == .ofAReleaseThatLandsAHold {
      let held = try server.push(as: .codex, "\(commit):\(ref)")
      guard held.codes.contains("HK201") else { throw UnexpectedOutcome("a hold", held) }
    }
    try server.sandbox.shell("cp -a server.git kept.git")
  }

  func restore() throws {
    try server.sandbox.shell("rm -rf server.git auditor && cp -a kept.git server.git")
  }

  func push() throws -> Outcome {
    switch kind {
    case .thatDeletesAProtectedBranch: try server.push(as: pusher, ":\(ref)")
    case .ofAReleaseThatLandsAHold: try release()
    default: try server.push(as: pusher, "\(commit):\(ref)")
    }
  }

  /// Files dana's release of what is held.
  private func release() throws -> Outcome {
    let objects = try ObjectStore(gitDirectory: server.repository.path)
    guard let id = try server.holds().first,
      let tag = try server.repository.id("refs/quarantine/\(id)"),
      let hold = try Hold(at: tag, id: id, in: objects)
    else { return try server.push(as: pusher, "\(commit):\(ref)") }
    let statement = try ReleaseStatement(
      .release, repository: Array(GuardedServer.name.utf8), ref: hold.ref, old: hold.base,
      new: hold.new, dependencyDigest: hold.digest, blobs: [],
      policyDigest: [UInt8](repeating: 1, count: 32), time: Int64(server.sandbox.now))
    return try server.file(server.answer(statement, by: .software(.dana)), as: .dana)
  }

  // MARK: Afterwards

  func check(after outcome: Outcome, _ what: String) throws {
    let comment = "\(what)\n\(outcome)"
    try server.repository.git("fsck", "--connectivity-only", "--no-dangling")
    let wanted: ObjectID? = kind == .thatDeletesAProtectedBranch ? nil : commit
    let hasMoved = try server.tip(ref) == wanted
    if kind == .thatIsRefused || kind == .thatIsHeld { #expect(!hasMoved, "\(comment)") }
    try checkJournal(hasMoved, comment)
    try checkArrivals(comment)
    try checkGap(comment)

    // The same once more, as whoever was cut off does; then work of others.
    if !hasMoved {
      let again = try push()
      let isLet = kind != .thatIsRefused && kind != .thatIsHeld
      #expect(again.succeeded == isLet, "\(comment)\nagain \(again)")
      if kind == .thatIsHeld { #expect(again.codes == ["HK201"], "\(comment)\n\(again)") }
      if kind == .thatIsRefused { #expect(again.codes == ["HK101"], "\(comment)\n\(again)") }
    }
    if kind == .ofAReleaseThatLandsAHold, try server.tip(ref) != commit {
      // The release stands in the ledger; the pusher need not wait for another one.
      let again = try server.push(as: pusher, "\(commit):\(ref)")
      #expect(again.succeeded, "\(comment)\n\(again)")
    }
    if pusher == .codex {
      // Nothing that an agent brought is a person's own afterwards.
      let laundered = try server.push(as: .dana, "\(commit):refs/heads/main")
      #expect(!laundered.succeeded && laundered.codes.contains("HK101"), "\(comment)\n\(laundered)")
    }
    let next = try server.commit(
      "Next", ["next": "1"], by: .dana, on: server.tip("refs/heads/main") ?? server.base)
    for name in ["main", "release/next"] {
      let landed = try server.push(as: .dana, "\(next):refs/heads/\(name)")
      #expect(landed.succeeded && landed.codes.isEmpty, "\(comment)\n\(landed)")
    }
    try checkJournal(false, comment)
    try checkArrivals(comment)
    try checkLandings(comment)
    let verified = try verify()
    #expect(verified.succeeded, "\(comment)\n\(verified)")
  }

  /// Every whole line is chained, and what moved was allowed before.
  private func checkJournal(_ hasMoved: Bool, _ comment: String) throws {
    let entries = try server.entries()
    for entry in entries where entry.record != nil { #expect(entry.isChained, "\(comment)") }
    #expect(entries.filter { $0.record == nil }.count <= 1, "\(comment)")
    guard hasMoved else { return }
    let new = kind == .thatDeletesAProtectedBranch ? ObjectID.zero : commit
    let isAllowed = entries.contains {
      $0.record?["verdict"]?.string == "allow" && $0.record?["new"]?.string == new.hex
        && $0.record?["ref"]?.string == ref
    }
    #expect(isAllowed, "nothing allowed it: \(comment)")
  }

  /// Whatever stands on the server was brought by who pushed it.
  private func checkArrivals(_ comment: String) throws {
    let state = ServerState(gitDirectory: server.repository.gitDirectory)
    let reader = try ArrivalStore(state).reader()
    let listed = try server.repository.git(
      "rev-list", "--exclude=refs/hookkit/*", "--all", "^\(server.base)")
    for line in listed.lines {
      guard let id = ObjectID(line) else { continue }
      let arrival = reader.arrival(of: id)
      #expect(arrival != nil, "nobody brought \(id): \(comment)")
      if id == commit, kind != .thatDeletesAProtectedBranch {
        #expect(arrival?.account == pusher.account.map { Array($0.utf8) }, "\(comment)")
      }
    }
  }

  /// Before anything is mended a clone finds nothing wrong, or exactly the move that has no landing yet.
  private func checkGap(_ comment: String) throws {
    let verified = try verify()
    let newest = try index()
    let protected = try protectedTips()
    let gaps = Set(protected.keys).union(newest.tips.keys.filter(Self.isProtected)).filter {
      protected[$0] ?? .zero != newest.newest(of: $0)?.new ?? .zero
    }
    guard !gaps.isEmpty else {
      #expect(verified.succeeded, "\(comment)\n\(verified)")
      return
    }
    #expect(gaps.count == 1 && !verified.succeeded, "\(gaps) \(comment)\n\(verified)")
    let words = verified.output + verified.errors
    #expect(
      gaps.allSatisfy { words.contains("\($0)") } && words.contains("no landing"),
      "\(comment)\n\(verified)")
  }

  /// Where the landings end is where the references stand.
  private func checkLandings(_ comment: String) throws {
    let index = try index()
    for (name, id) in try protectedTips() {
      #expect(index.newest(of: name)?.new == id, "\(name): \(comment)")
    }
  }

  private func index() throws -> LandingIndex {
    try LandingIndex(
      upTo: server.tip("refs/hookkit/landings"),
      in: ObjectStore(gitDirectory: server.repository.gitDirectory))
  }

  /// What stands under rules that were in force from the first push on.
  private func protectedTips() throws -> [RefName: ObjectID] {
    var tips: [RefName: ObjectID] = [:]
    for (name, id) in try server.repository.references() where Self.isProtected(RefName(name)) {
      tips[RefName(name)] = id
    }
    return tips
  }

  private static func isProtected(_ name: RefName) -> Bool {
    name == RefName("refs/heads/main") || name.hasPrefix("refs/heads/release/")
  }

  private func verify() throws -> Outcome { try server.verifiedInAClone() }
}

extension GuardedServer {
  /// Runs `hookkit verify` in a new clone.
  fileprivate func verifiedInAClone() throws -> Outcome {
    try sandbox.shell("rm -rf auditor")
    let auditor = try sandbox.clone(
      repository, "auditor", options: ["--config", VerifyScene.fetchAll])
    return try sandbox.hookkit("verify", in: auditor.path)
  }
}

@Suite("landings that are late, missing or made at once")
struct LateLandingTests {
  let server: GuardedServer
  /// dana's first landing.
  let first: ObjectID

  init() throws {
    server = try GuardedServer()
    first = try server.commit("First", ["first": "1"], by: .dana)
    try server.pushed(as: .dana, "\(first):main")
  }

  private func moves(of ref: String) throws -> [String] {
    try server.landings().filter { $0.ref == RefName(ref) }.map {
      "\($0.old.short)..\($0.new.short)"
    }
  }

  private func next(_ name: String, on parent: ObjectID) throws -> ObjectID {
    try server.commit(name, [name: "1"], by: .dana, on: parent)
  }

  @Test("pushes at once, to one branch and to several: each that moved has one landing")
  func atOnce() throws {
    let commits = try (0..<8).map { try next("at-once-\($0)", on: first) }
    let pushes = commits.enumerated().map { number, commit in
      let ref = number < 4 ? "refs/heads/main" : "refs/heads/release/\(number)"
      return "git push ../server.git \(commit):\(ref) >/dev/null 2>&1 &"
    }
    let run = try server.sandbox.run(
      ["sh", "-c", pushes.joined(separator: "\n") + "\nwait"], in: server.work.path,
      env: server.environment(as: .dana), timeLimit: 120)
    #expect(run.succeeded)
    let tip = try #require(try server.tip())
    #expect(commits.prefix(4).contains(tip))
    #expect(try moves(of: "refs/heads/main").last == "\(first.short)..\(tip.short)")
    for number in 4..<8 {
      #expect(try server.tip("refs/heads/release/\(number)") == commits[number])
      #expect(try moves(of: "refs/heads/release/\(number)").count == 1)
    }
    #expect(try server.entries().allSatisfy(\.isChained))
    let verified = try server.verifiedInAClone()
    #expect(verified.succeeded, "\(verified)")
  }

  @Test("a hook that comes to record a move after the next one has landed adds nothing")
  func slowHook() throws {
    try server.wrap(
      "reference-transaction",
      """
      if [ "$1" = committed ] && mkdir ../slow 2>/dev/null; then
        cat > ../slow/input; while [ ! -e ../slow/go ]; do sleep 0.05; done
        exec "$HOOK" "$@" < ../slow/input
      fi
      exec "$HOOK" "$@"
      """)
    let second = try next("second", on: first)
    let third = try next("third", on: second)
    let run = try server.sandbox.run(
      [
        "sh", "-c",
        """
        git push ../server.git \(second):main 2> ../slow-push & while ! test -e ../slow; do sleep 0.05; done
        while ! git --git-dir=../server.git rev-parse -q main | grep -q \(second); do sleep 0.05; done
        git push ../server.git \(third):main; code=$?; touch ../slow/go; wait; exit $code
        """,
      ], in: server.work.path, env: server.environment(as: .dana))
    #expect(run.succeeded, "\(run)")
    #expect(
      try moves(of: "refs/heads/main").suffix(2) == [
        "\(first.short)..\(second.short)", "\(second.short)..\(third.short)",
      ])
    let verified = try server.verifiedInAClone()
    #expect(verified.succeeded, "\(verified)")
  }

  /// Moves a branch where no hook sees it.
  private func moveBehindTheGate(_ ref: String, to commit: ObjectID) throws {
    try server.pushed(as: .codex, "\(commit):refs/heads/agent/codex/x")
    try server.repository.git("-c", "core.hooksPath=/dev/null", "update-ref", ref, commit.hex)
  }

  @Test(
    "what was moved behind the gate has not landed by the next push, and verify says so",
    arguments: ["refs/heads/main", "refs/heads/release/behind"])
  func behindTheGate(_ ref: String) throws {
    let posing = try server.commit("Posing", ["posing": "1"], by: .frank, on: first)
    try moveBehindTheGate(ref, to: posing)
    let before = try server.landings()
    let own = try next("own", on: first)
    try server.pushed(as: .dana, "\(own):refs/heads/release/new")
    #expect(try server.landings().dropFirst(before.count).map(\.new) == [own])
    let verified = try server.verifiedInAClone()
    #expect(
      !verified.succeeded && verified.errors.contains(ref)
        && verified.errors.contains("no landing brought it there"), "\(verified)")
    let laundered = try server.push(as: .dana, "\(posing):refs/heads/release/other")
    #expect(laundered.codes == ["HK101"], "\(laundered)")
  }

  @Test("what moved while no rule protected it has not landed when a rule is back")
  func whileUnprotected() throws {
    let held = Roster.team.replacing("\"refs/heads/main\", ", with: "") + "\n" + Roster.quarantine
    let both = Roster.team + "\n" + Roster.quarantine
    try server.write(server.roster.openPolicy(serial: 2, rules: held), to: "policy.toml")
    let posing = try server.commit("Posing", ["posing": "1"], by: .frank, on: first)
    try server.pushed(as: .codex, "\(posing):refs/heads/main")
    try server.pushed(as: .codex, "\(posing):refs/heads/topic")
    try server.write(server.roster.openPolicy(serial: 3, rules: both), to: "policy.toml")
    let outcome = try server.push(as: .dana, "\(posing):refs/heads/release/other")
    #expect(outcome.codes == ["HK101"], "\(outcome)")
  }

  @Test("a landing whose decision is no longer kept is made with the arrivals that it rested on")
  func withoutTheCache() throws {
    let signed = try server.commit("Signed", ["signed": "1"], by: .erin, on: first, signed: true)
    try server.pushed(as: .erin, "\(signed):refs/heads/topic")
    try server.wrap(
      "reference-transaction", "[ $1 != committed ] || rm -rf hookkit/cache; exec \"$HOOK\" \"$@\"")
    // ci merges what erin has brought and signed.
    try server.pushed(as: .ci, "\(signed):main")
    #expect(try server.landings().last?.new == signed)
    let verified = try server.verifiedInAClone()
    #expect(verified.succeeded, "\(verified)")
  }
}
