internal import ArgumentParser
internal import Documents
internal import Lockfiles
internal import Primitives
internal import Report

/// `hookkit deps list`: what a dependency file holds.
struct DepsList: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what dependency files hold.",
    discussion: """
      A file is read by its name, also outside of a repository. A commit stands for all its files \
      that hookkit reads, COMMIT:PATH for one of them; without a word, HEAD.
      """)

  @Argument(help: ArgumentHelp("What to read.", valueName: "file|commit[:path]"))
  var subject: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let files = try DependencySource(in: context).files(of: subject)
    guard context.global.format == .human else {
      return context.terminal.write(InventoryJSON.value(files).pretty)
    }
    for (number, file) in files.enumerated() {
      if number > 0 { context.terminal.print() }
      Self.show(file, on: context.terminal)
    }
    if files.isEmpty { context.terminal.note("no file here that hookkit reads") }
  }

  private static func show(_ file: InventoryJSON.File, on terminal: Terminal) {
    let path = terminal.styled(Escaped.text(file.path, limit: 200), .strong)
    guard let inventory = file.reading.inventory else {
      let why =
        file.reading.unread.map { "\($0.reason.rawValue) (byte \($0.offset))" }
        ?? "no reader for files of this name"
      return terminal.print("\(path)   opaque: \(why)")
    }
    let version = Escaped.text(inventory.document.bytes(inventory.formatVersion), limit: 20)
    let count = inventory.entries.count
    terminal.print(
      "\(path)   \(file.format?.name ?? "")" + (version.isEmpty ? "" : " \(version)")
        + ", \(count) \(count == 1 ? "entry" : "entries")")
    var table = Table()
    for entry in inventory.entries {
      func text(_ text: Text, _ limit: Int) -> String {
        Escaped.text(inventory.document.bytes(text), limit: limit)
      }
      let integrity = inventory.integrity(of: entry)
      let digest = integrity.first.map { Escaped.text($0, limit: 20) } ?? "-"
      table.add(
        "  " + text(entry.name, 60),
        text(entry.version.isEmpty ? entry.revision : entry.version, 30),
        entry.scope.rawValue, entry.runsCode == .yes ? "runs code" : "",
        digest + (integrity.count > 1 ? " +\(integrity.count - 1)" : ""),
        entry.source.isEmpty ? entry.sourceKind.rawValue : text(entry.source, 100))
    }
    terminal.write(table)
  }
}
