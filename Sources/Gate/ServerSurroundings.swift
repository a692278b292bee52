package import Git
package import Ledger
package import Platform
package import Policy
internal import Primitives
internal import Signals

/// A repository on the server that guards it: where its parts lie, opened for judging.
package struct ServerRepository {
  package let gitDirectory: String
  /// `GIT_QUARANTINE_PATH` of a running push, if any.
  package let quarantine: String?
  package let state: ServerState
  private let environment: Environment

  /// Where the organisation's layer is unless `$GIT_DIR/hookkit/organisation` names another file.
  package static let organisationPath = "/etc/hookkit/policy.toml"

  package init(gitDirectory: String, quarantine: String?, environment: Environment) {
    self.gitDirectory = gitDirectory
    self.quarantine = quarantine
    self.environment = environment
    state = ServerState(gitDirectory: gitDirectory)
  }

  /// Where the word for the host stands that holds for all repositories of this machine: beside the
  /// organisation's layer.
  package func machineHostPath() throws(SystemError) -> String {
    let policy = try organisationPath().path
    let folder = policy.lastIndex(of: "/").map { policy[..<$0] } ?? "."
    return "\(folder)/host"
  }

  /// The path of the organisation's layer, and whether this repository names it.
  package func organisationPath() throws(SystemError) -> (path: String, isNamed: Bool) {
    guard let named = try FileBytes.readIfPresent(state.folder + "/organisation", limit: 4096)
    else { return (Self.organisationPath, false) }
    return (String(decoding: named.prefix { $0 != 0x0a }, as: UTF8.self), true)
  }

  /// Everything that `judge` reads.
  package func surroundings() throws(GitError) -> Surroundings {
    try OpenServer(self).surroundings()
  }

  /// Recomputes merges in this repository; nothing that it makes is kept.
  package var merges: any MergeOracle {
    ServerMerges(gitDirectory: gitDirectory, quarantine: quarantine, environment: environment)
  }

  /// The files that a policy may name, on this machine.
  package var files: any PolicyFiles {
    ServerFiles(environment: environment)
  }

  /// The administrator's layers. A link, an oversized or unreadable file is an error: where a policy
  /// is configured, none is not an answer.
  package func upperLayers() throws(PolicyInForce.Problem) -> [PolicyLayer] {
    var layers: [PolicyLayer] = []
    // Not the path: a pusher is told which file it is, not where a server keeps it.
    var file = "hookkit/organisation"
    do throws(SystemError) {
      let (organisation, isNamed) = try organisationPath()
      file = "the organisation's policy"
      let limit = PolicyInForce.largestLayer
      let found = try FileBytes.readIfPresent(organisation, limit: limit, links: .refused)
      if let found {
        layers.append(PolicyLayer(.organisation, name: organisation, bytes: found))
      } else if isNamed {
        throw SystemError("read", organisation, .code(2))
      }
      file = "hookkit/policy.toml"
      if let found = try FileBytes.readIfPresent(state.policyPath, limit: limit, links: .refused) {
        layers.append(PolicyLayer(.repository, name: file, bytes: found))
      }
    } catch {
      throw .unreadable("\(file): \(error.words)")
    }
    return layers
  }

  /// Refuses a repository whose configuration names an extension that hookkit does not know.
  ///
  /// The file is searched for the word alone, because reading a configuration whole costs more than
  /// judging a small push; only where it is found does libgit2 read it.
  package func requireKnownFormat() throws(GitError) {
    let config: [UInt8]?
    do throws(SystemError) {
      config = try FileBytes.readIfPresent(gitDirectory + "/config", limit: 16 << 20)
    } catch {
      throw .file(action: "reading the configuration", message: error.words)
    }
    guard let config, Self.namesExtensions(config) else { return }
    do throws(GitError) {
      _ = try Repository(gitDirectory: gitDirectory, scratch: true)
    } catch {
      throw .unsupported(error.words)
    }
  }
}

