internal import Gate
internal import HookRuntime
internal import Git
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// From where a command sees a server: on the server itself, or in a clone by what was fetched.
struct Vantage {
  let repository: LocalRepository
  let server: ServerRepository
  /// `nil` on the server itself.
  let remote: Remote?

  /// - Parameter remote: the name of a remote: its server is meant even in a bare repository.
  init(in context: CommandContext, remote name: String? = nil) throws {
    repository = try context.repository()
    server = ServerRepository(
      gitDirectory: repository.commonDirectory, quarantine: nil, environment: context.environment)
    let isServer = repository.isBare || FileBytes.kind(server.state.policyPath) != .missing
    remote = isServer && name == nil ? nil : try? Remote(name, of: repository)
    if let name, remote == nil { throw CommandError(.usage, "no remote named \(name.quoted)") }
  }

  func objects() throws(GitError) -> ObjectStore {
    guard remote == nil else { return try repository.objects() }
    return try ObjectStore(gitDirectory: repository.commonDirectory)
  }

  /// The server's references as this repository has them.
  func references() throws(GitError) -> any ReferenceReading {
    let store = try ReferenceStore(gitDirectory: repository.commonDirectory)
    guard let remote else { return store }
    return CloneReferences(store, remote: remote.name, objects: try objects())
  }

  /// Everything that `judge` reads, as far as it is known here, and the policy that it would judge by;
  /// no policy where none is known.
  func surroundings(
    named: KnownPolicy?
  ) throws -> (surroundings: Surroundings, policy: PolicyInForce?) {
    if let named {
      let surroundings = try surroundings(upper: named.layers)
      return (
        surroundings,
        try PolicyInForce(layers: named.layers, head: surroundings.references.head())
      )
    }
    if remote == nil, repository.isBare || FileBytes.kind(server.state.policyPath) != .missing {
      let surroundings = try server.surroundings()
      do throws(PolicyInForce.Problem) {
        return (surroundings, try PolicyInForce(in: surroundings))
      } catch {
        if case .missing = error { return (surroundings, nil) }
        throw error
      }
    }
    guard let recorded = try references().resolve(.policy) else {
      return (try surroundings(upper: []), nil)
    }
    let layers = try recordedLayers(at: recorded, objects: objects())
    let surroundings = try surroundings(upper: layers.filter { $0.kind != .tree })
    // What is on record is what judged the last landing; the tree's own layer may be newer.
    guard try surroundings.references.head() != nil else {
      return (surroundings, try PolicyInForce(layers: layers, head: nil))
    }
    return (surroundings, try PolicyInForce(in: surroundings))
  }

  private func surroundings(upper layers: [PolicyLayer]) throws -> Surroundings {
    Surroundings(
      objects: try objects(), references: try references(), upperLayers: layers,
      memory: NoMemory(),
      landings: RecordedLandings(objects: try objects(), references: try references()),
      merges: remote == nil ? server.merges : repository.promised.merges(by: server.merges),
      files: server.files)
  }

  /// Why nothing can be judged where no policy is known. In a clone the server has it: nobody makes one
  /// there to get on.
  var noPolicy: CommandError {
    guard let remote else { return CommandError(PolicyInForce.Problem.missing) }
    return CommandError(
      .undecided, code: Code(801),
      "the policy of \(remote.name.quoted) is not known in this clone",
      hints: [.init("bring it here", "hookkit", "fetch", remote.name)])
  }

  // MARK: Names

  /// The object that a person's word names, as git reads it.
  func object(_ word: String) throws -> ObjectID {
    guard let id = try repository.object(word) else {
      throw CommandError(
        .undecided, "\(word.quoted) names nothing here",
        hints: [.init("what there is", "git", "log", "--oneline", "--all")])
    }
    return id
  }

  /// The server's reference that a person's word stands for: a branch of the server or here, a tag.
  func serverReference(_ word: String) throws -> RefName? {
    let name: RefName
    if word == "HEAD", let branch = try? repository.head() {
      name = branch
    } else {
      let line = try repository.line(
        "rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options", word)
      guard let line, !line.isEmpty else { return nil }
      name = RefName(line)
    }
    if name.isBranch || name.isTag { return name }
    let prefix = Array("refs/remotes/\(remote?.name ?? "")/".utf8)
    guard remote != nil, name.bytes.starts(with: prefix) else { return nil }
    return RefName(Array("refs/heads/".utf8) + name.bytes.dropFirst(prefix.count))
  }
}
