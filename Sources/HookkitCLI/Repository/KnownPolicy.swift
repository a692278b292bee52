internal import Gate
internal import Git
internal import HookRuntime
internal import Ledger
internal import Platform
internal import Policy
internal import Primitives
internal import Report

/// The policy as far as it can be known where a command runs.
struct KnownPolicy {
  let layers: [PolicyLayer]
  /// Where it was found, for a person.
  let source: String
  /// The branch that the server's HEAD names, as far as that is known here.
  let head: RefName?

  /// The file that the person names with `--policy` or `HOOKKIT_POLICY`, if they do.
  static func named(in context: CommandContext) throws -> KnownPolicy? {
    let path = context.global.policy ?? context.environment["HOOKKIT_POLICY"]
    guard let path, !path.isEmpty else { return nil }
    return KnownPolicy(
      layers: [try layer(at: path)], source: "as \(Escaped.text(path.utf8)) has it",
      head: try? Vantage(in: context).references().head())
  }

  /// One file as a layer: a tree's when it stands where trees have it, else the repository's.
  static func layer(at path: String) throws(SystemError) -> PolicyLayer {
    let bytes = try FileBytes.read(path, limit: PolicyInForce.largestLayer)
    let inTree = path == ".hookkit/policy.toml" || path.hasSuffix("/.hookkit/policy.toml")
    return PolicyLayer(inTree ? .tree : .repository, name: path, bytes: bytes)
  }

  /// What is in force here without asking a server: the named file; on a server its own layers; in a
  /// clone what was last fetched, or else the work tree's file alone.
  static func here(in context: CommandContext) throws -> KnownPolicy {
    if let named = try named(in: context) { return named }
    let repository = try context.repository()
    let server = ServerRepository(
      gitDirectory: repository.commonDirectory, quarantine: nil, environment: context.environment)
    let objects = try repository.objects()
    let references = try ReferenceStore(gitDirectory: repository.commonDirectory)
    let head = try? Vantage(in: context).references().head()
    if repository.isBare || FileBytes.kind(server.state.policyPath) != .missing {
      let layers = try layers(of: server, in: context)
      if !layers.isEmpty {
        return KnownPolicy(layers: layers, source: "in force on this server", head: head)
      }
    }
    let remote = try? Remote(nil, of: repository)
    for (name, source) in [
      (remote?.tracking(.policy), "as last fetched from \(remote?.name ?? "")"),
      (.policy, "as recorded in this repository"),
    ] {
      guard let name, let tip = try references.resolve(name) else { continue }
      return KnownPolicy(
        layers: try recordedLayers(at: tip, objects: objects), source: source, head: head)
    }
    let unknown = "the server's own layers are not known here"
    if let head, let remote {
      let tracked = RefName(
        Array("refs/remotes/\(remote.name)/".utf8)
          + head.bytes.dropFirst("refs/heads/".utf8.count))
      if let tip = try references.resolve(tracked),
        let layer = try PolicyInForce.treeLayer(at: tip, objects: objects)
      {
        return KnownPolicy(
          layers: [layer], source: "as \(tracked) has it; \(unknown)", head: head)
      }
    }
    if let layer = try workTreeLayer(in: context) {
      return KnownPolicy(
        layers: [layer], source: "as this work tree has it; \(unknown)", head: head)
    }
    throw try Vantage(in: context).noPolicy
  }

  /// The same; `nil` where none is known.
  static func hereIfAny(in context: CommandContext) throws -> KnownPolicy? {
    do {
      return try here(in: context)
    } catch let error as CommandError where error.code == Code(801) {
      return nil
    } catch PolicyInForce.Problem.missing {
      return nil
    }
  }

  /// The policy that the work tree has; `nil` where it has none.
  static func workTreeLayer(in context: CommandContext) throws -> PolicyLayer? {
    guard let top = try context.repository().workTree,
      FileBytes.kind(top + "/.hookkit/policy.toml") != .missing
    else { return nil }
    return PolicyLayer(
      .tree, name: ".hookkit/policy.toml",
      bytes: try FileBytes.read(
        top + "/.hookkit/policy.toml", limit: PolicyInForce.largestLayer))
  }

  /// A server's layers, put on record where they are not yet: whoever edits the policy looks at it next,
  /// and from then on clones know it too.
  private static func layers(
    of server: ServerRepository, in context: CommandContext
  ) throws -> [PolicyLayer] {
    let surroundings = try server.surroundings()
    if let inForce = try? PolicyInForce(in: surroundings), inForce.obstacle == nil {
      if FileBytes.kind(server.state.hostPath) != .missing {
        do {
          try PolicyRecord.keep(inForce, in: surroundings, of: server, at: context.now)
        } catch {
          context.terminal.note("the policy could not be put on record")
        }
      }
      return inForce.layers
    }
    // One that is broken is read as it stands, so that its reader says what is wrong with it.
    let references = surroundings.references
    guard let home = try references.head(), let tip = try references.resolve(home),
      let layer = try PolicyInForce.treeLayer(at: tip, objects: surroundings.objects)
    else { return try server.upperLayers() }
    return try server.upperLayers() + [layer]
  }
}
