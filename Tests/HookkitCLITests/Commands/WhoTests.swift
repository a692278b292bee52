import Foundation
import Primitives
import TestSupport
import Testing

@Suite("hookkit who")
struct WhoTests {
  let sandbox: Sandbox
  let repository: TestRepository

  init() throws {
    sandbox = try Sandbox()
    repository = try sandbox.repository()
  }

  private func history() throws {
    try repository.commit("One\n", ["a": "1"])
    try repository.commit(
      "Two\n\nCo-authored-by: Claude <noreply@anthropic.com>\n", ["a": "2"])
    try repository.commit("Three\n\nGenerated with Codex\n", ["a": "3"])
    try repository.commit(
      "Four\n", ["a": "4"], author: TestPerson("evil[bot]", email: "e\u{1b}[2J@example.org"))
  }

  private func json(_ arguments: String...) throws -> JSON {
    let bin = try Executables.installed(in: sandbox)
    let outcome = try sandbox.run(
      ["\(bin)/hookkit", "who", "--json"] + arguments, in: repository.path)
    #expect(outcome.exit == 0, "\(outcome)")
    return try JSON(reading: outcome.stdout)
  }

  @Test("a history is listed without any policy, the newest first, and every byte escaped")
  func table() throws {
    try history()
    let outcome = try sandbox.hookkit("who", in: repository.path)
    #expect(outcome.exit == 0)
    #expect(!outcome.stdout.contains(0x1b))
    let rows = outcome.lines.map { $0.split(separator: " ").map(String.init) }
    #expect(rows.map { $0[1] } == ["class", "agent", "agent", "agent", "unverified"])
    #expect(rows.map { $0[2] } == ["grade", "suspected", "suspected", "declared", "-"])
    #expect(rows.map { $0[3] }[1...] == ["bot.author", "codex.footer", "claude-code.trailer", "-"])
    #expect(outcome.lines[3].hasSuffix("\"Co-authored-by: Claude <noreply@anthropic.com>\""))
    #expect(outcome.lines[4].hasSuffix("not signed"))
    #expect(outcome.errors.contains("no policy is known here"))
  }

