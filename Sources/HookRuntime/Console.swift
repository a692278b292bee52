internal import Gate
internal import Platform
internal import Primitives

/// The one place of the hooks that prints. git shows what a server hook writes to standard error as
/// `remote:` lines; nothing else is ever written there.
enum Console {
  static func say(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    let text = lines.joined(separator: "\n") + "\n"
    // The connection may be gone; the verdict stands in the exit code all the same.
    try? FileBytes.write(text.utf8, to: 2, named: "standard error")
  }

  /// Says why a push is refused, in the form in which the host passes it on.
  static func refuse(_ lines: [String], on host: HostProfile?) {
    say(marked(lines, for: host))
  }

  /// The lines as the host shows them.
  static func marked(_ lines: [String], for host: HostProfile?) -> [String] {
    guard let mark = host?.refusalMark, let first = lines.first else { return lines }
    return [mark + first] + lines.dropFirst()
  }

  static func write(_ bytes: [UInt8]) throws(SystemError) {
    try FileBytes.write(bytes, to: 1, named: "standard output")
  }
}
