extension Sandbox {
  /// Runs a command whose both outputs are a terminal of some width, by script(1), and which can ask nobody.
  ///
  /// - Returns: what it wrote, both streams in one, without the terminal's returns and the lines of progress.
  package func runOnTerminal(
    _ arguments: [String], columns: Int, in directory: String? = nil, env: [String: String] = [:]
  ) throws -> Outcome {
    let words = arguments.map { "'\($0.replacing("'", with: "'\\''"))'" }.joined(separator: " ")
    let command = "stty cols \(columns) rows 50 <&1; exec \(words) </dev/null"
    let shown = try run(
      ["script", "--quiet", "--return", "--command", command, "/dev/null"], in: directory, env: env)
    let text = shown.output.replacing("\r\n", with: "\n")
      .replacing(/\r\u{1b}\[K[^\n\r]*(?=\r)/, with: "").replacing("\r\u{1b}[K", with: "")
    return Outcome(
      arguments: arguments, exit: shown.exit, signal: shown.signal, timedOut: shown.timedOut,
      stdout: Array(text.utf8), stderr: shown.stderr)
  }
}
