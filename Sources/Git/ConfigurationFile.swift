internal import CGit2

/// One file of git's configuration, written through libgit2, which locks it as git does.
package enum ConfigurationFile {
  /// Sets a key.
  ///
  /// - Parameter isAdded: whether the value stands beside those that the key has; else it takes the
  ///   place of the one that is there.
  package static func set(
    _ key: String, to value: String, in path: String, isAdded: Bool
  ) throws(GitError) {
    try Git.start()
    var config: OpaquePointer?
    guard git_config_open_ondisk(&config, path) == 0, let config else {
      throw .last("opening \(path)")
    }
    defer { git_config_free(config) }
    // No value matches `$^`, so that one is added; every value matches the empty pattern.
    guard git_config_set_multivar(config, key, isAdded ? "$^" : "", value) == 0 else {
      throw .last("setting \(key)")
    }
  }
}
