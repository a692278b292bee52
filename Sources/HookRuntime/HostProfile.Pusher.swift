internal import Gate
internal import Platform

extension HostProfile {
  /// The pusher as this host names it. A name that is missing is an unknown pusher, and so is whoever
  /// holds a key that the host gives another's name.
  func pusher(_ environment: Environment) -> Pusher {
    if let key = sharedKeyVariable.flatMap({ environment.bytes($0) }), !key.isEmpty, key != [0x30] {
      return .unknown
    }
    let account = environment.bytes(pusherVariable)
    return Pusher(account: account?.isEmpty == false ? account : nil)
  }
}
