import DependencyChecks
import Documents
import Lockfiles
import Testing

/// A small file of a format, with every key that the format calls neutral: what the generator changes.
struct FormatSample: Sendable, CustomTestStringConvertible {
  let format: String
  let path: String
  let text: String

  init(_ format: String, _ path: String, _ text: String) {
    self.format = format
    self.path = path
    self.text = text
  }

  var testDescription: String { format }

  /// One for every format of the registry, as a test makes sure: those below, and for the other locks
  /// what the attacks are made on.
  static let all: [FormatSample] = {
    let own = locks + manifests + settings + tools + programs + languages
    let known = Set(own.map(\.format))
    var rest: [String: FormatSample] = [:]
    for lock in MutatedLock.all {
      guard let match = Catalog.match(Array(lock.path.utf8)),
        let format = match.format(of: Array(lock.old.utf8))?.name, !known.contains(format)
      else { continue }
      rest[format] = rest[format] ?? FormatSample(format, lock.path, lock.old)
    }
    return own + rest.values.sorted { $0.format < $1.format }
  }()
}
