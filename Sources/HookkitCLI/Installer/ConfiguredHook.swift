/// A client's hook in git's configuration instead of a hooks folder (git-hook(1), from git 2.54 on).
///
/// git runs it besides whatever stands in the folder, so that nothing is chained, no hook manager can take
/// its place, and `core.hooksPath` does not matter. Like a shim it fails closed.
struct ConfiguredHook: Hashable, Sendable {
  let hook: Shim.Hook

  private static let prefix = "hook.hookkit-"

  /// What names it in git's configuration.
  var commandKey: String { "\(Self.prefix)\(hook.rawValue).command" }
  var eventKey: String { "\(Self.prefix)\(hook.rawValue).event" }

  init(_ hook: Shim.Hook) { self.hook = hook }

  /// The hook that a key is about.
  private init?(key: String) {
    guard key.hasPrefix(Self.prefix), let dot = key.lastIndex(of: "."),
      let hook = Shim.Hook(rawValue: String(key[..<dot].dropFirst(Self.prefix.count)))
    else { return nil }
    self.init(hook)
  }

  /// Those that an installation has set.
  static func installed(by manifest: InstallManifest?) -> [ConfiguredHook] {
    let settings = manifest?.settings ?? []
    return Shim.Hook.allCases.map(ConfiguredHook.init).filter { hook in
      settings.contains { $0.key == hook.commandKey }
    }
  }

  /// The settings of it among those of an installation.
  func settings(in manifest: InstallManifest) -> [InstallManifest.Setting] {
    manifest.settings.filter { Self(key: $0.key) == self }
  }

  /// What must be set so that it runs.
  ///
  /// git gives the command to a shell and puts the hook's arguments behind it.
  func settings(running executable: String) -> [ServerSetting] {
    let name = hook.rawValue
    let path = Shim.quoted(executable)
    let command =
      "[ -x \(path) ] || { echo 'error: \(Shim.executableGone) \(name): hookkit is gone from here, "
      + "nothing passes' >&2; echo 'hint: hookkit install --client' >&2; exit 1; }; \(path)"
    return [
      ServerSetting(
        key: commandKey, value: command, manner: .replacing, why: "git does not run \(name)",
        told: executable),
      ServerSetting(
        key: eventKey, value: name, manner: .replacing, why: "git does not run it at \(name)"),
    ]
  }

  // MARK: Whether it runs

  /// Why git does not run it; `nil` where it does.
  ///
  /// - Parameter command: what was set.
  func obstacle(to command: String, in configuration: GitConfiguration) -> String? {
    guard let entry = configuration.last(commandKey) else { return "\(commandKey) is not set" }
    guard entry.value == command else {
      return "\(commandKey) (\(entry.place)) is not as hookkit set it"
    }
    // An empty event takes back those before it.
    let events = configuration.all(eventKey).map(\.value)
    guard events.split(separator: "").last?.contains(hook.rawValue) == true, events.last != ""
    else {
      return "\(eventKey) does not name \(hook.rawValue)"
    }
    return nil
  }

  /// The executable that a command hands over to; `nil` for a command that hookkit did not write.
  func executable(of command: String) -> String? {
    guard command.hasPrefix("[ -x "),
      let path = Shim.unquoted(command.dropFirst("[ -x ".count)),
      settings(running: path).first?.value == command
    else { return nil }
    return path
  }
}
