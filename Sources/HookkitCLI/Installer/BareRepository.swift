internal import Gate
internal import Platform

extension Environment {
  /// The same for a git that is to open the folder which a person has named, where that is a bare
  /// repository: with `safe.bareRepository=explicit` git opens none that it has only come upon.
  ///
  /// The setting counts from a command's own configuration (git-config(1), "Protected configuration").
  /// `--git-dir` would open it as well, but takes the present folder for a work tree where the repository
  /// does not say that it is bare.
  func openingBare(_ path: String) -> Environment {
    guard RepositoryForest.isRepository(path), let number = Int(self["GIT_CONFIG_COUNT"] ?? "0"),
      number >= 0
    else { return self }
    var values: [String: [UInt8]] = [:]
    for (name, value) in all { values[name] = value }
    values["GIT_CONFIG_COUNT"] = Array("\(number + 1)".utf8)
    values["GIT_CONFIG_KEY_\(number)"] = Array("safe.bareRepository".utf8)
    values["GIT_CONFIG_VALUE_\(number)"] = Array("all".utf8)
    return Environment(bytes: values)
  }
}

extension Hint {
  /// A command of git's in a repository, whichever way `safe.bareRepository` stands.
  init(_ label: String, git site: InstallSite, _ arguments: String...) {
    let place = site.isBare ? ["--git-dir=\(site.gitDirectory)"] : ["-C", site.directory]
    self.init(label, ["git"] + place + arguments)
  }
}

extension GitConfiguration.Entry {
  /// What takes it away; from another source than a file, what tells which it is.
  var unset: Hint {
    guard source.hasPrefix("/") else {
      return Hint(
        "it stands in no file: see GIT_CONFIG_COUNT and GIT_CONFIG_PARAMETERS", "git", "config",
        "--show-origin", "--get-all", key)
    }
    return Hint("unset it", "git", "config", "--file", source, "--unset", key)
  }

  /// Whether a value of `core.sharedRepository` lets others write (git-config(1)).
  var sharesWriting: Bool {
    if ["umask", "false", "0", "no", "off", ""].contains(value.lowercased()) { return false }
    guard value.hasPrefix("0"), let mode = Int(value, radix: 8) else { return true }
    return mode & 0o022 != 0
  }
}
