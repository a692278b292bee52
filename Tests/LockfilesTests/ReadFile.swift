import Lockfiles
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
  var tree: String { Self.tree(inventory.document) }

  static func tree(_ document: Document, _ node: NodeID = .root) -> String {
    func string(_ text: Text) -> String {
      String(decoding: document.bytes(text), as: UTF8.self)
    }
    switch document.kind(node) {
    case .object:
      let members = document.children(node).map {
        "\(string(document.key($0))): \(tree(document, $0))"
      }
      return "{\(members.joined(separator: ", "))}"
    case .array:
      return "[\(document.children(node).map { tree(document, $0) }.joined(separator: ", "))]"
    case .string: return "\"\(string(document.text(node)))\""
    case .bare: return string(document.text(node))
    }
  }
}

/// Why a text of a syntax is not read; `nil` when it is.
func refusal(_ syntax: Syntax, _ text: String) -> Unread.Reason? {
  do throws(Unread) {
    _ = try syntax.read(Array(text.utf8), limits: ReadingLimits())
    return nil
  } catch { return error.reason }
}

/// Why a text of a format is not read; `nil` when it is.
func refusal(format: String, _ text: String) throws -> Unread.Reason? {
  let format = try #require(FormatRegistry.format(named: format))
  do throws(Unread) {
    _ = try format.inventory(of: Array(text.utf8))
    return nil
  } catch { return error.reason }
}

/// The tree of a text of a syntax.
func tree(_ syntax: Syntax, _ text: String) throws -> String {
  ReadFile.tree(try syntax.read(Array(text.utf8), limits: ReadingLimits()))
}
