internal import Documents
internal import Lockfiles
internal import Primitives

extension DependencyDiff {
  /// The lines that the findings are about, counted from 1: of the new side where there is one. The lines of
  /// a file are counted once, however many findings it has.
  package var linesOfFindings: [Int] {
    var numbers: [Int: (old: LineNumbers, new: LineNumbers)] = [:]
    return findings.map { finding in
      let file = files[finding.file]
      let known =
        numbers[finding.file] ?? (LineNumbers(file.old.bytes), LineNumbers(file.new.bytes))
      numbers[finding.file] = known
      let (isOld, offset) = place(of: finding)
      return (isOld ? known.old : known.new).line(of: offset)
    }
  }

  /// The side and the byte that a finding is about.
  private func place(of finding: DependencyFinding) -> (isOld: Bool, offset: Int) {
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
    return (isOld, offset)
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
