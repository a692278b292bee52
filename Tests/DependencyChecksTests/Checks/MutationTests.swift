import DependencyChecks
import Documents
import Lockfiles
import Primitives
import Testing

@Suite("Attacks on locks")
struct MutationTests {
  private func diff(_ lock: MutatedLock, _ new: [UInt8]) throws -> DependencyDiff {
    try diff(lock, old: Array(lock.old.utf8), .init(bytes: new))
  }

  private func diff(
    _ lock: MutatedLock, old: [UInt8], _ new: DependencyFile.Side
  ) throws -> DependencyDiff {
    let path = Array(lock.path.utf8)
    let isLink = new.mode == .link || new.mode == .submodule
    let match = try #require(Catalog.match(path, isLink: isLink))
    return DependencyDiff([
      DependencyFile(path: path, match: match, old: .init(bytes: old), new: new)
    ])
  }

  /// Whether a person would be told: something high or critical, or a file that cannot be read.
  private func isFlagged(_ diff: DependencyDiff) -> Bool {
    !diff.isNeutral && diff.findings.contains { $0.severity >= .high }
  }

  /// The same by one of the checks that an attack has to fear.
  private func isAnswered(_ attack: Attack, _ diff: DependencyDiff) -> Bool {
    !diff.isNeutral
      && diff.findings.contains {
        $0.severity >= .high
          && ($0.code == OpaqueFile.code || attack.answers.contains($0.code))
      }
  }

  private enum OpaqueFile { static let code = 232 }

  // MARK: The table

