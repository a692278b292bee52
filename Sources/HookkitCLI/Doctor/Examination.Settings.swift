internal import Gate
internal import Ledger
internal import Platform
internal import Primitives
internal import Signing

// Whether the server's configuration and files are as the hooks need them.
extension Examination {
  func settings() throws -> [Diagnosis] {
    let configuration = try configuration()
    let needed = ServerSetting.needed(with: hooks, nonceSeed: "")
    var found: [Diagnosis] = []
    for setting in needed where !setting.holds(in: configuration) {
      let place = configuration.last(setting.listedKey).map { " (\($0.place))" } ?? ""
      let mend = setting.manner == .secret ? install : setting.mend(at: site)
      found.append(
        Diagnosis(
          .setting, .wrong, "\(setting.key) is not set as needed\(place): \(setting.why)", mend))
    }
    if found.isEmpty {
      found.append(Diagnosis(.setting, .well, "\(needed.count) settings of git as needed"))
    }
    if let entry = configuration.last("core.sharedrepository"), entry.sharesWriting {
      found.append(
        Diagnosis(
          .privacy, .wrong,
          "core.sharedRepository = \(shown(entry.value)) (\(entry.place)): accounts of this"
            + " machine can write past the hooks",
          entry.unset))
    }
    return found
  }

  func commitGraph() throws -> [Diagnosis] {
    if let entry = try configuration().last("core.commitgraph"),
      GitConfiguration.boolean(entry.value) == false
    {
      return [
        Diagnosis(
          .commitGraph, .wrong, "core.commitGraph = \(shown(entry.value)) (\(entry.place))",
          entry.unset)
      ]
    }
    let rewrite = Hint(
      "write it again", git: site, "commit-graph", "write", "--reachable")
    let info = "\(site.gitDirectory)/objects/info"
    if FileBytes.kind("\(info)/commit-graphs/commit-graph-chain") != .missing {
      return [
        Diagnosis(
          .commitGraph, .advice, "the commit-graph is split, so it is not used and walks are slow",
          rewrite)
      ]
    }
    let head = try FileBytes.readIfPresent("\(info)/commit-graph", limit: 4 << 30)
    guard let head else { return [] }
    guard !CommitGraphHeader.names(chunk: "GDA2", in: head) else {
      return [
        Diagnosis(
          .commitGraph, .advice,
          "the commit-graph is of generation 2, so it is not used and walks are slow", rewrite)
      ]
    }
    return [Diagnosis(.commitGraph, .well, "commit-graph of generation 1")]
  }

  func privacy() throws -> [Diagnosis] {
    let state = ServerState(gitDirectory: site.gitDirectory)
    let folder = try hooksFolder()
    var found: [Diagnosis] = []
    for path in [site.gitDirectory, folder.path, state.folder] {
      guard let status = FileStatus(path), status.mode & 0o002 != 0 else { continue }
      found.append(
        Diagnosis(
          .privacy, .wrong, "\(shown(path)) is world-writable",
          Hint("stop that", "chmod", "o-w", path)))
    }
    if let status = FileStatus(state.serverKeyPath), status.mode & 0o077 != 0 {
      found.append(
        Diagnosis(
          .privacy, .wrong, "others may read \(site.short(state.serverKeyPath))",
          Hint("stop that", "chmod", "600", state.serverKeyPath)))
    }
    return found
  }

  func host() throws -> [Diagnosis] {
    let choose = Hint(
      "choose one", "hookkit", "install", "--server", "--host", "ssh", site.directory)
    do throws(HostProfile.Problem) {
      guard let host = try site.server.host() else {
        let name = site.short(site.server.state.hostPath)
        return [Diagnosis(.host, .wrong, "\(name) is missing, so every pusher is unknown", choose)]
      }
      return [Diagnosis(.host, .well, "host \(host.rawValue)")]
    } catch {
      switch error {
      case .unreadable(let error): throw error
      case .unknown(let path, let word):
        let words = "\(site.short(path)) names no known host: \(Escaped.quoted(word))"
        return [Diagnosis(.host, .wrong, words, choose)]
      }
    }
  }

  func serverKey() throws -> [Diagnosis] {
    let path = ServerState(gitDirectory: site.gitDirectory).serverKeyPath
    let name = site.short(path)
    do {
      guard let key = try ServerFolder.read(path) else {
        return [
          Diagnosis(.serverKey, .wrong, "\(name) is missing, so landings are not signed", install)
        ]
      }
      return [Diagnosis(.serverKey, .well, "server key \(key.publicKey.fingerprint)")]
    } catch {
      return [
        Diagnosis(
          .serverKey, .wrong, CommandError(error).headline,
          Hint("move it away", "mv", path, "\(path).broken"),
          install)
      ]
    }
  }
}

/// The table of contents of a commit-graph file (gitformat-commit-graph(5)).
enum CommitGraphHeader {
  /// Whether the file has a chunk with these four letters.
  static func names(chunk: String, in bytes: [UInt8]) -> Bool {
    guard bytes.count > 8, bytes.starts(with: "CGPH".utf8) else { return false }
    let count = Int(bytes[6])
    for index in 0..<count {
      let start = 8 + index * 12
      guard start + 12 <= bytes.count else { return false }
      if bytes[start..<start + 4].elementsEqual(chunk.utf8) { return true }
    }
    return false
  }
}
