import DependencyChecks
import Documents
import Lockfiles
import Testing

@Suite("Comparison of dependency files")
struct FileDiffTests {
  static func diff(_ path: String, _ old: String?, _ new: String?) throws -> FileDiff {
    let match = try #require(Catalog.match(Array(path.utf8)))
    func side(_ text: String?) -> DependencyFile.Side? {
      text.map { DependencyFile.Side(bytes: Array($0.utf8)) }
    }
    return FileDiff(
      DependencyFile(path: Array(path.utf8), match: match, old: side(old), new: side(new)))
  }

  private static let before = """
    {
      "name": "app",
      "lockfileVersion": 3,
      "packages": {
        "": {
          "dependencies": {
            "ms": "^2.0.0"
          }
        },
        "node_modules/ms": {
          "version": "2.1.2",
          "resolved": "https://registry.example/ms/-/ms-2.1.2.tgz",
          "integrity": "sha512-AA==",
          "license": "MIT"
        },
        "node_modules/once": {
          "version": "1.4.0",
          "resolved": "https://registry.example/once/-/once-1.4.0.tgz",
          "integrity": "sha512-BB=="
        }
      }
    }

    """

  private func edited(_ edits: (String, String)...) throws -> FileDiff {
    var text = Self.before
    for (old, new) in edits {
      #expect(text.contains(old))
      text = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
    return try Self.diff("package-lock.json", Self.before, text)
  }

  @Test("a changed entry explains its lines")
  func changed() throws {
    let diff = try edited(("2.1.2", "2.1.3"), ("AA==", "CC=="))
    #expect(diff.changes.map(\.operation) == [.changed])
    #expect(diff.changes.first?.fields == [.version, .source, .integrity])
    #expect(diff.coverage == Coverage(changedLines: 6, explained: 6, neutral: 0, residual: []))
    #expect(!diff.isNeutral)
  }

  @Test("another layout, another order and another licence text are proven neutral")
  func neutral() throws {
    let layout = try edited(("  ", " "))
    #expect(layout.isNeutral && layout.coverage.neutral == layout.coverage.changedLines)
    #expect(layout.coverage.changedLines > 30)
    #expect(try edited(("\"MIT\"", "\"ISC\"")).isNeutral)
    let order = try edited(
      ("\"version\": \"1.4.0\",\n", ""),
      ("\"sha512-BB==\"\n", "\"sha512-BB==\",\n\"version\": \"1.4.0\"\n"))
    #expect(order.isNeutral && order.coverage.neutral == order.coverage.changedLines)
  }

  @Test("a value that no rule names is residual, and the file is not neutral")
  func residual() throws {
    let diff = try edited(("\"name\": \"app\",", "\"name\": \"app\",\n  \"surprise\": {\"a\": 1},"))
    #expect(diff.facts.map(\.keyClass) == [.unknown])
    #expect(diff.coverage.residualCount == 1)
    #expect(diff.coverage.residual.first?.span.first == 2)
    #expect(!diff.isNeutral)
  }

  @Test("what the project asks for is a fact of its own")
  func fact() throws {
    let diff = try edited(("^2.0.0", "^2.1.0"))
    #expect(diff.facts.map(\.keyClass) == [.dependency])
    #expect(
      diff.facts.first?.path.map { String(decoding: $0, as: UTF8.self) } == [
        "packages", "", "dependencies", "ms",
      ])
    #expect(diff.coverage.explained == 2)
  }

  @Test("a field of an entry that has no name of its own still makes it changed")
  func other() throws {
    let diff = try edited(("\"license\": \"MIT\"", "\"bin\": {\"ms\": \"x.js\"}"))
    #expect(diff.changes.first?.fields == [.other])
  }

  @Test("a file that comes or goes is all its entries")
  func oneSided() throws {
    let added = try Self.diff("package-lock.json", nil, Self.before)
    #expect(added.changes.map(\.operation) == [.added, .added])
    #expect(added.coverage.residual.isEmpty && !added.isNeutral)
    let removed = try Self.diff("package-lock.json", Self.before, nil)
    #expect(removed.changes.map(\.operation) == [.removed, .removed])
    #expect(removed.coverage.changedLines == added.coverage.changedLines)
  }

  @Test("a file that cannot be read is residual as a whole, never neutral")
  func opaque() throws {
    let diff = try edited(("\"name\": \"app\",", "\"name\": \"app\", \"name\": \"app\","))
    #expect(diff.unread?.reason == .duplicateKey)
    #expect(diff.changes.isEmpty)
    #expect(diff.coverage.residualCount == 2 && diff.coverage.explained == 0)
    #expect(!diff.isNeutral)
  }

  @Test("an entry that moves keeps its name and version, and is no removal")
  func moved() throws {
    let diff = try edited(("\"node_modules/once\"", "\"node_modules/ms/node_modules/once\""))
    #expect(diff.changes.map(\.operation) == [.changed])
    #expect(diff.changes.first?.fields == [.locator])
  }

  @Test("every changed line is counted once, whatever is changed")
  func accounted() throws {
    var generator = Generator(state: 11)
    let lines = Self.before.split(separator: "\n", omittingEmptySubsequences: false)
    for _ in 0..<300 {
      var new = lines
      for _ in 0..<3 {
        let place = Int.random(in: 1..<new.count - 2, using: &generator)
        if Bool.random(using: &generator) {
          new.swapAt(place, place + 1)
        } else {
          new.remove(at: place)
        }
      }
      let diff = try Self.diff("package-lock.json", Self.before, new.joined(separator: "\n"))
      let coverage = diff.coverage
      #expect(
        coverage.explained + coverage.neutral + coverage.residualCount == coverage.changedLines)
      #expect(coverage.changedLines == diff.lines.removed + diff.lines.added)
    }
  }

  @Test("a lock that gets pnpm's own before it has nothing else changed")
  func documentAdded() throws {
    let lock = """
      lockfileVersion: '9.0'

      importers:

        .:
          dependencies:
            a: {specifier: ^1.0.0, version: 1.0.0}

      packages:

        a@1.0.0:
          resolution: {integrity: sha512-AAAA==}

      """
    let own = """
      ---
      lockfileVersion: '9.0'

      importers:

        .:
          packageManagerDependencies:
            pnpm: {specifier: 11.0.0, version: 11.0.0}

      packages:

        pnpm@11.0.0:
          resolution: {integrity: sha512-BBBB==}

      ---

      """
    for (old, new) in [(lock, own + lock), (own + lock, lock)] {
      let diff = try FileDiffTests.diff("pnpm-lock.yaml", old, new)
      #expect(diff.changes.map(\.operation) == [old == lock ? .added : .removed])
      #expect(diff.coverage.residual.isEmpty)
      #expect(diff.facts.allSatisfy { $0.path.first == Array("0".utf8) })
    }
  }
}
