internal import Gate
internal import Ledger
internal import Platform

extension Host {
  /// The pusher, by the host that `hookkit install` wrote down. Without one nobody is known.
  ///
  /// - Throws: `RuntimeProblem`: the host's file cannot be read or names no host.
  static func pusher(
    of state: ServerState, _ environment: Environment
  ) throws(RuntimeProblem) -> Pusher {
    let word: [UInt8]
    do throws(SystemError) {
      guard let read = try FileBytes.readIfPresent(state.hostPath, limit: 256) else {
        return .unknown
      }
      word = read
    } catch {
      throw .unreadable("\(state.hostPath): \(error.words)")
    }
    let name = String(decoding: word.prefix { $0 != 0x0a }, as: UTF8.self)
    guard let host = Host(rawValue: name) else {
      throw .unreadable("\(state.hostPath) names no host that this hookkit knows")
    }
    let account = environment.bytes(host.pusherVariable)
    return Pusher(account: account?.isEmpty == false ? account : nil)
  }
}