  @Test("JSON has every signal, and counts behind the commits")
  func document() throws {
    try history()
    let all = try json()
    #expect(all["schema"]?.string == "hookkit.who/1")
    let commits = try #require(all["commits"]?.array)
    #expect(commits.count == 4)
    #expect(
      commits[2]["signals"] == [
        [
          "id": "claude-code.trailer", "name": "Claude Code", "grade": "declared",
          "where": "trailer", "quote": "Co-authored-by: Claude <noreply@anthropic.com>",
        ]
      ])
    let counts: JSON = [
      "commits": 4,
      "classes": [
        ["kind": "agent", "grade": "suspected", "count": 2],
        ["kind": "agent", "grade": "declared", "count": 1],
        ["kind": "unverified", "grade": .null, "count": 1],
      ],
      "agents": [
        ["name": "Claude Code", "count": 1], ["name": "OpenAI Codex", "count": 1],
        ["name": "evil[bot]", "count": 1],
      ],
    ]
    #expect(all["summary"] == counts)
    let summary = try json("--summary")
    #expect(summary["summary"] == counts)
    #expect(summary["commits"] == nil)
  }

  @Test("hookkit.who/1 has these members in this order, one commit a line, whoever made it")
  func contract() throws {
    try history()
    let outcome = try sandbox.hookkit("who", "--json", in: repository.path)
    #expect(
      outcome.lines.count == 2 + 4 && outcome.lines[0].hasPrefix(#"{"schema":"hookkit.who/1""#))
    let json = try JSON(reading: outcome.stdout)
    func keys(_ json: JSON?) -> [String] {
      (json?.members ?? []).map { String(decoding: $0.key, as: UTF8.self) }
    }
    #expect(keys(json) == ["schema", "commits", "summary"])
    #expect(keys(json["summary"]) == ["commits", "classes", "agents"])
    let commits = try #require(json["commits"]?.array)
    for commit in commits {
      #expect(keys(commit) == ["commit", "kind", "grade", "because", "principal", "signals"])
      #expect(ObjectID(commit["commit"]?.string ?? "") != nil)
      for signal in commit["signals"]?.array ?? [] {
        #expect(keys(signal) == ["id", "name", "grade", "where", "quote"])
      }
    }
    // What says nothing of itself has no grade, nobody behind it, and a reason.
    #expect(commits[3]["kind"] == "unverified" && commits[3]["grade"] == .null)
    #expect(commits[3]["principal"] == .null && commits[3]["because"] == "not signed")
    #expect(commits[3]["signals"] == [])
    let empty = try self.json("HEAD..HEAD")
    #expect(keys(empty) == ["schema", "commits", "summary"] && empty["commits"] == [])
  }

  @Test("a range is git's: a commit's history, two ends, all references, so many")
  func ranges() throws {
    try history()
    try repository.git("branch", "side", "HEAD~2")
    for (words, count) in [
      (["HEAD"], 4), (["HEAD~1"], 3), (["HEAD~2..HEAD"], 2), (["HEAD", "^side"], 2),
      (["-n", "1"], 1), (["--all"], 4), (["--all", "-n", "3", "--summary"], 3), (["HEAD..HEAD"], 0),
    ] {
      let bin = try Executables.installed(in: sandbox)
      let outcome = try sandbox.run(
        ["\(bin)/hookkit", "who", "--json"] + words, in: repository.path)
      let read = try JSON(reading: outcome.stdout)
      #expect(read["summary"]?["commits"]?.integer == Int64(count), "\(words)")
    }
  }

  @Test("the summary is for people too")
  func summary() throws {
    try history()
    let outcome = try sandbox.hookkit("who", "--summary", in: repository.path)
    #expect(
      outcome.lines == [
        "        4  commits", "        2  agent (suspected)", "        1  agent (declared)",
        "        1  unverified", "", "agents, a commit of two counted for each:",
        "        1  Claude Code", "        1  OpenAI Codex", "        1  evil[bot]",
      ])
  }

  @Test(
    "what names no commits is said before anything is printed, and is never an option or a path")
  func wrong() throws {
    let empty = try sandbox.hookkit("who", in: repository.path)
    #expect(empty.exit == 3 && empty.output == "")
    try history()
    for word in ["nowhere", "a", "HEAD..nowhere", "--output=x"] {
      let outcome = try sandbox.hookkit("who", "--", word, in: repository.path)
      #expect(outcome.exit == 3 && outcome.output == "", "\(outcome)")
      #expect(outcome.errors.contains("names no commits here"))
    }
    #expect(!sandbox.exists("x"))
    #expect(try sandbox.hookkit("who", "-n", "0", in: repository.path).exit == 2)
  }

  @Test("a commit that cannot be read is a row, and not the end of the list")
  func unreadable() throws {
    try history()
    let tree = try repository.git("rev-parse", "HEAD^{tree}").lines[0]
    let raw = "tree \(tree)\nauthor x\ncommitter x <x> 1 +0000\n\nmalformed\n"
    let id = try repository.git(
      "hash-object", "-t", "commit", "--literally", "-w", "--stdin", stdin: Array(raw.utf8)
    ).lines[0]
    let outcome = try sandbox.hookkit("who", id, in: repository.path)
    #expect(outcome.exit == 0, "\(outcome)")
    #expect(outcome.lines.last?.contains("unreadable") == true)
  }

  @Test("whatever the client's hooks write for any agent is read as its declaration")
  func ownWords() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("templates/agent-signals.json")
    let catalog = try JSON(reading: Array(Data(contentsOf: file)))
    let bin = try Executables.installed(in: sandbox)
    for hook in ["prepare-commit-msg", "commit-msg"] {
      try Sandbox.writeFile(
        Array("#!/bin/sh\nexec '\(bin)/hookkit-\(hook)' \"$@\"\n".utf8),
        to: "\(repository.gitDirectory)/hooks/\(hook)")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(repository.gitDirectory)/hooks/\(hook)")
    }
    var expected: [String] = []
    for entry in try #require(catalog["entries"]?.array) {
      let id = try #require(entry["id"]?.string)
      for variable in entry["environment"]?.array ?? [] where variable["ambient"]?.bool != true {
        guard let name = variable["name"]?.string else { continue }
        let value =
          ["value", "prefix", "contains"].compactMap { variable[$0]?.string }.first ?? "1"
        var environment = [name: value]
        if let other = variable["and"], let second = other["name"]?.string {
          environment[second] = other["value"]?.string ?? "1"
        }
        // HOME leads git to its configuration.
        guard environment["HOME"] == nil else { continue }
        try repository.git(
          ["commit", "--quiet", "--allow-empty", "-m", "\(id) \(name)"], env: environment)
        expected.append(id)
      }
    }
    #expect(expected.count > 80 && expected.last == "ai-agent")
    let commits = try #require(try json()["commits"]?.array)
    #expect(commits.count == expected.count)
    for (commit, id) in zip(commits.reversed(), expected) {
      let signals = commit["signals"]?.array ?? []
      #expect(
        commit["grade"]?.string == "declared"
          && signals.contains { $0["id"]?.string == "\(id).trailer" }, "\(id): \(signals)")
    }
  }
}
