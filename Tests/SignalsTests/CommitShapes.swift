import Signals

/// The shapes of commits of public histories, people's names and addresses made up, and what they are.
struct CommitShape: Sendable {
  /// `nil` for a commit that says nothing of an agent, a service or a suggestion.
  let grade: Signal.Grade?
  /// Where commits of this shape stand.
  let seen: String
  let author: String
  let committer: String
  let message: String

  init(
    _ grade: Signal.Grade?, _ seen: String, _ message: String, author: String = Self.person,
    committer: String? = nil
  ) {
    self.grade = grade
    self.seen = seen
    self.author = author
    self.committer = committer ?? author
    self.message = message
  }

  static let person = "Dana Jones <dana@jones.example>"
  static let web = "GitHub <noreply@github.com>"

  private static let actions =
    "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
  private static let gemini =
    "gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>"
  private static let bonk =
    "ask-bonk[bot] <249159057+ask-bonk[bot]@users.noreply.github.com>"

  static let all: [CommitShape] = [
    // Careful projects, where agents are named by hand
    .init(
      .declared, "git/git",
      "refs: x\n\nWhy.\n\nAssisted-by: Claude Opus 4.6\nSigned-off-by: \(person)\n"),
    .init(.declared, "git/git", "t: x\n\nAssisted-by: Opus 4.7\nSigned-off-by: \(person)\n"),
    .init(.declared, "jj-vcs/jj", "cli: x\n\nAssisted-by: Google Antigravity with Gemini\n"),
    .init(.declared, "jj-vcs/jj", "cli: x\n\nAssisted-by: Opus 4.6 via Claude Code\n"),
    .init(.declared, "curl/curl", "x: y\n\nAssisted by: Claude Opus 4.6\nCloses #1\n"),
    .init(
      .declared, "curl/curl", "x: y\n\nCo Authored By Claude Opus 4.6 (1M context)\n\nCloses #1\n"),
    .init(
      .declared, "kernel's rules",
      "x: y\n\nAssisted-by: Claude:claude-3-opus [coccinelle]\nSigned-off-by: \(person)\n"),
    .init(
      nil, "git/git",
      "x: y\n\nHelped-by: Sam <sam@jones.example>\nSigned-off-by: Ted <ted@openai.com>\n"),
    .init(nil, "git/git", "x: y\n", author: "Ted Nyborg <ted@openai.com>"),
    .init(nil, "openssh", "upstream: x\n\nok djm@\n\nOpenBSD-Commit-ID: 0123456789\n"),
    .init(nil, "libgit2", "x\n", committer: "Chris Hoffmann (Claude) <chris@jones.example>"),
    .init(
      nil, "curl/curl",
      "tool: optimize x\n\nReported-by: Sam on hackerone\nAided-by: Kim\nCloses #1\n"),
    .init(nil, "jj-vcs/jj", "x\n", author: "Luke Werth <luke@zed.dev>"),
    // Agents that sign in a trailer
    .init(
      .declared, "Arize-ai/phoenix",
      "fix: x (#1)\n\nCo-authored-by: Claude <noreply@anthropic.com>\n", committer: web),
    .init(
      .declared, "Arize-ai/phoenix",
      "fix: x (#1)\n\n* one\n\n* two\n\nCo-authored-by: Cursor <cursoragent@cursor.com>\n\n---------\n\nCo-authored-by: Sam <sam@jones.example>\n",
      committer: web),
    .init(
      .declared, "cloudflare/agents",
      "x\n\nCo-authored-by: Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>\n"
    ),
    .init(.declared, "charmbracelet/crush", "feat: x\n\nAssisted-by: Crush:claude-opus-4-6\n"),
    .init(
      .declared, "charmbracelet/crush",
      "x\n\n💘 Generated with Crush\n\nAssisted-by: Kimi K2.5 via Crush <crush@charm.land>\n"),
    .init(
      .declared, "sinameraji/kimiflare", "x\n\nCo-authored-by: kimiflare <kimiflare@proton.me>\n"),
    .init(
      .declared, "mistralai/mistral-vibe",
      "v1 (#1)\n\nCo-authored-by: Sam Roux <sam.roux@mistral.ai>\nCo-authored-by: Mistral Vibe <vibe@mistral.ai>\n"
    ),
    .init(
      nil, "mistralai/mistral-vibe", "v1 (#1)\n\nCo-authored-by: Sam Roux <sam.roux@mistral.ai>\n"),
    .init(.declared, "ruvnet/claude-flow", "x\n\nCo-Authored-By: claude-flow <ruv@ruv.net>\n"),
    .init(.declared, "entireio/cli", "x\n\nEntire-Checkpoint: 0123456789ab\n"),
    .init(.declared, "steveyegge/beads", "x\n\nCo-Authored-By: SageOx <ox@sageox.ai>\n"),
    .init(
      .declared, "steveyegge/beads",
      "bd: x\n\nExecuted-By: beads/crew/otter\nRig: beads\nRole: crew\n"),
    .init(
      .declared, "steveyegge/beads",
      "x\n\nAmp-Thread-ID: https://ampcode.com/threads/T-0\nCo-authored-by: Amp <amp@ampcode.com>\n"
    ),
    .init(
      .declared, "warpdotdev/warp", "x (#1)\n\nCo-Authored-By: Oz <oz-agent@warp.dev>\n",
      committer: web),
    .init(
      .declared, "RooCodeInc/Roo-Code", "x\n\nCo-authored-by: Roo Code <roomote@roocode.com>\n",
      committer: web),
    .init(
      .declared, "vllm",
      "[Perf] x (#1)\n\nSigned-off-by: \(person)\nCo-authored-by: Kimi Code <noreply@moonshot.ai>\n",
      committer: web),
    .init(.declared, "public rules", "x\n\nCo-Authored-By: GLM-5.3-Flash <noreply@z.ai>\n"),
    .init(.declared, "public rules", "x\n\nAI-Assisted-By: claude-code / Claude Sonnet 4.6\n"),
    .init(
      .declared, "public rules",
      "x\n\nai-generated: true\nai-model: claude-sonnet-5\nai-tool: claude-code\n"),
    .init(.declared, "alien-id/agent-id", "x\n\nAgent-ID-JKT: wEf6o2ux\nAgent-ID-Owner: 0000\n"),
    .init(
      .declared, "squashed, CRLF",
      "x (#1)\r\n\r\n* y\r\n\r\nCo-authored-by: Claude <noreply@anthropic.com>\r\n"),
    .init(
      .declared, "wrapped by an editor",
      "x\n\nCo-authored-by: Claude Opus 4.6\n <noreply@anthropic.com>\n"),
    .init(.declared, "literal line feeds", "x\\n\\nCo-Authored-By: Claude <noreply@anthropic.com>"),
    // Agents that are the author
    .init(.declared, "Arize-ai/phoenix", "x\n", author: "Claude <noreply@anthropic.com>"),
    .init(
      .declared, "Arize-ai/phoenix", "x\n",
      author: "claude[bot] <41898282+claude[bot]@users.noreply.github.com>"),
    .init(.declared, "cloudflare/agents", "x\n", author: bonk, committer: web),
    .init(
      .declared, "warpdotdev/warp", "x\n",
      author: "warp-agent-staging[bot] <240773466+warp-agent-staging[bot]@users.noreply.github.com>"
    ),
    .init(.declared, "steveyegge/gastown", "x\n", author: "gastown/crew/max <dana@jones.example>"),
    .init(.declared, "steveyegge/beads", "x\n", author: "beads/refinery <dana@jones.example>"),
    .init(.suspected, "steveyegge/beads", "x\n", author: "Amp <amp@example.com>"),
    .init(
      .declared, "oh-my-openagent", "x\n",
      author: "justsisyphus <justsisyphus@users.noreply.github.com>"),
    .init(.declared, "oh-my-openagent", "x\n", author: "Sisyphus <sisyphus@omo.ai>"),
    .init(.declared, "browser-use", "x\n", author: "OpenClaw Agent <agent@openclaw.ai>"),
    .init(.declared, "cline/cline", "x\n", author: "Cline Evaluation <cline@example.com>"),
    .init(.declared, "aider", "feat: x\n", author: "Dana Jones (aider) <dana@jones.example>"),
    .init(.declared, "public histories", "x\n", author: "Codex <codex@example.com>"),
    // Footers
    .init(
      .suspected, "oh-my-openagent",
      "x\n\n🤖 Generated with assistance of [OhMyOpenCode](https://jones.example)\n"),
    .init(.suspected, "oh-my-openagent", "x\n\n🤖 Generated with OhMyOpenCode assistance\n"),
    .init(.suspected, "warpdotdev/warp", "x\n\n🤖 Generated with Warp Agent Mode\n"),
    .init(.suspected, "steveyegge/beads", "x\n\n🤖 Generated with [Nori](https://nori.ai)\n"),
    .init(
      .suspected, "browser-use",
      "x\n\nImplemented with Claude Code (Anthropic), reviewed and submitted by me.\n"),
    .init(.suspected, "browser-use", "x\n\n- Vibe coded with Claude Opus 4.5\n"),
    .init(
      .suspected, "coder/mux",
      "x (#1)\n\n---\n\n_Generated with `mux` • Model: `openai:gpt-5.6-sol` • Thinking: `xhigh`_\n"),
    // Suggestions, handled commits and services
    .init(
      .informational, "google-gemini/gemini-cli", "x (#1)\n\nCo-authored-by: \(gemini)\n",
      committer: web),
    .init(
      .informational, "cline/cline",
      "x (#1)\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>\n",
      committer: web),
    .init(
      .suspected, "cline/cline",
      "x\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>\n"),
    .init(
      .informational, "browser-use",
      "x\n\nCo-authored-by: cubic-dev-ai[bot] <191113872+cubic-dev-ai[bot]@users.noreply.github.com>\n",
      committer: web),
    .init(
      .informational, "public histories", "x\n", committer: "Cursor Agent <cursoragent@cursor.com>"),
    .init(.informational, "aider", "x\n", committer: "Dana Jones (aider) <dana@jones.example>"),
    .init(.service, "phoenix", "chore: x\n", author: actions, committer: web),
    .init(
      .service, "cloudflare/agents", "Version Packages (#1)\n\nCo-authored-by: \(actions)\n",
      committer: web),
    // People who work for, with or on agents
    .init(nil, "cline/cline", "x\n", author: "Robin Newman <robin@cline.bot>", committer: web),
    .init(nil, "entireio/cli", "x\n", author: "Alex Young <alex@entire.io>"),
    .init(
      nil, "warpdotdev/warp", "x (#1)\n\nCo-authored-by: Lily Wills <lily@warp.dev>\n",
      committer: web),
    .init(nil, "steveyegge/beads", "x\n", author: "Travis Cline <travis@jones.example>"),
    .init(nil, "badlogic/pi-mono", "x\n", author: "Cody Bontemps <cody@jones.example>"),
    .init(nil, "kimi-cli", "x\n\nSigned-off-by: Tian Xiao <tian@moonshot.cn>\n"),
    .init(nil, "steveyegge/beads", "x\n", author: "AI Christensen <ai.christensen@jones.example>"),
    .init(
      nil, "cline/cline",
      "models: list Claude\n\nGenerated model block; Cline's holds a few free models\n"),
    .init(
      nil, "crush",
      "fix: x\n\ncreated by github.com/charmbracelet/crush/internal/shell.Start in goroutine 1\n"),
    .init(
      nil, "browser-use",
      "x\n\n- Implemented `ChatDeepSeek` class for DeepSeek chat completions.\n- Created LLM registry\n"
    ),
    .init(nil, "phoenix", "docs: x\n\nmade changes suggested by cursor bot\n"),
    .init(nil, "public rules", "x\n\nAI-Generated: false\nAI-Model: none\n"),
    .init(
      nil, "a revert", "Revert \"Add Claude Code settings\"\n\nThis reverts commit 0123456789.\n"),
  ]
}
