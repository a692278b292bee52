import Documents
import Lockfiles
import TestSupport
import Testing

/// A dependency file that was read, with its texts as strings: what the tests of formats compare.
struct ReadFile {
  let inventory: Inventory

  init(_ format: String, _ text: String) throws {
    inventory = try #require(FormatRegistry.format(named: format))
      .inventory(of: Array(text.utf8))
  }

  func string(_ text: Text) -> String {
    String(decoding: inventory.document.bytes(text), as: UTF8.self)
  }

  /// Every entry in one line: `locator: name version kind source #revision [digests] flags`.
  var entries: [String] {
    inventory.entries.map { entry in
      var line = "\(string(entry.locator)): \(string(entry.name)) \(string(entry.version))"
      line += " \(entry.sourceKind)"
      if !entry.source.isEmpty { line += " \(string(entry.source))" }
      if !entry.revision.isEmpty { line += " #\(string(entry.revision))" }
      let digests = inventory.integrity(of: entry).map { String(decoding: $0, as: UTF8.self) }
      if !digests.isEmpty { line += " \(digests)" }
      if !entry.alias.isEmpty { line += " as \(string(entry.alias))" }
      if entry.scope != .runtime { line += " \(entry.scope)" }
      if entry.runsCode != .unknown { line += " code:\(entry.runsCode)" }
      if entry.isDirect { line += " direct" }
      return line
    }
  }

  /// Every requirement in one line: `name specification`.
  var requirements: [String] {
    inventory.requirements.map { wanted in
      var line = "\(string(wanted.name)) \(string(wanted.specification))"
      if wanted.scope != .runtime { line += " \(wanted.scope)" }
      if !wanted.member.isEmpty { line += " in \(string(wanted.member))" }
      return line
    }
  }

  /// The document as one line: `{key: "string", key: [bare]}`.
  var tree: String { TestSupport.tree(inventory.document) }
}

/// Why a text of a format is not read; `nil` when it is.
func refusal(format: String, _ text: String) throws -> Unread.Reason? {
  let format = try #require(FormatRegistry.format(named: format))
  do throws(Unread) {
    _ = try format.inventory(of: Array(text.utf8))
    return nil
  } catch { return error.reason }
}
