internal import Gate
internal import Platform

extension Host {
  /// The pusher as this host names it. A name that is missing is an unknown pusher.
  func pusher(_ environment: Environment) -> Pusher {
    let account = environment.bytes(pusherVariable)
    return Pusher(account: account?.isEmpty == false ? account : nil)
  }
}
