internal import Gate
internal import ArgumentParser
internal import Report

/// `hookkit help`: how a command is used, and the pages that belong to no command.
struct HelpCommand: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "How a command is used, or a page on a topic.")

  @Argument(
    help: ArgumentHelp("A command's name, or a topic.", valueName: "word"),
    completion: .list(HelpTopic.allCases.map(\.rawValue)))
  var words: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write the manual's pages and the completions below a folder.", valueName: "dir",
      visibility: .hidden))
  var generate: String?

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    if let generate { return try GeneratedFiles.write(below: generate) }
    context.terminal.write(Array(try page(width: context.terminal.helpColumns).utf8))
  }

  private func page(width: Int) throws(CommandError) -> String {
    guard let first = words.first else {
      return Self.ended(Hookkit.helpMessage(columns: width)) + Self.topics(width: width)
    }
    // A word may be both: `policy` is a group of commands and a page on the file.
    let command = Self.command(words)
    let topic = words.count == 1 ? HelpTopic(rawValue: first) : nil
    guard command != nil || topic != nil else { throw unknown() }
    return [
      command.map { Self.ended(Hookkit.helpMessage(for: $0, columns: width)) },
      topic?.text(width: width),
    ]
    .compactMap { $0 }.joined(separator: "\n")
  }

  private static func ended(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }

  /// The list of topics, for the end of the first page.
  private static func topics(width: Int) -> String {
    let column = (HelpTopic.allCases.map(\.rawValue.utf8.count).max() ?? 0) + 2
    let lines = HelpTopic.allCases.map { topic in
      let gap = String(repeating: " ", count: column - topic.rawValue.utf8.count)
      return Ascii.wrap(
        "  \(topic.rawValue)\(gap)\(topic.title)", to: width, hanging: column + 2)
    }
    return "\nTOPICS (hookkit help TOPIC):\n" + lines.joined().map { $0 + "\n" }.joined()
  }

  private static func command(_ words: [String]) -> (any ParsableCommand.Type)? {
    var command: any ParsableCommand.Type = Hookkit.self
    for word in words {
      let next = command.configuration.subcommands.first { $0.configuration.commandName == word }
      guard let next else { return nil }
      command = next
    }
    return command
  }

  private func unknown() -> CommandError {
    let known =
      Hookkit.configuration.subcommands.compactMap { $0.configuration.commandName }
      + HelpTopic.allCases.map(\.rawValue)
    let word = words.first ?? ""
    var hints: [Hint] = []
    if let nearest = CommandWords.nearest(to: word, in: known) {
      hints.append(.init("did you mean", "hookkit", "help", nearest))
    }
    hints.append(.init("all commands and topics", "hookkit", "help"))
    return CommandError(
      .usage, "there is no help on \(words.joined(separator: " ").quoted)", hints: hints)
  }
}
