import Gate
@testable import HookRuntime
import Platform
import Testing

/// Who pushes is what the host's own variable says, and nothing else.
@Suite struct HostPusherTests {
  private static let variables = Set(HostProfile.allCases.map(\.pusherVariable))

  private func account(_ host: HostProfile, _ variables: [String: [UInt8]]) -> [UInt8]? {
    host.pusher(Environment(bytes: variables)).account
  }

  @Test("the host's variable names the account, byte for byte", arguments: HostProfile.allCases)
  func named(_ host: HostProfile) {
    let names: [[UInt8]] = [
      Array("dana".utf8), Array(" dana ".utf8), Array("Dana".utf8), [0xff, 0xfe], [0x0a],
    ]
    for name in names { #expect(account(host, [host.pusherVariable: name]) == name) }
  }

  @Test("a variable that is missing or empty is an unknown pusher", arguments: HostProfile.allCases)
  func unknown(_ host: HostProfile) {
    #expect(account(host, [:]) == nil)
    #expect(account(host, [host.pusherVariable: []]) == nil)
  }

  @Test("another host's variable names nobody", arguments: HostProfile.allCases)
  func foreign(_ host: HostProfile) {
    for variable in Self.variables where variable != host.pusherVariable {
      #expect(account(host, [variable: Array("dana".utf8)]) == nil, "\(variable)")
    }
  }

  @Test("under a key that belongs to no account the name is not believed")
  func sharedKey() throws {
    let shared = HostProfile.allCases.filter { $0.sharedKeyVariable != nil }
    #expect(shared == [.gitea])
    let key = try #require(HostProfile.gitea.sharedKeyVariable)
    let name = Array("dana".utf8)
    for value in ["1", "00", " ", "-1", "no"] {
      let found = account(.gitea, [HostProfile.gitea.pusherVariable: name, key: Array(value.utf8)])
      #expect(found == nil, "\(value)")
    }
    for value in ["", "0"] {
      let found = account(.gitea, [HostProfile.gitea.pusherVariable: name, key: Array(value.utf8)])
      #expect(found == name, "\(value)")
    }
    // Where a host has no such variable, somebody's setting it takes nobody's name away.
    for host in HostProfile.allCases where host != .gitea {
      #expect(account(host, [host.pusherVariable: name, key: [0x31]]) == name, "\(host)")
    }
  }
}