  @Test("every format that locks has its attacks, and a reason for each that it goes without")
  func table() throws {
    var left = Set(FormatRegistry.all.filter { $0.fileClass == .locks }.map(\.name))
    // The one binary format is opaque whatever changes, as a test below shows.
    #expect(left.remove("bun-binary-lock") != nil)
    for (name, locks) in try byFormat() {
      left.remove(name)
      let format = try #require(FormatRegistry.format(named: name))
      let done = Set(locks.flatMap { $0.attacks.map(\.attack) })
      let without = locks.reduce(into: [:]) { $0.merge($1.without) { one, _ in one } }
      for attack in Attack.allCases {
        #expect(
          done.contains(attack) != (without[attack] != nil),
          "\(name): \(attack) is to be done, or has a reason not to")
      }
      // A format cannot go without an attack on what it records.
      #expect(done.contains(.integrity) == format.recordsIntegrity, "\(name)")
    }
    #expect(left.isEmpty, "no attacks on \(left.sorted().joined(separator: ", "))")
  }

  private func byFormat() throws -> [String: [MutatedLock]] {
    var rows: [String: [MutatedLock]] = [:]
    for lock in MutatedLock.all {
      let match = try #require(Catalog.match(Array(lock.path.utf8)), "\(lock.path)")
      let format = try #require(match.format(of: Array(lock.old.utf8)), "\(lock.path)")
      rows[format.name, default: []].append(lock)
    }
    return rows
  }

  // MARK: Entries

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
    "every attack on an entry is flagged by a check made for it, alone and within an honest change",
    arguments: MutatedLock.all)
  func attacks(_ lock: MutatedLock) throws {
    let new = try #require(lock.new)
    for (attack, text, replacement) in lock.attacks {
      let mutated = [lock.old, new].compactMap { MutatedLock.edited($0, text, replacement) }
      #expect(!mutated.isEmpty && mutated.last != new, "\(lock.path): no \(text)")
      for text in mutated {
        let diff = try diff(lock, Array(text.utf8))
        let isAnswered = isAnswered(attack, diff)
        let found = diff.findings.map { "\($0.code) \($0.severity): \($0.detail)" }
        #expect(
          isAnswered, "\(lock.path): \(attack.rawValue): \(replacement.debugDescription): \(found)")
      }
    }
  }

  // MARK: Whole files

  /// Formats of lines without a mark that begins a document: `---` is a line like any other there.
  private static let withoutDocuments: Set<String> = [
    "requirements-txt", "gemfile-lock", "paket-lock", "cabal-freeze",
  ]

  @Test(
    "every attack on a file as a whole is flagged, or the file is opaque",
    arguments: MutatedLock.all)
  func wholeFiles(_ lock: MutatedLock) throws {
    let new = try #require(lock.new)
    for attack in WholeFileAttack.all {
      let diff = try diff(lock, attack.apply(new))
      let file = try #require(diff.files.first)
      // npm, cargo, pip and every reader of XML go on behind the mark: it says nothing.
      let format = try #require(file.format)
      if attack.name == "a byte-order mark", format.allowsByteOrderMark || format.syntax == .xml {
        #expect(file.unread == nil, "\(lock.path)")
        #expect(!diff.findings.contains { $0.severity >= .high }, "\(lock.path)")
        continue
      }
      if attack.name == "a second document",
        Self.withoutDocuments.contains(try #require(file.format).name)
      {
        continue
      }
      // Every reader of XML takes a byte-order mark (XML 1.0, 4.3.3), and reads the same behind it.
      let takesMark = attack.name == "a byte-order mark" && file.format?.syntax == .xml
      let isFlagged = isFlagged(diff)
      #expect(isFlagged != takesMark, "\(lock.path): \(attack.name)")
    }
  }

  @Test("a second document in a format of lines is lines without a meaning, and HK243 shows them")
  func documents() throws {
    let locks = try byFormat().filter { Self.withoutDocuments.contains($0.key) }.flatMap(\.value)
    #expect(locks.count == Self.withoutDocuments.count)
    for lock in locks {
      let diff = try diff(lock, Array((lock.old + "\n---\nx: 1\n").utf8))
      #expect(!diff.isNeutral)
      #expect(diff.findings.map(\.check) == ["residual-lines"], "\(lock.path)")
    }
  }

  @Test(
    "a file that ends early is opaque, or what is gone is listed: no entry goes without a word",
    arguments: MutatedLock.all)
  func cut(_ lock: MutatedLock) throws {
    let text = Array(lock.old.utf8)
    for count in stride(from: 0, to: text.count, by: 7) {
      let diff = try diff(lock, Array(text[..<count]))
      let file = try #require(diff.files.first)
      guard !isFlagged(diff) else { continue }
      let before = try #require(file.old.inventory).entries.count
      let after = try #require(file.new.inventory).entries.count
      let removed = file.changes.count { $0.operation == .removed }
      let added = file.changes.count { $0.operation == .added }
      #expect(before - after == removed - added, "\(lock.path): cut at \(count)")
      #expect(
        diff.isNeutral
          == (file.changes.isEmpty && file.facts.allSatisfy { $0.isNeutral }))
    }
  }

  @Test(
    "a name that differs in its normal form, a hidden character or a letter only is another name",
    arguments: MutatedLock.all)
  func names(_ lock: MutatedLock) throws {
    let new = try #require(lock.new)
    func named(_ name: String) -> [UInt8] {
      Array(
        new.split(separator: "once", omittingEmptySubsequences: false).joined(separator: name).utf8)
    }
    // `é` in one character and in two; a space without width; Cyrillic `о`.
    for (before, after) in [
      ("onc\u{e9}", "once\u{301}"), ("once", "on\u{200b}ce"), ("once", "\u{43e}nce"),
    ] {
      let diff = try diff(lock, old: named(before), .init(bytes: named(after)))
      let isFlagged = isFlagged(diff)
      #expect(isFlagged, "\(lock.path): \(after)")
    }
  }

  // MARK: What stands at the path

  @Test(
    "a link, a submodule or too large a file in the place of a lock is flagged",
    arguments: MutatedLock.all)
  func otherModes(_ lock: MutatedLock) throws {
    for side in [
      DependencyFile.Side(mode: .link, bytes: Array("../other".utf8)),
      DependencyFile.Side(mode: .submodule, blob: String(repeating: "a", count: 40), bytes: nil),
      DependencyFile.Side(bytes: nil),
    ] {
      let diff = try diff(lock, old: Array(lock.old.utf8), side)
      let isFlagged = isFlagged(diff)
      #expect(isFlagged, "\(lock.path)")
    }
  }

  @Test("a lock beside another in other letter case is flagged", arguments: MutatedLock.all)
  func letterCase(_ lock: MutatedLock) throws {
    let path = lock.path.utf8.map { (0x61...0x7a).contains($0) ? $0 ^ 0x20 : $0 }
    let match = try #require(Catalog.match(path))
    // A manifest is not read in the place of another one.
    guard match.classes.contains(.locks) else { return }
    let diff = DependencyDiff([
      DependencyFile(
        path: path, match: match, old: nil, new: .init(bytes: Array(lock.old.utf8)))
    ])
    let isFlagged = isFlagged(diff)
    #expect(isFlagged, "\(lock.path)")
  }

  @Test("a pointer of Git LFS is named as such")
  func pointer() throws {
    let lock = try #require(MutatedLock.all.first)
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n"
    for text in [pointer, pointer.replacing("\n", with: "\r\n")] {
      let diff = try diff(lock, Array(text.utf8))
      #expect(diff.files.first?.new.unread?.reason == .largeFilePointer)
      #expect(diff.findings.contains { $0.code == OpaqueFile.code && $0.severity == .high })
    }
    // Of a lock that nobody reads, too; of an archive it is what is committed.
    for (path, isNamed) in [("rv.lock", true), ("vendor/a.zip", false)] {
      let match = try #require(Catalog.match(Array(path.utf8)))
      let diff = DependencyDiff([
        DependencyFile(
          path: Array(path.utf8), match: match, old: .init(bytes: Array("a\n".utf8)),
          new: .init(bytes: Array(pointer.utf8)))
      ])
      #expect((diff.files.first?.new.unread?.reason == .largeFilePointer) == isNamed)
    }
    // As part of a larger file it is text like any other.
    let long = pointer + String(repeating: "x", count: 2000)
    #expect(try diff(lock, Array(long.utf8)).files.first?.new.unread?.reason != .largeFilePointer)
  }

  @Test("a byte-order mark is skipped where the tool skips it, and at the start only")
  func byteOrderMark() throws {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    for (path, text) in [
      ("package.json", "{\"dependencies\": {\"ms\": \"1\"}}\n"), ("requirements.txt", "ms==1\n"),
      ("Cargo.toml", "[dependencies]\nms = \"1\"\n"),
      ("a.csproj", "<Project><PropertyGroup /></Project>\n"),
    ] {
      let match = try #require(Catalog.match(Array(path.utf8)))
      func diff(_ new: [UInt8]) -> DependencyDiff {
        DependencyDiff([
          DependencyFile(
            path: Array(path.utf8), match: match, old: .init(bytes: Array(text.utf8)),
            new: .init(bytes: new))
        ])
      }
      let marked = diff(mark + Array(text.utf8))
      #expect(marked.files.first?.unread == nil, "\(path)")
      #expect(!marked.findings.contains { $0.severity >= .high }, "\(path)")
      for other in [mark + mark + Array(text.utf8), Array(text.utf8) + mark] {
        #expect(diff(other).findings.contains { $0.severity >= .high }, "\(path)")
      }
    }
  }

  @Test("a binary lock is opaque whatever changes")
  func binary() throws {
    let path = Array("bun.lockb".utf8)
    let diff = DependencyDiff([
      DependencyFile(
        path: path, match: try #require(Catalog.match(path)), old: .init(bytes: [0, 1]),
        new: .init(bytes: [0, 2]))
    ])
    #expect(diff.findings.contains { $0.code == OpaqueFile.code && $0.severity >= .high })
    #expect(!diff.isNeutral)
  }
}

extension MutatedLock: CustomTestStringConvertible {
  var testDescription: String { path }
}
