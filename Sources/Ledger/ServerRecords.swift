package import Git
package import Platform
package import Primitives
package import Signing

/// What the server alone writes into the repository: landings and the policies that were in force.
///
/// References moved here run no hooks, and the gate refuses every push to them.
package struct ServerRecords {
  private let repository: Repository
  private let objects: ObjectStore
  private let gitDirectory: String
  private let references: () throws(GitError) -> ReferenceStore

  package init(gitDirectory: String) throws(GitError) {
    repository = try Repository(gitDirectory: gitDirectory, scratch: false)
    objects = try ObjectStore(gitDirectory: gitDirectory)
    self.gitDirectory = gitDirectory
    references = { () throws(GitError) in try ReferenceStore(gitDirectory: gitDirectory) }
  }

  package enum Problem: Error, Sendable {
    case git(GitError)
    case landings(Landings.Problem)
    case statement(String)
    case system(SystemError)
    /// Other writers were faster every time.
    case contended(RefName)

    /// Without anything of the server's own paths.
    package var words: String {
      switch self {
      case .git(let error): error.words
      case .landings(.git(let error)): error.words
      case .landings(.entry(let id, let why)): "\(id.short): \(why)"
      case .statement: "it cannot be signed"
      case .system(let error): error.words
      case .contended(let ref): "other writers of \(ref) were faster every time"
      }
    }
  }

  /// A landing to be signed, with what its decision rested on and the statement only names: its arrivals.
  package struct NewLanding: Sendable {
    package let statement: LandingStatement
    package let arrivals: [UInt8]

    package init(_ statement: LandingStatement, arrivals: [UInt8] = []) {
      self.statement = statement
      self.arrivals = arrivals
    }
  }

  /// Appends landings signed with the server's key, all in one move of `refs/hookkit/landings`, if
  /// nothing was appended since the caller looked: what follows upon a landing is only known then.
  ///
  /// - Parameter tip: the newest landing that the caller knows.
  /// - Returns: false when another was faster.
  package func append(
    _ landings: [NewLanding], after tip: ObjectID?, signedBy key: PrivateKey
  ) throws(Problem) -> Bool {
    var isNewest = true
    let contents = try landings.map { (landing) throws(Problem) in
      Content(files: try Self.files(for: landing, signedBy: key), time: landing.statement.time)
    }
    _ = try append(to: RefName.landings) { present in
      isNewest = present == tip
      return isNewest ? contents : []
    }
    return isNewest
  }

  /// Appends landings in their order, but for one that is already the newest of its reference: more than
  /// one process may ask for it.
  ///
  /// - Parameter cache: where the index of the landings is kept.
  package func append(
    _ landings: [NewLanding], signedBy key: PrivateKey, cache: String? = nil
  ) throws(Problem) {
    for _ in 0..<Self.mostTries {
      let tip = try git { () throws(GitError) in try references().resolve(.landings) }
      var newest = try index(upTo: tip, cache: cache).tips
      let new = landings.filter { landing in
        let statement = landing.statement
        // A move that is on record already; a deletion that is, too.
        if let known = newest[statement.ref], known == statement.new { return false }
        newest[statement.ref] = statement.new
        return true
      }
      if new.isEmpty { return }
      if try append(new, after: tip, signedBy: key) { return }
    }
    throw .contended(.landings)
  }

  private static let mostTries = 64

  private func index(upTo tip: ObjectID?, cache: String?) throws(Problem) -> LandingIndex {
    do throws(Landings.Problem) {
      return try LandingIndex(upTo: tip, in: objects, cache: cache)
    } catch {
      throw .landings(error)
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
    return try append(to: RefName.policy) { (tip) throws(Problem) in
      let content = [Content(files: files, time: time)]
      guard let tip else { return content }
      let newest = try git { () throws(GitError) in try objects.commit(tip).tree }
      return newest == tree ? [] : content
    }
  }

  private static func files(
    for landing: NewLanding, signedBy key: PrivateKey
  ) throws(Problem) -> [(path: [UInt8], content: [UInt8])] {
    let payload = landing.statement.statement.serialized
    do {
      let message = Envelope.preAuthenticationEncoding(payload: payload)
      let armoured = try key.sign(message, namespace: SignatureNamespace.landing.rawValue)
      let envelope = try Envelope(
        payload: payload, signatures: [.init(SSHSignature(armored: armoured))])
      let arrivals = landing.arrivals.isEmpty ? [] : [(Landings.arrivalsFile, landing.arrivals)]
      return [(Landings.file, envelope.serialized)] + arrivals
    } catch {
      throw .statement("\(error)")
    }
  }

  /// What one commit of a chain holds.
  private struct Content {
    let files: [(path: [UInt8], content: [UInt8])]
    let time: Int64
  }

  /// Adds commits to a chain, again when another process was faster.
  ///
  /// - Parameter contents: of the new commits, given the present tip.
  /// - Returns: whether there were any to add.
  private func append(
    to ref: RefName, _ contents: (ObjectID?) throws(Problem) -> [Content]
  ) throws(Problem) -> Bool {
    let moves = try ownMoves()
    for _ in 0..<Self.mostTries {
      let tip = try git { () throws(GitError) in try references().resolve(ref) }
      let contents = try contents(tip)
      guard !contents.isEmpty else { return false }
      let moved = try git { () throws(GitError) in
        var last = tip
        for content in contents { last = try write(content, to: ref, on: last) }
        return try last.map { (last) throws(GitError) in
          try moves.move(ref) { () throws(GitError) in
            try repository.move(ref, from: tip, to: last, because: "hookkit")
          }
        } ?? false
      }
      if moved { return true }
    }
    throw .contended(ref)
  }

  private func ownMoves() throws(Problem) -> OwnMoves {
    do throws(SystemError) { return try OwnMoves.inTurn(gitDirectory) } catch {
      throw .system(error)
    }
  }

  private func write(
    _ content: Content, to ref: RefName, on parent: ObjectID?
  ) throws(GitError) -> ObjectID {
    let tree = try repository.writeTree(base: nil, adding: content.files)
    let parent = parent.map { "parent \($0.hex)\n" } ?? ""
    let identity = "hookkit <hookkit@localhost> \(content.time) +0000"
    let text =
      "tree \(tree.hex)\n\(parent)author \(identity)\ncommitter \(identity)\n\n"
      + "\(ref == RefName.policy ? "policy" : "landing")\n"
    return try repository.write(.commit, Array(text.utf8))
  }

  private func git<Result>(_ body: () throws(GitError) -> Result) throws(Problem) -> Result {
    do throws(GitError) { return try body() } catch { throw .git(error) }
  }
}
