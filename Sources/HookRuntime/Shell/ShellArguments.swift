internal import Platform

/// How a forced command calls `hookkit-shell`: `--root DIR [--key FINGERPRINT] PRINCIPAL`.
struct ShellArguments: Equatable {
  let root: String
  /// The fingerprint of the key that sshd has found, as `hookkit authorized-keys` writes it.
  let key: String?
  /// Such as `agents.codex`.
  let principal: String

  static let usage = "hookkit-shell --root DIR [--key FINGERPRINT] PRINCIPAL"

  /// `nil` when they are not as they must be.
  init?(_ arguments: some Sequence<String>) {
    var rest = Array(arguments)[...]
    var values: [String: String] = [:]
    while let option = rest.first, ["--root", "--key"].contains(option) {
      guard rest.count >= 2, values[option] == nil else { return nil }
      values[option] = rest.dropFirst().first
      rest = rest.dropFirst(2)
    }
    guard rest.count == 1, let principal = rest.first, !principal.hasPrefix("-"),
      ["people.", "agents.", "services."].contains(where: principal.hasPrefix),
      let root = values["--root"], root.hasPrefix("/")
    else { return nil }
    self.root = root
    key = values["--key"]
    self.principal = principal
  }
}
