internal import Gate
package import Primitives

/// All references of a server at one moment, as `git ls-remote --symref` lists them.
package struct RemoteReferences: ReferenceReading {
  private var values: [RefName: ObjectID] = [:]
  private var headBranch: RefName?

  /// - Parameter listing: `<id> TAB <name>` lines, and `ref: <target> TAB HEAD`.
  init(listing: [UInt8]) {
    for line in LocalRepository.lines(listing) {
      guard let tab = line.firstIndex(of: 0x09) else { continue }
      let name = RefName(Array(line[(tab + 1)...]))
      if line.starts(with: "ref: ".utf8) {
        if name == RefName("HEAD") { headBranch = RefName(Array(line[5..<tab])) }
      } else if let id = ObjectID(hex: line[..<tab]), name.isWellFormed {
        // `name^{}`, what a tag leads to, is no well-formed name.
        values[name] = id
      }
    }
  }

  package func resolve(_ name: RefName) -> ObjectID? { values[name] }

  /// The branch that the server's `HEAD` names.
  package func head() -> RefName? { headBranch }

  package func list(prefix: [UInt8]) -> [(name: RefName, id: ObjectID)] {
    values.filter { $0.key.bytes.starts(with: prefix) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }
}
