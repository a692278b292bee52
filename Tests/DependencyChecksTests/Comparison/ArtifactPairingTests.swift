import DependencyChecks
import Lockfiles
import Testing

@Suite("Artifacts of one version")
struct ArtifactPairingTests {
  private func findings(_ path: String, _ old: String, _ new: String) throws -> [String] {
    let path = Array(path.utf8)
    let match = try #require(Catalog.match(path))
    return DependencyDiff([
      DependencyFile(
        path: path, match: match, old: .init(bytes: Array(old.utf8)),
        new: .init(bytes: Array(new.utf8)))
    ]).findings.map(\.check)
  }

  @Test("the digest of a module and that of its go.mod are not one that changed")
  func goSum() throws {
    let old = "example.org/m v1.0.0 h1:AAAA=\nexample.org/n v1.0.0 h1:CCCC=\n"
    let new = "example.org/m v1.0.0/go.mod h1:BBBB=\nexample.org/n v1.0.0 h1:CCCC=\n"
    #expect(try !findings("go.sum", old, new).contains("integrity-changed"))
    let swapped = "example.org/m v1.0.0 h1:DDDD=\nexample.org/n v1.0.0 h1:CCCC=\n"
    #expect(try findings("go.sum", old, swapped).contains("integrity-changed"))
  }
}
