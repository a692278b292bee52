import Lockfiles
import Testing

@Suite("Attacks on locks")
struct MutationTests {
  private func diff(_ lock: MutatedLock, _ new: [UInt8]) throws -> DependencyDiff {
    let path = Array(lock.path.utf8)
    let match = try #require(Catalog.match(path))
    return DependencyDiff([
      DependencyFile(
        path: path, match: match, old: .init(bytes: Array(lock.old.utf8)), new: .init(bytes: new))
    ])
  }

  /// Whether a person would be told: something high or critical, or a file that cannot be read.
  private func isFlagged(_ diff: DependencyDiff) -> Bool {
    !diff.isNeutral && diff.findings.contains { $0.severity >= .high }
  }

  @Test("an honest change is read, explained and raises nothing", arguments: MutatedLock.all)
  func honest(_ lock: MutatedLock) throws {
    let diff = try diff(lock, Array(try #require(lock.new).utf8))
    let file = try #require(diff.files.first)
    #expect(file.unread == nil)
    #expect(!file.changes.isEmpty)
    #expect(file.coverage.residual.isEmpty && file.coverage.changedLines > 0)
    #expect(!diff.findings.contains { $0.severity >= .high }, "\(diff.findings.map(\.detail))")
  }

  @Test(
    "every attack on an entry is flagged, alone and within an honest change",
    arguments: MutatedLock.all)
  func attacks(_ lock: MutatedLock) throws {
    let new = try #require(lock.new)
    #expect(lock.attacks.count >= 2)
    for attack in lock.attacks {
      for text in [lock.old, new] {
        let mutated = try #require(
          MutatedLock.edited(text, attack.text, attack.replacement), "\(attack.name)")
        let diff = try diff(lock, Array(mutated.utf8))
        let isFlagged = isFlagged(diff)
        #expect(isFlagged, "\(lock.path): \(attack.name) \(diff.findings.map(\.detail))")
      }
    }
  }

  @Test("every attack on a file as a whole is flagged", arguments: MutatedLock.all)
  func general(_ lock: MutatedLock) throws {
    let new = try #require(lock.new)
    for attack in MutatedLock.general {
      let diff = try diff(lock, attack.apply(new))
      // Lines that are shown as they stand are a person's to judge; what only removes entries hides
      // nothing. Neither is ever called neutral.
      let isShown = diff.findings.contains { $0.check == "residual-lines" }
      let isFlagged =
        isFlagged(diff) || !diff.isNeutral && (isShown || attack.name == "half of it")
      #expect(isFlagged, "\(lock.path): \(attack.name)")
    }
  }

  @Test(
    "a key that differs in its normal form only is another key, and is seen",
    arguments: MutatedLock.all)
  func normalForms(_ lock: MutatedLock) throws {
    // The first name of the file, once composed and once decomposed.
    let new = try #require(lock.new)
    let composed = new.split(separator: "once", omittingEmptySubsequences: false)
      .joined(separator: "onc\u{e9}")
    let decomposed = new.split(separator: "once", omittingEmptySubsequences: false)
      .joined(separator: "once\u{301}")
    let path = Array(lock.path.utf8)
    let match = try #require(Catalog.match(path))
    let diff = DependencyDiff([
      DependencyFile(
        path: path, match: match, old: .init(bytes: Array(composed.utf8)),
        new: .init(bytes: Array(decomposed.utf8)))
    ])
    #expect(composed.utf8.count != decomposed.utf8.count)
    let isFlagged = isFlagged(diff)
    #expect(isFlagged, "\(lock.path)")
  }

  @Test("a link in the place of a lock, and a file beyond the limit", arguments: MutatedLock.all)
  func links(_ lock: MutatedLock) throws {
    let path = Array(lock.path.utf8)
    let match = try #require(Catalog.match(path, isLink: true))
    for side in [
      DependencyFile.Side(mode: .link, bytes: Array("../other".utf8)),
      DependencyFile.Side(mode: .submodule, blob: String(repeating: "a", count: 40), bytes: nil),
      DependencyFile.Side(bytes: nil),
    ] {
      let diff = DependencyDiff([
        DependencyFile(path: path, match: match, old: .init(bytes: Array(lock.old.utf8)), new: side)
      ])
      let isFlagged = isFlagged(diff)
      #expect(isFlagged, "\(lock.path)")
    }
  }
}

extension MutatedLock: CustomTestStringConvertible {
  var testDescription: String { path }
}
