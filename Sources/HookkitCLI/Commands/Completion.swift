internal import ArgumentParser

/// `hookkit completion`: a script that completes command lines.
struct CompletionCommand: HookkitCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print a script that completes hookkit's command lines.",
    discussion: """
      bash: hookkit completion bash > ~/.local/share/bash-completion/completions/hookkit
      zsh: hookkit completion zsh > a folder of $fpath, as _hookkit
      fish: hookkit completion fish > ~/.config/fish/completions/hookkit.fish
      """)

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish
  }

  @Argument(help: ArgumentHelp("bash, zsh or fish.", valueName: "shell"))
  var shell: Shell

  @OptionGroup var global: GlobalOptions

  func run(in context: CommandContext) throws {
    let script: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    context.terminal.print(Hookkit.completionScript(for: script))
  }
}
