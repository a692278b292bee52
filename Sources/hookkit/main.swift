import HookkitCLI

Hookkit.start(Array(CommandLine.arguments.dropFirst()))
