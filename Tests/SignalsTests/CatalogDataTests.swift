import Foundation
import Testing

@testable import Signals

/// `templates/agent-signals.json` is what people read and change; `CatalogData.swift` is what runs.
@Suite struct CatalogDataTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let template = root.appendingPathComponent("templates/agent-signals.json")

  static func templateBytes() throws -> [UInt8] { Array(try Data(contentsOf: template)) }

  @Test("the compiled catalog is the template, fact for fact")
  func sameAsTemplate() throws {
    let catalog = try SignalCatalog(reading: Self.templateBytes())
    let expected = CatalogSource.swift(catalog)
    let file = Self.root.appendingPathComponent("Sources/Signals/CatalogData.swift")
    let actual = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    if actual != expected, ProcessInfo.processInfo.environment["HOOKKIT_RECORD"] == "1" {
      try Data(expected.utf8).write(to: file)
      Issue.record("CatalogData.swift was recorded anew; build and run again")
    }
    let isSame = actual == expected
    #expect(isSame, "record with HOOKKIT_RECORD=1")
    let runs = SignalCatalog.builtIn.compact == catalog.compact
    #expect(runs, "what was compiled in is not what the file says: build again")
    #expect(!catalog.filters.starts.outsideASCII, "the compiled filters cannot say so")
  }

  @Test("every agent of the survey is there, and every class")
  func complete() {
    let ids = Set(SignalCatalog.builtIn.ids)
    for id in [
      "claude-code", "codex", "copilot", "cursor", "devin", "jules", "gemini-cli", "aider",
      "openhands", "warp", "amp", "crush", "roo-code", "cline", "junie", "droid", "opencode",
      "qwen-code", "goose", "kilo-code", "kiro", "replit", "lovable", "ona", "sweep", "entire",
      "gas-town", "claude-flow", "oh-my-codex", "windsurf", "zed", "augment", "amazon-q",
      "continue", "pi", "trae", "iflow", "grok", "codebuff", "v0", "git-ai", "copilot-review",
      "copilot-autofix", "gemini-code-assist", "coderabbit", "greptile", "ellipsis", "renovate",
      "dependabot", "github-actions", "mintlify", "charm", "gemini-cli-robot",
    ] {
      #expect(ids.contains(id), "\(id)")
    }
    #expect(SignalCatalog.builtIn.date == "2026-11-22")
  }
}
