import Git
import Ledger
import Policy
import Primitives
import Signing
import TestSupport
import Testing

/// A team's repository under one of the profiles, in which the steps of a calendar are played with real
/// pushes; each step says the answer that it must get.
///
/// A calendar is a table, one line a step, its columns two spaces or more apart:
///
///     who    name    what it is          pushed to    team         strict
///     dana   own     main + a            main         lands        review frank
///
/// * who: the account that makes and pushes it; with `!` behind it the commit is signed.
/// * what: `X + FILE=TEXT ...` a commit on X, `root + FILE=TEXT` one on nothing, `merge X Y` a clean
///   merge, `keep X Y` a merge with X's tree, `squash Y onto X`, `pick Y onto X`, `revert Y on X`,
///   `X` what is there already, `tag X` an annotated tag of it, `nothing` a deletion. X is a step's
///   name, or a branch of the server. A text of `@3` is a submodule at that commit.
/// * pushed to: a branch, or `tags/NAME`; a push always forces.
/// * answers: `lands`; `review WHO [of X]`: it waits (HK101 or HK102) until they have reviewed it, or
///   X; `release WHO`: its dependency files wait (HK201) until they have released them; `both WHO`;
///   anything else is the code it is refused with.
struct TeamYear {
  let profile: Profile
  let server: GuardedServer
  private var named: [String: ObjectID] = [:]

  init(_ profile: Profile, adding: [Actor: String] = [:]) throws {
    self.profile = profile
    let template = profile.template
    let start = template.firstRange(of: "[[protect]]")?.lowerBound ?? template.startIndex
    let rules = String(template[start...])
    server = try GuardedServer(
      policy: { $0.policy(rules: rules, adding: adding) },
      files: ["package-lock.json": GuardedServer.lock()])
  }

  /// Gives names to commits that were made elsewhere.
  mutating func remember(_ commits: [String: ObjectID]) {
    named.merge(commits) { $1 }
  }

  private struct Step {
    let line: String
    let who: Actor
    let isSigned: Bool
    let name: String
    let what: [String]
    let ref: String
    let answer: [String]

    init(_ line: String, _ profile: Profile) throws {
      var columns: [String] = []
      var rest = line[...]
      while let gap = rest.firstRange(of: "  ") {
        columns.append(String(rest[..<gap.lowerBound]))
        rest = rest[gap.upperBound...].drop { $0 == " " }
      }
      columns.append(String(rest))
      guard columns.count == 6, let who = Actor(rawValue: columns[0].replacing("!", with: ""))
      else { throw Unreadable(line: line) }
      self.line = line
      self.who = who
      isSigned = columns[0].hasSuffix("!")
      name = columns[1]
      what = columns[2].split(separator: " ").map(String.init)
      ref = columns[3].hasPrefix("tags/") ? "refs/\(columns[3])" : "refs/heads/\(columns[3])"
      answer = columns[profile == .strict ? 5 : 4].split(separator: " ").map(String.init)
    }
  }

  struct Unreadable: Error {
    let line: String
  }

