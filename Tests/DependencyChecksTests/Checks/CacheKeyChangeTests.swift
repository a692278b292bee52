import DependencyChecks
import Documents
import Lockfiles
import Testing

@Suite("Yarn's cache key")
struct CacheKeyChangeTests {
  /// A `yarn.lock` whose packages have these checksums.
  private static func lock(_ key: String, _ checksums: [String]) -> String {
    let entries = checksums.enumerated().map { index, checksum in
      """

      "p\(index)@npm:^1.0.0":
        version: 1.0.0
        resolution: "p\(index)@npm:1.0.0"
        checksum: \(checksum)
        languageName: node
        linkType: hard

      """
    }
    return "__metadata:\n  version: 8\n  cacheKey: \(key)\n" + entries.joined()
  }

  private func severities(
    _ old: (key: String, checksums: [String]), _ new: (key: String, checksums: [String])
  ) throws -> [String] {
    let path = Array("yarn.lock".utf8)
    let file = DependencyFile(
      path: path, match: try #require(Catalog.match(path)),
      old: .init(bytes: Array(Self.lock(old.key, old.checksums).utf8)),
      new: .init(bytes: Array(Self.lock(new.key, new.checksums).utf8)))
    let diff = DependencyDiff([file])
    #expect(diff.files[0].unread == nil)
    return diff.findings.filter { $0.code == 211 }.map { "\($0.severity) \($0.detail.prefix(2))" }
  }

  @Test("a lock that goes over to another key is no other content")
  func upgrade() throws {
    #expect(
      try severities(("8", ["8/aa", "8/bb", "8/cc"]), ("10c0", ["10c0/11", "10c0/22", "10c0/33"]))
        == ["notice p0", "notice p1", "notice p2"])
    // Before version 8 the key stands once for all of them.
    #expect(
      try severities(("8", ["aa", "bb"]), ("9", ["11", "22"])) == ["notice p0", "notice p1"])
    // One is left as it was.
    #expect(
      try severities(("8", ["8/aa", "8/bb", "8/cc"]), ("10c0", ["10c0/11", "10c0/22", "8/cc"]))
        == ["notice p0", "notice p1"])
  }

  @Test("another digest under the same key is another content")
  func sameKey() throws {
    #expect(
      try severities(("10c0", ["10c0/aa", "10c0/bb"]), ("10c0", ["10c0/aa", "10c0/ff"]))
        == ["critical p1"])
    #expect(try severities(("8", ["aa", "bb"]), ("8", ["aa", "ff"])) == ["critical p1"])
  }

  @Test("one entry that goes over alone is another content")
  func alone() throws {
    let old = ["10c0/aa", "10c0/bb", "10c0/cc"]
    let new = ["10c0/aa", "11c0/ff", "10c0/cc"]
    #expect(try severities(("10c0", old), ("10c0", new)) == ["critical p1"])
    #expect(try severities(("10c0", old), ("11c0", new)) == ["critical p1"])
    // The others are the same bytes under another word.
    #expect(
      try severities(("8", ["aa", "bb", "cc"]), ("9", ["aa", "ff", "cc"])).contains("critical p1"))
  }

  @Test("an entry that goes over to a key that is not the lock's is another content")
  func foreignKey() throws {
    #expect(
      try severities(("8", ["8/aa", "8/bb", "8/cc"]), ("10c0", ["10c0/11", "10c0/22", "11c0/ff"]))
        == ["critical p2", "notice p0", "notice p1"])
  }

  @Test("an entry that catches up with the lock's key is for a person to see")
  func late() throws {
    #expect(
      try severities(
        ("10c0", ["10c0/aa", "8/bb", "10c0/cc"]), ("10c0", ["10c0/aa", "10c0/ff", "10c0/cc"]))
        == ["high p1"])
  }
}
