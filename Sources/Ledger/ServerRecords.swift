package import Git
package import Primitives
package import Signing

/// What the server alone writes into the repository: landings and the policies that were in force.
///
/// References moved here run no hooks, and the gate refuses every push to them.
package struct ServerRecords {
  private let repository: Repository
  private let objects: ObjectStore
  private let references: () throws(GitError) -> ReferenceStore

  package init(gitDirectory: String) throws(GitError) {
    repository = try Repository(gitDirectory: gitDirectory, scratch: false)
    objects = try ObjectStore(gitDirectory: gitDirectory)
    references = { () throws(GitError) in try ReferenceStore(gitDirectory: gitDirectory) }
  }

  package enum Problem: Error, Sendable {
    case git(GitError)
    case landings(Landings.Problem)
    case statement(String)
    /// Other writers were faster every time.
    case contended(RefName)
  }

  /// Appends landings signed with the server's key. One that is already the newest of its reference is
  /// not written twice, so more than one hook of a push may ask for it.
  package func append(
    _ statements: [LandingStatement], signedBy key: PrivateKey
  ) throws(Problem) {
    for statement in statements {
      _ = try append(to: RefName.landings, at: statement.time) { (tip) throws(Problem) in
        if let newest = try newest(of: statement.ref, from: tip),
          newest.statement.old == statement.old, newest.statement.new == statement.new
        {
          return nil
        }
        return try Self.files(for: statement, signedBy: key)
      }
    }
  }

  /// Appends the layers of a policy, unless they are the newest that is on record.
  ///
  /// - Parameter files: the layers' file names and bytes.
  /// - Returns: whether they were appended.
  @discardableResult
  package func appendPolicy(
    files: [(path: [UInt8], content: [UInt8])], at time: Int64
  ) throws(Problem) -> Bool {
    let tree = try git { () throws(GitError) in
      try repository.writeTree(base: nil, adding: files)
    }
    return try append(to: RefName.policy, at: time) { (tip) throws(Problem) in
      guard let tip else { return files }
      let newest = try git { () throws(GitError) in try objects.commit(tip).tree }
      return newest == tree ? nil : files
    }
  }

  private func newest(of ref: RefName, from tip: ObjectID?) throws(Problem) -> Landing? {
    do throws(Landings.Problem) {
      return try Landings(objects: objects).newest(of: ref, from: tip)
    } catch {
      throw .landings(error)
    }
  }

  private static func files(
    for statement: LandingStatement, signedBy key: PrivateKey
  ) throws(Problem) -> [(path: [UInt8], content: [UInt8])] {
    let payload = statement.statement.serialized
    do {
      let message = Envelope.preAuthenticationEncoding(payload: payload)
      let armoured = try key.sign(message, namespace: SignatureNamespace.landing.rawValue)
      let envelope = try Envelope(
        payload: payload, signatures: [.init(SSHSignature(armored: armoured))])
      return [(Landings.file, envelope.serialized)]
    } catch {
      throw .statement("\(error)")
    }
  }

  /// Adds one commit to a chain, again when another process was faster.
  ///
  /// - Parameter content: the files of the new commit, given the present tip; `nil` for none.
  /// - Returns: whether there was one to add.
  private func append(
    to ref: RefName, at time: Int64,
    _ content: (ObjectID?) throws(Problem) -> [(path: [UInt8], content: [UInt8])]?
  ) throws(Problem) -> Bool {
    for _ in 0..<64 {
      let tip = try git { () throws(GitError) in try references().resolve(ref) }
      guard let files = try content(tip) else { return false }
      let moved = try git { () throws(GitError) in
        let tree = try repository.writeTree(base: nil, adding: files)
        let parent = tip.map { "parent \($0.hex)\n" } ?? ""
        let identity = "hookkit <hookkit@localhost> \(time) +0000"
        let text =
          "tree \(tree.hex)\n\(parent)author \(identity)\ncommitter \(identity)\n\n"
          + "\(ref.bytes == RefName.policy.bytes ? "policy" : "landing")\n"
        let commit = try repository.write(.commit, Array(text.utf8))
        return try repository.move(ref, from: tip, to: commit, because: "hookkit")
      }
      if moved { return true }
    }
    throw .contended(ref)
  }

  private func git<Result>(_ body: () throws(GitError) -> Result) throws(Problem) -> Result {
    do throws(GitError) { return try body() } catch { throw .git(error) }
  }
}
