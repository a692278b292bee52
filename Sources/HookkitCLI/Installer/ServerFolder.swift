internal import Report
internal import Gate
internal import Ledger
internal import Platform
internal import Primitives
internal import Signing

/// What a server has in `$GIT_DIR/hookkit/` from the start: the host's word and its own key.
struct ServerFolder: Sendable {
  /// The key that signs landings: the one that is there, or a new one.
  let key: PrivateKey
  let steps: [InstallStep]

  /// - Parameters:
  ///   - host: the adapter that was asked for; without one the present one or the machine's stays,
  ///     else `ssh`.
  ///   - isFirst: whether nothing was installed before; what others may read then is closed.
  init(host: HostProfile?, isFirst: Bool, at site: InstallSite) throws {
    let state = ServerState(gitDirectory: site.gitDirectory)
    var steps = Self.folder(state.folder, isFirst: isFirst, site)
    if let step = try Self.host(host, state, site) { steps.append(step) }
    key = try Self.key(state, site, &steps)
    self.steps = steps
  }

  private static func folder(
    _ path: String, isFirst: Bool, _ site: InstallSite
  ) -> [InstallStep] {
    guard let status = FileStatus(path), status.mode & (isFirst ? 0o077 : 0o022) != 0 else {
      return []
    }
    return [
      InstallStep(
        action: .setMode(path: path, mode: 0o700, .privacy), subject: site.short(path))
    ]
  }

  private static func host(
    _ wanted: HostProfile?, _ state: ServerState, _ site: InstallSite
  ) throws -> InstallStep? {
    let present = try FileBytes.readIfPresent(state.hostPath, limit: 256, links: .refused)
    let isLeft = try isChosen(site)
    guard let host = wanted ?? (isLeft ? nil : .ssh) else { return nil }
    let bytes = Array("\(host.rawValue)\n".utf8)
    guard present != bytes else { return nil }
    return InstallStep(
      action: .write(path: state.hostPath, bytes: bytes, mode: 0o644, .changed),
      subject: "\(site.short(state.hostPath)) = \(host.rawValue)")
  }

  /// Whether the repository or the machine has a host's word, though it be none that is known.
  private static func isChosen(_ site: InstallSite) throws -> Bool {
    do throws(HostProfile.Problem) {
      return try site.server.host() != nil
    } catch {
      guard case .unreadable(let error) = error else { return true }
      throw error
    }
  }

  private static func key(
    _ state: ServerState, _ site: InstallSite, _ steps: inout [InstallStep]
  ) throws -> PrivateKey {
    let path = state.serverKeyPath
    let key: PrivateKey
    if let present = try read(path) {
      key = present
      if let status = FileStatus(path), status.mode & 0o077 != 0 {
        steps.append(
          InstallStep(
            action: .setMode(path: path, mode: 0o600, .privacy), subject: site.short(path)))
      }
    } else {
      do throws(KeyError) {
        key = try PrivateKey.generate()
      } catch {
        throw CommandError(.undecided, "cannot make a key: \(shown("\(error)"))")
      }
      steps.append(
        InstallStep(
          action: .write(
            path: path, bytes: key.openSSHText(comment: "hookkit server"), mode: 0o600, .changed),
          subject: site.short(path)))
    }
    let line = Array("\(key.publicKey.authorizedKeyText) hookkit server\n".utf8)
    let publicPath = "\(path).pub"
    if (try? FileBytes.read(publicPath, limit: PublicKey.lineLimit, links: .refused)) != line {
      steps.append(
        InstallStep(
          action: .write(path: publicPath, bytes: line, mode: 0o644, .changed),
          subject: site.short(publicPath)))
    }
    return key
  }

  /// The server's key; `nil` when there is none yet.
  static func read(_ path: String) throws -> PrivateKey? {
    let text = try FileBytes.readIfPresent(path, limit: 64 << 10, links: .refused)
    guard let text else { return nil }
    do throws(KeyError) {
      return try PrivateKey(openSSH: text)
    } catch {
      throw CommandError(
        .undecided, "\(shown(path)) is not a key that hookkit can sign with: \(shown("\(error)"))")
    }
  }

  /// The random text of `receive.certNonceSeed`.
  static func nonceSeed() -> String {
    var generator = SystemRandomNumberGenerator()
    return Hex.string((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }
}
