import Documents
import Lockfiles
import Primitives
import Testing

@testable import DependencyChecks

/// What npm 10.8.2 on Node.js 20.20.2 asked for each of these addresses in a `package-lock.json` was seen
/// on a server of its own (`npm ci`, loopback in the place of `evil.example`).
@Suite("Addresses")
struct SourceAddressTests {
  private func read(_ text: String, _ kind: Entry.SourceKind = .registry) -> SourceAddress {
    SourceAddress(Array(text.utf8)[...], kind)
  }

  @Test(
    "plain addresses have no flaw",
    arguments: [
      ("https://registry.example/ms/-/ms-2.1.3.tgz", "registry.example"),
      ("https://registry.example:8443/@a%2fb/-/b-1.0.0.tgz", "registry.example"),
      ("https://registry.example", "registry.example"),
      ("http://203.0.113.7/x.tgz", "203.0.113.7"),
      ("git+ssh://git@git.example/o/r.git#0123", "git.example"),
      ("git+https://git@git.example/o/r.git", "git.example"),
      ("ssh://dana@git.example:29418/o/r", "git.example"),
      ("git@git.example:o/r.git", "git.example"),
      ("registry+https://git.example/index", "git.example"),
      ("sparse+https://index.example/", "index.example"),
      ("https://files.example/a/b/c-1.0+x~y.whl?download=1#sha256=00", "files.example"),
      ("https://under_score.example/x", "under_score.example"),
      ("github:o/r", "github.com"),
      ("file:../x", ""), ("file:///srv/x", ""), ("file://../x", ""), ("file://./x", ""),
      ("../x", ""), ("registry.terraform.example", ""),
      ("hexpm", ""), ("ghcr.example/a/b@sha256:00", ""), ("", ""),
    ])
  func plain(_ text: String, _ host: String) {
    let address = read(text)
    #expect(address.flaws.isEmpty, "\(text): \(address.flaws.words)")
    #expect(String(decoding: address.host, as: UTF8.self) == host)
  }

  @Test(
    "what is not plainly an address has a flaw, and the host that npm asks",
    arguments: [
      // Asked by npm, each of them.
      (#"https://evil.example\@registry.example/ms/-/ms.tgz"#, "evil.example"),
      ("https:/evil.example/x.tgz", "evil.example"),
      ("https:evil.example/x.tgz", "evil.example"),
      (#"https:\\evil.example\x.tgz"#, "evil.example"),
      ("https:///evil.example/x.tgz", "evil.example"),
      ("HTTPS://evil.example/x.tgz", "evil.example"),
      ("https://EVIL.example/x.tgz", "evil.example"),
      ("https://registry.example@evil.example/x.tgz", "evil.example"),
      ("https://evil.example./x.tgz", "evil.example"),
      ("https://%65vil.example/x.tgz", "evil.example"),
      ("https://evil.example#/registry.example/x.tgz", "evil.example"),
      ("https://evil.example?@registry.example/x.tgz", "evil.example"),
      ("http://0x7f000001/x.tgz", "0x7f000001"),
      ("http://2130706433/x.tgz", "2130706433"),
      ("http://0177.0.0.1/x.tgz", "0177.0.0.1"),
      ("http://127.1/x.tgz", "127.1"),
      ("https://registry.example/ms/../evil/-/evil.tgz", "registry.example"),
      ("https://registry.example/ms/%2e%2E/evil/-/evil.tgz", "registry.example"),
      ("https://registry.example:0443/x.tgz", "registry.example"),
      // npm fails on these; others strip what stands in the way (WHATWG URL, "basic URL parser").
      (" https://evil.example/x.tgz", "evil.example"),
      ("ht\ttps://evil.example/x.tgz", "evil.example"),
      ("https://evil\n.example/x.tgz", "evil.example"),
      ("https://[::1]/x.tgz", "[::1]"),
      ("https://user:password@registry.example/x.tgz", "registry.example"),
      ("https://token@registry.example/x.tgz", "registry.example"),
      ("https://a..example/x.tgz", "a..example"),
      ("https:///", ""), ("https://:443/x", ""),
      ("https://registry.example:99999999/x", "registry.example"),
      ("git+https:/evil.example/o/r.git", "evil.example"),
      ("ssh://registry.example@evil.example/o/r", "evil.example"),
      ("file://evil.example/share/x.tgz", "evil.example"),
    ])
  func disguised(_ text: String, _ host: String) {
    let address = read(text)
    #expect(!address.flaws.isEmpty, "\(text)")
    #expect(String(decoding: address.host, as: UTF8.self) == host, "\(text)")
  }

  @Test("letters beyond ASCII in a host are a flaw")
  func letters() {
    #expect(read("https://registry.ex\u{430}mple/x").flaws.contains(.bytes))
    #expect(read("https://127\u{3002}0\u{3002}0\u{3002}1/x").flaws.contains(.bytes))
    #expect(read("https://\u{ff11}27.0.0.1/x").flaws.contains(.bytes))
  }

  @Test("any bytes are read, and no address is plain whose bytes are not")
  func anyBytes() {
    var state: UInt64 = 7
    let alphabet = Array(#"htps:/\@#?%.0x7[]a- "#.utf8) + [0x09, 0x0a, 0xc3, 0xa4, 0x7f]
    for _ in 0..<20_000 {
      var bytes: [UInt8] = Array("http".utf8)
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      let address = SourceAddress(bytes[...], .url)
      guard address.flaws.isEmpty else { continue }
      #expect(bytes.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") })
    }
  }
}
