package import Git
package import Ledger
internal import Platform
package import Policy
package import Primitives

/// A clone, judged as the server would judge: with the policy and ledger that were fetched from it, and
/// the server's branches where the remote-tracking ones say they stand.
package struct CloneReferences: ReferenceReading {
  private let store: ReferenceStore
  private let remote: [UInt8]
  private let objects: ObjectStore?

  /// - Parameters:
  ///   - remote: the name of the remote, such as `origin`.
  ///   - objects: where the recorded policy lies, which says what HEAD named where the clone does not: one
  ///     of a repository that held nothing yet knows no `refs/remotes/origin/HEAD`.
  package init(_ store: ReferenceStore, remote: String, objects: ObjectStore?) {
    self.store = store
    self.remote = Array(remote.utf8)
    self.objects = objects
  }

  /// Where a clone keeps what a reference of the server was when it was last fetched.
  package func local(_ name: RefName) -> RefName {
    if name.isBranch {
      return RefName(
        Array("refs/remotes/".utf8) + remote + name.bytes.dropFirst("refs/heads".utf8.count))
    }
    if name.hasPrefix("refs/hookkit/") {
      return RefName(
        Array("refs/hookkit/remotes/".utf8) + remote
          + name.bytes.dropFirst("refs/hookkit".utf8.count))
    }
    return name
  }

  package func resolve(_ name: RefName) throws(GitError) -> ObjectID? {
    try store.resolve(local(name))
  }

  package func head() throws(GitError) -> RefName? {
    let prefix = Array("refs/remotes/".utf8) + remote + [0x2f]
    let target = try store.resolveSymbolic(RefName(prefix + Array("HEAD".utf8))).name
    guard target.bytes.starts(with: prefix), !target.bytes.ends(with: "/HEAD") else {
      return try recordedHead()
    }
    return RefName(Array("refs/heads/".utf8) + target.bytes.dropFirst(prefix.count))
  }

  /// The branch that HEAD named when the server last recorded its policy.
  private func recordedHead() throws(GitError) -> RefName? {
    guard let objects, case .branch(let name)? = try NewestRecord(in: self, objects)?.holder else {
      return nil
    }
    return name
  }

  package func list(prefix: [UInt8]) throws(GitError) -> [(name: RefName, id: ObjectID)] {
    let heads = Array("refs/heads/".utf8)
    guard prefix.starts(with: heads) else { return try store.list(prefix: prefix) }
    let own = local(RefName(prefix)).bytes
    let base = own.count - (prefix.count - heads.count)
    return try store.list(prefix: own).map { entry in
      (RefName(heads + entry.name.bytes.dropFirst(base)), entry.id)
    }
  }
}

/// What a clone knows of earlier pushes: nothing.
package struct NoMemory: PushMemory {
  package init() {}
  package var remembersChanges: Bool { false }
  package func arrival(of id: ObjectID) -> Arrival? { nil }
  package func firstBringer(of change: ChangeDigest) -> ChangeMemory.Bringer? { nil }
}

/// The layers of one commit of `refs/hookkit/policy`.
package func recordedLayers(
  at commit: ObjectID, objects: ObjectStore
) throws(GitError) -> [PolicyLayer] {
  let tree = try objects.tree(ofCommit: commit)
  var layers: [PolicyLayer] = []
  for kind in PolicyLayer.Kind.allCases {
    guard let entry = try objects.entry("\(kind.word).toml".utf8, in: tree) else { continue }
    let bytes = try objects.bytes(of: entry.id, .blob, limit: PolicyInForce.largestLayer)
    layers.append(PolicyLayer(kind, name: "the \(kind.word)'s policy", bytes: bytes))
  }
  return layers
}
