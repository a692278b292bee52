internal import ArgumentParser
internal import Platform
internal import Report

/// What is installed beside the executables and made by them: the manual and the completions.
enum GeneratedFiles {
  /// Every page of the manual.
  static func pages() throws -> [ManualPage] {
    try CommandManual().pages + HooksManual.pages + [ShellManual.page]
      + TopicManual.pages(version: Version.text)
  }

  /// Writes `man/` and `completions/` below a folder.
  static func write(below folder: String) throws {
    for page in try pages() {
      try put(page.text, "\(folder)/man", page.fileName)
    }
    for (shell, name) in [
      (CompletionShell.bash, "hookkit.bash"), (.zsh, "_hookkit"), (.fish, "hookkit.fish"),
    ] {
      var script = Hookkit.completionScript(for: shell)[...]
      // A script that is only ever read by a running shell names no program to run it.
      if script.hasPrefix("#!") { script = script.drop { $0 != "\n" }.dropFirst() }
      try put(script + "\n", "\(folder)/completions", name)
    }
  }

  private static func put(
    _ text: String, _ folder: String, _ name: String
  ) throws(SystemError) {
    try FileBytes.makeFolder(folder)
    try FileBytes.replace("\(folder)/\(name)", with: Array(text.utf8))
  }
}
