/// Which hookkit this is.
package enum Version {
  /// The number of the release, as `hookkit --version` shows it.
  package static let text = "0.1.0"
}
