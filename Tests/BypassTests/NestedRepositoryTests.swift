import Foundation
import Primitives
import TestSupport
import Testing

/// Git directories made of references, inside of the repository that holds them.
@Suite("nested repositories")
struct NestedRepositoryTests {
  let server: GuardedServer
  let work: ObjectID

  init() throws {
    server = try GuardedServer()
    work = try server.commit(by: .stranger)
  }

  private static let parts = ["HEAD", "objects/a", "refs/heads/a"]

  /// Every order of the three.
  private static let orders = parts.flatMap { first in
    parts.filter { $0 != first }.map { second in
      [first, second] + parts.filter { $0 != first && $0 != second }
    }
  }

  /// Whether git takes a folder of references for a repository.
  private func isRepository(_ folder: String) throws -> Bool {
    try server.sandbox.run([
      "git", "--git-dir=\(server.repository.path)/\(folder)", "rev-parse", "--git-dir",
    ]).succeeded
  }

  @Test(
    "bypass 58: the reference that would complete a git directory is not made", arguments: orders)
  func acrossPushes(_ order: [String]) throws {
    for (number, actor) in [Actor.stranger, .dana, .nobody].enumerated() {
      let folder = "refs/heads/\(number)/r"
      for part in order.dropLast() {
        try server.pushed(as: actor, "\(work):\(folder)/\(part)")
      }
      let last = "\(folder)/\(order[2])"
      try server.refuses(as: actor, "\(work):\(last)", with: "HK509", ref: last)
      #expect(try !isRepository(folder))
    }
  }

  @Test("bypass 58: not in one push either, whatever kind of reference it is")
  func onePush() throws {
    for folder in ["refs/heads/r", "refs/tags/r", "refs/x", "refs", "refs/notes/a/b/c"] {
      let specs = Self.parts.map { "\(work):\(folder)/\($0)" }
      let outcome = try server.sandbox.run(
        ["git", "push", server.repository.path] + specs, in: server.work.path,
        env: server.environment(as: .stranger))
      #expect(!outcome.succeeded && outcome.codes.contains("HK509"), "\(outcome)")
      #expect(try !isRepository(folder))
    }
    let before = try server.repository.references()
    let atomic = try server.push(
      as: .dana, "--atomic", "\(work):refs/heads/q/HEAD", "\(work):refs/heads/q/objects",
      "\(work):refs/heads/q/refs")
    #expect(!atomic.succeeded && atomic.codes.contains("HK509"), "\(atomic)")
    #expect(try server.repository.references() == before)
  }

  @Test("bypass 58: what is packed counts, and what is written in other letters")
  func packed() throws {
    try server.pushed(
      as: .stranger, "\(work):refs/heads/r/HEAD", "\(work):refs/heads/R/Objects/a")
    try server.repository.git("pack-refs", "--all", "--prune")
    let last = "refs/heads/r/REFS/heads/a"
    try server.refuses(as: .stranger, "\(work):\(last)", with: "HK509", ref: last)
    // One of them gone, the name is free.
    try server.pushed(as: .stranger, ":refs/heads/R/Objects/a")
    try server.pushed(as: .stranger, "\(work):\(last)")
  }

  @Test("bypass 58: a folder that a failed push has left behind counts")
  func emptyFolders() throws {
    let folder = "\(server.repository.path)/refs/heads/r"
    // What git leaves there when a transaction fails after it has locked `r/objects/a` and `r/refs/a`.
    for name in ["objects", "refs"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    let head = "refs/heads/r/HEAD"
    try server.refuses(as: .stranger, "\(work):\(head)", with: "HK509", ref: head)
    #expect(try !isRepository("refs/heads/r"))
  }

  @Test("bypass 58: of two pushes at once, one sees what the other is about to make")
  func pending() throws {
    try server.pushed(as: .stranger, "\(work):refs/heads/r/objects/a")
    let lock = "\(server.repository.path)/refs/heads/r/HEAD.lock"
    try Sandbox.writeFile([], to: lock)
    let last = "refs/heads/r/refs/heads/a"
    try server.refuses(as: .stranger, "\(work):\(last)", with: "HK509", ref: last)
    try FileManager.default.removeItem(atPath: lock)
    try server.pushed(as: .stranger, "\(work):\(last)")
  }

  @Test("bypass 58: nor a folder that says that its objects and references lie in another one")
  func common() throws {
    // `commondir` is read as a path: here that of the folder beside it.
    let elsewhere = "refs/heads/r/\(work)"
    try server.pushed(
      as: .stranger, "\(work):refs/heads/r/commondir", "\(work):\(elsewhere)/objects/a",
      "\(work):\(elsewhere)/refs/a")
    let head = "refs/heads/r/HEAD"
    try server.refuses(as: .stranger, "\(work):\(head)", with: "HK509", ref: head)
    #expect(try !isRepository("refs/heads/r"))
  }

  @Test(
    "bypass 58: each hook that is left alone refuses it",
    arguments: GuardedServer.hooks.dropLast() + ["update"])
  func eachHook(_ hook: String) throws {
    let server = try GuardedServer(
      hooks: [hook], procReceiveRefs: hook == "proc-receive" ? ["refs"] : [])
    let work = try server.commit(by: .stranger)
    try server.pushed(as: .stranger, "\(work):refs/heads/r/HEAD", "\(work):refs/heads/r/refs/a")
    let last = "refs/heads/r/objects/a"
    try server.refuses(as: .stranger, "\(work):\(last)", with: "HK509", ref: last)
    // git has made the folder before its last hook could refuse, and leaves it.
    let isLeft = try server.sandbox.run([
      "git", "--git-dir=\(server.repository.path)/refs/heads/r", "rev-parse",
    ]).succeeded
    #expect(!isLeft)
  }

  @Test("bypass 58: many pushes at once never bring the three together")
  func atOnce() throws {
    let script = """
      for round in 1 2 3 4 5 6; do
        for part in HEAD objects/a refs/heads/a; do
          git push --quiet '\(server.repository.path)' \
            "\(work):refs/heads/r$round/$part" >/dev/null 2>&1 &
        done
        wait
      done
      """
    let raced = try server.sandbox.run(
      ["sh", "-c", script], in: server.work.path, env: server.environment(as: .dana),
      timeLimit: 120)
    #expect(raced.succeeded, "\(raced)")
    var made = 0
    for round in 1...6 {
      let parts = try Self.parts.filter { try server.tip("refs/heads/r\(round)/\($0)") != nil }
      #expect(parts.count < 3, "\(round)")
      #expect(try !isRepository("refs/heads/r\(round)"))
      made += parts.count
    }
    #expect(made > 0)
  }

  @Test("what has such a part in its name is moved and deleted as any other")
  func others() throws {
    let next = try server.commit("Next", by: .dana, on: work)
    let names = [
      "refs/heads/r/HEAD", "refs/heads/r/objects/a", "refs/heads/refs", "refs/heads/r/x",
    ]
    for name in names {
      try server.pushed(as: .dana, "\(work):\(name)")
      try server.pushed(as: .dana, "\(next):\(name)")
    }
    for name in names { try server.pushed(as: .dana, ":\(name)") }
    let again = try server.push(as: .dana, ":refs/heads/r/refs/nothing")
    #expect(again.codes.isEmpty, "\(again)")
  }
}
