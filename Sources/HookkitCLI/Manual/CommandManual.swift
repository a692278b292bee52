internal import Platform
internal import Report

/// The manual's pages on commands: one of `hookkit` itself, and one of each command with the words
/// below it.
struct CommandManual {
  private let root: CommandSummary

  init() throws {
    root = try .all()
  }

  var pages: [ManualPage] { [overview] + root.subcommands.map(page) }

  // MARK: hookkit(1)

  private var overview: ManualPage {
    var page = ManualPage("hookkit", section: 1, title: Self.title(root), version: Version.text)
    page.section("SYNOPSIS")
    page.synopsis(
      marked: "\(ManualPage.bold("hookkit")) [\(ManualPage.variable("options"))] "
        + "\(ManualPage.variable("command")) [\(ManualPage.variable("arguments"))]")
    page.section("DESCRIPTION")
    page.prose(
      """
      hookkit's hooks keep work that an agent wrote from reaching a protected branch of a git server \
      until a person has reviewed exactly that content and signed the review. `hookkit install` puts \
      the hooks into a repository, `hookkit policy` says what they guard, and `hookkit review` signs.

      `hookkit demo` plays the whole story on this machine.
      """)
    page.section("COMMANDS")
    for command in root.subcommands {
      page.definition(
        marked: ManualPage.bold("\(Self.name(command))") + "(1)", command.abstract)
    }
    page.section("OPTIONS")
    page.prose("They may stand before a command's name and behind it.")
    for argument in root.arguments { Self.describe(argument, in: &page) }
    page.section("EXIT STATUS")
    page.blocks(Array(HelpTopic.exitCodes.blocks.dropFirst()))
    page.section("ENVIRONMENT")
    page.blocks(Array(HelpTopic.environment.blocks.dropFirst()))
    page.seeAlso(
      root.subcommands.map { (Self.name($0), 1) } + [
        ("git", 1), ("githooks", 5), ("hookkit-codes", 7), ("hookkit-hook", 1),
        ("hookkit-hosts", 7), ("hookkit-policy", 5), ("ssh-keygen", 1),
      ])
    return page
  }

  // MARK: One command

  private func page(_ command: CommandSummary) -> ManualPage {
    var page = ManualPage(
      Self.name(command), section: 1, title: Self.title(command), version: Version.text)
    let leaves = command.subcommands
    page.section("SYNOPSIS")
    for leaf in leaves.isEmpty ? [command] : leaves {
      page.synopsis(marked: Self.synopsis(leaf, without: root.arguments))
    }
    page.section("DESCRIPTION")
    page.prose(command.abstract)
    page.prose(command.discussion)
    describeArguments(of: command, in: &page)
    if !leaves.isEmpty { page.section("COMMANDS") }
    for leaf in leaves {
      page.subsection(leaf.words.joined(separator: " "))
      page.prose(leaf.abstract)
      page.prose(leaf.discussion)
      describeArguments(of: leaf, in: &page)
    }
    describeExamples(of: command, in: &page)
    page.section("OPTIONS OF EVERY COMMAND")
    page.prose(
      root.arguments.filter { $0.kind != .positional }
        .map { "`\($0.names.joined(separator: "`, `"))`" }.joined(separator: ", ")
        + ": hookkit(1) says what they do.")
    page.seeAlso([("hookkit", 1), ("hookkit-codes", 7), ("hookkit-policy", 5)])
    return page
  }

  private func describeExamples(of command: CommandSummary, in page: inout ManualPage) {
    let examples = CommandExamples.of(command.words.last ?? "")
    guard !examples.isEmpty else { return }
    page.section("EXAMPLES")
    for example in examples {
      page.definition(
        marked: ManualPage.bold(example.words.joined(separator: " ")), example.meaning)
    }
  }

  private func describeArguments(of command: CommandSummary, in page: inout ManualPage) {
    for argument in command.arguments where !root.arguments.contains(argument) {
      Self.describe(argument, in: &page)
    }
  }

  private static func describe(
    _ argument: CommandSummary.Argument, in page: inout ManualPage
  ) {
    let value = ManualPage.variable("<\(argument.value)>")
    let names = argument.names.map(ManualPage.bold).joined(separator: ", ")
    let word =
      switch argument.kind {
      case .positional: value
      case .option: "\(names) \(value)"
      case .flag: names
      }
    var notes: [String] = []
    if !argument.values.isEmpty {
      notes.append("one of \(argument.values.joined(separator: ", "))")
    }
    if let other = argument.byDefault { notes.append("else \(other)") }
    let note = notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
    page.definition(marked: word, argument.abstract + note)
  }

  private static func synopsis(
    _ command: CommandSummary, without common: [CommandSummary.Argument]
  ) -> String {
    let arguments = command.arguments.filter { !common.contains($0) }
    let options = arguments.filter { $0.kind != .positional }
    let positional = arguments.filter { $0.kind == .positional }
    var parts = [ManualPage.bold(command.words.joined(separator: " "))]
    for argument in options + positional {
      let value = ManualPage.variable("<\(argument.value)>")
      let names = argument.names.map(ManualPage.bold).joined(separator: " | ")
      let text =
        switch argument.kind {
        case .positional: value
        case .option: "\(names) \(value)"
        case .flag: names
        }
      let dots = argument.isRepeating ? "..." : ""
      parts.append((argument.isOptional ? "[\(text)]" : text) + dots)
    }
    return parts.joined(separator: " ")
  }

  // MARK: Names

  /// `hookkit-review`.
  private static func name(_ command: CommandSummary) -> String {
    command.words.joined(separator: "-")
  }

  /// The abstract as a title: without its full stop, and small where it begins with a plain word.
  private static func title(_ command: CommandSummary) -> String {
    var text = command.abstract
    if text.last == "." { text.removeLast() }
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
