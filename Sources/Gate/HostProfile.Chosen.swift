internal import Ledger
package import Platform

extension HostProfile {
  /// Why it is not known which host this is.
  package enum Problem: Error, Hashable, Sendable {
    case unreadable(SystemError)
    /// The file's first line is none of the words.
    case unknown(path: String, word: [UInt8])
  }
}

extension ServerRepository {
  /// The host that `hookkit install` wrote down for this repository, else the machine's; `nil` when
  /// neither is there.
  package func host() throws(HostProfile.Problem) -> HostProfile? {
    if let own = try Self.host(namedIn: state.hostPath) { return own }
    let path: String
    do throws(SystemError) { path = try machineHostPath() } catch { throw .unreadable(error) }
    return try Self.host(namedIn: path)
  }

  private static func host(namedIn path: String) throws(HostProfile.Problem) -> HostProfile? {
    let bytes: [UInt8]?
    do throws(SystemError) {
      bytes = try FileBytes.readIfPresent(path, limit: 256)
    } catch {
      throw .unreadable(error)
    }
    guard let word = bytes?.prefix(while: { $0 != 0x0a }) else { return nil }
    guard let host = HostProfile(rawValue: String(decoding: word, as: UTF8.self)) else {
      throw .unknown(path: path, word: Array(word))
    }
    return host
  }
}
