import Primitives
import Signals
import Testing

@Suite struct OtherSignalsTests {
  let catalog = SignalCatalog.builtIn

  @Test(
    "the prefix of an agent's branch is suspected",
    arguments: [
      ("claude/fix-1", "claude-code"), ("codex/x", "codex"), ("copilot/fix", "copilot"),
      ("cursor/x", "cursor"), ("devin/1700000000-x", "devin"),
      ("openhands-fix-issue-12", "openhands"),
      ("openhands/x", "openhands"), ("oz/x", "warp"), ("oz-agent/x", "warp"), ("cline/x", "cline"),
      ("sweep/x", "sweep"), ("Claude/Fix", "claude-code"),
    ])
  func branch(_ name: String, _ id: String) {
    let found = catalog.signals(branch: RefName("refs/heads/" + name))
    #expect(found.map { "\($0.id) \($0.grade) \($0.place)" } == ["\(id).branch suspected branch"])
    #expect(found.first?.quote == Array("refs/heads/\(name)".utf8))
  }

  @Test(
    "other refs say nothing",
    arguments: [
      "refs/heads/main", "refs/heads/claude", "refs/heads/claude-fix", "refs/heads/x/claude/y",
      "refs/tags/claude/x", "refs/heads/", "", "claude/x", "refs/heads/devin-fix",
    ])
  func otherRefs(_ name: String) {
    #expect(catalog.signals(branch: RefName(name)).isEmpty)
  }

  @Test("the shared keys of two vendors are known by fingerprint and by themselves")
  func keys() throws {
    for (fingerprint, key, id) in [
      (
        "SHA256:32dP45eSMmVSt/G/CGvcxl/P+MO3Nwj9xeTh/GSA2wc",
        "AAAAC3NzaC1lZDI1NTE5AAAAIKy87HxSEheG8vEPhSs9u2KZCtVErAQfpmprtUJCZ2w7", "claude-code.key"
      ),
      (
        "SHA256:/ZGdxqU+YWGLYEplYKh2c36jVXjB1wQzjGRo7qwO46I",
        "AAAAC3NzaC1lZDI1NTE5AAAAIPqiJsBjAsv4KymedFcUR891X1lgC90DW8yMtjcHJ/p0", "cursor.key"
      ),
    ] {
      let blob = try #require(Base64.decode(Array(key.utf8)))
      let byPrint = catalog.signal(keyFingerprint: fingerprint.utf8)
      #expect(byPrint?.id == id)
      #expect(byPrint?.grade == .declared)
      #expect(byPrint == catalog.signal(keyBlob: blob))
      #expect(catalog.signal(keyBlob: blob.dropLast()) == nil)
    }
    #expect(catalog.signal(keyFingerprint: "SHA256:".utf8) == nil)
    #expect(catalog.signal(keyBlob: [UInt8]()) == nil)
  }

  @Test("notes that name a tool are suspected")
  func notes() {
    let ref = RefName("refs/notes/ai")
    let note =
      "src/a.swift\n  s1 1-9\n---\n{\"schema_version\": \"authorship/3.0.0\", \"prompts\": "
    let tool = Array((note + "{\"s1\": {\"agent_id\": {\"tool\": \"cursor\"}}}}").utf8)
    #expect(catalog.signals(notesRef: ref).map(\.id) == ["git-ai.notes"])
    #expect(catalog.signals(notesRef: ref, content: tool[...]).map(\.grade) == [.suspected])
    #expect(catalog.signals(notesRef: ref, content: Array((note + "{}}").utf8)[...]).isEmpty)
    #expect(
      catalog.signals(notesRef: RefName("refs/ai/authorship/0123")).map(\.id) == ["git-ai.notes"])
    #expect(catalog.signals(notesRef: RefName("refs/notes/commits")).isEmpty)
    #expect(catalog.signals(notesRef: RefName("refs/notes/ai2")).isEmpty)
  }

  private func environment(_ variables: [String: String]) -> [String] {
    catalog.environmentSignals { variables[$0].map { Array($0.utf8) } }.map(\.name)
  }

  @Test(
    "an agent's session is known by its environment",
    arguments: [
      (["CLAUDECODE": "1"], "Claude Code"), (["CODEX_THREAD_ID": "x"], "OpenAI Codex"),
      (["CODEX_SANDBOX": "seatbelt"], "OpenAI Codex"), (["COPILOT_CLI": "1"], "GitHub Copilot"),
      (["CURSOR_AGENT": "1"], "Cursor"), (["GEMINI_CLI": "1"], "Gemini CLI"),
      (["USER": "swebot", "HOME": "/home/jules"], "Google Jules"), (["AGENT": "amp"], "Amp"),
      (["AGENT": "goose"], "Goose"), (["CRUSH": "1"], "Crush"), (["OPENCODE": "1"], "OpenCode"),
      (["QWEN_CODE": "1"], "Qwen Code"), (["CLINE_ACTIVE": "true"], "Cline"),
      (["ROO_ACTIVE": "true"], "Roo Code"), (["OZ_RUN_ID": "1"], "Warp"),
      (["JUNIE_DATA": "/x"], "JetBrains Junie"), (["AUGMENT_AGENT": "1"], "Augment"),
      (["AWS_EXECUTION_ENV": "x AmazonQ-For-CLI/1"], "Amazon Q Developer"),
      (["CURSOR_EXTENSION_HOST_ROLE": "agent-exec"], "Cursor"), (["KILO": "1"], "Kilo Code"),
      (["AI_AGENT": "claude-code_2.1"], "Claude Code"), (["AI_AGENT": "openhands"], "OpenHands"),
      (["AI_AGENT": "something"], "an agent that gives no name"),
    ])
  func environment(_ variables: [String: String], _ name: String) {
    #expect(environment(variables).first == name)
  }

  @Test(
    "what people's shells have too says nothing",
    arguments: [
      [:], ["CURSOR_TRACE_ID": "x"], ["TERM_PROGRAM": "kiro"], ["REPL_ID": "x"], ["KILO_PID": "1"],
      ["GOOSE_PROVIDER": "x"], ["CLAUDECODE": ""], ["CLAUDECODE": "0"], ["AGENT": "ssh"],
      ["CLAUDE_CODE_ENTRYPOINT": "cli"], ["USER": "swebot"], ["HOME": "/home/jules"],
      ["USER": "swebot", "HOME": "/home/dana"], ["ANTHROPIC_API_KEY": "x"], ["ZED_TERM": "true"],
      ["AWS_EXECUTION_ENV": "AWS_Lambda"], ["AI_AGENT": ""],
      ["WINDSURF_CASCADE_TERMINAL_KIND": "x"],
    ])
  func ambient(_ variables: [String: String]) {
    #expect(environment(variables).isEmpty)
  }

  @Test("the environment's quote shows the variable")
  func quote() {
    let found = catalog.environmentSignals { $0 == "CLAUDECODE" ? [0x31] : nil }
    #expect(found.map(\.quote) == [Array("CLAUDECODE=1".utf8)])
    #expect(found.map(\.grade) == [.suspected])
  }
}