extension ServerRepository {
  /// Whether the word `extensions` stands in a configuration, in any mix of capital letters.
  private static func namesExtensions(_ config: [UInt8]) -> Bool {
    let word: StaticString = "extensions"
    let count = word.utf8CodeUnitCount
    return config.withUnsafeBufferPointer { bytes in
      var start = 0
      while start + count <= bytes.count {
        var matched = 0
        while matched < count, bytes[start + matched] | 0x20 == word.utf8Start[matched] {
          matched += 1
        }
        if matched == count { return true }
        start += 1
      }
      return false
    }
  }
}

extension ServerRepository {
  /// What has landed here.
  package func landings(
    _ objects: ObjectStore, _ references: any ReferenceReading,
    before: @escaping () -> Void = {}
  ) -> RecordedLandings {
    let arrivals = ArrivalStore(state)
    let journal = Journal(state)
    func reading<Result>(
      _ body: () throws(SystemError) -> Result
    ) throws(GitError) -> Result {
      do throws(SystemError) {
        return try body()
      } catch {
        throw .file(action: "reading what stood here", message: error.words)
      }
    }
    return RecordedLandings(
      objects: objects, references: references, cache: state.landingIndexPath, before: before,
      deleted: { (name) throws(GitError) in
        try reading { () throws(SystemError) in
          try journal.lastDeletion(of: name, within: Self.journalTail)
        }
      },
      beginnings: arrivals.hasBaseline
        ? { () throws(GitError) in
          try reading { () throws(SystemError) in try arrivals.beginnings() }
        } : nil)
  }

  /// Bytes of the journal in which a deletion is looked for: about ten thousand decisions.
  private static let journalTail = 4 << 20
}

/// The arrivals and remembered changes in the server's folder.
final class ServerMemory: PushMemory {
  private let arrivals: ArrivalStore
  private let changes: ChangeMemory
  private let namedFiles: NamedFilesMemory
  private var arrivalReader: ArrivalStore.Reader?
  private var changeReader: ChangeMemory.Reader?
  private let recordsArrivals: Bool
  let remembersChanges: Bool

  init(_ state: ServerState) {
    arrivals = ArrivalStore(state)
    changes = ChangeMemory(state)
    namedFiles = NamedFilesMemory(state)
    recordsArrivals = arrivals.hasBaseline
    remembersChanges = changes.exists
  }

  func arrival(of id: ObjectID) throws(GitError) -> Arrival? {
    guard recordsArrivals else { return nil }
    do throws(SystemError) {
      if arrivalReader == nil { arrivalReader = try arrivals.reader() }
      return arrivalReader?.arrival(of: id) ?? Arrival(.nobody)
    } catch {
      throw .file(action: "reading who brought \(id.short)", message: error.words)
    }
  }

  func firstBringer(of change: ChangeDigest) throws(GitError) -> ChangeMemory.Bringer? {
    do throws(SystemError) {
      if changeReader == nil { changeReader = try changes.reader() }
      return changeReader?.bringer(of: change)
    } catch {
      throw .file(action: "reading remembered changes", message: error.words)
    }
  }

  func named(in tree: ObjectID) -> [UInt8]? { namedFiles.find(tree) }

  func keep(_ bytes: [UInt8], namedIn tree: ObjectID) { namedFiles.keep(bytes, of: tree) }
}

/// The catalog file and the keyring that a policy names.
struct ServerFiles: PolicyFiles {
  let environment: Environment

  func catalog(for policy: Policy) throws(GitError) -> Signals.SignalCatalog {
    var catalog = Signals.SignalCatalog.builtIn
    for named in policy.signalCatalogs {
      let path = String(decoding: named.path, as: UTF8.self)
      do {
        let bytes = try FileBytes.read(path, limit: 1 << 20)
        let other = try Signals.SignalCatalog(reading: bytes)
        catalog = named.mode == .replace ? other : catalog.extended(by: other)
      } catch {
        throw .file(action: "reading the signal catalog", message: "\(path): \(error)")
      }
    }
    return catalog
  }

  func openPGP(for policy: Policy) -> (any OpenPGPVerifying)? {
    policy.openPGPKeyring.map {
      Gpgv(keyring: String(decoding: $0, as: UTF8.self), environment: environment)
    }
  }
}
