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

  /// What is written beside the facts of each entry: the day it was looked up, and where.
  private func entries() throws -> [[String: Any]] {
    let json = try JSONSerialization.jsonObject(with: Data(Self.templateBytes()))
    return try #require((json as? [String: Any])?["entries"] as? [[String: Any]])
  }

  @Test("every entry is dated and says where its facts are from")
  func sourced() throws {
    var agents = 0
    for entry in try entries() {
      let id = entry["id"] as? String ?? ""
      let sources = entry["sources"] as? [String] ?? []
      #expect(!sources.isEmpty && sources.allSatisfy { !$0.isEmpty }, "\(id)")
      let day = entry["looked-up"] as? String ?? ""
      #expect(day >= "2026-11-22" && day <= SignalCatalog.builtIn.date, "\(id)")
      #expect(["high", "medium", "low"].contains(entry["confidence"] as? String), "\(id)")
      if entry["class"] as? String == "agent" { agents += 1 }
    }
    #expect(agents >= 60)
  }

  @Test("the page on signals says what the template says")
  func document() throws {
    let text = SignalsDocument.text(
      date: SignalCatalog.builtIn.date, entries: try entries())
    let file = Self.root.appendingPathComponent("Documentation/Signals.md")
    if ProcessInfo.processInfo.environment["HOOKKIT_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
      return
    }
    let isSame = (try? Data(contentsOf: file)) == Data(text.utf8)
    #expect(isSame, "record with HOOKKIT_RECORD=1")
  }

  @Test("the word that the client writes for any agent is read as that agent's declaration")
  func ownWords() throws {
    let index = SignalCatalog.builtIn.index
    for entry in index.entries where entry.category == .agent {
      let id = index.string(entry.id)
      let name = index.string(entry.name)
      for line in ["Assisted-by: \(name)", "assisted by \(name)", "Assisted-by: \(name):x-1 [y]"] {
        let read = try LineCase.read("t\n\n\(line)\n".utf8)
        #expect(read.contains("\(id).trailer declared"), "\(line): \(read)")
      }
    }
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
    #expect(SignalCatalog.builtIn.date == "2026-11-30")
  }
}
