internal import Documents
internal import Primitives

/// What coding agents run: MCP servers, hooks, permissions. Every value counts; comments are allowed,
/// since most of these programs allow them.
enum AgentConfiguration {
  static let formats = [servers, settings, codex]

  /// Servers that an agent starts or talks to (Model Context Protocol clients).
  private static let servers = Format(
    "mcp-servers",
    files: [
      ".mcp.json", "mcp.json", ".cursor/mcp.json", ".vscode/mcp.json", ".roo/mcp.json",
      ".kiro/settings/mcp.json", ".amazonq/mcp.json", ".windsurf/mcp.json", ".junie/mcp/mcp.json",
      "claude_desktop_config.json", ".cline/mcp.json", ".gemini/mcp.json",
    ], .agentConfig, .jsonc, keys: [KeyRule("*", .agentConfig)], otherKeys: .agentConfig,
    mentions: [
      Mention(
        ["command", "args/*"], in: "mcpServers/*", "servers/*", is: .agentConfig, from: .root,
        .command)
    ])

  /// Hooks, permissions, tools and models.
  private static let settings = Format(
    "agent-settings",
    files: [
      ".claude/settings.json", ".claude/settings.local.json", ".claude/hooks/*.json",
      ".claude-plugin/plugin.json", ".claude-plugin/marketplace.json", ".cursor/hooks.json",
      ".cursor/environment.json", ".cursor/permissions.json", ".cursor/cli.json",
      ".gemini/settings.json", "gemini-extension.json", ".qwen/settings.json", "opencode.json",
      "opencode.jsonc", ".opencode/opencode.json", ".opencode/opencode.jsonc", ".crush.json",
      "crush.json", ".continuerc.json", ".amazonq/default.json", ".github/hooks/*.json",
      ".factory/settings.json", ".zed/agents.json",
    ], .agentConfig, .jsonc, keys: [KeyRule("*", .agentConfig)], otherKeys: .agentConfig,
    mentions: [
      Mention(
        [
          "hooks/*/*/hooks/*/command", "hooks/*/*/command", "mcpServers/*/command",
          "mcpServers/*/args/*", "statusLine/command", "apiKeyHelper",
        ], is: .agentConfig, from: .root, .command)
    ])

  private static let codex = Format(
    "codex-configuration", files: [".codex/config.toml"], .agentConfig, .toml,
    otherKeys: .agentConfig)
}
