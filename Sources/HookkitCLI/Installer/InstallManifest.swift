internal import Report
internal import Platform
internal import Primitives

/// `$GIT_DIR/hookkit/installed`: what an installation wrote, so that its removal takes away just that.
package struct InstallManifest: Hashable, Sendable {
  package static let schema = "hookkit.installed/1"

  var hooks: [Hook]
  /// Keys of the repository's configuration in the order in which they were set.
  var settings: [Setting]

  /// One shim and where it stands, absolute.
  struct Hook: Hashable, Sendable {
    let hook: Shim.Hook
    let path: String
  }

  /// One key that was set: its value, and the values that had to go for it.
  struct Setting: Hashable, Sendable {
    let key: String
    let value: String
    /// Empty when the key was not set, or when the value was added beside others.
    let replaced: [String]
  }

  static func path(in gitDirectory: String) -> String { "\(gitDirectory)/hookkit/installed" }

  /// - Returns: `nil` when nothing is installed.
  static func read(from gitDirectory: String) throws -> InstallManifest? {
    let path = path(in: gitDirectory)
    let bytes = try FileBytes.readIfPresent(path, limit: 1 << 20, links: .refused)
    guard let bytes else { return nil }
    guard let json = try? JSON(reading: bytes), let manifest = InstallManifest(json) else {
      throw CommandError(.undecided, "\(shown(path)) is not what hookkit writes there")
    }
    return manifest
  }

  init(hooks: [Hook] = [], settings: [Setting] = []) {
    self.hooks = hooks
    self.settings = settings
  }

  private init?(_ json: JSON) {
    guard json["schema"]?.string == Self.schema,
      let names = json["hooks"]?.array, let items = json["settings"]?.array
    else { return nil }
    let hooks = names.compactMap { item -> Hook? in
      guard let hook = item["name"]?.string.flatMap(Shim.Hook.init),
        let path = item["path"]?.string, path.hasPrefix("/")
      else { return nil }
      return Hook(hook: hook, path: path)
    }
    let settings = items.compactMap { item -> Setting? in
      guard let key = item["key"]?.string, let value = item["value"]?.string,
        let replaced = item["replaced"]?.array
      else { return nil }
      return Setting(key: key, value: value, replaced: replaced.compactMap(\.string))
    }
    guard hooks.count == names.count, settings.count == items.count else { return nil }
    self.init(hooks: hooks, settings: settings)
  }

  var bytes: [UInt8] {
    let json: JSON = [
      "schema": .text(Self.schema),
      "hooks": .array(
        hooks.map { ["name": .text($0.hook.rawValue), "path": .text($0.path)] }),
      "settings": .array(
        settings.map { setting in
          [
            "key": .text(setting.key), "value": .text(setting.value),
            "replaced": .array(setting.replaced.map { .text($0) }),
          ]
        }),
    ]
    return json.pretty
  }
}
