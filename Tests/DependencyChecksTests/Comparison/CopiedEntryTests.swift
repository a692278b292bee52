import DependencyChecks
import Lockfiles
import Testing

@Suite("Entries whose bytes are the same on both sides")
struct CopiedEntryTests {
  @Test("a package that goes on behind another table is compared there too")
  func elsewhere() throws {
    func lock(_ value: String) -> String {
      """
      version = 4

      [[package]]
      name = "ms"
      version = "2.1.3"

      [metadata]
      note = "1"

      [package.extra]
      value = "\(value)"

      """
    }
    let diff = try FileDiffTests.diff("Cargo.lock", lock("a"), lock("b"))
    #expect(diff.changes.map(\.fields) == [.other])
    // Nobody knows what it means, so its lines are not explained.
    #expect(diff.facts.map(\.keyClass) == [.unknown])
    #expect(diff.coverage.residualCount == 2 && diff.coverage.explained == 0)
    #expect(try FileDiffTests.diff("Cargo.lock", lock("a"), lock("a")).changes.isEmpty)
  }

  @Test("what other parts of the file say of a package counts, though its own bytes stay")
  func asked() throws {
    func lock(_ group: String) -> String {
      """
      lockfileVersion: '9.0'

      importers:

        .:
          \(group):
            ms:
              specifier: ^2.1.3
              version: 2.1.3

      packages:

        ms@2.1.3:
          resolution: {integrity: sha512-AA==}

      snapshots:

        ms@2.1.3: {}

      """
    }
    let diff = try FileDiffTests.diff(
      "pnpm-lock.yaml", lock("dependencies"), lock("devDependencies"))
    #expect(diff.changes.map(\.fields) == [.scope])
  }

  @Test("an escaped text that differs is seen where all lengths stay the same")
  func escaped() throws {
    func lock(_ letter: String) -> String {
      """
      {"lockfileVersion": 3, "packages": {"node_modules/ms": {"version": "2.1.3",
      "license": "\\u00\(letter)", "engines": {"no\\u0064e": "1\\u00\(letter)"}}}}

      """
    }
    let diff = try FileDiffTests.diff("package-lock.json", lock("41"), lock("42"))
    #expect(diff.changes.map(\.fields) == [.other])
    #expect(
      try FileDiffTests.diff("package-lock.json", lock("41"), lock("41") + "\n").changes.isEmpty)
  }

  @Test("a package that moves within the file is the same package")
  func moved() throws {
    let packages = (0..<40).map { index in
      """
      [[package]]
      name = "package-\(index)"
      version = "1.0.\(index)"
      source = "registry+https://registry.example/index"
      checksum = "\(String(repeating: "0\(index % 10)", count: 32))"
      dependencies = [
       "package-\(index / 2)",
      ]

      """
    }
    let old = (["version = 4\n"] + packages).joined(separator: "\n")
    let new = (["# a comment\nversion = 4\n"] + packages.reversed()).joined(separator: "\n")
    let diff = try FileDiffTests.diff("Cargo.lock", old, new)
    #expect(diff.changes.isEmpty)
    #expect(diff.isNeutral)
  }
}