  /// Plays the steps of a table, its first line being the heading.
  mutating func play(_ table: String, sourceLocation: Testing.SourceLocation = #_sourceLocation)
    throws
  {
    for line in table.split(separator: "\n").dropFirst() where !line.hasPrefix("#") {
      let step = try Step(String(line), profile)
      do {
        try play(step, sourceLocation)
      } catch {
        Issue.record("\(profile): \(line)\n\(error)", sourceLocation: sourceLocation)
      }
    }
  }

  private mutating func play(_ step: Step, _ place: Testing.SourceLocation) throws {
    let new = try make(step)
    if let new { named[step.name] = new }
    let before = try server.tip(step.ref)
    let first = try push(step, new)
    func expect(_ holds: Bool, _ outcome: Outcome) {
      #expect(holds, "\(profile): \(step.line)\n\(outcome)", sourceLocation: place)
    }
    switch step.answer[0] {
    case "lands": break
    case "review", "release", "both":
      let asksReview = step.answer[0] != "release"
      expect(!first.succeeded, first)
      if asksReview {
        expect(first.codes.contains("HK101") || first.codes.contains("HK102"), first)
      }
      expect(first.codes.contains("HK201") == (step.answer[0] != "review"), first)
      expect(try server.tip(step.ref) == before, first)
      guard let new, let reviewer = Actor(rawValue: step.answer[1]) else {
        throw Unreadable(line: step.line)
      }
      let signer: GuardedServer.Signer =
        profile == .strict ? .touch(reviewer) : .software(reviewer)
      if step.answer[0] != "review" { try release(new, to: step.ref, by: signer) }
      if asksReview {
        let head = try step.answer.count > 3 ? id(step.answer[3]) : new
        let filed = try server.review(head, by: signer) { $0.ref = step.ref }
        expect(filed.succeeded, filed)
      }
      // Where the server holds it, it has landed by itself by now.
      let second = try push(step, new)
      expect(second.succeeded, second)
      expect(try server.tip(step.ref) == new, second)
      return
    default:
      expect(!first.succeeded && first.codes.contains(step.answer[0]), first)
      expect(try server.tip(step.ref) == before, first)
      return
    }
    expect(first.succeeded, first)
    expect(try server.tip(step.ref) == new, first)
  }

  private func push(_ step: Step, _ new: ObjectID?) throws -> Outcome {
    try server.push(as: step.who, "+\(new?.hex ?? ""):\(step.ref)".replacing("+:", with: ":"))
  }

  /// Signs what a person answers to the hold of a commit, and files it.
  private func release(
    _ commit: ObjectID, to ref: String, by signer: GuardedServer.Signer
  ) throws {
    let objects = try ObjectStore(gitDirectory: server.repository.path)
    for id in try server.holds() {
      guard let tag = try server.repository.id("refs/quarantine/\(id)"),
        let hold = try Hold(at: tag, id: id, in: objects), hold.new == commit,
        hold.ref == RefName(ref)
      else { continue }
      let statement = try ReleaseStatement(
        .release, repository: Array(GuardedServer.name.utf8), ref: hold.ref, old: hold.base,
        new: hold.new, dependencyDigest: hold.digest, blobs: [],
        policyDigest: [UInt8](repeating: 1, count: 32), time: Int64(server.sandbox.now))
      let filed = try server.file(server.answer(statement, by: signer), as: signer.actor)
      guard filed.succeeded else { throw UnexpectedOutcome("a release that is taken", filed) }
    }
  }

  // MARK: What is pushed

  /// A step's commit, or where a branch of the server stands.
  func id(_ name: String) throws -> ObjectID {
    if let tip = try server.tip("refs/heads/\(name)") {
      try server.work.git("fetch", "--quiet", server.repository.path, "refs/heads/\(name)")
      return tip
    }
    guard let id = named[name] else { throw Unreadable(line: name) }
    return id
  }

  private func make(_ step: Step) throws -> ObjectID? {
    let what = step.what
    let person = server.roster[step.who]
    let work = server.work
    func commit(
      _ message: String, _ tree: ObjectID, _ parents: [ObjectID], author: TestPerson? = nil
    ) throws -> ObjectID {
      try work.commit(
        message, tree: tree, parents: parents, author: author ?? person, committer: person,
        signedBy: step.isSigned ? person : nil)
    }
    /// The tree that a merge gives, with this commit as what both come from.
    func merged(_ ours: ObjectID, _ theirs: ObjectID, base: ObjectID? = nil) throws -> ObjectID {
      var arguments = ["merge-tree", "--write-tree", "--allow-unrelated-histories"]
      // Older versions of git have no --merge-base: a commit of the wanted shape stands in for it.
      var side = theirs
      var own = ours
      if let base {
        side = try commit("side", work.tree(from: theirs, [:]), [base])
        own = try commit("own", work.tree(from: ours, [:]), [base])
      }
      arguments += [own.hex, side.hex]
      return try work.git(arguments).objectID()
    }
    switch what[0] {
    case "nothing": return nil
    case "merge":
      let (ours, theirs) = (try id(what[1]), try id(what[2]))
      return try commit("Merge \(what[2])", merged(ours, theirs), [ours, theirs])
    case "keep":
      let (ours, theirs) = (try id(what[1]), try id(what[2]))
      return try commit("Merge \(what[2])", work.tree(from: ours, [:]), [ours, theirs])
    case "squash":
      let (topic, onto) = (try id(what[1]), try id(what[3]))
      return try commit("Squash \(what[1])", merged(onto, topic), [onto], author: author(of: topic))
    case "pick":
      let (picked, onto) = (try id(what[1]), try id(what[3]))
      let parent = try work.git("rev-parse", "\(picked)^").objectID()
      return try commit(
        "Work \(what[1])", merged(onto, picked, base: parent), [onto], author: author(of: picked))
    case "revert":
      let (reverted, onto) = (try id(what[1]), try id(what[3]))
      let parent = try work.git("rev-parse", "\(reverted)^").objectID()
      return try commit(
        "Revert \(what[1])", merged(onto, parent, base: reverted), [onto])
    case "tag":
      try work.tag("made-\(step.name)", of: id(what[1]), by: person, signed: step.isSigned)
      return try work.id("refs/tags/made-\(step.name)")
    default:
      guard what.count > 1 else { return try id(what[0]) }
      let parents = what[0] == "root" ? [] : [try id(what[0])]
      var changes: [String: TreeChange] = [:]
      for word in what.dropFirst(2) {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        changes[parts[0]] = change(parts[0], parts.count > 1 ? parts[1] : step.name)
      }
      return try commit("Work \(step.name)", work.tree(from: parents.first, changes), parents)
    }
  }

  private func change(_ path: String, _ text: String) -> TreeChange {
    if path == "package-lock.json" { return GuardedServer.lock(version: text) }
    if text.hasPrefix("@"), let id = ObjectID(String(repeating: String(text.suffix(1)), count: 40))
    {
      return .gitlink(id)
    }
    return .text("\(text)\n")
  }

  private func author(of commit: ObjectID) throws -> TestPerson {
    let shown = try server.work.git("show", "-s", "--format=%an%n%ae", commit.hex).lines
    return TestPerson(shown[0], email: shown[1])
  }

  // MARK: Whoever checks

  /// Expects that the server and a clone of it find every landing in order.
  func expectVerified(sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    let auditor = try server.sandbox.clone(
      server.repository, "auditor", options: ["--config", VerifyScene.fetchAll])
    for place in [auditor.path, server.repository.path] {
      let outcome = try server.sandbox.hookkit("verify", in: place)
      #expect(outcome.exit == 0, "\(profile): \(outcome)", sourceLocation: sourceLocation)
    }
  }
}
