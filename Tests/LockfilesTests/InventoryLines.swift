import Documents
import Lockfiles

/// An inventory as lines, so that a test compares all of it.
///
/// An entry is `locator: name version kind source #revision [digests] notes`, with what is
/// empty or ordinary left out; a requirement is `? member/name specification scope`.
func lines(_ inventory: Inventory) -> [String] {
  func string(_ text: Text) -> String {
    String(decoding: inventory.document.bytes(text), as: UTF8.self)
  }
  let entries = inventory.entries.map { entry in
    var words = [string(entry.locator) + ":", string(entry.name), string(entry.version)]
    words += [entry.sourceKind.rawValue, string(entry.source)]
    if !entry.revision.isEmpty { words.append("#" + string(entry.revision)) }
    let digests = inventory.integrity(of: entry).map { String(decoding: $0, as: UTF8.self) }
    if !digests.isEmpty { words.append("[" + digests.joined(separator: " ") + "]") }
    if !entry.alias.isEmpty { words.append("as " + string(entry.alias)) }
    if entry.scope != .runtime { words.append(entry.scope.rawValue) }
    if entry.runsCode != .unknown { words.append("runs:" + entry.runsCode.rawValue) }
    if entry.isDirect { words.append("direct") }
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }
  let requirements = inventory.requirements.map { requirement in
    var words = ["?", string(requirement.member) + "/" + string(requirement.name)]
    words.append(string(requirement.specification))
    if requirement.scope != .runtime { words.append(requirement.scope.rawValue) }
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }
  return entries + requirements
}

func read(_ format: String, _ text: String) throws -> Inventory {
  guard let format = FormatRegistry.format(named: format) else { throw Unread(.unsupported, at: 0) }
  return try format.inventory(of: Array(text.utf8))
}
