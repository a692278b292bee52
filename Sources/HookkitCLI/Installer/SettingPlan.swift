/// The steps that bring git's configuration to what is needed, and back.
enum SettingPlan {
  /// - Parameters:
  ///   - configuration: what a server of the repository reads now.
  ///   - manifest: learns every key that is set, with the values that go for it.
  static func installation(
    of settings: [ServerSetting], at site: InstallSite, _ configuration: GitConfiguration,
    recording manifest: inout InstallManifest
  ) -> [InstallStep] {
    let file = "\(site.gitDirectory)/config"
    var steps: [InstallStep] = []
    for setting in settings where !isSet(setting, configuration, file) {
      let present: [String]
      switch setting.manner {
      case .adding:
        present = []
      case .replacing, .secret:
        present = configuration.all(setting.listedKey).filter { $0.source == file }.map(\.value)
      }
      let known = manifest.settings.first { $0.key == setting.key }
      // What hookkit itself had set is not put back.
      let replaced = present.filter { $0 != known?.value }
      manifest.settings.removeAll { $0.key == setting.key }
      manifest.settings.append(
        InstallManifest.Setting(
          key: setting.key, value: setting.value,
          // What stood there before hookkit did; a value that somebody set meanwhile as well.
          replaced: known.map { $0.replaced.isEmpty ? replaced : $0.replaced } ?? replaced))
      steps.append(
        InstallStep(
          action: action(for: setting, present, file),
          subject: setting.manner == .secret
            ? "\(setting.key) (random)"
            : "\(setting.key) = \(shown(setting.told ?? setting.value))"))
    }
    return steps
  }

  /// git is started only where it must be: several values that go for one libgit2 would change one by one.
  private static func action(
    for setting: ServerSetting, _ present: [String], _ file: String
  ) -> InstallStep.Action {
    // libgit2 writes no backslash in such a way that it can be read back.
    guard present.count > 1 || setting.value.contains("\\") else {
      return .set(
        key: setting.key, value: setting.value, in: file, isAdded: setting.manner == .adding)
    }
    let arguments = ["--file", file, "--replace-all", setting.key, setting.value]
    return .configure(key: setting.key, arguments: [arguments], .set)
  }

  /// Whether nothing need be done: for a value that counts alone, the repository's own file must say
  /// so, because those above it are not the repository's to keep.
  private static func isSet(
    _ setting: ServerSetting, _ configuration: GitConfiguration, _ file: String
  ) -> Bool {
    switch setting.manner {
    case .adding, .secret: setting.holds(in: configuration)
    case .replacing:
      setting.holds(in: configuration)
        && configuration.last(setting.listedKey).map { $0.source == file } == true
    }
  }

  /// The steps that take back what still stands as hookkit set it.
  ///
  /// - Returns: also the keys that somebody has changed since, which stay.
  static func removal(
    of settings: [InstallManifest.Setting], at site: InstallSite
  ) throws -> (steps: [InstallStep], changed: [String]) {
    let configuration = try site.configuration(.server)
    let file = "\(site.gitDirectory)/config"
    var steps: [InstallStep] = []
    var changed: [String] = []
    for setting in settings {
      let present = configuration.all(ServerSetting.listed(setting.key)).filter {
        $0.source == file
      }
      let isAdded = ServerSetting.isAdded(setting.key)
      let isOurs =
        isAdded
        ? present.contains { $0.value == setting.value }
        : present.map(\.value) == [setting.value]
      guard isOurs else {
        if !present.isEmpty { changed.append(setting.key) }
        continue
      }
      var commands = [
        ["--file", file, "--unset-all", setting.key, "^\(escaped(setting.value))$"]
      ]
      commands += setting.replaced.map { ["--file", file, "--add", setting.key, $0] }
      steps.append(
        InstallStep(
          action: .configure(
            key: setting.key, arguments: commands, setting.replaced.isEmpty ? .unset : .restored),
          subject: setting.replaced.isEmpty
            ? setting.key
            : "\(setting.key) = \(shown(setting.replaced.joined(separator: ", ")))"))
    }
    return (steps, changed)
  }

  /// A value as it stands for itself in git's value pattern, an extended regular expression.
  private static func escaped(_ value: String) -> String {
    value.map { $0.isLetter || $0.isNumber || "/:-".contains($0) ? "\($0)" : "[\($0)]" }.joined()
  }
}
