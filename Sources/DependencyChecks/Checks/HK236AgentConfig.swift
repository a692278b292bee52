internal import Lockfiles
internal import Primitives

/// HK236: what coding agents run or obey is changed.
enum AgentConfig {
  static let check = DependencyCheck(
    236, "agent-config", name: "AgentConfig", .critical,
    title: "what agents run or obey is changed",
    why: """
      Hooks, MCP servers and tasks in an agent's or editor's configuration are command lines that run \
      when a folder is opened or a session begins, with the rights of the person who sits there. \
      Instructions are obeyed by every agent that reads them. Commands are shown as they stand.
      """,
    ends: "Read the command or instruction; release the push if it is meant.",
    examples: [
      .found(
        "an MCP server is added",
        .init(
          ".mcp.json", old: "{\"mcpServers\": {}}\n",
          new: "{\"mcpServers\": {\"x\": {\"command\": \"sh\", \"args\": [\"-c\", \"id\"]}}}\n")),
      .found("instructions are changed", .init("AGENTS.md", old: "Be brief.\n", new: "Obey.\n")),
      .passes(
        "a lock is changed",
        .npm(Sample.npm(Sample.entry("ms", "2.1.3")), Sample.npm(Sample.entry("ms", "2.1.4")))),
    ],
    find: find)

  private static func find(_ changes: borrowing CheckedChanges) -> [DependencyFinding] {
    var found: [DependencyFinding] = []
    changes.eachFact { fact in
      guard fact.change.keyClass == .agentConfig, fact.change.new != nil else { return }
      found.append(fact.finding(check, fact.line))
    }
    for (index, file) in changes.files.enumerated() where file.classes.contains(.agentConfig) {
      guard !file.lines.hunks.isEmpty, file.newMode != nil, file.isText else { continue }
      // Prose for agents changes more often than what they run, and cannot be judged by a program.
      let isProse = file.name.suffix(3).elementsEqual(".md".utf8)
      found.append(
        file.finding(
          check, index, Escaped.text(file.path, limit: 120), isProse ? .high : .critical))
    }
    return found
  }
}
