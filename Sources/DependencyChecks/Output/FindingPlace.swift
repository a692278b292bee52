internal import Documents
internal import Lockfiles
internal import Primitives

extension DependencyDiff {
  /// The line that a finding is about, counted from 1: of the new side where there is one.
  package func line(of finding: DependencyFinding) -> Int {
    let file = files[finding.file]
    var (isOld, offset) = (file.new.isAbsent, 0)
    switch finding.subject {
    case .file: offset = (isOld ? file.old : file.new).unread?.offset ?? 0
    case .change(let index):
      let change = file.changes[index]
      isOld = change.new == nil
      let inventory = (isOld ? file.old : file.new).inventory
      if let entry = (change.new ?? change.old).flatMap({ inventory?.entries[$0] }) {
        offset = inventory?.document.range(entry.node).lowerBound ?? 0
      }
    case .fact(let index):
      let fact = file.facts[index]
      isOld = fact.new == nil
      let document = (isOld ? file.old : file.new).inventory?.document
      if let node = fact.new ?? fact.old { offset = document?.range(node).lowerBound ?? 0 }
    case .bytes(let side, let range): (isOld, offset) = (side, range.lowerBound)
    }
    let bytes = (isOld ? file.old : file.new).bytes
    return bytes.prefix(offset).reduce(1) { $1 == 0x0a ? $0 + 1 : $0 }
  }

  /// What a finding is about, by a name that stays while other lines come and go: safe text.
  package func subject(of finding: DependencyFinding) -> String {
    let file = files[finding.file]
    switch finding.subject {
    case .file, .bytes: return ""
    case .change(let index):
      let change = file.changes[index]
      let inventory = (change.new == nil ? file.old : file.new).inventory
      guard let inventory, let place = change.new ?? change.old else { return "" }
      return Escaped.text(inventory.document.bytes(inventory.entries[place].locator), limit: 4096)
    case .fact(let index):
      return file.facts[index].path.map { Escaped.text($0, limit: 512) }.joined(separator: "/")
    }
  }
}
